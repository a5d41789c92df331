"""Finds the moment that a question speaks of: a date, a month, a year, "luật cũ"; and whether it asks for the law of that moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.text import fold

Basis = Literal["date", "month", "year", "old_law", "new_law"]

_DAY = re.compile(r"\b(?:ngay\s+)?(\d{1,2})(?:/|-|\s+thang\s+)(\d{1,2})(?:/|-|\s+nam\s+)(\d{4})\b")
_MONTH = re.compile(r"\bthang\s+(\d{1,2})(?:/|-|\s+nam\s+)(\d{4})\b|(?<![\d/])(\d{1,2})/(20\d{2})(?![\d/])")
_YEAR = re.compile(r"\b(?:nam|hoi|tu|truoc|cuoi|dau|giua)\s+(?:nam\s+)?((?:19|20)\d{2})\b(?!/)")
_OLD = re.compile(
    r"\bluat (?:thads |thi hanh an dan su |tha )?cu\b|\bluat (?:nam )?2008\b|\bquy dinh cu\b|\btheo luat truoc day\b|\bluat truoc day\b"
)
_NEW = re.compile(r"\bluat (?:thads |thi hanh an dan su |tha )?moi\b|\bluat (?:nam )?2025\b|\bluat hien hanh\b|\bquy dinh moi\b")
# Words that ask for the law of the moment itself; without them a past moment is only a fact of a case that goes on today.
_THEN = re.compile(
    r"\b(?:tai|vao|o)\s+(?:ngay|thoi diem|thang|nam)\b|\bthoi diem\b|\bluc (?:do|ay|bay gio)\b|\bkhi (?:do|ay)\b"
    r"|\bvu viec (?:cua )?(?:ngay|thang|nam)\b"
    r"|\bhoi nam\b|^\s*(?:ngay|nam|thang)\s|\bap dung (?:cho |trong )?nam\b|\bnam (?:19|20)\d{2} (?:thi|ma)\b|\btheo luat (?:nam|hoi)\b"
)
_NOW = re.compile(r"\b(?:gio|bay gio|hien nay|hom nay|hien gio|den nay|nay|chua xong|van chua|con chua|chua thi hanh)\b")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in a question. `on` is the date whose law is asked for, None when the moment is only a fact of the case."""

    basis: Basis
    happened: date | None
    on: date | None
    words: str


def find_moment(text: str, today: date, changed: date) -> Moment | None:
    """The moment that a question speaks of, None when it names none.

    `changed` is the day on which the law in force today replaced the one before: "luật cũ" is the law of the day before it.
    """
    folded = fold(text)
    old, new = _OLD.search(folded), _NEW.search(folded)
    if old and not new:
        return Moment("old_law", None, changed - timedelta(days=1), text[old.start() : old.end()])
    if new and not old:
        return Moment("new_law", None, today, text[new.start() : new.end()])
    found = _dated(folded)
    if found is None:
        return None
    basis, happened, start, end = found
    asks_then = bool(_THEN.search(folded)) and not _NOW.search(folded)
    on = happened if asks_then and happened <= today else None
    return Moment(basis, happened, on, text[start:end])


def wants_comparison(text: str) -> bool:
    """Whether the question asks what differs between the old law and the new."""
    folded = fold(text)
    both = bool(_OLD.search(folded) and _NEW.search(folded)) or bool(
        re.search(r"\bluat cu\b.*\bmoi\b|\bluat moi\b.*\bcu\b", folded)
    )
    return both and bool(re.search(r"\bso sanh\b|\bkhac\b|\bthay doi\b|\bgiong\b|\bdiem moi\b|\bva\b", folded))


def _dated(folded: str) -> tuple[Basis, date, int, int] | None:
    if match := _DAY.search(folded):
        day = _date(int(match[3]), int(match[2]), int(match[1]))
        return ("date", day, *match.span()) if day else None
    if match := _MONTH.search(folded):
        month, year = (match[1], match[2]) if match[1] else (match[3], match[4])
        day = _date(int(year), int(month), 15)
        return ("month", day, *match.span()) if day else None
    if match := _YEAR.search(folded):
        return ("year", date(int(match[1]), 6, 30), *match.span())
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
