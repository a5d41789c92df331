"""The web as a channel: the chat page, its API and the library as pages, on one small server."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Generator
from pathlib import Path

import uvicorn
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
from bot.channels.web_api import SAY, Api
from bot.channels.web_metrics import Metrics
from bot.channels.web_pages import Pages
from bot.config import Settings
from bot.errors import ChannelError
from bot.people import People

log = logging.getLogger(__name__)
STATIC = Path(__file__).parent / "web" / "static"
SECURITY = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
CLOSING_SECONDS = 5  # how long answers in flight may take to end when the server stops


class WebChannel:
    """Serves until stopped; `address` is known once it is listening (port 0 means any free one)."""

    name = "web"

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.address = ""
        self.listening = asyncio.Event()

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        web = self._settings.channels.web
        listener = _listen(web.host, web.port)
        shown = f"[{web.host}]" if ":" in web.host else web.host
        self.address = f"http://{shown}:{listener.getsockname()[1]}"
        self.listening.set()
        log.info("web chat on %s", self.address)
        server = _Server(_server_config(make_app(assistant, people, self._settings)))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not stop.is_set():
                raise ChannelError(f"the web server on {self.address} ended by itself; the log above says why")
        finally:
            stopping.cancel()
            server.should_exit = True
            await serving
            listener.close()


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers: the program that runs all channels has its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket; uvicorn would end the whole program when the port is taken. Raises ChannelError."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048)
    except OSError as fault:
        reason = os.strerror(fault.errno) if fault.errno and fault.errno > 0 else fault.strerror  # a name not found has its own
        raise ChannelError(
            f"cannot listen on {host!r} port {port}: {reason}; stop the program that uses it, or set channels.web.port in config.yaml"
        ) from None


def _server_config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,  # addresses of /api/ask/stream hold questions, which must not end up in a log
        server_header=False,
        forwarded_allow_ips="127.0.0.1,::1",  # a reverse proxy on this machine may say who asks
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )


def make_app(assistant: Assistant, people: People, settings: Settings) -> Starlette:
    """The whole site as an ASGI application."""
    api, pages = Api(assistant, people, Metrics()), Pages(assistant)
    routes = [
        Route("/", pages.chat),
        Route("/van-ban", pages.documents),
        Route("/van-ban/{key}", pages.document),
        Route("/van-ban/{key}/dieu-{label}", pages.article),
        Route("/van-ban/{key}/muc-{label}", pages.heading),
        Route("/api/ask", api.ask, methods=["POST"]),
        Route("/api/ask/stream", api.stream),
        Route("/api/erase", api.erase, methods=["POST"]),
        Route("/api/documents", api.documents),
        Route("/healthz", api.health),
        Route("/readyz", api.ready),
        Route("/metrics", api.metrics_text),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]

    async def refused(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        if not _for_programs(request):
            return pages.refusal(fault.status_code, fault.detail)
        api.metrics.refused(fault.status_code)
        sentence = SAY.get(str(fault.status_code), fault.detail)
        return JSONResponse({"error": sentence}, fault.status_code, headers=fault.headers)

    async def failed(request: Request, fault: Exception) -> Response:
        """A fault of ours; Starlette logs it. This answer passes by the middleware, so it brings its own headers."""
        body = JSONResponse({"error": texts.TROUBLE}, 500) if _for_programs(request) else pages.refusal(500, texts.TROUBLE)
        body.headers.update(SECURITY)
        return body

    handlers = {HTTPException: refused, Exception: failed}
    return Starlette(routes=routes, middleware=[Middleware(SafeHeaders)], exception_handlers=handlers)


def _for_programs(request: Request) -> bool:
    return request.url.path.startswith(("/api/", "/healthz", "/readyz", "/metrics"))


class SafeHeaders:
    """Adds the security headers to every response, and says what may be kept by browsers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(SECURITY)
                # an upgrade must show at once, and answers belong to one person
                headers.setdefault("Cache-Control", "no-store" if scope["path"].startswith("/api/") else "no-cache")
            await send(message)

        await self._app(scope, receive, send_safely)
