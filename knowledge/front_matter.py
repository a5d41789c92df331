"""Reads the front matter of a library file: the keys that say what a document is and when it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from knowledge.document import Amendment, LegalDocument, PartialEffect, Provision, Source
from knowledge.errors import LibraryError
from knowledge.maps import YamlMap, read_map
from knowledge.text import slug

_Row = TypeVar("_Row")

_CHOICES = {
    "audience": ("public", "staff"),
    "text": ("digest", "official"),
    "status": ("in_force", "expired", "replaced", "unconfirmed"),
}
_REQUIRED = ("number", "kind", "title", "issuer", "issued", "effective_from", "audience", "text")
_TEXTS = ("number", "kind", "title", "issuer", "notes")
_OPTIONAL = ("effective_to", "status", "replaces", "amended_by", "sources", "partial_effect", "notes")
_ROW_KEYS = {
    "amended_by": ("number", "from"),
    "sources": ("title", "url", "checked"),
    "partial_effect": ("articles", "from", "to"),
}
_LINE_END = re.compile(r"\r\n?|\n")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffd]")
_UNSEEN = re.compile(r"[\xad\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def split_front_matter(text: str, path: str) -> tuple[YamlMap, list[tuple[int, str]]]:
    """The keys, and the numbered lines of the body. Marks that nobody sees are taken out: pasted text is full of them.

    Raises LibraryError when the block is missing, is not YAML, or has keys that do not exist, and for signs that are no text.
    """
    lines = _LINE_END.split(_UNSEEN.sub("", text.replace("\u200b", " ")).removesuffix("\n"))
    for number, line in enumerate(lines, 1):
        if odd := _NOT_TEXT.search(line):
            raise LibraryError(path, number, f"a sign that is no text (U+{ord(odd[0]):04X})", "Type the line again")
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if lines[0].rstrip() != "---" or end is None:
        raise LibraryError(path, 1, "no front matter", "Begin the file with a block of keys between two lines '---'")
    matter = read_map("\n".join(lines[1:end]), path, "front matter", lines_above=1)
    _check_names(matter)
    _check_texts(matter)
    return matter, list(enumerate(lines[end + 1 :], end + 2))


def _check_names(matter: YamlMap) -> None:
    rows = matter.rows
    for key in rows:
        if key not in (*_REQUIRED, *_OPTIONAL):
            raise matter.fault(key, f"unknown key {key!r}", f"Known keys: {', '.join((*_REQUIRED, *_OPTIONAL))}")
    for key in _REQUIRED:
        if rows.get(key) in (None, ""):
            raise matter.fault(key, f"key {key!r} is missing", f"Add '{key}: …' to the front matter")
    for key, allowed in _CHOICES.items():
        if rows.get(key, allowed[0]) not in allowed:
            raise matter.fault(key, f"{key} is {rows[key]!r}", f"Use one of: {', '.join(allowed)}")


def _check_texts(matter: YamlMap) -> None:
    for key in _TEXTS:
        if not isinstance(matter.rows.get(key), str | None):
            raise matter.fault(key, f"{key} is {matter.rows[key]!r}, not a text", "Put it between quotes")
    if not slug(matter.rows["number"]):
        raise matter.fault("number", f"number is {matter.rows['number']!r}", "Write the number as the document bears it")


def document_of(matter: YamlMap, provisions: tuple[Provision, ...]) -> LegalDocument:
    """The document of these keys with this text. Raises LibraryError for a value of the wrong form or dates out of order."""
    keys = matter.rows
    issued, starts = _needed_date(matter, "issued"), _needed_date(matter, "effective_from")
    ends = _date(matter, "effective_to")
    if ends and ends <= starts:
        raise matter.fault(
            "effective_to",
            f"effective_to {ends} is not after effective_from {starts}",
            "effective_to is the first day without effect",
        )
    if issued > starts and keys["kind"] != "Tin":
        raise matter.fault("issued", f"issued {issued} is after effective_from {starts}", "Correct the dates")
    partial = _each(matter, "partial_effect", _partial)
    for effect in partial:
        _check_span(matter, effect, starts, ends)
    return LegalDocument(
        number=keys["number"],
        kind=keys["kind"],
        title=keys["title"],
        issuer=keys["issuer"],
        issued=issued,
        effective_from=starts,
        effective_to=ends,
        status=keys.get("status", "in_force"),
        audience=keys["audience"],
        text=keys["text"],
        replaces=_each(matter, "replaces", _text),
        amended_by=_each(matter, "amended_by", lambda row: Amendment(_text(row["number"]), _as_date(row.get("from")))),
        sources=_each(matter, "sources", lambda row: Source(_text(row["title"]), _url(row), _as_date(row.get("checked")))),
        partial_effect=partial,
        notes=keys.get("notes") or "",
        provisions=provisions,
    )


def _partial(row: dict[str, Any]) -> PartialEffect:
    if not isinstance(row["articles"], list) or not row["articles"]:
        raise ValueError("articles is not a list of places")
    effect = PartialEffect(tuple(_text(place) for place in row["articles"]), _as_date(row.get("from")), _as_date(row.get("to")))
    if effect.effective_from is None and effect.effective_to is None:
        raise ValueError("it has no date")
    return effect


def _check_span(matter: YamlMap, effect: PartialEffect, starts: date, ends: date | None) -> None:
    """Raises LibraryError when the places of the entry would never hold; a date left out is that of the document."""
    first, last = effect.effective_from or starts, effect.effective_to or ends
    if last and last <= first:
        problem = f"partial_effect ends {last}, which is not after {first}, for {', '.join(effect.places)}"
        raise matter.fault("partial_effect", problem, "'to' is the first day without effect")


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{value!r} is not a text")
    return value


def _url(row: dict[str, Any]) -> str:
    url = row.get("url") or ""
    if not isinstance(url, str) or url and not url.startswith(("https://", "http://")):  # it becomes a link on the page
        raise ValueError(f"{url!r} is not a web address")
    return url


def _as_date(value: Any) -> date | None:
    if value is None or isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError(f"{value!r} is not a date")


def _date(matter: YamlMap, key: str) -> date | None:
    try:
        return _as_date(matter.rows.get(key))
    except ValueError:
        raise matter.fault(key, f"{key} is {matter.rows[key]!r}, not a date", "Write dates as YYYY-MM-DD") from None


def _needed_date(matter: YamlMap, key: str) -> date:
    if found := _date(matter, key):
        return found
    raise matter.fault(key, f"key {key!r} is missing", "Write dates as YYYY-MM-DD")


def _each(matter: YamlMap, key: str, read: Callable[[Any], _Row]) -> tuple[_Row, ...]:
    rows = matter.rows.get(key) or []
    if not isinstance(rows, list):
        raise matter.fault(key, f"{key} is not a list", f"Write '{key}: [..]'")
    try:
        for name in (name for row in rows if isinstance(row, dict) for name in row):
            if name not in _ROW_KEYS.get(key, ()):
                raise ValueError(f"unknown key {name!r}")
        return tuple(read(row) for row in rows)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise matter.fault(key, f"an entry of {key} cannot be read ({fault})", "See CONTRIBUTING.md, 'A document'") from None
