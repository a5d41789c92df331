"""A chat model on this machine that speaks the OpenAI protocol: it answers what the test tells it to and keeps what it was asked."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

MODEL = "qwen3-gia"
SILENCE = object()  # says nothing until the server stops
BROKEN = object()  # something that is no JSON
ENDLESS = object()  # a body that never ends, a little more every moment


class FakeOpenAI:
    """Gives `reply` to every request: a text, what a function makes of the request, an HTTP status, SILENCE, BROKEN or ENDLESS.

    `forms` False is a server that refuses to be held to a form of reply.
    """

    def __init__(self) -> None:
        self.reply: str | int | object | Callable[[dict[str, Any]], str] = ""
        self.forms = True
        self.requests: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.stopping = threading.Event()
        self.port = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def complete(self, request: Request) -> Response:
        self.requests.append(await request.json())
        self.keys.append(request.headers.get("authorization", ""))
        if self.reply is SILENCE:
            await asyncio.to_thread(self.stopping.wait, 10)
        if self.reply is BROKEN:
            return PlainTextResponse("<html>không phải JSON", media_type="application/json")
        if self.reply is ENDLESS:
            return StreamingResponse(self._trickle(), media_type="application/json")
        status = 400 if not self.forms and "response_format" in self.requests[-1] else self.reply
        if isinstance(status, int):
            fault = {
                "message": f"lỗi {status}: {self.requests[-1]['messages'][-1]['content'][:80]}",
                "type": "server_error",
                "code": None,
            }
            return JSONResponse({"error": fault}, status, {"retry-after-ms": "1"})
        text = self.reply(self.requests[-1]) if callable(self.reply) else str(self.reply)
        message = {"role": "assistant", "content": text}
        return JSONResponse(
            {
                "id": "1", "object": "chat.completion", "created": 1, "model": MODEL,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
            }
        )  # fmt: skip

    async def _trickle(self) -> AsyncIterator[str]:
        while not self.stopping.is_set():
            yield " "
            await asyncio.sleep(0.05)


@contextmanager
def fake_openai() -> Iterator[FakeOpenAI]:
    """A running server on a free port of this machine."""
    fake = FakeOpenAI()
    app = Starlette(routes=[Route("/v1/chat/completions", fake.complete, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive(), "the fake chat model did not start"
        assert time.monotonic() < deadline, "the fake chat model did not start in time"
        time.sleep(0.01)
    fake.port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        fake.stopping.set()
        server.should_exit = True
        thread.join(30)
