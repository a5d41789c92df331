"""Looks things up for a search box: the documents and places that the words name, then the articles nearest to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot import lookup
from bot.state import Knowledge
from knowledge.citation import Citation
from knowledge.document import LegalDocument, Provision
from knowledge.passages import Passage
from knowledge.spelling import wording
from knowledge.store import Library
from knowledge.text import clean, fold, words

LONGEST = 300  # characters of what is looked up; a search box is no place for more
NEAR = 0.2  # share of the best score from which an article is shown
MOST = 20  # articles
_NUMBER = re.compile(r"\d+/[\w/-]+")  # 152/2026: the beginning of a number, without a kind before it


@dataclass(frozen=True, slots=True)
class Place:
    """An article, and the place in it that is nearest to the words with its text."""

    document: LegalDocument
    article: Provision
    citation: Citation
    text: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the library has on some words, the nearest first."""

    documents: tuple[LegalDocument, ...] = ()
    places: tuple[Place, ...] = ()
    remarks: tuple[str, ...] = ()  # what is named and not there, or could mean several things


def look_up(text: str, on: date, knowledge: Knowledge, main: Sequence[str], least: float) -> Findings:
    """What anybody may read on some words; `least` is how likely a question must be about the field."""
    asked = wording(clean(text[:LONGEST]), knowledge.lists)
    if not words(asked.plain):
        return Findings()
    library = knowledge.library.open_to(staff=False)
    named = lookup.read_names(asked.plain, library, main, on)
    places = dict(_named(named, library))
    if named.nothing or not lookup.asks_for_text(asked.plain):
        found = knowledge.search.find(asked, on, "citizen", limit=MOST)
        ours = knowledge.field.likelihood(asked) >= least
        for hit in found:
            near = _place(library, hit.best.passage)
            if hit.score >= NEAR * found[0].score and (ours or _says(near.article, asked.plain)):
                places.setdefault(hit.best.passage.article_key, near)
    documents = named.documents or (tuple(library.numbered(asked.plain)) if _NUMBER.fullmatch(asked.plain) else ())
    return Findings(documents, tuple(places.values()), (*named.absent, *named.choices))


def _named(named: lookup.Named, library: Library) -> Iterator[tuple[tuple[str, str], Place]]:
    for document, citation in named.places:
        key = (document.key, str(citation.article))
        article = library.articles[key][1]
        yield key, Place(document, article, Citation(document.number, citation.article), article.whole_text())


def _place(library: Library, passage: Passage) -> Place:
    _, article = library.articles[passage.article_key]
    return Place(library.by_key[passage.document], article, passage.citation, passage.text)


def _says(article: Provision, looked_for: str) -> bool:
    """Whether half of the pairs of words stand in the article; single words are no questions that can be known to be ours."""
    sought, said = pairs(looked_for), set(pairs(f"{article.heading} {article.whole_text()}"))
    if not sought:
        return set(words(fold(looked_for))) <= set(words(fold(f"{article.heading} {article.whole_text()}")))
    return 2 * sum(pair in said for pair in sought) >= len(sought)


def pairs(text: str) -> list[tuple[str, str]]:
    """Neighbouring words without accents: most terms of the law are two syllables."""
    plain = words(fold(text))
    return list(zip(plain, plain[1:], strict=False))
