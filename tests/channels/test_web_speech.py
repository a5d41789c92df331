"""A spoken question for the page: taken as sound, given back as text; off, and unseen, where no transcription server is set."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bot import channel_texts
from bot.assistant import Assistant
from bot.channels.web import HEARING, SECURITY, make_app
from bot.channels.web_requests import SAY
from bot.config import Settings, SpeechSettings
from bot.people import People
from bot.speech import BYTES_A_SECOND
from tests.fakes.speech import FakeSpeech, fake_speech

SOUND = b"\x1a\x45\xdf\xa3 spoken"
KIND = {"Content-Type": "audio/webm;codecs=opus"}


@contextlib.asynccontextmanager
async def page(settings: Settings, assistant: Assistant, speech: FakeSpeech | None) -> AsyncIterator[httpx.AsyncClient]:
    section = SpeechSettings(base_url=speech.base_url, longest_seconds=2) if speech else SpeechSettings()
    app = make_app(assistant, People({}, 3), settings.model_copy(update={"speech": section}))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://page") as web:
        yield web


@pytest.fixture
async def speech() -> AsyncIterator[FakeSpeech]:
    async with fake_speech() as fake:
        yield fake


async def test_spoken_words_come_back(settings: Settings, assistant: Assistant, speech: FakeSpeech) -> None:
    async with page(settings, assistant, speech) as web:
        response = await web.post("/api/speech", content=SOUND, headers=KIND)
    assert (response.status_code, response.json()) == (200, {"text": speech.heard})
    assert response.headers["cache-control"] == "no-store"
    assert speech.sounds == [("voice.webm", SOUND)]


@pytest.mark.parametrize(
    ("content", "kind", "change", "status", "sentence"),
    [
        pytest.param(SOUND, "application/json", {}, 415, SAY["no_sound"], id="another kind"),
        pytest.param(SOUND, "", {}, 415, SAY["no_sound"], id="no kind"),
        pytest.param(b"<html>", "audio/webm", {}, 422, channel_texts.VOICE_FAILED, id="no sound"),
        pytest.param(b"", "audio/webm", {}, 422, channel_texts.VOICE_FAILED, id="nothing"),
        pytest.param(SOUND + bytes(2 * BYTES_A_SECOND), "audio/webm", {}, 422, channel_texts.voice_too_big(2), id="too long"),
        pytest.param(SOUND, "audio/webm", {"status": 500}, 422, channel_texts.VOICE_FAILED, id="the server is at fault"),
        pytest.param(SOUND, "audio/webm", {"heard": " "}, 422, channel_texts.VOICE_FAILED, id="silence"),
    ],
)
async def test_what_is_not_heard_is_said(
    settings: Settings,
    assistant: Assistant,
    speech: FakeSpeech,
    content: bytes,
    kind: str,
    change: dict[str, Any],
    status: int,
    sentence: str,
) -> None:
    for name, value in change.items():
        setattr(speech, name, value)
    async with page(settings, assistant, speech) as web:
        response = await web.post("/api/speech", content=content, headers={"Content-Type": kind} if kind else {})
    assert (response.status_code, response.json()) == (status, {"error": sentence})


async def test_speech_has_an_allowance(settings: Settings, assistant: Assistant, speech: FakeSpeech) -> None:
    async with page(settings, assistant, speech) as web:
        statuses = [(await web.post("/api/speech", content=SOUND, headers=KIND)).status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]


@pytest.mark.parametrize("on", [True, False], ids=["on", "off"])
async def test_the_page_listens_only_where_that_is_set(
    settings: Settings, assistant: Assistant, speech: FakeSpeech, on: bool
) -> None:
    async with page(settings, assistant, speech if on else None) as web:
        chat, embedded = await web.get("/"), await web.get("/khung")
        spoken = await web.post("/api/speech", content=SOUND, headers=KIND)
    assert ('id="speak"' in chat.text, "/static/speech.js" in chat.text) == (on, on)
    assert 'id="speak"' not in embedded.text, "a page around it would have to allow that"
    assert chat.headers["permissions-policy"] == (HEARING if on else SECURITY["Permissions-Policy"])
    assert chat.headers["content-security-policy"] == SECURITY["Content-Security-Policy"]
    assert spoken.status_code == (200 if on else 404)
