"""Until when enforcement can be asked for, and spans that do not count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.practice.book import Practice
from knowledge.practice.calendar import read_calendar
from knowledge.practice.limitation import limitation
from knowledge.practice.spans import Span, merged, pushed
from tests.knowledge.practice.conftest import FOLDER, cases, check_told
from tests.knowledge.practice.run import Case, run_limitation

CALENDAR = read_calendar(FOLDER / "days_off.yaml")
DAYS = st.dates(date(2016, 1, 1), date(2030, 12, 31))
SPANS = st.lists(
    st.builds(
        lambda kind, first, length: Span(kind, first, first + timedelta(days=length)),
        st.sampled_from(["obstacle", "force_majeure"]),
        DAYS,
        st.integers(0, 200),
    ),
    max_size=4,
)


@pytest.mark.parametrize("case", cases("limitation"))
def test_five_years_and_what_does_not_count(case: Case, book: Practice) -> None:
    found = run_limitation(case, book)
    assert (found.last, found.in_time, found.days_out) == (case["last"], case["in_time"], case["days_out"])
    assert found.other == case.get("other")
    check_told(case, found)


@given(DAYS, SPANS, DAYS)
@settings(max_examples=200, deadline=None)
def test_time_that_does_not_count_only_makes_it_longer(due: date, out: list[Span], asked: date) -> None:
    plain, longer = limitation(due, asked, CALENDAR), limitation(due, asked, CALENDAR, spans=out)
    assert plain.last is not None
    assert longer.last is not None
    assert longer.last >= plain.last
    assert longer.in_time or not plain.in_time
    assert CALENDAR.is_working(longer.last)
    assert longer.in_time is (asked <= longer.last)


@given(SPANS)
def test_days_are_counted_once(out: list[Span]) -> None:
    days = {span.first + timedelta(days=n) for span in out for n in range((span.last - span.first).days + 1)}
    assert sum((last - first).days + 1 for first, last in merged(out)) == len(days)


def test_a_span_before_the_event_or_after_the_end_changes_nothing() -> None:
    event, last = date(2026, 7, 6), date(2026, 7, 16)
    assert pushed(event, last, [Span("obstacle", date(2026, 6, 1), event)]) == (last, 0)
    assert pushed(event, last, [Span("obstacle", date(2026, 7, 17), date(2026, 7, 31))]) == (last, 0)
    assert pushed(event, last, [Span("obstacle", last, date(2026, 7, 17))]) == (date(2026, 7, 18), 2)


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Span("obstacle", date(2026, 7, 2), date(2026, 7, 1))
