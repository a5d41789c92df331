"""What channels say beside the answers: menu and buttons, thanks for feedback, what to do instead of a picture or a spoken message."""

from __future__ import annotations

COMMANDS = {
    "start": "Bắt đầu",
    "help": "Hỏi được những gì",
    "hoi": "Hỏi một câu, ví dụ: /hoi ai nộp phí thi hành án",
    "thutuc": "Xem một thủ tục, ví dụ: /thutuc yêu cầu thi hành án",
    "dieu": "Mở một điều luật, ví dụ: /dieu 36",
    "vanban": "Xem một văn bản, ví dụ: /vanban 106/2025/QH15",
    "luatcu": "So luật cũ với luật mới, ví dụ: /luatcu thời hạn xác minh",
    "thoihan": "Tìm một thời hạn, ví dụ: /thoihan tự nguyện",
    "phi": "Tính phí thi hành án, ví dụ: /phi 350 triệu",
    "bieumau": "Làm đơn, giấy tờ từng mục, ví dụ: /bieumau đơn khiếu nại",
    "danhsach": "Cán bộ: các danh sách theo dõi việc, ví dụ: /danhsach chưa có điều kiện",
    "hoso": "Cán bộ: kiểm tra hồ sơ theo giai đoạn, ví dụ: /hoso kê biên",
    "thongbao": "Cán bộ: phải thông báo, gửi cho ai, ví dụ: /thongbao quyết định kê biên",
    "phoihop": "Cán bộ: phối hợp với ai, bao giờ, ví dụ: /phoihop công an",
    "nhacviec": "Xem các lời nhắc đã đặt",
    "xoa": "Xóa cuộc trò chuyện của tôi",
    "phanhoi": "Góp ý về câu trả lời vừa rồi",
}
FEEDBACK_USAGE = "Bạn viết góp ý ngay sau lệnh, ví dụ: «/phanhoi câu trả lời thiếu khoản 2»."
FEEDBACK_KEPT = "Đã ghi nhận góp ý. Cảm ơn bạn."
FEEDBACK_WHY = "Chưa ổn ở chỗ nào? Bạn chọn một lý do bên dưới, hoặc viết: /phanhoi lý do"
FEEDBACK_NOTHING = "Chưa có câu trả lời nào để góp ý, hoặc câu trả lời đó đã được xóa."
FEEDBACK_REASONS = {"w": "Sai luật", "o": "Không đúng câu hỏi", "m": "Còn thiếu", "h": "Khó hiểu"}
MORE_BUTTON = "🔎 Nói rõ hơn"
MORE_HINT = "Nhắn «nói rõ hơn» để xem đầy đủ."
READ_IN_CHAT = "📖 Đọc đủ trong Trợ lý THADS"
VOICE_MESSAGE = "Tôi chưa nghe được tin thoại. Bạn gõ câu hỏi thành chữ; trên điện thoại có thể bấm nút micro của bàn phím để máy viết ra chữ giúp."
VOICE_FAILED = "Tôi không nghe rõ tin thoại này. Bạn nói lại chậm hơn, hoặc gõ câu hỏi thành chữ giúp tôi."
PHOTO_MESSAGE = "Tôi chưa xem được ảnh. Bạn gõ thành chữ điều cần hỏi, kèm số, ngày và cơ quan ban hành nếu ảnh là một văn bản."
OPTION_PASSED = "Câu hỏi này đã qua. Bạn trả lời câu mới nhất, hoặc hỏi lại từ đầu."
CAPTION_ONLY = "Tôi không mở được tệp kèm theo, nên chỉ trả lời phần chữ bạn viết."


def voice_too_long(seconds: int, limit: int) -> str:
    return f"Tin thoại dài {seconds} giây, tôi nghe được tối đa {limit} giây. Bạn nói ngắn hơn, hoặc gõ câu hỏi thành chữ."


def voice_too_big(limit: int) -> str:
    return f"Tin thoại này quá dài, tôi nghe được tối đa {limit} giây. Bạn nói ngắn hơn, hoặc gõ câu hỏi thành chữ."


def heard(text: str) -> str:
    """What a spoken message was taken to say, before its answer."""
    return f"Tôi nghe được: «{text}»"
