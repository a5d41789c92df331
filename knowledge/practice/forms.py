"""Forms as values: what a paper asks for, field by field, and how each answer stands on it.

A field that was passed over is a dotted line on the paper, to be filled in by hand; one that does not apply is nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from typing import Literal

from knowledge.citation import Citation
from knowledge.practice.procedures import Option, When, possible, satisfied
from knowledge.practice.step import write_money
from knowledge.text import slug
from knowledge.timeline import holds

FieldKind = Literal["text", "lines", "date", "money", "choice", "identity", "phone"]
KINDS: tuple[FieldKind, ...] = ("text", "lines", "date", "money", "choice", "identity", "phone")
# field -> what was told: words as typed, a day in ISO form, money in digits, the value of an option; empty: passed over
Values = Mapping[str, str]
_DOTS = "…" * 18
_LINE = "…" * 30
_BLANK_DAY = "ngày …… tháng …… năm ………"
_LINES_LEFT = 3  # dotted lines for a story that is to be written by hand


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks for; `past`: a day that cannot lie ahead."""

    id: str
    label: str
    question: str
    kind: FieldKind
    required: bool
    hint: str = ""
    options: tuple[Option, ...] = ()
    when: When = dataclass_field(default_factory=dict)
    past: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One paper: who writes it, to whom, with what, on which places of the law; `official` says which template goes before ours."""

    id: str
    title: str
    asks: tuple[str, ...]
    who: str
    before: str
    papers: tuple[str, ...]
    basis: tuple[Citation, ...]
    fields: tuple[Field, ...]
    official: str
    notes: tuple[str, ...]
    in_force_from: date
    in_force_to: date | None
    template: bytes

    @property
    def file_name(self) -> str:
        """`don-yeu-cau-thi-hanh-an.docx`: letters that every system can keep."""
        return f"{slug(self.title)}.docx"

    def in_force(self, on: date) -> bool:
        """Whether the form is the one to use on the date."""
        return holds(self.in_force_from, self.in_force_to, on)


def fields_for(form: Form, values: Values) -> tuple[Field, ...]:
    """The fields that apply to what was told so far, in order."""
    return tuple(field for field in form.fields if satisfied(field.when, values))


def next_field(form: Form, values: Values) -> Field | None:
    """The first field that applies and has not been asked, None when the form is complete."""
    return next((field for field in fields_for(form, values) if field.id not in values), None)


def written(field: Field, value: str) -> str:
    """What was told, the way it stands on the paper."""
    if field.kind == "date":
        return _day(date.fromisoformat(value))
    if field.kind == "money":
        return write_money(int(value))
    if field.kind == "choice":
        return next((option.says for option in field.options if option.value == value), "")
    return value


def on_paper(form: Form, values: Values) -> dict[str, str]:
    """The words for every place of the template: what was told, dots where nothing was, nothing where the field does not apply."""
    return {
        field.id: written(field, told) if (told := values.get(field.id)) else _blank(field) if _open(field, values) else ""
        for field in form.fields
    }


def _open(field: Field, values: Values) -> bool:
    """Whether the field may still apply; a choice that was passed over leaves all that hangs on it to be written by hand."""
    return possible(field.when, {id: told for id, told in values.items() if told})


def _blank(field: Field) -> str:
    if field.kind == "date":
        return _BLANK_DAY
    if field.kind == "choice":
        return "   ".join(f"☐ {option.says}" for option in field.options)
    return "\n".join([_LINE] * _LINES_LEFT) if field.kind == "lines" else _DOTS


def _day(day: date) -> str:
    """`ngày 03 tháng 8 năm 2026`: a day below 10 and the first two months have a zero before them, as official letters do."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
