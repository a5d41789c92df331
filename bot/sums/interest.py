"""Late-payment interest asked for in chat, worked out day by day; a part paid or a postponement is a word more, and left to the rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from bot import interest_texts
from bot.amounts import Figures
from bot.sums.asked import Missing, Sum, Worked
from knowledge.practice.book import Practice
from knowledge.practice.interest import late_interest
from knowledge.practice.step import Step, write_money

LEGAL = Fraction(10, 100)  # a year; half of the most that may be agreed, by the Civil Code, which our library does not hold
_MONTHS, _DAYS = 12, 365
_ABOUT = re.compile(
    r"\blai\b.*\b(cham|tre|qua han|thi hanh an)\b|\b(cham|tre|qua han)\b.*\blai\b|\btinh (tien )?lai\b|\blai suat\b"
)
_ASKS_THE_RULE = re.compile(r"\b(the nao|nhu nao|ra sao|cach nao|cach tinh|khi nao|ai|vi sao|co duoc|duoc khong)\b")
_WANTS = re.compile(r"\b(tinh|bao nhieu|may|la)\b")
_RATE = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?:%|phan tram)\s*(?:/|mot |moi |tren |1 )*\s*(?P<unit>nam|thang|ngay)?(?:\s*(?=\W|$))"
)
_LEGAL = re.compile(
    r"\b(theo )?((muc )?lai suat )?(luat dinh|theo luat|theo quy dinh( cua)?( phap luat| bo luat dan su)?|(dieu )?468)( bo luat dan su)?\b"
)
_SPAN = re.compile(r"\b(?:trong |suot |du )?(?P<count>\d{1,4}) (?P<unit>ngay|thang|nam)\b")
_NOW = re.compile(r"\b(?:den|toi|cho den|cho toi) (?:nay|bay gio|gio|hien nay|hien tai)\b")
_WORDS_KNOWN = """
    lai cham tra tre thi hanh an tien qua han no goc tinh giup cho toi em anh chi minh hoi xin biet voi bao nhieu la het tu den ngay ke muc
    suat cua khoan so tong cong phai chiu nhan duoc bi con theo ban quyet dinh moi va nghia vu thanh toan trong ve nhe a ah nha may ra roi o
    dong nam thang suot du ghi tuyen nguoi do nay tren ho ben kia ong
"""
_WORDS = frozenset(_WORDS_KNOWN.split())


@dataclass(frozen=True, slots=True)
class _Told:
    """What a question gives: the sum, the yearly rate and whether it is that of the law, the days, a length without days."""

    principal: int | None
    rate: Fraction | None
    legal: bool
    days: tuple[date, ...]
    span: tuple[int, str] | None


def interest_sum(figures: Figures, on: date, _practice: Practice) -> Worked:
    rest = _NOW.sub(" ", figures.rest)
    days = (*figures.days, *([on] if rest != figures.rest else []))
    if not _ABOUT.search(rest) or _ASKS_THE_RULE.search(rest) or len(figures.money) > 1 or len(days) > 2:
        return None
    rate, rest = _rate(rest)
    legal = bool(rate is None and _LEGAL.search(rest))
    rest = _LEGAL.sub(" ", rest)
    spans = [(int(found["count"]), found["unit"]) for found in _SPAN.finditer(rest)]
    rest = _SPAN.sub(" ", rest)
    if len(spans) > 1 or not set(re.findall(r"\w+", rest)) <= _WORDS:
        return None
    told = _Told(next(iter(figures.money), None), LEGAL if legal else rate, legal, days, next(iter(spans), None))
    if told.principal is None and not (told.rate or told.days or told.span or re.search(r"\btinh\b", rest)):
        return None
    if told.principal is not None and not (_WANTS.search(rest) or told.rate or told.days or told.span):
        return None
    return _missing(told) or _worked(told, on)


def _rate(rest: str) -> tuple[Fraction | None, str]:
    """The rate a year, and the words without it; two rates are none that can be taken."""
    found = list(_RATE.finditer(rest))
    if len(found) != 1:
        return None, rest
    number = Fraction(found[0]["number"].replace(",", "."))
    times = {"thang": _MONTHS, "ngay": _DAYS}.get(found[0]["unit"] or "nam", 1)
    return number * times / 100, _RATE.sub(" ", rest)


def _missing(told: _Told) -> Missing | None:
    if told.principal is None:
        return Missing(interest_texts.ON_WHAT)
    if not told.days and told.span is None:
        return Missing(interest_texts.WHICH_DAYS)
    if len(told.days) == 1 and told.span is None:
        return Missing(interest_texts.UNTIL_WHEN, (interest_texts.UNTIL_NOW,))
    if told.rate is None:
        return Missing(interest_texts.WHICH_RATE, (interest_texts.LEGAL_RATE,))
    return None


def _worked(told: _Told, on: date) -> Sum | None:
    start, end = _days(told, on)
    if told.principal is None or told.rate is None or end < start or told.rate > 1:
        return None
    worked = late_interest(told.principal, told.rate, start, end)
    steps = (*([_legal_step()] if told.legal else []), *worked.steps)
    others = worked.warnings[1:]  # the first says that the judgment gives the rate
    warnings = [interest_texts.LEGAL_DOUBT if told.legal else worked.warnings[0], interest_texts.START_ASSUMED, *others]
    if not told.days:
        warnings.insert(0, interest_texts.counted_back(worked.days, end))
    total = write_money(worked.amount + told.principal)
    said = interest_texts.interest_is(write_money(worked.amount), worked.days, write_money(told.principal), total)
    return Sum(said, steps, tuple(warnings), min(end, on))


def _days(told: _Told, on: date) -> tuple[date, date]:
    """The first day that counts, and the day up to which interest runs; a length without a day ends today."""
    if len(told.days) == 2:
        return told.days[0], told.days[1]
    count, unit = told.span or (0, "ngay")
    if told.days:
        return told.days[0], _later(told.days[0], count, unit)
    return _later(on, -count, unit), on


def _later(day: date, count: int, unit: str) -> date:
    """So many days, months or years later; the last day of a shorter month where it has no such day."""
    if unit == "ngay":
        return day + timedelta(days=count)
    months = day.year * 12 + day.month - 1 + count * (1 if unit == "thang" else 12)
    year, month = months // 12, months % 12 + 1
    longest = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, longest))


def _legal_step() -> Step:
    return Step(interest_texts.LEGAL_STEP, outside=interest_texts.CIVIL_CODE)
