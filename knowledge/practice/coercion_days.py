"""Whether coercion may be carried out on a day: not on days off, not at night, not with forces around Tết."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.citation import Citation
from knowledge.practice.calendar import Calendar, public_holidays
from knowledge.practice.step import Step, law_on, place, write_day, write_weekday
from knowledge.transition import DECREE, NEW, OLD

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
    """Whether it is allowed; None where the law does not say clearly."""

    law: str
    allowed: bool | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def coercion_day(day: date, calendar: Calendar, *, with_force: bool = True) -> CoercionDay:
    """Whether coercion may be carried out on the day; `with_force`: other forces are called in for it."""
    law = law_on(day)
    why_off = calendar.why_off(day)
    doubts = calendar.doubts_between(day, day)
    if why_off:
        step = Step(f"{write_weekday(day).capitalize()} là ngày nghỉ ({why_off}): không tổ chức cưỡng chế.", _hours(law))
        return CoercionDay(law, False, (step,), doubts)
    night = Step("Không cưỡng chế từ 22 giờ đến 06 giờ sáng hôm sau.", _hours(law))
    if not with_force:
        return CoercionDay(law, True, (night,), doubts)
    allowed, step, warnings = _around_tet(day, law)
    return CoercionDay(law, allowed, (night, step), (*doubts, *warnings, OTHER_DAYS))


def _hours(law: str) -> tuple[Citation, ...]:
    return place(OLD, "46", "2") if law == OLD else place(NEW, "72", "5")


def _around_tet(day: date, law: str) -> tuple[bool | None, Step, tuple[str, ...]]:
    basis = place(OLD_DECREE, "13", "2") if law == OLD else place(DECREE, "42", "2")
    first = next(each for each, name in public_holidays(day.year).items() if name == _FIRST_OF_TET)
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
