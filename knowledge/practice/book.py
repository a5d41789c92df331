"""Everything that the rules of practice look up, read from its folder and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.practice.amounts import Amounts, read_amounts
from knowledge.practice.calendar import Calendar, read_calendar
from knowledge.practice.costs import Rate, read_rates
from knowledge.practice.fee_schedule import FeeSchedule, read_fee_schedule
from knowledge.practice.limits import TimeLimit, read_limits


@dataclass(frozen=True)
class Practice:
    """The tables of one state of the law."""

    limits: dict[str, TimeLimit]
    calendar: Calendar
    amounts: Amounts
    fees: FeeSchedule
    rates: dict[str, Rate]


def read_practice(folder: Path) -> Practice:
    """The tables of `knowledge/library/practice`. Raises LibraryError with file and line for what cannot be used."""
    return Practice(
        read_limits(folder / "time_limits.yaml"),
        read_calendar(folder / "days_off.yaml"),
        read_amounts(folder / "amounts.yaml"),
        read_fee_schedule(folder / "fees.yaml"),
        read_rates(folder / "costs.yaml"),
    )
