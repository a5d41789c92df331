"""What the pages show of a document: its status on a date, its contents, the lines of an article, and where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from bot.finding import Place, pairs
from knowledge.citation import write_place
from knowledge.document import LegalDocument, Provision
from knowledge.text import fold, slug, words
from knowledge.timeline import state

EXCERPT = 300  # characters of a finding
BEFORE = 60  # of these, at most so many stand before the words that were looked for
_PIECE = re.compile(r"\w+|\W+")

# What the pages say of a status.
STATES = {
    "in_force": "còn hiệu lực",
    "not_yet": "chưa có hiệu lực",
    "expired": "hết hiệu lực",
    "unconfirmed": "chưa xác nhận hiệu lực",
    "news": "tin, không phải luật",
}


@dataclass(frozen=True, slots=True)
class Status:
    """Where a text stands on the date shown, for the badge and the line of dates."""

    state: str
    starts: date
    ends: date | None
    on: date

    @property
    def label(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article; `anchor` is its place in the address, `status` is set where it has dates of its own."""

    text: str
    anchor: str = ""
    mark: str = ""
    depth: int = 0
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a table of contents, with the headings that begin before it."""

    provision: Provision
    url: str
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """An article that a search brought up; `excerpt` is cut into pieces, those that were looked for marked."""

    title: str
    place: str
    document: str
    url: str
    status: Status
    excerpt: tuple[tuple[str, bool], ...]


def status(document: LegalDocument, on: date, *places: Provision) -> Status:
    """The status of a document, or of a place in it: the dates of the innermost place that has its own count."""
    for place in places:
        document = replace(
            document,
            effective_from=place.in_force_from or document.effective_from,
            effective_to=place.in_force_to or document.effective_to,
        )
    standing = "news" if document.kind == "Tin" else state(document, on)  # a piece of news is never in force
    return Status(standing, document.effective_from, document.effective_to, on)


def url(document: LegalDocument, provision: Provision) -> str:
    level = "dieu" if provision.level == "article" else "muc"
    return f"/van-ban/{document.key}/{level}-{slug(provision.label)}"


def anchor(clause: str | None, point: str | None) -> str:
    """Where a clause or point stands on its article's page; the letters of the law stay, since điểm d and điểm đ are two places."""
    if point and not clause:
        return f"k-{point}"
    return "-".join(part for part in (clause and f"k{clause}", point) if part)


def titled(provision: Provision) -> str:
    return ". ".join(part for part in (provision.name, provision.heading) if part)


def contents(document: LegalDocument) -> Iterator[Entry]:
    shown: tuple[Provision, ...] = ()
    for above, provision in document.articles():
        begins = tuple(titled(p) for n, p in enumerate(above) if shown[n : n + 1] != (p,) and (p.label or p.heading))
        yield Entry(provision, url(document, provision), begins)
        shown = above


def lines(document: LegalDocument, article: Provision, on: date) -> Iterator[Line]:
    """The text of an article line by line."""
    if article.text:
        yield Line(article.text)
    for child in article.children:
        yield from _inner_lines(document, (article, child), on)
    if article.closing:
        yield Line(article.closing)


def _inner_lines(document: LegalDocument, path: tuple[Provision, ...], on: date) -> Iterator[Line]:
    place, depth = path[-1], len(path) - 1
    own = place.in_force_from or place.in_force_to
    mark = f"{place.label}." if place.level == "clause" else f"{place.label})"
    labels = {p.level: p.label for p in path[1:]}
    yield Line(
        place.text, anchor(labels.get("clause"), labels.get("point")), mark, depth, status(document, on, *path) if own else None
    )
    for child in place.children:
        yield from _inner_lines(document, (*path, child), on)
    if place.closing:
        yield Line(place.closing, depth=depth)


def finding(found: Place, looked_for: str, on: date) -> Finding:
    """How an article that was found is shown."""
    inside = anchor(found.citation.clause, found.citation.point)
    return Finding(
        title=titled(found.article) if found.article.level == "article" else found.article.heading,
        place=write_place(found.citation) if inside else "",
        document=found.document.name,
        url=url(found.document, found.article) + (f"#{inside}" if inside else ""),
        status=status(found.document, on, found.article),
        excerpt=excerpt(found.text, looked_for),
    )


def excerpt(text: str, looked_for: str) -> tuple[tuple[str, bool], ...]:
    """The part of a text that is nearest to some words: pairs of them are marked, or the word when there is but one."""
    pieces = _PIECE.findall(" ".join(text.split()))
    sought, single = set(pairs(looked_for)), words(fold(looked_for))
    at = [place for place, piece in enumerate(pieces) if piece[0].isalnum()]
    said = [fold(pieces[place]) for place in at]
    marked = {at[n + step] for n, pair in enumerate(zip(said, said[1:], strict=False)) if pair in sought for step in (0, 1)}
    if len(single) == 1:
        marked = {place for place, word in zip(at, said, strict=True) if word == single[0]}
    return tuple(_window(pieces, marked))


def _window(pieces: list[str], marked: set[int]) -> Iterator[tuple[str, bool]]:
    """The pieces around the first that is marked, joined where they are of one sort."""
    first = last = min(marked, default=0)
    while first > 0 and len("".join(pieces[first - 1 : last])) <= BEFORE:
        first -= 1
    if first > 0:
        yield "… ", False
    end, length = first, 0
    while end < len(pieces) and (length := length + len(pieces[end])) <= EXCERPT:
        end += 1
    between = {place for place in range(first, end) if {place - 1, place + 1} <= marked}  # the space inside a marked pair
    for sort, run in groupby(range(first, end), key=lambda place: place in marked | between):
        yield "".join(pieces[place] for place in run), sort
    if end < len(pieces):
        yield "…", False
