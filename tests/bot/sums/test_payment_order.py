"""Who gets how much is worked out where each amount is named for certain, the fact that decides is asked, all else is left to the law."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import payment_texts
from bot.assistant import Assistant
from bot.message import Question
from bot.sums import Missing, Sum
from knowledge.practice.step import write_money
from tests.bot.sums.rows import Row, Work, check_no_sum, check_options, params, rows

ROWS = rows("payment_order")
ASKED = {
    "bank": payment_texts.BANK,
    "damages": payment_texts.DAMAGES,
    "tax": payment_texts.TAX,
    "court_fee": payment_texts.COURT_FEE,
    "proceeds": payment_texts.HOW_MUCH,
}
MILLION = 10**6
PAID = re.compile(r"(?P<name>.+?) (?P<share>[\d.]+) đồng(?: \(trên [\d.]+ đồng\))?\.?")


def shares(said: str) -> dict[str, int]:
    """Who gets what, read from the sentence."""
    listed = said.split(": ", 1)[1].split(" Trừ trước ")[0].split(" Sau đó ")[0]
    return {found["name"]: money(found["share"]) for each in listed.split("; ") if (found := PAID.fullmatch(each))}


def money(written: str) -> int:
    return int(written.replace(".", ""))


def told(said: str, before: str) -> int:
    found = re.search(rf"{before} ([\d.]+) đồng", said)
    return money(found[1]) if found else 0


@pytest.mark.parametrize("row", params(ROWS))
def test_each_case(row: Row, worked: Work) -> None:
    result = worked(row["says"])
    if "gets" in row:
        assert isinstance(result, Sum)
        assert shares(result.result) == row["gets"]
        assert told(result.result, "Trừ trước") == row.get("before", 0)
        assert told(result.result, "trả lại người phải thi hành án") == row.get("rest", 0)
        assert all(step.basis for step in result.steps)
    else:
        check_no_sum(row, result, ASKED)


@pytest.mark.parametrize("row", params([row for row in ROWS if "asks" in row]))
def test_every_option_leads_on(row: Row, worked: Work) -> None:
    check_options(row, worked)


@pytest.mark.parametrize("row", params([row for row in ROWS if row.get("asks") not in (None, "proceeds")]))
def test_what_can_be_chosen_is_offered(row: Row, worked: Work) -> None:
    missing = worked(row["says"])
    assert isinstance(missing, Missing)
    assert missing.options


CLAIMS = ("nợ A", "nợ ông Bình", "phải trả cấp dưỡng", "án phí", "tiền phạt", "bảo hiểm xã hội", "Agribank nhận thế chấp")


@given(
    st.integers(1, 5_000),
    st.integers(0, 300),
    st.dictionaries(st.sampled_from(CLAIMS[:-1]), st.integers(1, 2_000), min_size=1, max_size=6),
    st.sampled_from(["", "ngày 10/5/2026 "]),
)
def test_shares_deductions_and_rest_make_up_the_proceeds(
    worked: Work, proceeds: int, costs: int, claims: dict[str, int], day: str
) -> None:
    """Not a đồng is lost between the question and the answer, under both laws."""
    listed = ", ".join(f"{name} {amount} triệu" for name, amount in claims.items())
    cost = f", chi phí {costs} triệu" if costs else ""
    result = worked(f"{day}thu được {proceeds} triệu{cost}, {listed} thì chia thế nào")
    assert isinstance(result, Sum)
    paid = shares(result.result)
    off = told(result.result, "Trừ trước")
    assert len(paid) == len(claims)
    assert off == min(costs, proceeds) * MILLION
    assert off + sum(paid.values()) + told(result.result, "trả lại người phải thi hành án") == proceeds * MILLION
    assert all(share <= amount * MILLION for share, amount in zip(paid.values(), claims.values(), strict=True))


@given(st.permutations(CLAIMS))
def test_the_order_of_the_words_changes_nothing(worked: Work, claims: list[str]) -> None:
    amounts = {name: (place + 1) * 100 for place, name in enumerate(CLAIMS)}
    first, second = (
        worked("bán nhà được 2 tỷ, " + ", ".join(f"{name} {amounts[name]} triệu" for name in order) + " thì chia thế nào")
        for order in (CLAIMS, claims)
    )
    assert isinstance(first, Sum)
    assert isinstance(second, Sum)
    assert shares(first.result) == shares(second.result)


def test_what_is_assumed_is_said(worked: Work) -> None:
    result = worked("kê biên bán được 2 tỷ, ngân hàng nhận thế chấp 1,5 tỷ, người khác 1 tỷ, án phí 60tr")
    assert isinstance(result, Sum)
    assert {payment_texts.ASSUMED, payment_texts.SECURED_ASSUMED, payment_texts.COURT_FEE_ASSUMED} <= set(result.warnings)


def test_asked_back_in_chat(assistant: Assistant) -> None:
    """The bank's pledge by the number of its option."""
    answer = assistant.answer(
        Question("bán nhà được 2 tỷ, nợ ngân hàng 1,5 tỷ, nợ ông Bình 1 tỷ thì chia thế nào", "test", conversation="payment")
    )
    assert (answer.kind, answer.options) == ("clarification", (payment_texts.BANK_HOLDS, payment_texts.BANK_HOLDS_NOT))
    answer = assistant.answer(Question("1", "test", conversation="payment"))
    assert answer.kind == "calculation"
    assert f"ông Bình {write_money(500 * MILLION)}" in answer.text
    assert ("106/2025/QH15", "54", "3") in [(c.document, c.article, c.clause) for c in answer.citations]
