"""What is said of the days and hours of coercion, and asked when a fact is missing; a lawyer may edit it."""

from __future__ import annotations

from datetime import date, time

from knowledge.practice.step import write_day, write_weekday

WITH_FORCE = (
    "Buổi cưỡng chế đó có huy động lực lượng (công an, lực lượng khác) không? Ngày này gần Tết nên câu trả lời tùy vào đó."
)
WHY = "Căn cứ:"
FORCE, NO_FORCE = "Có huy động lực lượng", "Không huy động lực lượng"
WHICH_PART = "Giờ đó là buổi nào trong ngày?"
EARLY, AFTERNOON = "Sáng sớm", "Buổi chiều"
MORNING, EVENING = "Buổi sáng", "Buổi tối"
NIGHT_MEANT = "«Đêm» ở đây hiểu là từ 22 giờ; trước 22 giờ thì không thuộc giờ cấm."
_NIGHT = "không tổ chức cưỡng chế từ 22 giờ đến 06 giờ sáng hôm sau"


def year_assumed(day: date) -> str:
    return f"Câu hỏi không nêu năm: hiểu là {write_weekday(day)}. Nếu là năm khác, bạn nhắn đủ ngày, tháng, năm."


def on_a_day_off(day: date, why: str, *, sure: bool) -> str:
    """`why`: the feast, or the day of the week."""
    reason = f"đó là ngày nghỉ ({why})" if why not in write_weekday(day) else "đó là ngày nghỉ hằng tuần"
    return f"{'Không được' if sure else 'Nhiều khả năng không được'} cưỡng chế vào {write_weekday(day)}: {reason}."


def at_night(day: date, at: time) -> str:
    hour = f"{at.hour:02d} giờ" + (f" {at.minute:02d}" if at.minute else "")
    return f"Không được cưỡng chế lúc {hour} {write_weekday(day)}: {_NIGHT}."


def in_the_night(day: date) -> str:
    return f"Không được cưỡng chế vào ban đêm {write_weekday(day)}: {_NIGHT}."


def around_tet(day: date, first: date) -> str:
    around = f"ngày này trong 15 ngày trước và sau Tết Nguyên đán (mùng một là {write_day(first)})"
    return f"Không được cưỡng chế có huy động lực lượng vào {write_weekday(day)}: {around}."


def perhaps_around_tet(day: date, first: date) -> str:
    return (
        f"Chưa rõ có được cưỡng chế có huy động lực lượng vào {write_weekday(day)} không, nên tránh: ngày này trong 15 ngày của đợt "
        f"nghỉ Tết, nhưng ngoài 15 ngày tính từ mùng một ({write_day(first)})."
    )


def allowed(day: date, *, force: bool, sure: bool) -> str:
    """`force`: other forces may be called in, too."""
    how = "kể cả có huy động lực lượng" if force else "nếu không huy động lực lượng"
    if not sure:
        return f"Nhiều khả năng được cưỡng chế vào {write_weekday(day)}, {how}, nhưng chưa chắc đó là ngày làm việc."
    return f"Được cưỡng chế vào {write_weekday(day)}, {how}: không phải ngày nghỉ; chỉ trong khoảng từ 06 giờ đến 22 giờ."
