"""The rent set aside from the only home is worked out, what is missing is asked, and questions for the rule are left to the law."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot import payment_texts
from bot.sums import Missing, Sum
from bot.sums.asked import Worked
from knowledge.practice.step import write_money

ROWS = yaml.safe_load((Path(__file__).parent / "cases" / "only_home.yaml").read_text(encoding="utf-8"))
ASKED = {
    "only": payment_texts.HOME,
    "proceeds": payment_texts.HOME_SOLD_FOR,
    "left": payment_texts.LEFT,
    "region": payment_texts.REGION,
    "rent": payment_texts.MONTHLY_RENT,
}


@pytest.mark.parametrize("row", ROWS, ids=[row["says"] for row in ROWS])
def test_each_case(row: dict[str, Any], worked: Callable[[str], Worked]) -> None:
    result = worked(row["says"])
    if "rent" in row:
        assert isinstance(result, Sum)
        assert result.result.startswith(f"Trích lại {write_money(row['rent'])} " if row["rent"] else "Không trích lại")
        assert any(step.basis for step in result.steps)
    elif "asks" in row:
        assert isinstance(result, Missing)
        assert result.question == ASKED[row["asks"]]
    else:
        assert result is None


@pytest.mark.parametrize("row", [row for row in ROWS if "asks" in row], ids=[row["says"] for row in ROWS if "asks" in row])
def test_every_option_leads_on(row: dict[str, Any], worked: Callable[[str], Worked]) -> None:
    missing = worked(row["says"])
    assert isinstance(missing, Missing)
    for option in missing.options:
        after = worked(f"{row['says']} – {option}")
        assert isinstance(after, Sum) or (isinstance(after, Missing) and after.question != missing.question)


@given(st.integers(100, 10_000), st.integers(1, 10_000), st.sampled_from(["I", "II", "III", "IV"]))
def test_set_aside_only_where_too_little_is_left(worked: Callable[[str], Worked], proceeds: int, owed: int, region: str) -> None:
    result = worked(
        f"nhà duy nhất bán được {proceeds} triệu, nợ {owed} triệu, vùng {region} thì trích lại bao nhiêu tiền thuê nhà"
    )
    assert isinstance(result, Sum)
    if proceeds - owed >= 64:  # more than twelve times the highest wage
        assert result.result.startswith("Không trích lại")
    elif proceeds - owed <= 44:
        assert result.result.startswith("Trích lại ")
