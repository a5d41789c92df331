"""Whether what a lawyer's file stands on is in the library, and in force as long as the file is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.citation import Citation
from knowledge.document import LegalDocument, Provision
from knowledge.store import Library
from knowledge.timeline import holds
from tests.conftest import TODAY


def place(citation: Citation, library: Library) -> tuple[LegalDocument, Provision] | None:
    """The document and the provision a basis names; the document by its whole number only."""
    for document in library.documents:
        if document.number == citation.number:
            found: Provision | None = document.article(str(citation.article))
            for label in filter(None, (citation.clause, citation.point)):
                found = found.child(label) if found else None
            return (document, found) if found else None
    return None


def missing(basis: Iterable[Citation], library: Library, since: date) -> Iterator[str]:
    """What is wrong with each place: not there, or not in force on the first day of its use or today."""
    for citation in basis:
        found = place(citation, library)
        if found is None:
            yield f"{citation} is not in the library"
            continue
        document, provision = found
        starts, ends = provision.in_force_from or document.effective_from, provision.in_force_to or document.effective_to
        yield from (f"{citation} is not in force on {day}" for day in (since, TODAY) if not holds(starts, ends, day))
