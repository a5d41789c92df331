"""Reads what a question tells of a debt to the State budget: what is left, what was paid, since when, whether there are means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.amounts import Figures
from bot.sums.asked import COMMON
from bot.sums.told import meant, says_only, without
from knowledge.practice.calendar import add_months
from knowledge.practice.relief import Debt

_MEANINGS = {
    "paid": r"(?:da|moi|vua|truoc do) (?:nop|tra|dong|thi hanh)|(?:nop|tra|dong|thi hanh) duoc(?: moi)?(?: co)?",
    "left": r"con|con no|con thieu|con lai|con phai nop|thieu|no lai",
    "whole": r"no|tong(?: cong)?|phai nop|phat|trong|tren",
}
_GRANTED = r"(?:giam|bot|mien)(?: duoc| mot phan)* ¤\d+"
_NOTHING_PAID = re.compile(r"\bchua (?:he )?(?:nop|tra|dong|thi hanh)(?: duoc)? (?:dong|gi|phan|lan|khoan)\b")
_ON = re.compile(r"\b(?:tinh den|den|xet|xin|de nghi|nop don|lap ho so|gui don)(?: vao)?(?: het)?(?: ngay)? §(\d)")
_LAST_RELIEF = re.compile(rf"\b(?:{_GRANTED}|mien|giam|bot)(?: mot phan| lan truoc| gan nhat)*(?: vao| hom)?(?: ngay)? §(\d)")
_MONTH = re.compile(r"\b(?:thang )?(?P<month>1[0-2]|0?[1-9])(?:/| nam )(?P<year>(?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)\b")
_AGO = re.compile(
    r"\b(?:da |duoc |cach day )+(?P<years>\d{1,2}) nam\b|(?<!hon )(?<!qua )\b(?P<before>\d{1,2}) nam (?:roi|truoc|nay)\b"
)
_WITHOUT_MEANS = (
    r"khong(?: he)?(?: con| co)* (?:tai san|thu nhap|viec lam|kha nang|dieu kien|tien|gi|luong|nha)"
    r"|(?:ho |qua |dang )?(?<!can )ngheo(?: qua)?|(?:chi|vua) du (?:song|an)(?: toi thieu)?|chua co dieu kien(?: thi hanh)?"
)
_WITH_MEANS = r"co (?:tai san|thu nhap|luong|viec lam|kha nang|dieu kien|nha|dat)"
_WORDS_KNOWN = """
    no thieu con lai nop tra dong thi hanh phai an phi le phi toa tien phat truy thu sung cong quy ngan sach nha nuoc mien giam bot xoa tha
    xet xin de nghi duoc lan dau tai san thu nhap he gi cac khoan nghia vu hoac nua het toan bo mot phan truoc gan nhat trong tren moi vua
    nhieu du song thieu kha dieu kien viec ra hoi nam muon ho gio the phan ban di o tu trai giam dang cha me vo chong bo chau luong nha dat
"""
_WORDS = COMMON | frozenset(_WORDS_KNOWN.split())


@dataclass(frozen=True, slots=True)
class ToldDebt:
    """What a question gives; `decided`: the first and the last day on which the first decision may have been made.

    `whole`: the sum is that of the judgment, and nothing is said of payments.
    """

    left: int | None
    paid: int | None
    whole: bool
    decided: tuple[date, date] | None
    without_means: bool | None
    last_relief: date | None
    on: date | None

    def debt(self, decided: date, paid: int) -> Debt:
        return Debt((self.left or 0) + paid, paid, decided, self.without_means is not False, self.last_relief)


def told_debt(figures: Figures, today: date) -> ToldDebt | None:
    """The debt that a question tells; None when it tells more, or what does not go together."""
    on, marked = _apart(_ON, figures.marked, figures)
    last_relief, marked = _apart(_LAST_RELIEF, marked, figures)
    days = [figures.days[int(place)] for place in re.findall(r"§(\d+)", marked)]
    has, words = _means(marked)
    decided, words = _decided(days, words, on or today)
    sums = _sums(figures.money, without(marked, [_GRANTED]), nothing_paid=_NOTHING_PAID.search(marked) is not None)
    if has == {True, False} or len(days) > 1 or sums is None or not says_only(words, _WORDS):
        return None
    if (decided or last_relief) and max(filter(None, [decided and decided[0], last_relief])) > (on or today):
        return None
    return ToldDebt(*sums, decided, None if not has else False in has, last_relief, on)


def _apart(pattern: re.Pattern[str], marked: str, figures: Figures) -> tuple[date | None, str]:
    """The day of a phrase, and the words without it."""
    found = pattern.search(marked)
    return (figures.days[int(found[1])], pattern.sub(" ", marked)) if found else (None, marked)


def _means(words: str) -> tuple[set[bool], str]:
    """Whether somebody is said to have means, or to have none, and the words without that."""
    found = {False} if re.search(rf"\b(?:{_WITHOUT_MEANS})\b", words) else set()
    rest = without(words, [_WITHOUT_MEANS])
    return found | ({True} if re.search(rf"\b{_WITH_MEANS}\b", rest) else set()), rest


def _decided(days: list[date], words: str, on: date) -> tuple[tuple[date, date] | None, str]:
    """Between which days the decision was made, and the words without it: a day, a month, a year, or so many years ago."""
    found = (days[0], days[0]) if days else None
    for pattern in (_MONTH, _YEAR, _AGO):
        if match := pattern.search(words):
            found = found or _span(match.groupdict(), on)
            words = pattern.sub(" ", words)
    return found, words


def _span(told: dict[str, str | None], on: date) -> tuple[date, date]:
    if years := told.get("years") or told.get("before"):
        return add_months(on, -12 * (int(years) + 1)) + timedelta(days=1), add_months(on, -12 * int(years))
    year, month = int(told["year"] or 0), told.get("month")
    first, months = date(year, int(month or 1), 1), 1 if month else 12
    return first, min(add_months(first, months) - timedelta(days=1), max(first, on))


def _sums(money: tuple[int, ...], marked: str, *, nothing_paid: bool) -> tuple[int | None, int | None, bool] | None:
    """What is left, what was paid, and whether only the whole is told; None for sums that do not go together."""
    told: dict[str, int] = {}
    for place, meaning in meant(marked, _MEANINGS):
        label = meaning or "whole"
        if label in told:
            return None
        told[label] = money[place]
    whole, left, paid = told.get("whole"), told.get("left"), told.get("paid", 0 if nothing_paid else None)
    if whole is None:
        return (left, paid, False) if left != 0 else None
    paid = whole - left if paid is None and left is not None else paid
    if left not in (None, whole - (paid or 0)) or (paid or 0) < 0 or (paid or 0) >= whole:
        return None
    return whole - (paid or 0), paid, paid is None and not re.search(r"\bno\b", marked)
