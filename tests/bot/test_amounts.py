"""Money and days are read as people write them; what is not certain is left in the words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.amounts import read_figures
from tests.conftest import TODAY

MILLION, BILLION = 10**6, 10**9
MONEY = [
    ("500 triệu", 500 * MILLION),
    ("500tr", 500 * MILLION),
    ("500 tr đồng", 500 * MILLION),
    ("500 trieu", 500 * MILLION),
    ("350.000.000đ", 350 * MILLION),
    ("350.000.000 đồng", 350 * MILLION),
    ("350,000,000 VND", 350 * MILLION),
    ("350.000.000", 350 * MILLION),
    ("350000000đ", 350 * MILLION),
    ("1 tỷ", BILLION),
    ("1 tỉ", BILLION),
    ("1ty", BILLION),
    ("1 tỷ 2", 1_200 * MILLION),
    ("1 tỷ 25", 1_250 * MILLION),
    ("1 tỷ 250", 1_250 * MILLION),
    ("1 tỷ 200 triệu", 1_200 * MILLION),
    ("1ty2", 1_200 * MILLION),
    ("1,2 tỷ", 1_200 * MILLION),
    ("1.2 tỷ", 1_200 * MILLION),
    ("1,25 tỷ", 1_250 * MILLION),
    ("1 tỷ rưỡi", 1_500 * MILLION),
    ("2 triệu rưỡi", 2_500_000),
    ("2tr5", 2_500_000),
    ("2 triệu 350 nghìn", 2_350_000),
    ("1.500 triệu", 1_500 * MILLION),
    ("800k", 800_000),
    ("800 ngàn", 800_000),
    ("5.060.000 đồng", 5_060_000),
    ("12 triệu 2 con", 12 * MILLION),
    ("12 triệu 2 đứa con", 12 * MILLION),
    ("7 tỷ 3%", 7 * BILLION),
]


@pytest.mark.parametrize(("said", "expected"), MONEY, ids=[said for said, _ in MONEY])
def test_money(said: str, expected: int) -> None:
    assert read_figures(f"tôi nhận {said} thì sao", TODAY).money == (expected,)


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        pytest.param("3%", "3%", id="a share"),
        pytest.param("Điều 53", "dieu 53", id="an article"),
        pytest.param("0912345678", "0912345678", id="a telephone number"),
        pytest.param("bản án số 12/2024", "ban an so 12/2024", id="the number of a judgment"),
        pytest.param("Thông tư 216/2016/TT-BTC", "thong tu 216/2016/tt-btc", id="the number of a document"),
        pytest.param("tháng 3/2022", "thang 3/2022", id="a month"),
        pytest.param("năm 2022", "nam 2022", id="a year"),
        pytest.param("31/2/2026", "31/2/2026", id="a day that does not exist"),
        pytest.param("5 năm", "5 nam", id="years"),
        pytest.param("10 ngày", "10 ngay", id="days"),
        pytest.param("2 cụ già", "2 cu gia", id="two old people"),
    ],
)
def test_left_in_the_words(said: str, rest: str) -> None:
    found = read_figures(said, TODAY)
    assert (found.money, found.days, found.rest) == ((), (), rest)


DAYS = [
    ("ngày 3/8/2026", date(2026, 8, 3)),
    ("3-8-2026", date(2026, 8, 3)),
    ("03.08.2026", date(2026, 8, 3)),
    ("3/8/26", date(2026, 8, 3)),
    ("2026-08-03", date(2026, 8, 3)),
    ("ngày 3 tháng 8 năm 2026", date(2026, 8, 3)),
    ("ngay 3 thang 8", date(2026, 8, 3)),
    ("3/8", date(2026, 8, 3)),
    ("24/12", date(2025, 12, 24)),
    ("hôm nay", TODAY),
    ("hôm qua", date(2026, 11, 22)),
    ("hom kia", date(2026, 11, 21)),
    ("ngày 29/2/2024", date(2024, 2, 29)),
]


@pytest.mark.parametrize(("said", "expected"), DAYS, ids=[said for said, _ in DAYS])
def test_days(said: str, expected: date) -> None:
    found = read_figures(f"nhận quyết định {said} thì sao", TODAY)
    assert (found.days, found.money, found.rest) == ((expected,), (), "nhan quyet dinh thi sao")


def test_several() -> None:
    found = read_figures("ngày 3/8/2026 nhận 500tr, ngày 5/9/2026 nhận 1 tỷ 2", TODAY)
    assert found.money == (500 * MILLION, 1_200 * MILLION)
    assert found.days == (date(2026, 8, 3), date(2026, 9, 5))


def test_days_without_their_year_are_told_apart() -> None:
    found = read_figures("ngày 30/4 và hôm qua và 3/8/2026 và 2026-09-05", TODAY)
    assert found.yearless == {date(2026, 4, 30)}
    assert len(found.days) == 4


def test_a_comma_behind_an_amount_is_no_part_of_it() -> None:
    found = read_figures("nhà 2 tỷ 5, bán 1ty2. Hay 3 tỷ 2,5", TODAY)
    assert found.money[:2] == (2_500 * MILLION, 1_200 * MILLION)
    assert found.rest.endswith("2,5")


def test_a_range_is_not_one_amount() -> None:
    assert read_figures("từ 5 đến 7 tỷ", TODAY).rest == "tu 5 den"
