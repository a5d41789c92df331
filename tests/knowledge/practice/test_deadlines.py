"""Time limits: the cases worked out by hand, the crossing of 01/7/2026, and what holds for all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.practice.book import Practice, read_practice
from knowledge.practice.deadlines import deadline
from knowledge.transition import CHANGED, NEW, OLD
from tests.knowledge.practice.conftest import FOLDER, cases, check_told, places
from tests.knowledge.practice.run import Case, run_deadline

BOOK = read_practice(FOLDER)
RUNNING = "Luật không nói rõ thời hạn đang chạy dở"


@pytest.mark.parametrize("case", cases("deadlines"))
def test_time_limits_end_where_the_law_says(case: Case, book: Practice) -> None:
    limit = book.limits[case["limit"]]
    found = run_deadline(case, book)
    assert (found.last, found.law) == (case["last"], case.get("law"))
    assert (found.longest, found.other) == (case.get("longest"), case.get("other"))
    if case["last"] is None:
        assert "không có quy định" in found.warnings[0]
        return
    version = limit.on(case["start"])
    assert version is not None
    assert version.length == case["rule"]
    assert f"{case['basis']} {case['law']}" in places(found.steps[:1])
    assert (RUNNING in " ".join(found.warnings)) is ("other" in case)
    check_told({}, found)


def test_every_version_of_every_limit_has_a_case() -> None:
    worked = {(row.values[0]["limit"], row.values[0].get("law")) for row in cases("deadlines")}
    windows = {f"complaint_{row.values[0]['target']}" for row in cases("complaints")}
    missing = [
        (limit.id, version.law)
        for limit in BOOK.limits.values()
        for version in limit.versions
        if (limit.id, version.law) not in worked and limit.id not in windows
    ]
    assert missing == []


def test_the_day_that_decides_can_be_named() -> None:
    limit = BOOK.limits["notice"]
    assert deadline(limit, date(2026, 7, 6), BOOK.calendar, on=date(2026, 6, 30)).law == OLD
    assert deadline(limit, date(2026, 6, 29), BOOK.calendar, on=CHANGED).law == NEW


def test_the_old_nine_and_ten_days_are_a_doubt_that_is_said() -> None:
    found = deadline(BOOK.limits["verification"], date(2026, 7, 16), BOOK.calendar)
    assert "09 ngày" in found.warnings[0]


def test_what_our_library_does_not_hold_is_named_and_not_cited() -> None:
    found = deadline(BOOK.limits["voluntary"], date(2026, 7, 8), BOOK.calendar)
    outside = [step for step in found.steps if step.outside]
    assert len(outside) == 3
    assert all(not step.basis and "Bộ luật Dân sự" in step.outside for step in outside)
    assert any("chưa có trong thư viện" in warning for warning in found.warnings)


@given(st.sampled_from(sorted(BOOK.limits)), st.dates(date(2015, 7, 1), date(2030, 12, 31)))
@settings(max_examples=400, deadline=None)
def test_a_limit_ends_on_a_working_day_unless_it_only_passes(name: str, start: date) -> None:
    found = deadline(BOOK.limits[name], start, BOOK.calendar)
    version = BOOK.limits[name].on(start)
    assert (found.last is None) is (version is None)
    if version is None or found.last is None:
        return
    assert found.steps[0].basis == version.basis
    if version.kind == "before":
        assert found.last < start
    else:
        assert found.last > start
    if version.kind != "duration" and version.unit != "hour":
        assert BOOK.calendar.is_working(found.last)
    if found.longest is not None:
        assert found.longest >= found.last


@given(st.sampled_from(sorted(BOOK.limits)), st.dates(date(2015, 7, 1), date(2030, 12, 30)))
@settings(max_examples=300, deadline=None)
def test_a_later_start_under_the_same_law_never_ends_earlier(name: str, start: date) -> None:
    first = deadline(BOOK.limits[name], start, BOOK.calendar)
    second = deadline(BOOK.limits[name], start + timedelta(days=1), BOOK.calendar)
    if first.law == second.law and first.last and second.last:
        assert first.last <= second.last
