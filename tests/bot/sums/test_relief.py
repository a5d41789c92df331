"""Relief asked for in chat: of what is owed to the budget, and of coercion costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import relief_texts
from bot.assistant import Assistant
from bot.message import Question
from bot.sums import Sum
from tests.bot.sums.rows import Row, Work, amounts, check, check_options, params, rows

BUDGET, COSTS = rows("budget_relief"), rows("cost_relief")
BUDGET_ASKED = {
    "left": relief_texts.HOW_MUCH_LEFT,
    "paid": relief_texts.HOW_MUCH_PAID,
    "decided": relief_texts.WHEN_DECIDED,
    "day": relief_texts.WHICH_DAY_DECIDED,
    "means": relief_texts.HAS_MEANS,
}
COSTS_ASKED = {"due": relief_texts.COSTS_DUE, "paid": relief_texts.COSTS_PAID, "ground": relief_texts.WHICH_GROUND}


@pytest.mark.parametrize("row", params(BUDGET))
def test_of_what_is_owed_to_the_budget(row: Row, worked: Work) -> None:
    check(row, worked, BUDGET_ASKED)


@pytest.mark.parametrize("row", params(COSTS))
def test_of_coercion_costs(row: Row, worked: Work) -> None:
    check(row, worked, COSTS_ASKED)


@pytest.mark.parametrize("row", params([row for row in (*BUDGET, *COSTS) if "asks" in row]))
def test_every_option_leads_on(row: Row, worked: Work) -> None:
    check_options(row, worked)


@given(st.integers(1, 500_000), st.integers(0, 600_000), st.sampled_from(["hộ nghèo", "thương binh"]))
def test_what_is_taken_off_and_what_is_left_are_what_was_unpaid(worked: Work, due: int, paid: int, who: str) -> None:
    found = worked(f"{who} phải nộp {due}k chi phí cưỡng chế, đã nộp {paid}k, có được giảm không")
    if paid >= due:
        assert found is None
        return
    assert isinstance(found, Sum)
    first, *others = amounts(found.result.rstrip("."))
    unpaid = (due - paid) * 1000
    assert first <= unpaid
    assert who != "hộ nghèo" or first + others[0] == unpaid


def test_asked_one_by_one_in_chat(assistant: Assistant) -> None:
    """The day as a reply, then the number of an option."""
    asked = "nợ tiền phạt 20 triệu có được giảm không"
    answer = assistant.answer(Question(asked, "test", conversation="relief"))
    assert answer.text == relief_texts.WHEN_DECIDED
    answer = assistant.answer(Question("5/3/2020", "test", conversation="relief"))
    assert answer.options == (relief_texts.WITHOUT_MEANS, relief_texts.WITH_MEANS)
    answer = assistant.answer(Question("1", "test", conversation="relief"))
    assert answer.kind == "calculation"
    assert "5.000.000 đồng mỗi lần" in answer.text
    assert ("106/2025/QH15", "42") in [(c.document, c.article) for c in answer.citations]
