"""Says what speaks against a document being what it says it is, from its number, its dates, its basis and what the library knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.document import LegalDocument
from knowledge.identity import Basis, Identity
from knowledge.issuers import said_by
from knowledge.text import fold

_KIND_WORDS = re.compile(r"^(?:bo luat|luat|nghi dinh|nghi quyet|phap lenh)\s+")


def check_authenticity(identity: Identity, documents: Sequence[LegalDocument]) -> list[str]:
    """Reasons to hold the document back until a person has compared it with its original; empty when there are none."""
    return [
        *_incomplete(identity),
        *_number(identity),
        *_dates(identity),
        *_known(identity, documents),
        *_bases(identity, documents, hold=True),
    ]


def doubts_about(identity: Identity, documents: Sequence[LegalDocument]) -> list[str]:
    """What a person should look at although it does not hold the document back: where a wrong reading stands beside the right one."""
    return [*identity.doubts, *_bases(identity, documents, hold=False)]


def _incomplete(identity: Identity) -> Iterator[str]:
    for name, value in (
        ("number", identity.number),
        ("kind", identity.kind),
        ("date of issue", identity.issued),
        ("date of effect", identity.effective_from),
    ):
        if not value:
            yield f"the {name} was not found in the text: give it by hand"


def _number(identity: Identity) -> Iterator[str]:
    said = said_by(identity.number)
    if said.kinds and identity.kind and identity.kind not in said.kinds:
        yield f"the text is a {identity.kind}, but its number {identity.number} is that of a {' or '.join(said.kinds)}"
    if said.issuers and identity.issuer and not any(fold(name) in fold(identity.issuer) for name in said.issuers):
        yield f"the text is issued by {identity.issuer}, but its number {identity.number} is that of {' or '.join(said.issuers)}"
    if said.year and said.term and not said.term[0] <= said.year <= said.term[1]:
        yield f"the National Assembly in {identity.number} sat from {said.term[0]} to {said.term[1]}, not in {said.year}"


def _dates(identity: Identity) -> Iterator[str]:
    year = said_by(identity.number).year
    if year and identity.issued and identity.issued.year != year:
        yield f"the number {identity.number} is of {year}, but the text was issued on {identity.issued}"
    if identity.issued and identity.effective_from and identity.effective_from < identity.issued:
        yield f"the text takes effect on {identity.effective_from}, before it was issued on {identity.issued}"


def _known(identity: Identity, documents: Sequence[LegalDocument]) -> Iterator[str]:
    """A number without a year repeats from year to year: only one with its year names one document."""
    for document in documents:
        if fold(document.number) != fold(identity.number):
            continue
        if said_by(identity.number).year and identity.issued and document.issued != identity.issued:
            yield f"the library has {document.number} as issued on {document.issued}, the text says {identity.issued}"
        if identity.kind and document.kind != identity.kind and {document.kind, identity.kind} != {"Luật", "Bộ luật"}:
            yield f"the library has {document.number} as a {document.kind}, the text says {identity.kind}"


def _bases(identity: Identity, documents: Sequence[LegalDocument], *, hold: bool) -> Iterator[str]:
    """What is wrong with the basis; it holds the document back unless the right number of the same law is cited too."""
    right = {_law(basis.title) for basis in identity.bases if _knows(basis, documents)}
    for basis in identity.bases:
        problem = _wrong(basis, identity, documents)
        if problem and hold == (_law(basis.title) not in right):
            yield problem


def _wrong(basis: Basis, identity: Identity, documents: Sequence[LegalDocument]) -> str:
    if _knows(basis, documents):
        return ""
    said = said_by(basis.number)
    own_year = identity.issued.year if identity.issued else said_by(identity.number).year
    if said.year and own_year and said.year > own_year:
        return f"it cites {basis.title} số {basis.number}, which is later than itself ({own_year})"
    if said.year and said.term and not said.term[0] <= said.year <= said.term[1]:
        return f"it cites {basis.title} số {basis.number}: that National Assembly sat from {said.term[0]} to {said.term[1]}"
    namesakes = [d for d in documents if _title_of(d) == _law(basis.title)]
    # A law that is older than those the library has may well have existed; one of their time that is none of them has not.
    contradicted = [d for d in namesakes if said.year and said.year >= min(each.issued.year for each in namesakes)]
    if contradicted:
        known = ", ".join(dict.fromkeys(d.number for d in contradicted))
        return f"it cites {basis.title} số {basis.number}, but the library has that title as {known}"
    return ""


def _knows(basis: Basis, documents: Sequence[LegalDocument]) -> bool:
    """Whether the library has this number under this title, or as one that its document replaced."""
    wanted = fold(basis.number)
    return any(wanted in (fold(d.number), *map(fold, d.replaces)) and _title_of(d) == _law(basis.title) for d in documents)


def _law(title: str) -> str:
    return _KIND_WORDS.sub("", fold(title)).strip()


def _title_of(document: LegalDocument) -> str:
    return _KIND_WORDS.sub("", fold(document.title)).strip()
