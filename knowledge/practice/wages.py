"""How much may be taken from the debtor's income each month: a share before 01/7/2026, all above a minimum to live on since then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.citation import Citation
from knowledge.practice.amounts import Amount, Amounts, doubts, state
from knowledge.practice.step import Step, check_money, law_on, place, write_day, write_money
from knowledge.transition import DECREE, NEW, OLD

HIGHEST_SHARE = 30  # per cent of wages, pension and disability allowance, Điều 78 khoản 3 of the old law
Income = Literal["wage", "business", "other"]


@dataclass(frozen=True, slots=True)
class Withholding:
    """What may be taken and what stays a month; None where the law gives no figure or we have none."""

    law: str
    most: int | None
    kept: int | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def withholding(
    income: int,
    on: date,
    amounts: Amounts,
    *,
    region: str = "I",
    dependants: int = 0,
    kind: Income = "wage",
    agreed: int | None = None,
) -> Withholding:
    """The most that may be taken from a month's income; `agreed` is what the parties agreed to instead.

    `region`: where the debtor really lives; `dependants`: those the tax office has confirmed.
    """
    check_money(income=income, agreed=agreed or 0, dependants=dependants)
    law = law_on(on)
    if agreed is not None:
        taken = min(agreed, income)
        basis = place(OLD, "78", "3") if law == OLD else _basis(kind)
        return Withholding(
            law, taken, income - taken, (Step(f"Theo thỏa thuận của đương sự: trừ {write_money(taken)}.", basis),), ()
        )
    return _share(income, kind) if law == OLD else _above_minimum(income, on, amounts, region, dependants, kind)


def _share(income: int, kind: Income) -> Withholding:
    if kind == "business":
        return Withholding(OLD, None, None, (), ("Luật cũ trong thư viện không có con số cho thu nhập từ kinh doanh.",))
    if kind == "other":
        sentence = "Thu nhập khác: trừ theo thu nhập thực tế nhưng phải bảo đảm sinh hoạt tối thiểu của người đó và người được nuôi dưỡng."
        return Withholding(
            OLD, None, None, (Step(sentence, place(OLD, "78", "3")),), ("Luật cũ không cho con số với thu nhập khác.",)
        )
    most = income * HIGHEST_SHARE // 100
    sentence = f"Cao nhất {HIGHEST_SHARE}% của {write_money(income)} nhận hằng tháng: {write_money(most)}; còn lại {write_money(income - most)}."
    return Withholding(OLD, most, income - most, (Step(sentence, place(OLD, "78", "3")),), ())


def _above_minimum(income: int, on: date, amounts: Amounts, region: str, dependants: int, kind: Income) -> Withholding:
    wage = amounts.minimum_wage(region, on)
    if wage is None:
        return Withholding(
            NEW, None, None, (), (f"Không có mức lương tối thiểu vùng {region} ngày {write_day(on)} trong dữ liệu.",)
        )
    persons = 1 if kind == "business" else 1 + dependants
    kept = persons * wage.value
    most = max(0, income - kept)
    basis = _basis(kind)
    steps = [state(wage), Step(_kept_sentence(persons, wage, kind), basis)]
    steps.append(
        Step(f"Trừ được nhiều nhất {write_money(income)} - {write_money(kept)} = {write_money(most)}.", basis)
        if most
        else Step(f"Thu nhập {write_money(income)} không vượt quá số tiền phải để lại: không trừ vào thu nhập.", basis)
    )
    return Withholding(NEW, most, income - most, tuple(steps), (*doubts(wage, on), *_silent(income, kept, kind)))


def _basis(kind: Income) -> tuple[Citation, ...]:
    return (
        (*place(NEW, "74", "1"), *place(DECREE, "50", "1"))
        if kind == "business"
        else (*place(NEW, "76", "3"), *place(DECREE, "51", "1"))
    )


def _kept_sentence(persons: int, wage: Amount, kind: Income) -> str:
    if kind == "business":
        return f"Để lại cho sinh hoạt của người phải thi hành án và gia đình 01 lần lương tối thiểu tháng: {write_money(wage.value)}."
    each = f" và {persons - 1} người được nuôi dưỡng" if persons > 1 else ""
    return f"Để lại 01 lần lương tối thiểu tháng cho người phải thi hành án{each}: {persons} x {write_money(wage.value)}."


def _silent(income: int, kept: int, kind: Income) -> tuple[str, ...]:
    if kind == "business":
        return (
            "Còn phải để lại số tiền tối thiểu cho hoạt động kinh doanh; Nghị định không cho con số, Chấp hành viên xác định.",
        )
    if income == kept:
        return ("Nghị định chỉ nói thu nhập nhỏ hơn mức để lại; bằng đúng mức đó thì cũng không còn gì để trừ.",)
    return ()
