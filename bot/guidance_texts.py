"""What the guidance through a procedure says of days; a lawyer may edit it."""

from __future__ import annotations

from datetime import date

from knowledge.practice.step import write_day

WHICH_DAY = "Nhắn ngày, ví dụ «3/8/2026»; chưa có hoặc không nhớ thì nhắn số 1."
NO_DAY = "Chưa có, hoặc không nhớ"
HEARD = "Tôi hiểu: {said}. (Chưa đúng thì nhắn «/thutuc {id}» để chọn lại.)"
NOT_UNDERSTOOD = "Tôi chưa hiểu câu trả lời này. Bạn nhắn số của ý đúng, hoặc «không rõ»."


def last_day(told: date, last: str, *, passed: bool) -> str:
    """Behind the length of a limit: the day that was told and the last day that follows."""
    return f"tính từ {write_day(told)}: đến hết {last}{' (đã qua)' if passed else ''}"


def by_the_new_law(last: str) -> str:
    return f"(nếu tính theo quy định mới: {last})"


def before_the_law(told: date, since: date) -> str:
    return f"Ngày {write_day(told)} trước {write_day(since)}: thời hạn chạy từ ngày đó theo quy định cũ, nên tôi không tính ngày cuối ở đây."
