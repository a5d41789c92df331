"""Whether coercion is allowed on a day is said with the reason, what decides is asked, and questions for the rule are left to the law."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import coercion_texts
from bot.assistant import Assistant
from bot.message import Question
from bot.sums import Missing, Sum
from knowledge.practice.book import Practice
from knowledge.practice.step import write_day, write_weekday
from tests.bot.sums.rows import Row, Work, params, rows
from tests.conftest import TODAY
from tests.knowledge.practice.conftest import places

ROWS = rows("coercion")
ASKED = {"force": coercion_texts.WITH_FORCE, "part": coercion_texts.WHICH_PART}
SAYS = {True: "Được cưỡng chế", False: "Không được cưỡng chế", "perhaps": "Chưa rõ", "unsure": "Nhiều khả năng"}
WORKED, ASKING, LEFT = (
    [row for row in ROWS if "allowed" in row],
    [row for row in ROWS if "asks" in row],
    [row for row in ROWS if row.keys() == {"says"}],
)


@pytest.mark.parametrize("row", params(WORKED))
def test_worked_out(row: Row, worked: Work) -> None:
    result = worked(row["says"])
    assert isinstance(result, Sum)
    assert result.result.startswith(SAYS[row["allowed"]])
    assert row["day"] in result.result
    assert row.get("warns", "") in " ".join(result.warnings)
    assert any(warning.startswith("Câu hỏi không nêu năm") for warning in result.warnings) is row.get("assumed", False)
    found = places(result.steps)
    assert row["basis"] in found if "basis" in row else found


@pytest.mark.parametrize("row", params(ASKING))
def test_asks_what_decides(row: Row, worked: Work) -> None:
    missing = worked(row["says"])
    assert isinstance(missing, Missing)
    assert missing.question == ASKED[row["asks"]]
    first, second = (worked(f"{row['says']} – {option}") for option in missing.options)
    assert isinstance(first, Sum)
    assert isinstance(second, Sum)
    assert {each.result.startswith("Được") for each in (first, second)} == {True, False}


@pytest.mark.parametrize("row", params(LEFT))
def test_left_to_the_law(row: Row, worked: Work) -> None:
    assert worked(row["says"]) is None


@given(st.dates(date(2025, 1, 1), date(2028, 12, 31)), st.integers(0, 23))
def test_never_allowed_on_a_day_off_or_at_night(worked: Work, book: Practice, day: date, hour: int) -> None:
    result = worked(f"luc {hour} gio {write_day(day)} cuong che khong huy dong luc luong co duoc khong")
    if isinstance(result, Missing):
        assert hour in range(1, 6)
        return
    assert isinstance(result, Sum)
    assert write_weekday(day) in result.result
    free = book.calendar.is_working(day) and 6 <= hour < 22
    assert ("hông được" in result.result) is not free


@given(st.dates(TODAY - timedelta(days=364), TODAY - timedelta(days=1)))
def test_a_day_without_its_year_is_one_to_come(worked: Work, last: date) -> None:
    result = worked(f"ngay {last.day}/{last.month} cuong che khong huy dong luc luong co duoc khong")
    assert isinstance(result, Sum)
    coming = last.replace(year=last.year + 1)
    assert write_weekday(coming) in result.result
    assert coercion_texts.year_assumed(coming) in result.warnings


def test_asked_one_by_one_in_chat(assistant: Assistant) -> None:
    """Whether forces are called in, by the number of its option; a day to come is answered by the law of today."""
    answer = assistant.answer(Question("ngày 22/1/2027 có được cưỡng chế không", "test", conversation="coercion"))
    assert (answer.kind, answer.options) == ("clarification", (coercion_texts.FORCE, coercion_texts.NO_FORCE))
    answer = assistant.answer(Question("1", "test", conversation="coercion"))
    assert answer.kind == "calculation"
    assert "Không được cưỡng chế có huy động lực lượng vào thứ sáu 22/01/2027" in answer.text
    assert ("152/2026/NĐ-CP", "42") in [(c.document, c.article) for c in answer.citations]
    assert answer.as_of == TODAY
