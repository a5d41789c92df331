"""Says what was in force when.

The date is always an argument; nothing here reads a clock.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from knowledge.document import LegalDocument
from knowledge.passages import Passage

State = Literal["in_force", "not_yet", "expired", "unconfirmed"]


def holds(starts: date, ends: date | None, on: date) -> bool:
    """Whether a span that begins on `starts` and no longer holds from `ends` on covers the date."""
    return starts <= on and (ends is None or on < ends)


def passage_holds(passage: Passage, on: date) -> bool:
    """Whether the passage is in force on the date."""
    return holds(passage.in_force_from, passage.in_force_to, on)


def state(document: LegalDocument, on: date) -> State:
    """Where the document stands on the date; a status that could not be confirmed is said as such while its dates would allow it."""
    if on < document.effective_from:
        return "not_yet"
    if document.effective_to and on >= document.effective_to:
        return "expired"
    return "unconfirmed" if document.status == "unconfirmed" else "in_force"


def replaced_by(document: LegalDocument, documents: tuple[LegalDocument, ...]) -> list[LegalDocument]:
    """The documents that say they replace this one."""
    return [other for other in documents if document.number in other.replaces and other.issued > document.issued]
