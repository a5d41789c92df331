"""The reserve price after failed auctions is worked out, what is missing is asked, and questions for the rule are left to the law."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import auction_texts
from bot.sums import Missing, Sum
from bot.sums.asked import Worked
from tests.bot.sums.rows import Row, Work, params, rows
from tests.knowledge.practice.conftest import places

ROWS = rows("price_cuts")
ASKED = {"failed": auction_texts.HOW_MANY_FAILED, "price": auction_texts.ON_WHAT}
WORKED, ASKING, LEFT = (
    [row for row in ROWS if "price" in row or "then" in row],
    [row for row in ROWS if "asks" in row],
    [row for row in ROWS if row.keys() == {"says"}],
)


@pytest.mark.parametrize("row", params(WORKED))
def test_worked_out(row: Row, worked: Work) -> None:
    result = worked(row["says"])
    assert isinstance(result, Sum)
    assert "price" not in row or f"{row['price']} đồng" in result.result.partition(":")[0]
    assert row.get("then", "") in result.result
    assert row.get("warns", "") in " ".join(result.warnings)
    assert row.get("basis", "83.3 106/2025/QH15") in places(result.steps)


@pytest.mark.parametrize("row", params(ASKING))
def test_asks_what_is_missing(row: Row, worked: Work) -> None:
    missing = worked(row["says"])
    assert isinstance(missing, Missing)
    assert missing.question == ASKED[row["asks"]]
    prices = [worked(f"{row['says']} – {option}") for option in missing.options]
    assert all(isinstance(price, Sum) for price in prices)
    assert len({price.result for price in prices if isinstance(price, Sum)}) == len(missing.options)


@pytest.mark.parametrize("row", params(LEFT))
def test_left_to_the_law(row: Row, worked: Work) -> None:
    assert worked(row["says"]) is None


@given(st.integers(1, 90_000), st.integers(1, 19))
def test_each_failed_auction_lowers_the_price_by_a_tenth_at_the_most(worked: Work, million: int, failed: int) -> None:
    said = f"gia khoi diem {million} trieu dau gia khong thanh {{}} lan giam con bao nhieu"
    before, after = (_price(worked(said.format(count))) for count in (failed, failed + 1))
    assert 0 < after <= before
    assert 10 * (before - after) <= before


def _price(result: Worked) -> int:
    assert isinstance(result, Sum)
    return int(result.result.removeprefix("Thấp nhất ").split(" đồng")[0].replace(".", ""))
