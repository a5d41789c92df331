"""Reads the forms that lawyers edit, a YAML file and a Word template each, and names file, line and remedy of whatever is wrong in them.

Fields that many forms share stand once in `fields.yaml`; a form that names one takes from there what it does not say itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from knowledge.errors import LibraryError
from knowledge.lists import read_text
from knowledge.practice.form_paper import check_template
from knowledge.practice.forms import KINDS, Field, FieldKind, Form
from knowledge.practice.procedure_rows import basis, entries, identifier, numbered, said, texts, when
from knowledge.practice.procedures import Option
from knowledge.practice.rows import Row

SHARED = "fields.yaml"
_FORM = ("id", "title", "asks", "who", "before", "papers", "basis", "official", "in_force_from", "in_force_to", "fields", "notes")
_FIELD = ("id", "label", "question", "kind", "required", "hint", "options", "when", "past")
_NAMED = re.compile(r"\s*form: *[\"']?(?P<id>[^\"'#\s]+)")


def read_forms(folder: Path) -> dict[str, Form]:
    """The forms of a folder by id. Raises LibraryError for the first file that cannot be used."""
    shared: dict[str, dict[str, Any]] = {}
    if (path := folder / SHARED).exists():
        shared = {identifier(row): _checked(row).values for row in entries(numbered(path, "the fields").only("fields"), "fields")}
    return {path.stem: _form(path, shared) for path in sorted(folder.glob("*.yaml")) if path.name != SHARED}


def check_forms(library: Path, checked: Path | None = None) -> None:
    """Raises LibraryError for a form that cannot be read or filled, and for a procedure that names one that is not there.

    A form that is the same in `checked`, a library that passed before, is not filled again: that takes a tenth of a second each.
    """
    forms = read_forms(library / "forms")
    for form in forms.values():
        names = ("fields.yaml", f"{form.id}.yaml", f"{form.id}.docx")
        if not checked or any(_bytes(library / "forms" / name) != _bytes(checked / "forms" / name) for name in names):
            check_template(form, library / "forms" / f"{form.id}.docx")
    for path in sorted((library / "procedures").glob("*.yaml")):
        for number, line in enumerate(read_text(path).split("\n"), 1):
            if (named := _NAMED.match(line)) and named["id"] not in forms:
                problem = f"there is no form {named['id']!r}"
                raise LibraryError(str(path), number, problem, "Name a file of knowledge/library/forms without .yaml")


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _form(path: Path, shared: Mapping[str, dict[str, Any]]) -> Form:
    row = numbered(path, "the form").only(*_FORM)
    if identifier(row) != path.stem:
        raise row.fault(f"the file is called {path.stem!r}", "Name the file after its id")
    rows = [Row(each.file, each.key, {**shared.get(each.key, {}), **each.values}) for each in entries(row, "fields")]
    fields = tuple(_field(each) for each in rows)
    if not fields:
        raise row.fault("no fields", "Write '- {id: …}' entries under fields")
    for place, (field, entry) in enumerate(zip(fields, rows, strict=True)):
        _check_place(field, entry, fields[:place])
    return Form(
        id=path.stem,
        title=row.text("title"),
        asks=texts(row, "asks"),
        who=row.text("who"),
        before=row.text("before"),
        papers=texts(row, "papers", ()),
        basis=basis(row),
        fields=fields,
        official=row.text("official"),
        notes=texts(row, "notes", ()),
        in_force_from=row.day("in_force_from"),
        in_force_to=row.day_or_none("in_force_to"),
        template=_template(row, path.with_suffix(".docx")),
    )


def _template(row: Row, path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise row.fault(f"its Word template {path.name} is not there", "Put it beside this file, under the same name") from None


def _field(row: Row) -> Field:
    _checked(row)
    return Field(
        id=identifier(row),
        label=row.text("label"),
        question=row.text("question"),
        kind=cast(FieldKind, row.choice("kind", KINDS)),
        required=row.flag("required"),
        hint=said(row, "hint"),
        options=_options(row),
        when=when(row),
        past=row.flag("past"),
    )


def _checked(row: Row) -> Row:
    """The row of a field, when it has no other keys than a field has and its options fit its kind."""
    row.only(*_FIELD)
    if row.choice("kind", KINDS) != "date" and row.values.get("past"):
        raise row.fault("only a date can be past", "Take out 'past', or make the kind date")
    _options(row)
    return row


def _options(row: Row) -> tuple[Option, ...]:
    options = row.part("options")
    if (row.values.get("kind") == "choice") != bool(options and len(options.values) >= 2):
        raise row.fault("a choice has two options or more, and nothing else has any", "Write 'value: words' lines under options")
    return tuple(Option(value, options.text(value)) for value in options.values) if options else ()


def _check_place(field: Field, row: Row, before: Sequence[Field]) -> None:
    """Raises LibraryError for a field that stands twice, or one that hangs on an answer which is not asked for before it."""
    known = {each.id: {option.value for option in each.options} for each in before}
    if field.id in known:
        raise row.fault("the id stands twice", "Give each field an id of its own")
    for other, answers in field.when.items():
        if missing := sorted(set(answers) - known.get(other, set())):
            raise row.fault(
                f"no field before it has the answer {other}: {missing[0]}", "Use the ids and values of choices above it"
            )
