"""Late-payment interest asked for in chat is worked out, what is missing is asked, and questions for the rule are left to the law."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import interest_texts
from bot.assistant import Assistant
from bot.message import Question
from bot.sums import Sum
from knowledge.practice.step import write_day
from tests.bot.sums.rows import Row, Work, check_no_sum, check_options, params, rows
from tests.conftest import TODAY

ROWS = rows("interest")
ASKED = {
    "sum": interest_texts.ON_WHAT,
    "days": interest_texts.WHICH_DAYS,
    "until": interest_texts.UNTIL_WHEN,
    "rate": interest_texts.WHICH_RATE,
}


@pytest.mark.parametrize("row", params(ROWS))
def test_each_case(row: Row, worked: Work) -> None:
    result = worked(row["says"])
    if "interest" in row:
        assert isinstance(result, Sum)
        assert f"{row['days']} ngày" in result.result
        assert f": {row['interest']}." in result.result
        assert any(step.basis for step in result.steps)
        assert any(step.outside for step in result.steps) == row.get("outside", False)
    else:
        check_no_sum(row, result, ASKED)


@pytest.mark.parametrize("row", params([row for row in ROWS if "asks" in row]))
def test_every_option_leads_on(row: Row, worked: Work) -> None:
    check_options(row, worked)


@given(st.integers(1, 10_000), st.integers(0, 4_000), st.integers(1, 99))
def test_more_days_never_cost_less(worked: Work, million: int, days: int, percent: int) -> None:
    """Of every amount, rate and length the interest is asked for; one day more is never cheaper."""
    start = TODAY - timedelta(days=days)
    said = f"cham tra {million} trieu lai {percent}%/nam tu {write_day(start)} den "
    results = [worked(said + write_day(TODAY + timedelta(days=more))) for more in (0, 1)]
    earned = [
        int(result.result.split(": ")[1].split(" đồng")[0].replace(".", "")) for result in results if isinstance(result, Sum)
    ]
    assert len(earned) == 2
    assert 0 <= earned[0] <= earned[1]


def test_asked_one_by_one_in_chat(assistant: Assistant) -> None:
    """The rate by the number of its option; the law that our library lacks is named as such."""
    answer = assistant.answer(
        Question("chậm trả 200 triệu từ 1/3/2026 đến 1/9/2026 lãi bao nhiêu", "test", conversation="interest")
    )
    assert (answer.kind, answer.options) == ("clarification", (interest_texts.LEGAL_RATE,))
    answer = assistant.answer(Question("1", "test", conversation="interest"))
    assert answer.kind == "calculation"
    assert "10.082.192 đồng" in answer.text
    assert f"theo {interest_texts.CIVIL_CODE}, chưa có trong kho" in answer.text
    assert ("152/2026/NĐ-CP", "29") in [(c.document, c.article) for c in answer.citations]
    assert interest_texts.LEGAL_DOUBT in answer.warnings
