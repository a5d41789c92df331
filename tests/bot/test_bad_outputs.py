"""Wrong texts of a chat model, made from real law, do not reach a person; faithful ones do. A smaller run of benchmarks/bad_outputs.py."""

from __future__ import annotations

import logging

import pytest

from benchmarks.bad_outputs import measure
from bot.config import Settings
from bot.serve import LiveKnowledge
from tests.fakes.faithful import GOOD
from tests.fakes.misbehaving import BAD


def test_bad_outputs(settings: Settings, live: LiveKnowledge, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "bot")
    report = measure(settings, live, bad=160, good=60, http=24, seed=3)
    assert report["reached_a_person"] == report["http_reached_a_person"] == 0, report["examples"]
    assert report["good_passed"] >= 0.95 * report["good"], report["examples"]
    assert (report["bad"], report["good"], report["http_bad"]) == (160, 60, 24)
    assert (
        len(report["by_kind"]["bad"]) >= len(BAD) - 4
    )  # a few kinds need law with dates or amounts, which chance may not bring up
    assert len(report["by_kind"]["good"]) >= len(GOOD) - 1
