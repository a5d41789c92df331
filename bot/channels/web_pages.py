"""The pages: the chat, the list of documents, a document, one article with its status on a date, a search over all of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

import jinja2
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot import texts
from bot.assistant import Assistant
from bot.channels import web_views as views
from bot.finding import LONGEST
from bot.people import People
from bot.today import today
from knowledge.document import LegalDocument
from knowledge.store import Library
from knowledge.text import slug
from knowledge.timeline import replaced_by

TEMPLATES = Path(__file__).parent / "web" / "templates"

REFUSALS = {
    404: "Không tìm thấy trang này. Có thể địa chỉ gõ sai, hoặc văn bản, điều này không có trong kho.",
    405: "Trang này không nhận yêu cầu vừa gửi.",
}
KINDS = ("Luật", "Nghị định", "Thông tư", "Quyết định")  # the order of the list; other kinds follow as they come
NO_SUCH_DAY = "Ngày phải là một ngày có thật, viết dạng 2026-07-01."


@dataclass(frozen=True, slots=True)
class Pages:
    """The endpoints for people; `public_url` is the site's address where the settings give one, `hears` how many seconds the page may listen."""

    assistant: Assistant
    people: People
    public_url: str = ""
    hears: int = 0

    async def chat(self, request: Request) -> Response:
        return _page("chat.html", embedded=False, hears=self.hears)

    async def embedded(self, request: Request) -> Response:
        """The chat for a window in somebody else's page: links open beside that page."""
        return _page("chat.html", embedded=True, hears=0)  # the page around it would have to allow the microphone

    async def widget(self, request: Request) -> Response:
        """The script that such a page includes."""
        script = _ENVIRONMENT.get_template("widget.js").render()
        headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
        return Response(script, media_type="text/javascript", headers=headers)

    async def documents(self, request: Request) -> Response:
        library, on = await self._library(), _day(request)
        kinds: dict[str, list[tuple[LegalDocument, views.Status]]] = {kind: [] for kind in KINDS}
        for document in sorted(_open(library.documents), key=lambda d: d.issued, reverse=True):
            kinds.setdefault(document.kind, []).append((document, views.status(document, on)))
        return self._shown(request, "documents.html", kinds={kind: rows for kind, rows in kinds.items() if rows}, on=on)

    async def document(self, request: Request) -> Response:
        library, on = await self._library(), _day(request)
        document = _find(library, request)
        return self._shown(
            request,
            "document.html",
            document=document,
            status=views.status(document, on),
            entries=list(views.contents(document)),
            followers=list(_open(replaced_by(document, library.documents))),
            known={d.number: d.key for d in _open(library.documents)},
            on=on,
        )

    async def article(self, request: Request) -> Response:
        return await self._one(request, "article")

    async def heading(self, request: Request) -> Response:
        return await self._one(request, "heading")

    async def search(self, request: Request) -> Response:
        """What the library has on the words of `?q=`."""
        looked_for, on = " ".join(request.query_params.get("q", "").split())[:LONGEST], _day(request)
        if looked_for and not self.people.may_ask("web search", request.client.host if request.client else ""):
            raise HTTPException(429, texts.SLOW_DOWN, {"Retry-After": "60"})
        found = await asyncio.to_thread(self.assistant.find, looked_for, on)
        return self._shown(
            request,
            "search.html",
            looked_for=looked_for,
            documents=[(document, views.status(document, on)) for document in found.documents],
            remarks=found.remarks,
            findings=[views.finding(place, looked_for, on) for place in found.places],
            on=on,
        )

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
        return self._shown(
            request,
            "article.html",
            document=document,
            article=article,
            above=[views.titled(p) for p in above],
            status=views.status(document, on, article),
            lines=list(views.lines(document, article, on)),
            previous=neighbours[0],
            following=neighbours[1],
            url=lambda provision: views.url(document, provision),
            on=on,
        )

    def refusal(self, status: int, detail: str = "") -> HTMLResponse:
        """A page that says in Vietnamese what is wrong, and leads home."""
        sentence = detail if detail and detail != HTTPStatus(status).phrase else REFUSALS.get(status, detail)
        return _page("refusal.html", status_code=status, code=status, sentence=sentence)

    def _shown(self, request: Request, template: str, **values: Any) -> HTMLResponse:
        """A page of the library, with what all of them say: where the page is, and the chosen date for its links."""
        site = self.public_url.rstrip("/") or str(request.base_url).rstrip("/")
        return _page(template, query=_query(request), address=f"{site}{request.url.path}{_query(request)}", **values)

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


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters["day"] = texts.day
_ENVIRONMENT.globals.update(
    name=texts.NAME, see_also=texts.SEE_ALSO, only_text=texts.OTHER_MESSAGE, choose_number=texts.CHOOSE_NUMBER
)
