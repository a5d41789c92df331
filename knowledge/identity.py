"""Which document a text says it is, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Basis:
    """A document on which the text says it is based ("Căn cứ Luật … số …")."""

    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What the text says of itself; `doubts` are places where it says two things."""

    number: str = ""
    kind: str = ""
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    effective_from: date | None = None
    bases: tuple[Basis, ...] = ()
    doubts: tuple[str, ...] = ()
