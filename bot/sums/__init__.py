"""Sums: questions that give their figures, recognised and worked out by the rules of practice.

`asked` says what a sum is and how its questions are told from those for rules; each other module holds one family of sums. Adding one
is a function here, one line in the table `SUMS`.
"""

from __future__ import annotations

from datetime import date

from bot.amounts import read_figures
from bot.sums.asked import Missing, Sum, Worked, Worker
from bot.sums.coercion import coercion_sum
from bot.sums.cost_relief import cost_relief_sum
from bot.sums.costs import costs_sum
from bot.sums.fee import fee_sum
from bot.sums.fee_shares import share_sum
from bot.sums.interest import interest_sum
from bot.sums.last_days import complaint_sum, limit_sum, limitation_sum
from bot.sums.only_home import rent_sum
from bot.sums.payment_order import payment_sum
from bot.sums.price_cuts import price_cut_sum
from bot.sums.relief import budget_relief_sum
from bot.sums.wage import wage_sum
from knowledge.practice.book import Practice

__all__ = ["Missing", "Sum", "work_out"]

SUMS: tuple[Worker, ...] = (
    complaint_sum,
    limitation_sum,
    budget_relief_sum,
    cost_relief_sum,
    costs_sum,
    share_sum,
    fee_sum,
    wage_sum,
    limit_sum,
    interest_sum,
    price_cut_sum,
    coercion_sum,
    rent_sum,
    payment_sum,
)


def work_out(text: str, on: date, practice: Practice) -> Worked:
    """The sum that a question asks for on a day; None for one that asks for a rule, or tells more than a sum can take in."""
    figures = read_figures(text, on)
    for work in SUMS:
        if (worked := work(figures, on, practice)) is not None:
            return worked
    return None
