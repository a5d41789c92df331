"""The rent set aside from the only home is worked out, what is missing is asked, and questions for the rule are left to the law."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import payment_texts
from bot.sums import Sum
from knowledge.practice.step import write_money
from tests.bot.sums.rows import Row, Work, check_no_sum, check_options, params, rows

ROWS = rows("only_home")
ASKED = {
    "only": payment_texts.HOME,
    "proceeds": payment_texts.HOME_SOLD_FOR,
    "left": payment_texts.LEFT,
    "region": payment_texts.REGION,
    "rent": payment_texts.MONTHLY_RENT,
}


@pytest.mark.parametrize("row", params(ROWS))
def test_each_case(row: Row, worked: Work) -> None:
    result = worked(row["says"])
    if "rent" in row:
        assert isinstance(result, Sum)
        assert result.result.startswith(f"Trích lại {write_money(row['rent'])} " if row["rent"] else "Không trích lại")
        assert any(step.basis for step in result.steps)
    else:
        check_no_sum(row, result, ASKED)


@pytest.mark.parametrize("row", params([row for row in ROWS if "asks" in row]))
def test_every_option_leads_on(row: Row, worked: Work) -> None:
    check_options(row, worked)


@given(st.integers(100, 10_000), st.integers(1, 10_000), st.sampled_from(["I", "II", "III", "IV"]))
def test_set_aside_only_where_too_little_is_left(worked: Work, proceeds: int, owed: int, region: str) -> None:
    result = worked(
        f"nhà duy nhất bán được {proceeds} triệu, nợ {owed} triệu, vùng {region} thì trích lại bao nhiêu tiền thuê nhà"
    )
    assert isinstance(result, Sum)
    if proceeds - owed >= 64:  # more than twelve times the highest wage
        assert result.result.startswith("Không trích lại")
    elif proceeds - owed <= 44:
        assert result.result.startswith("Trích lại ")
