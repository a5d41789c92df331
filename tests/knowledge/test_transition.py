"""The change of law on 01/7/2026, rule by rule: stage and matter, what the law leaves open, bailiffs, exhibits, fees, early provisions."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import get_args

import pytest

from bot.serve import LiveKnowledge
from knowledge import transition
from knowledge.citation import Citation
from knowledge.document import LegalDocument
from knowledge.passages import passages_of
from knowledge.soundness import has_place
from knowledge.store import Library
from knowledge.timeline import passage_holds
from knowledge.transition import (
    BAILIFF_RULES,
    CHANGED,
    DECREE,
    EARLY,
    EXHIBIT_STORES,
    NEW,
    OFFICES,
    OLD,
    BailiffRule,
    Matter,
    Ruling,
    Stage,
    pays_fee_as_debtor,
    ruling,
)
from tests.conftest import TODAY

KEEPS_ON = [Citation(NEW, "116", "3"), Citation(NEW, "116", "4")]
CASES = list(product(get_args(Stage), get_args(Matter)))


@pytest.fixture(scope="module")
def library(live: LiveKnowledge) -> Library:
    return live().library


@pytest.fixture(scope="module")
def law(library: Library) -> LegalDocument:
    return library.numbered(NEW)[0]


def rules() -> list[Ruling | BailiffRule]:
    """Every rule that the module knows."""
    named = [value for value in vars(transition).values() if isinstance(value, (Ruling, BailiffRule))]
    listed = [
        rule for value in vars(transition).values() if isinstance(value, tuple) for rule in value if isinstance(rule, BailiffRule)
    ]
    return list(dict.fromkeys([*named, *listed, *(ruling(*case) for case in CASES)]))


@pytest.mark.parametrize(
    ("stage", "matter", "applies", "basis", "says"),
    [
        pytest.param("finished", "complaint", OLD, [Citation(NEW, "116", "1")], "khiếu nại, tố cáo", id="3: finished, complaint"),
        pytest.param("finished", "protest", OLD, [Citation(NEW, "116", "1")], "kháng nghị, kiến nghị", id="3: finished, protest"),
        pytest.param("finished", "enforcement", OLD, [Citation(NEW, "116", "1")], "đã kết thúc", id="3: finished, nothing more"),
        pytest.param("finished", "done_step", OLD, [Citation(NEW, "116", "1")], "đã kết thúc", id="3: finished, a step of then"),
        pytest.param(
            "finished",
            "protest_time_limit",
            NEW,
            [Citation(NEW, "116", "2"), Citation(NEW, "112", "2")],
            "thời hạn kháng nghị",
            id="3: finished, but the time to protest is the new law's",
        ),
        pytest.param("unfinished", "enforcement", NEW, KEEPS_ON, "thi hành tiếp", id="3: unfinished goes on under the new law"),
        pytest.param("unfinished", "complaint", NEW, KEEPS_ON, "thi hành tiếp", id="3: unfinished, complaint"),
        pytest.param("unfinished", "protest", NEW, KEEPS_ON, "thi hành tiếp", id="3: unfinished, protest"),
        pytest.param("unfinished", "protest_time_limit", NEW, KEEPS_ON, "thi hành tiếp", id="3: unfinished, time to protest"),
        pytest.param(
            "unfinished",
            "done_step",
            NEW,
            [Citation(NEW, "116", "4"), Citation(DECREE, "115", "1")],
            "không phải làm lại",
            id="3 and 7: a step done under the old law stays done",
        ),
        pytest.param("begun_after", "enforcement", NEW, [Citation(NEW, "115", "1")], "từ 01/7/2026", id="1: begun after"),
        pytest.param(
            "begun_after", "complaint", NEW, [Citation(NEW, "115", "1")], "từ 01/7/2026", id="1: begun after, complaint"
        ),
        pytest.param("begun_after", "protest", NEW, [Citation(NEW, "115", "1")], "từ 01/7/2026", id="1: begun after, protest"),
        pytest.param(
            "begun_after", "protest_time_limit", NEW, [Citation(NEW, "115", "1")], "từ 01/7/2026", id="1: begun after, time"
        ),
        pytest.param(
            "begun_after", "running_time_limit", NEW, [Citation(NEW, "115", "1")], "từ 01/7/2026", id="1: nothing crosses"
        ),
        pytest.param("finished", "digital", NEW, [Citation(DECREE, "115", "2")], "môi trường số", id="7: digital, finished"),
        pytest.param(
            "unfinished", "digital", NEW, [Citation(DECREE, "115", "2")], "Bộ Tư pháp công bố", id="7: digital, unfinished"
        ),
        pytest.param("begun_after", "digital", NEW, [Citation(DECREE, "115", "2")], "đủ điều kiện", id="7: digital, begun after"),
    ],
)
def test_ruling(stage: Stage, matter: Matter, applies: str, basis: list[Citation], says: str) -> None:
    found = ruling(stage, matter)
    assert found.law == applies
    assert list(found.basis) == basis
    assert says in found.sentence
    assert found.law is None or applies in found.sentence or "luật mới" in found.sentence or matter == "digital"


@pytest.mark.parametrize(
    "stage",
    [
        pytest.param("unfinished", id="8.1: a period that runs across the change"),
        pytest.param("finished", id="8.1: the same in a case that ended"),
    ],
)
def test_what_the_law_does_not_say(stage: Stage) -> None:
    found = ruling(stage, "running_time_limit")
    assert found.law is None
    assert "không nói rõ" in found.sentence
    assert "không suy đoán" in found.sentence
    assert NEW not in found.sentence
    assert OLD not in found.sentence


def test_only_what_crosses_is_left_open() -> None:
    assert [case for case in CASES if ruling(*case).law is None] == [
        ("finished", "running_time_limit"),
        ("unfinished", "running_time_limit"),
    ]


@pytest.mark.parametrize("case", [pytest.param(case, id="-".join(case)) for case in CASES])
def test_every_case_has_a_sentence(case: tuple[Stage, Matter]) -> None:
    found = ruling(*case)
    assert found.sentence.endswith(".")
    assert found.basis
    assert "01/7/2026" in found.sentence or case[1] in ("digital", "done_step", "protest_time_limit")


def test_every_basis_exists_and_is_in_force(library: Library) -> None:
    places = [(rule.sentence, basis) for rule in rules() for basis in rule.basis]
    assert len(places) > 10
    for sentence, basis in places:
        (document,) = library.numbered(basis.number or "")
        assert has_place(document, str(basis.article), basis.clause, basis.point), (sentence, basis)
        held = [p for p in passages_of(document) if basis.covers(p.citation) or p.citation.covers(basis)]
        assert held
        assert all(passage_holds(p, TODAY) for p in held), (sentence, basis)


@pytest.mark.parametrize(
    ("basis", "says", "deadline"),
    [
        pytest.param(Citation(NEW, "116", "5"), "không phải bổ nhiệm lại", date(2027, 7, 1), id="4: the person goes on"),
        pytest.param(
            Citation(NEW, "116", "5"), "đổi thẻ Thừa hành viên trước 01/7/2027", date(2027, 7, 1), id="4: and changes the card"
        ),
        pytest.param(
            Citation(NEW, "116", "5"),
            "đổi tên thành văn phòng thi hành án dân sự",
            date(2027, 7, 1),
            id="4: the office, its name",
        ),
        pytest.param(Citation(NEW, "116", "5"), "công nhận", None, id="4: results of enforcement are recognised"),
        pytest.param(Citation(NEW, "116", "5"), "tiếp tục thực hiện", None, id="4: the work goes on"),
        pytest.param(
            Citation(NEW, "116", "6"), "Bộ Công an trước 01/7/2028", date(2028, 7, 1), id="5: stores outside go to the police"
        ),
        pytest.param(Citation(NEW, "116", "6"), "tiếp tục bảo quản", None, id="5: exhibits received before stay"),
        pytest.param(Citation(NEW, "57", "4"), "05 năm", None, id="6: money taken before a judgment"),
        pytest.param(Citation(DECREE, "115", "1"), "bước tiếp theo", None, id="7: next steps under the new decree"),
        pytest.param(Citation(DECREE, "115", "2"), "môi trường số", None, id="7: digital procedures"),
        pytest.param(Citation(OFFICES, "58", "7"), "69 tuổi", date(2027, 7, 1), id="7: bailiffs of 69 and older"),
    ],
)
def test_rule_is_known(basis: Citation, says: str, deadline: date | None) -> None:
    """Each rule of TRANSITION.md sections 4 to 7 is in the table, on its place in the law."""
    found = [r for r in rules() if says in r.sentence and any(b.covers(basis) for b in r.basis)]
    assert found
    assert deadline is None or deadline in [r.deadline for r in found if isinstance(r, BailiffRule)]


@pytest.mark.parametrize("rule", [pytest.param(r, id=r.sentence[:40]) for r in (*BAILIFF_RULES, EXHIBIT_STORES)])
def test_a_deadline_is_said_as_it_is_kept(rule: BailiffRule) -> None:
    assert rule.deadline is not None
    assert f"trước {rule.deadline:%d}/{rule.deadline.month}/{rule.deadline.year}" in rule.sentence
    assert rule.basis[0].number == NEW


@pytest.mark.parametrize(
    ("decided", "pays"),
    [
        pytest.param(date(2020, 1, 1), False, id="long before"),
        pytest.param(date(2026, 6, 30), False, id="the last day of the old law"),
        pytest.param(date(2026, 7, 1), True, id="the first day of the new law"),
        pytest.param(TODAY, True, id="today"),
    ],
)
def test_fee_of_a_debtor_who_asked(decided: date, pays: bool) -> None:
    assert pays_fee_as_debtor(decided) is pays


@pytest.mark.parametrize(
    ("citation", "since"),
    [
        pytest.param(Citation(NEW, "3", "9"), EARLY, id="2: what counts as a paper"),
        pytest.param(Citation(NEW, "3", "11"), EARLY, id="2: what the database is"),
        pytest.param(Citation(NEW, "5", "1"), EARLY, id="2: digital enforcement"),
        pytest.param(Citation(NEW, "11", "2", "g"), EARLY, id="2: the supreme court's part"),
        pytest.param(Citation(NEW, "12", "2", "đ"), EARLY, id="2: the procuracy's part"),
        pytest.param(Citation(NEW, "20", "8"), EARLY, id="2: provinces fill the database"),
        pytest.param(Citation(NEW, "20", "9"), EARLY, id="2: provinces use it"),
        pytest.param(Citation(NEW, "21", "7"), EARLY, id="2: military zones fill it"),
        pytest.param(Citation(NEW, "21", "8"), EARLY, id="2: military zones use it"),
        pytest.param(Citation(NEW, "27", "8"), EARLY, id="2: offices fill and use it"),
        pytest.param(Citation(NEW, "3", "10"), CHANGED, id="1: the neighbouring definition"),
        pytest.param(Citation(NEW, "11", "2", "e"), CHANGED, id="1: the neighbouring point"),
        pytest.param(Citation(NEW, "27", "7"), CHANGED, id="1: the neighbouring clause"),
        pytest.param(Citation(NEW, "36", "1"), CHANGED, id="1: everything else"),
        pytest.param(Citation(NEW, "115", "2"), CHANGED, id="1: even the clause that says so"),
    ],
)
def test_since_when(law: LegalDocument, citation: Citation, since: date) -> None:
    inside = [p for p in passages_of(law) if citation.covers(p.citation)]
    around = [p for p in passages_of(law) if p.citation.covers(citation)]
    assert {p.in_force_from for p in inside or around} == {since}


def test_the_old_law_ends_on_the_day_the_new_one_begins(library: Library, law: LegalDocument) -> None:
    (old,) = library.numbered(OLD)
    assert old.effective_to == law.effective_from == CHANGED
    assert [library.numbered(n)[0].effective_from for n in (DECREE, OFFICES)] == [CHANGED, CHANGED]
