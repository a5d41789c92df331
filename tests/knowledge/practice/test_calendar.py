"""Days off, and the counting of days, working days, months and years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.practice.book import Practice
from knowledge.practice.calendar import Calendar, Unit, add_months, public_holidays, read_calendar
from tests.knowledge.practice.conftest import FOLDER, cases, check_told
from tests.knowledge.practice.run import Case, run_coercion_day

CALENDAR = read_calendar(FOLDER / "days_off.yaml")
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))
UNITS = st.sampled_from(["day", "working_day", "month", "year"])


@pytest.mark.parametrize("case", cases("days"))
def test_days_off_are_those_of_the_official_schedules(case: Case, book: Practice) -> None:
    assert (not book.calendar.is_working(case["day"])) is case["rest"], book.calendar.why_off(case["day"])


@pytest.mark.parametrize(
    ("year", "first_of_tet", "ancestors"),
    [
        (2024, date(2024, 2, 10), date(2024, 4, 18)),
        (2025, date(2025, 1, 29), date(2025, 4, 7)),
        (2026, date(2026, 2, 17), date(2026, 4, 26)),
        (2027, date(2027, 2, 6), date(2027, 4, 16)),
    ],
)
def test_the_lunar_feasts_of_the_library_are_right(year: int, first_of_tet: date, ancestors: date) -> None:
    holidays = public_holidays(year)
    assert holidays[first_of_tet] == "Tết Nguyên Đán"
    assert holidays[ancestors] == "Ngày Giỗ Tổ Hùng Vương"


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_of_the_month(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


def test_a_year_without_official_decision_is_said() -> None:
    assert "2029" in " ".join(CALENDAR.after(date(2029, 3, 1), 10, "day").warnings)
    assert CALENDAR.after(date(2026, 7, 6), 10, "day").warnings == ()


def test_a_day_that_could_not_be_confirmed_is_said() -> None:
    term = CALENDAR.after(date(2026, 11, 20), 5, "working_day")
    assert any("24/11/2026" in warning for warning in term.warnings)


@given(DAYS, st.integers(1, 90), UNITS)
@settings(max_examples=200, deadline=None)
def test_no_limit_ends_on_a_day_off_or_before_its_count(start: date, count: int, unit: Unit) -> None:
    count = min(count, 12) if unit in ("month", "year") else count
    term = CALENDAR.after(start, count, unit)
    assert CALENDAR.is_working(term.last)
    assert start < term.counted <= term.last
    assert not any(CALENDAR.is_working(term.counted + timedelta(days=n)) for n in range((term.last - term.counted).days))


@given(DAYS, st.integers(1, 60), UNITS)
@settings(max_examples=200, deadline=None)
def test_more_units_never_end_earlier_and_a_later_start_neither(start: date, count: int, unit: Unit) -> None:
    count = min(count, 12) if unit in ("month", "year") else count
    assert CALENDAR.after(start, count, unit).last <= CALENDAR.after(start, count + 1, unit).last
    assert CALENDAR.after(start, count, unit).last <= CALENDAR.after(start + timedelta(days=1), count, unit).last


@given(DAYS, st.integers(1, 30))
@settings(max_examples=200, deadline=None)
def test_working_days_counted_are_as_many_as_asked_for(start: date, count: int) -> None:
    last = CALENDAR.after(start, count, "working_day").last
    between = [start + timedelta(days=n) for n in range(1, (last - start).days + 1)]
    assert sum(CALENDAR.is_working(day) for day in between) == count


@given(DAYS, st.integers(1, 20))
@settings(max_examples=200, deadline=None)
def test_counting_back_leaves_as_many_working_days_before_the_event(event: date, count: int) -> None:
    latest = CALENDAR.before(event, count, "working_day").last
    between = [latest + timedelta(days=n) for n in range((event - latest).days)]
    assert CALENDAR.is_working(latest)
    assert sum(CALENDAR.is_working(day) for day in between) == count


def test_months_cannot_be_counted_back(book: Practice) -> None:
    with pytest.raises(ValueError, match="backwards"):
        book.calendar.before(date(2026, 7, 6), 1, "month")


def test_a_calendar_without_decisions_still_knows_weekends_and_feasts() -> None:
    bare = Calendar({}, {}, {}, frozenset())
    assert not bare.is_working(date(2026, 2, 17))
    assert bare.is_working(date(2026, 8, 31))


@pytest.mark.parametrize("case", cases("coercion_days"))
def test_days_without_coercion(case: Case, book: Practice) -> None:
    found = run_coercion_day(case, book)
    assert found.allowed is case["allowed"]
    check_told(case, found)
