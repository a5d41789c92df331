"""The articles that an answer cites, as choices a person can open one by one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.message import Answer, AnswerCitation
from knowledge.search import Reader

MOST = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A cited article: what it is called, and where it is found again."""

    label: str
    key: str
    mark: str


def choices_of(citations: Iterable[AnswerCitation]) -> list[Choice]:
    """A choice for each cited article, in the order of the citations, at most MOST."""
    found: dict[tuple[str, str], Choice] = {}
    for citation in citations:
        key, _, place = citation.url.partition("/van-ban/")[2].partition("/")
        mark = place_mark(citation.article or place.replace("muc-", "~", 1))
        found.setdefault((key, mark), Choice(_label(citation), key, mark))
    return list(found.values())[:MOST]


def opened(assistant: Assistant, key: str, mark: str, role: Reader) -> Answer:
    """The article behind a choice; a choice without a place means the document's first."""
    place = next((p for k, p in assistant.library.articles if k == key and mark in ("", place_mark(p))), "")
    return assistant.open_article(key, place, role)


def place_mark(place: str) -> str:
    """A place short enough for a button (64 bytes in all): an article's number, a digest of a long heading."""
    return place if not place.startswith("~") else "~" + hashlib.blake2b(place.encode(), digest_size=4).hexdigest()


def _label(citation: AnswerCitation) -> str:
    return f"Điều {citation.article} – {citation.document}" if citation.article else f"{citation.document} – {citation.title}"
