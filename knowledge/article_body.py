"""Sorts the lines of one article into clauses and points, as knowledge.parse reads them back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from knowledge.furniture import Line
from knowledge.marks import Mark, find_clause, find_point, letter_readings, number_readings
from knowledge.sequence import Key, Reading, letter_between, letter_follows, number_between, number_follows, number_key, settle

_ENDS = tuple('.;:!?…”"»)]|')
_WRAP_AT = 130  # a page of an official file holds 60 to 110 characters a line; a text with many longer lines is not wrapped
_WOULD_OPEN = re.compile(r"#|\d{1,3}[a-zđ]?\.(?:\s|$)|[a-zđ]\d?\)")
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
    """Repairs and doubts, collected while a text is read, and what was seen of the text as a whole."""

    repairs: list[Repair] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    quoted: frozenset[int] = frozenset()  # lines inside quotations
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    """How clauses, or points, are found and counted; `hidden` is what one looks like in the middle of a line."""

    name: str
    find: Callable[[str], Mark | None]
    follows: Callable[[Key | None, Key], bool]
    between: Callable[[Key | None, Key], str]
    hidden: str


_CLAUSES = _Level("khoản", find_clause, number_follows, number_between, r"(?<=[.;:”])\s+{}\.\s+(?=[^\W\d_])")
_POINTS = _Level("điểm", find_point, letter_follows, letter_between, r"(?<=[.;:,])[\s_\-–.]*\s{}\)[\s.]*(?=\w)")


def quoted_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Numbers of the lines that stand inside a quotation of several lines; the line that opens it is not one of them."""
    inside: set[int] = set()
    for at, line in enumerate(lines):
        if line.number not in inside and line.text.count("“") > line.text.count("”"):
            inside.update(each.number for each in lines[at + 1 : _closing(lines, at) + 1])
    return frozenset(inside)


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
    return not before.endswith(_ENDS) and (wrapped or after[0].islower())


def write_body(lines: Sequence[Line], place: str, findings: Findings) -> list[str]:
    """The lines of the article in the library's form."""
    written: list[str] = []
    lines, clauses = _settled(lines, _CLAUSES, place, findings)
    starts = list(clauses)
    for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        rest, clause = lines[start:end], clauses.get(start)
        if clause and rest:
            mark = find_clause(rest[0].text)
            rest[0] = replace(rest[0], text=mark.rest if mark else rest[0].text)
            _write_points(rest, f"khoản {clause.label} {place}", findings, written, opening=f"{clause.label}. ")
        else:
            _write_points(rest, place, findings, written)
    return written


def _write_points(lines: Sequence[Line], place: str, findings: Findings, written: list[str], opening: str = "") -> None:
    """The lines of one clause; its number stands before the first. A clause without words of its own ("1. a) …") gets dots for them."""
    lines, points = _settled(lines, _POINTS, place, findings)
    last = max(points, default=None)
    for at, line in enumerate(lines):
        mark = find_point(line.text)
        if at in points:
            written += [f"{opening}…"] if opening and at == 0 else []
            written.append(f"{points[at].label}) {mark.rest if mark else line.text}")
        elif opening and at == 0:
            written.append(opening + line.text)
        elif _WOULD_OPEN.match(line.text):  # text that knowledge.parse would take for a clause or point of this document
            written[-1:] = [f"{written[-1]} {line.text}" if written else f"… {line.text}"]
        else:
            # Behind the last point it may belong to the point or to all: a citation of the clause is right in both readings.
            written += [""] if last is not None and at == last + 1 else []
            written.append(line.text)


def _settled(lines: Sequence[Line], level: _Level, place: str, findings: Findings) -> tuple[list[Line], dict[int, Reading]]:
    """The lines, and what those with a mark open, with repairs and doubts noted. A mark in the middle of a line is brought out."""
    own = list(lines)
    while True:
        marks = {at: mark for at, line in enumerate(own) if (mark := level.find(line.text))}
        quoted = [own[at].number in findings.quoted for at in marks]
        if level.name == "khoản":
            chosen = settle(list(number_options(marks.values(), quoted)), level.follows)
        else:
            both = zip(marks.values(), quoted, strict=True)
            chosen = settle([letter_readings(mark, quoted=q, scanned=findings.scanned) for mark, q in both], level.follows)
        settled = dict(zip(marks, chosen, strict=True))
        cut = _hidden(own, settled, level)
        if not cut:
            break
        at, before, behind, label = cut
        findings.repairs.append(
            Repair(own[at].number, place, f"…{own[at].text[len(before) :][:16]}", f"{level.name} {label} on a line of its own")
        )
        own[at : at + 1] = [replace(own[at], text=before), replace(own[at], text=behind)]
    _note(own, marks, settled, level, place, findings)
    return own, {at: reading for at, reading in settled.items() if reading.key}


def _hidden(lines: Sequence[Line], settled: dict[int, Reading], level: _Level) -> tuple[int, str, str, str] | None:
    """Where the one number missing between two others stands in the middle of a line, when it stands there once."""
    last: Key | None = None
    start = 0
    for at, reading in settled.items():
        if reading.key is None:
            continue
        missing = level.between(last, reading.key)
        if missing:
            pattern = re.compile(level.hidden.format(missing))
            found = [(n, match) for n in range(start, at) for match in pattern.finditer(lines[n].text)]
            if len(found) == 1:
                n, match = found[0]
                text = lines[n].text
                mark = f"{missing}. " if level.name == "khoản" else f"{missing}) "
                return n, text[: match.start()], mark + text[match.end() :], missing
        last, start = reading.key, at
    return None


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
    lines: Sequence[Line], marks: dict[int, Mark], settled: dict[int, Reading], level: _Level, place: str, findings: Findings
) -> None:
    last: Key | None = None
    for at, mark in marks.items():
        number, reading = lines[at].number, settled[at]
        if reading.key is None:
            if number not in findings.quoted:
                findings.doubts.append(
                    Doubt(number, place, f"{mark.printed!r} begins a line but is no {level.name} here: taken for text")
                )
            continue
        if mark.odd or reading.label != mark.label:
            findings.repairs.append(Repair(number, place, lines[at].text[:12], f"{level.name} {reading.label}"))
        if not level.follows(last, reading.key):
            findings.doubts.append(Doubt(number, place, f"{level.name} {reading.label} does not follow on the one before it"))
        last = reading.key
