"""What stays with the debtor: of his income each month, and of the sale of his only home."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.practice.amounts import REGIONS
from knowledge.practice.book import Practice, read_practice
from knowledge.practice.wages import withholding
from tests.knowledge.practice.conftest import FOLDER, cases, check_told
from tests.knowledge.practice.run import Case, run_housing, run_wages

BOOK = read_practice(FOLDER)
DAYS = st.sampled_from([date(2025, 6, 10), date(2026, 6, 30), date(2026, 7, 1), date(2026, 11, 23)])


@pytest.mark.parametrize("case", cases("wages"))
def test_what_may_be_taken_from_income(case: Case, book: Practice) -> None:
    found = run_wages(case, book)
    assert (found.most, found.kept) == (case["most"], case["kept"])
    check_told(case, found)


@pytest.mark.parametrize("case", cases("housing"))
def test_the_rent_that_is_set_aside(case: Case, book: Practice) -> None:
    found = run_housing(case, book)
    assert found.amount == case["amount"]
    check_told(case, found)


@given(st.integers(0, 10**9), st.integers(0, 8), st.sampled_from(REGIONS), DAYS)
def test_what_is_taken_and_kept_is_the_income(income: int, dependants: int, region: str, on: date) -> None:
    found = withholding(income, on, BOOK.amounts, region=region, dependants=dependants)
    more = withholding(income, on, BOOK.amounts, region=region, dependants=dependants + 1)
    assert found.most is not None
    assert found.kept is not None
    assert more.most is not None
    assert found.most >= 0
    assert found.most + found.kept == income
    assert more.most <= found.most


def test_a_region_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="region 'V'"):
        withholding(1, date(2026, 7, 1), BOOK.amounts, region="V")


def test_figures_from_outside_the_library_are_said_to_be_unconfirmed() -> None:
    found = withholding(10_000_000, date(2026, 7, 1), BOOK.amounts)
    assert any("chưa được đối chiếu" in warning for warning in found.warnings)
