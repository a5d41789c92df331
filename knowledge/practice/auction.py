"""The reserve price after an auction that failed: how low it may go each time, and what happens next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.citation import Citation
from knowledge.practice.step import Step, check_money, law_on, place, write_money
from knowledge.transition import DECREE, NEW, OLD

MOST_OFF = 10  # per cent of the reserve price of the auction before
TAKES_FROM = 2  # after this many reductions the creditor may take the asset


@dataclass(frozen=True, slots=True)
class Round:
    """One auction: its reserve price after so many reductions, and what follows when it fails too.

    `creditor_may_take`: at this price, when this auction fails; `returns`: the price no longer covers the costs, the debtor gets it back.
    """

    reductions: int
    price: int
    creditor_may_take: bool
    returns: bool


@dataclass(frozen=True, slots=True)
class Reductions:
    """The auctions one after the other, at the lowest price that the law allows."""

    law: str
    rounds: tuple[Round, ...]
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def lowest_after(price: int, percent: int = MOST_OFF) -> int:
    """The lowest whole price after one reduction of so many per cent. Raises ValueError for more than the law allows."""
    if not 0 < percent <= MOST_OFF:
        raise ValueError(f"{percent} per cent: each reduction is more than 0 and at the most {MOST_OFF}")
    return -(-price * (100 - percent) // 100)  # rounded up: a đồng less would be more than the law allows


def reductions(
    start_price: int, failed: int, on: date, *, costs: int = 0, percent: int = MOST_OFF, secured: int | None = None
) -> Reductions:
    """The reserve prices after so many failed auctions, with what the parties may do at each.

    `costs`: costs of enforcement so far; `secured`: what the asset secures by pledge or mortgage, where it does.
    """
    check_money(start_price=start_price, failed=failed, costs=costs, secured=secured or 0)
    law, price = law_on(on), start_price
    rounds = [Round(0, price, creditor_may_take=False, returns=False)]
    steps = [Step(f"Giá khởi điểm lần đầu: {write_money(price)}.", _first(law))]
    for number in range(1, failed + 1):
        if rounds[-1].returns:
            break
        price, before = lowest_after(price, percent), price
        steps.append(
            Step(f"Giảm lần {number}, {percent}% của {write_money(before)}: không thấp hơn {write_money(price)}.", _cut(law))
        )
        rounds.append(
            Round(number, price, creditor_may_take=number >= TAKES_FROM, returns=number >= TAKES_FROM and price <= costs)
        )
    steps += _next(rounds[-1], law, costs, secured)
    return Reductions(law, tuple(rounds), tuple(steps), _doubts(law, rounds[-1], costs))


def _first(law: str) -> tuple[Citation, ...]:
    return place(OLD, "98", "1") if law == OLD else place(NEW, "82", "4")


def _cut(law: str) -> tuple[Citation, ...]:
    return place(OLD, "104", "5") if law == OLD else place(NEW, "83", "3")


def _next(last: Round, law: str, costs: int, secured: int | None) -> list[Step]:
    """What may happen when the auction at the last price fails."""
    taking = place(OLD, "104", "2") if law == OLD else place(NEW, "83", "3")
    refusing = place(OLD, "104", "3") if law == OLD else place(NEW, "83", "3")
    floor = "chi phí cưỡng chế" if law == OLD else "chi phí thi hành án"
    if secured is not None and last.reductions and last.price <= secured + costs:
        return [_pledge_ends(law, secured + costs)]
    if not last.creditor_may_take:
        agree = "; lần đầu đương sự được thỏa thuận mức giảm trong 10 ngày" if law == OLD and last.reductions == 0 else ""
        where = place(OLD, "104", "1") if agree else _cut(law)
        return [Step(f"Đấu giá không thành thì Chấp hành viên ra quyết định giảm giá để tiếp tục đấu giá{agree}.", where)]
    found = [
        Step(f"Đấu giá không thành thì người được thi hành án có quyền nhận tài sản theo giá {write_money(last.price)}.", taking)
    ]
    if last.returns:
        sentence = f"Giá đã giảm không vượt quá {floor} ({write_money(costs)})"
        sentence += ": người được thi hành án không nhận thì giao lại tài sản cho người phải thi hành án."
        return [*found, Step(sentence, refusing)]
    return [*found, Step("Người được thi hành án không nhận thì tiếp tục giảm giá để đấu giá.", refusing)]


def _pledge_ends(law: str, border: int) -> Step:
    sentence = f"Giá đã giảm không vượt quá nghĩa vụ được bảo đảm và chi phí ({write_money(border)})"
    if law == OLD:
        return Step(f"{sentence}: hoãn thi hành án.", place(OLD, "48", "1", "d"))
    return Step(
        f"{sentence}: thu hồi quyết định kê biên, xử lý tài sản, thông báo cho bên nhận bảo đảm.", place(DECREE, "55", "4")
    )


def _doubts(law: str, last: Round, costs: int) -> tuple[str, ...]:
    found = ["Mỗi lần giảm không quá 10%: Chấp hành viên có thể giảm ít hơn, giá ở đây là giá thấp nhất của mức giảm đã chọn."]
    if last.reductions and not last.creditor_may_take and last.price <= costs:
        found.append(
            "Giá đã không vượt quá chi phí trước lần giảm thứ hai; luật chỉ nói việc giao lại tài sản từ sau lần giảm thứ hai."
        )
    if law == OLD and last.reductions:
        found.append(
            "Luật cũ: khoản nộp ngân sách thì Chấp hành viên quyết định giảm giá trong 10 ngày, không hỏi đương sự (khoản 4 Điều 104)."
        )
    return tuple(found)
