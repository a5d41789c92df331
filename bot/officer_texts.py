"""What is said around the sheets that officers work by: headings, menus, how to see more; a lawyer may edit them."""

from __future__ import annotations

from knowledge.practice.officers import Subject

HEADINGS = {
    "means": "Nghĩa trong luật",
    "enters": "Vào khi nào",
    "leaves": "Ra khi nào",
    "next": "Làm gì tiếp, ai làm, bao giờ",
    "papers": "Hồ sơ phải có",
    "checks": "Hạn phải giữ",
    "sent": "Thông báo, gửi cho ai",
    "does": "Ai làm gì, bao giờ",
}
MENUS: dict[Subject, str] = {
    "lists": "Các danh sách theo dõi việc thi hành án:",
    "files": "Kiểm tra hồ sơ theo giai đoạn:",
    "notices": "Phải thông báo, gửi cho ai, theo từng quyết định:",
    "cooperation": "Phối hợp với ai, việc gì, trong hạn nào:",
}
WHICH = {
    "lists": "Anh/chị hỏi danh sách nào?",
    "files": "Anh/chị kiểm tra hồ sơ ở giai đoạn nào?",
    "notices": "Anh/chị hỏi quyết định, văn bản nào?",
    "cooperation": "Anh/chị cần phối hợp với ai?",
}
HOW = "Cách gửi: {how}"
TO = "Gửi {to}"
SILENT = "Lưu ý: {note}"
CONTINUED = "{heading} (tiếp)"
PART = "(Phần {page}/{count})"
NO_SHEET = "Tôi chưa có phiếu nào đúng với «{words}»."
NO_SUCH_PAGE = "«{title}» chỉ có {count} phần."
NOT_THEN = "Các phiếu công việc này lập theo luật áp dụng từ 01/7/2026, không dùng cho ngày {on}."


def page_option(page: int, count: int, heading: str) -> str:
    return f"Xem phần {page}/{count}: {heading}"


def choose(command: str) -> str:
    """How to see another page: by its number, or by a command where no number is kept."""
    return f"Nhắn số, hoặc nhắn «{command}»."
