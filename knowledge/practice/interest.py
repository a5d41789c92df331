"""Late-payment interest in enforcement: simple interest on what is still to be paid, day by day, without the days on which none runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from knowledge.citation import Citation
from knowledge.practice.spans import SPAN_NAMES, Span, SpanKind, merged
from knowledge.practice.step import Step, check_money, half_up, law_on, place, write_day, write_money
from knowledge.transition import CHANGED, DECREE, NEW, OLD

JOINT_CIRCULAR = "11/2016/TTLT-BTP-TANDTC-VKSNDTC"
DAYS_OF_YEAR = 365
NO_RATE = "Pháp luật thi hành án dân sự trong thư viện không quy định lãi suất: dùng lãi suất ghi trong bản án, quyết định."
DAY_BASIS = (
    "Pháp luật thi hành án dân sự không nói cách đếm ngày và cơ sở năm để tính lãi: ở đây tính từ ngày đầu đến trước ngày thu được tiền, "
    "một năm {days} ngày."
)
NO_START = "Luật cũ trong thư viện không nói lãi chậm thi hành án tính từ ngày nào khi bản án không xác định."
_FREE: dict[str, dict[SpanKind, tuple[Citation, ...]]] = {
    OLD: {
        "agreed_postponement": place(OLD, "48", "1", "c"),
        "postponement": place(OLD, "48", "2"),
        "suspension": place(OLD, "49", "1"),
    },
    NEW: {
        "agreed_postponement": place(NEW, "46", "1", "c"),
        "postponement": place(NEW, "46", "2"),
        "suspension": place(NEW, "47", "2"),
    },
}


@dataclass(frozen=True, slots=True)
class Payment:
    """Money collected on a day; it goes to the principal first."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Interest:
    """The interest up to the day, the principal still open then, the days that counted, and what the payments left over."""

    law: str
    amount: int
    principal_left: int
    surplus: int
    days: int
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def late_interest(
    principal: int,
    rate: Fraction,
    start: date,
    end: date,
    *,
    payments: Sequence[Payment] = (),
    spans: Sequence[Span] = (),
    days_of_year: int = DAYS_OF_YEAR,
    start_from_judgment: bool = True,
) -> Interest:
    """Interest from `start` (its day counts) to `end` (its day does not), at a yearly rate that the caller takes from the judgment.

    `spans`: agreed postponement, postponement asked for by who may protest, suspension because of a protest: no interest runs then.
    """
    _check(principal, rate, start, end, payments, days_of_year)
    law = law_on(end)
    free = [span for span in spans if span.kind in _FREE[law]]
    total, left, surplus, days = Fraction(0), principal, 0, 0
    steps = [_rule(law), *_start(law, start, from_judgment=start_from_judgment), *_free_steps(free, law)]
    at = start
    for payment in [*sorted(payments, key=lambda each: each.on), Payment(end, 0)]:
        count = _days(at, payment.on, free)
        part = left * rate * Fraction(count, days_of_year)
        if payment.on > at:
            steps.append(_part_step(left, rate, at, payment.on, count, part))
        total, days, at = total + part, days + count, payment.on
        paid = min(left, payment.amount)
        left, surplus = left - paid, surplus + payment.amount - paid
        if paid:
            steps.append(
                Step(
                    f"Ngày {write_day(payment.on)} thu {write_money(paid)}, trừ vào tiền gốc: còn {write_money(left)}.",
                    _order(law),
                )
            )
    warnings = (NO_RATE, DAY_BASIS.format(days=days_of_year), *_doubts(law, start, spans, start_from_judgment))
    return Interest(law, half_up(total), left, surplus, days, tuple(steps), warnings)


def _check(principal: int, rate: Fraction, start: date, end: date, payments: Sequence[Payment], days_of_year: int) -> None:
    check_money(principal=principal, payment=min((each.amount for each in payments), default=0))
    if rate < 0 or days_of_year not in (360, 365, 366):
        raise ValueError(f"rate {rate} a year of {days_of_year} days cannot be")
    if end < start or any(not start <= each.on <= end for each in payments):
        raise ValueError(f"the days do not follow one another: {start}, payments, {end}")


def _days(first: date, end: date, free: Sequence[Span]) -> int:
    """Days from `first` up to but not on `end`, without the free ones."""
    out = sum(max(0, (min(last + timedelta(days=1), end) - max(begin, first)).days) for begin, last in merged(free))
    return (end - first).days - out


def _order(law: str) -> tuple[Citation, ...]:
    return place(JOINT_CIRCULAR, "6", "1") if law == OLD else place(DECREE, "29", "1")


def _rule(law: str) -> Step:
    if law == OLD:
        return Step("Tiền thu được thanh toán số tiền được tuyên trước, sau đó mới đến lãi chậm thi hành án.", _order(law))
    return Step("Chỉ tính lãi trên số tiền còn phải thi hành, không tính lãi của tiền lãi chưa trả.", place(DECREE, "29", "2"))


def _start(law: str, start: date, *, from_judgment: bool) -> list[Step]:
    if from_judgment:
        return [Step(f"Tính lãi từ {write_day(start)}, theo bản án, quyết định.", place(DECREE, "29", "2") if law == NEW else ())]
    if law == NEW:
        return [
            Step(
                f"Bản án, quyết định không xác định: tính từ ngày yêu cầu thi hành án {write_day(start)}.",
                place(DECREE, "29", "2"),
            )
        ]
    return [Step(f"Tính lãi từ {write_day(start)}.")]


def _free_steps(free: Sequence[Span], law: str) -> list[Step]:
    return [
        Step(
            f"Không chịu lãi trong thời gian {SPAN_NAMES[span.kind]} từ {write_day(span.first)} đến {write_day(span.last)}.",
            _FREE[law][span.kind],
        )
        for span in free
    ]


def _part_step(left: int, rate: Fraction, first: date, end: date, days: int, part: Fraction) -> Step:
    percent = f"{float(rate * 100):g}".replace(".", ",")
    return Step(
        f"Từ {write_day(first)} đến {write_day(end)}: {write_money(left)} x {percent}%/năm x {days} ngày = {write_money(half_up(part))}."
    )


def _doubts(law: str, start: date, spans: Sequence[Span], from_judgment: bool) -> tuple[str, ...]:
    found = [] if from_judgment or law == NEW else [NO_START]
    if start < CHANGED and law == NEW:
        found.append(
            "Lãi chạy qua 01/7/2026: luật không có quy định chuyển tiếp riêng; ở đây tính theo quy định của ngày thu tiền."
        )
    if any(span.kind == "agreed_postponement" for span in spans):
        found.append("Đương sự có thể thỏa thuận vẫn chịu lãi trong thời gian hoãn.")
    if any(span.kind not in _FREE[law] for span in spans):
        found.append(
            "Luật không nói lãi chậm thi hành án ngừng chạy khi có trở ngại khách quan, bất khả kháng, tình trạng khẩn cấp; ở đây vẫn tính."
        )
    return tuple(found)
