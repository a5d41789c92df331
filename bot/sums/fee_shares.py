"""The fee where several receive from one judgment, or one receives an asset and pays part of its value to others, asked for in chat."""

from __future__ import annotations

import re
from datetime import date

from bot import fee_texts
from bot.amounts import Figures
from bot.sums.asked import COMMON, Sum, Worked
from bot.sums.told import meant, says_only
from knowledge.practice.book import Practice
from knowledge.practice.fees import Fee, fees_of_each, own_share
from knowledge.practice.step import Step, place

_ABOUT = re.compile(r"^(?!.*\b(an|chi|le|mien|giam) phi\b)(?!.*\bphi cuong che\b).*\bphi\b")
_SHARE = {
    "paid": r"(?<!duoc )(?:thanh toan|tra|thoi|hoan)(?: lai| tra)?(?: tien)?(?: chenh lech)?(?: lai)?(?: cho(?: \w+){1,4})?",
    "value": r"nhan|chia|lay|giao|huong|nha|dat|tai san|tri gia|gia",
}
_SHARE_WORDS_KNOWN = """
    phi nhan nop thuc nha dat can ho chung cu tai san thua ke ly hon chia lay giao huong tri gia dinh thanh toan tra lai thoi hoan tien
    chenh lech nguoi khac kia vo chong anh em chi dong cac nhung moi ay phan hien vat mot thu chiu hai toa
"""
_SHARE_WORDS = COMMON | frozenset(_SHARE_WORDS_KNOWN.split())
_WHO_SAID = "toi em anh chi ong ba co chu bac vo chong con cha me bo nguoi thu nhat hai ba ben"
_WHO = frozenset(_WHO_SAID.split())
_RECEIVES = r"(?:(?:duoc|se|da|thi|thuc) )*(?:nhan|lay|linh|chia|huong|duoc)(?: duoc| ve)?|:|-"
_LEAD = r"(?:(?:ban an|toa(?: an)?|thi hanh an|trong cung (?:vu|ban an)|cung (?:vu|ban an)|va|con|tuyen|chia|giao|cho),? )+"
_NO_NAME_SAID = "nhận lấy lĩnh được chia hưởng đòi cả mỗi nếu khi từ phí vụ phần tổng nay"
_NO_NAME = frozenset(_NO_NAME_SAID.split())
_ASSUMED = (fee_texts.assumed(at_once=True, collected=True), fee_texts.NO_OTHER_CASE)
_EACH_WORDS_SAID = "phi nop chiu hai tung ben thu tong cong het"
_EACH_WORDS = COMMON | frozenset(_EACH_WORDS_SAID.split())


def share_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    if not _ABOUT.search(figures.rest) or len(figures.money) < 2 or len(figures.days) > 1:
        return None
    day = figures.days[0] if figures.days else on
    return _own_share(figures, day, practice) or _each(figures, day, practice)


def _own_share(figures: Figures, on: date, practice: Practice) -> Sum | None:
    """Who gets an asset and pays others out has received the difference; those have received what he pays."""
    told = {meaning: figures.money[which] for which, meaning in meant(figures.marked, _SHARE)}
    if len(figures.money) != 2 or told.keys() != {"value", "paid"} or told["paid"] >= told["value"]:
        return None
    if not says_only(figures.marked, _SHARE_WORDS):
        return None
    share = own_share(told["value"], told["paid"])
    fees = fees_of_each({"own": share, "others": told["paid"]}, on, practice.fees, practice.amounts)
    own, others = fees["own"].amount, fees["others"].amount
    if own is None or others is None:
        return None
    first = Step(fee_texts.share_step(told["value"], told["paid"], share), place(practice.fees.law, "4", "2"))
    return Sum(fee_texts.share_is(share, own, told["paid"], others), (first, *_steps(fees)), (*_ASSUMED, *_warnings(fees)), on)


def _each(figures: Figures, on: date, practice: Practice) -> Sum | None:
    """Each who is named with what he receives pays on that."""
    ends = [match.end() for match in re.finditer(r"¤\d+", figures.marked)]
    starts = [0, *ends[:-1]]
    names = [_name(figures, start, end) for start, end in zip(starts, ends, strict=True)]
    if not all(names) or len(set(names)) < len(names) or not says_only(figures.marked[ends[-1] :], _EACH_WORDS):
        return None
    received = dict(zip(names, figures.money, strict=True))
    fees = fees_of_each(received, on, practice.fees, practice.amounts)
    amounts = {name: each.amount for name, each in fees.items() if each.amount is not None}
    if len(amounts) < len(fees):
        return None
    first = Step(fee_texts.EACH_PAYS, place(practice.fees.law, "4", "1"))
    warnings = (*_ASSUMED, fee_texts.EACH_HIS_OWN, *_warnings(fees))
    return Sum(fee_texts.each_is(amounts), (first, *_steps(fees)), warnings, on)


def _name(figures: Figures, start: int, end: int) -> str:
    """Who receives the sum that ends there, as it was typed: a letter, a name with capitals, or «vợ», «anh»; `""` for anything more."""
    words = re.match(rf"[\s,;.]*(?:{_LEAD})?(?P<who>\w+(?: \w+){{0,3}}?)\s*(?:{_RECEIVES})?\s*¤\d+$", figures.marked[start:end])
    if words is None:
        return ""
    typed = figures.typed[start + words.start("who") : start + words.end("who")]
    for word, low in zip(typed.split(), words["who"].split(), strict=True):
        if word.lower() in _NO_NAME or (low not in _WHO and len(low) > 1 and not word[0].isupper()):
            return ""
    return typed.upper() if len(typed) == 1 else typed


def _steps(fees: dict[str, Fee]) -> tuple[Step, ...]:
    return tuple(dict.fromkeys(step for each in fees.values() for step in each.steps))


def _warnings(fees: dict[str, Fee]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(warning for each in fees.values() for warning in each.warnings))
