"""Spoken messages on Telegram, written down by a server on this machine."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.config import Settings, SpeechSettings
from bot.people import People
from tests.channels.conftest import running
from tests.fakes.speech import FakeSpeech, fake_speech
from tests.fakes.telegram import MEDIA, FakeTelegram, all_buttons, fake_telegram

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
SOUND = b"OggS\x00\x02spoken"


@contextlib.asynccontextmanager
async def hearing(settings: Settings, assistant: Assistant, **section: Any) -> AsyncIterator[tuple[FakeTelegram, FakeSpeech]]:
    """A bot with a transcription server, and a voice message that can be fetched."""
    async with fake_speech() as speech, fake_telegram() as fake:
        own = settings.model_copy(update={"speech": SpeechSettings(base_url=speech.base_url, **section)})
        fake.files["v"] = SOUND
        async with running(own, fake, assistant, People({}, 3)):
            yield fake, speech


async def test_spoken_question_is_answered(settings: Settings, assistant: Assistant, chat: int) -> None:
    async with hearing(settings, assistant) as (fake, speech):
        fake.push_media(chat, "voice")
        (message,) = await fake.replies(chat)
    assert message["text"].startswith(channel_texts.heard(speech.heard))
    assert "10 ngày" in message["text"]
    assert list(all_buttons(message))
    assert speech.sounds == [("v.ogg", SOUND)]


async def test_spoken_reply_in_a_group(settings: Settings, assistant: Assistant, chat: int) -> None:
    async with hearing(settings, assistant) as (fake, speech):
        fake.push_text(-chat, "/help@ThadsTestBot", kind="group")
        (helped,) = await fake.replies(-chat)
        fake.push_media(-chat, "voice", kind="group")  # people talk among themselves
        fake.push_media(-chat, "voice", kind="group", reply_to_message=fake._messages[-chat, helped["message_id"]])
        await fake.replies(-chat, 2)
        await asyncio.sleep(0.2)
    assert len(speech.sounds) == 1


@pytest.mark.parametrize("fault", ["server", "file", "silence"])
async def test_what_cannot_be_heard_is_asked_for_in_writing(
    settings: Settings, assistant: Assistant, chat: int, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with hearing(settings, assistant) as (fake, speech):
        if fault == "server":
            speech.status = 500
        elif fault == "file":
            fake.files.clear()
        else:
            speech.heard = ""
        fake.push_media(chat, "voice")
        await fake.replies(chat)
    assert fake.texts(chat) == [channel_texts.VOICE_FAILED]


async def test_long_speech_is_not_listened_to(settings: Settings, assistant: Assistant, chat: int) -> None:
    async with hearing(settings, assistant, longest_seconds=2) as (fake, speech):
        fake.push_media(chat, "voice")
        await fake.replies(chat)
    assert fake.texts(chat) == [channel_texts.voice_too_long(MEDIA["voice"]["duration"], 2)]
    assert speech.sounds == []


async def test_speech_uses_the_allowance(settings: Settings, assistant: Assistant, chat: int) -> None:
    async with hearing(settings, assistant) as (fake, speech):
        for _ in range(4):
            fake.push_media(chat, "voice")
        await fake.replies(chat, 4)
    assert fake.texts(chat)[3] == texts.SLOW_DOWN
    assert len(speech.sounds) == 3
