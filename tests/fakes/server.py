"""Runs a fake's application on a free port of this machine, and what the fakes of platforms have in common."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import dataclass, field

import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

PATIENCE = 60.0  # seconds until a test that waits for the bot gives up; a machine under load is not a fault
SILENCE = 3.0  # seconds that a silent fake says nothing


@dataclass
class Fault:
    """What the next calls of a method meet: a status, "silence", or "malformed", a reply that is no JSON."""

    method: str
    kind: int | str
    times: int
    chat: str | None
    retry_after: float
    after: bool  # the call is carried out, but the bot gets the fault for an answer


@dataclass
class Faults:
    """The faults that a test asked for."""

    waiting: list[Fault] = field(default_factory=list)

    def next(self, method: str, chat: str | None) -> Fault | None:
        for fault in self.waiting:
            if fault.method == method and fault.times > 0 and fault.chat in (None, chat):
                fault.times -= 1
                return fault
        return None


async def fault_reply(fault: Fault) -> Response:
    if fault.kind == "silence":
        await asyncio.sleep(SILENCE)
        return PlainTextResponse("", 504)
    if fault.kind == "malformed":
        return PlainTextResponse("<html>Bad gateway</html>", 200)
    headers = {"Retry-After": f"{fault.retry_after:g}"} if fault.kind == 429 else {}
    return PlainTextResponse("fault", int(fault.kind), headers=headers)


async def until(reached: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait for something to come about. Raises TimeoutError."""
    async with asyncio.timeout(patience):
        while not reached():  # noqa: ASYNC110 - any state of a fake may be asked for, so there is no one event to wait for
            await asyncio.sleep(0.01)


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers, which belong to pytest."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@contextlib.asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[str]:
    """The application, listening; gives its address."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1)
        server = _Server(config)
        task = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


async def json_of(request: Request) -> dict[str, object]:
    values = await request.json()
    return values if isinstance(values, dict) else {}
