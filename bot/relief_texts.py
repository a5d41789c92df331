"""What is said of relief that is worked out (what is owed to the budget, coercion costs), and asked when a fact is missing; a lawyer may edit it."""

from __future__ import annotations

from datetime import date

from knowledge.practice.step import write_day, write_money

# What is owed to the State budget
HOW_MUCH_LEFT = "Còn nợ bao nhiêu án phí, tiền phạt? Nhắn số tiền, ví dụ «còn 7 triệu»."
HOW_MUCH_PAID = "Trong số tiền đó đã nộp được bao nhiêu rồi? Nhắn ví dụ «đã nộp 1 triệu»."
NOTHING_PAID = "Chưa nộp đồng nào"
WHEN_DECIDED = "Cơ quan thi hành án dân sự ra quyết định thi hành án lần đầu ngày nào? Nhắn ngày, ví dụ «5/3/2020»; không nhớ ngày thì nhắn năm."
WHICH_DAY_DECIDED = (
    "Ngày trong khoảng đó quyết định kết quả: quyết định thi hành án lần đầu ra đúng ngày nào? Nhắn ví dụ «5/3/2020»."
)
HAS_MEANS = "Người phải nộp có tài sản, thu nhập để nộp không?"
WITHOUT_MEANS = "Không có tài sản, thu nhập, hoặc chỉ đủ sống tối thiểu"
WITH_MEANS = "Có tài sản, thu nhập để nộp"
VERIFIED = "Việc không có tài sản, thu nhập phải được Chấp hành viên xác minh, không quá 03 tháng trước khi đề nghị."
LEFT_ASSUMED = "Tính trên số còn phải nộp {left}; nếu đã nộp thêm thì trừ đi."
UNCLEAR = "Chưa rõ có được xét miễn, giảm {left} hay không."


def exempt(left: int) -> str:
    return f"Đủ thời hạn và mức tiền để được xét miễn toàn bộ {write_money(left)} còn lại."


def reduced(left: int, most: int) -> str:
    return f"Được xét giảm nhiều nhất {write_money(most)} mỗi lần, trên {write_money(left)} còn lại; mỗi năm xét một lần."


def not_yet(left: int) -> str:
    return f"Chưa được xét miễn, giảm {write_money(left)} còn lại."


def earliest(day: date, most: int, *, all_of_it: bool) -> str:
    outcome = "miễn toàn bộ" if all_of_it else f"giảm, mỗi lần nhiều nhất {write_money(most)}"
    return f"Nếu số còn lại không đổi và không có tài sản, thu nhập thì từ {write_day(day)} được xét {outcome}."


def any_day_of(first: date, last: date) -> str:
    return f"Câu hỏi không nêu ngày: tính theo {write_day(last)}; ngày nào từ {write_day(first)} đến đó cũng ra cùng kết quả."


# Coercion costs
COSTS_DUE = "Phải nộp tất cả bao nhiêu tiền chi phí cưỡng chế? Nhắn ví dụ «20 triệu»."
COSTS_PAID = (
    "Gia đình chính sách, người có công phải nộp được ít nhất một nửa thì mới được xét miễn phần còn lại. Đã nộp được bao nhiêu?"
)
HALF_PAID = "Đã nộp một nửa"
WHICH_GROUND = "Người phải nộp chi phí cưỡng chế thuộc diện nào?"
GROUNDS = {
    "low_income": "Hộ nghèo, thu nhập không đủ sống tối thiểu, khó khăn kéo dài do thiên tai, hỏa hoạn",
    "hardship": "Neo đơn, tàn tật, ốm đau kéo dài",
    "merit": "Gia đình chính sách, người có công",
    "none": "Không thuộc diện nào",
}
NOTHING_PAID_ASSUMED = "Câu hỏi không nêu đã nộp bao nhiêu: tính như chưa nộp."
PERSONS_ONLY = "Chỉ xét cho đương sự là cá nhân."


def half_off(off: int, left: int) -> str:
    return f"Được xét giảm {write_money(off)} chi phí cưỡng chế, còn phải nộp {write_money(left)}."


def rest_off(off: int) -> str:
    return f"Có thể được xét miễn {write_money(off)} chi phí cưỡng chế còn lại."


def half_first(left: int, more: int) -> str:
    return (
        f"Chưa được miễn: còn phải nộp {write_money(left)}; "
        f"nộp thêm ít nhất {write_money(more)} cho đủ một nửa thì mới được xét miễn phần còn lại."
    )


def nothing_off(left: int) -> str:
    return f"Không được miễn, giảm chi phí cưỡng chế: còn phải nộp {write_money(left)}."
