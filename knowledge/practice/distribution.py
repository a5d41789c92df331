"""Who is paid from the money collected, in which order, and how much each gets; not a đồng is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from knowledge.citation import Citation
from knowledge.practice.step import Step, check_money, half_up, law_on, place, write_money
from knowledge.transition import NEW, OLD

Kind = Literal["support", "court_fee", "fine", "insurance", "other"]
KIND_NAMES: dict[Kind, str] = {
    "support": "cấp dưỡng, lương, trợ cấp, bồi thường tính mạng, sức khỏe, tinh thần",
    "court_fee": "án phí, lệ phí Tòa án",
    "fine": "tiền phạt, truy thu sung quỹ nhà nước",
    "insurance": "bảo hiểm xã hội, thất nghiệp, y tế",
    "other": "các khoản phải thi hành án khác",
}
Batch = Literal["coercion", "later"]
_RANKS: dict[str, tuple[tuple[str, tuple[Kind, ...]], ...]] = {
    OLD: (("a", ("support",)), ("b", ("court_fee",)), ("c", ("fine", "insurance", "other"))),
    NEW: (("a", ("support",)), ("b", ("court_fee",)), ("c", ("fine",)), ("d", ("insurance",)), ("đ", ("other",))),
}
_ARTICLE = {OLD: "47", NEW: "54"}


@dataclass(frozen=True, slots=True)
class Claim:
    """What one creditor has to get. `secured`: holds the pledge or mortgage on what was sold, or the judgment ordered it seized for him.

    `batch`: had asked for enforcement when the coercion was decided, or stands in another decision at the time of payment.
    """

    creditor: str
    amount: int
    kind: Kind = "other"
    batch: Batch = "coercion"
    secured: bool = False


@dataclass(frozen=True, slots=True)
class Deductions:
    """What goes off before creditors: costs of enforcement, the rent reserve, fees and taxes of the transfer, the court fee of the judgment.

    `secured_court_fee`: the court fee of the judgment that secured the claim, which goes before the secured creditor.
    """

    costs: int = 0
    rent_reserve: int = 0
    transfer_taxes: int = 0
    secured_court_fee: int = 0


@dataclass(frozen=True, slots=True)
class Distribution:
    """What each claim gets, in the order of the claims given; with the deductions and the rest it makes up the proceeds."""

    law: str
    deducted: int
    paid: tuple[int, ...]
    to_debtor: int
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def distribute(proceeds: int, claims: Sequence[Claim], on: date, deductions: Deductions | None = None) -> Distribution:
    """The payment of the proceeds to the claims by the law of the day of payment."""
    taken = deductions or Deductions()
    check_money(proceeds=proceeds, **{claim.creditor or "claim": claim.amount for claim in claims})
    law = law_on(on)
    deducted, steps, warnings = _deduct(proceeds, taken, law)
    left, paid = proceeds - deducted, [0] * len(claims)
    for group, step in _groups(claims, law):
        amounts = [claims[index].amount for index in group]
        shares = pro_rata(left, amounts)
        for index, share in zip(group, shares, strict=True):
            paid[index] = share
        left -= sum(shares)
        steps.append(_paid_step(step, [claims[index].creditor for index in group], amounts, shares, law))
    steps.append(Step(f"Còn lại {write_money(left)} trả cho người phải thi hành án.", place(law, _ARTICLE[law], "2", "c")))
    return Distribution(law, deducted, tuple(paid), left, tuple(steps), (*warnings, *_doubts(claims, law)))


def _deduct(proceeds: int, taken: Deductions, law: str) -> tuple[int, list[Step], tuple[str, ...]]:
    """What goes off first, as far as the money reaches."""
    taxes = taken.transfer_taxes if law == NEW else 0
    check_money(
        costs=taken.costs, rent_reserve=taken.rent_reserve, transfer_taxes=taken.transfer_taxes, court_fee=taken.secured_court_fee
    )
    wanted = taken.costs + taken.rent_reserve + taxes + taken.secured_court_fee
    deducted = min(proceeds, wanted)
    parts = [
        ("chi phí thi hành án", taken.costs),
        ("tiền thuê nhà trích lại", taken.rent_reserve),
        ("phí, lệ phí trước bạ, thuế chuyển nhượng", taxes),
        ("án phí của bản án có tài sản bảo đảm", taken.secured_court_fee),
    ]
    listed = ", ".join(f"{name} {write_money(amount)}" for name, amount in parts if amount) or "không có khoản nào"
    basis = (*place(law, _ARTICLE[law], "1"), *(place(law, _ARTICLE[law], "3") if taken.secured_court_fee else ()))
    warnings = []
    if wanted > proceeds:
        warnings.append("Số tiền thu được không đủ cho các khoản phải trừ trước; luật không nói thứ tự giữa các khoản đó.")
    if law == OLD and taken.transfer_taxes:
        warnings.append("Luật cũ không nêu phí, thuế chuyển nhượng trong các khoản trừ trước; ở đây không trừ.")
    return deducted, [Step(f"Trừ trước: {listed}. Còn {write_money(proceeds - deducted)}.", basis)], tuple(warnings)


def _groups(claims: Sequence[Claim], law: str) -> list[tuple[list[int], Step]]:
    """The claims that stand side by side, in the order of payment."""
    article = _ARTICLE[law]
    secured = [index for index, claim in enumerate(claims) if claim.secured]
    found = (
        [(secured, Step("Ưu tiên người có tài sản bảo đảm hoặc nghĩa vụ được bảo đảm", place(law, article, "3")))]
        if secured
        else []
    )
    batches: tuple[Batch, ...] = ("coercion", "later")
    for batch in batches:
        for point, kinds in _RANKS[law]:
            group = [i for i, c in enumerate(claims) if not c.secured and c.batch == batch and c.kind in kinds]
            if group:
                basis = (*place(law, article, "1", point), *place(law, article, "2", "b"))
                found.append((group, Step(_rank_name(kinds, batch), basis)))
    return found


def _rank_name(kinds: tuple[Kind, ...], batch: Batch) -> str:
    name = KIND_NAMES[kinds[-1]]
    return f"Hàng {name}" if batch == "coercion" else f"Các quyết định thi hành án khác, hàng {name}"


def _paid_step(step: Step, names: list[str], amounts: list[int], shares: list[int], law: str) -> Step:
    listed = "; ".join(f"{name}: {write_money(share)}" for name, share in zip(names, shares, strict=True))
    ratio, basis = "", step.basis
    if len(names) > 1 and 0 < sum(shares) < sum(amounts):
        basis = (*basis, *place(law, _ARTICLE[law], "2", "a"))
        ratio = f" theo tỷ lệ số tiền được thi hành án, {write_money(sum(shares))} trên {write_money(sum(amounts))}"
        ratio += f" = {_percent(sum(shares), sum(amounts))}"
    return Step(f"{step.sentence}{ratio}: {listed}.", basis)


def _percent(part: int, whole: int) -> str:
    """`59,17%`."""
    hundredths = half_up(Fraction(part * 10_000, whole))
    return f"{hundredths // 100},{hundredths % 100:02d}%".replace(",00%", "%")


def pro_rata(money: int, amounts: Sequence[int]) -> list[int]:
    """The money shared in the ratio of the amounts, nobody above his own; the đồng that do not divide go to the largest remainders."""
    total = sum(amounts)
    if money >= total:
        return list(amounts)
    shares = [money * amount // total for amount in amounts]
    by_remainder = sorted(range(len(amounts)), key=lambda i: (-(money * amounts[i] % total), i))
    for index in by_remainder[: money - sum(shares)]:
        shares[index] += 1
    return shares


def _doubts(claims: Sequence[Claim], law: str) -> tuple[str, ...]:
    found: list[str] = []
    if any(claim.secured for claim in claims):
        found.append(
            "Nợ xấu có tài sản bảo đảm và phá sản theo luật riêng (Luật Các tổ chức tín dụng, luật về phá sản), không tính ở đây."
        )
    if sum(claim.secured for claim in claims) > 1:
        found.append(
            "Luật Thi hành án dân sự không nói thứ tự giữa những người nhận bảo đảm trên cùng tài sản; ở đây chia theo tỷ lệ."
        )
    if law == NEW and any(claim.batch == "coercion" for claim in claims):
        found.append(
            "Thời điểm xác định thứ tự ưu tiên là thời điểm có quyết định cưỡng chế (kê biên bổ sung: thời điểm kê biên ban đầu)."
        )
    return tuple(found)


def places_of(law: str) -> tuple[Citation, ...]:
    """Every place that the order of payment stands on under a law."""
    article = _ARTICLE[law]
    ranks = tuple(Citation(law, article, "1", point) for point, _ in _RANKS[law])
    return (
        *ranks,
        *place(law, article, "2", "a"),
        *place(law, article, "2", "b"),
        *place(law, article, "2", "c"),
        *place(law, article, "3"),
    )
