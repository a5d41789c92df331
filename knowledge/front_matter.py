"""Reads the front matter of a library file: the keys that say what a document is and when it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import yaml

from knowledge.document import Amendment, LegalDocument, PartialEffect, Provision, Source
from knowledge.errors import LibraryError

_Row = TypeVar("_Row")

_CHOICES = {
    "audience": ("public", "staff"),
    "text": ("digest", "official"),
    "status": ("in_force", "expired", "replaced", "unconfirmed"),
}
_REQUIRED = ("number", "kind", "title", "issuer", "issued", "effective_from", "audience", "text")
_OPTIONAL = ("effective_to", "status", "replaces", "amended_by", "sources", "partial_effect", "notes")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of one file with the line each stands on, so that a fault can be named."""

    path: str
    keys: dict[str, Any]
    lines: dict[str, int]

    def fault(self, key: str, problem: str, remedy: str) -> LibraryError:
        return LibraryError(self.path, self.lines.get(key, 1), problem, remedy)


def split_front_matter(text: str, path: str) -> tuple[FrontMatter, list[tuple[int, str]]]:
    """The keys, and the numbered lines of the body.

    Raises LibraryError when the block is missing, is not YAML, or has keys that do not exist.
    """
    lines = text.splitlines()
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() == "---"), None)
    if not lines or lines[0].strip() != "---" or end is None:
        raise LibraryError(path, 1, "no front matter", "Begin the file with a block of keys between two lines '---'")
    try:
        keys = yaml.safe_load("\n".join(lines[1:end])) or {}
    except ValueError as fault:  # a date such as 2026-02-30
        raise LibraryError(
            path, 1, f"front matter has a value that cannot be read ({fault})", "Write dates as YYYY-MM-DD"
        ) from None
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = (mark.line + 2) if mark else 1
        raise LibraryError(
            path, line, f"front matter is not YAML ({getattr(fault, 'problem', fault)})", "Put texts with ':' between quotes"
        ) from None
    if not isinstance(keys, dict):
        raise LibraryError(path, 1, "front matter is not a list of keys", "Write 'key: value' lines")
    places = {
        line.split(":")[0].strip(): n for n, line in enumerate(lines[:end], 1) if ":" in line and not line.startswith((" ", "-"))
    }
    matter = FrontMatter(path, keys, places)
    _check_names(matter)
    return matter, list(enumerate(lines[end + 1 :], end + 2))


def _check_names(matter: FrontMatter) -> None:
    for key in matter.keys:
        if key not in (*_REQUIRED, *_OPTIONAL):
            raise matter.fault(key, f"unknown key {key!r}", f"Known keys: {', '.join((*_REQUIRED, *_OPTIONAL))}")
    for key in _REQUIRED:
        if matter.keys.get(key) in (None, ""):
            raise matter.fault(key, f"key {key!r} is missing", f"Add '{key}: …' to the front matter")
    for key, allowed in _CHOICES.items():
        if matter.keys.get(key, allowed[0]) not in allowed:
            raise matter.fault(key, f"{key} is {matter.keys[key]!r}", f"Use one of: {', '.join(allowed)}")


def document_of(matter: FrontMatter, provisions: tuple[Provision, ...]) -> LegalDocument:
    """The document of these keys with this text. Raises LibraryError for a value of the wrong form or dates out of order."""
    keys = matter.keys
    starts, ends = _date(matter, "effective_from"), _date(matter, "effective_to", needed=False)
    issued = _date(matter, "issued")
    if issued is None or starts is None:  # unreachable after _check_names; tells the type checker so
        raise matter.fault("issued", "dates are missing", "Add 'issued' and 'effective_from'")
    if ends and ends <= starts:
        raise matter.fault(
            "effective_to",
            f"effective_to {ends} is not after effective_from {starts}",
            "effective_to is the first day without effect",
        )
    if issued > starts and keys.get("kind") != "Tin":
        raise matter.fault("issued", f"issued {issued} is after effective_from {starts}", "Correct the dates")
    return LegalDocument(
        number=str(keys["number"]),
        kind=str(keys["kind"]),
        title=str(keys["title"]),
        issuer=str(keys["issuer"]),
        issued=issued,
        effective_from=starts,
        effective_to=ends,
        status=keys.get("status", "in_force"),
        audience=keys["audience"],
        text=keys["text"],
        replaces=tuple(str(number) for number in _list(matter, "replaces")),
        amended_by=_each(matter, "amended_by", lambda row: Amendment(str(row["number"]), _as_date(row.get("from")))),
        sources=_each(
            matter, "sources", lambda row: Source(str(row["title"]), str(row.get("url") or ""), _as_date(row.get("checked")))
        ),
        partial_effect=_each(matter, "partial_effect", _partial),
        notes=str(keys.get("notes") or ""),
        provisions=provisions,
    )


def _partial(row: dict[str, Any]) -> PartialEffect:
    return PartialEffect(tuple(str(place) for place in row["articles"]), _as_date(row.get("from")), _as_date(row.get("to")))


def _as_date(value: Any) -> date | None:
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))


def _date(matter: FrontMatter, key: str, *, needed: bool = True) -> date | None:
    value = matter.keys.get(key)
    if value is None and not needed:
        return None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise matter.fault(key, f"{key} is {value!r}, not a date", "Write dates as YYYY-MM-DD")


def _list(matter: FrontMatter, key: str) -> list[Any]:
    value = matter.keys.get(key) or []
    if not isinstance(value, list):
        raise matter.fault(key, f"{key} is not a list", f"Write '{key}: [..]'")
    return value


def _each(matter: FrontMatter, key: str, read: Callable[[dict[str, Any]], _Row]) -> tuple[_Row, ...]:
    try:
        return tuple(read(row) for row in _list(matter, key))
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise matter.fault(key, f"an entry of {key} cannot be read ({fault})", "See CONTRIBUTING.md, 'A document'") from None
