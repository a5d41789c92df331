"""When a reminder is made: in the morning, before the last day, on a working day, and never in the past."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_oa_api import FREE_HOURS
from bot.reminders import HOUR, REACH, Lead, Plan, Remark, channel_of, chat_of, in_utc, in_vietnam, moment_on, plan
from knowledge.practice.calendar import Calendar, read_calendar
from tests.conftest import ROOT

CALENDAR = read_calendar(ROOT / "knowledge" / "library" / "practice" / "days_off.yaml")
NOON = datetime.fromisoformat("2026-11-23T12:00")  # a Monday


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("last", "lead", "on", "expected", "remarks"),
    [
        pytest.param("2026-12-10", Lead(3), None, "2026-12-07", (), id="three days before"),
        pytest.param("2026-12-10", None, None, "2026-12-07", (), id="as usual"),
        pytest.param("2026-12-10", Lead(7), None, "2026-12-03", (), id="a week before"),
        pytest.param("2027-03-15", Lead(1, "month"), None, "2027-02-15", (), id="a month before"),
        pytest.param("2026-12-10", Lead(3, "working_day"), None, "2026-12-07", (), id="three working days before"),
        pytest.param("2026-12-08", Lead(3, "working_day"), None, "2026-12-03", (), id="working days over a weekend"),
        pytest.param("2026-12-10", Lead(0), None, "2026-12-10", (), id="on the day itself"),
        pytest.param("2026-12-09", Lead(3), None, "2026-12-04", ("day_off",), id="a Sunday becomes the Friday before"),
        pytest.param("2026-12-27", Lead(0), None, "2026-12-25", ("law_day_off",), id="the last day is a Sunday"),
        pytest.param("2027-01-01", Lead(0), None, "2026-12-31", ("law_day_off",), id="the last day is a holiday"),
        pytest.param("2026-12-27", Lead(3), None, "2026-12-22", ("law_day_off",), id="so long before the working day"),
        pytest.param("2026-12-25", None, "2026-12-20", "2026-12-20", (), id="a day that the person named stays, though a Sunday"),
        pytest.param("2026-12-10", None, "2026-12-20", "2026-12-07", ("after",), id="a day behind the last one"),
        pytest.param("2026-11-25", Lead(7), None, "2026-11-24", ("gone",), id="the moment is past: the next morning"),
        pytest.param("2026-11-25", None, None, "2026-11-24", (), id="as usual needs no word that it is less"),
        pytest.param("2026-11-25", None, "2026-11-20", "2026-11-24", ("gone",), id="a named day that is past"),
        pytest.param("2026-11-24", Lead(3), None, "2026-11-24", ("gone",), id="the last morning is the last day's"),
        pytest.param("2026-11-30", Lead(999, "month"), None, "2026-11-24", ("gone",), id="ever so long before"),
    ],
)
def test_plan(last: str, lead: Lead | None, on: str | None, expected: str, remarks: tuple[Remark, ...]) -> None:
    found = plan(day(last), NOON, CALENDAR, lead=lead, on=day(on) if on else None)
    assert found == Plan(day(expected), remarks)


@pytest.mark.parametrize("last", ["2026-11-22", "2026-11-23"], ids=["yesterday", "today, in the afternoon"])
def test_nothing_left_to_remind_of(last: str) -> None:
    assert plan(day(last), NOON, CALENDAR, lead=Lead(0)) is None


def test_early_in_the_morning_of_the_last_day() -> None:
    assert plan(NOON.date(), at("2026-11-23T06:00"), CALENDAR, lead=Lead(3)) == Plan(NOON.date(), ("gone",))


def test_day_off_yields_where_the_working_day_is_past() -> None:
    """On Saturday, for a Monday: three days before is past, Sunday is the first morning that is left, Monday the first that works."""
    saturday = at("2026-11-28T09:00")
    assert plan(day("2026-11-30"), saturday, CALENDAR, lead=Lead(1)) == Plan(day("2026-11-29"))


days = st.dates(day("2024-01-01"), day("2030-12-31"))
leads = st.none() | st.builds(Lead, st.integers(0, 400), st.sampled_from(["day", "working_day", "month"]))


@given(last=days, now=st.datetimes(at("2024-01-01"), at("2030-12-31")), lead=leads, on=st.none() | days)
def test_never_in_the_past_nor_behind_the_last_day(last: date, now: datetime, lead: Lead | None, on: date | None) -> None:
    found = plan(last, now, CALENDAR, lead=lead, on=on)
    assert (found is None) == (moment_on(last) <= now)
    if found:
        assert now < found.moment
        assert found.on <= last
        assert found.moment.time() == HOUR


@given(last=days, ahead=st.integers(0, 30), lead=leads)
def test_on_a_working_day_where_there_is_time(last: date, ahead: int, lead: Lead | None) -> None:
    """Long before the last day nothing forces a day off."""
    now = datetime.combine(last - timedelta(days=15_000), time(ahead % 24))
    found = plan(last, now, CALENDAR, lead=lead)
    assert found
    assert CALENDAR.is_working(found.on)
    assert not {"gone", "after"} & set(found.remarks)


def test_without_decisions_weekends_are_known() -> None:
    assert plan(day("2026-12-27"), NOON, Calendar({}, {}, {}, frozenset()), lead=Lead(0)) == Plan(
        day("2026-12-25"), ("law_day_off",)
    )


@given(st.datetimes(at("2000-01-01"), at("2100-01-01")))
def test_moments_are_kept_in_utc(moment: datetime) -> None:
    assert in_vietnam(in_utc(moment)) == moment


def test_eight_in_the_morning_is_one_in_utc() -> None:
    assert in_utc(moment_on(day("2026-12-07"))) == at("2026-12-07T01:00")


@pytest.mark.parametrize(
    ("conversation", "channel", "chat"),
    [
        ("telegram:5001", "telegram", "5001"),
        ("telegram:-1005001:7", "telegram", "-1005001:7"),
        ("zalo_oa:ab:c", "zalo_oa", "ab:c"),
        ("terminal", "terminal", ""),
        ("", "", ""),
    ],
)
def test_names_of_conversations(conversation: str, channel: str, chat: str) -> None:
    assert (channel_of(conversation), chat_of(conversation)) == (channel, chat)


def test_hours_of_an_account_are_those_of_its_channel() -> None:
    assert REACH["zalo_oa"].hours == FREE_HOURS
