"""Finds when to remind of a last day: at eight in the morning, so long before it, never in the past; and which channels can remind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.today import VIETNAM
from knowledge.practice.calendar import Calendar, add_months

HOUR = time(8)  # in Việt Nam
Unit = Literal["day", "working_day", "month"]
Remark = Literal["law_day_off", "day_off", "gone", "after"]
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDay:
    """A last day: what it is the last day of, and the place it stands on, as people read them; no place for a day of their own."""

    day: date
    what: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """How long before the last day."""

    count: int
    unit: Unit = "day"


USUAL = Lead(3)


@dataclass(frozen=True, slots=True)
class Plan:
    """The day on which to remind, at HOUR, and what is to be said of that choice.

    `law_day_off`: the last day itself is a day off; `day_off`: the day that was meant is one; `gone`: that day is past, and this is the
    first that is left; `after`: it lies behind the last day.
    """

    on: date
    remarks: tuple[Remark, ...] = ()

    @property
    def moment(self) -> datetime:
        return moment_on(self.on)


@dataclass(frozen=True, slots=True)
class Reach:
    """How a channel comes to people: whether it may write first, and how many hours after their last message."""

    writes: bool
    hours: int | None = None


REACH = {"telegram": Reach(True), "zalo": Reach(True), "zalo_oa": Reach(True, 48), "web": Reach(False), "terminal": Reach(False)}


def channel_of(conversation: str) -> str:
    """The channel that a conversation is held on: the beginning of its name."""
    return conversation.partition(":")[0]


def chat_of(conversation: str) -> str:
    """The channel's own name for a conversation: the rest of it."""
    return conversation.partition(":")[2]


def moment_on(day: date) -> datetime:
    """The moment of reminding on a day, by the clocks of Việt Nam."""
    return datetime.combine(day, HOUR)


def in_utc(local: datetime) -> datetime:
    """A moment by the clocks of Việt Nam as UTC, without zone, the way it is kept."""
    return local.replace(tzinfo=VIETNAM).astimezone(UTC).replace(tzinfo=None)


def in_vietnam(moment: datetime) -> datetime:
    """A moment in UTC, without zone, by the clocks of Việt Nam."""
    return moment.replace(tzinfo=UTC).astimezone(VIETNAM).replace(tzinfo=None)


def plan(day: date, now: datetime, calendar: Calendar, *, lead: Lead | None = None, on: date | None = None) -> Plan | None:
    """When to remind of a last day: `lead` before it, or on the day `on`, or as usual; None when no moment is left.

    `now` is by the clocks of Việt Nam. Offices are closed on days off: what would fall on one comes on the working day before, unless
    the person named the day.
    """
    if moment_on(day) <= now:
        return None
    remarks: list[Remark] = []
    last = _working_before(day, calendar)
    if last != day:
        remarks.append("law_day_off")
    if on is not None and on > day:
        remarks.append("after")
        on = None
    wished = on or _ahead(last, lead or USUAL, calendar)
    moved = wished if on else _working_before(wished, calendar)
    for chosen in (moved, wished):
        if moment_on(chosen) > now:
            return Plan(chosen, (*remarks, *(("day_off",) if chosen != wished else ())))
    if on or lead:
        remarks.append("gone")
    return Plan(_first_left(day, last, now, calendar), tuple(remarks))


def _ahead(last: date, lead: Lead, calendar: Calendar) -> date:
    if lead.unit == "month":
        return add_months(last, -lead.count)
    if lead.unit == "day" or not lead.count:
        return last - timedelta(days=lead.count)
    return calendar.before(last, lead.count, "working_day").last


def _first_left(day: date, last: date, now: datetime, calendar: Calendar) -> date:
    """The first morning to come; on a working day, when one is left before the last day."""
    first = now.date() if moment_on(now.date()) > now else now.date() + _ONE
    working = calendar.next_working(first)
    return working if working <= last else min(first, day)


def _working_before(day: date, calendar: Calendar) -> date:
    """The day itself when it is a working day, else the last one before it."""
    while not calendar.is_working(day):
        day -= _ONE
    return day
