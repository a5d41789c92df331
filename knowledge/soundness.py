"""Says what is unsound in a document that could be parsed: gaps, double numbers, references to places that do not exist.

A finding is for the operator; `serious` ones keep the document out of the build, so that its previous text goes on serving.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from knowledge.citation import Citation, find_citations, write_place
from knowledge.document import LegalDocument, Provision
from knowledge.text import slug

_NAME = re.compile(
    r"\b(Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Quy định|Hiến pháp)\b( này\b)?"
)
_STRETCH = re.compile(r"[.;\n]")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"


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
    seen: set[str] = set()
    for _, article in document.articles():
        place = article.label if article.level == "article" else f"~{slug(article.label)}"
        if place in seen:
            what = "the article" if article.level == "article" else "a part with this heading"
            yield Finding(article.name, f"{what} stands twice", serious=True)
        seen.add(place)
    labels = [article.label for _, article in document.articles() if article.level == "article"]
    for before, after in pairwise(labels):
        if _rank(after) < _rank(before):
            yield Finding(f"Điều {after}", f"stands after Điều {before}", serious=False)
    for low, high in pairwise(sorted({_rank(label)[0] for label in labels})):
        if high - low > 1:
            yield Finding(f"Điều {low}", f"no article between Điều {low} and Điều {high}", serious=False)


def _rank(label: str) -> tuple[int, int]:
    """Where an article stands: 44, then 44a, 44b … 44d, 44đ, then 45."""
    number = label.rstrip(_ALPHABET)
    return int(number), _ALPHABET.find(label[len(number) :][:1]) + 1 if label != number else 0


def _clauses(document: LegalDocument) -> Iterator[Finding]:
    for _, article in document.articles():
        if not article.whole_text().strip():
            yield Finding(article.name, "the article is empty", serious=True)
        clauses = [child for child in article.children if child.level == "clause"]
        numbers = [int(clause.label) for clause in clauses if clause.label.isdigit()]
        if numbers and numbers != list(range(1, len(numbers) + 1)):
            yield Finding(article.name, f"clauses are numbered {numbers}", serious=False)
        for block in (article, *clauses):
            yield from _points(article, block)


def _points(article: Provision, block: Provision) -> Iterator[Finding]:
    """A point that does not follow the one before it; only the plain letters have an order that is sure."""
    letters = [child.label for child in block.children if child.level == "point" and child.label in _ALPHABET]
    if letters and letters != list(_ALPHABET[: len(letters)]):
        where = f"{block.name} {article.name}" if block is not article else article.name
        yield Finding(where, f"points are lettered {' '.join(letters)}", serious=False)


def _own_references(document: LegalDocument) -> Iterator[Finding]:
    articles = {article.label for _, article in document.articles() if article.level == "article"}
    for _, article in document.articles():
        for stretch in _STRETCH.split(article.whole_text()):
            for citation in _own_citations(stretch, document.kind):
                if citation.article and not citation.number and citation.article not in articles:
                    yield Finding(
                        article.name, f"refers to {write_place(citation)}, which the document does not have", serious=False
                    )


def _own_citations(stretch: str, kind: str) -> Iterator[Citation]:
    """Addresses in this document: each belongs to the first document named behind it, which must be "this one"."""
    start = 0
    for name in _NAME.finditer(stretch):
        if name[2] and (kind.startswith(name[1]) or (kind, name[1]) == ("Luật", "Bộ luật")):
            yield from find_citations(stretch[start : name.start()])
        start = name.end()


def has_place(document: LegalDocument, article: str, clause: str | None = None, point: str | None = None) -> bool:
    """Whether the document has this place."""
    found: Provision | None = document.article(article)
    if found and clause:
        found = found.child(clause)
    if found and point:
        found = found.child(point)
    return found is not None
