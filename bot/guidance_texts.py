"""What the guidance through a procedure says; a lawyer may edit it."""

from __future__ import annotations

from datetime import date

from knowledge.practice.step import write_day

WHICH_DAY = "Nhắn ngày, ví dụ «3/8/2026»; chưa có hoặc không nhớ thì nhắn số 1."
NO_DAY = "Chưa có, hoặc không nhớ"
HEARD = "Tôi hiểu: {said}. (Chưa đúng thì nhắn «/thutuc {id}» để chọn lại.)"
NOT_UNDERSTOOD = "Tôi chưa hiểu câu trả lời này. Bạn nhắn số của ý đúng, hoặc «không rõ»."
GUIDED = "Tôi có thể hướng dẫn bạn từng bước: «{title}». Nhắn «bắt đầu» để làm theo."
NEXT_STEP = "Bước tiếp theo: nhắn «/thutuc {title}» để được hướng dẫn từng bước."
RESUME = "(Đang hướng dẫn «{title}»; nhắn «tiếp tục» để quay lại.)"
PROCEDURES = "Các thủ tục tôi hướng dẫn được (nhắn «/thutuc» kèm tên hoặc việc của bạn):"
NO_PROCEDURE = "Tôi chưa nhận ra thủ tục nào trong lời bạn. Nhắn «/thutuc» để xem danh sách."
NOTHING_TO_RESUME = "Chưa có thủ tục nào đang dở. Nhắn «/thutuc» để xem các thủ tục."
WHICH_PROCEDURE = "Việc của bạn gần với những thủ tục nào sau đây?"
NOT_THIS = "(Không đúng việc của bạn? Nhắn «/thutuc» kèm việc bạn cần, hoặc hỏi câu khác.)"
UNDECIDED = "Nếu «{answer}»:"
FEE_LINE = "Phí: {fee}"
STEPS = "Các bước của bạn:"
CAUTIONS = "Lưu ý:"
OFFICE = "Nơi giải quyết: {office}"
WHO = "Ai làm: {who}"
PAPERS = "Giấy tờ:"
ONLINE = "Nộp trực tuyến: {portal}"
STEP_PAPERS = "Giấy tờ: {papers}"
WITHIN = "Thời hạn: {limit}"
BASIS = "Căn cứ: {places}."
NOTES = "Nguồn không nói: {notes}"


def last_day(told: date, last: str, *, passed: bool) -> str:
    """Behind the length of a limit: the day that was told and the last day that follows."""
    return f"tính từ {write_day(told)}: đến hết {last}{' (đã qua)' if passed else ''}"


def by_the_new_law(last: str) -> str:
    return f"(nếu tính theo quy định mới: {last})"


def before_the_law(told: date, since: date) -> str:
    return f"Ngày {write_day(told)} trước {write_day(since)}: thời hạn chạy từ ngày đó theo quy định cũ, nên tôi không tính ngày cuối ở đây."


def before_event(length: str, event: str) -> str:
    return f"ít nhất {length} trước {event}"


def after_event(length: str, event: str) -> str:
    return f"{length} kể từ {'khi' if length.endswith('giờ') else 'ngày'} {event}"


def at_the_most(length: str, when: str) -> str:
    return f"(dài nhất {length}: {when})"
