"""What is said of sums that are worked out, and asked when a fact is missing; a lawyer may edit it."""

from __future__ import annotations

from knowledge.practice.step import write_money

WAGE_WHERE = "Người phải thi hành án sống ở vùng lương tối thiểu nào (I, II, III hay IV)? Nhắn ví dụ «vùng II»."
WAGE_WHOM = "Người phải thi hành án phải nuôi dưỡng mấy người? Nhắn ví dụ «2 người», hoặc «không nuôi ai»."
WAGE_WHERE_AND_WHOM = (
    "Người phải thi hành án sống ở vùng lương tối thiểu nào (I, II, III hay IV) và phải nuôi dưỡng mấy người? "
    "Nhắn ví dụ «vùng I, 2 người»."
)
COMPLAINT_ABOUT = "Bạn khiếu nại quyết định, hành vi nào?"
HOW = "Cách tính:"


def wage_is(most: int, kept: int) -> str:
    if not most:
        return f"Không trừ được vào thu nhập này: còn nguyên {write_money(kept)} mỗi tháng."
    return f"Trừ nhiều nhất {write_money(most)} mỗi tháng, còn lại {write_money(kept)}."


def limitation_is(last: str, *, in_time: bool) -> str:
    return f"Yêu cầu thi hành án được đến hết {last}." if in_time else f"Thời hiệu yêu cầu thi hành án đã hết {last}."


def complaint_until(last: str) -> str:
    return f"Khiếu nại được đến hết {last}."


def limit_until(name: str, last: str) -> str:
    return f"{name}: chậm nhất {last}."


def outside_law(name: str) -> str:
    return f"theo {name}, chưa có trong kho"
