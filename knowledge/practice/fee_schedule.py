"""The table of the enforcement fee: steps, the smallest amount, the cases without fee and with less of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

from knowledge.citation import Citation
from knowledge.errors import LibraryError
from knowledge.practice.rows import Row, read_rows


@dataclass(frozen=True, slots=True)
class Tier:
    """Above `above`: `plus` and so many ten-thousandths of what exceeds it."""

    above: int
    plus: int
    per_ten_thousand: int
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class NoFee:
    """A case in which no fee is taken."""

    id: str
    text: str
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class FeeRelief:
    """A case in which so many per cent are taken off; `up_to`: at the most; `part`: only on the part it names."""

    id: str
    text: str
    percent: int
    up_to: bool
    part: bool
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """The fee by one document."""

    law: str
    since: date
    confirmed_until: date
    threshold_times: int
    threshold_basis: tuple[Citation, ...]
    settled_divisor: int
    settled_basis: tuple[Citation, ...]
    voluntary_basis: tuple[Citation, ...]
    instalment_basis: tuple[Citation, ...]
    small_instalment_basis: tuple[Citation, ...]
    tiers: tuple[Tier, ...]
    no_fee: tuple[NoFee, ...]
    reliefs: tuple[FeeRelief, ...]

    def tier(self, received: int) -> Tier:
        """The step in which the amount lies; an amount on a border belongs to the lower one."""
        return next((tier for tier in reversed(self.tiers) if received > tier.above), self.tiers[0])

    def full(self, received: int) -> Fraction:
        """The whole fee on an amount, before rounding."""
        tier = self.tier(received)
        return tier.plus + Fraction((received - tier.above) * tier.per_ten_thousand, 10_000)


_BASES = ("threshold_basis", "settled_basis", "voluntary_basis", "instalment_basis", "small_instalment_basis")
_FIELDS = ("law", "from", "confirmed_until", "threshold_times", "settled_divisor", *_BASES, "tiers", "no_fee", "reliefs")


def read_fee_schedule(path: Path) -> FeeSchedule:
    """The schedule of a file. Raises LibraryError."""
    rows = list(read_rows(path))
    if [row.key for row in rows] != ["schedule"]:
        raise LibraryError(str(path), 1, "not one entry 'schedule'", "Write the fee under 'schedule:'")
    row = rows[0].only(*_FIELDS)
    law = row.text("law")
    schedule = FeeSchedule(
        law,
        row.day("from"),
        row.day("confirmed_until"),
        row.whole("threshold_times"),
        row.places(law, "threshold_basis"),
        row.whole("settled_divisor"),
        row.places(law, "settled_basis"),
        row.places(law, "voluntary_basis"),
        row.places(law, "instalment_basis"),
        row.places(law, "small_instalment_basis"),
        tuple(_tier(each, law) for each in row.rows("tiers")),
        tuple(_no_fee(each, law) for each in row.rows("no_fee")),
        tuple(_relief(each, law) for each in row.rows("reliefs")),
    )
    _check(schedule, row)
    return schedule


def _tier(row: Row, law: str) -> Tier:
    row.only("above", "plus", "per_ten_thousand", "basis")
    return Tier(row.whole("above"), row.whole("plus"), row.whole("per_ten_thousand"), row.places(law))


def _no_fee(row: Row, law: str) -> NoFee:
    row.only("id", "text", "basis")
    return NoFee(row.text("id"), row.text("text"), row.places(law))


def _relief(row: Row, law: str) -> FeeRelief:
    row.only("id", "text", "percent", "up_to", "part", "basis")
    if not 0 < row.whole("percent") <= 100:
        raise row.fault(f"{row.whole('percent')} per cent off", "Write 1 to 100")
    return FeeRelief(row.text("id"), row.text("text"), row.whole("percent"), row.flag("up_to"), row.flag("part"), row.places(law))


def _check(schedule: FeeSchedule, row: Row) -> None:
    """Steps go up and meet: the fee on a border is the same from both sides. Raises LibraryError."""
    tiers = schedule.tiers
    if tiers[0].above != 0:
        raise row.fault("the first tier does not begin at 0", "Write 'above: 0'")
    for lower, upper in zip(tiers, tiers[1:], strict=False):
        if upper.above <= lower.above:
            raise row.fault("the tiers do not go up", "Put them in the order of 'above'")
        reached = lower.plus + Fraction((upper.above - lower.above) * lower.per_ten_thousand, 10_000)
        if reached != upper.plus:
            raise row.fault(
                f"the tier above {upper.above} begins with {upper.plus}, the one below ends with {reached}", "Correct 'plus'"
            )
    if schedule.settled_divisor < 1:
        raise row.fault("'settled_divisor' is 0", "Write 3 for one third")
