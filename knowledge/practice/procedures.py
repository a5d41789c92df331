"""Procedures as values: the steps of one person's case, and the few questions that decide which steps those are.

A condition is a list of facts with the answers that satisfy it. A fact that nobody has told leaves its step out, and makes its question
worth asking: `next_question` asks only what still changes the steps, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.citation import Citation
from knowledge.practice.calendar import UNIT_NAMES, Calendar, Term, Unit
from knowledge.timeline import holds

Facts = Mapping[str, str]
When = Mapping[str, tuple[str, ...]]  # fact -> the answers that satisfy it; empty: always
Kind = Literal["within", "before", "duration"]


@dataclass(frozen=True, slots=True)
class Longest:
    """How long a limit may be at the most, and in which case."""

    count: int
    unit: Unit
    when: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: within so long after the event, at least so long before it, or a span that only passes.

    `day` is the question that asks for the day of the event; `rule` the entry of the table of time limits that counts from it, in which
    the law before this one stands too.
    """

    count: int
    unit: Unit
    event: str
    kind: Kind = "within"
    longest: Longest | None = None
    day: str = ""
    rule: str = ""

    @property
    def length(self) -> str:
        """`10 ngày`, `05 ngày làm việc`, the way the law prints it."""
        return f"{self.count:02d} {UNIT_NAMES[self.unit]}"

    def term(self, event: date, calendar: Calendar) -> Term:
        """The days of this limit when its event falls on the day."""
        if self.kind == "before":
            return calendar.before(event, self.count, self.unit)
        return calendar.after(event, self.count, self.unit, roll=self.kind == "within")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: the value in conditions, the words people choose, and those by which they have told it already."""

    value: str
    says: str
    heard: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """A question whose answer decides which steps apply, or for a day, when their limits end; its id is the fact in conditions."""

    id: str
    question: str
    options: tuple[Option, ...]
    kind: Literal["choice", "date"] = "choice"
    heard: tuple[str, ...] = ()  # words beside which a day that a person has told is this one

    def allows(self, value: str) -> bool:
        return any(option.value == value for option in self.options)


@dataclass(frozen=True, slots=True)
class Step:
    """Who does what before whom, with which papers, within which time, and what follows when it is not done."""

    id: str
    who: str
    does: str
    basis: tuple[Citation, ...]
    when: When
    before: str = ""
    papers: tuple[str, ...] = ()
    limit: Limit | str = ""
    fee: str = ""
    if_missed: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Caution:
    """An exception or a right that is easily overlooked, told beside the steps."""

    id: str
    says: str
    basis: tuple[Citation, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure from the first paper to its end; `notes` say what the law does not."""

    id: str
    title: str
    group: str
    asks: tuple[str, ...]
    who: str
    before: str
    papers: tuple[str, ...]
    fee: str
    portal: str
    basis: tuple[Citation, ...]
    decides: tuple[Decision, ...]
    steps: tuple[Step, ...]
    cautions: tuple[Caution, ...]
    in_force_from: date
    in_force_to: date | None
    notes: tuple[str, ...]

    def in_force(self, on: date) -> bool:
        """Whether the procedure is the one to follow on the date."""
        return holds(self.in_force_from, self.in_force_to, on)


def steps_for(procedure: Procedure, facts: Facts) -> tuple[Step, ...]:
    """The steps that these facts call for, in order; a step that hangs on a fact nobody told is left out."""
    return tuple(step for step in procedure.steps if satisfied(step.when, facts))


def cautions_for(procedure: Procedure, facts: Facts) -> tuple[Caution, ...]:
    """The exceptions that these facts call for, in order."""
    return tuple(caution for caution in procedure.cautions if satisfied(caution.when, facts))


def next_question(procedure: Procedure, facts: Facts) -> Decision | None:
    """The first question whose answer still changes the steps, the exceptions or a last day, None when nothing is left to decide."""
    conditions = [step.when for step in procedure.steps] + [caution.when for caution in procedure.cautions]
    open_conditions = [when for when in conditions if possible(when, facts)]
    for decision in procedure.decides:
        if decision.id in facts:
            continue
        if any(decision.id in when for when in open_conditions) or (
            decision.kind == "date" and _counts(procedure, decision, facts)
        ):
            return decision
    return None


def _counts(procedure: Procedure, decision: Decision, facts: Facts) -> bool:
    """Whether a limit of the steps that can still be called for runs from the day that is asked for."""
    limits = [step.limit for step in procedure.steps if possible(step.when, facts)]
    return any(isinstance(limit, Limit) and limit.day == decision.id for limit in limits)


def satisfied(when: When, facts: Facts) -> bool:
    """Whether the facts fulfil the whole condition."""
    return all(facts.get(fact) in answers for fact, answers in when.items())


def possible(when: When, facts: Facts) -> bool:
    """Whether the condition can still be fulfilled by answers to come."""
    return all(facts[fact] in answers for fact, answers in when.items() if fact in facts)
