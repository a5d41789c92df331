"""One HTTP server for all that listens: the web's pages and the webhooks of the other channels share its port."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.assistant import Assistant
from bot.channels.web_files import file_route
from bot.config import Settings
from bot.errors import ChannelError
from bot.people import People

log = logging.getLogger(__name__)
CLOSING_SECONDS = 5  # how long answers in flight may take to end when the server stops
BODY_LIMIT = 256_000  # bytes of a webhook's message


class Beside(Protocol):
    """What is told of a channel that runs beside; `trouble` is empty while all is well."""

    name: str
    trouble: str


@runtime_checkable
class Hook(Protocol):
    """A channel that is brought its messages by requests to `path`; an empty path means that it fetches them itself."""

    name: str
    path: str

    async def receive(self, headers: Mapping[str, str], body: bytes) -> int:
        """Take in one request, checked and put to work but not answered yet; returns the status to reply with."""


class HttpServer:
    """Serves an application until stopped; `address` is known once it is listening (port 0 means any free one)."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self.address = ""
        self.listening = asyncio.Event()

    async def run(self, app: ASGIApp, stop: asyncio.Event, began: Callable[[], None] = lambda: None) -> None:
        """Calls `began` once it is listening. Raises ChannelError when the port is taken or the server ends by itself."""
        listener = _listen(self._host, self._port)
        shown = f"[{self._host}]" if ":" in self._host else self._host
        self.address = f"http://{shown}:{listener.getsockname()[1]}"
        self.listening.set()
        began()
        log.info("listening on %s", self.address)
        server = _Server(_server_config(app))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait((serving, stopping), return_when=asyncio.FIRST_COMPLETED)
            if not stop.is_set():
                raise ChannelError(f"the web server on {self.address} ended by itself; the log above says why")
        finally:
            self.listening.clear()
            stopping.cancel()
            server.should_exit = True
            await serving
            listener.close()


class HooksChannel:
    """Listens for the webhooks of the other channels when the web channel does not run."""

    name = "webhooks"

    def __init__(self, settings: Settings) -> None:
        self.trouble = ""
        self.beside: Sequence[Beside] = ()
        self.server = HttpServer(settings.channels.web.host, settings.channels.web.port)

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        async def health(request: Request) -> Response:
            return JSONResponse({"status": "ok", "channels": states(self.beside)})

        routes = [*hook_routes(self.beside), file_route(assistant, people), Route("/healthz", health), Route("/readyz", health)]
        await self.server.run(Starlette(routes=routes), stop, self._began)

    def _began(self) -> None:
        self.trouble = ""


def hook_routes(channels: Iterable[object]) -> list[Route]:
    """A route for each channel that is brought its messages."""
    return [_hook_route(channel) for channel in channels if isinstance(channel, Hook) and channel.path]


def states(channels: Iterable[Beside]) -> dict[str, str]:
    """Which channels run and which are down; the reason stands in the log, not on a public page."""
    return {channel.name: "down" if channel.trouble else "ok" for channel in channels}


def public_hook(settings: Settings, path: str) -> str:
    """The address under which a platform reaches a webhook."""
    return f"{settings.channels.web.public_url.rstrip('/')}{path}"


def _hook_route(channel: Hook) -> Route:
    async def receive(request: Request) -> Response:
        body = bytearray()
        try:
            async for chunk in request.stream():
                body += chunk
                if len(body) > BODY_LIMIT:
                    return PlainTextResponse("", 413)
        except ClientDisconnect:
            return PlainTextResponse("", 400)
        return PlainTextResponse("", await channel.receive(request.headers, bytes(body)))

    return Route(channel.path, receive, methods=["POST"])


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


def _server_config(app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,  # addresses of /api/ask/stream hold questions, which must not end up in a log
        server_header=False,
        forwarded_allow_ips="127.0.0.1,::1",  # a reverse proxy on this machine may say who asks
        timeout_graceful_shutdown=CLOSING_SECONDS,
    )
