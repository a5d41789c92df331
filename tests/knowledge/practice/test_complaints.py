"""Windows for complaints, and the time to accept and resolve them."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.practice.book import Practice
from knowledge.practice.complaints import window
from tests.knowledge.practice.conftest import cases, check_told
from tests.knowledge.practice.run import Case, run_acceptance, run_answer, run_window


@pytest.mark.parametrize("case", cases("complaints"))
def test_until_when_one_may_complain(case: Case, book: Practice) -> None:
    found = run_window(case, book)
    assert (found.last, found.in_time) == (case["last"], case.get("in_time"))
    assert found.law in case["basis"]
    check_told(case, found)


@pytest.mark.parametrize("case", cases("answers"))
def test_until_when_a_complaint_is_answered(case: Case, book: Practice) -> None:
    resolved = run_answer(case, book)
    assert (run_acceptance(case, book).last, resolved.last) == (case["accept"], case["resolve"])
    check_told(case, resolved)


def test_a_window_that_crosses_the_change_says_that_the_law_is_silent(book: Practice) -> None:
    def silent(known: date) -> bool:
        return "không suy đoán" in " ".join(window("coercion", known, book.limits, book.calendar).warnings)

    assert silent(date(2026, 6, 15))
    assert not silent(date(2026, 5, 4))
