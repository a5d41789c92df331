"""Sentences that stand beside a rule: the fact that is missing, what was assumed wrongly, which document is higher; a lawyer may edit them."""

from __future__ import annotations

DECIDES = "Để trả lời đúng việc của bạn, cho tôi biết: {question}"
NO_MORE = "Tôi đã nêu đủ những gì kho có về câu này; bạn hỏi cụ thể hơn (ai, tài sản gì, đang ở bước nào) để tôi tìm tiếp."
FACT_UNKNOWN = "Không sao, quy định chung tôi đã nêu ở trên vẫn đúng. Khi biết, bạn nhắn cho tôi."
RIGHT = "Đúng: {said} ({place})."
WRONG_NUMBER = "Không phải {claimed}, mà là {ruled} ({place})."
NOT_ABSOLUTE = "Không phải trong mọi trường hợp: quy định dưới đây có điều kiện, ngoại lệ."
OTHER_ARTICLE = "{named} quy định về «{heading}», không phải việc bạn hỏi. Quy định về việc đó:"
EXCEPTION = "Ngoại lệ: {place}"
HIGHER = "{law} là văn bản cao hơn, quy định chung; {other} hướng dẫn chi tiết."
ABSENT = "Quy định này dẫn đến {names}, kho chưa có văn bản đó."
OTHER_LAWS = (
    "Bộ luật Dân sự",
    "Bộ luật Tố tụng dân sự",
    "Bộ luật Hình sự",
    "Bộ luật Tố tụng hình sự",
    "Bộ luật Lao động",
    "Luật Phá sản",
    "Luật Phục hồi, phá sản",
    "Luật Cạnh tranh",
    "Luật Dẫn độ",
    "Luật Đất đai",
    "Luật Nhà ở",
    "Luật Giá",
    "Luật Tố cáo",
    "Luật Khiếu nại",
    "Luật Chứng khoán",
    "Luật Doanh nghiệp",
    "Luật Các tổ chức tín dụng",
    "Luật Tố tụng hành chính",
    "Luật Trọng tài thương mại",
    "Luật Hôn nhân và gia đình",
    "Luật Trách nhiệm bồi thường của Nhà nước",
)
