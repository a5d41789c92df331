"""Sums: questions that give their figures, recognised and worked out by the rules of practice.

`asked` says what a sum is and how its questions are told from those for rules; each other module holds one family of sums. Adding one
is a function here, one line in the table `SUMS`.
"""

from __future__ import annotations

from datetime import date

from bot.amounts import read_figures
from bot.sums.asked import Missing, Sum, Worked, Worker
from bot.sums.fee import fee_sum
from bot.sums.interest import interest_sum
from bot.sums.last_days import complaint_sum, limit_sum, limitation_sum
from bot.sums.wage import wage_sum
from knowledge.practice.book import Practice

__all__ = ["Missing", "Sum", "work_out"]

SUMS: tuple[Worker, ...] = (complaint_sum, limitation_sum, fee_sum, wage_sum, limit_sum, interest_sum)


def work_out(text: str, on: date, practice: Practice) -> Worked:
    """The sum that a question asks for on a day; None for one that asks for a rule, or tells more than a sum can take in."""
    figures = read_figures(text, on)
    for work in SUMS:
        if (worked := work(figures, on, practice)) is not None:
            return worked
    return None
