"""Whether coercion may be carried out on a day: not on days off, not at night, not with forces around Tết."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Literal

from knowledge.citation import Citation
from knowledge.practice.calendar import Calendar, public_holidays
from knowledge.practice.step import Step, law_on, place, write_day, write_weekday
from knowledge.transition import DECREE, NEW, OLD

Against = Literal["day off", "night", "Tết"]

NIGHT_FROM, NIGHT_TO = time(22), time(6)
AROUND_TET = timedelta(days=15)
OLD_DECREE = "62/2015/NĐ-CP"
_FIRST_OF_TET = (
    "Tết Nguyên Đán"  # as the calendar names it; the days around it have it, or a day of the twelfth month, in their names
)
_NEW_YEAR = "Tết Dương lịch"
OTHER_DAYS = (
    "Còn các ngày không cưỡng chế có huy động lực lượng khác: ngày truyền thống đối với người phải thi hành án là đối tượng chính sách, "
    "trường hợp đặc biệt ảnh hưởng an ninh, phong tục, tập quán tại địa phương."
)


@dataclass(frozen=True, slots=True)
class CoercionDay:
    """Whether it is allowed; None where the law does not say clearly. `against`: what forbids it, or may."""

    law: str
    allowed: bool | None
    against: Against | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def coercion_day(day: date, calendar: Calendar, *, with_force: bool = True, at: time | None = None) -> CoercionDay:
    """Whether coercion may be carried out on the day; `with_force`: other forces are called in for it, `at`: the hour, where it is known."""
    law = law_on(day)
    why_off = calendar.why_off(day)
    doubts = calendar.doubts_between(day, day)
    night = Step("Không cưỡng chế từ 22 giờ đến 06 giờ sáng hôm sau.", _hours(law))
    if why_off:
        off = Step(f"{write_weekday(day).capitalize()} là ngày nghỉ ({why_off}): không tổ chức cưỡng chế.", _hours(law))
        return CoercionDay(law, False, "day off", (off, night) if at_night(at) else (off,), doubts)
    if at_night(at):
        return CoercionDay(law, False, "night", (night,), doubts)
    allowed, step, warnings = _around_tet(day, law)
    if with_force:
        return CoercionDay(law, allowed, None if allowed else "Tết", (step, night), (*doubts, *warnings, OTHER_DAYS))
    only_force = Step("Quy định 15 ngày trước và sau Tết chỉ dành cho cưỡng chế có huy động lực lượng.", step.basis)
    return CoercionDay(law, True, None, (night,) if allowed else (night, only_force), doubts)


def at_night(at: time | None) -> bool:
    """Whether the hour lies in the night without coercion; it begins with 22 giờ, and at 06 giờ it is over."""
    return at is not None and (at >= NIGHT_FROM or at < NIGHT_TO)


def day_of_tet(year: int, number: int = 1) -> date:
    """The so-many-th day of Tết in a year: `mùng 3 Tết`."""
    first = next(each for each, name in public_holidays(year).items() if name == _FIRST_OF_TET)
    return first + timedelta(days=number - 1)


def _hours(law: str) -> tuple[Citation, ...]:
    return place(OLD, "46", "2") if law == OLD else place(NEW, "72", "5")


def _around_tet(day: date, law: str) -> tuple[bool | None, Step, tuple[str, ...]]:
    basis = place(OLD_DECREE, "13", "2") if law == OLD else place(DECREE, "42", "2")
    first = day_of_tet(day.year)
    off = _days_off_around(first)
    if abs(day - first) <= AROUND_TET:
        sentence = f"Ngày {write_day(day)} trong 15 ngày trước, sau mùng một Tết ({write_day(first)}): không cưỡng chế có huy động lực lượng."
        return False, Step(sentence, basis), ()
    if off[0] - AROUND_TET <= day <= off[-1] + AROUND_TET:
        sentence = f"Không cưỡng chế có huy động lực lượng trong 15 ngày trước và sau Tết Nguyên đán ({write_day(first)})."
        warning = "Nghị định không nói 15 ngày tính từ mùng một hay từ đợt nghỉ Tết; ngày này chỉ trong 15 ngày của đợt nghỉ, nên tránh."
        return None, Step(sentence, basis), (warning,)
    sentence = f"Ngày {write_day(day)} không trong 15 ngày trước và sau Tết Nguyên đán ({write_day(first)})."
    return True, Step(sentence, basis), ()


def _days_off_around(first: date) -> list[date]:
    """The holidays of one Tết, in order."""
    names = public_holidays(first.year)
    return sorted(each for each in names if "Tết" in names[each] and names[each] != _NEW_YEAR and abs((each - first).days) < 15)
