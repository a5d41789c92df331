"""Cuts a document into passages: a clause with its headings; a long clause at its points.

The ids of passages stay the same from build to build.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from knowledge.citation import Citation
from knowledge.document import Audience, LegalDocument, Provision
from knowledge.text import slug

SPLIT_ABOVE = 900  # characters of a clause; above, one passage a point, each with the clause's opening words


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of law that can be found and cited. `place` is its article's name in the document, one for all passages of the article."""

    id: str
    document: str
    place: str
    citation: Citation
    heading_path: tuple[str, ...]
    text: str
    in_force_from: date
    in_force_to: date | None
    audience: Audience
    digest: bool
    confirmed: bool = True  # False where it could not be confirmed that the document is still in force
    rank: int = 0  # of its document below a law, see LegalDocument.rank

    @property
    def heading(self) -> str:
        """The heading of its article."""
        return self.heading_path[-1] if self.heading_path else ""

    @property
    def article_key(self) -> tuple[str, str]:
        """The article it belongs to: document key and place."""
        return self.document, self.place


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all passages of one article share."""

    document: LegalDocument
    article: Provision
    path: tuple[str, ...]

    @property
    def place(self) -> str:
        return self.article.label if self.article.level == "article" else f"~{slug(self.article.label)}"

    def passage(self, text: str, clause: Provision | None = None, point: Provision | None = None) -> Passage:
        parts = [p for p in (self.article, clause, point) if p]
        numbered = self.article.level == "article"
        citation = Citation(
            self.document.number,
            self.article.label if numbered else None,
            clause.label if numbered and clause else None,
            point.label if numbered and point else None,
        )
        starts = next((p.in_force_from for p in reversed(parts) if p.in_force_from), self.document.effective_from)
        ends = next((p.in_force_to for p in reversed(parts) if p.in_force_to), self.document.effective_to)
        labels = [self.place, *(p.label for p in parts[1:])]
        return Passage(
            id=f"{self.document.key}#{'.'.join(labels)}",
            document=self.document.key,
            place=self.place,
            citation=citation,
            heading_path=self.path,
            text=text,
            in_force_from=starts,
            in_force_to=ends,
            audience=self.document.audience,
            digest=self.document.text == "digest",
            confirmed=self.document.status != "unconfirmed",
            rank=self.document.rank,
        )


def passages_of(document: LegalDocument) -> list[Passage]:
    """All passages of the document, in the order of its text."""
    found: list[Passage] = []
    for above, article in document.articles():
        path = (document.title, *(p.heading for p in above if p.heading), article.heading)
        found.extend(_of_article(_Frame(document, article, path)))
    return found


def _of_article(frame: _Frame) -> Iterator[Passage]:
    article = frame.article
    clauses = [child for child in article.children if child.level == "clause"]
    if not clauses:
        yield from _of_block(frame, article, None)
        return
    leading = tuple(takewhile(lambda child: child.level == "point", article.children))
    if article.text or leading:
        yield from _of_block(frame, replace(article, children=leading, closing=""), None)
    for clause in clauses:
        yield from _of_block(frame, clause, clause)
    if article.closing:
        closing = frame.passage(article.closing)
        yield replace(closing, id=f"{closing.id}.cuối") if article.text or leading else closing


def _of_block(frame: _Frame, block: Provision, clause: Provision | None) -> Iterator[Passage]:
    """The passages of a clause, or of an article without clauses."""
    whole = block.whole_text()
    points = [child for child in block.children if child.level == "point"]
    if not points or len(whole) <= SPLIT_ABOVE:
        yield frame.passage(whole, clause)
        return
    if block.closing:
        yield frame.passage(f"{block.text}\n{block.closing}".strip(), clause)
    for point in points:
        yield frame.passage(f"{block.text} {point.whole_text()}".strip(), clause, point)
