"""The page that explains the ranking states the numbers of the code."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from knowledge import fusion
from knowledge.features import NAMES
from knowledge.search import BY_TEXT, PROMISING, Weights
from knowledge.signals import ASKERS, CANDIDATES, NEAREST, Signal
from knowledge.spelling import ACCENTED, ENOUGH

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "ranking.md").read_text(encoding="utf-8")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def test_the_table_of_signals_has_their_weights() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (?:place|article) \| .* \| ([\d.]+) \|$", PAGE, re.MULTILINE)
    weights = Weights()
    assert {name: float(weight) for name, weight in rows} == {name: getattr(weights, name) for name in get_args(Signal)}


def test_the_steps_have_the_numbers_of_the_code() -> None:
    weights = Weights()
    said = " ".join(PAGE.split())
    assert f"proposes its best {CANDIDATES} above zero" in said
    assert f"for the {NEAREST} nearest vectors" in said
    assert f"the second best {weights.runner_up}:" in said
    assert f"multiplied by {weights.unconfirmed} where" in said
    assert f"by {weights.lower} for each step below a law" in said
    assert f"the {NUMBERS[ASKERS]} nearest questions asked about it" in said
    assert f"of {NUMBERS[ENOUGH]} words or more in which fewer than {ACCENTED:.0%} of".replace("%", " %") in said
    assert f"0 from {weights.sight:.0f} points behind it ({weights.sight_alone:.0f} where they decide alone)" in said
    assert f"only the best {PROMISING} articles by all other signals and the best {BY_TEXT} by" in said
    assert f"read {len(fusion.NAMES)} numbers of each promising article" in said
    assert f"Their share weighs {weights.fused:.0f}," in said
    assert f"0 from {weights.sight_fused:.0f} points behind it, times {weights.fused:.0f}, and for its standing" in said
    assert f"`ranked` weighs {weights.ranked_alone:.0f}:" in said
    assert f"reads {len(NAMES)} numbers" in said
    assert f"`folded` {weights.of('folded', accented=False)}," in said


def test_its_picture_names_every_signal_and_can_be_read_in_the_dark() -> None:
    picture = (ROOT / "docs" / "images" / "ranking.svg").read_text(encoding="utf-8")
    assert [signal for signal in get_args(Signal) if not re.search(rf"\b{signal}\b", picture)] == []
    assert "prefers-color-scheme: dark" in picture
