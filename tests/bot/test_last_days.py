"""A person's own last day: by the table of limits, by the law of the day, or not told where the law before this one held."""

from __future__ import annotations

from datetime import date

import pytest

from bot.last_days import LastDays
from knowledge.practice.book import read_practice
from knowledge.practice.procedure_files import read_procedures
from tests.conftest import ROOT, TODAY

LIBRARY = ROOT / "knowledge" / "library"
PROCEDURES = read_procedures(LIBRARY / "procedures")
PRACTICE = read_practice(LIBRARY / "practice")


def said(id: str, step: str, facts: dict[str, str], today: date = TODAY) -> tuple[str, str]:
    procedure = PROCEDURES[id]
    limit = next(each.limit for each in procedure.steps if each.id == step)
    found = LastDays(facts, procedure.in_force_from, today, PRACTICE).of(limit)
    return found.said, " ".join(found.warnings)


@pytest.mark.parametrize(
    ("id", "step", "facts", "expected"),
    [
        pytest.param("voluntary-performance", "perform", {"received": "2026-11-20"}, "thứ hai 30/11/2026", id="ten days"),
        pytest.param("voluntary-performance", "perform", {"received": "2026-08-03"}, "thứ năm 13/8/2026 (đã qua)", id="over"),
        pytest.param(
            "voluntary-performance", "perform", {"received": "2026-11-18"}, "thứ hai 30/11/2026", id="a weekend moves it"
        ),
        pytest.param("first-complaint", "in_time_coercion", {"known": "2026-11-02"}, "thứ tư 02/12/2026", id="thirty days"),
        pytest.param("second-complaint", "complain", {"received": "2026-11-10"}, "thứ tư 25/11/2026", id="second complaint"),
        pytest.param(
            "request-enforcement", "write", {"effective": "2023-02-10"}, "thứ năm 10/02/2028", id="five years, from the old law"
        ),
        pytest.param("auction-buyer", "pay", {"won": "2026-11-03"}, "thứ năm 03/12/2026", id="auction payment"),
        pytest.param(
            "auction-buyer", "extend", {"won": "2026-11-03"}, "thứ hai 04/01/2027", id="no entry in the table: by its own length"
        ),
        pytest.param("revaluation", "request", {"told": "2026-11-20"}, "thứ sáu 27/11/2026", id="working days"),
        pytest.param("return-of-property", "collect_papers", {"told": "2026-11-23"}, "thứ ba 23/02/2027", id="months"),
        pytest.param("property-dispute", "creditor_sues", {"told": "2026-11-23"}, "thứ ba 08/12/2026", id="creditor sues"),
        pytest.param(
            "voluntary-performance", "perform", {"received": "2026-06-25"}, "(đã qua)", id="it ran over the change of the law"
        ),
        pytest.param("voluntary-performance", "perform", {"received": "?"}, "", id="not known"),
        pytest.param("voluntary-performance", "perform", {"received": "abc"}, "", id="not a day"),
        pytest.param("voluntary-performance", "perform", {}, "", id="not asked"),
        pytest.param("voluntary-performance", "confirm", {"received": "2026-11-20"}, "", id="a limit from another event"),
    ],
)
def test_last_day(id: str, step: str, facts: dict[str, str], expected: str) -> None:
    found, _ = said(id, step, facts)
    assert (expected in found) if expected else (found == "")


def test_before_the_law_nothing_is_counted_and_it_is_said() -> None:
    found, warnings = said("auction-buyer", "extend", {"won": "2026-05-04"})
    assert found == ""
    assert "04/5/2026" in warnings


def test_a_running_limit_is_told_under_both_laws() -> None:
    found, warnings = said("auction-buyer", "deliver", {"paid_on": "2026-06-01"})
    assert found or warnings


def test_without_tables_no_day() -> None:
    limit = next(step.limit for step in PROCEDURES["voluntary-performance"].steps if step.id == "perform")
    assert LastDays({"received": "2026-11-20"}, date(2026, 7, 1), TODAY, None).of(limit).said == ""
