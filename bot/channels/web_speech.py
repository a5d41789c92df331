"""Takes what was spoken into the page and gives it back as text, when a transcription server is configured; nothing is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot import channel_texts
from bot.channels.sounds import Unheard, written_down
from bot.channels.web_requests import say
from bot.people import People
from bot.speech import Transcriber


@dataclass(frozen=True, slots=True)
class Spoken:
    """One endpoint; `refused` is told the status of each request that is turned down."""

    transcriber: Transcriber | None
    people: People
    refused: Callable[[int], None]

    async def heard(self, request: Request) -> Response:
        """`{"text": "…"}` for a sound as the body of the request, or 422 with a sentence when no words can be heard in it."""
        if self.transcriber is None:
            raise say(404)
        if not request.headers.get("content-type", "").strip().lower().startswith(("audio/", "video/webm", "video/mp4")):
            raise say(415, "no_sound")
        if not self.people.may_ask("web speech", request.client.host if request.client else ""):
            raise say(429)
        try:
            return JSONResponse({"text": await written_down(self.transcriber, await _body(request, self.transcriber.biggest))})
        except Unheard as unheard:
            self.refused(422)
            return JSONResponse({"error": str(unheard)}, 422)


async def _body(request: Request, biggest: int) -> bytes:
    """The sound; one that is too big is cut off behind its limit. Raises Unheard for one that breaks off."""
    sound = bytearray()
    try:
        async for part in request.stream():
            sound += part
            if len(sound) > biggest:
                break
    except ClientDisconnect:
        raise Unheard(channel_texts.VOICE_FAILED) from None
    return bytes(sound)
