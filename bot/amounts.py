"""Reads what a person says of money and days: "500tr", "1 tỷ 2", "350.000.000đ", "ngày 3/8/2026", "hôm qua".

What is read is taken out of the words, so that whoever asks can see that nothing else was said. What cannot be read for certain is left in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from knowledge.moments import calendar_day
from knowledge.text import fold, nfc

_UNITS = {"ty": 10**9, "ti": 10**9, "trieu": 10**6, "tr": 10**6, "nghin": 10**3, "ngan": 10**3, "k": 10**3}
_COUNTED = r"con|nguoi|dua|chau|be|lan|nam|thang|ngay|tuan|gio|khoan|dieu|can|cai|chiec|lo|m|met|vu|ben|phan"
_NUMBER = r"(?P<number>\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3}){2,}|\d+(?:[.,]\d{1,3})?)"
# Behind a unit: "rưỡi", "200 triệu" behind tỷ, or the digits that follow it ("1 tỷ 2"), unless they count something of their own.
_TAIL = rf"(?:\s*(?P<half>ruoi)\b|\s*(?P<tail>\d{{1,3}})(?![\d/%-]|[.,]\d)(?!\s*(?:{_COUNTED})\b)\s*(?P<tail_unit>trieu|tr|nghin|ngan|k)?\b)?"
_MONEY = re.compile(
    rf"(?<![\w.,/-]){_NUMBER}\s*(?P<unit>ty|ti|trieu|tr|nghin|ngan|k)(?![a-z]){_TAIL}(?:\s*(?:dong|vnd|d)\b)?"
    r"|(?<![\w.,/-])(?P<whole>\d{1,3}(?:[.,]\d{3})+|\d{4,12})\s*(?:dong|vnd|d)\b"
    r"|(?<![\w.,/-])(?P<grouped>\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,})(?![\w.,/-])"
)
_DAY = re.compile(
    r"(?<![\w/.-])(?:ngay |mung |hom )?(?P<day>\d{1,2})(?:\s*[/-]\s*|\s+thang\s+|\.(?=\d{1,2}\.\d{4}))(?P<month>\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s+nam\s+)(?P<year>\d{4}|\d{2}))?(?![\w/%-]|\.\d)"
    r"|(?<![\w/.-])(?:ngay )?(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?![\w/-])"
    r"|\b(?P<near>hom nay|hom qua|hom kia)\b"
)
_NEAR = {"hom nay": 0, "hom qua": 1, "hom kia": 2}
MONEY_MARK, DAY_MARK = "¤", "§"
_MARKS = re.compile(f"[{MONEY_MARK}{DAY_MARK}]")


@dataclass(frozen=True, slots=True)
class Figures:
    """The money (whole đồng) and the days of a text in their order; `rest` is the folded text without them.

    `marked` is the folded text with the place of each: `¤0` for the first sum of money, `§0` for the first day; `typed` is
    the same as it was typed, with the capitals that tell the names of people; `yearless` are the days that were named without their year.
    """

    money: tuple[int, ...]
    days: tuple[date, ...]
    rest: str
    marked: str
    typed: str
    yearless: frozenset[date]


def read_figures(text: str, today: date) -> Figures:
    """The money and the days that a text names; a day without a year is the last one of that name up to today."""
    money: list[int] = []
    days: list[date] = []
    yearless: set[date] = set()

    def day(match: re.Match[str]) -> str:
        if (found := _day(match, today)) is None:
            return match[0]
        days.append(found)
        if not (match["year"] or match["iso"] or match["near"]):
            yearless.add(found)
        return DAY_MARK.ljust(len(match[0]))

    def amount(match: re.Match[str]) -> str:
        money.append(_amount(match))
        return MONEY_MARK.ljust(len(match[0]))

    plain = _MARKS.sub(" ", nfc(text))
    folded = fold(plain)
    marked = _MONEY.sub(amount, _DAY.sub(day, folded))  # as long as the text, so that its letters can be put back
    typed = "".join(letter if mark == low else mark for letter, low, mark in zip(plain, folded, marked, strict=True))
    rest = " ".join(_MARKS.sub(" ", marked).split())
    return Figures(tuple(money), tuple(days), rest, _numbered(marked), _numbered(typed), frozenset(yearless))


def _numbered(marked: str) -> str:
    """Each mark with its place among those of its kind, and single spaces."""
    marked = " ".join(_MARKS.sub(r" \g<0> ", marked).split())
    for mark in (MONEY_MARK, DAY_MARK):
        first, *others = marked.split(mark)
        marked = first + "".join(f"{mark}{place}{words}" for place, words in enumerate(others))
    return marked


def _amount(match: re.Match[str]) -> int:
    if plain := match["whole"] or match["grouped"]:
        return int(re.sub(r"\D", "", plain))
    unit = _UNITS[match["unit"]]
    amount = _number(match["number"]) * unit
    if match["half"]:
        amount += Fraction(unit, 2)
    elif tail := match["tail"]:
        lower = _UNITS[match["tail_unit"]] if match["tail_unit"] else Fraction(unit, 10 ** len(tail))
        amount += int(tail) * lower
    return int(amount)


def _number(written: str) -> Fraction:
    """`1.500` has a thousands point, `1,5` and `1.5` a decimal one."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3}){2,}", written):
        return Fraction(re.sub(r"\D", "", written))
    return Fraction(written.replace(",", "."))


def _day(match: re.Match[str], today: date) -> date | None:
    if near := match["near"]:
        return today - timedelta(days=_NEAR[near])
    if iso := match["iso"]:
        return calendar_day(*(int(part) for part in iso.split("-")))
    day, month = int(match["day"]), int(match["month"])
    if year := match["year"]:
        return calendar_day(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    this_year = calendar_day(today.year, month, day)
    return this_year if this_year is None or this_year <= today else calendar_day(today.year - 1, month, day)
