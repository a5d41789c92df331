"""The questions that decide a person's own case where they did not tell the fact on which the rule depends: read from files a lawyer edits.

One file a question (`knowledge/library/deciding/`): the places of law whose answer hangs on the fact, words one of which the person uses, words
that tell the fact already, and what is asked in the person's place once the fact is told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.citation import Citation
from knowledge.practice.procedure_rows import basis, decision, identifier, numbered, texts
from knowledge.practice.procedures import Decision
from knowledge.text import fold, has_accents, place_tones, words

DAY = "{day}"  # stands in `becomes` for the day that was told


@dataclass(frozen=True, slots=True)
class Deciding:
    """One question; `becomes` gives for each answer (for a day: under "day") the question that the rule is then found for."""

    decision: Decision
    basis: tuple[Citation, ...]
    about: tuple[str, ...]
    told: tuple[str, ...]
    becomes: dict[str, str]

    @property
    def id(self) -> str:
        return self.decision.id

    def hangs_on_it(self, place: Citation) -> bool:
        """Whether the answer that stands on a place hangs on the fact."""
        return any(each.covers(place) or place.covers(each) for each in self.basis)


def read_deciding(folder: Path) -> tuple[Deciding, ...]:
    """The questions of a folder in the order of their files; none without a folder. Raises LibraryError for the first that cannot be used."""
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> Deciding:
    row = numbered(path, "the question").only("id", "question", "kind", "options", "basis", "about", "told", "becomes")
    asked = decision(
        type(row)(row.file, row.key, {k: v for k, v in row.values.items() if k in ("id", "question", "kind", "options")})
    )
    if identifier(row) != path.stem:
        raise row.fault(f"the file is called {path.stem!r}", "Name the file after its id")
    answers = {option.value for option in asked.options} or {"day"}
    part = row.part("becomes")
    becomes = {answer: part.text(answer) for answer in part.values} if part else {}
    if set(becomes) != answers:
        raise row.fault(f"'becomes' has {sorted(becomes)}", f"Give one question for each of {', '.join(sorted(answers))}")
    if asked.kind == "date" and DAY not in becomes["day"]:
        raise row.fault("'becomes' has no place for the day", f"Write {DAY} where it stands in the question")
    about = texts(row, "about")
    if not about:
        raise row.fault("it is about nothing", "Write words of which the person uses one under about")
    return Deciding(asked, basis(row), about, texts(row, "told", ()), becomes)


def missing_fact(questions: Sequence[Deciding], text: str, place: Citation, *, names_day: bool) -> Deciding | None:
    """The question that still decides a case told in these words, when the answer stands on the place; None when nothing is missing.

    Of several the one of which the words say most; `names_day` says whether the words name a day.
    """
    asked = [(_weight(question.about, text), question) for question in questions if question.hangs_on_it(place)]
    known = [
        (weight, question)
        for weight, question in asked
        if weight and not (question.decision.kind == "date" and names_day) and not _weight(question.told, text)
    ]
    return max(known, key=lambda pair: pair[0])[1] if known else None


def _weight(spoken: Sequence[str], text: str) -> int:
    """How many words of a text are said by these; in a text with accents «muốn» is not «muộn»."""
    form: Callable[[str], str] = (lambda each: place_tones(each).lower()) if has_accents(text) else fold
    said = f" {' '.join(words(form(text)))} "
    return sum(len(each.split()) for each in spoken if f" {' '.join(words(form(each)))} " in said)
