"""The web as a channel: the chat page, its API and the library as pages, on one small server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import texts
from bot.assistant import Assistant
from bot.channels.http import Beside, HttpServer, hook_routes, states
from bot.channels.web_api import Api
from bot.channels.web_files import file_route
from bot.channels.web_metrics import Metrics
from bot.channels.web_pages import Pages
from bot.channels.web_reminders import DueReminders
from bot.channels.web_requests import SAY
from bot.channels.web_speech import Spoken
from bot.config import Settings
from bot.people import People
from bot.speech import open_transcriber

STATIC = Path(__file__).parent / "web" / "static"
EMBEDDED = "/khung"  # the chat in a window of another site: the one page that others may frame
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; frame-ancestors 'self'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
HEARING = "camera=(), geolocation=(), microphone=(self)"  # where the page may listen


class WebChannel:
    """The pages, the API, and the webhooks of the channels beside it."""

    name = "web"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.trouble = ""
        self.beside: Sequence[Beside] = ()
        self.server = HttpServer(settings.channels.web.host, settings.channels.web.port)

    @property
    def address(self) -> str:
        return self.server.address

    @property
    def listening(self) -> asyncio.Event:
        return self.server.listening

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        await self.server.run(make_app(assistant, people, self._settings, self.beside), stop, self._began)

    def _began(self) -> None:
        self.trouble = ""


def make_app(assistant: Assistant, people: People, settings: Settings, beside: Sequence[Beside] = ()) -> Starlette:
    """The whole site as an ASGI application, with the webhooks of the channels beside it."""
    web = settings.channels.web
    api = Api(assistant, people, Metrics(), lambda: states(beside), settings.web_staff_token)
    spoken = Spoken(open_transcriber(settings.speech, settings.speech_key.get_secret_value()), people, api.metrics.refused)
    pages = Pages(assistant, people, web.public_url, spoken.transcriber.longest_seconds if spoken.transcriber else 0)
    reminding = DueReminders(assistant, people)
    routes = [
        *hook_routes(beside),
        Route("/", pages.chat),
        Route(EMBEDDED, pages.embedded),
        Route("/widget.js", pages.widget),
        file_route(assistant, people),
        Route("/tim", pages.search),
        Route("/van-ban", pages.documents),
        Route("/van-ban/{key}", pages.document),
        Route("/van-ban/{key}/dieu-{label}", pages.article),
        Route("/van-ban/{key}/muc-{label}", pages.heading),
        Route("/api/ask", api.ask, methods=["POST"]),
        Route("/api/ask/stream", api.stream),
        Route("/api/feedback", api.feedback, methods=["POST"]),
        Route("/api/reminders", reminding.due),
        Route("/api/reminders", reminding.seen, methods=["POST"]),
        Route("/api/erase", api.erase, methods=["POST"]),
        Route("/api/speech", spoken.heard, methods=["POST"]),
        Route("/api/documents", api.documents),
        Route("/healthz", api.health),
        Route("/readyz", api.ready),
        Route("/metrics", api.metrics_text),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]

    async def refused(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        if not _for_programs(request):
            page = pages.refusal(fault.status_code, fault.detail)
            page.headers.update(fault.headers or {})
            return page
        api.metrics.refused(fault.status_code)
        sentence = fault.detail if fault.detail in SAY.values() else SAY.get(str(fault.status_code), fault.detail)
        return JSONResponse({"error": sentence}, fault.status_code, headers=fault.headers)

    async def failed(request: Request, fault: Exception) -> Response:
        """A fault of ours; Starlette logs it. This answer passes by the middleware, so it brings its own headers."""
        body = JSONResponse({"error": texts.TROUBLE}, 500) if _for_programs(request) else pages.refusal(500, texts.TROUBLE)
        body.headers.update(SECURITY)
        return body

    handlers = {HTTPException: refused, Exception: failed}
    guarded = Middleware(SafeHeaders, origins=web.allowed_origins, hears=spoken.transcriber is not None)
    return Starlette(routes=routes, middleware=[guarded], exception_handlers=handlers)


def _for_programs(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/healthz", "/readyz", "/metrics"))


class SafeHeaders:
    """Adds the security headers to every response, and says what may be kept by browsers and which sites may frame the chat."""

    def __init__(self, app: ASGIApp, origins: Sequence[str] = (), *, hears: bool = False) -> None:
        self._app = app
        self._always = SECURITY | ({"Permissions-Policy": HEARING} if hears else {})
        self._framed = {"Content-Security-Policy": " ".join([POLICY, *origins])}  # frame-ancestors stands last

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._always)
                if scope["path"] == EMBEDDED:
                    headers.update(self._framed)
                # an upgrade must show at once, and answers belong to one person
                headers.setdefault("Cache-Control", "no-store" if scope["path"].startswith("/api/") else "no-cache")
            await send(message)

        await self._app(scope, receive, send_safely)
