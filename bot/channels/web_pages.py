"""The library as pages: the list of documents, a document, one article with its status on a date; and the chat page."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot import texts
from bot.assistant import Assistant, today
from knowledge.document import LegalDocument, Provision
from knowledge.store import Library
from knowledge.text import slug
from knowledge.timeline import replaced_by, state

TEMPLATES = Path(__file__).parent / "web" / "templates"

# What the pages say beside what stands in the templates.
STATES = {
    "in_force": "còn hiệu lực",
    "not_yet": "chưa có hiệu lực",
    "expired": "hết hiệu lực",
    "unconfirmed": "chưa xác nhận hiệu lực",
    "news": "tin, không phải luật",
}
REFUSALS = {
    404: "Không tìm thấy trang này. Có thể địa chỉ gõ sai, hoặc văn bản, điều này không có trong kho.",
    405: "Trang này không nhận yêu cầu vừa gửi.",
}
KINDS = ("Luật", "Nghị định", "Thông tư", "Quyết định")  # the order of the list; other kinds follow as they come
NO_SUCH_DAY = "Ngày phải là một ngày có thật, viết dạng 2026-07-01."


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
class Pages:
    """The endpoints for people."""

    assistant: Assistant

    async def chat(self, request: Request) -> Response:
        return _page("chat.html")

    async def documents(self, request: Request) -> Response:
        library, on = await self._library(), _day(request)
        kinds: dict[str, list[tuple[LegalDocument, Status]]] = {kind: [] for kind in KINDS}
        for document in sorted(_open(library.documents), key=lambda d: d.issued, reverse=True):
            kinds.setdefault(document.kind, []).append((document, _status(document, on)))
        return _page("documents.html", kinds={kind: rows for kind, rows in kinds.items() if rows}, on=on, query=_query(request))

    async def document(self, request: Request) -> Response:
        library, on = await self._library(), _day(request)
        document = _find(library, request)
        return _page(
            "document.html",
            document=document,
            status=_status(document, on),
            entries=list(_contents(document)),
            followers=list(_open(replaced_by(document, library.documents))),
            known={d.number: d.key for d in _open(library.documents)},
            on=on,
            query=_query(request),
        )

    async def article(self, request: Request) -> Response:
        return await self._one(request, "article")

    async def heading(self, request: Request) -> Response:
        return await self._one(request, "heading")

    async def _one(self, request: Request, level: str) -> Response:
        library, on = await self._library(), _day(request)
        document = _find(library, request)
        articles = list(document.articles())
        wanted = slug(request.path_params["label"])
        at = next((n for n, (_, p) in enumerate(articles) if p.level == level and slug(p.label) == wanted), None)
        if at is None:
            raise HTTPException(404)
        above, article = articles[at]
        neighbours = [articles[n][1] if 0 <= n < len(articles) else None for n in (at - 1, at + 1)]
        return _page(
            "article.html",
            document=document,
            article=article,
            above=[_titled(p) for p in above],
            status=_status(document, on, article),
            lines=list(_lines(document, article, on)),
            previous=neighbours[0],
            following=neighbours[1],
            url=lambda provision: _url(document, provision),
            on=on,
            query=_query(request),
        )

    def refusal(self, status: int, detail: str = "") -> HTMLResponse:
        """A page that says in Vietnamese what is wrong, and leads home."""
        return _page("refusal.html", status_code=status, code=status, sentence=REFUSALS.get(status, detail))

    async def _library(self) -> Library:
        # in a thread: a new build may have to be opened
        return await asyncio.to_thread(lambda: self.assistant.library)


def _page(template: str, status_code: int = 200, **values: Any) -> HTMLResponse:
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(values), status_code)


def _open(documents: Iterable[LegalDocument]) -> Iterator[LegalDocument]:
    """Documents that anybody may read; pages cannot know who is staff, so they show no other."""
    return (document for document in documents if document.audience == "public")


def _find(library: Library, request: Request) -> LegalDocument:
    document = library.by_key.get(request.path_params["key"])
    if document is None or document.audience != "public":
        raise HTTPException(404)
    return document


def _day(request: Request) -> date:
    """The date of `?ngay=`, today when it is left out."""
    written = request.query_params.get("ngay", "")
    try:
        return date.fromisoformat(written) if written else today()
    except ValueError:
        raise HTTPException(400, NO_SUCH_DAY) from None


def _query(request: Request) -> str:
    """What links carry on, so that reading on stays on the chosen date."""
    return f"?ngay={_day(request).isoformat()}" if request.query_params.get("ngay") else ""


def _status(document: LegalDocument, on: date, *places: Provision) -> Status:
    """The status of a document, or of a place in it: the dates of the innermost place that has its own count."""
    for place in places:
        document = replace(
            document,
            effective_from=place.in_force_from or document.effective_from,
            effective_to=place.in_force_to or document.effective_to,
        )
    standing = "news" if document.kind == "Tin" else state(document, on)  # a piece of news is never in force
    return Status(standing, document.effective_from, document.effective_to, on)


def _url(document: LegalDocument, provision: Provision) -> str:
    level = "dieu" if provision.level == "article" else "muc"
    return f"/van-ban/{document.key}/{level}-{slug(provision.label)}"


def _titled(provision: Provision) -> str:
    return ". ".join(part for part in (provision.name, provision.heading) if part)


def _contents(document: LegalDocument) -> Iterator[Entry]:
    shown: tuple[Provision, ...] = ()
    for above, provision in document.articles():
        begins = tuple(_titled(p) for n, p in enumerate(above) if shown[n : n + 1] != (p,) and (p.label or p.heading))
        yield Entry(provision, _url(document, provision), begins)
        shown = above


def _lines(document: LegalDocument, article: Provision, on: date) -> Iterator[Line]:
    """The text of an article line by line; anchors keep the letters of the law, since điểm d and điểm đ are two places."""
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
    anchor = "-".join(p.label if p.level == "point" else f"k{p.label}" for p in path[1:])
    if len(path) == 2 and place.level == "point":
        anchor = f"k-{place.label}"
    yield Line(place.text, anchor, mark, depth, _status(document, on, *path) if own else None)
    for child in place.children:
        yield from _inner_lines(document, (*path, child), on)
    if place.closing:
        yield Line(place.closing, depth=depth)


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["day"] = texts.day
_ENVIRONMENT.globals.update(name=texts.NAME, see_also=texts.SEE_ALSO)
