"""The enforcement fee on what is received: who pays it, how much, when none, when less."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from knowledge.practice.amounts import Amount, Amounts, doubts, state
from knowledge.practice.fee_schedule import FeeRelief, FeeSchedule
from knowledge.practice.step import Step, check_money, half_up, law_on, place, write_day, write_money
from knowledge.transition import NEW, OLD, pays_fee_as_debtor

Stage = Literal["before_decision", "voluntary", "settled", "enforced"]
Requester = Literal["creditor", "debtor"]
_PAYERS: dict[Requester, str] = {"creditor": "người được thi hành án", "debtor": "người phải thi hành án"}
UNCONFIRMED = (
    "Chưa xác nhận được mức phí từ 01/7/2026: không tìm thấy thông tư thay Thông tư 216/2016/TT-BTC, văn bản này hướng dẫn luật cũ; "
    "hãy hỏi cơ quan thi hành án dân sự trước khi nộp."
)
ROUNDING = "Thông tư không nói cách làm tròn; ở đây làm tròn đến đồng."


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is received now, and what decides its fee.

    `before`: received earlier in the same case; `requested`: the whole value asked for; `stage`: paid before the decision, in the
    voluntary time, settled between the parties before coercion, or collected by the office; `relief_part`: what came from the assets
    that the relief speaks of (None: all); `relief_percent`: what was granted where the law says "up to".
    """

    received: int
    before: int = 0
    requested: int | None = None
    stage: Stage = "enforced"
    no_fee: str | None = None
    relief: str | None = None
    relief_part: int | None = None
    relief_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Fee:
    """The fee; `amount` is None when we do not know what would decide it, `full` is the fee before any reduction."""

    law: str
    payer: str
    amount: int | None
    full: int | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def fee(
    receipt: Receipt,
    on: date,
    schedule: FeeSchedule,
    amounts: Amounts,
    *,
    requested_by: Requester = "creditor",
    decided: date | None = None,
) -> Fee:
    """The fee on a receipt of the day `on`; `decided` is the day of the decision to enforce (without it: `on`)."""
    _check(receipt)
    law = law_on(on)
    payer = _PAYERS[requested_by if law == NEW else "creditor"]
    steps = [_payer(law, payer, schedule, on)]
    warnings = (UNCONFIRMED,) if on >= schedule.confirmed_until else ()
    free = _free_debtor(receipt, decided or on) if law == NEW and requested_by == "debtor" else _free(receipt, schedule)
    if free:
        silent = _free_debtor_doubt(decided or on) if law == NEW and requested_by == "debtor" else ()
        return Fee(law, payer, 0, 0, (*steps, free), (*warnings, *silent))
    if receipt.stage == "before_decision":
        silent = ("Thông tư không nói về khoản giao, nhận trước khi có quyết định thi hành án.",)
        return Fee(law, payer, None, None, tuple(steps), (*warnings, *silent))
    salary = amounts.base_salary(on)
    if on < schedule.since or salary is None:
        missing = f"Không có quy định hoặc mức lương cơ sở trong dữ liệu cho ngày {write_day(on)}, nên không tính được phí."
        return Fee(law, payer, None, None, tuple(steps), (*warnings, missing))
    if law == NEW and requested_by == "debtor":
        warnings = (
            *warnings,
            "Thông tư 216/2016/TT-BTC chỉ nói người được thi hành án; mức cho người phải thi hành án là suy ra.",
        )
    return _computed(receipt, on, schedule, salary, Fee(law, payer, None, None, tuple(steps), warnings))


def _check(receipt: Receipt) -> None:
    check_money(received=receipt.received, before=receipt.before, requested=receipt.requested or 0)
    if receipt.relief_part is not None and not 0 <= receipt.relief_part <= receipt.received:
        raise ValueError(f"relief_part is {receipt.relief_part}; it lies between 0 and what was received")


def _payer(law: str, payer: str, schedule: FeeSchedule, on: date) -> Step:
    if law == OLD:
        circular = place(schedule.law, "2") if on >= schedule.since else ()
        return Step("Người được thi hành án nộp phí khi nhận được tiền, tài sản.", (*place(OLD, "60"), *circular))
    return Step(f"Đương sự yêu cầu thi hành án nộp phí: ở đây là {payer}.", (*place(NEW, "53", "1"), *place(NEW, "3", "10")))


def _free_debtor(receipt: Receipt, decided: date) -> Step | None:
    """Why a debtor who asked for enforcement pays nothing."""
    if not pays_fee_as_debtor(decided):
        sentence = f"Quyết định thi hành án theo yêu cầu của người phải thi hành án ra ngày {write_day(decided)}, trước 01/7/2026: không chịu phí."
        return Step(sentence, place(NEW, "53", "1"))
    if receipt.stage in ("before_decision", "voluntary"):
        return Step(
            "Khoản đã thi hành trước quyết định thi hành án hoặc trong thời hạn tự nguyện: không chịu phí.", place(NEW, "53", "1")
        )
    return None


def _free_debtor_doubt(decided: date) -> tuple[str, ...]:
    if pays_fee_as_debtor(decided):
        return ()
    return ("Luật không nói người được thi hành án có phải nộp phí thay trong trường hợp này hay không.",)


def _free(receipt: Receipt, schedule: FeeSchedule) -> Step | None:
    """Why nobody pays: a case without fee, or paid of one's own will in time."""
    if receipt.stage == "voluntary":
        return Step(
            "Tiền, tài sản tự nguyện thi hành trong thời hạn tự nguyện: không chịu phí.", schedule.voluntary_basis, decides=True
        )
    if receipt.no_fee is None:
        return None
    case = next((each for each in schedule.no_fee if each.id == receipt.no_fee), None)
    if case is None:
        raise ValueError(f"no_fee {receipt.no_fee!r} is not in the schedule; known are {[each.id for each in schedule.no_fee]}")
    return Step(f"Không chịu phí: {case.text}.", case.basis, decides=True)


