"""Reads the tables of figures that lawyers edit, and names file, line and remedy of whatever is wrong in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.citation import Citation
from knowledge.errors import LibraryError
from knowledge.maps import YamlMap, read_map

_MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, or a part of it; every value is checked where it is asked for."""

    file: YamlMap
    key: str
    values: dict[str, Any]

    def fault(self, problem: str, remedy: str) -> LibraryError:
        return self.file.fault(self.key, f"{self.key}: {problem}", remedy)

    def only(self, *names: str) -> Row:
        """This row, when it has no other fields than these. Raises LibraryError."""
        unknown = sorted(self.values.keys() - set(names))
        if unknown:
            raise self.fault(f"unknown field {unknown[0]!r}", f"Known are {', '.join(names)}")
        return self

    def _value(self, name: str, default: Any) -> Any:
        value = self.values.get(name, default)
        if value is _MISSING:
            raise self.fault(f"field {name!r} is missing", f"Add '{name}: …'")
        return value

    def text(self, name: str, default: str = _MISSING) -> str:
        value = self._value(name, default)
        if not isinstance(value, str) or (not value.strip() and name not in ("note", "doubt")):
            raise self.fault(f"{name!r} is no text", "Put it between quotes")
        return value.strip()

    def whole(self, name: str, default: int = _MISSING) -> int:
        value = self._value(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.fault(f"{name!r} is no whole number", "Write digits only, without dots")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise self.fault(f"{name!r} is neither true nor false", "Write true or false")
        return value

    def day(self, name: str) -> date:
        value = self._value(name, _MISSING)
        if type(value) is not date:
            raise self.fault(f"{name!r} is no date", "Write YYYY-MM-DD")
        return value

    def day_or_none(self, name: str) -> date | None:
        return None if self._value(name, None) is None else self.day(name)

    def choice(self, name: str, allowed: tuple[str, ...], default: str = _MISSING) -> str:
        value = self._value(name, default)
        if value not in allowed:
            raise self.fault(f"{name!r} is {value!r}", f"Choose one of {', '.join(allowed)}")
        return str(value)

    def rows(self, name: str) -> tuple[Row, ...]:
        """The entries of a list of maps."""
        value = self._value(name, _MISSING)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            raise self.fault(f"{name!r} is no list of entries", "Write '- field: value' lines under it")
        return tuple(Row(self.file, self.key, each) for each in value)

    def part(self, name: str) -> Row | None:
        """A map inside the row, None when it is not there."""
        value = self._value(name, None)
        if value is None:
            return None
        if not isinstance(value, dict):
            raise self.fault(f"{name!r} has no fields", "Write {field: value, …}")
        return Row(self.file, self.key, value)

    def places(self, law: str, name: str = "basis") -> tuple[Citation, ...]:
        """`36.1` of the law, or `36.1 number` of another document; one or a list."""
        value = self._value(name, _MISSING)
        written = value if isinstance(value, list) else [value]
        return tuple(self._place(each, law) for each in written)

    def _place(self, written: Any, law: str) -> Citation:
        where, _, number = str(written).strip().partition(" ")
        labels = where.split(".")
        if not isinstance(written, str) or not 1 <= len(labels) <= 3 or not all(labels):
            raise self.fault(f"{written!r} is no place", 'Write "article.clause.point" between quotes')
        return Citation(number.strip() or law, *labels)


def read_rows(path: Path) -> Iterator[Row]:
    """The entries of a file, by key. Raises LibraryError for a file or an entry that cannot be read."""
    try:
        written = read_map(path.read_text(encoding="utf-8"), str(path), "the file")
    except (OSError, UnicodeDecodeError) as fault:
        raise LibraryError(str(path), 1, f"cannot be read ({fault})", "Put the file there, written in UTF-8") from None
    for key, values in written.rows.items():
        if not isinstance(values, dict):
            raise written.fault(key, f"{key}: no fields", "Write 'field: value' lines under it")
        yield Row(written, key, values)
