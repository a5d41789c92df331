"""Costs that the law fixes, asked for in chat: persons times days, papers served."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import cost_texts
from bot.sums import Sum
from tests.bot.sums.rows import Row, Work, amounts, check, check_options, params, rows

ROWS = rows("costs")
ASKED = {"days": cost_texts.HOW_MANY_DAYS, "activity": cost_texts.WHAT_FOR, "persons": cost_texts.HOW_MANY}


@pytest.mark.parametrize("row", params(ROWS))
def test_each_case(row: Row, worked: Work) -> None:
    check(row, worked, ASKED)


@pytest.mark.parametrize("row", params([row for row in ROWS if "asks" in row]))
def test_every_option_leads_on(row: Row, worked: Work) -> None:
    check_options(row, worked)


@given(st.integers(1, 200), st.integers(1, 200), st.integers(1, 30))
def test_two_groups_cost_what_they_cost_apart(worked: Work, officers: int, militia: int, days: int) -> None:
    paid = []
    for who in (f"{officers} cong an", f"{militia} dan quan", f"{officers} cong an, {militia} dan quan"):
        found = worked(f"cuong che {days} ngay, {who} thi boi duong bao nhieu")
        assert isinstance(found, Sum)
        paid += amounts(found.result.rstrip("."))
    assert paid[0] + paid[1] == paid[2] == 500_000 * (officers + militia) * days
