"""Until when enforcement can be asked for: five years, the time that does not count, and when no limit runs at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.citation import Citation
from knowledge.practice.calendar import CIVIL_CODE, COUNTING, Calendar
from knowledge.practice.spans import HINDRANCES, SPAN_NAMES, Span, SpanKind, pushed
from knowledge.practice.step import Step, law_on, place, write_day, write_weekday
from knowledge.transition import CHANGED, DECREE, NEW, OLD

YEARS = 5
_COUNTED_OUT: dict[str, dict[SpanKind, tuple[Citation, ...]]] = {
    OLD: {
        "obstacle": place(OLD, "30", "3"),
        "force_majeure": place(OLD, "30", "3"),
        "postponement": place(OLD, "30", "2"),
        "suspension": place(OLD, "30", "2"),
    },
    NEW: {kind: place(NEW, "34", "2") for kind in sorted(HINDRANCES)},
}


@dataclass(frozen=True, slots=True)
class Limitation:
    """The last day on which enforcement can be asked for; None when no limit runs. `in_time` says it of the day of the request.

    `other` is the last day if postponement and suspension before 01/7/2026 still did not count, of which the new law says nothing.
    """

    law: str
    last: date | None
    in_time: bool
    days_out: int
    other: date | None
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]


def limitation(
    due: date,
    asked: date,
    calendar: Calendar,
    *,
    spans: Sequence[Span] = (),
    periodic: bool = False,
    returned: bool = False,
) -> Limitation:
    """Whether enforcement asked for on `asked` is in time, under the law of that day.

    `due` is the day on which the judgment took effect, or the obligation (of a period, when `periodic`) fell due; `returned` says that
    the office had sent the request back after two years without means (Điều 38 khoản 4).
    """
    law = law_on(asked)
    if returned and law == NEW:
        sentence = "Yêu cầu thi hành án trở lại sau khi cơ quan thi hành án dân sự đã gửi lại yêu cầu thì không tính thời hiệu."
        return Limitation(law, None, True, 0, None, (Step(sentence, (*place(NEW, "34", "2"), *place(NEW, "38", "4"))),), ())
    out = [span for span in spans if span.kind in _COUNTED_OUT[law]]
    counted = calendar.after(due, YEARS, "year", roll=False)
    pushed_last, days = pushed(due, counted.counted, out)
    last = calendar.next_working(pushed_last)
    steps = [_rule(law, due, counted.counted, periodic=periodic), *_outs(out, law, days, pushed_last)]
    if last != pushed_last:
        sentence = f"Ngày {write_day(pushed_last)} là ngày nghỉ nên hết vào {write_weekday(last)}."
        steps.append(Step(sentence, outside=f"khoản 5 Điều 148 {CIVIL_CODE}"))
    in_time = asked <= last
    steps.append(_outcome(asked, last, law, in_time=in_time))
    other = _by_old_spans(due, counted.counted, spans, out, calendar) if law == NEW else None
    warnings = (
        COUNTING,
        *calendar.doubts_between(pushed_last, last),
        *_doubts(spans, law, due, returned=returned, in_time=in_time),
    )
    return Limitation(law, last, in_time, days, other, tuple(steps), (*warnings, *_other_told(other)))


def _by_old_spans(due: date, last: date, spans: Sequence[Span], out: Sequence[Span], calendar: Calendar) -> date | None:
    """The last day if the old rule went on for what lay before the change; None where nothing did."""
    eve = CHANGED - timedelta(days=1)
    kept = [Span(s.kind, s.first, min(s.last, eve)) for s in spans if s.kind in ("postponement", "suspension") and s.first <= eve]
    return calendar.next_working(pushed(due, last, [*out, *kept])[0]) if kept else None


def _other_told(other: date | None) -> tuple[str, ...]:
    if other is None:
        return ()
    sentence = (
        "Thời gian hoãn, tạm đình chỉ trước 01/7/2026 được luật cũ trừ (khoản 2 Điều 30), luật mới không có quy định chuyển tiếp"
    )
    return (f"{sentence}; nếu vẫn trừ thì hết vào {write_weekday(other)}.",)


def _rule(law: str, due: date, last: date, *, periodic: bool) -> Step:
    basis = place(law, "30", "1") if law == OLD else place(NEW, "34", "2")
    if periodic and law == NEW:
        basis = (*basis, *place(DECREE, "10", "1"))
    each = ", tính riêng cho từng định kỳ" if periodic else ""
    sentence = f"Thời hiệu yêu cầu thi hành án là 05 năm kể từ {write_day(due)}{each}: đến {write_weekday(last)}."
    return Step(sentence, basis)


def _outs(out: Sequence[Span], law: str, days: int, last: date) -> list[Step]:
    found = [
        Step(
            f"Không tính thời gian {SPAN_NAMES[span.kind]} từ {write_day(span.first)} đến {write_day(span.last)}.",
            _COUNTED_OUT[law][span.kind],
        )
        for span in out
    ]
    if days:
        found.append(Step(f"Cộng thêm {days} ngày không tính vào thời hiệu: đến {write_weekday(last)}."))
    return found


def _outcome(asked: date, last: date, law: str, *, in_time: bool) -> Step:
    if in_time:
        return Step(f"Yêu cầu ngày {write_day(asked)} còn trong thời hiệu.")
    refusal = place(OLD, "31", "5", "c") if law == OLD else place(NEW, "34", "4", "d")
    return Step(
        f"Yêu cầu ngày {write_day(asked)} đã quá thời hiệu (hết {write_day(last)}); cơ quan thi hành án dân sự từ chối.", refusal
    )


def _doubts(spans: Sequence[Span], law: str, due: date, *, returned: bool, in_time: bool) -> tuple[str, ...]:
    found = []
    left_out = sorted({span.kind for span in spans} - _COUNTED_OUT[law].keys())
    for kind in left_out:
        if law == NEW:
            found.append(
                f"Luật 106/2025/QH15 không nói thời gian {SPAN_NAMES[kind]} có được trừ khỏi thời hiệu hay không; ở đây không trừ."
            )
        elif kind == "emergency":
            found.append("Luật 26/2008/QH12 không nêu tình trạng khẩn cấp; ở đây không trừ, trừ khi là sự kiện bất khả kháng.")
    if due < CHANGED and law == NEW:
        found.append("Thời hiệu đang chạy qua 01/7/2026: luật không có quy định chuyển tiếp riêng; hai luật cùng ghi 05 năm.")
    if returned and law == OLD:
        found.append("Việc gửi lại yêu cầu do hết 02 năm chưa có điều kiện là quy định từ 01/7/2026.")
    if any(span.kind in HINDRANCES for span in spans) or not in_time:
        found.append(
            "Người yêu cầu phải chứng minh; thủ trưởng cơ quan thi hành án dân sự xem xét chấp nhận yêu cầu quá hạn hay không."
        )
    return tuple(found)
