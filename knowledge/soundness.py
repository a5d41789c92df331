"""Says what is unsound in a document that could be parsed: gaps, double numbers, references to places that do not exist.

A finding is for the operator; `serious` ones keep the document out of the build, so that its previous text goes on serving.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.citation import find_citations, write_place
from knowledge.document import LegalDocument, Provision

_NUMBER = re.compile(r"(\d+)(.*)")
_OWN = re.compile(r"\b(?:Luật|Nghị định|Thông tư|Thông tư liên tịch|Quy định) này\b")
_STRETCH = re.compile(r"[.;\n]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, with its place."""

    place: str
    problem: str
    serious: bool


def findings(document: LegalDocument) -> list[Finding]:
    """What is wrong with the document, in the order of its text."""
    return [*_numbering(document), *_clauses(document), *_own_references(document)]


def _numbering(document: LegalDocument) -> Iterator[Finding]:
    labels = [article.label for _, article in document.articles() if article.level == "article"]
    seen: set[str] = set()
    for label in labels:
        if label in seen:
            yield Finding(f"Điều {label}", "the article stands twice", serious=True)
        seen.add(label)
    numbers = sorted({int(match[1]) for label in labels if (match := _NUMBER.match(label))})
    for before, after in zip(numbers, numbers[1:], strict=False):
        if after - before > 1:
            yield Finding(f"Điều {before}", f"no article between Điều {before} and Điều {after}", serious=False)


def _clauses(document: LegalDocument) -> Iterator[Finding]:
    for _, article in document.articles():
        if not article.whole_text().strip():
            yield Finding(article.name, "the article is empty", serious=True)
        numbers = [int(clause.label) for clause in article.children if clause.level == "clause" and clause.label.isdigit()]
        if numbers and numbers != list(range(1, len(numbers) + 1)):
            yield Finding(article.name, f"clauses are numbered {numbers}", serious=False)


def _own_references(document: LegalDocument) -> Iterator[Finding]:
    for _, article in document.articles():
        for stretch in _STRETCH.split(article.whole_text()):
            if not (own := list(_OWN.finditer(stretch))):
                continue
            for citation in find_citations(stretch[: own[-1].end()]):
                if citation.article and not citation.number and document.article(citation.article) is None:
                    yield Finding(
                        article.name, f"refers to {write_place(citation)}, which the document does not have", serious=False
                    )


def has_place(document: LegalDocument, article: str, clause: str | None = None, point: str | None = None) -> bool:
    """Whether the document has this place."""
    found: Provision | None = document.article(article)
    if found and clause:
        found = found.child(clause)
    if found and point:
        found = found.child(point)
    return found is not None
