"""What may be taken off coercion costs, asked for in chat."""

from __future__ import annotations

import re
from datetime import date

from bot import relief_texts
from bot.amounts import Figures
from bot.sums.asked import COMMON, Missing, Sum, Worked
from bot.sums.told import ASKS_THE_RULE, meant, says_only, without
from knowledge.practice.book import Practice
from knowledge.practice.costs import CostRelief, ReliefGround, cost_relief

_ABOUT = re.compile(r"^(?=.*\b(?:chi phi|tien|phi)(?: thi hanh an)? cuong che\b)(?=.*\b(?:mien|giam|bot)\b)")
_MEANINGS = {
    "paid": r"(?:da|moi|vua|truoc do) (?:nop|tra|dong|thi hanh)(?: duoc| truoc)?|(?:nop|tra|dong) duoc",
    "left": r"con|con lai|con no|con thieu|con phai nop",
    "due": r"phai (?:nop|tra|dong|chiu)|chi phi cuong che|tong(?: cong)?|trong|tren",
}
_NOTHING_PAID = r"chua (?:he )?(?:nop|tra|dong)(?: duoc)?(?: dong nao| gi| phan nao| dong)?"
_HALF_PAID = r"(?:da |moi )?(?:nop|tra|dong)(?: duoc| du)? (?:mot nua|1/2|nua)"
_GROUNDS: tuple[tuple[ReliefGround, str], ...] = (
    ("none", r"khong thuoc (?:dien|truong hop|doi tuong)(?: nao)?"),
    (
        "low_income",
        r"ho ngheo|chuan ngheo|(?<!can )ngheo|thu nhap (?:thap|khong (?:du|dam bao|bao dam)(?: muc)?(?: song| sinh hoat)?(?: toi thieu)?)"
        r"|(?:kho khan keo dai )?(?:do |bi |vi )?(?:thien tai|hoa hoan|lu lut|bao lu|chay nha)",
    ),
    ("hardship", r"neo don|tan tat|khuyet tat|om dau(?: keo dai)?|benh(?: nang| hiem ngheo)?(?: keo dai| lau nam)?|om nang"),
    ("merit", r"chinh sach|(?:nguoi )?co cong(?: voi)?(?: cach mang)?|thuong binh|benh binh|liet si|me viet nam anh hung"),
)
_DENIED = re.compile(
    r"\b(?:khong|chua)(?: phai| thuoc)?(?: la| dien)? (?:ho ngheo|nguoi co cong|gia dinh|neo don|tan tat|thuong binh)\b"
)
_WORDS_KNOWN = """
    chi phi tien cuong che ke bien giao nha dat tai san phai nop tra dong chiu da moi vua truoc con lai no thieu tong trong tren mien giam bot
    xin xet phan so thuoc dien truong hop doi tuong nao gia dinh ho muon keo dai do vi kho khan hoan canh chong vo me cha bo ngoai noi cu
    toan het va du it nhat chi du song den bac xa xac nhan giay so thu nhap hoac trieu
"""
_WORDS = COMMON | frozenset(_WORDS_KNOWN.split())


def cost_relief_sum(figures: Figures, on: date, _practice: Practice) -> Worked:
    if not _ABOUT.search(figures.rest) or ASKS_THE_RULE.search(figures.rest) or len(figures.days) > 1:
        return None
    on = figures.days[0] if figures.days else on
    grounds, words = _grounds(without(figures.marked, [_NOTHING_PAID, _HALF_PAID]))
    sums = _sums(figures)
    if sums is None or not says_only(words, _WORDS) or _DENIED.search(figures.rest) or ("merit" in grounds and len(grounds) > 1):
        return None
    due, paid = sums
    if due is None:
        return Missing(relief_texts.COSTS_DUE) if paid is not None or re.search(r"\btinh\b", figures.rest) else None
    if not grounds:
        return Missing(relief_texts.WHICH_GROUND, tuple(relief_texts.GROUNDS.values()))
    if grounds == {"merit"} and paid is None:
        return Missing(relief_texts.COSTS_PAID, (relief_texts.NOTHING_PAID, relief_texts.HALF_PAID))
    ground = "none" if "none" in grounds else min(grounds)
    return _worked(ground, due, paid, on, named=bool(figures.days))


def _grounds(words: str) -> tuple[set[ReliefGround], str]:
    """The grounds that the words name, and the words without them; who belongs to none is asked no further."""
    found: set[ReliefGround] = set()
    for ground, pattern in _GROUNDS:
        if re.search(rf"\b(?:{pattern})\b", words):
            found.add(ground)
            words = without(words, [pattern])
    return found, words


def _sums(figures: Figures) -> tuple[int | None, int | None] | None:
    """What is due in all and what was paid of it; None for sums that do not go together."""
    told: dict[str, int] = {}
    for place, meaning in meant(figures.marked, _MEANINGS):
        label = meaning or "due"
        if label in told:
            return None
        told[label] = figures.money[place]
    due, left, paid = told.get("due"), told.get("left"), told.get("paid")
    if re.search(rf"\b{_NOTHING_PAID}\b", figures.rest) and left is None:
        paid = paid or 0
    if due is not None and paid is None and re.search(rf"\b{_HALF_PAID}(?!\w)", figures.rest):
        paid = (due + 1) // 2
    if left is not None:
        due, paid = _from_left(due, paid, left)
    if due is not None and paid is not None and (paid >= due or left not in (None, due - paid)):
        return None
    return due, paid


def _from_left(due: int | None, paid: int | None, left: int) -> tuple[int | None, int | None]:
    """Of the whole, what was paid and what is left, any two give the third."""
    if due is None:
        return (left + paid if paid is not None else None), paid
    return due, due - left if paid is None else paid


def _worked(ground: ReliefGround, due: int, paid: int | None, on: date, *, named: bool) -> Sum:
    found = cost_relief(ground, due, paid or 0, on)
    assumed = [relief_texts.NOTHING_PAID_ASSUMED] if paid is None else []
    said = _said(ground, found, due, paid or 0)
    return Sum(said, found.steps, (*assumed, relief_texts.PERSONS_ONLY, *found.warnings), on if named else None)


def _said(ground: ReliefGround, found: CostRelief, due: int, paid: int) -> str:
    if ground == "none":
        return relief_texts.nothing_off(found.left)
    if ground != "merit":
        return relief_texts.half_off(found.off, found.left)
    return relief_texts.rest_off(found.off) if found.off else relief_texts.half_first(found.left, (due + 1) // 2 - paid)
