"""When a time limit ends: the law that holds on the day, the count, and what is not sure about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.practice.calendar import COUNTING, UNIT_NAMES, Calendar, Term
from knowledge.practice.limits import Extension, TimeLimit, Version
from knowledge.practice.step import Step, write_day, write_weekday
from knowledge.transition import CHANGED, ruling


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of a limit; `last` is None where no law in the library sets the limit on the day.

    `longest` is the last day where the law allows more in a named case; `other` is what the law from 01/7/2026 would give for a limit
    that was running on that day, of which the law does not say under which rule it ends.
    """

    limit: str
    name: str
    law: str | None
    start: date
    last: date | None
    longest: date | None
    other: date | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def deadline(limit: TimeLimit, start: date, calendar: Calendar, *, on: date | None = None) -> Deadline:
    """When the limit ends that runs from the event on `start` (for "at least so long before": the day it has to be done by).

    The law is the one that holds on `on`, without it on `start`.
    """
    version = limit.on(on or start)
    if version is None:
        warning = f"Thư viện không có quy định về thời hạn này ({limit.name.lower()}) cho ngày {write_day(on or start)}."
        return Deadline(limit.id, limit.name, None, start, None, None, None, (), (warning,))
    term = _term(version, start, calendar)
    longest, longest_steps, longest_warnings = _longest(version, start, term, calendar)
    other, transition_steps, transition_warnings = _transition(limit, version, start, term, calendar, on)
    steps = (_rule(limit, version, start), *term.steps, *_remark(version), *longest_steps, *transition_steps)
    doubt = (version.doubt,) if version.doubt else ()
    counting = () if version.unit == "hour" or version.kind == "before" else (COUNTING,)
    warnings = (*doubt, *counting, *term.warnings, *longest_warnings, *transition_warnings)
    return Deadline(limit.id, limit.name, version.law, start, term.last, longest, other, steps, tuple(dict.fromkeys(warnings)))


def _term(version: Version, start: date, calendar: Calendar) -> Term:
    if version.kind == "before":
        return calendar.before(start, version.count, version.unit)
    return calendar.after(start, version.count, version.unit, roll=version.kind == "within")


def _rule(limit: TimeLimit, version: Version, start: date) -> Step:
    if version.kind == "before":
        length = f"ít nhất {version.length} trước {version.start} ({write_day(start)})"
    else:
        length = f"{version.length} kể từ ngày {version.start} ({write_day(start)})"
    return Step(f"{limit.name} ({limit.who}): {length}.", version.basis)


def _remark(version: Version) -> tuple[Step, ...]:
    return (Step(version.note, version.basis),) if version.note else ()


def _longest(
    version: Version, start: date, term: Term, calendar: Calendar
) -> tuple[date | None, tuple[Step, ...], tuple[str, ...]]:
    """The last day in the case in which the law allows more."""
    extension, event = (version.longest, start) if version.longest else (version.extra, term.last)
    if extension is None:
        return None, (), ()
    longer = calendar.after(event, extension.count, extension.unit)
    return longer.last, (Step(_told(extension, longer.last, event, whole=event == start), extension.basis),), longer.warnings


def _told(extension: Extension, last: date, event: date, *, whole: bool) -> str:
    length = f"{extension.count} {UNIT_NAMES[extension.unit]}"
    counted = f"không quá {length} kể từ ngày {write_day(event)}" if whole else f"kéo dài không quá {length} sau khi hết hạn"
    return f"Trường hợp {extension.when}: {counted}, tức đến {write_weekday(last)}."


def _transition(
    limit: TimeLimit, version: Version, start: date, term: Term, calendar: Calendar, on: date | None
) -> tuple[date | None, tuple[Step, ...], tuple[str, ...]]:
    """A limit that was running on 01/7/2026: the law does not say under which rule it ends."""
    later = limit.on(CHANGED)
    if on is not None or not start < CHANGED <= term.last or later is None or later == version or later.kind != version.kind:
        return None, (), ()
    silent = ruling("unfinished", "running_time_limit")
    other = _term(later, start, calendar).last
    step = Step(f"Nếu tính theo quy định từ 01/7/2026 ({later.length}) thì ngày cuối là {write_weekday(other)}.", later.basis)
    return other, (Step(silent.sentence, silent.basis), step), (silent.sentence,)
