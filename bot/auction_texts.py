"""What is said of reserve prices after failed auctions, and asked when a figure is missing; a lawyer may edit it."""

from __future__ import annotations

from knowledge.practice.step import write_money

ON_WHAT = "Giá khởi điểm lần đấu giá đầu tiên là bao nhiêu? Nhắn số tiền, ví dụ «2 tỷ»."
HOW_MANY_FAILED = "Tài sản đã đấu giá không thành mấy lần? Nhắn số lần, ví dụ «2 lần»."
FAILED_TIMES = ("Không thành 1 lần", "Không thành 2 lần", "Không thành 3 lần")
PRIOR_ASSUMED = "Coi số tiền nêu ở đây là giá khởi điểm của lần đấu giá liền trước, vì mỗi lần giảm tính trên giá đó."
COSTS_UNKNOWN = "Chưa tính chi phí thi hành án vì câu hỏi không nêu; so với nghĩa vụ được bảo đảm thì phải cộng cả chi phí."
RETURNS = "Giá này không vượt chi phí: người được thi hành án không nhận thì giao lại tài sản cho người phải thi hành án."
PLEDGE_ENDS = "Giá này không vượt nghĩa vụ được bảo đảm và chi phí: dừng xử lý tài sản, không giảm tiếp."
MAY_TAKE_THEN = "Đấu giá ở giá này mà không thành thì người được thi hành án có quyền nhận tài sản theo giá này."


def lowest_is(price: int, reductions: int, off: int) -> str:
    """`off`: how much lower than the price that the question gives."""
    return (
        f"Thấp nhất {write_money(price)}: giá khởi điểm của lần đấu giá thứ {reductions + 1}, sau {reductions} lần giảm "
        f"(giảm nhiều nhất {write_money(off)}, so với giá bạn nêu)."
    )


def stops_at(reductions: int) -> str:
    return f"Chỉ giảm đến lần thứ {reductions}."


def may_take_first(price: int) -> str:
    return f"Trước khi giảm lần này, người được thi hành án được quyền nhận tài sản theo giá {write_money(price)}."


def taken_at(price: int, reductions: int) -> str:
    return (
        f"Người được thi hành án được nhận tài sản theo giá {write_money(price)} để trừ vào tiền được thi hành án: "
        f"đã giảm {reductions} lần mà đấu giá vẫn không thành."
    )


def not_yet_taken(reductions: int) -> str:
    return (
        f"Chưa được nhận tài sản để trừ vào tiền được thi hành án: mới giảm {reductions} lần, "
        "luật cho nhận khi đấu giá không thành từ sau lần giảm thứ hai."
    )


def checked(price: int, lowest: int) -> str:
    if price < lowest:
        return f"Giá {write_money(price)} là thấp hơn mức cho phép: có lần giảm quá 10%."
    return f"Giá {write_money(price)} không thấp hơn mức này."
