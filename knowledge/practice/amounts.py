"""Figures of the State that change with time: base salary, minimum wages; each with its day and where it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from knowledge.practice.rows import Row, read_rows
from knowledge.practice.step import Step, write_day, write_money

BASE_SALARY = "base_salary"
REGIONS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure from a day on; `confirmed` only when its document stands in the library."""

    name: str
    since: date
    value: int
    source: str
    confirmed: bool
    checked: date


@dataclass(frozen=True)
class Amounts:
    """All figures, by name, in the order of their days."""

    by_name: dict[str, tuple[Amount, ...]]

    def on(self, name: str, day: date) -> Amount | None:
        """The figure that holds on the day, None when we have none."""
        return next((each for each in reversed(self.by_name.get(name, ())) if each.since <= day), None)

    def base_salary(self, day: date) -> Amount | None:
        return self.on(BASE_SALARY, day)

    def minimum_wage(self, region: str, day: date) -> Amount | None:
        """The monthly minimum wage of a region. Raises ValueError for a region that does not exist."""
        if region not in REGIONS:
            raise ValueError(f"region {region!r} does not exist; known are {', '.join(REGIONS)}")
        return self.on(f"minimum_wage_{region}", day)


def state(amount: Amount) -> Step:
    """The figure as a step; its document is not in the library, so it is named and not cited."""
    return Step(f"{amount.name}: {write_money(amount.value)}, từ {write_day(amount.since)}.", outside=amount.source)


def doubts(amount: Amount, day: date) -> tuple[str, ...]:
    """What a reader has to know about the figure: not confirmed, or older than the day it is used for."""
    found = []
    if not amount.confirmed:
        found.append(f"{amount.name} {write_money(amount.value)} ({amount.source}) chưa được đối chiếu với văn bản gốc.")
    if day > amount.checked:
        found.append(f"{amount.name} được kiểm tra lần cuối ngày {write_day(amount.checked)}; sau ngày đó có thể đã có mức mới.")
    return tuple(found)


def read_amounts(path: Path) -> Amounts:
    """The figures of a file. Raises LibraryError."""
    return Amounts({row.key: _amounts(row) for row in read_rows(path)})


def _amounts(row: Row) -> tuple[Amount, ...]:
    row.only("name", "values")
    fields = ("from", "amount", "source", "confirmed", "checked")
    found = tuple(
        Amount(row.text("name"), r.day("from"), r.whole("amount"), r.text("source"), r.flag("confirmed"), r.day("checked"))
        for r in (each.only(*fields) for each in row.rows("values"))
    )
    if [each.since for each in found] != sorted({each.since for each in found}):
        raise row.fault("the days do not follow one another", "Put the figures in the order of their days, one for each day")
    return found
