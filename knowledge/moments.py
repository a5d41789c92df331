"""Finds the moment that a question speaks of: a date, a month, a year, "luật cũ"; and whether it asks for the law of that moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.citation import find_documents
from knowledge.text import fold, has_accents, nfc

Basis = Literal["date", "month", "year", "old_law", "new_law"]

_DAY = re.compile(r"(?P<before>\btruoc\s+)?\b(?:ngay\s+)?(\d{1,2})(?:/|-|\.|\s+thang\s+)(\d{1,2})(?:/|-|\.|\s+nam\s+)(\d{4})\b")
_MONTH = re.compile(r"\bthang\s+(\d{1,2})(?:/|-|\s+nam\s+)(\d{4})\b|(?<![\d/])(\d{1,2})/(20\d{2})(?![\d/])")
_YEAR = re.compile(r"(?P<before>\btruoc\s+)?\b(?:nam|hoi)\s+((?:19|20)\d{2})\b(?!/)")


def _both(pattern: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The pattern for text with accents, and for text typed without: «cũ» is not «cư», «này» is not «nay»."""
    return re.compile(pattern), re.compile(fold(pattern))


_NAME = r"(?:thads |thi hành án dân sự |tha )?"
_OLD = _both(rf"\bluật {_NAME}cũ\b|\bluật {_NAME}(?:năm )?2008\b|\bquy định cũ\b|\bluật trước đây\b")
_NEW = _both(rf"\bluật {_NAME}mới\b|\bluật {_NAME}(?:năm )?2025\b|\bluật hiện hành\b|\bquy định mới\b")
# Words that ask for the law of the moment itself; without them a past moment is only a fact of a case that goes on today.
_THEN = _both(
    r"\b(?:tại|vào|ở|trong|hồi)\s+(?:ngày|thời điểm|tháng|năm)\b|\bthời điểm\b|\blúc (?:đó|ấy|bấy giờ)\b|\bkhi (?:đó|ấy)\b|\btrước\b"
    r"|\bvụ việc (?:của )?(?:ngày|tháng|năm)\b|^\s*(?:ngày|năm|tháng|trước)\s|\báp dụng (?:cho |trong )?năm\b|\bnăm (?:19|20)\d{2} thì\b"
    r"|\btheo luật (?:năm|hồi)\b"
)
_NOW = _both(
    r"(?<!mấy )(?<!bấy )\bgiờ\b|\bhiện nay\b|\bhôm nay\b|\bđến nay\b|\bnay\b|\bchưa xong\b|\bvẫn chưa\b|\bcòn chưa\b|\bchưa thi hành\b"
)
_COMPARING = _both(r"\bso sánh\b|\bkhác\b|\bthay đổi\b|\bgiống\b|\bđiểm mới\b|\bvà\b")


def _search(pair: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> re.Match[str] | None:
    accented, folded = pair
    return accented.search(nfc(text).lower()) if has_accents(text) else folded.search(fold(text))


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
    old, new = _search(_OLD, text), _search(_NEW, text)
    if old and (not new or (old.start() < new.start() and not wants_comparison(text))):
        return Moment("old_law", None, changed - timedelta(days=1), text[old.start() : old.end()])
    if new and not old:
        return Moment("new_law", None, today, text[new.start() : new.end()])
    found = _dated(_without_documents(text))
    if found is None:
        return None
    basis, happened, start, end = found
    asks_then = bool(_search(_THEN, text)) and not _search(_NOW, text)
    this_year = basis == "year" and happened.year == today.year
    on = happened if asks_then and happened <= today and not this_year else None
    return Moment(basis, happened, on, text[start:end])


def wants_comparison(text: str) -> bool:
    """Whether the question asks what differs between the old law and the new."""
    both = _search(_OLD, text) and _search(_NEW, text)
    short = re.search(r"\bluật cũ\b.*\bmới\b|\bluật mới\b.*\bcũ\b", nfc(text).lower()) or re.search(
        r"\bluat cu\b.*\bmoi\b|\bluat moi\b.*\bcu\b", nfc(text).lower()
    )
    return bool(both or short) and bool(_search(_COMPARING, text))


def _without_documents(text: str) -> str:
    """The folded text with the numbers of documents blanked: the year in a number is no moment."""
    folded = fold(text)
    for mention in find_documents(text):
        folded = folded[: mention.start] + "_" * (mention.end - mention.start) + folded[mention.end :]
    return re.sub(r"\bso\s+\d{1,4}/\d{4}", lambda m: "_" * len(m[0]), folded)


def _dated(folded: str) -> tuple[Basis, date, int, int] | None:
    for match in _DAY.finditer(folded):
        if day := _date(int(match[4]), int(match[3]), int(match[2])):
            return ("date", day - timedelta(days=1) if match["before"] else day, *match.span())
    for match in _MONTH.finditer(folded):
        month, year = (match[1], match[2]) if match[1] else (match[3], match[4])
        if day := _date(int(year), int(month), 15):
            return ("month", day, *match.span())
    if named := _YEAR.search(folded):
        year = int(named[2])
        return ("year", date(year - 1, 12, 31) if named["before"] else date(year, 6, 30), *named.span())
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
