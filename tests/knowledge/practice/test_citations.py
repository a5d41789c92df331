"""Every place that the rules name stands in the library, and holds on the days for which it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest

from knowledge.citation import Citation
from knowledge.document import Provision
from knowledge.practice.book import Practice
from knowledge.practice.distribution import places_of
from knowledge.store import Library
from knowledge.transition import CHANGED, NEW, OLD
from tests.conftest import ROOT
from tests.knowledge.practice.conftest import cases
from tests.knowledge.practice.run import RUN, Case

OURS = (
    "step",
    "amounts",
    "calendar",
    "spans",
    "limits",
    "deadlines",
    "limitation",
    "coercion_days",
    "complaints",
    "fees",
    "costs",
    "interest",
    "wages",
    "housing",
    "distribution",
    "auction",
    "relief",
)


def find(law: Library, citation: Citation) -> tuple[Provision, date, date | None] | None:
    """The place, and the first and the last-but-one day on which it holds."""
    for document in law.numbered(citation.number or ""):
        at: Provision | None = document.article(citation.article or "")
        since, until = document.effective_from, document.effective_to
        for label in (citation.clause, citation.point):
            at = at.child(label) if at is not None and label is not None else at
        if at is not None:
            return at, at.in_force_from or since, at.in_force_to or until
    return None


def faults(law: Library, citation: Citation, first: date, last: date) -> list[str]:
    """Why the citation cannot be used for these days: not there, or not in force on any of them."""
    found = find(law, citation)
    if found is None:
        return [f"{citation} is not in the library"]
    _, since, until = found
    held = since <= last and (until is None or first < until)
    return [] if held else [f"{citation} holds {since}–{until}, used for {first}–{last}"]


def test_the_tables_cite_what_holds_while_they_hold(book: Practice, law: Library) -> None:
    used: list[tuple[Citation, date, date | None]] = []
    for limit in book.limits.values():
        for version in limit.versions:
            more = [each.basis for each in (version.longest, version.extra) if each]
            used += [(c, version.since, version.until) for basis in (version.basis, *more) for c in basis]
    used += [(c, v.since, v.until) for rate in book.rates.values() for v in rate.versions for c in v.basis]
    for row in (*book.fees.tiers, *book.fees.no_fee, *book.fees.reliefs):
        used += [(c, book.fees.since, None) for c in row.basis]
    wrong = []
    for citation, since, until in used:
        found = find(law, citation)
        if found is None:
            wrong.append(f"{citation} is not in the library")
        elif since < found[1] or (found[2] is not None and (until is None or until > found[2])):
            wrong.append(f"{citation} holds {found[1]}–{found[2]}, the table uses it {since}–{until}")
    assert len(used) > 250
    assert wrong == []


def written_places(name: str) -> Iterator[Citation]:
    """The places written in the code of a module; those with a computed number or label are left out."""
    module = import_module(f"knowledge.practice.{name}")
    tree = ast.parse((ROOT / "knowledge" / "practice" / f"{name}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("place", "Citation"):
            parts = [vars(module).get(arg.id) if isinstance(arg, ast.Name) else getattr(arg, "value", None) for arg in node.args]
            if all(isinstance(part, str) for part in parts):
                yield Citation(*map(str, parts))


def test_the_places_written_in_the_code_are_in_the_library(law: Library) -> None:
    written = [citation for name in OURS for citation in written_places(name)]
    written += [citation for number in (OLD, NEW) for citation in places_of(number)]
    assert len(written) > 60
    assert [str(citation) for citation in written if find(law, citation) is None] == []


def days_of(name: str, case: Case, result: Any) -> tuple[date, date]:
    """The days that a case speaks of: from the event to the end of what runs after it."""
    if name == "limitation":
        return case["asked"], case["asked"]
    if name == "interest":
        return case["end"], case["end"]
    if "day" in case:
        return case["day"], case["day"]
    event = case.get("start") or case.get("known") or case.get("accepted") or case["received"]
    if case.get("stage") == "finished":  # goes on under the old law, Điều 116 khoản 1
        event = CHANGED - timedelta(days=1)
    ends = [end for end in (result.last, getattr(result, "longest", None)) if end]
    return min([event, *ends]), max([event, *ends])


@pytest.mark.parametrize("name", RUN)
def test_what_a_case_cites_holds_on_its_days(name: str, book: Practice, law: Library) -> None:
    wrong = []
    for row in cases(name):
        result = RUN[name](row.values[0], book)
        first, last = days_of(name, row.values[0], result)
        wrong += [f"{row.id}: {fault}" for step in result.steps for c in step.basis for fault in faults(law, c, first, last)]
    assert wrong == []


def test_a_place_that_is_not_there_or_not_in_force_is_found(law: Library) -> None:
    day = date(2026, 8, 10)
    assert faults(law, Citation(NEW, "36", "9"), day, day)
    assert faults(law, Citation(OLD, "45", "1"), day, day)
    assert faults(law, Citation(NEW, "36", "1"), date(2026, 6, 1), date(2026, 6, 30))
    assert not faults(law, Citation(NEW, "36", "1"), day, day)
