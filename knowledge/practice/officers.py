"""What an officer works by, as values: the lists of cases, the check of a file at each stage, who is told of a decision, who works with whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.citation import Citation
from knowledge.practice.procedures import Limit
from knowledge.timeline import holds

Subject = Literal["lists", "files", "notices", "cooperation"]
# The parts of a sheet, in the order in which they are read; each subject is a file of that name.
PARTS: dict[Subject, tuple[str, ...]] = {
    "lists": ("means", "enters", "leaves", "next"),
    "files": ("papers", "checks"),
    "notices": ("sent",),
    "cooperation": ("does",),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One statement and the places it stands on; for what has to be done, who does it, to whom it goes, how and by when."""

    says: str
    basis: tuple[Citation, ...]
    who: str = ""
    to: str = ""
    how: str = ""
    limit: Limit | str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list, a stage, a decision or a partner; `called` are the words that people use for it, `silent` what the sources do not say."""

    subject: Subject
    id: str
    title: str
    called: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Line, ...]], ...]
    silent: tuple[str, ...]
    in_force_from: date
    in_force_to: date | None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The statements of all parts."""
        return tuple(line for _, lines in self.parts for line in lines)

    def in_force(self, on: date) -> bool:
        """Whether the sheet is the one to work by on the date."""
        return holds(self.in_force_from, self.in_force_to, on)


Sheets = Mapping[Subject, tuple[Sheet, ...]]
