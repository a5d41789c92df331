"""Costs, interest, relief of what is owed to the budget, distribution and auction."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.practice.auction import lowest_after
from knowledge.practice.book import Practice
from knowledge.practice.costs import Work, advance, costs
from knowledge.practice.distribution import Claim, Deductions, distribute, pro_rata
from knowledge.practice.interest import Payment, late_interest
from knowledge.practice.relief import Debt, budget_relief
from tests.knowledge.practice.conftest import cases, check_told, places
from tests.knowledge.practice.run import (
    Case,
    run_auction,
    run_cost_relief,
    run_costs,
    run_distribution,
    run_interest,
    run_relief,
)

START, END = date(2026, 7, 1), date(2026, 12, 1)
DAYS = st.sampled_from([date(2025, 6, 10), date(2026, 7, 1)])
MONEY = st.integers(0, 10**12)


@pytest.mark.parametrize("case", cases("costs"))
def test_costs_that_the_law_fixes(case: Case, book: Practice) -> None:
    found = run_costs(case, book)
    assert (found.least, found.most) == (case["least"], case["most"])
    check_told(case, found)


@pytest.mark.parametrize("case", cases("cost_reliefs"))
def test_relief_of_costs(case: Case, book: Practice) -> None:
    found = run_cost_relief(case, book)
    assert (found.off, found.left) == (case["taken_off"], case["left"])
    check_told(case, found)


def test_who_advances_the_costs() -> None:
    assert "86.1 152/2026/NĐ-CP" in places(advance(START))
    assert "73.4 26/2008/QH12" in places(advance(date(2026, 6, 30)))


def test_an_unknown_work_is_refused(book: Practice) -> None:
    with pytest.raises(ValueError, match="'nothing'"):
        costs([Work("nothing", 1)], START, book.rates)


@pytest.mark.parametrize("case", cases("interest"))
def test_late_interest(case: Case, book: Practice) -> None:
    found = run_interest(case, book)
    assert (found.amount, found.days, found.principal_left) == (case["amount"], case["days"], case["left"])
    assert found.surplus == case.get("surplus", 0)
    check_told(case, found)


@given(MONEY, st.fractions(0, 1, max_denominator=1000), st.integers(0, 3000))
def test_interest_grows_with_the_days_and_is_never_negative(principal: int, rate: Fraction, days: int) -> None:
    first = late_interest(principal, rate, START, START + timedelta(days=days))
    second = late_interest(principal, rate, START, START + timedelta(days=days + 1))
    assert 0 <= first.amount <= second.amount


@given(st.integers(1, 10**10), st.lists(st.tuples(st.integers(0, 153), st.integers(0, 10**10)), max_size=5))
def test_payments_only_make_interest_less_and_none_is_lost(principal: int, paid: list[tuple[int, int]]) -> None:
    payments = [Payment(START + timedelta(days=n), amount) for n, amount in paid]
    found = late_interest(principal, Fraction(1, 10), START, END, payments=payments)
    assert found.amount <= late_interest(principal, Fraction(1, 10), START, END).amount
    assert principal - found.principal_left + found.surplus == sum(amount for _, amount in paid)


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": START - timedelta(days=1)},
        {"rate": Fraction(-1)},
        {"days_of_year": 300},
        {"payments": [Payment(END + timedelta(days=1), 1)]},
        {"principal": -1},
    ],
    ids=str,
)
def test_interest_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    given_: dict[str, Any] = {"principal": 1, "rate": Fraction(1), "start": START, "end": END, **wrong}
    with pytest.raises(ValueError, match=r"days|money|rate"):
        late_interest(**given_)


@pytest.mark.parametrize("case", cases("relief"))
def test_relief_of_what_is_owed_to_the_budget(case: Case, book: Practice) -> None:
    found = run_relief(case, book)
    assert (found.outcome, found.most) == (case["outcome"], case["most"])
    check_told(case, found)


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 20), DAYS)
def test_relief_is_never_more_than_what_is_left(original: int, paid: int, years: int, on: date) -> None:
    debt = Debt(original, min(paid, original), on - timedelta(days=366 * years))
    found = budget_relief(debt, on)
    assert 0 <= found.most <= debt.left
    assert (found.most > 0) is (found.outcome in ("exempt", "reduced"))
    assert found.outcome != "reduced" or found.most <= 50_000_000


def test_more_paid_than_owed_is_refused() -> None:
    with pytest.raises(ValueError, match="left"):
        budget_relief(Debt(1, 2, START), END)


@pytest.mark.parametrize("case", cases("distribution"))
def test_who_gets_what(case: Case, book: Practice) -> None:
    found = run_distribution(case, book)
    assert (list(found.paid), found.to_debtor) == (case["paid"], case["to_debtor"])
    check_told(case, found)


CLAIMS = st.lists(
    st.builds(
        Claim,
        st.text("ABC", min_size=1, max_size=2),
        st.integers(0, 10**9),
        st.sampled_from(["support", "court_fee", "fine", "insurance", "other"]),
        st.sampled_from(["coercion", "later"]),
        st.booleans(),
    ),
    max_size=8,
)


@given(st.integers(0, 10**10), CLAIMS, st.builds(Deductions, MONEY, MONEY, MONEY, MONEY), DAYS)
@settings(max_examples=300)
def test_not_a_dong_is_lost_and_nobody_gets_too_much(proceeds: int, claims: list[Claim], taken: Deductions, on: date) -> None:
    found = distribute(proceeds, claims, on, taken)
    assert found.deducted + sum(found.paid) + found.to_debtor == proceeds
    assert all(0 <= share <= each.amount for share, each in zip(found.paid, claims, strict=True))
    assert not found.to_debtor or all(share == each.amount for share, each in zip(found.paid, claims, strict=True))


@given(st.integers(0, 10**10), st.lists(st.integers(0, 10**9), max_size=10))
def test_shares_are_in_the_ratio_of_the_amounts(money: int, amounts: list[int]) -> None:
    shares, total = pro_rata(money, amounts), sum(amounts)
    assert sum(shares) == min(money, total)
    assert all(abs(share * total - min(money, total) * amount) <= total for share, amount in zip(shares, amounts, strict=True))


@pytest.mark.parametrize("case", cases("auction"))
def test_reserve_prices(case: Case, book: Practice) -> None:
    found = run_auction(case, book)
    assert [each.price for each in found.rounds] == case["prices"]
    assert (found.rounds[-1].creditor_may_take, found.rounds[-1].returns) == (case["take"], case["returns"])
    check_told(case, found)


@given(st.integers(1, 10**12), st.integers(1, 10))
def test_no_reduction_is_more_than_a_tenth(price: int, percent: int) -> None:
    lower = lowest_after(price, percent)
    assert lower <= price
    assert 10 * (price - lower) <= price


def test_more_than_a_tenth_is_refused() -> None:
    with pytest.raises(ValueError, match="11 per cent"):
        lowest_after(100, 11)
