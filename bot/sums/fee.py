"""The fee on what is received, asked for in chat."""

from __future__ import annotations

import re
from datetime import date

from bot import sum_texts
from bot.amounts import Figures
from bot.sums.asked import Missing, Sum, Worked, asked_by
from knowledge.practice.book import Practice
from knowledge.practice.fees import Receipt, Stage, fee


@asked_by(
    r"^(?!.*\b(an|chi|le|mien|giam) phi\b)(?!.*\bphai tra\b(?! phi\b)).*\bphi\b",  # what one must pay is no receipt
    "phi hai nhan nop tru cuong che tu nguyen thoa thuan giao thu qua ngoai thuong ke bien tra mat kien xong nuoc linh nhap tay ve",
)
def fee_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    if not figures.money and not figures.days and re.search(r"\btinh\b.*\bphi\b", figures.rest):
        return Missing(sum_texts.FEE_ON_WHAT)
    if len(figures.money) != 1 or len(figures.days) > 1 or re.search(r"\bnguoi phai thi hanh an\b|\d", figures.rest):
        return None
    on = figures.days[0] if figures.days else on
    worked = fee(Receipt(figures.money[0], stage=_stage(figures.rest)), on, practice.fees, practice.amounts)
    if worked.amount is None:
        return None
    return Sum(sum_texts.fee_is(figures.money[0], worked.amount), worked.steps, (sum_texts.FEE_ASSUMED, *worked.warnings), on)


def _stage(rest: str) -> Stage:
    if re.search(r"\b(tu )?thoa thuan\b|\btu giao\b", rest):
        return "settled"
    late = re.search(r"\b(het|qua|sau|ngoai)( thoi)?( han)?( thoi han)? tu nguyen\b|\b(khong|chua) tu nguyen\b", rest)
    return "voluntary" if "tu nguyen" in rest and not late else "enforced"
