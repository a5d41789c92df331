"""Whether what is owed to the State budget may be let off or made less, and by how much at the most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.citation import Citation
from knowledge.practice.calendar import add_months
from knowledge.practice.step import Step, check_money, law_on, place, write_day, write_money
from knowledge.transition import NEW, OLD

JOINT_CIRCULAR = "12/2015/TTLT-BTP-BTC-TANDTC-VKSNDTC"
Outcome = Literal["exempt", "reduced", "none", "unknown"]
_SMALL, _MIDDLE, _LARGE, _HUGE = 2_000_000, 5_000_000, 10_000_000, 100_000_000
_MOST_OFF = 50_000_000
_FIRST_PART = 50  # at least one fiftieth paid, Điều 4 khoản 1 of the joint circular


@dataclass(frozen=True, slots=True)
class Debt:
    """What is owed to the budget: the whole sum of the judgment, what is paid of it, and the day of the first decision to enforce.

    `without_means`: no assets or income beyond a minimum to live on (confirmed by a verification not older than three months).
    `last_relief`: the day on which relief was granted last for this judgment.
    """

    original: int
    paid: int
    decided: date
    without_means: bool = True
    last_relief: date | None = None

    @property
    def left(self) -> int:
        return self.original - self.paid


@dataclass(frozen=True, slots=True)
class Relief:
    """The best that may be asked for: `most` is what may be let off at the most, late interest on it goes with it."""

    law: str
    outcome: Outcome
    most: int
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def budget_relief(debt: Debt, on: date) -> Relief:
    """What relief may be asked for on the day. Raises ValueError for more paid than owed."""
    check_money(original=debt.original, paid=debt.paid, left=debt.left)
    law = law_on(on)
    article = "61" if law == OLD else "42"
    if not debt.left:
        return Relief(law, "none", 0, (Step("Đã thi hành xong, không còn gì để miễn, giảm."),), ())
    if not debt.without_means:
        sentence = "Chưa thuộc trường hợp không có tài sản, thu nhập hoặc chỉ đủ sống tối thiểu: không được xét miễn, giảm theo thời hạn."
        return Relief(law, "none", 0, (Step(sentence, place(law, article, "1", "a")),), (_hardship(law),))
    if debt.last_relief is not None and on <= add_months(debt.last_relief, 12):
        clause = "5" if law == OLD else "4"
        sentence = f"Đã được miễn, giảm ngày {write_day(debt.last_relief)}; mỗi bản án chỉ được xét một lần trong 01 năm."
        return Relief(law, "none", 0, (Step(sentence, place(law, article, clause)),), ())
    five, ten = _passed(debt, on, 5), _passed(debt, on, 10)
    steps = [_time_step(debt, on, law, article, five=five, ten=ten)]
    outcome, most, step, warnings = _by_old(debt, five=five, ten=ten) if law == OLD else _by_new(debt, five=five, ten=ten)
    steps.append(step)
    if most and law == NEW:
        sentence = "Không gồm lãi chậm thi hành án; lãi chậm trên số tiền được miễn, giảm đương nhiên được miễn, giảm."
        steps.append(Step(sentence, place(NEW, "42", "4")))
    return Relief(law, outcome, most, tuple(steps), (*warnings, *_always(law)))


def _passed(debt: Debt, on: date, years: int) -> bool:
    """Whether so many years have ended: the day itself still belongs to them."""
    return on > add_months(debt.decided, 12 * years)


def _time_step(debt: Debt, on: date, law: str, article: str, *, five: bool, ten: bool) -> Step:
    ended = "đã hết 10 năm" if ten else "đã hết 05 năm, chưa hết 10 năm" if five else "chưa hết 05 năm"
    sentence = (
        f"Từ quyết định thi hành án lần đầu {write_day(debt.decided)} đến {write_day(on)}: {ended}; còn {write_money(debt.left)}."
    )
    return Step(sentence, place(law, article, "5"))


_Result = tuple[Outcome, int, Step, tuple[str, ...]]


def _by_new(debt: Debt, *, five: bool, ten: bool) -> _Result:
    left = debt.left
    if (five and left < _MIDDLE) or (ten and left <= _LARGE):
        return "exempt", left, Step(f"Được xét miễn toàn bộ {write_money(left)} còn lại.", place(NEW, "42", "1", "b")), ()
    if five and left <= _HUGE:
        return _reduced(left, left // 4, "một phần tư", place(NEW, "42", "2", "a"))
    if ten and left > _HUGE:
        return _reduced(left, min(left // 5, _MOST_OFF), "một phần năm, tối đa 50.000.000 đồng", place(NEW, "42", "2", "b"))
    return _nothing(left, (*place(NEW, "42", "1", "b"), *place(NEW, "42", "2")))


def _by_old(debt: Debt, *, five: bool, ten: bool) -> _Result:
    if not debt.paid:
        return _by_old_unpaid(debt, five=five, ten=ten)
    if _FIRST_PART * debt.paid < debt.original:
        sentence = f"Mới thi hành {write_money(debt.paid)}, chưa được một phần năm mươi của {write_money(debt.original)}."
        warning = (
            "Thông tư liên tịch 12/2015 không nói trường hợp đã nộp dưới một phần năm mươi có được xét như chưa nộp hay không."
        )
        return "unknown", 0, Step(sentence, place(JOINT_CIRCULAR, "4", "1")), (warning,)
    left = debt.left
    if (five and left < _MIDDLE) or (ten and left < _LARGE):
        return "exempt", left, Step(f"Được xét miễn {write_money(left)} còn lại.", place(OLD, "61", "2", "b")), ()
    if five and _LARGE <= left <= _HUGE:
        return _reduced(left, left // 4, "một phần tư", place(OLD, "61", "3", "a"))
    if ten and left > _HUGE:
        return _reduced(left, min(left // 5, _MOST_OFF), "một phần năm, tối đa 50.000.000 đồng", place(OLD, "61", "3", "b"))
    return _nothing(left, (*place(OLD, "61", "2", "b"), *place(OLD, "61", "3")))


def _by_old_unpaid(debt: Debt, *, five: bool, ten: bool) -> _Result:
    if (five and debt.original < _SMALL) or (ten and debt.original < _MIDDLE):
        return "exempt", debt.left, Step(f"Được xét miễn toàn bộ {write_money(debt.left)}.", place(OLD, "61", "1", "b")), ()
    return _nothing(debt.left, (*place(OLD, "61", "1", "b"), *place(OLD, "61", "3")))


def _reduced(left: int, most: int, share: str, basis: tuple[Citation, ...]) -> _Result:
    return (
        "reduced",
        most,
        Step(f"Được xét giảm mỗi lần không quá {share} của {write_money(left)}: {write_money(most)}.", basis),
        (),
    )


def _nothing(left: int, basis: tuple[Citation, ...]) -> _Result:
    return (
        "none",
        0,
        Step(f"Chưa đủ thời hạn hoặc mức tiền để được xét miễn, giảm {write_money(left)}.", basis),
        (_hardship(basis[0].number),),
    )


def _hardship(law: str | None) -> str:
    where = "khoản 4 Điều 61" if law == OLD else "khoản 3 Điều 42"
    return f"Người đã tích cực thi hành một phần mà gặp thiên tai, hỏa hoạn, tai nạn, ốm đau kéo dài hoặc lập công lớn được xét riêng ({where})."


def _always(law: str) -> tuple[str, ...]:
    court = "Tòa án quyết định; được “xét” không có nghĩa là chắc chắn được miễn, giảm."
    if law == OLD:
        return (court,)
    return (
        court,
        "Văn bản liên tịch hướng dẫn Điều 42 từ 01/7/2026 chưa tìm thấy; Thông tư liên tịch 12/2015 hướng dẫn luật cũ.",
    )
