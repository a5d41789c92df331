"""Decides what misprinted numbers say from the numbers around them, and only where these leave one reading.

Each mark has readings with a cost: none for what is printed, some for what the print may have been mistaken for, more for taking
the mark for text. Numbers must rise; a gap costs. The cheapest way through all marks is the answer, and a repair without which
another way would be as cheap is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Key = tuple[int, int]  # place in the order: (5, 0) is "5", (5, 1) is "5a"

GAP = 2.0  # numbers are missing: repealed ones, mostly
REPAIR = 1.0  # a print that cannot be right as it stands, or a letter that OCR takes for another
VARIANT = 3.0  # a clean print with another meaning: more than a gap, since a lost line is likelier than a wrong number
ODD = 0.25  # the right number with wrong marks around it: "2," for "2."
QUOTED = 1.0  # a number inside quotation marks is that of another document
TEXT, STRANGE_TEXT, QUOTED_TEXT = 4.0, 2.25, 0.2  # taking a mark, a strange one ("8)", "$."), a quoted one for text

# Bounds on the work that a broken file can make: more misprints than these are no text that can be repaired.
_MOST_MARKS, _MOST_REPAIRS, _MOST_WAYS = 1500, 40, 40

_Step = tuple["Reading", "_Step | None"]
_ALPHABET = "abcdđefghijklmnopqrstuvwxyz"
_UNUSED = "fjwz"  # not in the Vietnamese alphabet; documents may use or pass over them


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a mark may say; `key` None says that it is text."""

    key: Key | None
    label: str
    cost: float


def number_key(label: str) -> Key:
    """The place of "44a" among numbers."""
    digits = label.rstrip("abcdđefghijklmnopqrstuvwxyz")
    suffix = label[len(digits) :]
    return int(digits), _ALPHABET.index(suffix) + 1 if suffix else 0


def letter_key(label: str) -> Key:
    """The place of "đ" or "a1" among points."""
    return _ALPHABET.index(label[0]), int(label[1:] or 0)


def number_follows(before: Key | None, after: Key) -> bool:
    """Whether the second number may stand right after the first ("44", "44a", "45")."""
    if before is None:
        return after == (1, 0)
    return after == (before[0] + 1, 0) or after == (before[0], before[1] + 1)


def letter_follows(before: Key | None, after: Key) -> bool:
    """Whether the second letter may stand right after the first; f, j, w and z may be passed over."""
    if before is None:
        return after == (0, 0)
    between = _ALPHABET[before[0] + 1 : after[0]]
    return after == (before[0], before[1] + 1) or (
        after[0] > before[0] and after[1] == 0 and all(letter in _UNUSED for letter in between)
    )


def settle(marks: Sequence[Sequence[Reading]], follows: Callable[[Key | None, Key], bool]) -> list[Reading]:
    """One reading for each mark; a repair is made only where every way without it is dearer."""
    options = [list(readings) for readings in marks]
    plain = [_unrepaired(readings) for readings in options]
    if len(options) > _MOST_MARKS:
        return _cheapest(plain, follows)[1]
    cost, chosen = _cheapest(options, follows)
    repaired = [n for n, reading in enumerate(chosen) if reading.key is not None and reading.cost >= REPAIR]
    for n in repaired if len(repaired) <= _MOST_REPAIRS else ():
        if _cheapest(_without(options, n, chosen[n]), follows)[0] >= cost + ODD:
            plain[n].append(chosen[n])
    return _cheapest(plain, follows)[1]


def _unrepaired(readings: Sequence[Reading]) -> list[Reading]:
    return [reading for reading in readings if reading.key is None or reading.cost < REPAIR]


def _without(options: Sequence[list[Reading]], at: int, reading: Reading) -> list[list[Reading]]:
    return [*options[:at], [other for other in options[at] if other is not reading], *options[at + 1 :]]


def _cheapest(options: Sequence[Sequence[Reading]], follows: Callable[[Key | None, Key], bool]) -> tuple[float, list[Reading]]:
    ways: dict[Key | None, tuple[float, _Step | None]] = {None: (0.0, None)}
    for readings in options:
        further: dict[Key | None, tuple[float, _Step | None]] = {}
        for last, (spent, path) in ways.items():
            for reading in readings:
                if reading.key is not None and last is not None and reading.key <= last:
                    continue
                gap = GAP if reading.key is not None and not follows(last, reading.key) else 0.0
                end, total = reading.key or last, spent + reading.cost + gap
                if end not in further or total < further[end][0]:
                    further[end] = (total, (reading, path))
        ways = dict(sorted(further.items(), key=lambda way: way[1][0])[:_MOST_WAYS])
    cost, path = min(ways.values(), key=lambda way: way[0])
    chosen: list[Reading] = []
    while path:
        reading, path = path
        chosen.append(reading)
    return cost, chosen[::-1]


def number_between(before: Key | None, after: Key) -> str:
    """The one number that is missing between two, "" when none or more are."""
    first = before[0] + 1 if before else 1
    return str(first) if after == (first + 1, 0) else ""


def letter_between(before: Key | None, after: Key) -> str:
    """The one letter that is missing between two, "" when none or more are."""
    letters = [letter for letter in _ALPHABET[before[0] + 1 if before else 0 : after[0]] if letter not in _UNUSED]
    return letters[0] if len(letters) == 1 else ""
