"""Proves an answer before it leaves: each place cited exists, is in force on the date and open to the reader, and says what is said of it.

Pure: made from the draft and the library alone. A failed check names the sentence and the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Literal

from bot.leeway import Leeway, one_of
from bot.replies import Sentence
from bot.statements import Statement, statements, tokens_of
from knowledge.citation import find_citations, write_place
from knowledge.figures import figures
from knowledge.passages import Passage
from knowledge.search import Reader
from knowledge.text import place_tones
from knowledge.timeline import passage_holds

Kind = Literal[
    "uncited",
    "unknown_passage",
    "not_in_force",
    "not_open",
    "figure",
    "address",
    "authority",
    "procedure",
    "modality",
    "quote",
    "words",
]
_ADDRESS = r"(?:điểm|khoản|điều)\s+[\dđa-z]{1,4}\b[^,:;.()]{0,140}"
_BEFORE = re.compile(
    rf"^(?:(?:theo|căn cứ|tại)\s+)?(?:quy định (?:tại|của)\s+)?(?P<address>{_ADDRESS}?)(?:\s*[,:]|\s+quy định(?: rằng)?\s*[:,]?)\s+",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"\s*\((?:theo\s+)?(?P<address>{_ADDRESS})\)\s*\.?$", re.IGNORECASE)
_ADDRESS_WORD = re.compile(
    r"\b(?:điểm|khoản|điều|và|của|luật|nghị định|thông tư|số|thi hành án dân sự|năm|quy định)\b|\d[\w/-]*|\b[a-zđ]\b|[,\s-]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[«“\"]([^»”\"]+)[»”\"]")


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing in an answer that could not be proven."""

    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence of a model is not proven; `detail` is a figure, an address or a word of law, never more of the text."""

    kind: Kind
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.detail!r}" if self.detail else self.kind


@dataclass(frozen=True, slots=True)
class Ground:
    """A passage that was shown to the model, and what it says."""

    passage: Passage
    quote: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence of a model and why it is not proven; no faults = proven."""

    sentence: Sentence
    faults: tuple[Fault, ...]


def check_passages(passages: Iterable[Passage], on: date, reader: Reader) -> list[Failure]:
    """Places that are not in force on the date or not open to the reader."""
    failures = []
    for passage in passages:
        if not passage_holds(passage, on):
            failures.append(Failure(passage.id, "not in force on the date"))
        if passage.audience == "staff" and reader != "staff":
            failures.append(Failure(passage.id, "not open to this reader"))
    return failures


def prove(given: Iterable[Sentence], grounds: Sequence[Ground], on: date, reader: Reader, leeway: Leeway) -> list[Verdict]:
    """What of a model's sentences is proven by the passages it was shown: every passage that a sentence names must say it."""
    return [Verdict(sentence, tuple(_faults(sentence, grounds, on, reader, leeway))) for sentence in given]


def _faults(sentence: Sentence, grounds: Sequence[Ground], on: date, reader: Reader, leeway: Leeway) -> list[Fault]:
    if not sentence.passages:
        return [Fault("uncited")]
    if not all(1 <= n <= len(grounds) for n in sentence.passages):
        return [Fault("unknown_passage")]
    faults: list[Fault] = []
    for ground in (grounds[n - 1] for n in sentence.passages):
        if not passage_holds(ground.passage, on):
            faults.append(Fault("not_in_force"))
        if ground.passage.audience == "staff" and reader != "staff":
            faults.append(Fault("not_open"))
        faults += _unsaid(sentence.text, ground, leeway)
    return list(dict.fromkeys(faults))


def _unsaid(text: str, ground: Ground, leeway: Leeway) -> list[Fault]:
    """Why the passage does not say the text; nothing when it does."""
    for quoted in _QUOTED.findall(text):
        if _spaced(quoted) not in _spaced(ground.quote):
            return [Fault("quote")]
    made = statements(ground.quote, leeway)
    if any(statement.says(tokens_of(text, leeway), leeway) for statement in made):
        return []
    forms, wrong = _without_frame(text, ground, leeway)
    if wrong:
        return [Fault("address", wrong)]
    if any(statement.says(said, leeway) for said in forms for statement in made):
        return []
    return _differences(text, forms[-1], ground, made, leeway)


def _spaced(text: str) -> str:
    return " ".join(place_tones(text).split())


def _without_frame(text: str, ground: Ground, leeway: Leeway) -> tuple[list[tuple[str, ...]], str]:
    """The words of the sentence, as they are and without what only leads into it; and an address there that is not the passage's."""
    forms = [tokens_of(text, leeway)]
    rest = text.strip()
    for pattern in (_BEHIND, _BEFORE):
        frame = pattern.search(rest)
        if frame and not _ADDRESS_WORD.sub("", frame["address"]):
            if not _is_address_of(frame["address"], ground.passage):
                return forms, frame["address"].strip()[:60]
            rest = pattern.sub("", rest)
            forms.append(tokens_of(rest, leeway))
    lead = re.match(rf"(?:{one_of(leeway.lead_ins).pattern})\s*,\s*", place_tones(rest).lower())
    if lead:
        forms.append(tokens_of(place_tones(rest)[lead.end() :], leeway))
    return forms, ""


def _is_address_of(written: str, passage: Passage) -> bool:
    """Whether an address written into a sentence is the passage's own, as deep as it goes."""
    found = find_citations(written)
    own = passage.citation
    return bool(found) and all(
        named.article == own.article
        and named.clause in (None, own.clause)
        and named.point in (None, own.point)
        and named.number in (None, own.number)
        for named in found
    )


def _differences(text: str, said: tuple[str, ...], ground: Ground, made: Sequence[Statement], leeway: Leeway) -> list[Fault]:
    """What decides and does not agree with the nearest statement of the passage."""
    known = figures(f"{ground.quote}\n{ground.passage.heading}")
    faults = [Fault("figure", figure) for figure in figures(text) if figure not in known]
    own = {(c.article, c.clause, c.point) for c in [*find_citations(ground.quote), ground.passage.citation]}
    faults += [
        Fault("address", write_place(c))
        for c in find_citations(text)
        if not any((c.article, c.clause, c.point) == place for place in own)
    ]
    nearest = max(made, key=lambda statement: _likeness(said, statement.tokens), default=None)
    law = " ".join(nearest.tokens) if nearest else ""
    lists: tuple[tuple[Kind, tuple[str, ...]], ...] = (
        ("authority", leeway.authorities),
        ("procedure", leeway.procedures),
        ("modality", leeway.modality),
    )
    for kind, entries in lists:
        there, here = (Counter(one_of(entries).findall(written)) for written in (law, " ".join(said)))
        left_out = Counter[str]() if nearest and nearest.points else there - here  # points of a list may be left out
        faults += [Fault(kind, word) for word in (here - there) + left_out]
    return faults or [Fault("words")]


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
