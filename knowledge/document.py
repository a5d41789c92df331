"""The legal document as a value: its dates and sources, and its text as a tree of Chương, Mục, Điều, khoản, điểm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from knowledge.text import slug

Level = Literal["part", "chapter", "section", "subsection", "article", "heading", "clause", "point"]
Audience = Literal["public", "staff"]
TextKind = Literal["digest", "official"]
Status = Literal["in_force", "expired", "replaced", "unconfirmed"]

# Luật Ban hành văn bản quy phạm pháp luật, Điều 4
_RANKS = {"Hiến pháp": 0, "Bộ luật": 0, "Luật": 0, "Pháp lệnh": 0, "Nghị định": 1}

LEVEL_NAMES: dict[Level, str] = {
    "part": "Phần",
    "chapter": "Chương",
    "section": "Mục",
    "subsection": "Tiểu mục",
    "article": "Điều",
    "heading": "",
    "clause": "khoản",
    "point": "điểm",
}


@dataclass(frozen=True, slots=True)
class Provision:
    """One place in the text.

    `text` is what stands before the children, `closing` what stands after them and belongs to all. A "heading" is a titled part
    without an article number, as in documents of which only press reports exist. Dates are None where the document's own hold.
    """

    level: Level
    label: str
    heading: str = ""
    text: str = ""
    closing: str = ""
    children: tuple[Provision, ...] = ()
    in_force_from: date | None = None
    in_force_to: date | None = None
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """`Điều 36`, `khoản 1`, or the heading of an unnumbered part."""
        return f"{LEVEL_NAMES[self.level]} {self.label}".strip() if self.level != "heading" else self.heading

    def whole_text(self) -> str:
        """The provision with its children as lines, the way the document prints it."""
        lines = [self.text] if self.text else []
        for child in self.children:
            mark = {"clause": f"{child.label}. ", "point": f"{child.label}) "}.get(child.level, "")
            lines.append(mark + child.whole_text())
        return "\n".join([*lines, self.closing] if self.closing else lines)

    def child(self, label: str | None) -> Provision | None:
        """The child with this label, None when there is none."""
        return next((child for child in self.children if child.label == label), None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the content was checked, and when."""

    title: str
    url: str
    checked: date | None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A document that changed this one, from a date on."""

    number: str
    effective_from: date | None


@dataclass(frozen=True, slots=True)
class PartialEffect:
    """Provisions that hold on dates of their own; `places` are written as in the law ("khoản 9 Điều 3")."""

    places: tuple[str, ...]
    effective_from: date | None
    effective_to: date | None


@dataclass(frozen=True, slots=True)
class LegalDocument:
    """A document is its number and its date of issue; `effective_to` is the first day on which it no longer holds."""

    number: str
    kind: str
    title: str
    issuer: str
    issued: date
    effective_from: date
    effective_to: date | None
    status: Status
    audience: Audience
    text: TextKind
    replaces: tuple[str, ...] = ()
    amended_by: tuple[Amendment, ...] = ()
    sources: tuple[Source, ...] = ()
    partial_effect: tuple[PartialEffect, ...] = ()
    notes: str = ""
    provisions: tuple[Provision, ...] = field(default=(), repr=False)

    @property
    def key(self) -> str:
        """The name in addresses and files; a number without its year gets it, since such numbers repeat."""
        return slug(self.number) if str(self.issued.year) in self.number else f"{slug(self.number)}-{self.issued.year}"

    @property
    def name(self) -> str:
        """Kind and number, as one says it: `Luật 106/2025/QH15`; a news digest is its title."""
        return self.title if self.kind == "Tin" else f"{self.kind} {self.number}"

    @property
    def rank(self) -> int:
        """How far below a law it stands: 0 a law, 1 a decree of the Government, 2 what stands under both or beside them."""
        return _RANKS.get(self.kind, 2)

    def articles(self) -> Iterator[tuple[tuple[Provision, ...], Provision]]:
        """Articles and unnumbered parts in order, each with the headings above it."""
        yield from _walk((), self.provisions)

    def article(self, label: str) -> Provision | None:
        """The article with this label, as the law writes it ("44a")."""
        return next((p for _, p in self.articles() if p.level == "article" and p.label == label), None)


def _walk(above: tuple[Provision, ...], provisions: tuple[Provision, ...]) -> Iterator[tuple[tuple[Provision, ...], Provision]]:
    for provision in provisions:
        if provision.level in ("article", "heading"):
            yield above, provision
        else:
            yield from _walk((*above, provision), provision.children)
