"""One step of a reasoning: a sentence for people, and the place it stands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from knowledge.citation import Citation
from knowledge.transition import CHANGED, NEW, OLD

DAY_NAMES = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")


@dataclass(frozen=True, slots=True)
class Step:
    """What was done and why; `outside` names a law that our library does not hold, which therefore cannot be cited.

    The places of a step that `decides` are cited before those of the steps that only lead to it.
    """

    sentence: str
    basis: tuple[Citation, ...] = ()
    outside: str = ""
    decides: bool = False


def law_on(on: date) -> str:
    """The law of enforcement that holds on the date."""
    return NEW if on >= CHANGED else OLD


def place(number: str, article: str, clause: str | None = None, point: str | None = None) -> tuple[Citation, ...]:
    """One place, as the basis of a step."""
    return (Citation(number, article, clause, point),)


def write_money(amount: int) -> str:
    """`1.234.567 đồng`."""
    return f"{amount:,} đồng".replace(",", ".")


def write_day(day: date) -> str:
    """`06/7/2026`, the way the law prints its dates."""
    return f"{day.day:02d}/{day.month}/{day.year}" if day.month > 2 else f"{day.day:02d}/{day.month:02d}/{day.year}"


def write_weekday(day: date) -> str:
    """`thứ hai 06/7/2026`."""
    return f"{DAY_NAMES[day.weekday()]} {write_day(day)}"


def half_up(amount: Fraction) -> int:
    """Whole đồng; half a đồng and more is rounded up. The amount is not negative."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def check_money(**amounts: int) -> None:
    """Refuses an amount below zero. Raises ValueError, which names it."""
    for name, amount in amounts.items():
        if amount < 0:
            raise ValueError(f"{name} is {amount}; money is whole đồng, zero or more")
