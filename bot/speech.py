"""Turns a spoken message into text through any OpenAI-compatible transcription server; off unless `speech.base_url` is set."""

from __future__ import annotations

import logging
from typing import Any

import httpx

from bot.config import SpeechSettings
from bot.errors import SpeechUnavailable
from knowledge.text import clean

log = logging.getLogger(__name__)
LONGEST = 2_000  # characters taken from a transcription: what a question may hold
BYTES_A_SECOND = 32_000  # of 16-bit sound at 16 kHz, the most that a spoken message needs

# how the formats begin that transcription servers take, and the name under which they are told apart
_FORMATS = (
    (0, b"OggS", "ogg"),
    (0, b"\x1a\x45\xdf\xa3", "webm"),
    (0, b"RIFF", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xfb", "mp3"),
    (0, b"\xff\xf3", "mp3"),
    (4, b"ftyp", "m4a"),
    (0, b"\xff\xf1", "m4a"),  # bare AAC, as Zalo records it; servers look inside, but know no name for it
    (0, b"\xff\xf9", "m4a"),
)


class Transcriber:
    """One server with one model; safe to use from several tasks."""

    def __init__(self, settings: SpeechSettings, key: str = "") -> None:
        self._url = f"{settings.base_url.rstrip('/')}/audio/transcriptions"
        self._fields = {"model": settings.model, "language": "vi", "response_format": "json"}
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._timeout = settings.timeout
        self.longest_seconds = settings.longest_seconds
        self.biggest = settings.longest_seconds * BYTES_A_SECOND  # bytes of a sound whose length is not told

    async def text_of(self, sound: bytes, name: str) -> str:
        """What is said in a sound file; `name` ends as its format asks for. Raises SpeechUnavailable when nothing can be heard."""
        try:
            async with httpx.AsyncClient(timeout=self._timeout) as web:
                response = await web.post(self._url, headers=self._headers, data=self._fields, files={"file": (name, sound)})
        except httpx.HTTPError as fault:  # its text may hold the address, never the key
            raise SpeechUnavailable(f"speech.base_url cannot be reached: {type(fault).__name__}") from None
        if response.status_code != 200:
            raise SpeechUnavailable(f"the server at speech.base_url answered {response.status_code}")
        heard = clean(_said(response))[:LONGEST]
        if not heard:
            raise SpeechUnavailable("the server at speech.base_url heard no words")
        return heard


def open_transcriber(settings: SpeechSettings, key: str = "") -> Transcriber | None:
    """The configured server, None while speech is off."""
    return Transcriber(settings, key) if settings.base_url.strip() else None


def named(sound: bytes) -> str:
    """A name for a sound that ends as its format asks for; empty for what is no sound."""
    return next((f"voice.{end}" for at, mark, end in _FORMATS if sound[at : at + len(mark)] == mark), "")


def _said(response: httpx.Response) -> str:
    try:
        body: Any = response.json()
    except ValueError:
        body = None
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str):
        raise SpeechUnavailable("the server at speech.base_url did not answer with a transcription")
    return text
