"""Who gets how much of the money collected, asked for in chat with each amount named; a fact that decides is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from bot import payment_texts
from bot.amounts import Figures
from bot.sums.asked import Missing, Sum, Worked
from bot.sums.payments_told import Told, told_payment
from bot.sums.roles import Part, Role
from knowledge.practice.book import Practice
from knowledge.practice.distribution import Claim, Deductions, Distribution, Kind, distribute
from knowledge.text import fold


@dataclass(frozen=True, slots=True)
class _Fork:
    """A fact that decides what an amount is: the question, and for each reply its option, how else it is said, and the part."""

    part: Part
    question: str
    replies: tuple[tuple[str, str, Part], ...]

    def patterns(self) -> Iterator[tuple[str, Part]]:
        for option, said, part in self.replies:
            yield rf"– ?(?:{re.escape(fold(option))}|{said})(?= ?–|$)", part

    def settled(self, said: str) -> Part | None:
        """What the words of a conversation (folded) settle."""
        return next((part for pattern, part in self.patterns() if re.search(pattern, said)), None)


_FORKS = (
    _Fork(
        "bank",
        payment_texts.BANK,
        (
            (payment_texts.BANK_HOLDS, r"co(?: nhan)?(?: the chap)?", "secured"),
            (payment_texts.BANK_HOLDS_NOT, r"khong(?: co)?(?: nhan)?(?: the chap)?", "unsecured"),
        ),
    ),
    _Fork(
        "damages",
        payment_texts.DAMAGES,
        (
            (payment_texts.DAMAGES_OF_PERSONS, r"(?:ve )?(?:suc khoe|tinh mang|tinh than|nguoi)", "support"),
            (payment_texts.DAMAGES_OF_THINGS, r"(?:ve )?(?:tai san|hop dong)", "other"),
        ),
    ),
    _Fork(
        "tax",
        payment_texts.TAX,
        (
            (payment_texts.TAX_OF_TRANSFER, r"thue chuyen nhuong", "taxes"),
            (payment_texts.TAX_OWED, r"(?:tien )?truy thu(?: thue)?", "fine"),
        ),
    ),
    _Fork(
        "court_fee",
        payment_texts.COURT_FEE,
        (
            (payment_texts.COURT_FEE_OF_OTHER, r"ban an khac", "court_fee"),
            (payment_texts.COURT_FEE_OF_SECURED, r"ban an (?:co )?the chap", "own_court_fee"),
        ),
    ),
)
_REPLIES = "|".join(pattern for fork in _FORKS for pattern, _ in fork.patterns())
_KINDS: Mapping[Part, Kind] = {
    "support": "support",
    "court_fee": "court_fee",
    "fine": "fine",
    "insurance": "insurance",
    "other": "other",
    "secured": "other",
    "unsecured": "other",
}


@dataclass(frozen=True, slots=True)
class _Shared:
    """How the money is shared out under one reading of the question."""

    parts: tuple[Part, ...]
    names: tuple[str, ...]
    paid: tuple[tuple[int, int], ...]  # the place of a claim in the question, and what it gets
    worked: Distribution

    def same(self, other: _Shared) -> bool:
        """Whether each claim that both readings have gets the same."""
        mine, others = dict(self.paid), dict(other.paid)
        common = mine.keys() & others.keys()
        return self.worked.to_debtor == other.worked.to_debtor and all(mine[place] == others[place] for place in common)


def payment_sum(figures: Figures, on: date, _practice: Practice) -> Worked:
    if not figures.money or len(figures.days) > 1 or (told := told_payment(figures, _REPLIES)) is None:
        return None
    if not told.asks and (len(told.claims) < 2 or told.proceeds is None):
        return None
    if told.proceeds is None:
        return Missing(payment_texts.HOW_MUCH) if len(told.claims) > 1 else None
    on = figures.days[0] if figures.days else on
    settled = _settled(figures, told)
    open_forks = [fork for fork in _FORKS if fork.part not in settled and any(fork.part == role.part for role, _ in told.parts)]
    for fork in open_forks:
        if not _indifferent(fork, open_forks, settled, told, on):
            several = sum(role.part == fork.part for role, _ in told.parts) > 1  # one reply does not tell them apart
            return None if several else Missing(fork.question, tuple(option for option, _, _ in fork.replies))
    usual: dict[Part, Part] = {"bank": "unsecured", "damages": "other", "tax": "taxes"}
    return _sum(_shared(told, {**usual, **settled}, on), told, settled, on)


def _settled(figures: Figures, told: Told) -> dict[Part, Part]:
    """The forks that the question or a reply settles."""
    said = fold(figures.typed)
    replied: dict[Part, Part] = {fork.part: part for fork in _FORKS if (part := fork.settled(said))}
    return {"bank": "secured", **replied} if told.pledged else replied


def _indifferent(fork: _Fork, others: list[_Fork], settled: Mapping[Part, Part], told: Told, on: date) -> bool:
    """Whether a fork changes nothing, however the others are settled."""
    rest = [other for other in others if other is not fork]
    for parts in product(*([part for _, _, part in other.replies] for other in rest)):
        known = {**settled, **{other.part: part for other, part in zip(rest, parts, strict=True)}}
        first, *more = (_shared(told, {**known, fork.part: part}, on) for _, _, part in fork.replies)
        if not all(first.same(each) for each in more):
            return False
    return True


def _shared(told: Told, settled: Mapping[Part, Part], on: date) -> _Shared:
    parts: list[Part] = [settled.get(role.part, role.part) for role, _ in told.parts]
    if "secured" not in parts:
        parts = ["court_fee" if part == "own_court_fee" else part for part in parts]
    off = {part: sum(amount for each, (_, amount) in zip(parts, told.parts, strict=True) if each == part) for part in parts}
    taken = Deductions(off.get("costs", 0), off.get("rent", 0), off.get("taxes", 0), off.get("own_court_fee", 0))
    names = _names([role for role, _ in told.parts], parts)
    claims = {
        place: Claim(names[place], told.parts[place][1], _KINDS[part], secured=part == "secured")
        for place, part in enumerate(parts)
        if part in _KINDS
    }
    worked = distribute(told.proceeds or 0, tuple(claims.values()), on, taken)
    return _Shared(tuple(parts), names, tuple(zip(claims, worked.paid, strict=True)), worked)


def _names(roles: list[Role], parts: list[Part]) -> tuple[str, ...]:
    """What each amount is called: its creditor, the kind of the claim, or «người thứ hai»."""
    names, nameless = [], [i for i, role in enumerate(roles) if parts[i] in _KINDS and not role.who and not _called(role)]
    for place, role in enumerate(roles):
        called = _called(role)
        if place in nameless:
            names.append(payment_texts.nth(nameless.index(place)) if len(nameless) > 1 else payment_texts.SOMEBODY)
        else:
            names.append(f"{role.who} ({called})" if role.who and called else role.who or called)
    return tuple(names)


def _called(role: Role) -> str:
    return next((name for said, name in payment_texts.CALLED.items() if re.search(rf"\b(?:{said})\b", role.said)), "")


def _sum(shared: _Shared, told: Told, settled: Mapping[Part, Part], on: date) -> Sum:
    paid = [(shared.names[place], share, told.parts[place][1]) for place, share in shared.paid]
    said = payment_texts.shared_out(told.proceeds or 0, paid, shared.worked.deducted, shared.worked.to_debtor)
    warnings = [payment_texts.ASSUMED]
    if "secured" in shared.parts and (told.pledged or "bank" not in settled):
        warnings.append(payment_texts.SECURED_ASSUMED)
    if "secured" in shared.parts and "court_fee" in shared.parts and "court_fee" not in settled:
        warnings.append(payment_texts.COURT_FEE_ASSUMED)
    return Sum(said, shared.worked.steps, (*warnings, *shared.worked.warnings), on)
