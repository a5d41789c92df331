"""Reads which day a question speaks of, past or to come: «5/2», «thứ bảy này», «sáng mai», «mùng 10 Tết»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.amounts import Figures
from knowledge.moments import calendar_day
from knowledge.practice.coercion_days import day_of_tet

_NAMES = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_WEEKDAY = r"(?:\bthu (?P<name>hai|ba|tu|nam|sau|bay|[2-7])|\bt(?P<short>[2-7])|\b(?:chu nhat|cn))\b"
_THIS_WEEK = re.compile(
    _WEEKDAY
    + r" (?:(?P<coming>nay|sap toi)|(?P<past>vua roi|vua qua)|tuan (?:(?P<this>nay)|(?P<next>sau|toi)|(?P<last>truoc)))\b"
)
_WEEKDAYS = re.compile(_WEEKDAY)
_PARTS = r"sang|trua|chieu|toi|dem|khuya"
_NEAR = (
    (re.compile(rf"(?:^|\b(?:(?P<part>{_PARTS})|ngay|hom) )mai\b"), 1),
    (re.compile(r"\b(?P<part>)ngay (?:kia|mot)\b"), 2),
    (re.compile(rf"\b(?P<part>{_PARTS}) nay\b"), 0),
    (re.compile(rf"\b(?P<part>{_PARTS}) (?:hom )?qua\b"), -1),
)
_TET = re.compile(
    r"\b(?:mung|mong) (?P<day>\d{1,2}|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi) tet\b(?: nguyen dan)?(?: (?:nam )?(?P<year>\d{4}))?"
)
_TET_DAYS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_YEARS = (
    (re.compile(r"\b(?:nam (?:sau|toi)|sang nam)\b"), 1),
    (re.compile(r"\bnam nay\b"), 0),
    (re.compile(r"\bnam (?:ngoai|truoc|roi)\b"), -1),
)
_PAST = re.compile(r"\b(?:da|vua|roi|hoi)\b")


@dataclass(frozen=True, slots=True)
class DayTold:
    """The day, whether its year was only taken to be meant, and the words without it."""

    day: date
    assumed: bool
    words: str


def day_told(words: str, figures: Figures, today: date) -> DayTold | None:
    """The one day that words of a question name; None for none or several, and for one whose day of the week is another."""
    wanted = None
    for pattern, years in _YEARS:
        if pattern.search(words):
            words, wanted = pattern.sub(" ", words), today.year + years
    found = list(_near(words, today, wanted))
    words = " ".join(_without(words).split())
    weekdays = {_weekday(match) for match in _WEEKDAYS.finditer(words)}
    if len(found) + len(figures.days) != 1 or len(weekdays) > 1:
        return None
    days = [day for day, _ in found] or list(_dated(figures, today, wanted, past=bool(_PAST.search(words))))
    days = [day for day in days if not weekdays or day.weekday() in weekdays]
    assumed = wanted is None and (found[0][1] if found else bool(figures.yearless))
    return DayTold(days[0], assumed, _WEEKDAYS.sub(" ", words)) if days else None


def _dated(figures: Figures, today: date, wanted: int | None, *, past: bool) -> Iterator[date]:
    """What a date may mean, the nearest meaning first: without its year the next one, or for what is past the last one."""
    day = figures.days[0]
    if day not in figures.yearless or (day == today and wanted is None):
        yield day
        return
    years = [wanted] if wanted is not None else [day.year, day.year + 1] if past else [day.year + 1, day.year]
    for year in years:
        if found := calendar_day(year, day.month, day.day):
            yield found


def _near(words: str, today: date, wanted: int | None) -> Iterator[tuple[date, bool]]:
    """The days that are told by their distance or by Tết, each with whether its year was only taken to be meant."""
    for pattern, days in _NEAR:
        if pattern.search(words):
            yield today + timedelta(days=days), False
    for match in _THIS_WEEK.finditer(words):
        yield _of_week(match, today), False
    for match in _TET.finditer(words):
        number = int(match["day"]) if match["day"].isdigit() else _TET_DAYS[match["day"]]
        year = int(match["year"]) if match["year"] else wanted
        coming = today.year if day_of_tet(today.year, number) >= today else today.year + 1
        yield day_of_tet(year or coming, number), year is None


def _of_week(match: re.Match[str], today: date) -> date:
    weekday, monday = _weekday(match), today - timedelta(days=today.weekday())
    if match["coming"]:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    if match["past"]:
        return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    weeks = 1 if match["next"] else -1 if match["last"] else 0
    return monday + timedelta(days=weekday, weeks=weeks)


def _weekday(match: re.Match[str]) -> int:
    name = match["name"] or match["short"]
    return 6 if not name else int(name) - 2 if name.isdigit() else _NAMES[name]


def _without(words: str) -> str:
    """The words without those that were read; the part of the day stays."""
    for pattern, _ in _NEAR:
        words = pattern.sub(lambda match: match["part"] or " ", words)
    return _TET.sub(" ", _THIS_WEEK.sub(" ", words))
