"""Answers proven before they leave: figures that must stand in the evidence, places that must be in force and open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.grounding import check_figures, check_passages, figures
from bot.serve import LiveKnowledge
from knowledge.search import Reader
from knowledge.spelling import wording

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("05 ngày", "5 ngày", id="a leading zero"),
        pytest.param("5 ngay", "5 ngày", id="without accents"),
        pytest.param("05  NGÀY LÀM VIỆC", "5 ngày làm việc", id="capitals and spaces"),
        pytest.param("5\nngày", "5 ngày", id="over a line's end"),
        pytest.param("2.000.000 đồng", "2000000 đồng", id="dots between thousands"),
        pytest.param("5.000.000.000 đồng", "5000000000 đồng", id="thousands of millions"),
        pytest.param("01/7/2026", "1/7/2026", id="a day with a zero"),
        pytest.param("01/07/2026", "1/7/2026", id="day and month with a zero"),
        pytest.param("3%", "03%", id="a percentage with a zero"),
        pytest.param("3 %", "3%", id="a percentage with a space"),
        pytest.param("24 giờ.", "24 giờ", id="a full stop behind"),
        pytest.param("02 lần", "2 lần", id="times"),
    ],
)
def test_equal_figures(one: str, other: str) -> None:
    assert figures(one) == figures(other) != []
    assert check_figures(f"Thời hạn, mức là {one}", [f"Luật ghi {other}; hết."]) == []


@pytest.mark.parametrize(
    ("said", "law"),
    [
        pytest.param("10 ngày", "10 ngày làm việc", id="days are not working days"),
        pytest.param("10 ngày làm việc", "10 ngày", id="nor the other way round"),
        pytest.param("15 ngày", "10 ngày", id="another number"),
        pytest.param("1 ngày", "10 ngày", id="a digit less"),
        pytest.param("10 tháng", "10 ngày", id="another unit"),
        pytest.param("05 năm", "05 tháng", id="years are not months"),
        pytest.param("30%", "3%", id="ten times the share"),
        pytest.param("2,5%", "2%", id="half a percent more"),
        pytest.param("200.000 đồng", "2.000.000 đồng", id="a tenth of the amount"),
        pytest.param("5 tỷ đồng", "5 triệu đồng", id="another unit of money"),
        pytest.param("01/7/2025", "01/7/2026", id="another year"),
        pytest.param("11/7/2026", "01/7/2026", id="another day"),
        pytest.param("24 giờ", "24 ngày", id="hours are not days"),
    ],
)
def test_other_figures(said: str, law: str) -> None:
    (failure,) = check_figures(f"Thời hạn, mức là {said}.", [f"Luật ghi {law}."])
    assert said in failure.sentence
    assert "stands in no cited place" in failure.reason


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Điều 36 khoản 1", id="an article"),
        pytest.param("Luật 106/2025/QH15", id="a document"),
        pytest.param("Nghị định 152/2026/NĐ-CP", id="a decree"),
        pytest.param("có ba ngạch", id="a word"),
        pytest.param("36 điều, 5 chương", id="counts of no unit"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_figures(text: str) -> None:
    assert figures(text) == []


def test_the_wrong_sentence_is_named() -> None:
    (failure,) = check_figures("Thời hạn là 10 ngày. Nộp 3% phí.", ["thời hạn 10 ngày", "phí 2%"])
    assert failure.sentence == "Nộp 3% phí."


def test_evidence_may_be_in_several_places() -> None:
    assert check_figures("Trong 10 ngày nộp 3%.", ["10 ngày", "3%"]) == []


@pytest.mark.parametrize(
    ("change", "on", "reader", "reasons"),
    [
        pytest.param({}, TODAY, "citizen", [], id="in force and public"),
        pytest.param({}, date(2026, 6, 30), "citizen", ["not in force on the date"], id="the day before it holds"),
        pytest.param({}, date(2026, 7, 1), "citizen", [], id="the first day"),
        pytest.param({"in_force_to": TODAY}, TODAY, "citizen", ["not in force on the date"], id="the day it no longer holds"),
        pytest.param({"audience": "staff"}, TODAY, "citizen", ["not open to this reader"], id="staff only, to a citizen"),
        pytest.param({"audience": "staff"}, TODAY, "staff", [], id="staff only, to staff"),
        pytest.param(
            {"audience": "staff"}, date(2026, 1, 1), "citizen", ["not in force on the date", "not open to this reader"], id="both"
        ),
    ],
)
def test_check_passages(live: LiveKnowledge, change: dict[str, object], on: date, reader: Reader, reasons: list[str]) -> None:
    knowledge = live()
    found = knowledge.search.find(wording("thời hạn tự nguyện thi hành án", knowledge.lists), TODAY, "citizen")
    passage = replace(found[0].best.passage, **change)  # type: ignore[arg-type]
    assert [failure.reason for failure in check_passages([passage], on, reader)] == reasons
