"""Spoken messages on Zalo, as bot and as official account: fetched from where Zalo keeps them, written down by a server on this machine."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.channels.sounds import Ears, Unheard
from bot.channels.zalo_api import SOUNDS
from bot.config import Settings, SpeechSettings
from bot.people import People
from bot.speech import BYTES_A_SECOND, Transcriber
from tests.channels.test_zalo import channel_for as zalo_channel
from tests.channels.test_zalo import running as zalo_running
from tests.channels.test_zalo_oa import channel_for as oa_channel
from tests.channels.test_zalo_oa import running as oa_running
from tests.fakes.speech import FakeSpeech, fake_speech
from tests.fakes.zalo import fake_zalo
from tests.fakes.zalo_oa import fake_zalo_oa

SOUND = b"\xff\xf1\x50\x80 spoken"  # as Zalo records it


@dataclass
class Talk:
    """One way to speak: `speak` sends a spoken message of a person, `replies` waits for so many messages to them."""

    speak: Callable[[str], Awaitable[Any]]
    replies: Callable[[str, int], Awaitable[list[str]]]
    sounds: dict[str, bytes]
    speech: FakeSpeech


@contextlib.asynccontextmanager
async def zalo(settings: Settings, speech: FakeSpeech, assistant: Assistant, folder: Path) -> AsyncIterator[Talk]:
    async with fake_zalo() as fake, zalo_running(zalo_channel(settings, fake), fake, assistant, People({}, 3)):

        async def speak(person: str) -> None:
            fake.push(person, kind="voice")

        yield Talk(speak, fake.replies, fake.sounds, speech)


@contextlib.asynccontextmanager
async def zalo_oa(settings: Settings, speech: FakeSpeech, assistant: Assistant, folder: Path) -> AsyncIterator[Talk]:
    async with fake_zalo_oa() as fake, oa_running(settings, oa_channel(settings, fake, folder), fake, assistant, People({}, 3)):

        async def speak(person: str) -> None:
            await fake.push(person, name="user_send_audio")

        yield Talk(speak, fake.replies, fake.sounds, speech)


@pytest.fixture(params=[zalo, zalo_oa], ids=["zalo", "zalo_oa"])
async def talk(settings: Settings, assistant: Assistant, tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Talk]:
    async with fake_speech() as speech:
        own = settings.model_copy(update={"speech": SpeechSettings(base_url=speech.base_url, longest_seconds=2)})
        async with request.param(own, speech, assistant, tmp_path) as talk:
            talk.sounds["v.aac"] = SOUND
            yield talk


async def test_spoken_question_is_answered(talk: Talk) -> None:
    await talk.speak("lan")
    (first,) = await talk.replies("lan", 1)
    assert first.startswith(channel_texts.heard(talk.speech.heard))
    assert "10 ngày" in first
    assert talk.speech.sounds == [("voice.m4a", SOUND)]


async def test_spoken_number_opens_an_article(talk: Talk) -> None:
    await talk.speak("lan")
    await talk.replies("lan", 1)
    talk.speech.heard = "Số 1"
    await talk.speak("lan")
    assert "Điều 36" in (await talk.replies("lan", 2))[1].splitlines()[0]


@pytest.mark.parametrize(
    ("change", "reply"),
    [
        pytest.param({"status": 500}, channel_texts.VOICE_FAILED, id="the server is at fault"),
        pytest.param({"heard": ""}, channel_texts.VOICE_FAILED, id="silence"),
        pytest.param({"sound": None}, channel_texts.VOICE_FAILED, id="the file is gone"),
        pytest.param({"sound": b"<html>"}, channel_texts.VOICE_FAILED, id="no sound"),
        pytest.param({"sound": SOUND + bytes(2 * BYTES_A_SECOND)}, channel_texts.voice_too_big(2), id="too long"),
    ],
)
async def test_what_cannot_be_heard_is_asked_for_in_writing(talk: Talk, change: dict[str, Any], reply: str) -> None:
    if "sound" in change:
        talk.sounds.clear()
        talk.sounds.update({"v.aac": change["sound"]} if change["sound"] else {})
    for name in change.keys() - {"sound"}:
        setattr(talk.speech, name, change[name])
    await talk.speak("minh")
    assert await talk.replies("minh", 1) == [reply]


async def test_speech_uses_the_allowance(talk: Talk) -> None:
    talk.sounds.clear()
    for _ in range(4):
        await talk.speak("hoa")
    assert (await talk.replies("hoa", 4))[3] == texts.SLOW_DOWN


@pytest.mark.parametrize(
    ("address", "theirs"),
    [
        pytest.param("https://f2-voice-aac-dl.zdn.vn/a/b.aac", True, id="where the bot platform keeps sounds"),
        pytest.param("https://zdn.vn/b.aac", True, id="the bare host"),
        pytest.param("https://openapi.zalo.me:8443/b.aac", True, id="another port of theirs"),
        pytest.param("http://127.0.0.1:9/voices/v.aac", True, id="the address in the settings"),
        pytest.param("http://f2-voice-aac-dl.zdn.vn/b.aac", False, id="not encrypted"),
        pytest.param("https://evil-zdn.vn/b.aac", False, id="a host that ends alike"),
        pytest.param("https://zdn.vn.evil.example/b.aac", False, id="a host that begins alike"),
        pytest.param("https://zdn.vn@evil.example/b.aac", False, id="a name before the host"),
        pytest.param("http://127.0.0.1:10/voices/v.aac", False, id="another port of this machine"),
        pytest.param("http://169.254.169.254/latest", False, id="an address of this network"),
        pytest.param("file:///etc/passwd", False, id="a file"),
        pytest.param("https://[zdn.vn", False, id="no address"),
        pytest.param("", False, id="nothing"),
    ],
)
async def test_sounds_are_fetched_from_their_hosts_only(address: str, theirs: bool) -> None:
    ears = Ears(Transcriber(SpeechSettings(base_url="http://127.0.0.1:9/v1")), SOUNDS, "http://127.0.0.1:9/bot")
    assert ears.may_fetch(address) == theirs
    if not theirs:
        with pytest.raises(Unheard, match=channel_texts.VOICE_FAILED[:20]):
            await ears.text_of(address)
