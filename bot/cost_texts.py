"""What is said of the costs that the law fixes, and asked when a figure is missing; a lawyer may edit it."""

from __future__ import annotations

from knowledge.practice.step import write_money

HOW_MANY = "Có bao nhiêu người, thuộc thành phần nào? Nhắn ví dụ «1 người chủ trì, 10 công an, 5 dân quân»."
HOW_MANY_DAYS = "Trong mấy ngày? Nhắn số ngày, ví dụ «3 ngày»."
DAYS = ("1 ngày", "2 ngày", "3 ngày")
WHAT_FOR = "Những người này tham gia việc gì?"
ACTIVITIES = {
    "coercion": "Trực tiếp tham gia cưỡng chế",
    "meeting": "Dự họp bàn cưỡng chế, họp xác định giá",
    "notice": "Thông báo, xác minh, tạm giữ",
}
WITHOUT_CHAIR = "Câu hỏi không nêu người chủ trì: chưa tính; mức của người chủ trì có thể cao hơn."
EACH_PAPER_ONCE = "Tính mỗi giấy tờ một lần tống đạt; tống đạt nhiều giấy tờ cho một người trong một lần thì tính một lần."
BY_CONTRACT = (
    "Đây là khung để Tòa án, Viện kiểm sát, cơ quan thi hành án dân sự thỏa thuận với văn phòng tống đạt; mức cụ thể theo hợp đồng. "
    "Vùng sâu, vùng xa, ngoài tỉnh thì thỏa thuận theo chi phí thực tế."
)


def persons_are(groups: list[tuple[int, str, int]]) -> str:
    """`10 công an x 3 ngày, 5 dân quân x 3 ngày = 45 người/ngày`."""
    parts = ", ".join(f"{count} {name} x {days} ngày" for count, name, days in groups)
    return f"{parts} = {sum(count * days for count, _, days in groups)} người/ngày."


def allowances_are(amount: int) -> str:
    return f"Tiền bồi dưỡng theo mức luật định: {write_money(amount)}."


def report_costs(amount: int) -> str:
    return f"Tiền thuê chuyên gia tư vấn theo mức luật định: {write_money(amount)}."


def serving_costs(least: int, most: int) -> str:
    return f"Chi phí tống đạt theo khung: từ {write_money(least)} đến {write_money(most)}."
