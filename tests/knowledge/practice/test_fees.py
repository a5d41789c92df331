"""The enforcement fee: the circular's own examples, its borders, and what holds for every amount."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.practice.book import Practice, read_practice
from knowledge.practice.fees import Receipt, fee, fees_of_each, own_share
from tests.knowledge.practice.conftest import FOLDER, cases, check_told
from tests.knowledge.practice.run import Case, run_fee

BOOK = read_practice(FOLDER)
MONEY = st.integers(0, 40_000_000_000)
OLD_DAY, NEW_DAY = date(2025, 6, 10), date(2026, 8, 10)


def amount(receipt: Receipt, on: date = OLD_DAY) -> int:
    found = fee(receipt, on, BOOK.fees, BOOK.amounts)
    assert found.amount is not None
    return found.amount


@pytest.mark.parametrize("case", cases("fees"))
def test_fees_by_hand(case: Case, book: Practice) -> None:
    found = run_fee(case, book)
    assert found.amount == case["fee"]
    assert found.payer == case.get("payer", found.payer)
    check_told(case, found)


@given(MONEY, MONEY)
@settings(max_examples=300, deadline=None)
def test_who_receives_more_never_pays_less(one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert 0 <= amount(Receipt(less)) <= amount(Receipt(more)) <= more


@given(st.lists(st.integers(1, 5_000_000_000), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_instalments_pay_what_one_payment_would(parts: list[int]) -> None:
    paid = sum(amount(Receipt(part, before=sum(parts[:n]))) for n, part in enumerate(parts))
    assert abs(paid - amount(Receipt(sum(parts)))) <= len(parts)  # each instalment is rounded to the đồng


@given(MONEY, st.sampled_from([relief.id for relief in BOOK.fees.reliefs]))
@settings(max_examples=200, deadline=None)
def test_a_relief_never_makes_it_dearer(received: int, relief: str) -> None:
    assert 0 <= amount(Receipt(received, relief=relief)) <= amount(Receipt(received))


def test_each_pays_for_himself() -> None:
    found = fees_of_each({"A": 200_000_000, "B": own_share(500_000_000, 200_000_000)}, OLD_DAY, BOOK.fees, BOOK.amounts)
    assert {name: each.amount for name, each in found.items()} == {"A": 6_000_000, "B": 9_000_000}


def test_the_fee_since_the_change_is_always_said_to_be_unconfirmed() -> None:
    for received in (1, 50_000_000):
        assert "Chưa xác nhận" in fee(Receipt(received), NEW_DAY, BOOK.fees, BOOK.amounts).warnings[0]
    assert not any(
        "Chưa xác nhận được mức phí" in warning for warning in fee(Receipt(1), OLD_DAY, BOOK.fees, BOOK.amounts).warnings
    )


@pytest.mark.parametrize(
    "receipt",
    [
        Receipt(-1),
        Receipt(10, before=-1),
        Receipt(10, relief_part=11, relief="verified"),
        Receipt(10_000_000, no_fee="nothing"),
        Receipt(10_000_000, relief="nothing"),
        Receipt(10_000_000, relief="verified", relief_percent=10),
        Receipt(10_000_000, relief="poor", relief_percent=81),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(receipt: Receipt) -> None:
    with pytest.raises(ValueError, match=r"money|relief|no_fee|per cent"):
        amount(receipt)
