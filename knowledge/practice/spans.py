"""Spans of time that do not count, and how far they push the end of a limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

SpanKind = Literal["emergency", "obstacle", "force_majeure", "postponement", "agreed_postponement", "suspension"]
SPAN_NAMES: dict[str, str] = {
    "emergency": "tình trạng khẩn cấp",
    "obstacle": "trở ngại khách quan",
    "force_majeure": "sự kiện bất khả kháng",
    "postponement": "hoãn thi hành án",
    "agreed_postponement": "hoãn thi hành án do người được thi hành án đồng ý",
    "suspension": "tạm đình chỉ thi hành án",
}
HINDRANCES: frozenset[SpanKind] = frozenset({"emergency", "obstacle", "force_majeure"})


@dataclass(frozen=True, slots=True)
class Span:
    """From the first to the last day, both inside."""

    kind: SpanKind
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the span ends {self.last} before it begins {self.first}")


def merged(spans: Iterable[Span]) -> list[tuple[date, date]]:
    """The days covered, each once, as spans in order."""
    found: list[tuple[date, date]] = []
    for first, last in sorted((span.first, span.last) for span in spans):
        if found and first <= found[-1][1] + timedelta(days=1):
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def pushed(event: date, last: date, spans: Iterable[Span]) -> tuple[date, int]:
    """The last day of a limit that runs after the event when these spans do not count, and how many days they are.

    A span that begins after the limit has ended changes nothing.
    """
    days = 0
    for first, end in merged(spans):
        first = max(first, event + timedelta(days=1))
        if first <= last and first <= end:
            span = (end - first).days + 1
            days += span
            last += timedelta(days=span)
    return last, days
