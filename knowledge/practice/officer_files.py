"""Reads the sheets that officers work by, one file for each subject, and names file, line and remedy of whatever is wrong in them."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge.errors import LibraryError
from knowledge.lists import read_text
from knowledge.maps import YamlMap, read_map
from knowledge.practice.officers import PARTS, Line, Sheet, Sheets, Subject
from knowledge.practice.procedure_rows import basis, limit, said, texts
from knowledge.practice.rows import Row
from knowledge.text import fold

_ID = re.compile(r"[a-z]+(?:-[a-z]+)*")
_LINE = ("says", "who", "to", "how", "limit", "basis")
_FRAME = ("title", "called", "in_force_from", "in_force_to", "silent")
_NAMED = re.compile(r"(?P<sheet>[\w-]+):|  (?P<part>\w+):|    (?P<entry>-) ")


def read_officer_files(folder: Path) -> Sheets:
    """The sheets of a folder by subject; a subject without a file has none. Raises LibraryError for the first that cannot be used."""
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in PARTS:
            problem = f"no subject is called {path.stem!r}"
            raise LibraryError(str(path), 1, problem, f"Known are {', '.join(f'{name}.yaml' for name in PARTS)}")
    paths = {subject: folder / f"{subject}.yaml" for subject in PARTS}
    return {subject: _sheets(path, subject) for subject, path in paths.items() if path.exists()}


def _sheets(path: Path, subject: Subject) -> tuple[Sheet, ...]:
    text = read_text(path)
    written = read_map(text, str(path), "the file")
    file = YamlMap(written.path, written.rows, _lines(text))
    owners: dict[str, str] = {}
    sheets = []
    for id, values in written.rows.items():
        if not isinstance(values, dict):
            raise file.fault(id, f"{id}: no fields", "Write 'field: value' lines under it")
        sheet = _sheet(Row(file, id, values), subject)
        for name in {fold(each) for each in (sheet.title, *sheet.called)}:
            if owners.setdefault(name, id) != id:
                raise file.fault(id, f"{id}: {owners[name]!r} is called {name!r} too", "Give the words to one of the two")
        sheets.append(sheet)
    return tuple(sheets)


def _lines(text: str) -> dict[str, int]:
    """The lines of the sheets, and of the entries in them by sheet, part and place: `postponed enters 2`."""
    lines: dict[str, int] = {}
    sheet = part = ""
    place = 0
    for number, line in enumerate(text.split("\n"), 1):
        if named := _NAMED.match(line):
            place = place + 1 if named["entry"] else 0
            sheet, part = named["sheet"] or sheet, named["part"] or part
            lines.setdefault(f"{sheet} {part} {place}" if place else sheet, number)
    return lines


def _sheet(row: Row, subject: Subject) -> Sheet:
    row.only(*_FRAME, *PARTS[subject])
    if not _ID.fullmatch(row.key):
        raise row.fault(f"{row.key!r} is no id", "Write small letters without accents, joined by '-'")
    return Sheet(
        subject=subject,
        id=row.key,
        title=row.text("title"),
        called=texts(row, "called"),
        parts=tuple((part, tuple(_line(each) for each in _entries(row, part))) for part in PARTS[subject]),
        silent=texts(row, "silent", ()),
        in_force_from=row.day("in_force_from"),
        in_force_to=row.day_or_none("in_force_to"),
    )


def _entries(row: Row, part: str) -> list[Row]:
    return [Row(row.file, f"{row.key} {part} {place}", each.values) for place, each in enumerate(row.rows(part), 1)]


def _line(row: Row) -> Line:
    row.only(*_LINE)
    return Line(row.text("says"), basis(row), said(row, "who"), said(row, "to"), said(row, "how"), limit(row))
