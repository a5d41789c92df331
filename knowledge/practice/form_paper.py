"""Fills the Word template of a form, and checks that a template asks for what its form knows.

What people typed is data here: it is put into the finished template once, escaped, and is never read as a template itself.
"""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from knowledge.errors import LibraryError
from knowledge.practice.forms import Form, Values, on_paper
from knowledge.text import nfc

LONGEST = 4_000  # characters of one answer that go onto the paper
# What XML cannot hold, what the template reader takes for a page or a paragraph, and marks that turn the reading direction.
_UNWRITABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_NEW_PARAGRAPH = "\a"  # how the template reader is told to begin one


def fill(form: Form, values: Values) -> bytes:
    """The paper as a Word file; what was not told is left to be written by hand."""
    from docxtpl import DocxTemplate

    paper: Any = DocxTemplate(BytesIO(form.template))
    paper.render({id: _safe(words) for id, words in on_paper(form, values).items()}, _environment(), autoescape=True)
    made = BytesIO()
    paper.save(made)
    return made.getvalue()


def check_template(form: Form, path: Path) -> None:
    """Raises LibraryError for a template that is no Word file, or that does not show exactly the fields of its form."""
    from docx.opc.exceptions import OpcError
    from docxtpl import DocxTemplate

    fault = partial(LibraryError, str(path), 1)
    try:
        named = set(DocxTemplate(BytesIO(form.template)).get_undeclared_template_variables(_environment()))
        if unknown := sorted(named - {field.id for field in form.fields}):
            raise fault(
                f"{{{{ {unknown[0]} }}}} is no field of the form", f"Use the ids of {path.stem}.yaml, or add the field there"
            )
        steering = {id for field in form.fields for id in field.when}  # a choice may only decide what else is asked
        if unused := next((field.id for field in form.fields if field.id not in named | steering), None):
            raise fault(
                f"field {unused!r} stands nowhere",
                f"Write {{{{ {unused} }}}} where it belongs, or take it out of {path.stem}.yaml",
            )
        fill(form, {})
    except TemplateError as problem:
        remedy = "Write {{ field }}, or {%p if field %} … {%p endif %}, each in a paragraph of its own"
        raise fault(f"a placeholder is broken ({problem})", remedy) from None
    except (OpcError, BadZipFile, KeyError, ValueError) as problem:
        raise fault(f"no Word file ({problem})", "Save it from Word as .docx") from None


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)


def _safe(words: str) -> str:
    """Words that any Word file can hold; each of their lines becomes a paragraph."""
    kept = _UNWRITABLE.sub(" ", nfc(words).replace("\r\n", "\n"))[:LONGEST]
    return _NEW_PARAGRAPH.join(line.strip() for line in kept.split("\n"))
