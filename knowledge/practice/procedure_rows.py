"""Reads the entries of a procedure's file: questions, steps with their limits, exceptions, conditions and places in the law."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from knowledge.citation import Citation
from knowledge.practice.calendar import UNIT_NAMES, Unit
from knowledge.practice.procedures import Caution, Decision, Kind, Limit, Longest, Option, Step, When
from knowledge.practice.rows import Row

_ID = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_STEP_FIELDS = ("id", "who", "does", "before", "papers", "limit", "fee", "if_missed", "form", "basis", "when")


def entries(row: Row, name: str) -> Iterator[Row]:
    """The entries of a list, each called by its own id in what is said of it; none when the list is not there."""
    for each in row.rows(name) if name in row.values else ():
        key = each.values.get("use", each.values.get("id", name))
        yield Row(row.file, str(key), each.values)


def decision(row: Row) -> Decision:
    """A question with two answers or more."""
    row.only("id", "question", "options")
    options = row.part("options")
    if options is None or len(options.values) < 2:
        raise row.fault("a question needs two answers or more", "Write 'value: words' lines under options")
    return Decision(identifier(row), row.text("question"), tuple(Option(value, options.text(value)) for value in options.values))


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
        limit=_limit(row),
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


def _limit(row: Row) -> Limit | str:
    """`{count, unit, from | before, kind, longest}`, or words where the law gives no number ("ngay")."""
    if not isinstance(row.values.get("limit"), dict):
        return said(row, "limit")
    limit = cast(Row, row.part("limit")).only("count", "unit", "from", "before", "kind", "longest")
    count, unit = _length(limit)
    event, kind = _event(limit)
    if kind == "before" and unit not in ("day", "working_day"):
        raise row.fault(f"{unit!r} cannot be counted backwards", "Use day or working_day")
    longest = limit.part("longest")
    return Limit(count, unit, event, kind, Longest(*_length(longest), longest.text("when")) if longest else None)


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
