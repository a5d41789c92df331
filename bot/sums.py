"""Recognises a question that gives the figures of a sum, and works it out by the rules of practice.

A sum is worked out only when every word of the question is known to it: a word more may be a fact that changes the result, and then the
rule is the better answer. `Missing` is the one question that still decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot import reminder_texts, texts
from bot.amounts import Figures, read_figures
from knowledge.practice.amounts import REGIONS
from knowledge.practice.book import Practice
from knowledge.practice.complaints import TARGET_NAMES, Target, window
from knowledge.practice.deadlines import deadline
from knowledge.practice.fees import Receipt, Stage, fee
from knowledge.practice.limitation import limitation
from knowledge.practice.step import Step, write_money, write_weekday
from knowledge.practice.wages import withholding
from knowledge.transition import CHANGED

# Words that ask, greet or name the parties, and add no fact.
_COMMON_WORDS = """
    toi em anh chi minh ban ong ba ho ben thi la bao nhieu may tinh giup cho hoi xin biet voi a nhe nha ha duoc bi phai sau khi neu va co ve
    den tu ngay nao luc het han thoi dan su hanh an quyet dinh quan hien nay theo tien dong so muc toi da nhat cua do vay con khong chua tong
    cong the gio nguoi trong o bang vao ra oi dung roi lam moi thang lay hoac hay nhung cham qd
"""
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Sum:
    """What came out: a sentence, how, and what to beware of; `on` is the day that the question names for its law.

    `last` is the last day that came out, `limit` the name of what it ends.
    """

    result: str
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]
    on: date | None = None
    last: date | None = None
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """The question that decides; a number in reply stands for the words of an option."""

    question: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of sum: what its question is about, the words it may use beside the common ones, how it is worked out."""

    about: re.Pattern[str]
    words: frozenset[str]
    work: Callable[[Figures, date, Practice], Sum | Missing | None]


def work_out(text: str, on: date, practice: Practice) -> Sum | Missing | None:
    """The sum that a question asks for on a day; None for one that asks for a rule, or tells more than a sum can take in."""
    figures = read_figures(text, on)
    for kind in _KINDS:
        if kind.about.search(figures.rest) and set(re.findall(r"\w+", figures.rest)) <= _COMMON | kind.words:
            return kind.work(figures, on, practice)
    return None


def _fee(figures: Figures, on: date, practice: Practice) -> Sum | Missing | None:
    if not figures.money and not figures.days and re.search(r"\btinh\b.*\bphi\b", figures.rest):
        return Missing(texts.FEE_ON_WHAT)
    if len(figures.money) != 1 or len(figures.days) > 1 or re.search(r"\bnguoi phai thi hanh an\b|\d", figures.rest):
        return None
    on = figures.days[0] if figures.days else on
    worked = fee(Receipt(figures.money[0], stage=_stage(figures.rest)), on, practice.fees, practice.amounts)
    if worked.amount is None:
        return None
    said = texts.fee_is(write_money(figures.money[0]), _money(worked.amount))
    return Sum(said, worked.steps, (texts.FEE_ASSUMED, *worked.warnings), on)


def _stage(rest: str) -> Stage:
    if re.search(r"\b(tu )?thoa thuan\b|\btu giao\b", rest):
        return "settled"
    late = re.search(r"\b(het|qua|sau|ngoai)( thoi)?( han)?( thoi han)? tu nguyen\b|\b(khong|chua) tu nguyen\b", rest)
    return "voluntary" if "tu nguyen" in rest and not late else "enforced"


def _wage(figures: Figures, on: date, practice: Practice) -> Sum | Missing | None:
    if len(figures.money) != 1 or len(figures.days) > 1:
        return None
    on = figures.days[0] if figures.days else on
    region, dependants, rest = _home(figures.rest)
    if re.search(r"\d", rest):
        return None
    if on >= CHANGED and region is None:
        return Missing(texts.WAGE_WHERE if dependants is not None else texts.WAGE_WHERE_AND_WHOM)
    if on >= CHANGED and dependants is None:
        return Missing(texts.WAGE_WHOM)
    worked = withholding(figures.money[0], on, practice.amounts, region=region or "I", dependants=dependants or 0)
    if worked.most is None:
        return None
    return Sum(texts.wage_is(_money(worked.most), write_money(figures.money[0] - worked.most)), worked.steps, worked.warnings, on)


def _home(rest: str) -> tuple[str | None, int | None, str]:
    """The wage region and the number of dependants that a text names, and what is left of it."""
    region, dependants = None, None
    if found := re.search(r"\bvung (iv|iii|ii|i|[1-4])\b", rest):
        region = REGIONS[int(found[1]) - 1] if found[1].isdigit() else found[1].upper()
        rest = rest.replace(found[0], " ")
    numbers = {"mot": 1, "hai": 2, "ba": 3, "bon": 4}
    if re.search(r"\bkhong( phai)?( co)? (nuoi|con|ai)\b|\bdoc than\b", rest):
        dependants = 0
    elif found := re.search(r"\b(\d|mot|hai|ba|bon)( dua)?( con| nguoi| chau| be)( nho)?\b", rest):
        dependants = int(numbers.get(found[1], found[1]))
        rest = rest.replace(found[0], " ")
    return region, dependants, rest


