"""A transcription server on loopback that is as strict as OpenAI's: it checks path, key and every field of the form."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from tests.fakes.server import serving

FORMATS = (".flac", ".mp3", ".mp4", ".mpeg", ".mpga", ".m4a", ".ogg", ".wav", ".webm")


@dataclass
class FakeSpeech:
    """Hears in any sound what the test says; `status` and `body` stand for a fault."""

    heard: str = "Thời hạn tự nguyện thi hành án là bao lâu?"
    key: str = ""
    status: int = 200
    body: Any = None
    pause: float = 0.0
    base_url: str = ""
    sounds: list[tuple[str, bytes]] = field(default_factory=list)

    async def transcribe(self, request: Request) -> Response:
        if self.key and request.headers.get("authorization") != f"Bearer {self.key}":
            return JSONResponse({"error": {"message": "Incorrect API key provided"}}, 401)
        kind = request.headers["content-type"]
        form = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + await request.body())
        parts = {str(part.get_param("name", header="content-disposition")): part for part in _parts(form)}
        name = parts["file"].get_filename() or "" if "file" in parts else ""
        if set(parts) != {"file", "model", "language", "response_format"} or not name.endswith(FORMATS):
            return JSONResponse({"error": {"message": f"Invalid file format or fields: {name} {sorted(parts)}"}}, 400)
        self.sounds.append((name, bytes(parts["file"].get_payload(decode=True) or b"")))
        await asyncio.sleep(self.pause)
        if isinstance(self.body, str):
            return PlainTextResponse(self.body, self.status)
        return JSONResponse({"text": self.heard} if self.body is None else self.body, self.status)


def _parts(form: Message) -> list[Message]:
    return [part for part in form.get_payload() if isinstance(part, Message)] if form.is_multipart() else []


@contextlib.asynccontextmanager
async def fake_speech() -> AsyncIterator[FakeSpeech]:
    """The fake, listening on a free port of this machine."""
    fake = FakeSpeech()
    app = Starlette(routes=[Route("/v1/audio/transcriptions", fake.transcribe, methods=["POST"])])
    async with serving(app) as address:
        fake.base_url = f"{address}/v1"
        yield fake
