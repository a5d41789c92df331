"""The rent set aside for a debtor whose only home is handed to its buyer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.citation import Citation
from knowledge.practice.amounts import Amounts, doubts, state
from knowledge.practice.step import Step, check_money, law_on, place, write_day, write_money
from knowledge.transition import DECREE, NEW, OLD

MONTHS = 12


@dataclass(frozen=True, slots=True)
class RentReserve:
    """What is set aside from the sale before creditors are paid; None where the figure that decides is not known."""

    law: str
    amount: int | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def rent_reserve(
    proceeds: int,
    left_after_paying: int,
    on: date,
    amounts: Amounts,
    *,
    only_home: bool = True,
    region: str = "I",
    monthly_rent: int | None = None,
) -> RentReserve:
    """The rent for a year, when what would be left to the debtor after paying is not enough for it.

    `region`: where the debtor is registered; `monthly_rent`: the average rent of the place, which the old law goes by.
    """
    check_money(proceeds=proceeds, left_after_paying=left_after_paying, monthly_rent=monthly_rent or 0)
    law = law_on(on)
    basis = place(OLD, "115", "5") if law == OLD else (*place(NEW, "89", "2"), *place(DECREE, "67", "3"))
    if not only_home:
        return RentReserve(law, 0, (Step("Không phải nhà ở duy nhất: không trích lại tiền thuê nhà.", basis),), ())
    rent, steps, warnings = _old_rent(monthly_rent, basis) if law == OLD else _new_rent(region, on, amounts, basis)
    if rent is None:
        return RentReserve(law, None, steps, warnings)
    if left_after_paying >= rent:
        sentence = f"Sau khi thanh toán còn {write_money(left_after_paying)}, đủ thuê nhà 01 năm: không trích."
        return RentReserve(law, 0, (*steps, Step(sentence, basis)), warnings)
    amount = min(rent, proceeds)
    sentence = f"Sau khi thanh toán chỉ còn {write_money(left_after_paying)}: trích {write_money(amount)} trước khi trả cho người được thi hành án."
    silent = (
        "Luật không nói số tiền còn lại của người phải thi hành án có được trừ vào khoản trích hay không; ở đây trích đủ mức."
    )
    return RentReserve(law, amount, (*steps, Step(sentence, basis)), (*warnings, silent) if left_after_paying else warnings)


_Rent = tuple[int | None, tuple[Step, ...], tuple[str, ...]]


def _old_rent(monthly_rent: int | None, basis: tuple[Citation, ...]) -> _Rent:
    if monthly_rent is None:
        return None, (), ("Luật cũ tính theo giá thuê nhà trung bình tại địa phương trong 01 năm; cần biết giá thuê một tháng.",)
    rent = MONTHS * monthly_rent
    return (
        rent,
        (Step(f"Giá thuê trung bình tại địa phương {write_money(monthly_rent)}/tháng x 01 năm = {write_money(rent)}.", basis),),
        (),
    )


def _new_rent(region: str, on: date, amounts: Amounts, basis: tuple[Citation, ...]) -> _Rent:
    wage = amounts.minimum_wage(region, on)
    if wage is None:
        return None, (), (f"Không có mức lương tối thiểu vùng {region} ngày {write_day(on)} trong dữ liệu.",)
    rent = MONTHS * wage.value
    sentence = (
        f"{MONTHS} lần lương tối thiểu tháng theo vùng nơi cư trú: {MONTHS} x {write_money(wage.value)} = {write_money(rent)}."
    )
    return rent, (state(wage), Step(sentence, basis)), doubts(wage, on)
