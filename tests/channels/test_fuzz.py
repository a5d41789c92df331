"""Broken messages on every channel: none is left without its answer, and nothing breaks. The benchmark does the same with more."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from benchmarks.fuzz_channels import LINES, fuzz
from bot.assistant import Assistant
from bot.channels import CHANNELS
from bot.config import Settings

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@pytest.mark.parametrize("channel", LINES)
async def test_fuzz(
    settings: Settings, assistant: Assistant, tmp_path: Path, caplog: pytest.LogCaptureFixture, channel: str
) -> None:
    caplog.set_level(logging.ERROR)
    result = await fuzz(channel, 300, 7, assistant, settings, tmp_path)
    assert (result["sent"], result["crashed"]) == (300, 0), result
    assert result["valid"] > 100
    assert result["answered"] == result["valid"]


def test_every_channel_is_tried() -> None:
    assert set(LINES) == set(CHANNELS) | {"terminal"}
