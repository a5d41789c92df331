"""Reads the hours that a question names, by the clock of 24 hours: «23h», «22:30», «5 giờ sáng», «10 giờ đêm»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from typing import Literal

Unsure = Literal["", "early", "evening"]

_HOUR = re.compile(
    r"(?<![\w§¤/:])(?P<hour>\d{1,2}) ?(?:gio\b|h|g|:)(?: ?(?P<minute>[0-5]\d)\b)?(?: ?phut\b)?(?P<half> ruoi\b)?"
    r"(?: kem (?P<less>\d{1,2}|muoi lam|muoi)\b(?: phut\b)?)?(?: (?P<part>sang|trua|chieu|toi|dem|khuya)\b)?"
)
_PART = re.compile(r"\b(sang(?! nam)|trua|chieu|dem|khuya)\b|\b(?:buoi|ban|luc) (toi)\b|\b(toi) (?:mai|nay|qua|§)")
_NIGHT = re.compile(r"\b(?:dem|khuya)\b")
_OF_ME = re.compile(r" (?:bi|o|dang|khong|chua|co|di|thay|duoc|moi|thi|va)\b")  # «10 giờ tôi bị …» is not «10 giờ tối»
_LESS = {"muoi": 10, "muoi lam": 15}


@dataclass(frozen=True, slots=True)
class HoursTold:
    """The hours in their order, and the words without them.

    `unsure`: an hour may be an `early` one or one of the afternoon, one of the morning or of the `evening`; `night`: the night is named,
    and no hour of it.
    """

    hours: tuple[time, ...]
    unsure: Unsure
    night: bool
    words: str


def hours_told(words: str, typed: str) -> HoursTold | None:
    """The hours in folded words, which stand as they were typed in `typed`; None for one that no clock shows."""
    found: list[time] = []
    unsure: Unsure = ""
    for match in _HOUR.finditer(words):
        part = _part(match, words, typed)
        hour = _by_day(int(match["hour"]), part or "")
        if found and not part and hour <= found[0].hour:  # «từ 8 giờ đến 5 giờ»
            hour += 12
        elif part is None:
            unsure = "evening" if hour in (10, 11) else unsure
        elif not part and 1 <= hour <= 5:
            unsure = "early"
        if hour > 23:
            return None
        found.append(_less(hour, int(match["minute"] or (30 if match["half"] else 0)), match["less"]))
    left = " ".join(_HOUR.sub(lambda match: f" {match['part'] or ''} ", words).split())
    return HoursTold(tuple(found), unsure, not found and bool(_NIGHT.search(words)), left)


def _part(match: re.Match[str], words: str, typed: str) -> str | None:
    """The part of the day an hour belongs to, `""` where none is named; None where «toi» may be «tối» or «tôi»."""
    own = match["part"]
    if own == "toi":
        letters = typed[match.start("part") : match.end("part")].lower()
        if letters == "tối":
            return own
        own = None if letters != "toi" or _OF_ME.match(words, match.end()) else own
        if own is None and letters == "toi" and not _elsewhere(words):
            return None
    return own or _elsewhere(words)


def _elsewhere(words: str) -> str:
    """The one part of the day that is named beside the hours."""
    parts = {next(filter(None, match.groups())) for match in _PART.finditer(_HOUR.sub(" ", words))}
    return parts.pop() if len(parts) == 1 else ""


def _by_day(hour: int, part: str) -> int:
    """The hour by the clock of 24 hours."""
    if hour == 24 or (hour == 12 and part in ("sang", "toi", "dem", "khuya")):
        return 0
    first = {"trua": 1, "chieu": 1, "toi": 5, "dem": 6, "khuya": 6}.get(part, 12)
    last = 3 if part == "trua" else 11
    return hour + 12 if first <= hour <= last else hour


def _less(hour: int, minute: int, less: str | None) -> time:
    """So many minutes before the hour: «6 giờ kém 15»."""
    minutes = hour * 60 + minute - (_LESS.get(less) or int(less) if less else 0)
    return time(minutes // 60 % 24, minutes % 60)
