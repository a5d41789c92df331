"""The rent set aside when the only home was sold, asked for in chat; the facts that decide are asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import payment_texts
from bot.amounts import Figures
from bot.labelled import WordedAmount, labelled
from bot.sums.asked import Missing, Sum, Worked
from bot.sums.roles import role_of
from bot.sums.wage import home_of
from knowledge.practice.amounts import REGIONS, Amounts
from knowledge.practice.book import Practice
from knowledge.practice.housing import RentReserve, rent_reserve
from knowledge.practice.step import Step
from knowledge.text import fold
from knowledge.transition import CHANGED

_RENT = r"(?:thue|muon) nha"
_ASKS = re.compile(rf"\b{_RENT}\b.*\b(?:bao nhieu|may dong)\b|\b(?:bao nhieu|may)\b.*\b{_RENT}\b")
_WITH = (
    r"(?:thi|co|duoc|phai|trich|lai|de|giu|tru|ra|chua|danh|cho|nguoi phai thi hanh an|nguoi do|con no|toi|minh|ho|bao nhieu|may|tien|khoan|o"
    r"|di|toi da|nhieu nhat|muc|la|mot|nam|trong|bi|them|do)"
)
_NOT_ONLY = (
    r"khong phai(?: la)? (?:nha o|nha|noi o|can nha)? ?duy nhat|con (?:nha|noi o|can nha) khac|co (?:nha|noi o|can nha) khac"
)
_ONLY = r"(?:la (?:nha o |nha |noi o |can nha )?)?(?:duy|doc) nhat"
_NOTHING = (
    r"(?:khong|chang|chua|k|ko) con(?: lai)?(?: du)? (?:dong nao|mot dong nao|dong|gi(?: het| ca)?|xu nao|tien(?: nao)?)"
    r"|(?:tra no|thanh toan|tra)(?: xong)? (?:thi |la )?(?:vua )?het(?: sach| tien)?(?! ¤)|het sach(?: tien)?|con (?:0|khong) dong"
)
_REGION = r"(?:(?:o|thuoc|song o|cu tru o|tai) )?(?:luong toi thieu )?vung (?:iv|iii|ii|i|[1-4])\b"
_MONTHLY = r"/ ?(?:1 )?thang|(?:mot|moi|hang|1) thang"
_ASIDE = re.compile(
    rf"\b(?:{_NOT_ONLY})\b|\b{_ONLY}\b|\b(?:{_NOTHING})\b|\b{_REGION}|(?:{_MONTHLY})\b"
    rf"|\b(?:{_WITH} )*{_RENT}\b(?! (?:\w+ ){{0,3}}¤)(?: {_WITH}\b)*"
    r"|\b(?:cho (?:toi |em |minh )?hoi|xin hoi|tinh giup|neu|gia su|truong hop|(?<!sau )khi|hien nay)\b| (?:a|nhe|nha|voi|vay)(?=[ ?.!]*$)"
)
_RENT_OF_PLACE = re.compile(rf"^(?:gia )?(?:tien )?{_RENT}(?: trung binh)?(?: (?:tai|o) dia phuong)?(?: la| khoang)?$")
_PAID_OFF = re.compile(
    r"(?<=nợ) (?:hết|xong)|(?<=no) (?:het|xong)", re.IGNORECASE
)  # «trả nợ hết 850 triệu»: what is owed is paid from the sale
_LEFT = re.compile(
    r"^(?:(?:sau|khi|da|tra|thanh toan|het|no|xong|cac|khoan|nghia vu|thi hanh an|phai|chi) )*(?:con|du)(?: lai| du| duoc| co)*$"
)
_HOUSE = re.compile(
    r"(?:(?:ban|nha|o|can|bi|ke bien|dau gia|cua|nguoi phai thi hanh an|toi|duoc)(?: |$))+"
)  # «bán nhà», and no figure
_OWED = frozenset(
    {"support", "damages", "court_fee", "own_court_fee", "fine", "insurance", "secured", "unsecured", "bank", "other"}
)
_OFF = frozenset({"costs", "taxes"})


@dataclass(frozen=True, slots=True)
class _Told:
    """What a question gives; None for what it does not say."""

    proceeds: int | None = None
    parts: tuple[int, ...] = ()  # what goes off the proceeds, and what is owed
    owed: bool = False
    left: int | None = None
    monthly_rent: int | None = None


def rent_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    region = home_of(figures.rest)[0]
    if not _ASKS.search(figures.rest) or len(figures.days) > 1 or not (figures.money or region):
        return None
    on = figures.days[0] if figures.days else on
    amounts, loose = labelled(figures, _ASIDE)
    told = _told(amounts, old=on < CHANGED) if all(_HOUSE.fullmatch(fold(piece)) for piece in loose) else None
    said = fold(figures.typed)
    if told is None or len(set(re.findall(_REGION, said))) > 1:
        return None
    if re.search(rf"\b(?:{_NOTHING})\b", said):
        if told.left or (told.owed and told.proceeds and told.proceeds > sum(told.parts)):
            return None
        told = replace(told, left=0)
    only = False if re.search(rf"\b(?:{_NOT_ONLY})\b", said) else bool(re.search(_ONLY, said)) or None
    return _missing(told, only, region, on, practice.amounts) or _worked(
        told, on, practice.amounts, only=bool(only), region=region
    )


def _told(amounts: Sequence[WordedAmount], *, old: bool) -> _Told | None:
    """What each amount is; a bare reply is the first of the figures that are asked for and still missing."""
    found: dict[str, list[int]] = {"proceeds": [], "left": [], "rent": [], "off": [], "owed": []}
    for amount in amounts:
        if (part := _part(amount, found, old=old)) is None:
            return None
        found[part].append(amount.amount)
    if any(len(found[part]) > 1 for part in ("proceeds", "left", "rent")):
        return None
    first = {part: next(iter(sums), None) for part, sums in found.items()}
    told = _Told(first["proceeds"], (*found["off"], *found["owed"]), bool(found["owed"]), first["left"], first["rent"])
    if told.owed and told.proceeds is not None:
        left = max(0, told.proceeds - sum(told.parts))
        return None if told.left not in (None, left) else replace(told, left=left)
    return told


def _part(amount: WordedAmount, found: Mapping[str, Sequence[int]], *, old: bool) -> str | None:
    if amount.bare:
        missing = [
            part
            for part, given in (
                ("proceeds", found["proceeds"]),
                ("left", [*found["left"], *found["owed"]]),
                ("rent", found["rent"]),
            )
            if not given
        ]
        return next((part for part in missing if part != "rent" or old), None)
    if _LEFT.match(fold(amount.label)):
        return "left"
    if _RENT_OF_PLACE.match(fold(amount.label)):
        return "rent"
    role = role_of(_PAID_OFF.sub("", amount.label))
    if role is None or role.part in ("rent", "tax", "net"):
        return None
    return "owed" if role.part in _OWED else "off" if role.part in _OFF else "proceeds"


def _missing(told: _Told, only: bool | None, region: str | None, on: date, amounts: Amounts) -> Missing | None:
    """The first fact that decides and is not told."""
    if only is None:
        return Missing(payment_texts.HOME, (payment_texts.HOME_IS_ONLY, payment_texts.HOME_IS_NOT_ONLY))
    if told.proceeds is None:
        return Missing(payment_texts.HOME_SOLD_FOR)
    if not only:
        return None
    if told.left is None:
        return Missing(payment_texts.LEFT, (payment_texts.NOTHING_LEFT,))
    if on < CHANGED:
        return Missing(payment_texts.MONTHLY_RENT) if told.monthly_rent is None else None
    if region is None and len({_reserve(told, on, amounts, region=each).amount for each in REGIONS}) > 1:
        return Missing(payment_texts.REGION, payment_texts.REGIONS)
    return None


def _reserve(told: _Told, on: date, amounts: Amounts, *, only: bool = True, region: str | None = None) -> RentReserve:
    return rent_reserve(
        told.proceeds or 0,
        told.left or 0,
        on,
        amounts,
        only_home=only,
        region=region or REGIONS[0],
        monthly_rent=told.monthly_rent,
    )


def _worked(told: _Told, on: date, amounts: Amounts, *, only: bool, region: str | None) -> Sum | None:
    worked = _reserve(told, on, amounts, only=only, region=region)
    if worked.amount is None or (told.monthly_rent is not None and on >= CHANGED):
        return None
    shown = told.owed and only and told.proceeds is not None
    first = [Step(payment_texts.left_over(told.proceeds or 0, told.parts, told.left or 0))] if shown else []
    assumed = [payment_texts.HOME_ASSUMED] if only else []
    if only and region is None and on >= CHANGED:
        assumed.append(payment_texts.ANY_REGION)
    said = payment_texts.rent_is(worked.amount, told.left or 0) if only else payment_texts.NOT_ONLY
    return Sum(said, (*first, *worked.steps), (*assumed, *worked.warnings), on)
