"""The fee on what somebody receives, asked for in chat."""

from __future__ import annotations

import re
from datetime import date

from bot import fee_texts
from bot.amounts import Figures
from bot.sums.asked import COMMON, Missing, Sum, Worked
from bot.sums.fee_cases import FeeCase, fee_case
from bot.sums.told import meant, says_only, without
from knowledge.practice.book import Practice
from knowledge.practice.fee_schedule import FeeSchedule
from knowledge.practice.fees import Fee, Receipt, fee
from knowledge.practice.step import Step, place

_ABOUT = re.compile(  # what one must pay is no receipt
    r"^(?!.*\b(an|chi|le) phi\b)(?!.*\bphi cuong che\b)(?!.*\bphai tra\b(?! phi\b)).*\bphi\b"
)
_RELIEVED = re.compile(r"\b(mien|giam|bot)\b")
_DEBTOR_OR_MANY = re.compile(r"\bnguoi phai thi hanh an\b|\b(hai|ba|bon|nhieu|may) nguoi\b|\bmoi nguoi\b")
_MEANINGS = {
    "before": r"(?:lan|dot) (?:truoc|dau|mot|1|thu nhat)|truoc(?: do| day| kia)?|da nhan",
    "now": r"nay|(?:lan|dot) (?:nay|hai|2|sau|thu hai)|bay gio|them|tiep|tiep tuc",
}
_TOTAL = re.compile(r"\b(tong|tong cong|cong|ca hai|moi) (lan|dot|phi)?\b")
_WORDS_KNOWN = """
    phi hai nhan nop tru cuong che tu nguyen thoa thuan giao thu qua ngoai thuong ke bien tra mat kien xong nuoc linh nhap tay ve tien khoan
    mien giam bot chiu thuc te cho nha cac
"""
_WORDS = COMMON | frozenset(_WORDS_KNOWN.split())


def fee_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    if not _ABOUT.search(figures.rest) or _DEBTOR_OR_MANY.search(figures.rest) or len(figures.days) > 1:
        return None
    if not figures.money and not figures.days and re.search(r"\btinh\b.*\bphi\b", figures.rest):
        return Missing(fee_texts.ON_WHAT) if says_only(figures.rest, _WORDS) else None
    now, before, words = _received(figures)
    case = fee_case(words) if now else None
    if case is None or not says_only(case.rest, _WORDS):
        return None
    if _RELIEVED.search(words) and not (case.relief or case.no_fee or case.missing):
        return None
    return case.missing or _worked(case, now, before, figures.days[0] if figures.days else on, practice)


def _received(figures: Figures) -> tuple[int, int, str]:
    """What is received now, what was received before, and the words without what tells the two apart; 0 for what cannot be told."""
    if len(figures.money) == 1:
        return figures.money[0], 0, figures.marked
    told = {meaning: figures.money[which] for which, meaning in meant(figures.marked, _MEANINGS)}
    if len(figures.money) != 2 or told.keys() != {"before", "now"} or _TOTAL.search(figures.rest):
        return 0, 0, ""
    return told["now"], told["before"], without(figures.marked, _MEANINGS.values())


def _worked(case: FeeCase, now: int, before: int, on: date, practice: Practice) -> Sum | None:
    receipt = Receipt(now, before=before, stage=case.stage, no_fee=case.no_fee, relief=case.relief)
    worked = fee(receipt, on, practice.fees, practice.amounts)
    if worked.amount is None or worked.full is None:
        return None
    steps = worked.steps if case.relief is None or not worked.full else (*worked.steps, _application(practice.fees))
    return Sum(_said(receipt, worked, practice.fees), steps, (*_assumed(receipt, worked), *worked.warnings), on)


def _application(schedule: FeeSchedule) -> Step:
    return Step(fee_texts.APPLY, (*place(schedule.law, "7", "3"), *place(schedule.law, "7", "4")))


def _said(receipt: Receipt, worked: Fee, schedule: FeeSchedule) -> str:
    amount, full = worked.amount or 0, worked.full or 0
    relief = next((each for each in schedule.reliefs if each.id == receipt.relief), None)
    if relief and full:
        if not amount:
            return fee_texts.exempt(receipt.received, full)
        return fee_texts.reduced(receipt.received, full, amount, relief.percent, up_to=relief.up_to)
    return (
        fee_texts.now_is(receipt.received, receipt.before, amount)
        if receipt.before
        else fee_texts.fee_is(receipt.received, amount)
    )


def _assumed(receipt: Receipt, worked: Fee) -> tuple[str, ...]:
    """What the question leaves open and the result takes for granted."""
    if receipt.no_fee:
        return (fee_texts.ALL_OF_THE_KIND,)
    if receipt.stage == "voluntary":
        return (fee_texts.ALL_IN_TIME,)
    said = [fee_texts.assumed(at_once=not receipt.before, collected=receipt.stage == "enforced")]
    said += [fee_texts.NO_OTHER_CASE] if not receipt.relief and worked.full else []
    said += [fee_texts.ONE_CASE] if receipt.before else []
    said += [fee_texts.ALL_FROM_VERIFIED] if (receipt.relief or "").startswith("verified") else []
    return tuple(said)
