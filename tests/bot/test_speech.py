"""Speech to text against a transcription server on this machine."""

from __future__ import annotations

from typing import Any

import pytest

from bot.config import SpeechSettings
from bot.errors import SpeechUnavailable
from bot.speech import LONGEST, Transcriber, open_transcriber
from tests.fakes.server import serving
from tests.fakes.speech import fake_speech

OTHER = "một câu khác"


@pytest.mark.parametrize("address", ["", "  "])
def test_off_by_default(address: str) -> None:
    assert open_transcriber(SpeechSettings()) is None
    assert open_transcriber(SpeechSettings(base_url=address)) is None


@pytest.mark.parametrize(("wanted", "given"), [("", ""), ("k-1", "k-1"), ("", "k-1")])
@pytest.mark.parametrize("end", ["", "/"])
async def test_written_down(wanted: str, given: str, end: str) -> None:
    async with fake_speech() as fake:
        fake.key, fake.heard = wanted, f"  {OTHER}\n"
        transcriber = open_transcriber(SpeechSettings(base_url=fake.base_url + end), given)
        assert transcriber is not None
        assert await transcriber.text_of(b"OggS\x00", "voice.ogg") == OTHER
        assert fake.sounds == [("voice.ogg", b"OggS\x00")]


async def test_long_speech_is_cut_to_a_question() -> None:
    async with fake_speech() as fake:
        fake.heard = "a" * 9000
        assert len(await Transcriber(SpeechSettings(base_url=fake.base_url)).text_of(b"x", "a.ogg")) == LONGEST


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"key": "secret-key"}, "answered 401", id="a wrong key"),
        pytest.param({"status": 500, "body": {}}, "answered 500", id="a fault of the server"),
        pytest.param({"status": 429, "body": {}}, "answered 429", id="too many"),
        pytest.param({"body": "<html>"}, "did not answer with a transcription", id="no JSON"),
        pytest.param({"body": {"text": 5}}, "did not answer with a transcription", id="no text"),
        pytest.param({"body": [1]}, "did not answer with a transcription", id="a list"),
        pytest.param({"heard": " \n"}, "heard no words", id="silence"),
        pytest.param({"pause": 2.0}, "cannot be reached", id="too slow"),
    ],
)
async def test_faults(change: dict[str, Any], fault: str) -> None:
    async with fake_speech() as fake:
        for name, value in change.items():
            setattr(fake, name, value)
        with pytest.raises(SpeechUnavailable, match=fault) as caught:
            await Transcriber(SpeechSettings(base_url=fake.base_url, timeout=0.5), "own-key").text_of(b"x", "a.ogg")
    assert "own-key" not in str(caught.value)


async def test_nobody_there() -> None:
    async with serving(lambda *_: None) as address:  # type: ignore[arg-type,return-value]
        closed = address
    with pytest.raises(SpeechUnavailable, match="cannot be reached"):
        await Transcriber(SpeechSettings(base_url=f"{closed}/v1")).text_of(b"x", "a.ogg")
