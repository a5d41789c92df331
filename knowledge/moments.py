"""Finds the moment that a question speaks of: a date, a month, a year, "luật cũ"; and whether it asks for the law of that moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.citation import DocumentMention, find_documents
from knowledge.text import fold
from knowledge.timewords import NEW, OLD, both, compares, search

Basis = Literal["date", "month", "year", "old_law", "new_law"]

_DAY = re.compile(r"(?P<before>\btruoc\s+)?\b(?:ngay\s+)?(\d{1,2})(?:/|-|\.|\s+thang\s+)(\d{1,2})(?:/|-|\.|\s+nam\s+)(\d{4})\b")
_ISO_DAY = re.compile(r"(?P<before>\btruoc\s+)?\b(?:ngay\s+)?(?<![\d/-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d/-])")
_MONTH = re.compile(r"\bthang\s+(\d{1,2})(?:/|-|\s+nam\s+)(\d{4})\b|(?<![\d/])(\d{1,2})/(20\d{2})(?![\d/])")
_YEAR = re.compile(
    r"(?P<before>\btruoc\s+)?\b(?:nam|hoi|ban an|vu an|vu viec|viec|quyet dinh thi hanh an)\s+((?:19|20)\d{2})\b(?![/-])"
)
_AGO = both(
    r"\bnăm (ngoái|kia)\b|\bcách đây (?:hơn |gần |khoảng )?(\d{1,2}) năm\b"
    r"|(?<!trong )\b(\d{1,2}) năm trước(?! (?:khi|ngày|thời|đó|đây|\d))\b"
)
# Words that ask for the law of the moment itself; without them a past moment is only a fact of a case that goes on today.
_THEN = both(
    r"\b(?:tại|vào|ở|trong|hồi)\s+(?:ngày|thời điểm|tháng|năm)\b|\bthời điểm\b|\blúc (?:đó|ấy|bấy giờ)\b|\bkhi (?:đó|ấy)\b|\btrước\b"
    r"|\bvụ việc (?:của )?(?:ngày|tháng|năm)\b|^\s*(?:ngày|năm|tháng|trước)\s|\báp dụng (?:cho |trong )?năm\b|\bnăm (?:19|20)\d{2} thì\b"
    r"|\btheo luật (?:năm|hồi)\b|\bhồi (?:19|20)\d{2}\b"
)
_NOW = both(
    r"(?<!mấy )(?<!bấy )\bgiờ\b|\bhiện nay\b|\bhôm nay\b|\bđến nay\b|\bnay\b|\bchưa xong\b|\bvẫn chưa\b|\bcòn chưa\b|\bchưa thi hành\b"
)
# The day or year of a document's issue, right behind its number.
_ISSUED = re.compile(
    r"[\s,(]*(?:cua [a-z ]{2,40}? )?(?:(?:ban hanh|ra|ky) )?(?:(?:ngay|nam|hoi) )(?:(?P<day>\d{1,2})(?:/|-|\.| thang )(?P<month>\d{1,2})"
    r"(?:/|-|\.| nam ))?(?P<year>(?:19|20)\d{2})\b"
)


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
    old, new = search(OLD, text), search(NEW, text)
    if old and (not new or (old.start() < new.start() and not wants_comparison(text))):
        return Moment("old_law", None, changed - timedelta(days=1), text[old.start() : old.end()])
    if new and not old:
        return Moment("new_law", None, today, text[new.start() : new.end()])
    found = _dated(text, today)
    if found is None:
        return None
    basis, happened, start, end = found
    ago = bool(search(_AGO, text[start:end]))  # «năm ngoái» tells when something happened
    asks_then = bool(search(_THEN, text)) and not ago and not search(_NOW, text)
    this_year = basis == "year" and happened.year == today.year
    on = happened if asks_then and happened <= today and not this_year else None
    return Moment(basis, happened, on, text[start:end])


def wants_comparison(text: str) -> bool:
    """Whether the question asks what differs between the old law and the new."""
    return compares(text, documents=len({mention.number for mention in find_documents(text)}))


@dataclass(frozen=True, slots=True)
class Issue:
    """When a document was issued, as a question says it right behind the number; `end` is where the words end."""

    year: int
    day: date | None
    end: int


def issue_named(text: str, mention: DocumentMention) -> Issue | None:
    """The day or year that belongs to a named document: «04-NQ/TW năm 2016», «26/CT-TTg ngày 05/9/2016».

    Behind a number that has its year («Nghị định 62/2015 … năm 2023») another year is a moment of its own.
    """
    found = _ISSUED.match(fold(text), mention.end)
    if found is None:
        return None
    year = int(found["year"])
    has_year = re.search(r"/((?:19|20)\d{2})", mention.number)
    if has_year and int(has_year[1]) != year:
        return None
    day = calendar_day(year, int(found["month"]), int(found["day"])) if found["day"] else None
    return Issue(year, day, found.end())


def _without_documents(text: str) -> str:
    """The folded text with documents blanked: the year in a number is no moment, nor is the day of its issue."""
    folded = fold(text)
    for mention in find_documents(text):
        issue = issue_named(text, mention)
        end = issue.end if issue else mention.end
        folded = folded[: mention.start] + "_" * (end - mention.start) + folded[end:]
    return re.sub(r"\bso\s+\d{1,4}/\d{4}", lambda m: "_" * len(m[0]), folded)


def _dated(text: str, today: date) -> tuple[Basis, date, int, int] | None:
    folded = _without_documents(text)
    for pattern, order in ((_DAY, (4, 3, 2)), (_ISO_DAY, (2, 3, 4))):
        for match in pattern.finditer(folded):
            if day := calendar_day(*(int(match[n]) for n in order)):
                return ("date", day - timedelta(days=1) if match["before"] else day, *match.span())
    for match in _MONTH.finditer(folded):
        month, year = (match[1], match[2]) if match[1] else (match[3], match[4])
        if day := calendar_day(int(year), int(month), 15):
            return ("month", day, *match.span())
    if named := _YEAR.search(folded):
        year_named = int(named[2])
        return ("year", date(year_named - 1, 12, 31) if named["before"] else date(year_named, 6, 30), *named.span())
    if ago := search(_AGO, text):
        years = int(ago[2] or ago[3] or (1 if fold(ago[1]) == "ngoai" else 2))
        return ("year", date(today.year - years, 6, 30), *ago.span())
    return None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The date, None when the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
