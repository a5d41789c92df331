"""What was in force when: the first and the last day, single places with dates of their own, and what replaced what."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.document import LegalDocument
from knowledge.parse import parse_document
from knowledge.passages import passages_of
from knowledge.timeline import holds, passage_holds, replaced_by, state

BEGIN, END = date(2009, 7, 1), date(2026, 7, 1)


def document(keys: str = "", number: str = "26/2008/QH12", issued: str = "2008-11-14", body: str = "Lời.") -> LegalDocument:
    return parse_document(
        f"---\nnumber: {number}\nkind: Luật\ntitle: Thử\nissuer: Quốc hội\nissued: {issued}\n"
        f"effective_from: {BEGIN if number == '26/2008/QH12' else END}\naudience: public\ntext: digest\n{keys}---\n"
        f"## Điều 1. Một\n1. {body}\n2. Hai.\n",
        "thu.md",
    )


@pytest.mark.parametrize(
    ("on", "ends", "expected"),
    [
        pytest.param(date(2009, 6, 30), END, False, id="the day before"),
        pytest.param(date(2009, 7, 1), END, True, id="the first day"),
        pytest.param(date(2026, 6, 30), END, True, id="the last day"),
        pytest.param(date(2026, 7, 1), END, False, id="the first day without effect"),
        pytest.param(date(2099, 1, 1), None, True, id="without end"),
        pytest.param(date(1990, 1, 1), None, False, id="long before"),
    ],
)
def test_holds(on: date, ends: date | None, expected: bool) -> None:
    assert holds(BEGIN, ends, on) is expected


@pytest.mark.parametrize(
    ("keys", "on", "expected"),
    [
        pytest.param("", date(2009, 6, 30), "not_yet", id="not yet"),
        pytest.param("", date(2009, 7, 1), "in_force", id="from its first day"),
        pytest.param("effective_to: 2026-07-01\n", date(2026, 6, 30), "in_force", id="to its last day"),
        pytest.param("effective_to: 2026-07-01\n", date(2026, 7, 1), "expired", id="no longer"),
        pytest.param("effective_to: 2026-07-01\nstatus: replaced\n", date(2020, 1, 1), "in_force", id="replaced later on"),
        pytest.param("status: unconfirmed\n", date(2026, 11, 23), "unconfirmed", id="said to be unconfirmed"),
        pytest.param("status: unconfirmed\n", date(2009, 1, 1), "not_yet", id="unconfirmed, but not yet anyway"),
        pytest.param("status: unconfirmed\neffective_to: 2026-07-01\n", END, "expired", id="unconfirmed, but over anyway"),
    ],
)
def test_state(keys: str, on: date, expected: str) -> None:
    assert state(document(keys), on) == expected


def test_a_place_with_dates_of_its_own() -> None:
    law = document('effective_to: 2026-07-01\npartial_effect: [{articles: ["khoản 1 Điều 1"], from: 2015-07-01}]\n')
    first, second = passages_of(law)
    days = [date(2015, 6, 30), date(2015, 7, 1), date(2026, 6, 30), date(2026, 7, 1)]
    assert [passage_holds(first, day) for day in days] == [False, True, True, False]
    assert [passage_holds(second, day) for day in days] == [True, True, True, False]


def test_replaced_by() -> None:
    old = document()
    new = document("replaces: [26/2008/QH12]\n", number="106/2025/QH15", issued="2025-12-05")
    other = document(number="1/2025/QH15", issued="2025-12-05")
    assert replaced_by(old, (old, new, other)) == [new]
    assert replaced_by(new, (old, new, other)) == []


def test_a_later_document_of_the_same_number_does_not_replace_itself() -> None:
    again = document("replaces: [26/2008/QH12]\n")
    assert replaced_by(again, (again,)) == []
