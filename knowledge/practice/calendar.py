"""Counts days, working days, months and years as the law counts them: from the day after the event, ending on a working day.

The law of enforcement has no counting rule of its own; the general one stands in the Civil Code (Bộ luật Dân sự 2015, Điều 147, 148),
which is not in the library: the steps name it without citing it. Days off are Saturdays, Sundays and public holidays.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from knowledge.practice.rows import Row, read_rows
from knowledge.practice.step import DAY_NAMES, Step, write_day, write_weekday

Unit = Literal["hour", "day", "working_day", "month", "year"]
UNIT_NAMES: dict[str, str] = {"hour": "giờ", "day": "ngày", "working_day": "ngày làm việc", "month": "tháng", "year": "năm"}
CIVIL_CODE = "Bộ luật Dân sự số 91/2015/QH13"
COUNTING = (
    "Luật Thi hành án dân sự không quy định cách đếm thời hạn; ở đây đếm theo Điều 147, Điều 148 Bộ luật Dân sự 2015, "
    "văn bản chưa có trong thư viện."
)
_ONE = timedelta(days=1)
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class Term:
    """A counted span: its first counted day, the last day as counted, and the last day after moving it off a day off."""

    first: date
    counted: date
    last: date
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Calendar:
    """The days of Việt Nam: public holidays by year, changed by official decisions."""

    off: Mapping[date, str]
    worked: Mapping[date, str]
    doubtful: Mapping[date, str]
    decided_years: frozenset[int]

    def why_off(self, day: date) -> str | None:
        """Why nobody works on the day, None on a working day."""
        if day in self.worked:
            return None
        holiday = self.off.get(day) or public_holidays(day.year).get(day)
        return holiday or (DAY_NAMES[day.weekday()] if day.weekday() >= _WEEKEND else None)

    def is_working(self, day: date) -> bool:
        return self.why_off(day) is None

    def next_working(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working(day):
            day += _ONE
        return day

    def after(self, event: date, count: int, unit: Unit, *, roll: bool = True) -> Term:
        """The span of so many units after the event, whose own day is not counted; `roll` moves a last day that is a day off.

        Hours end the same hour on a later day and are never moved.
        """
        counted = self._counted(event, count, unit)
        last = self.next_working(counted) if roll and unit != "hour" else counted
        first = event if unit == "hour" else event + _ONE
        doubtful = self.doubts_between(first if unit == "working_day" else counted, last)
        return Term(first, counted, last, tuple(self._told(event, count, unit, counted, last)), doubtful)

    def before(self, event: date, count: int, unit: Unit) -> Term:
        """The latest day that lies so many working days or days before the event, whose own day is not counted."""
        if unit not in ("day", "working_day"):
            raise ValueError(f"{unit!r} cannot be counted backwards")
        day, left = event, count
        while left:
            day -= _ONE
            left -= unit == "day" or self.is_working(day)
        while not self.is_working(day):  # nobody can be told on a day off: the day before it
            day -= _ONE
        sentence = f"Đếm lùi {count} {UNIT_NAMES[unit]}, không tính ngày {write_day(event)}: chậm nhất {write_weekday(day)}."
        warning = "Văn bản không nói rõ cách đếm lùi; ở đây đếm đủ số ngày trước ngày đó, không tính chính ngày đó."
        return Term(day, day, day, (Step(sentence),), (warning, *self.doubts_between(day, event)))

    def _counted(self, event: date, count: int, unit: Unit) -> date:
        if unit == "hour":
            return event + timedelta(days=-(-count // 24))
        if unit == "day":
            return event + timedelta(days=count)
        if unit == "working_day":
            return self._working_days_after(event, count)
        return add_months(event, count * (12 if unit == "year" else 1))

    def _working_days_after(self, event: date, count: int) -> date:
        day, left = event, count
        while left:
            day += _ONE
            left -= self.is_working(day)
        return day

    def _told(self, event: date, count: int, unit: Unit, counted: date, last: date) -> Iterator[Step]:
        if unit == "hour":
            yield Step(
                f"{count} giờ, tính từ giờ xảy ra: hết vào giờ đó {write_weekday(counted)}.",
                outside=f"khoản 1 Điều 147 {CIVIL_CODE}",
            )
            return
        yield Step(
            f"Ngày {write_day(event)} không tính; bắt đầu đếm từ {write_weekday(event + _ONE)}.", outside=f"Điều 147 {CIVIL_CODE}"
        )
        if unit == "working_day":
            yield Step(
                f"Đếm {count} ngày làm việc, bỏ thứ bảy, chủ nhật và ngày lễ: ngày cuối là {write_weekday(counted)}.",
                outside="pháp luật lao động và thông báo nghỉ lễ, Tết hằng năm",
            )
        else:
            yield Step(
                f"Đếm {count} {UNIT_NAMES[unit]}: ngày cuối là {write_weekday(counted)}.", outside=f"Điều 148 {CIVIL_CODE}"
            )
        if last != counted:
            yield Step(
                f"Ngày {write_day(counted)} là ngày nghỉ ({self.why_off(counted)}) nên thời hạn kết thúc vào ngày làm việc tiếp theo: "
                f"{write_weekday(last)}.",
                outside=f"khoản 5 Điều 148 {CIVIL_CODE}",
            )

    def doubts_between(self, first: date, last: date) -> tuple[str, ...]:
        """What is not sure about the days between: decisions not made or not read."""
        found = [f"Ngày {write_day(day)}: {why}." for day, why in self.doubtful.items() if first <= day <= last]
        years = sorted({first.year, last.year} - self.decided_years)
        if years:
            names = ", ".join(str(year) for year in years)
            found.append(
                f"Lịch nghỉ bù, hoán đổi chính thức năm {names} chưa có trong dữ liệu; kết quả có thể lệch vì nghỉ lễ, Tết."
            )
        return tuple(found)


def add_months(day: date, count: int) -> date:
    """The same day so many months later, or the last day of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=256)
def public_holidays(year: int) -> Mapping[date, str]:
    """The public holidays of a year with those moved off a weekend; Tết and Giỗ Tổ by the lunar calendar."""
    from holidays import country_holidays

    return MappingProxyType(dict(country_holidays("VN", years=year, observed=True, language="vi").items()))


def read_calendar(path: Path) -> Calendar:
    """The calendar with the decisions of a file. Raises LibraryError."""
    rows = [row.only("source", "off", "worked", "doubtful") for row in read_rows(path)]
    for row in rows:
        if not row.key.isdigit():
            raise row.fault("no year", "Write the year as the key of the entry")
    groups = {name: {day: why for row in rows for day, why in _days(row, name)} for name in ("off", "worked", "doubtful")}
    return Calendar(groups["off"], groups["worked"], groups["doubtful"], frozenset(int(row.key) for row in rows))


def _days(row: Row, name: str) -> Iterator[tuple[date, str]]:
    row.text("source")
    for each in row.rows(name) if name in row.values else ():
        day, why = each.only("day", "why").day("day"), each.text("why")
        if str(day.year) != row.key:
            raise row.fault(f"{day} is in another year", "Put it under its own year")
        if name != "doubtful" and (day.weekday() >= _WEEKEND) != (name == "worked"):
            raise row.fault(f"{day} cannot be under {name!r}", "Days off are Monday to Friday, days worked at the weekend")
        yield day, why
