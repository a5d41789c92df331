"""Runs a case of a table: what it gives goes into the rule that the table is about."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from fractions import Fraction
from typing import Any

from knowledge.practice.auction import Reductions, reductions
from knowledge.practice.book import Practice
from knowledge.practice.coercion_days import CoercionDay, coercion_day
from knowledge.practice.complaints import Window, answer, window
from knowledge.practice.costs import Costs, Work, cost_relief, costs
from knowledge.practice.deadlines import Deadline, deadline
from knowledge.practice.distribution import Claim, Deductions, Distribution, distribute
from knowledge.practice.fees import Fee, Receipt, fee
from knowledge.practice.housing import RentReserve, rent_reserve
from knowledge.practice.interest import Interest, Payment, late_interest
from knowledge.practice.limitation import Limitation, limitation
from knowledge.practice.relief import Debt, Relief, budget_relief
from knowledge.practice.spans import Span
from knowledge.practice.wages import Withholding, withholding

Case = dict[str, Any]


def _with(case: Case, names: str) -> Case:
    """The values that the case gives of these."""
    return {name: case[name] for name in names.split() if name in case}


def _spans(case: Case) -> list[Span]:
    return [Span(kind, first, last) for kind, first, last in case.get("spans", ())]


def run_deadline(case: Case, book: Practice) -> Deadline:
    return deadline(book.limits[case["limit"]], case["start"], book.calendar)


def run_coercion_day(case: Case, book: Practice) -> CoercionDay:
    at = {"at": time.fromisoformat(case["at"])} if "at" in case else {}
    return coercion_day(case["day"], book.calendar, **_with(case, "with_force"), **at)


def run_limitation(case: Case, book: Practice) -> Limitation:
    return limitation(case["due"], case["asked"], book.calendar, spans=_spans(case), **_with(case, "periodic returned"))


def run_window(case: Case, book: Practice) -> Window:
    options = _with(case, "made stage")
    return window(case["target"], case["known"], book.limits, book.calendar, spans=_spans(case), **options)


def run_acceptance(case: Case, book: Practice) -> Deadline:
    return answer(case["target"], case["received"], book.limits, book.calendar, **_with(case, "accepted second stage"))[0]


def run_answer(case: Case, book: Practice) -> Deadline:
    return answer(case["target"], case["received"], book.limits, book.calendar, **_with(case, "accepted second stage"))[1]


def run_fee(case: Case, book: Practice) -> Fee:
    receipt = Receipt(**_with(case, "received before requested stage no_fee relief relief_part relief_percent"))
    return fee(receipt, case["day"], book.fees, book.amounts, **_with(case, "requested_by decided"))


def run_wages(case: Case, book: Practice) -> Withholding:
    return withholding(case["income"], case["day"], book.amounts, **_with(case, "region dependants kind agreed"))


def run_housing(case: Case, book: Practice) -> RentReserve:
    options = _with(case, "region only_home monthly_rent")
    return rent_reserve(case["proceeds"], case["left"], case["day"], book.amounts, **options)


def run_distribution(case: Case, book: Practice) -> Distribution:
    taken = Deductions(**_with(case, "costs rent_reserve transfer_taxes secured_court_fee"))
    return distribute(case["proceeds"], [Claim(*row) for row in case["claims"]], case["day"], taken)


def run_auction(case: Case, book: Practice) -> Reductions:
    return reductions(case["start"], case["failed"], case["day"], **_with(case, "costs percent secured before"))


def run_relief(case: Case, book: Practice) -> Relief:
    return budget_relief(Debt(**_with(case, "original paid decided without_means last_relief")), case["day"])


def run_costs(case: Case, book: Practice) -> Costs:
    return costs([Work(rate, units) for rate, units in case["works"]], case["day"], book.rates)


def run_cost_relief(case: Case, book: Practice) -> Any:
    return cost_relief(case["ground"], case["due"], case["paid"], case["day"])


def run_interest(case: Case, book: Practice) -> Interest:
    return late_interest(
        case["principal"],
        Fraction(case["rate"]),
        case["start"],
        case["end"],
        payments=[Payment(day, amount) for day, amount in case.get("payments", ())],
        spans=_spans(case),
        **_with(case, "days_of_year start_from_judgment"),
    )


RUN: dict[str, Callable[[Case, Practice], Any]] = {
    "deadlines": run_deadline,
    "limitation": run_limitation,
    "coercion_days": run_coercion_day,
    "complaints": run_window,
    "answers": run_answer,
    "fees": run_fee,
    "wages": run_wages,
    "housing": run_housing,
    "distribution": run_distribution,
    "auction": run_auction,
    "relief": run_relief,
    "costs": run_costs,
    "cost_reliefs": run_cost_relief,
    "interest": run_interest,
}
