"""Every sentence the assistant says on its own account, in one place; a lawyer may edit them."""

from __future__ import annotations

from datetime import date

NAME = "Trợ lý THADS"
GREETING = (
    "Chào bạn. Tôi là Trợ lý THADS, trả lời câu hỏi về thi hành án dân sự và nêu rõ Điều, khoản, ngày áp dụng. "
    "Bạn cứ hỏi bằng lời thường, có dấu hay không dấu đều được. Ví dụ: «Thời hạn tự nguyện thi hành án là bao lâu?»"
)
THANKS = "Không có gì. Cần hỏi thêm về thi hành án dân sự, bạn cứ nhắn."
HELP = (
    "Bạn có thể hỏi:\n"
    "• một quy định: «Xác minh điều kiện thi hành án trong mấy ngày?»\n"
    "• một điều luật: «Điều 36», «khoản 2 Điều 46 Luật 106/2025/QH15»\n"
    "• luật tại một ngày: «ngày 10/5/2024 thời hạn … là bao lâu?»\n"
    "Tôi nêu quy định và nơi ghi quy định; tôi không thay cơ quan thi hành án hay luật sư quyết định việc của bạn."
)
COVERS = (
    "Tôi trả lời về thi hành án dân sự: yêu cầu thi hành án, tự nguyện, xác minh, kê biên, cưỡng chế, đấu giá, thanh toán tiền, hoãn và "
    "đình chỉ, miễn giảm, phí và chi phí, khiếu nại, tố cáo, văn phòng thi hành án dân sự; thêm tàu cá theo Nghị định 67/2014/NĐ-CP và một số "
    "quy định của Đảng liên quan."
)
OUT_OF_FIELD = "Câu này nằm ngoài những văn bản tôi có, nên tôi không trả lời để tránh sai. " + COVERS
NOT_FOUND = (
    "Tôi không tìm thấy quy định trả lời được câu này trong các văn bản đang có, nên tôi không đoán. Bạn thử nói rõ hơn việc gì đang xảy ra "
    "(ai yêu cầu, tài sản gì, đang ở bước nào), hoặc hỏi cơ quan thi hành án dân sự nơi giải quyết việc."
)
EMPTY = "Tôi chưa nhận được câu hỏi nào. Bạn gõ câu hỏi bằng chữ, ví dụ: «Ai phải nộp phí thi hành án?»"
UNREADABLE = "Tôi không đọc được tin này như một câu hỏi. Bạn gõ lại bằng chữ, ví dụ: «Kê biên nhà ở duy nhất được không?»"
TROUBLE = "Xin lỗi, hệ thống đang gặp trục trặc nên chưa trả lời được. Bạn thử lại sau ít phút."
NOT_READY = "Hệ thống đang chuẩn bị dữ liệu, chưa trả lời được. Bạn thử lại sau ít phút."
SLOW_DOWN = "Bạn hỏi hơi nhanh. Chờ một phút rồi hỏi tiếp nhé."
ERASED = "Đã xóa các câu hỏi và trả lời giữa bạn và tôi trong hệ thống."
SEE_ALSO = "Xem thêm:"
SHORTENED = "(Trích; nội dung đầy đủ ở điều được dẫn.)"
NO_SUCH_PLACE = "Không còn tìm thấy điều này trong kho; có thể văn bản vừa được cập nhật. Bạn hỏi lại giúp tôi."
OTHER_MESSAGE = "Tôi mới chỉ đọc được chữ. Bạn gõ câu hỏi thành chữ giúp tôi."

WARN_DIGEST = (
    "Nội dung được diễn giải lại từ văn bản, không phải nguyên văn; khi cần trích dẫn chính thức, hãy đối chiếu bản công bố."
)
WARN_UNCONFIRMED = "{name}: chưa xác nhận được văn bản này còn hiệu lực vào ngày {on} hay không."
WARN_DOUBT = "{place}: {doubt}."
WARN_NOTES = "{name}: {notes}"


def too_long(length: int, limit: int) -> str:
    return f"Câu hỏi dài {length} ký tự, tôi đọc được tối đa {limit}. Bạn nêu riêng điều cần hỏi, ngắn hơn."


def day(value: date) -> str:
    """A date the way it is written in Vietnamese: 01/7/2026."""
    return f"{value.day:02d}/{value.month}/{value.year}"


def as_of(value: date) -> str:
    return f"Áp dụng tại ngày {day(value)}."


def no_such_article(place: str, name: str, last: str) -> str:
    return f"{name} không có {place}; điều cuối cùng là Điều {last}."


def no_such_place(place: str, name: str, has: str) -> str:
    return f"{name} không có {place}. {has}"


def no_such_document(number: str) -> str:
    return f"Tôi không có văn bản số {number} trong kho, nên không nói được nội dung của nó. {COVERS}"


def which_document(number: str, names: list[str]) -> str:
    return f"Có nhiều văn bản mang số {number}. Bạn hỏi văn bản nào? " + "; ".join(names) + "."


def not_in_force(name: str, on: date, starts: date, ends: date | None) -> str:
    if on < starts:
        return f"{name} chưa có hiệu lực vào ngày {day(on)} (có hiệu lực từ {day(starts)})."
    return f"{name} đã hết hiệu lực từ {day(ends)}." if ends else f"{name} không có hiệu lực vào ngày {day(on)}."
