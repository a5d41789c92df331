"""Relief of what is owed to the State budget (court fees, fines), asked for in chat."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot import relief_texts
from bot.amounts import Figures
from bot.sums.asked import Missing, Sum, Worked
from bot.sums.debts import ToldDebt, told_debt
from bot.sums.told import ASKS_THE_RULE
from knowledge.practice.book import Practice
from knowledge.practice.calendar import add_months
from knowledge.practice.relief import Relief, budget_relief
from knowledge.practice.step import write_money

_OWED = r"\b(?:an phi|le phi toa|phat(?! hien)|truy thu|sung (?:cong|quy)|nop ngan sach)\b"
_ABOUT = re.compile(rf"{_OWED}.*\b(?:mien|giam|bot|xoa)\b|\b(?:mien|giam|bot|xoa)\b.*{_OWED}")
_LATE_INTEREST = re.compile(r"\b(?:tien|phan|khoan) lai (?:tinh|tren|cham)|\blai cham\b")
_CASE = re.compile(r"\b(?:no|con|thieu|nop|quyet dinh|tinh)\b")
_FIVE, _TEN, _ONE = 60, 120, 12  # months


def budget_relief_sum(figures: Figures, on: date, _practice: Practice) -> Worked:
    words = figures.rest
    if not (_ABOUT.search(words) and _CASE.search(words)) or ASKS_THE_RULE.search(words) or _LATE_INTEREST.search(words):
        return None
    told = told_debt(figures, on)
    if told is None or (told.left is None and not re.search(r"\btinh\b", words)):
        return None
    return _missing(told, told.on or on) or _worked(told, told.on or on)


def _missing(told: ToldDebt, on: date) -> Missing | None:
    """The fact that decides and is not told; what makes no difference is not asked."""
    if told.left is None:
        return Missing(relief_texts.HOW_MUCH_LEFT)
    if told.whole or (told.decided and len({_found(told, told.decided[1], on, paid).outcome for paid in _paid(told)}) > 1):
        return Missing(relief_texts.HOW_MUCH_PAID, (relief_texts.NOTHING_PAID,))
    if told.decided is None:
        return Missing(relief_texts.WHEN_DECIDED)
    best = [_found(told, day, on, _paid(told)[0]) for day in told.decided]
    if (best[0].outcome, best[0].most) != (best[1].outcome, best[1].most):
        return Missing(relief_texts.WHICH_DAY_DECIDED)
    if told.without_means is None and best[0].most:
        return Missing(relief_texts.HAS_MEANS, (relief_texts.WITHOUT_MEANS, relief_texts.WITH_MEANS))
    return None


def _paid(told: ToldDebt) -> tuple[int, ...]:
    """What was paid; where it is not told, nothing or a part that counts as one."""
    return (told.paid,) if told.paid is not None else (0, told.left or 0)


def _found(told: ToldDebt, decided: date, on: date, paid: int) -> Relief:
    return budget_relief(told.debt(decided, paid), on)


def _worked(told: ToldDebt, on: date) -> Sum | None:
    if told.left is None or told.decided is None:
        return None
    first, last = told.decided
    paid = _paid(told)[0]
    found = _found(told, last, on, paid)
    warnings = [
        *([relief_texts.any_day_of(first, last)] if first != last else []),
        *([relief_texts.LEFT_ASSUMED.format(left=write_money(told.left))] if told.paid is None else []),
        *([relief_texts.VERIFIED] if found.most else []),
    ]
    return Sum(_said(told, found, on, paid), found.steps, (*warnings, *found.warnings), told.on)


def _said(told: ToldDebt, found: Relief, on: date, paid: int) -> str:
    left = told.left or 0
    if found.outcome == "exempt":
        return relief_texts.exempt(left)
    if found.outcome == "unknown":
        return relief_texts.UNCLEAR.format(left=write_money(left))
    now = relief_texts.reduced(left, found.most) if found.most else relief_texts.not_yet(left)
    return " ".join([now, *_better_later(told, found, on, paid)])


def _better_later(told: ToldDebt, found: Relief, on: date, paid: int) -> list[str]:
    """From when more may be let off, if time alone is missing and the day of the decision is known."""
    if told.decided is None or told.decided[0] != told.decided[1] or told.without_means is False:
        return []
    ends = [add_months(told.decided[0], _FIVE), add_months(told.decided[0], _TEN)]
    ends += [add_months(told.last_relief, _ONE)] if told.last_relief else []
    for day in sorted(end + timedelta(days=1) for end in ends):
        later = _found(told, told.decided[0], day, paid)
        if day > on and later.most > found.most:
            return [relief_texts.earliest(day, later.most, all_of_it=later.outcome == "exempt")]
    return []
