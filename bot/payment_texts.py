"""What is said of money that is paid out or set aside for rent, and asked when a fact is missing; a lawyer may edit it."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.practice.step import write_money

HOW_MUCH = "Thu được bao nhiêu tiền để chia? Nhắn số tiền, ví dụ «thu được 500 triệu»."
BANK = "Ngân hàng (tổ chức tín dụng) có nhận thế chấp, cầm cố chính tài sản đã bán không?"
BANK_HOLDS = "Có nhận thế chấp tài sản đã bán"
BANK_HOLDS_NOT = "Không nhận thế chấp tài sản đã bán"
DAMAGES = "Bồi thường thiệt hại về gì?"
DAMAGES_OF_PERSONS = "Bồi thường tính mạng, sức khỏe, tinh thần"
DAMAGES_OF_THINGS = "Bồi thường tài sản, hợp đồng"
TAX = "Thuế này là thuế gì?"
TAX_OF_TRANSFER = "Thuế chuyển nhượng tài sản đã bán"
TAX_OWED = "Tiền truy thu thuế theo bản án"
COURT_FEE = "Án phí này của bản án, quyết định nào?"
COURT_FEE_OF_SECURED = "Án phí của bản án có tài sản thế chấp đã bán"
COURT_FEE_OF_OTHER = "Án phí của bản án khác"
SOMEBODY = "người được thi hành án"
ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
CALLED = {  # by the words that name a claim without its creditor
    "cap duong|nuoi con": "cấp dưỡng",
    "luong|tien cong": "tiền lương, tiền công",
    "tro cap": "trợ cấp",
    "tinh mang|suc khoe|tinh than|thuong tich": "bồi thường tính mạng, sức khỏe, tinh thần",
    "boi thuong": "bồi thường",
    "an phi|le phi": "án phí",
    "truy thu": "tiền truy thu",
    "thue": "tiền truy thu thuế",
    "phat coc|phat vi pham|phat hop dong": "tiền phạt hợp đồng",
    "phat|sung": "tiền phạt, sung quỹ",
    "bao hiem": "tiền bảo hiểm",
}
ASSUMED = (
    "Giả định những người này đều đã yêu cầu trước khi có quyết định cưỡng chế, do cùng một cơ quan tổ chức thi hành, và án không về phá sản. "
    "Chưa trừ phí thi hành án mà người yêu cầu thi hành án phải nộp."
)
SECURED_ASSUMED = (
    "Giả định tài sản đã bán chính là tài sản thế chấp, cầm cố hoặc tài sản được tuyên kê biên để bảo đảm cho khoản này."
)
COURT_FEE_ASSUMED = "Án phí của chính bản án có tài sản bảo đảm thì được trừ trước; số tiền mỗi người nhận ở đây không đổi."


def nth(place: int) -> str:
    """«người thứ nhất» for 0."""
    return f"người thứ {ORDINALS[place] if place < len(ORDINALS) else place + 1}"


def shared_out(proceeds: int, paid: Sequence[tuple[str, int, int]], deducted: int, rest: int) -> str:
    """Who gets how much of the proceeds; of each claim its name, what is paid and what is owed."""
    each = "; ".join(f"{name} {_of(share, owed)}" for name, share, owed in paid)
    off = f" Trừ trước {write_money(deducted)}." if deducted else ""
    left = f"trả lại người phải thi hành án {write_money(rest)}" if rest else "không còn tiền trả lại người phải thi hành án"
    return f"Chia {write_money(proceeds)}: {each}.{off} Sau đó {left}."


def _of(share: int, owed: int) -> str:
    return write_money(share) if share == owed else f"{write_money(share)} (trên {write_money(owed)})"


HOME = "Nhà đã bán có phải là nhà ở duy nhất của người phải thi hành án không?"
HOME_IS_ONLY = "Là nhà ở duy nhất"
HOME_IS_NOT_ONLY = "Không phải nhà ở duy nhất"
HOME_SOLD_FOR = "Bán nhà được bao nhiêu tiền? Nhắn số tiền, ví dụ «bán được 2 tỷ»."
LEFT = (
    "Sau khi thanh toán các khoản phải thi hành án, người phải thi hành án còn lại bao nhiêu tiền? "
    "Nhắn ví dụ «còn lại 40 triệu», hoặc tổng số phải trả: «phải trả 1,95 tỷ»."
)
NOTHING_LEFT = "Không còn đồng nào"
REGION = "Người phải thi hành án đang cư trú ở vùng lương tối thiểu nào?"
REGIONS = ("Vùng I", "Vùng II", "Vùng III", "Vùng IV")
MONTHLY_RENT = "Giá thuê nhà trung bình tại địa phương bao nhiêu một tháng? Nhắn ví dụ «thuê nhà 4 triệu một tháng»."
HOME_ASSUMED = (
    "Giả định phải cưỡng chế giao nhà cho người mua được và người phải thi hành án không còn tiền nào khác; "
    "Chấp hành viên xem xét trước khi chi trả."
)
NOT_ONLY = "Không trích lại tiền thuê nhà: nhà đã bán không phải nhà ở duy nhất."
ANY_REGION = "Tính theo vùng I, mức cao nhất; ở vùng khác kết quả cũng vậy."


def rent_is(amount: int, left: int) -> str:
    if not amount:
        return f"Không trích lại tiền thuê nhà: sau khi thanh toán còn {write_money(left)}."
    return f"Trích lại {write_money(amount)} để người phải thi hành án thuê nhà 01 năm, trước khi trả cho người được thi hành án."


def left_over(proceeds: int, parts: Sequence[int], left: int) -> str:
    """«2.000.000.000 đồng - 1.950.000.000 đồng = 50.000.000 đồng»."""
    taken = " - ".join(write_money(part) for part in (proceeds, *parts))
    if proceeds < sum(parts):
        return f"Sau khi thanh toán không còn tiền: {taken} nhỏ hơn 0."
    return f"Còn lại sau khi thanh toán: {taken} = {write_money(left)}."