def _computed(receipt: Receipt, on: date, schedule: FeeSchedule, salary: Amount, so_far: Fee) -> Fee:
    threshold = schedule.threshold_times * salary.value
    steps = [*so_far.steps, state(salary)]
    warnings = [*so_far.warnings, *doubts(salary, on)]
    total = receipt.before + receipt.received
    if receipt.no_fee is not None:  # asked by a debtor, who is not free in the cases that the circular names for creditors
        warnings.append(
            "Các trường hợp không chịu phí của Thông tư nói về người được thi hành án; chưa rõ có áp dụng cho người phải thi hành án."
        )
    small = receipt.requested if receipt.requested is not None and receipt.requested <= threshold else total
    if small <= threshold:
        sentence = f"{write_money(small)} không vượt quá {schedule.threshold_times} lần lương cơ sở ({write_money(threshold)}): không chịu phí."
        return replace(
            so_far,
            amount=0,
            full=0,
            steps=(*steps, Step(sentence, schedule.threshold_basis, decides=True)),
            warnings=tuple(warnings),
        )
    exact = schedule.full(total) - (schedule.full(receipt.before) if receipt.before > threshold else 0)
    steps += _tier_steps(receipt, schedule, exact, threshold)
    due, more = _reduced(exact, receipt, schedule)
    warnings += [ROUNDING] if due.denominator > 1 else []
    return replace(so_far, amount=half_up(due), full=half_up(exact), steps=(*steps, *more), warnings=tuple(warnings))


def _tier_steps(receipt: Receipt, schedule: FeeSchedule, exact: Fraction, threshold: int) -> list[Step]:
    total = receipt.before + receipt.received
    tier = schedule.tier(total)
    percent = f"{tier.per_ten_thousand / 100:g}%".replace(".", ",")
    plus = f"{write_money(tier.plus)} + " if tier.plus else ""
    above = f" phần vượt {write_money(tier.above)}" if tier.above else ""
    steps = [
        Step(
            f"Phí trên {write_money(total)}: {plus}{percent}{above} = {write_money(half_up(schedule.full(total)))}.",
            tier.basis,
            decides=True,
        )
    ]
    if receipt.before > threshold:
        earlier = write_money(half_up(schedule.full(receipt.before)))
        steps.append(
            Step(
                f"Trừ phí của {write_money(receipt.before)} đã nhận trước ({earlier}): {write_money(half_up(exact))}.",
                schedule.instalment_basis,
            )
        )
    elif receipt.before:
        sentence = f"Các lần trước ({write_money(receipt.before)}) chưa vượt ngưỡng nên chưa nộp; nay tính trên tổng đã nhận."
        steps.append(Step(sentence, schedule.small_instalment_basis))
    return steps


def _reduced(exact: Fraction, receipt: Receipt, schedule: FeeSchedule) -> tuple[Fraction, list[Step]]:
    """What is left of the fee after the share of a settlement and a relief."""
    steps, due = [], exact
    if receipt.stage == "settled":
        due = exact / schedule.settled_divisor
        sentence = (
            f"Đương sự tự giao, nhận trước khi cưỡng chế: 1/{schedule.settled_divisor} mức phí = {write_money(half_up(due))}."
        )
        steps.append(Step(sentence, schedule.settled_basis))
    if receipt.relief is None:
        return due, steps
    relief = next((each for each in schedule.reliefs if each.id == receipt.relief), None)
    if relief is None:
        raise ValueError(f"relief {receipt.relief!r} is not in the schedule; known are {[each.id for each in schedule.reliefs]}")
    off = due * _share(receipt, relief) * Fraction(_percent(receipt, relief), 100)
    steps.append(_relief_step(relief, _percent(receipt, relief), off))
    return due - off, steps


def _percent(receipt: Receipt, relief: FeeRelief) -> int:
    granted = relief.percent if receipt.relief_percent is None else receipt.relief_percent
    if not 0 <= granted <= relief.percent or (granted != relief.percent and not relief.up_to):
        raise ValueError(f"{granted} per cent: {relief.id} allows {'up to ' if relief.up_to else ''}{relief.percent}")
    return granted


def _share(receipt: Receipt, relief: FeeRelief) -> Fraction:
    if not relief.part or receipt.relief_part is None or not receipt.received:
        return Fraction(1)
    return Fraction(receipt.relief_part, receipt.received)


def _relief_step(relief: FeeRelief, percent: int, off: Fraction) -> Step:
    if relief.percent == 100:
        return Step(f"Được miễn phí ({relief.text}): bớt {write_money(half_up(off))}.", relief.basis)
    most = f" (mức tối đa {relief.percent}%)" if relief.up_to else ""
    return Step(f"Được giảm {percent}%{most} ({relief.text}): bớt {write_money(half_up(off))}.", relief.basis)


def fees_of_each(received: Mapping[str, int], on: date, schedule: FeeSchedule, amounts: Amounts) -> dict[str, Fee]:
    """The fee of each who receives from the same case: each on what he receives for himself, after what he pays to the others."""
    return {name: fee(Receipt(amount), on, schedule, amounts) for name, amount in received.items()}


def own_share(value: int, paid_to_others: int) -> int:
    """What somebody receives for himself who gets an asset and has to pay part of its value to others (Điều 4 khoản 2)."""
    check_money(value=value, paid_to_others=paid_to_others)
    return max(0, value - paid_to_others)
