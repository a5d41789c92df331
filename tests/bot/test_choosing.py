"""An answer is understood by its number, its words, an amount, a time or a day; anything else is no answer."""

from __future__ import annotations

from datetime import date

import pytest

from bot.choosing import UNKNOWN, chosen, heard, number_in
from knowledge.practice.procedure_files import read_procedures
from knowledge.practice.procedures import Decision
from tests.conftest import ROOT, TODAY

PROCEDURES = read_procedures(ROOT / "knowledge" / "library" / "procedures")


def asked(id: str, question: str) -> Decision:
    return next(each for each in PROCEDURES[id].decides if each.id == question)


@pytest.mark.parametrize(
    ("id", "question", "said", "value"),
    [
        ("request-enforcement", "time", "1", "in_time"),
        ("request-enforcement", "time", "chọn số 2", "late"),
        ("request-enforcement", "time", "chưa quá 5 năm", "in_time"),
        ("request-enforcement", "time", "mới có 3 năm", "in_time"),
        ("request-enforcement", "time", "hơn 6 năm rồi", "late"),
        ("request-enforcement", "way", "em gửi bưu điện", "post"),
        ("request-enforcement", "way", "qua VNeID", "digital"),
        ("state-budget-relief", "rest", "20 triệu", "from_10_to_100"),
        ("state-budget-relief", "rest", "còn 4tr", "under_5"),
        ("state-budget-relief", "rest", "1 tỷ 2", "over_100"),
        ("state-budget-relief", "years", "hơn 10 năm", "from_10"),
        ("state-budget-relief", "years", "7 năm", "from_5"),
        ("agreement", "moment", "có rồi", "after_decision"),
        ("agreement", "moment", "chưa", "before_decision"),
        ("agreement", "moment", "chua co", "before_decision"),
        ("heirs", "divided", "chưa chia", "undivided"),
        ("heirs", "divided", "rồi", "divided"),
        ("return-of-property", "collected", "đến nhận", "comes"),
        ("return-of-property", "collected", "không đến nhận", "absent"),
        ("return-of-property", "owes", "không", "clear"),
        ("sale-of-seized-property", "auction", "chưa bán", "sold"),
        ("confirmation", "result", "xong hết rồi", "all"),
        ("eviction", "willing", "dạ không chịu giao", "refuses"),
        ("first-complaint", "against", "chấp hành viên", "authority"),
        ("first-complaint", "way", "viết đơn", "written"),
        ("wage-deduction", "work", "còn làm", "stays"),
        ("voluntary-performance", "able", "không có tài sản gì hết", "nothing"),
        ("revaluation", "ground", "không rõ", UNKNOWN),
        ("revaluation", "ground", "em không biết nữa", UNKNOWN),
        ("voluntary-performance", "received", "3/8/2026", "2026-08-03"),
        ("voluntary-performance", "received", "nhận hôm qua", "2026-11-22"),
        ("voluntary-performance", "received", "1", UNKNOWN),
        ("voluntary-performance", "received", "không nhớ", UNKNOWN),
    ],
)
def test_answers(id: str, question: str, said: str, value: str) -> None:
    assert chosen(said, asked(id, question), TODAY) == value


@pytest.mark.parametrize(
    ("id", "question", "said"),
    [
        ("request-enforcement", "time", "9"),
        ("request-enforcement", "time", "5 năm"),
        ("request-enforcement", "way", "thời hạn tự nguyện là bao lâu"),
        ("request-enforcement", "way", "gửi qua bưu điện có được không?"),
        ("request-enforcement", "way", "xin chào"),
        ("fee-relief", "ground", "ai nghèo khó khăn thì được giảm mấy phần"),
        ("fee-relief", "ground", "hộ nghèo có được miễn hết phí không"),
        ("return-of-property", "thing", ""),
        ("voluntary-performance", "received", "tháng trước"),
        ("voluntary-performance", "received", "từ 3/8/2026 đến 5/8/2026"),
    ],
)
def test_no_answer(id: str, question: str, said: str) -> None:
    assert chosen(said, asked(id, question), TODAY) is None


@pytest.mark.parametrize(
    ("id", "said", "facts"),
    [
        (
            "seizure-house-land",
            "nhà duy nhất của tôi sắp bị kê biên, đã có sổ",
            {"home": "only_home", "certificate": "issued", "auction": "sold"},
        ),
        ("seizure-house-land", "đấu giá không thành mà họ không chịu dọn", {"auction": "failed", "handover": "refuses"}),
        ("voluntary-performance", "tôi nhận quyết định ngày 3/8/2026", {"received": "2026-08-03"}),
        ("voluntary-performance", "tòa xử ngày 3/8/2026", {}),
        ("voluntary-performance", "nhận quyết định 3/8/2026, hẹn trả 5/9/2026", {}),
        ("fee-relief", "xin miễn phí thi hành án", {}),
    ],
)
def test_first_words_tell_some_answers(id: str, said: str, facts: dict[str, str]) -> None:
    assert heard(said, PROCEDURES[id], TODAY) == facts


@pytest.mark.parametrize(("text", "place"), [("2", 1), ("câu 3", 2), ("4", None), ("0", None), ("hai", None)])
def test_number(text: str, place: int | None) -> None:
    assert number_in(text, 3) == place


def test_a_day_without_a_year_is_the_last_one() -> None:
    assert chosen("ngày 3/8", asked("voluntary-performance", "received"), date(2026, 9, 1)) == "2026-08-03"
