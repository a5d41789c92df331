"""How long one may complain about enforcement, and how long the answer may take, for each kind of decision or act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.practice.calendar import Calendar
from knowledge.practice.deadlines import Deadline, deadline
from knowledge.practice.limits import TimeLimit
from knowledge.practice.spans import SPAN_NAMES, Span, pushed
from knowledge.practice.step import Step, law_on, place, write_day, write_weekday
from knowledge.transition import CHANGED, NEW, OLD, Stage, ruling

Target = Literal["before_measures", "freezing", "preservation", "coercion", "after_coercion"]
TARGET_NAMES: dict[Target, str] = {
    "before_measures": "quyết định, hành vi trước khi áp dụng biện pháp bảo đảm, cưỡng chế",
    "freezing": "phong tỏa tài khoản",
    "preservation": "biện pháp bảo đảm khác",
    "coercion": "biện pháp cưỡng chế",
    "after_coercion": "quyết định, hành vi sau khi cưỡng chế",
}
_RESOLVED_AS: dict[Target, str] = {"freezing": "preservation"}
_HINDRANCE = {OLD: {"obstacle", "force_majeure"}, NEW: {"emergency", "obstacle", "force_majeure"}}


@dataclass(frozen=True, slots=True)
class Window:
    """Until when a complaint can be made; `in_time` is None when no day of complaint was given."""

    law: str
    last: date
    in_time: bool | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def window(
    target: Target | Literal["second"],
    known: date,
    limits: Mapping[str, TimeLimit],
    calendar: Calendar,
    *,
    made: date | None = None,
    spans: Sequence[Span] = (),
    stage: Stage = "unfinished",
) -> Window:
    """Until when to complain about what was notified or became known on `known` ("second": the first answer).

    `stage` is where the case stood on 01/7/2026: complaints in a finished case stay under the old law.
    """
    law = _law(known, stage)
    found = deadline(limits[f"complaint_{target}"], known, calendar, on=_held(law))
    if found.last is None:  # both laws know every window; a table without one is broken
        raise ValueError(f"no window for {target!r} under {law}")
    out = [span for span in spans if span.kind in _HINDRANCE[law]]
    pushed_last, days = pushed(known, found.last, out)
    last = calendar.next_working(pushed_last)
    steps = [*found.steps, *_out_steps(out, law, days, last)]
    in_time = None if made is None else made <= last
    if in_time is not None and made is not None:
        steps.append(_outcome(made, last, law, in_time=in_time))
    return Window(law, last, in_time, tuple(steps), (*found.warnings, *_transition(known, found.last, law, stage)))


def answer(
    target: Target,
    received: date,
    limits: Mapping[str, TimeLimit],
    calendar: Calendar,
    *,
    accepted: date | None = None,
    second: bool = False,
    stage: Stage = "unfinished",
) -> tuple[Deadline, Deadline]:
    """Until when a complaint received on a day has to be accepted, and then resolved (counted from `accepted`, else the last day for it)."""
    law = _law(received, stage)
    acceptance = deadline(
        limits["complaint_acceptance_second" if second else "complaint_acceptance"], received, calendar, on=_held(law)
    )
    kind = _RESOLVED_AS.get(target, target)
    id = f"resolution_{kind}_second" if second and kind != "preservation" else f"resolution_{kind}"
    return acceptance, deadline(limits[id], accepted or acceptance.last or received, calendar, on=_held(law))


def _law(day: date, stage: Stage) -> str:
    return OLD if stage == "finished" else law_on(day)


def _held(law: str) -> date:
    """A day on which the law holds, to choose the version of a limit."""
    return CHANGED if law == NEW else CHANGED - timedelta(days=1)


def _out_steps(out: Sequence[Span], law: str, days: int, last: date) -> list[Step]:
    basis = place(OLD, "140", "2") if law == OLD else place(NEW, "96", "4")
    found = [
        Step(f"Không tính thời gian {SPAN_NAMES[span.kind]} từ {write_day(span.first)} đến {write_day(span.last)}.", basis)
        for span in out
    ]
    return [*found, Step(f"Cộng thêm {days} ngày: đến {write_weekday(last)}.", basis)] if days else found


def _outcome(made: date, last: date, law: str, *, in_time: bool) -> Step:
    if in_time:
        return Step(f"Khiếu nại ngày {write_day(made)} còn trong thời hiệu.")
    basis = place(OLD, "141", "4") if law == OLD else place(NEW, "97", "4")
    return Step(f"Khiếu nại ngày {write_day(made)} đã quá thời hiệu (hết {write_day(last)}), không được thụ lý.", basis)


def _transition(known: date, last: date, law: str, stage: Stage) -> tuple[str, ...]:
    if stage == "finished":
        return (ruling("finished", "complaint").sentence,)
    return (ruling("unfinished", "running_time_limit").sentence,) if law == OLD and known < CHANGED <= last else ()
