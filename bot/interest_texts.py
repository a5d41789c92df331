"""What is said of late-payment interest that is worked out, and asked when a figure is missing; a lawyer may edit it."""

from __future__ import annotations

from datetime import date

from bot.texts import day

ON_WHAT = "Tính lãi chậm trả trên số tiền bao nhiêu? Nhắn số tiền còn phải thi hành, ví dụ «200 triệu»."
WHICH_DAYS = "Tính lãi từ ngày nào đến ngày nào? Nhắn ví dụ «từ 1/3/2026 đến 1/9/2026», hoặc «90 ngày»."
UNTIL_WHEN = "Tính lãi đến ngày nào? Nhắn ngày thu được tiền, ví dụ «1/9/2026»."
UNTIL_NOW = "Đến nay"
WHICH_RATE = (
    "Lãi suất bao nhiêu? Nhắn mức bản án, quyết định ghi, ví dụ «10%/năm» hoặc «0,8%/tháng». "
    "Nếu bản án chỉ ghi lãi theo mức pháp luật quy định thì chọn mức luật định."
)
LEGAL_RATE = "Theo lãi suất luật định"
LEGAL_STEP = (
    "Các bên không có thỏa thuận về lãi suất: lãi chậm trả tiền là 10%/năm, bằng một nửa mức cao nhất được thỏa thuận 20%/năm."
)
START_ASSUMED = "Giả định bản án, quyết định xác định lãi chạy từ ngày đầu nêu ở đây."
CIVIL_CODE = "Điều 357 và khoản 2 Điều 468 Bộ luật Dân sự 2015"
LEGAL_DOUBT = (
    "Mức 10%/năm theo Bộ luật Dân sự, văn bản chưa có trong kho nên chưa đối chiếu được; "
    "bản án, quyết định ghi mức khác thì dùng mức đó."
)


def interest_is(interest: str, days: int, principal: str, total: str) -> str:
    return f"Lãi chậm trả {days} ngày trên {principal}: {interest}. Cả gốc và lãi: {total}."


def counted_back(days: int, end: date) -> str:
    return f"Câu hỏi không nêu ngày: tính lùi {days} ngày đến {day(end)}. Quy định áp dụng theo ngày này."
