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

    `creditor_may_take`: at this price, when this auction fails; `returns`: the price no longer covers the costs, the debtor gets it back;
    `pledge_ends`: the price no longer covers what the asset secures and the costs, the sale ends.
    """

    reductions: int
    price: int
    creditor_may_take: bool
    returns: bool
    pledge_ends: bool


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
    start_price: int,
    failed: int,
    on: date,
    *,
    costs: int = 0,
    percent: int = MOST_OFF,
    secured: int | None = None,
    before: int = 0,
) -> Reductions:
    """The reserve prices after so many failed auctions, with what the parties may do at each.

    `costs`: costs of enforcement so far; `secured`: what the asset secures by pledge or mortgage, where it does;
    `before`: how many reductions the start price has behind it already.
    """
    check_money(start_price=start_price, failed=failed, costs=costs, secured=secured or 0, before=before)
    law, border = law_on(on), None if secured is None else secured + costs
    rounds = [_round(before, start_price, costs, border)]
    steps = [_first(law, start_price, before)]
    while len(rounds) <= failed and not (rounds[-1].returns or rounds[-1].pledge_ends):
        last, price = rounds[-1], lowest_after(rounds[-1].price, percent)
        steps += [_may_take_first(law, last)] if last.creditor_may_take else []
        cut = f"Giảm lần {last.reductions + 1}, {percent}% của {write_money(last.price)}: không thấp hơn {write_money(price)}."
        steps.append(Step(cut, _cut(law)))
        rounds.append(_round(last.reductions + 1, price, costs, border))
    steps += _next(rounds[-1], law, costs, border)
    return Reductions(law, tuple(rounds), tuple(steps), _doubts(law, rounds[-1], costs))


def _round(number: int, price: int, costs: int, border: int | None) -> Round:
    twice = number >= TAKES_FROM
    ends = border is not None and number > 0 and price <= border
    return Round(number, price, creditor_may_take=twice, returns=twice and price <= costs, pledge_ends=ends)


def _first(law: str, price: int, before: int) -> Step:
    if before:
        return Step(f"Giá khởi điểm sau {before} lần giảm: {write_money(price)}.")
    return Step(f"Giá khởi điểm lần đầu: {write_money(price)}.", place(OLD, "98", "1") if law == OLD else place(NEW, "82", "4"))


def _may_take_first(law: str, last: Round) -> Step:
    sentence = f"Đấu giá không thành ở giá {write_money(last.price)}: người được thi hành án có quyền nhận tài sản theo giá này; "
    return Step(f"{sentence}không nhận thì mới giảm tiếp.", _taking(law))


def _taking(law: str) -> tuple[Citation, ...]:
    return place(OLD, "104", "2") if law == OLD else place(NEW, "83", "3")


def _cut(law: str) -> tuple[Citation, ...]:
    return place(OLD, "104", "5") if law == OLD else place(NEW, "83", "3")


def _next(last: Round, law: str, costs: int, border: int | None) -> list[Step]:
    """What may happen when the auction at the last price fails."""
    refusing = place(OLD, "104", "3") if law == OLD else place(NEW, "83", "3")
    floor = "chi phí cưỡng chế" if law == OLD else "chi phí thi hành án"
    if border is not None and last.pledge_ends:
        return [_pledge_ends(law, border)]
    if not last.creditor_may_take:
        agree = "; lần đầu đương sự được thỏa thuận mức giảm trong 10 ngày" if law == OLD and last.reductions == 0 else ""
        where = place(OLD, "104", "1") if agree else _cut(law)
        return [Step(f"Đấu giá không thành thì Chấp hành viên ra quyết định giảm giá để tiếp tục đấu giá{agree}.", where)]
    found = [
        Step(
            f"Đấu giá không thành thì người được thi hành án có quyền nhận tài sản theo giá {write_money(last.price)}.",
            _taking(law),
        )
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
