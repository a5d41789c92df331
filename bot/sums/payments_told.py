"""Reads who has to get how much from what was collected; None when one amount or one word is not read for certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.amounts import Figures
from bot.labelled import WordedAmount, labelled
from bot.sums.names import SELF
from bot.sums.roles import Role, role_of
from knowledge.text import fold

_NUMBERS = {"hai": 2, "ba": 3, "bon": 4, "nam": 5}
_COUNT = (
    r"\b(?:(?:toi|co|cho|no|tra|phai) )*(?P<count>hai|ba|bon|nam|[2-9]) (?:chu no|nguoi|ben)(?: duoc thi hanh an)?\b(?! nay)"
    r"(?: (?:cung|dong|ngang) hang(?: voi)?(?: nhau)?)?"
)
_HEAD = (
    r"(?:chia|bao nhieu|may dong|the nao|nhu nao|ntn|ra sao|sao|thu tu|kieu gi"
    r"|ai (?:duoc )?(?:uu tien )?(?:tra|thanh toan|nhan|lay)(?: tien)? truoc|(?:tra|thanh toan|uu tien)(?: cho)? ai truoc)"
)
_WITH = (
    r"(?:nen|phai|se|duoc|can|phan|lai|con|du|tien|cho|cac|ben|moi|nguoi|ho|tung|chu no|nhau|ai|theo|ty le|ti le|nao|nhu|the|dung"
    r"|luat|quy dinh|nhan|lay|huong|thanh toan|chi tra|tra|toi|em|minh|do|nay)"
)
_ASKS = re.compile(rf"\b{_HEAD}\b")
_LEAD_IN = (
    r"\b(?:cho (?:toi |em |minh |chau |anh |chi )?hoi|xin hoi|(?<!xa )hoi|tinh giup|giup|tinh(?! mang| than)|em oi|anh oi|chi oi|ad oi|ban oi"
    r"|neu|gia su|truong hop|vi du|(?<!sau )khi|hien nay|bay gio|co nhung|bao gom|gom|toa(?: an)? (?:tuyen|buoc))\b|^da (?=cho|em|thua|xin|anh|chi)"
)
_ASIDE = rf"{_COUNT}|\b(?:thi )?(?:{_WITH} )*{_HEAD}(?: (?:{_WITH}|{_HEAD})\b| (?:a|nhe|nha|voi|vay)(?=[ ?.!]*$))*|{_LEAD_IN}"  # said of no amount
_CLAIMS = frozenset({"support", "damages", "court_fee", "fine", "insurance", "secured", "unsecured", "bank", "other"})
_PUBLIC = frozenset({"court_fee", "fine", "insurance"})  # owed to the State: no person that «hai người» counts


@dataclass(frozen=True, slots=True)
class Told:
    """The proceeds (None: not told), and what goes off and is to be paid with its role, in the order of the question."""

    proceeds: int | None
    parts: tuple[tuple[Role, int], ...]
    asks: bool
    pledged: bool  # what was sold is called a pledge

    @property
    def claims(self) -> tuple[tuple[Role, int], ...]:
        return tuple(part for part in self.parts if part[0].part in _CLAIMS)


def told_payment(figures: Figures, replies: str) -> Told | None:
    """What a question tells; `replies` is the pattern of replies that were given to questions (folded)."""
    amounts, loose = labelled(figures, re.compile(f"{replies}|{_ASIDE}"))
    count = re.search(_COUNT, figures.rest)
    roles = _roles(amounts, counted=count is not None)
    if roles is None or not _names_only(loose, roles) or not _goes_together(roles):
        return None
    given = [(role, amount.amount) for role, amount in zip(roles, amounts, strict=True)]
    proceeds = _proceeds(given)
    parts = tuple((role, amount) for role, amount in given if role.part not in ("proceeds", "net"))
    told = Told(
        proceeds or None,
        parts,
        bool(_ASKS.search(figures.rest)),
        any(role.part == "proceeds" and re.search(r"\b(the chap|cam co)\b", role.said) for role in roles),
    )
    if proceeds is None or not told.claims or (count and not _agrees(count["count"], told)):
        return None
    if any("duy nhat" in role.said for role in roles) and not any(role.part == "rent" for role in roles):
        return None  # what is set aside for rent decides, and is not told
    return told


def _roles(amounts: Sequence[WordedAmount], *, counted: bool) -> list[Role] | None:
    """The role of each amount; one without words is that of another creditor, or the reply to what was collected."""
    roles: list[Role] = []
    for amount in amounts:
        if amount.label:
            role = role_of(amount.label)
        elif amount.bare:
            role = Role("proceeds")
        else:
            follows = bool(roles) and roles[-1].part == "other" and not roles[-1].who
            role = Role("other") if counted or follows else None
        if role is None:
            return None
        roles.append(role)
    return roles


def _names_only(loose: Sequence[str], roles: Sequence[Role]) -> bool:
    """Whether the words that stand with no amount only name creditors («thì ông A được bao nhiêu»)."""
    names = {fold(role.who) for role in roles if role.who} | {"toi", "minh", fold(SELF)}
    return all(fold(piece) in names for piece in loose)


def _goes_together(roles: Sequence[Role]) -> bool:
    """Whether one debtor owes it all, and no creditor stands twice: the second time may be what he got already."""
    debtors = {fold(role.debtor) for role in roles if role.debtor}
    creditors = [fold(role.who) for role in roles if role.who and role.part not in ("support", "damages")]
    return len(debtors) < 2 and not debtors & set(creditors) and len(set(creditors)) == len(creditors)


def _proceeds(given: Sequence[tuple[Role, int]]) -> int | None:
    """What there is to share: 0 when it is not told, None when what is told does not go together."""
    gross, net = ([amount for role, amount in given if role.part == part] for part in ("proceeds", "net"))
    off = sum(amount for role, amount in given if role.part in ("costs", "rent", "taxes"))
    if len(gross) > 1 or len(net) > 1 or (net and (gross[0] - off != net[0] if gross else off)):
        return None
    return next(iter([*gross, *net]), 0)


def _agrees(count: str, told: Told) -> bool:
    """Whether as many creditors are named as the question counts."""
    number = int(count) if count.isdigit() else _NUMBERS[count]
    return number in {len(told.claims), sum(role.part not in _PUBLIC for role, _ in told.claims)}
