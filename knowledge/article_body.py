"""Sorts the lines of one article into clauses and points, as knowledge.parse reads them back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.furniture import Line
from knowledge.marks import Mark, find_clause, find_point, letter_readings, number_readings
from knowledge.sequence import Key, Reading, letter_follows, number_follows, number_key, settle

_ENDED = re.compile(r"[.;:!?…”\"»)\]|]\s*$")
_WRAP_AT = 130  # a page of an official file holds 60 to 110 characters a line; a text with many longer lines is not wrapped
_QUOTE_SPAN = 80  # lines after which a quotation mark that was not closed is taken for one that OCR lost


@dataclass(frozen=True, slots=True)
class Repair:
    """What was read otherwise than it is printed."""

    line: int
    place: str
    printed: str
    read: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a person should look at."""

    line: int
    place: str
    problem: str


@dataclass(slots=True)
class Findings:
    """Repairs and doubts, collected while a text is read."""

    repairs: list[Repair]
    doubts: list[Doubt]


def quoted_lines(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines that stand inside a quotation of several lines; the line that opens it is not one of them."""
    inside: set[int] = set()
    for at, line in enumerate(lines):
        if line.number not in inside and line.text.count("“") > line.text.count("”"):
            closing = _closing(lines, at)
            inside.update(each.number for each in lines[at + 1 : closing + 1])
    return inside


def _closing(lines: Sequence[Line], at: int) -> int:
    depth = 0
    for place in range(at, min(len(lines), at + _QUOTE_SPAN)):
        depth += lines[place].text.count("“") - lines[place].text.count("”")
        if depth <= 0:
            return place
    return at


def unwrap(lines: Sequence[Line]) -> list[Line]:
    """Paragraphs, where the lines are those of a printed page; the lines themselves, where each is a paragraph already."""
    wrapped = sum(len(line.text) > _WRAP_AT for line in lines) * 10 < len(lines)
    joined: list[Line] = []
    for line in lines:
        if joined and _goes_on(joined[-1].text, line.text, wrapped=wrapped):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {line.text}")
        else:
            joined.append(line)
    return joined


def _goes_on(before: str, after: str, *, wrapped: bool) -> bool:
    if " | " in before or " | " in after or find_clause(after) or find_point(after) or after.startswith(("-", "+", "“")):
        return False
    return not _ENDED.search(before) and (wrapped or after[0].islower())


def write_body(lines: Sequence[Line], place: str, quoted: set[int], findings: Findings) -> list[str]:
    """The lines of the article in the library's form."""
    written: list[str] = []
    clauses = _settled(lines, find_clause, quoted, "khoản", place, findings)
    starts = [at for at, reading in clauses.items() if reading.key]
    for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        if start == end:
            continue
        clause = clauses.get(start)
        inside = f"khoản {clause.label} {place}" if clause and clause.key else place
        rest = lines[start:end]
        if clause and clause.key:
            mark = find_clause(rest[0].text)
            written.append(f"{clause.label}. {mark.rest if mark else rest[0].text}")
            rest = rest[1:]
        _write_points(rest, inside, quoted, findings, written)
    return written


def _write_points(lines: Sequence[Line], place: str, quoted: set[int], findings: Findings, written: list[str]) -> None:
    points = _settled(lines, find_point, quoted, "điểm", place, findings)
    last = max((at for at, reading in points.items() if reading.key), default=None)
    for at, line in enumerate(lines):
        reading = points.get(at)
        if reading and reading.key:
            mark = find_point(line.text)
            written.append(f"{reading.label}) {mark.rest if mark else line.text}")
        elif written and (find_clause(line.text) or find_point(line.text)):
            written[-1] += f" {line.text}"  # on a line of its own it would be read as a clause or point of this document
        else:
            # Behind the last point it may belong to the point or to all: a citation of the clause is right in both readings.
            written += [""] if last is not None and at == last + 1 else []
            written.append(line.text)


def _settled(
    lines: Sequence[Line], find: Callable[[str], Mark | None], quoted: set[int], level: str, place: str, findings: Findings
) -> dict[int, Reading]:
    """What each marked line opens, by its place among the lines, with repairs and doubts noted."""
    marks = {at: mark for at, line in enumerate(lines) if (mark := find(line.text))}
    inside = [lines[at].number in quoted for at in marks]
    if level == "khoản":
        options = list(number_options(marks.values(), inside))
        chosen = settle(options, number_follows)
        _note(lines, marks, chosen, inside, level, place, number_follows, findings)
    else:
        chosen = settle([letter_readings(mark, quoted=q) for mark, q in zip(marks.values(), inside, strict=True)], letter_follows)
        _note(lines, marks, chosen, inside, level, place, letter_follows, findings)
    return dict(zip(marks, chosen, strict=True))


def number_options(marks: Iterable[Mark], quoted: Iterable[bool]) -> Iterable[list[Reading]]:
    """The readings of numbers in a row; one that does not go with its neighbours may be another."""
    row = list(marks)
    keys: list[Key | None] = [None, *(number_key(mark.label) for mark in row)]
    for at, (mark, inside) in enumerate(zip(row, quoted, strict=True), 1):
        key = keys[at]
        after = keys[at + 1] if at + 1 < len(keys) else None
        fits = key is not None and number_follows(keys[at - 1], key) and (after is None or number_follows(key, after))
        yield number_readings(mark, quoted=inside, suspicious=not fits)


def _note(
    lines: Sequence[Line],
    marks: dict[int, Mark],
    chosen: Sequence[Reading],
    quoted: Sequence[bool],
    level: str,
    place: str,
    follows: Callable[[Key | None, Key], bool],
    findings: Findings,
) -> None:
    last: Key | None = None
    for (at, mark), reading, inside in zip(marks.items(), chosen, quoted, strict=True):
        number = lines[at].number
        if reading.key is None:
            if not inside:
                findings.doubts.append(
                    Doubt(number, place, f"{mark.printed!r} begins a line but is no {level} here: taken for text")
                )
            continue
        if mark.odd or reading.label != mark.label:
            findings.repairs.append(Repair(number, place, lines[at].text[:12], f"{level} {reading.label}"))
        if not follows(last, reading.key):
            findings.doubts.append(Doubt(number, place, f"{level} {reading.label} does not follow on the one before it"))
        last = reading.key