def _limitation(figures: Figures, on: date, practice: Practice) -> Sum | Missing | None:
    if len(figures.days) != 1 or figures.money or re.search(r"\d", figures.rest):
        return None
    if not re.search(r"\bco hieu luc\b|\bden han\b", figures.rest) or figures.days[0] > on:
        return None
    worked = limitation(figures.days[0], on, practice.calendar)
    if worked.last is None:
        return None
    said = texts.limitation_is(write_weekday(worked.last), in_time=worked.in_time)
    return Sum(said, worked.steps, worked.warnings, last=worked.last, limit=reminder_texts.LIMITATION)


def _money(amount: int) -> str:
    return write_money(amount) if amount else ""


_TARGETS: tuple[tuple[str, Target | None], ...] = (
    (r"\blan (hai|2|thu hai)\b", None),
    (r"\btruoc khi ap dung\b|\bquyet dinh thi hanh an\b", "before_measures"),
    (r"\bsau (khi )?cuong che\b", "after_coercion"),
    (r"\bphong toa\b", "freezing"),
    (r"\bbien phap bao dam\b|\btam giu\b|\btam hoan xuat canh\b", "preservation"),
    (r"\bcuong che\b|\bke bien\b", "coercion"),
)


def _complaint(figures: Figures, on: date, practice: Practice) -> Sum | Missing | None:
    if (
        len(figures.days) != 1
        or figures.money
        or figures.days[0] > on
        or not re.search(r"\b(nhan|biet|thong bao)\b", figures.rest)
    ):
        return None
    named = next((row for row in _TARGETS if re.search(row[0], figures.rest)), None)
    if named is None:
        return Missing(texts.COMPLAINT_ABOUT, tuple(TARGET_NAMES.values()))
    target: Target | Literal["second"] = named[1] or "second"
    worked = window(target, figures.days[0], practice.limits, practice.calendar)
    limit = practice.limits[f"complaint_{target}"].name
    return Sum(texts.complaint_until(write_weekday(worked.last)), worked.steps, worked.warnings, last=worked.last, limit=limit)


# A time limit by what people call it and the event that it runs from.
_LIMITS = (
    ("voluntary", r"\btu nguyen\b", r"\b(nhan|thong bao|giao|tong dat)\b"),
    ("decision_on_request", r"\bra quyet dinh\b", r"\b(nop|gui|nhan)( duoc)? (don|yeu cau)\b"),
    ("confirmation", r"\bgiay xac nhan\b|\bxac nhan ket qua\b", r"\b(nop|gui|nhan)( duoc)? (don|yeu cau)\b"),
    ("auction_payment", r"\b(nop|dong)( du)?( tien)?\b", r"\btrung dau gia\b|\bdau gia thanh\b"),
    ("revaluation_request", r"\bgia lai\b", r"\b(nhan|duoc|co)( duoc)? (thong bao|ket qua)\b"),
    ("payment", r"\b(thanh toan|chi tra)\b", r"\bthu (duoc )?tien\b"),
)


def _limit(figures: Figures, on: date, practice: Practice) -> Sum | Missing | None:
    if len(figures.days) != 1 or figures.money or re.search(r"\d", figures.rest):
        return None
    found = [id for id, about, event in _LIMITS if re.search(about, figures.rest) and re.search(event, figures.rest)]
    if len(found) != 1:
        return None
    worked = deadline(practice.limits[found[0]], figures.days[0], practice.calendar)
    if worked.last is None:
        return None
    said = texts.limit_until(worked.name, write_weekday(worked.last))
    return Sum(said, worked.steps, worked.warnings, last=worked.last, limit=worked.name)


def _kind(about: str, words: str, work: Callable[[Figures, date, Practice], Sum | Missing | None]) -> _Kind:
    return _Kind(re.compile(about), frozenset(words.split()), work)


_KINDS = (
    _kind(
        r"^(?!.*\b(giai quyet|thu ly)\b(?!.*\blan (hai|2)\b)).*\bkhieu nai\b",
        "khieu nai lan hai 2 dau 1 thu hanh vi nhan thong bao hop le ke bien cuong che phong toa tai khoan bien phap bao dam ap dung tam giu "
        "hoan xuat canh truoc giai thoi hieu khac chap vien kip",
        _complaint,
    ),
    _kind(
        r"\bthoi hieu\b|\b(con|kip|duoc).*\byeu cau thi hanh an\b|\byeu cau thi hanh an\b.*\b(con|kip|duoc)\b",
        "hieu luc phap luat yeu cau nghia vu kip nop don muon doi tinh ke",
        _limitation,
    ),
    _kind(
        r"^(?!.*\b(an|chi|le|mien|giam) phi\b)(?!.*\bphai tra\b(?! phi\b)).*\bphi\b",  # what one must pay is no receipt
        "phi hai nhan nop tru cuong che tu nguyen thoa thuan giao thu qua ngoai thuong ke bien tra mat kien xong nuoc linh nhap tay ve",
        _fee,
    ),
    _kind(
        r"\b(luong|thu nhap)\b(?=.*\b(tru|khau)\b)|\b(tru|khau)\b.*\b(luong|thu nhap)\b",
        "luong thu nhap huu tru khau vung iv iii ii i 1 2 3 4 5 6 7 8 9 0 mot hai ba bon nuoi duong dua chau be nho doc than ai bi",
        _wage,
    ),
    _kind(
        "|".join(f"(?:{about})" for _, about, _ in _LIMITS),
        "tu nguyen nhan thong bao giao tong dat hop le nop gui don yeu cau giay xac ket qua dau gia trung thanh du tham dinh lai thanh toan chi tra "
        "thu bao gio dong tai san ke",
        _limit,
    ),
)
