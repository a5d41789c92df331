"""Says on which day a step's limit ends, once a person has told the day from which it runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot import guidance_texts
from knowledge.practice.book import Practice
from knowledge.practice.deadlines import deadline
from knowledge.practice.limitation import limitation
from knowledge.practice.procedures import Facts, Limit
from knowledge.practice.step import write_weekday

LIMITATION = "limitation"  # the rule of the years in which enforcement can be asked for


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last day as people read it, empty where it cannot be told, what is not sure about it, and the day itself."""

    said: str = ""
    warnings: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class LastDays:
    """Works out last days from the facts of one person: the days they told, the law of a procedure since when, today."""

    facts: Facts
    since: date
    today: date
    practice: Practice | None

    def of(self, limit: Limit | str) -> LastDay:
        """The last day of a limit; nothing for one that runs from a day nobody told."""
        if self.practice is None or isinstance(limit, str) or not limit.day:
            return LastDay()
        told = _day(self.facts.get(limit.day, ""))
        return LastDay() if told is None else self._from(limit, told, self.practice)

    def _from(self, limit: Limit, told: date, practice: Practice) -> LastDay:
        if limit.rule == LIMITATION:
            counted = limitation(told, self.today, practice.calendar)
            return self._shown(told, counted.last, None, counted.warnings)
        if limit.rule:
            found = deadline(practice.limits[limit.rule], told, practice.calendar)
            return self._shown(told, found.last, found.other, found.warnings)
        if told < self.since:
            return LastDay(warnings=(guidance_texts.before_the_law(told, self.since),))
        term = limit.term(told, practice.calendar)
        return self._shown(told, term.last, None, term.warnings)

    def _shown(self, told: date, last: date | None, other: date | None, warnings: Sequence[str]) -> LastDay:
        if last is None:
            return LastDay(warnings=tuple(warnings))
        said = guidance_texts.last_day(told, write_weekday(last), passed=last < self.today)
        if other and other != last:
            said = f"{said} {guidance_texts.by_the_new_law(write_weekday(other))}"
        return LastDay(said, tuple(warnings), last)


def _day(told: str) -> date | None:
    """A day as a fact keeps it; None for one that is not known."""
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
