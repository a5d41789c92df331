"""The costs of enforcement as far as the law gives figures: allowances, serving papers, who bears them, and what may be taken off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Literal

from knowledge.citation import Citation
from knowledge.practice.rows import Row, read_rows
from knowledge.practice.step import Step, check_money, half_up, law_on, place, write_day, write_money
from knowledge.timeline import holds
from knowledge.transition import DECREE, OLD

OLD_DECREE = "62/2015/NĐ-CP"
AS_IT_COST = (
    "Các khoản khác (thẩm định giá, đấu giá, thuê phương tiện, trông coi, vận chuyển…) trả theo hợp đồng, hóa đơn thực tế "
    "được thủ trưởng cơ quan thi hành án dân sự duyệt; luật không định mức."
)
ReliefGround = Literal["low_income", "merit", "hardship", "none"]


@dataclass(frozen=True, slots=True)
class RateVersion:
    """A rate while it holds; `least` and `most` are the same where the law gives one amount."""

    law: str
    basis: tuple[Citation, ...]
    since: date
    until: date | None
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Rate:
    """What the law fixes for one kind of work."""

    id: str
    name: str
    unit: str
    versions: tuple[RateVersion, ...]

    def on(self, day: date) -> RateVersion | None:
        return next((each for each in self.versions if holds(each.since, each.until, day)), None)


@dataclass(frozen=True, slots=True)
class Work:
    """So many units of one kind of work: persons times days, or papers served."""

    rate: str
    units: int


@dataclass(frozen=True, slots=True)
class Costs:
    """The sum of what the law fixes; the two are the same unless a frame is among them. What has no rate is left out and said."""

    law: str
    least: int
    most: int
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CostRelief:
    """What is taken off the coercion costs that are due, and what is left."""

    law: str
    off: int
    left: int
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def costs(works: Iterable[Work], on: date, rates: Mapping[str, Rate]) -> Costs:
    """What the works of a day cost by the law. Raises ValueError for a work that the table does not know."""
    least = most = 0
    steps: list[Step] = []
    warnings: list[str] = []
    for work in works:
        if work.rate not in rates or work.units < 0:
            raise ValueError(f"{work.units} of {work.rate!r}; known are {', '.join(sorted(rates))}")
        rate, version = rates[work.rate], rates[work.rate].on(on)
        if version is None:
            warnings.append(f"Không tìm thấy định mức ngày {write_day(on)} cho: {rate.name.lower()}.")
            continue
        least, most = least + work.units * version.least, most + work.units * version.most
        steps.append(Step(f"{rate.name}: {work.units} {rate.unit} x {_frame(version)}.", version.basis))
    return Costs(law_on(on), least, most, tuple(steps), (*warnings, AS_IT_COST))


def _frame(version: RateVersion) -> str:
    if version.least == version.most:
        return write_money(version.least)
    return f"từ {write_money(version.least)} đến {write_money(version.most)}"


def cost_relief(ground: ReliefGround, due: int, paid: int, on: date) -> CostRelief:
    """What may be taken off coercion costs of which `due` are owed in all and `paid` are paid: half, or the rest for families of merit."""
    check_money(due=due, paid=paid)
    law = law_on(on)
    number, article = (OLD_DECREE, "44") if law == OLD else (DECREE, "87")
    left = max(0, due - paid)
    if ground == "none":
        sentence = (
            "Chỉ xét miễn, giảm cho người thu nhập không bảo đảm mức sinh hoạt tối thiểu, khó khăn kéo dài do thiên tai, hỏa hoạn, "
            "gia đình chính sách, có công, neo đơn, tàn tật, ốm đau kéo dài."
        )
        return CostRelief(law, 0, left, (Step(sentence, place(number, article, "1")),), ())
    off, step = _rest_off(due, paid, number, article) if ground == "merit" else _half_off(due, left, number, article)
    warning = "Được “xét”: thủ trưởng cơ quan thi hành án dân sự quyết định; phải có đơn và giấy tờ chứng minh."
    return CostRelief(law, off, left - off, (step,), (warning,))


def _half_off(due: int, left: int, number: str, article: str) -> tuple[int, Step]:
    sentence = (
        "Người thu nhập không bảo đảm mức sinh hoạt tối thiểu, khó khăn kéo dài do thiên tai, hỏa hoạn, neo đơn, tàn tật, "
        f"ốm đau kéo dài: giảm 1/2 của {write_money(due)}."
    )
    return min(half_up(Fraction(due, 2)), left), Step(sentence, place(number, article, "3", "a"))


def _rest_off(due: int, paid: int, number: str, article: str) -> tuple[int, Step]:
    if 2 * paid >= due:
        sentence = f"Gia đình chính sách, có công đã nộp ít nhất 1/2 ({write_money(paid)}): có thể được miễn phần còn lại."
        return max(0, due - paid), Step(sentence, place(number, article, "3", "b"))
    sentence = f"Gia đình chính sách, có công mới nộp {write_money(paid)}, chưa được 1/2 của {write_money(due)}: chưa được miễn."
    return 0, Step(sentence, place(number, article, "3", "b"))


def advance(on: date) -> tuple[Step, ...]:
    """Who advances the coercion costs; the law gives no figure, only that the plan decides."""
    if law_on(on) == OLD:
        basis = (*place(OLD, "73", "4"), *place(OLD_DECREE, "45", "1"))
    else:
        basis = (*place("106/2025/QH15", "53", "8"), *place(DECREE, "86", "1"))
    return (
        Step(
            "Cơ quan thi hành án dân sự ứng trước chi phí cưỡng chế từ ngân sách khi chưa thu được của người phải chịu.",
            basis[1:],
        ),
        Step(
            "Đương sự tự nguyện nộp tạm ứng thì mức nộp theo kế hoạch cưỡng chế và dự trù chi phí; luật không định con số.", basis
        ),
    )


def read_rates(path: Path) -> dict[str, Rate]:
    """The rates of a file by id. Raises LibraryError."""
    return {row.key: _rate(row.only("name", "unit", "versions")) for row in read_rows(path)}


def _rate(row: Row) -> Rate:
    versions = tuple(_version(each) for each in row.rows("versions"))
    for earlier, later in zip(versions, versions[1:], strict=False):
        if earlier.until is None or later.since < earlier.until:
            raise row.fault("two versions hold at the same time", "End the earlier one with 'to' where the later one begins")
    return Rate(row.key, row.text("name"), row.text("unit"), versions)


def _version(row: Row) -> RateVersion:
    row.only("law", "basis", "from", "to", "amount", "least", "most")
    law = row.text("law")
    least, most = (row.whole("amount"),) * 2 if "amount" in row.values else (row.whole("least"), row.whole("most"))
    if most < least:
        raise row.fault(f"'most' {most} is under 'least' {least}", "Correct one of them")
    return RateVersion(law, row.places(law), row.day("from"), row.day_or_none("to"), least, most)
