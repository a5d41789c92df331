"""The fee asked for in chat: cases without fee, reliefs, several receivers, an own share, earlier receipts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import fee_texts
from bot.assistant import Assistant
from bot.message import Question
from bot.sums import Sum
from tests.bot.sums.rows import Row, Work, amounts, check, check_options, params, rows

ROWS = rows("fee")
ASKED = {"sum": fee_texts.ON_WHAT, "damages": fee_texts.DAMAGES_FOR_WHAT, "force": fee_texts.WITH_FORCE_OR_NOT}


@pytest.mark.parametrize("row", params(ROWS))
def test_each_case(row: Row, worked: Work) -> None:
    check(row, worked, ASKED)


@pytest.mark.parametrize("row", params([row for row in ROWS if "asks" in row]))
def test_every_option_leads_on(row: Row, worked: Work) -> None:
    check_options(row, worked)


@given(st.integers(1, 20_000), st.integers(1, 20_000))
def test_the_whole_is_the_sum_of_what_each_pays(worked: Work, one: int, other: int) -> None:
    found = worked(f"A nhan {one} trieu, B nhan {other} trieu thi phi moi nguoi bao nhieu")
    assert isinstance(found, Sum)
    first, second, whole = amounts(found.result)
    assert first + second == whole


@given(st.integers(10, 20_000), st.integers(1, 20_000))
def test_what_came_before_and_now_pay_what_one_receipt_would(worked: Work, before: int, now: int) -> None:
    """The instalments of a case together pay no more than half a đồng each beside the fee on the whole."""
    fees = []
    for said in (
        f"nhan {before} trieu phi bao nhieu",
        f"lan truoc nhan {before} trieu, nay nhan them {now} trieu phi bao nhieu",
        f"nhan {before + now} trieu phi bao nhieu",
    ):
        found = worked(said)
        assert isinstance(found, Sum)
        fees.append(amounts(found.result.split(": ")[1].split(" (")[0])[0])
    assert abs(fees[0] + fees[1] - fees[2]) <= 1


def test_a_relief_is_shown_with_its_article(assistant: Assistant) -> None:
    answer = assistant.answer(Question("tôi là hộ nghèo nhận 200 triệu thì phí bao nhiêu", "test"))
    assert answer.kind == "calculation"
    assert "còn từ 1.200.000 đồng" in answer.text
    assert ("216/2016/TT-BTC", "7") in [(c.document, c.article) for c in answer.citations]


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("tôi nhận 350 triệu sau khi cưỡng chế thì phí bao nhiêu", ("216/2016/TT-BTC", "4", "1")),
        ("tôi nhận 3 triệu thì phí bao nhiêu", ("216/2016/TT-BTC", "6", "4")),
    ],
)
def test_the_place_that_decides_the_amount_is_cited_first(assistant: Assistant, question: str, place: tuple[str, ...]) -> None:
    answer = assistant.answer(Question(question, "test"))
    assert answer.kind == "calculation"
    cited = [(c.document, c.article, c.clause) for c in answer.citations]
    assert (cited[0], ("106/2025/QH15", "53", "1") in cited) == (place, True)
