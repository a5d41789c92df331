"""Reads the entries of a procedure's file: questions, steps with their limits, exceptions, conditions and places in the law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from knowledge.citation import Citation
from knowledge.lists import read_text
from knowledge.maps import YamlMap, read_map
from knowledge.practice.calendar import UNIT_NAMES, Unit
from knowledge.practice.procedures import Caution, Decision, Kind, Limit, Longest, Option, Step, When
from knowledge.practice.rows import Row

_ENTRY = re.compile(r"\s*-\s+\{?(?:id|use): *[\"']?([\w-]+)")
_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_STEP_FIELDS = ("id", "who", "does", "before", "papers", "limit", "fee", "if_missed", "form", "basis", "when")


def numbered(path: Path, what: str) -> Row:
    """The file as one row, whose faults know the line of every entry that has an id; `what` names it ("the procedure")."""
    text = read_text(path)
    written = read_map(text, str(path), what)
    lines = dict(written.lines)
    for number, line in enumerate(text.split("\n"), 1):
        if named := _ENTRY.match(line):
            lines.setdefault(named[1], number)
    return Row(YamlMap(written.path, written.rows, lines), "id", written.rows)


def entries(row: Row, name: str) -> Iterator[Row]:
    """The entries of a list, each called by its own id in what is said of it; none when the list is not there."""
    for each in row.rows(name) if name in row.values else ():
        key = each.values.get("use", each.values.get("id", name))
        yield Row(row.file, str(key), each.values)


def decision(row: Row) -> Decision:
    """A question with two answers or more, or one for a day."""
    row.only("id", "question", "kind", "options", "heard")
    if row.choice("kind", ("choice", "date"), "choice") == "date":
        if "options" in row.values:
            raise row.fault("a question for a day has no answers to choose from", "Remove options, or kind: date")
        return Decision(identifier(row), row.text("question"), (), "date", texts(row, "heard", ()))
    options = row.part("options")
    if options is None or len(options.values) < 2:
        raise row.fault("a question needs two answers or more", "Write 'value: words' lines under options")
    return Decision(identifier(row), row.text("question"), tuple(_option(options, value) for value in options.values))


def _option(options: Row, value: str) -> Option:
    """`value: words`, or `value: {says: words, heard: [words, …]}`."""
    if not isinstance(options.values[value], dict):
        return Option(value, options.text(value))
    part = cast(Row, options.part(value)).only("says", "heard")
    return Option(value, part.text("says"), texts(part, "heard"))


def step(row: Row) -> Step:
    """Who does what, and what follows."""
    row.only(*_STEP_FIELDS)
    return Step(
        id=identifier(row),
        who=row.text("who"),
        does=row.text("does"),
        basis=basis(row),
        when=when(row),
        before=said(row, "before"),
        papers=texts(row, "papers", ()),
        limit=limit(row),
        fee=said(row, "fee"),
        if_missed=said(row, "if_missed"),
        form=said(row, "form"),
    )


def caution(row: Row) -> Caution:
    """An exception beside the steps."""
    row.only("id", "says", "basis", "when")
    return Caution(identifier(row), row.text("says"), basis(row), when(row))


def identifier(row: Row) -> str:
    """The id of an entry."""
    if not _ID.fullmatch(id := row.text("id")):
        raise row.fault(f"{id!r} is no id", "Write small letters without accents, joined by '-' or '_'")
    return id


def said(row: Row, name: str) -> str:
    """A text that may be left out."""
    return row.text(name) if name in row.values else ""


def texts(row: Row, name: str, default: Any = None) -> tuple[str, ...]:
    """A list of texts; without a default it has to be there."""
    value = row.values.get(name, default)
    if not isinstance(value, list | tuple) or not all(isinstance(each, str) and each.strip() for each in value):
        raise row.fault(f"{name!r} is no list of texts", "Write '- \"…\"' lines under it")
    return tuple(each.strip() for each in value)


def basis(row: Row) -> tuple[Citation, ...]:
    """`106/2025/QH15 36.1`: the number of the document, then article, clause and point."""
    places = texts(row, "basis")
    if not places:
        raise row.fault("it stands on no place of the law", 'Write basis: ["106/2025/QH15 36.1"]')
    return tuple(_place(row, place) for place in places)


def _place(row: Row, written: str) -> Citation:
    number, _, where = written.partition(" ")
    labels = where.strip().split(".")
    if not 1 <= len(labels) <= 3 or not all(labels):
        raise row.fault(f"{written!r} is no place", 'Write "number article.clause.point"')
    return Citation(number, *labels)


def when(row: Row) -> When:
    """`{fact: answer}` or `{fact: [answer, answer]}`; an empty condition always holds."""
    part = row.part("when")
    if part is None:
        return {}
    return {fact: (answer,) if isinstance(answer, str) else texts(part, fact) for fact, answer in part.values.items()}


def limit(row: Row) -> Limit | str:
    """`{count, unit, from | before, kind, longest}`, or words where the law gives no number ("ngay")."""
    if not isinstance(row.values.get("limit"), dict):
        return said(row, "limit")
    part = cast(Row, row.part("limit")).only("count", "unit", "from", "before", "kind", "longest", "day", "rule")
    count, unit = _length(part)
    event, kind = _event(part)
    if kind == "before" and unit not in ("day", "working_day"):
        raise row.fault(f"{unit!r} cannot be counted backwards", "Use day or working_day")
    longest = part.part("longest")
    if "rule" in part.values and "day" not in part.values:
        raise part.fault("a rule counts from a day", "Write 'day: …', the question that asks for it, or remove rule")
    most = Longest(*_length(longest), longest.text("when")) if longest else None
    return Limit(count, unit, event, kind, most, said(part, "day"), said(part, "rule"))


def _event(limit: Row) -> tuple[str, Kind]:
    """What the limit is counted from, or back from."""
    ends = [name for name in ("from", "before") if name in limit.values]
    if len(ends) != 1:
        raise limit.fault("a limit runs from an event or before one", "Write either 'from: …' or 'before: …'")
    if ends == ["before"]:
        return limit.text("before"), "before"
    return limit.text("from"), cast(Kind, limit.choice("kind", ("within", "duration"), "within"))


def _length(row: Row) -> tuple[int, Unit]:
    if not row.whole("count"):
        raise row.fault("a limit of 0", "Write how many units it has")
    return row.whole("count"), cast(Unit, row.choice("unit", tuple(UNIT_NAMES)))
