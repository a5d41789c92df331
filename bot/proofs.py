"""Shows a given answer again by its receipt: rebuilt from the build that it was given on, and held against the law as it is now."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Literal

from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.errors import ReceiptUnknown
from bot.message import Answer, AnswerCitation, Question
from bot.model import ChatModel, Rewrite
from bot.state import Knowledge
from knowledge.citation import write_citation
from knowledge.document import LegalDocument, Provision
from knowledge.errors import BuildError
from knowledge.store import Library
from knowledge.timeline import holds

Rebuilt = Literal["same", "different", "build gone", "not kept"]
Since = Literal["unchanged", "changed", "no longer in force", "gone"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that the answer cites, and what became of it; `now` is its text today where that is another."""

    place: str
    since: Since
    now: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """A kept answer with what could be shown of it."""

    given: dict[str, Any]  # the answer object as it was given
    at: datetime
    rebuilt: Rebuilt
    live: str  # the build that it was held against
    places: tuple[Place, ...]
    proof: dict[str, Any] | None  # how a chat model's words were judged, None for an answer without them

    @property
    def law_changed(self) -> bool:
        return any(place.since != "unchanged" for place in self.places)

    def as_json(self) -> dict[str, Any]:
        return {
            "receipt": self.given["receipt"],
            "at": self.at.isoformat(timespec="seconds"),
            "build": self.given["build"],
            "rebuilt": self.rebuilt,
            "live": self.live,
            "law_changed": self.law_changed,
            "places": [asdict(place) for place in self.places],
            "answer": self.given,
            "proof": self.proof,
        }

    def as_text(self) -> str:
        """The same for a person at a terminal."""
        said = {
            "same": "rebuilt from its build: the same, word for word",
            "different": "rebuilt from its build: NOT the same; what follows is what was given",
            "build gone": "its build is gone; what follows is the kept text",
            "not kept": "what was asked was not kept; what follows is the kept text",
        }[self.rebuilt]
        lines = [f"{self.given['receipt']}  given {self.at:%Y-%m-%d %H:%M} UTC on build {self.given['build']}", said, ""]
        lines += [f"Q: {self.given['question']}", self.given["answer"], "", f"Cited law, held against build {self.live}:"]
        for place in self.places:
            lines += [f"  {place.since:<20}{place.place}"] + ([f"      now: {place.now}"] if place.now else [])
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Replay:
    """The chat model of a kept answer: it writes again what it wrote then, to be proven again."""

    sentences: Sequence[dict[str, Any]]

    def write(self, question: str, passages: Sequence[str], rewrite: Rewrite | None = None) -> str:
        rows = [{"text": row["text"], "passages": row["passages"]} for row in self.sentences]
        return json.dumps({"sentences": rows}, ensure_ascii=False)


def prove_again(
    number: str, database: Database, settings: Settings, live: Knowledge, opener: Callable[[str], Knowledge], today: date
) -> Proof:
    """What can be shown of a receipt. Raises ReceiptUnknown."""
    row = database.receipt(number.strip().upper())
    if row is None:
        days = settings.conversation.forget_after_days
        raise ReceiptUnknown(
            f"No answer has the receipt {number!r}; answers are kept {days} days, or until their person erases them"
        )
    given = json.loads(row["answer"])
    asked, proof = given.pop("asked", None), given.pop("proof", None)
    rebuilt = _rebuilt(given, asked, proof, settings, opener)
    places = tuple(_since(AnswerCitation(**cited), live.library, today) for cited in given["citations"])
    return Proof(given, row["at"], rebuilt, live.name, places, proof)


def _rebuilt(
    given: dict[str, Any],
    asked: dict[str, Any] | None,
    proof: dict[str, Any] | None,
    settings: Settings,
    opener: Callable[[str], Knowledge],
) -> Rebuilt:
    if asked is None:
        return "not kept"
    try:
        knowledge = opener(given["build"])
    except BuildError:
        return "build gone"
    model: ChatModel | None = _Replay(proof["sentences"]) if proof and proof["used"] else None
    on = date.fromisoformat(asked["today"])
    assistant = Assistant(settings, lambda: knowledge, Database("sqlite://"), model, today=lambda: on)
    as_of = date.fromisoformat(asked["as_of"]) if asked["as_of"] else None
    question = Question(asked["text"], role=given["role"], as_of=as_of)
    again: Answer = assistant.answer(question, at_length=asked.get("at_length", False))
    made = again.as_json()
    return "same" if all(made[key] == given[key] for key in ("kind", "answer", "citations", "as_of")) else "different"


def _since(cited: AnswerCitation, library: Library, today: date) -> Place:
    """What became of a cited place in the library as it is now."""
    name = write_citation(cited.citation) if cited.article else f"{cited.title}, {cited.document}"
    found = [(d, path) for d in library.numbered(cited.document) if d.number == cited.document for path in _paths(d, cited)]
    if not found:
        return Place(name, "gone")
    same = [pair for pair in found if any(_is_quote(cited.quote, p.whole_text()) for p in _family(pair[1][0]))]
    document, path = (same or found)[0]
    starts = next((p.in_force_from for p in reversed(path) if p.in_force_from), document.effective_from)
    ends = next((p.in_force_to for p in reversed(path) if p.in_force_to), document.effective_to)
    if not same:
        return Place(name, "changed", path[-1].whole_text())
    return Place(name, "unchanged" if holds(starts, ends, today) or ends is None else _ended(ends, cited))


def _ended(ends: date, cited: AnswerCitation) -> Since:
    """A place that had ended when it was cited has not changed by being at an end."""
    return "unchanged" if cited.in_force_to == ends.isoformat() else "no longer in force"


def _paths(document: LegalDocument, cited: AnswerCitation) -> Iterator[list[Provision]]:
    """The article and the places in it down to the cited one; for a part without a number, or a document as a whole, each that may be meant."""
    for _, article in document.articles():
        if cited.article is None and (article.heading == cited.title or cited.title == document.title):
            yield [article]
        elif cited.article and article.level == "article" and article.label == cited.article:
            clause = article.child(cited.clause)
            point = clause.child(cited.point) if clause else article.child(cited.point)
            if (clause or not cited.clause) and (point or not cited.point):
                yield [p for p in (article, clause, point) if p]


def _family(article: Provision) -> Iterator[Provision]:
    yield article
    for child in article.children:
        yield from _family(child)


def _is_quote(quote: str, text: str) -> bool:
    return quote == text or (quote.endswith("…") and text.startswith(quote[:-1]))
