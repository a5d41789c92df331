"""The table of time limits: what has to be done, by whom, how long, from when, by which law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast

from knowledge.citation import Citation
from knowledge.practice.calendar import UNIT_NAMES, Unit
from knowledge.practice.rows import Row, read_rows
from knowledge.timeline import holds

Kind = Literal["within", "before", "duration"]


@dataclass(frozen=True, slots=True)
class Extension:
    """A longer limit in a named case."""

    count: int
    unit: Unit
    when: str
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """What one law says of a limit while it holds; `longest` counts from the start, `extra` from the end of the limit."""

    law: str
    basis: tuple[Citation, ...]
    since: date
    until: date | None
    count: int
    unit: Unit
    start: str
    kind: Kind
    longest: Extension | None
    extra: Extension | None
    note: str
    doubt: str

    @property
    def length(self) -> str:
        """`10 ngày`, `05 ngày làm việc`."""
        return f"{self.count:02d} {UNIT_NAMES[self.unit]}"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A limit with its versions, in the order of time."""

    id: str
    name: str
    group: str
    who: str
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version | None:
        """What holds on the day, None when no law in the library sets this limit then."""
        return next((each for each in self.versions if holds(each.since, each.until, day)), None)


def read_limits(path: Path) -> dict[str, TimeLimit]:
    """The limits of a file by id. Raises LibraryError."""
    return {row.key: _limit(row.only("name", "group", "who", "versions")) for row in read_rows(path)}


def _limit(row: Row) -> TimeLimit:
    versions = tuple(_version(each) for each in row.rows("versions"))
    for earlier, later in zip(versions, versions[1:], strict=False):
        if earlier.until is None or later.since < earlier.until:
            raise row.fault("two versions hold at the same time", "End the earlier one with 'to' where the later one begins")
    return TimeLimit(row.key, row.text("name"), row.text("group"), row.text("who"), versions)


def _version(row: Row) -> Version:
    row.only("law", "basis", "from", "to", "count", "unit", "start", "kind", "longest", "extra", "note", "doubt")
    law, since, until = row.text("law"), row.day("from"), row.day_or_none("to")
    if until is not None and until <= since:
        raise row.fault(f"it ends {until} before it begins {since}", "Correct 'from' or 'to'")
    if not row.whole("count"):
        raise row.fault("a limit of 0", "Write how many units it has")
    kind = cast(Kind, row.choice("kind", ("within", "before", "duration"), "within"))
    unit = _unit(row)
    if kind == "before" and unit not in ("day", "working_day"):
        raise row.fault(f"{unit!r} cannot be counted backwards", "Use day or working_day")
    return Version(
        law,
        row.places(law),
        since,
        until,
        row.whole("count"),
        unit,
        row.text("start"),
        kind,
        _extension(row.part("longest"), law),
        _extension(row.part("extra"), law),
        row.text("note", ""),
        row.text("doubt", ""),
    )


def _extension(row: Row | None, law: str) -> Extension | None:
    if row is None:
        return None
    row.only("count", "unit", "when", "basis")
    return Extension(row.whole("count"), _unit(row), row.text("when"), row.places(law))


def _unit(row: Row) -> Unit:
    return cast(Unit, row.choice("unit", tuple(UNIT_NAMES)))
