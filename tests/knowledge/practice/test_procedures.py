"""Procedures: each step stands on a place in force, each figure in a clause it cites, each question decides; a broken file is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from itertools import product
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml

from knowledge.errors import LibraryError
from knowledge.figures import figures
from knowledge.practice.book import read_practice
from knowledge.practice.calendar import UNIT_NAMES, Calendar
from knowledge.practice.procedure_files import MOST_QUESTIONS, read_procedures
from knowledge.practice.procedures import (
    Caution,
    Limit,
    Procedure,
    Step,
    cautions_for,
    next_question,
    satisfied,
    steps_for,
)
from knowledge.store import Library, open_library
from knowledge.text import fold
from tests.conftest import ROOT, TODAY
from tests.knowledge.practice.basis import missing, place

LIBRARY = ROOT / "knowledge" / "library"
PROCEDURES = read_procedures(LIBRARY / "procedures")
PRACTICE = read_practice(LIBRARY / "practice")
SITUATIONS = yaml.safe_load((Path(__file__).parent / "situations.yaml").read_text(encoding="utf-8"))
CALENDAR = Calendar(MappingProxyType({}), MappingProxyType({}), MappingProxyType({}), frozenset())
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=PROCEDURES.keys())


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(LIBRARY)


def parts(procedure: Procedure) -> Iterator[Procedure | Step | Caution]:
    yield from (procedure, *procedure.steps, *procedure.cautions)


def told(part: Procedure | Step | Caution) -> str:
    """Everything the part says that its basis has to bear."""
    if isinstance(part, Caution):
        return part.says
    if isinstance(part, Procedure):
        return "\n".join((part.who, part.before, part.fee, *part.papers))
    return "\n".join((part.does, part.before, part.fee, part.if_missed, *part.papers, *limit_told(part.limit)))


def limit_told(limit: Limit | str) -> Iterator[str]:
    if isinstance(limit, str):
        yield limit
        return
    yield f"{limit.length} {limit.event}"
    if limit.longest:
        yield f"{limit.longest.count} {UNIT_NAMES[limit.longest.unit]} {limit.longest.when}"


def endings(procedure: Procedure, facts: dict[str, str], asked: int = 0) -> Iterator[tuple[dict[str, str], int]]:
    """Every way through the questions: the facts at its end, and how many questions it took."""
    question = next_question(procedure, facts)
    if question is None:
        yield facts, asked
        return
    for value in [option.value for option in question.options] or ["2026-11-02"]:
        yield from endings(procedure, {**facts, question.id: value}, asked + 1)


def outcome(procedure: Procedure, facts: dict[str, str]) -> tuple[str, ...]:
    return tuple(part.id for part in (*steps_for(procedure, facts), *cautions_for(procedure, facts)))


# --- the law


def test_there_are_procedures_for_what_people_need() -> None:
    assert len(PROCEDURES) >= 50
    assert len({fold(procedure.title) for procedure in PROCEDURES.values()}) == len(PROCEDURES), "two procedures have one title"


@EACH
def test_every_basis_is_in_the_library_and_in_force(procedure: Procedure, library: Library) -> None:
    for part in parts(procedure):
        assert list(missing(part.basis, library, procedure.in_force_from)) == [], part.id


@EACH
def test_every_figure_stands_in_a_clause_it_cites(procedure: Procedure, library: Library) -> None:
    for part in parts(procedure):
        cited = [found[1].whole_text() for citation in part.basis if (found := place(citation, library))]
        missing = sorted(figures(told(part)).keys() - figures("\n".join(cited)).keys())
        assert missing == [], f"{part.id} says {missing}, which its basis does not"


@EACH
def test_what_could_not_be_confirmed_is_said(procedure: Procedure, library: Library) -> None:
    """A procedure that stands on an unconfirmed document says so in its notes."""
    doubtful = {
        found[0].number
        for part in parts(procedure)
        for citation in part.basis
        if (found := place(citation, library)) and found[0].status == "unconfirmed"
    }
    notes = " ".join(procedure.notes)
    for number in doubtful:
        assert number.split("/")[0] in notes, f"notes do not warn of {number}"


@EACH
def test_every_step_stands_on_the_law(procedure: Procedure) -> None:
    assert all(part.basis for part in parts(procedure))
    assert procedure.notes, "notes say what the law does not"
    assert 12 <= len(procedure.asks) <= 20
    assert any(ask == fold(ask) for ask in procedure.asks), "nobody asks without accents"
    assert len({fold(ask) for ask in procedure.asks}) == len(procedure.asks)


def test_no_two_procedures_are_asked_for_in_the_same_words() -> None:
    asks = [(fold(ask), p.id) for p in PROCEDURES.values() for ask in p.asks]
    assert [pair for pair in asks if sum(pair[0] == other[0] for other in asks) > 1] == []


def test_a_day_is_asked_for_where_it_decides() -> None:
    """At least a dozen procedures tell the person's own last day; a rule that counts it says what the step says."""
    asking = [p.id for p in PROCEDURES.values() if any(decision.kind == "date" for decision in p.decides)]
    assert len(asking) >= 12
    for procedure in PROCEDURES.values():
        for step in procedure.steps:
            if isinstance(step.limit, Limit) and step.limit.rule not in ("", "limitation"):
                held = PRACTICE.limits[step.limit.rule].on(TODAY)
                assert held, f"{procedure.id}.{step.id}: no law sets {step.limit.rule} today"
                told = (step.limit.count, step.limit.unit, step.limit.kind)
                assert told == (held.count, held.unit, held.kind), f"{procedure.id}.{step.id} is not {step.limit.rule}"


@EACH
def test_what_is_listened_for_tells_one_answer(procedure: Procedure) -> None:
    """No phrase speaks for two answers to one question."""
    for decision in procedure.decides:
        heard = [fold(phrase) for option in decision.options for phrase in option.heard]
        assert len(set(heard)) == len(heard), decision.id


@EACH
def test_every_limit_can_be_counted(procedure: Procedure) -> None:
    for step in procedure.steps:
        if isinstance(step.limit, Limit):
            term = step.limit.term(date(2026, 11, 23), CALENDAR)
            assert term.last < date(2026, 11, 23) if step.limit.kind == "before" else term.last >= date(2026, 11, 23), step.id


# --- the questions


@EACH
def test_every_step_and_exception_is_reached(procedure: Procedure) -> None:
    reached = {id for facts, _ in endings(procedure, {}) for id in outcome(procedure, facts)}
    assert {part.id for part in (*procedure.steps, *procedure.cautions)} == reached


@EACH
def test_every_case_has_steps_and_few_questions(procedure: Procedure) -> None:
    for facts, asked in endings(procedure, {}):
        assert steps_for(procedure, facts), f"nothing to do for {facts}"
        assert asked <= MOST_QUESTIONS


@EACH
def test_every_question_asked_decides(procedure: Procedure) -> None:
    asked = set()
    for facts, _ in endings(procedure, {}):
        asked |= facts.keys()
    assert asked == {decision.id for decision in procedure.decides}
    choices = [decision for decision in procedure.decides if decision.kind == "choice"]
    for decision in choices:
        others = [[option.value for option in d.options] for d in choices if d is not decision]
        names = [d.id for d in choices if d is not decision]
        assert any(
            len({outcome(procedure, {**dict(zip(names, values, strict=True)), decision.id: o.value}) for o in decision.options})
            > 1
            for values in product(*others)
        ), f"{decision.id} changes nothing"


@pytest.mark.parametrize(
    ("id", "facts", "question"),
    [
        pytest.param("request-enforcement", {}, "time", id="the first question"),
        pytest.param("request-enforcement", {"time": "in_time", "way": "post"}, "decision", id="the one left"),
        pytest.param("wage-deduction", {"ground": "none"}, None, id="nothing more when it may not be done"),
        pytest.param("voluntary-performance", {"able": "all"}, "received", id="the day from which the limit runs"),
        pytest.param("voluntary-performance", {"able": "nothing"}, None, id="no day where no limit runs from it"),
        pytest.param("exit-ban", {"side": "creditor"}, None, id="not the debtor's question to the creditor"),
        pytest.param("state-budget-relief", {"means": "crisis"}, None, id="no sums where they do not count"),
        pytest.param("postponement", {"ground": "protest"}, "timing", id="the hour counts with a protest only"),
        pytest.param("postponement", {"ground": "consent"}, None, id="and not with consent"),
    ],
)
def test_asks_only_what_decides(id: str, facts: dict[str, str], question: str | None) -> None:
    found = next_question(PROCEDURES[id], facts)
    assert (found.id if found else None) == question


@pytest.mark.parametrize(
    ("id", "facts", "there", "not_there"),
    [
        pytest.param(
            "request-enforcement", {"way": "oral"}, {"speak", "decide"}, {"post", "write"}, id="untold facts leave steps out"
        ),
        pytest.param(
            "seizure-vehicle",
            {"custody": "left", "owners": "alone", "auction": "sold", "handover": "willing"},
            {"leave", "auction_movable", "deliver"},
            {"auction_land", "priority_movable", "take", "force_movable"},
            id="steps taken from another procedure, with its asset answered",
        ),
        pytest.param(
            "seizure-house-land",
            {"home": "only_home", "certificate": "issued", "owners": "alone", "auction": "sold", "handover": "refuses"},
            {"only_home", "auction_land", "force_land", "rent_money"},
            {"auction_movable", "tenant"},
            id="the only home, sold, not handed over",
        ),
        pytest.param(
            "seizure-shares",
            {"kind": "listed", "order": "request", "auction": "sold"},
            {"depository", "sell", "pay_listed"},
            {"value", "auction_contract"},
            id="listed shares are not auctioned",
        ),
        pytest.param("second-complaint", {"object": "preservation"}, {"no_second"}, {"complain"}, id="no second complaint"),
    ],
)
def test_gives_the_steps_of_the_case(id: str, facts: dict[str, str], there: set[str], not_there: set[str]) -> None:
    found = [step.id for step in steps_for(PROCEDURES[id], facts)]
    assert there <= set(found)
    assert not not_there & set(found)
    order = [step.id for step in PROCEDURES[id].steps]
    assert found == sorted(found, key=order.index)


def test_conditions() -> None:
    assert satisfied({}, {})
    assert satisfied({"a": ("x", "y")}, {"a": "y", "b": "z"})
    assert not satisfied({"a": ("x",)}, {})
    assert not satisfied({"a": ("x",), "b": ("z",)}, {"a": "x", "b": "w"})


@pytest.mark.parametrize(
    ("limit", "event", "last"),
    [
        pytest.param(Limit(30, "day", "đấu giá thành"), date(2026, 11, 2), date(2026, 12, 2), id="days after"),
        pytest.param(Limit(5, "working_day", "x"), date(2026, 11, 20), date(2026, 11, 27), id="working days after"),
        pytest.param(Limit(10, "day", "x"), date(2026, 11, 4), date(2026, 11, 16), id="a last day off moves"),
        pytest.param(
            Limit(10, "day", "x", "duration"), date(2026, 11, 4), date(2026, 11, 14), id="a span that only passes does not"
        ),
        pytest.param(Limit(1, "working_day", "x", "before"), date(2026, 11, 23), date(2026, 11, 20), id="before the event"),
        pytest.param(Limit(3, "month", "x"), date(2026, 9, 1), date(2026, 12, 1), id="months"),
    ],
)
def test_limits_count_as_the_calendar_does(limit: Limit, event: date, last: date) -> None:
    assert limit.term(event, CALENDAR).last == last


# --- the files


WHOLE = """\
id: x
title: "Một thủ tục"
group: "thử"
asks: ["hỏi"]
who: "ai"
before: "đâu"
basis: ["106/2025/QH15 36.1"]
in_force_from: 2026-07-01
decides:
  - id: way
    question: "Cách nào?"
    options: {post: "Bưu điện", direct: "Trực tiếp"}
steps:
  - id: go
    who: "ai"
    does: "làm"
    limit: {count: 5, unit: day, from: "hôm nay"}
    basis: ["106/2025/QH15 36.1"]
    when: {way: post}
  - id: wait
    who: "ai"
    does: "chờ"
    basis: ["106/2025/QH15 36.1"]
"""


def test_reads_a_small_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(WHOLE, encoding="utf-8")
    (found,) = read_procedures(tmp_path).values()
    assert [step.id for step in steps_for(found, {})] == ["wait"]
    assert found.steps[0].limit == Limit(5, "day", "hôm nay")
    assert found.in_force(date(2026, 7, 1))
    assert not found.in_force(date(2026, 6, 30))


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        pytest.param("id: x\n", "id: y\n", 1, "the file is called 'x'", id="another name than its file"),
        pytest.param("id: x\n", 'id: "Một"\n', 1, "'Một' is no id", id="an id with accents"),
        pytest.param("title:", "tittle:", 1, "unknown field 'tittle'", id="a key we do not know"),
        pytest.param('title: "Một thủ tục"\n', "", 1, "field 'title' is missing", id="no title"),
        pytest.param("  - id: wait\n", "  - id: go\n", 14, "the id stands twice", id="an id twice"),
        pytest.param(
            "when: {way: post}", "when: {way: pigeon}", 14, "no question of 'x' has the answer way: pigeon", id="an answer"
        ),
        pytest.param(
            "when: {way: post}", "when: {day: post}", 14, "no question of 'x' has the answer day: post", id="a fact nobody asks"
        ),
        pytest.param("unit: day", "unit: week", 14, "'unit' is 'week'", id="a unit nobody can count"),
        pytest.param('from: "hôm nay"', 'since: "hôm nay"', 14, "unknown field 'since'", id="a limit's key"),
        pytest.param('from: "hôm nay"', 'from: "a", before: "b"', 14, "runs from an event or before one", id="from and before"),
        pytest.param('day, from: "hôm nay"', 'month, before: "b"', 14, "cannot be counted backwards", id="months backwards"),
        pytest.param(
            'from: "hôm nay"', 'from: "a", day: told', 14, "no question asks for the day 'told'", id="a day nobody asks for"
        ),
        pytest.param(
            'from: "hôm nay"', 'from: "a", rule: voluntary', 14, "a rule counts from a day", id="a rule without its day"
        ),
        pytest.param(
            "options: {post", "kind: date\n    options: {post", 10, "has no answers to choose from", id="a day with answers"
        ),
        pytest.param("count: 5", "count: 0", 14, "a limit of 0", id="a limit of nothing"),
        pytest.param('{post: "Bưu điện", direct: "Trực tiếp"}', '{post: "Bưu điện"}', 10, "two answers or more", id="one answer"),
        pytest.param(
            'does: "chờ"\n    basis: ["106/2025/QH15 36.1"]', 'does: "chờ"\n    basis: []', 20, "stands on no place", id="none"
        ),
        pytest.param(
            'does: "chờ"\n    basis: ["106/2025/QH15 36.1"]', 'does: "chờ"', 20, "'basis' is no list of texts", id="no basis"
        ),
        pytest.param(
            'does: "chờ"\n    basis: ["106/2025/QH15 36.1"]', 'does: "x"\n    basis: ["36"]', 20, "'36' is no place", id="place"
        ),
        pytest.param(
            "  - id: wait\n", "  - use: z\n    id: wait\n", 20, "unknown field 'basis'", id="a use with fields of a step"
        ),
        pytest.param("who: ", "who: a: ", 5, "not YAML", id="not YAML"),
        pytest.param("in_force_from: 2026-07-01", "in_force_from: soon", 1, "'in_force_from' is no date", id="no date"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, problem: str) -> None:
    assert old in WHOLE
    (tmp_path / "x.yaml").write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LibraryError) as fault:
        read_procedures(tmp_path)
    assert problem in str(fault.value)
    assert f"x.yaml:{line}:" in str(fault.value)


@pytest.mark.parametrize(
    ("use", "problem"),
    [
        pytest.param("use: z", "there is no procedure 'z'", id="nobody"),
        pytest.param("use: x\n    given: {way: pigeon}", "'x' does not ask way: pigeon", id="an answer it does not know"),
        pytest.param("use: x", "has the answer way: post", id="a question left open that this one does not ask"),
        pytest.param("use: x\n    without: [fly]", "'x' has no step 'fly'", id="a step left out that is not there"),
        pytest.param("use: y", "itself takes steps of another", id="one that borrows itself"),
    ],
)
def test_a_broken_loan_is_named(tmp_path: Path, use: str, problem: str) -> None:
    (tmp_path / "x.yaml").write_text(WHOLE, encoding="utf-8")
    lender = "id: y\n" + WHOLE[6 : WHOLE.index("decides")] + f"steps:\n  - {use}\n"
    (tmp_path / "y.yaml").write_text(lender, encoding="utf-8")
    with pytest.raises(LibraryError) as fault:
        read_procedures(tmp_path)
    assert problem in str(fault.value)
    assert "y.yaml:10:" in str(fault.value)


def test_steps_are_taken_from_another_procedure(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(WHOLE, encoding="utf-8")
    borrower = "id: y\n" + WHOLE[6 : WHOLE.index("steps")].replace("way", "fast").replace("post:", "yes_it_is:")
    borrower += "steps:\n  - use: x\n    given: {way: post}\n    when: {fast: yes_it_is}\n"
    (tmp_path / "y.yaml").write_text(borrower, encoding="utf-8")
    found = read_procedures(tmp_path)["y"]
    assert [step.id for step in steps_for(found, {"fast": "yes_it_is"})] == ["go", "wait"]
    assert steps_for(found, {"fast": "direct"}) == ()
    (tmp_path / "y.yaml").write_text(borrower + "    without: [go]\n", encoding="utf-8")
    assert [step.id for step in read_procedures(tmp_path)["y"].steps] == ["wait"]


def test_more_questions_than_people_bear(tmp_path: Path) -> None:
    more = "".join(f'  - id: q{n}\n    question: "?"\n    options: {{a: "a", b: "b"}}\n' for n in range(MOST_QUESTIONS))
    (tmp_path / "x.yaml").write_text(WHOLE.replace("steps:\n", f"{more}steps:\n"), encoding="utf-8")
    with pytest.raises(LibraryError, match="6 questions"):
        read_procedures(tmp_path)


def test_the_guide_shows_a_file_that_reads(tmp_path: Path) -> None:
    """The frame in docs/procedures.md is a whole procedure with every field there is."""
    guide = (ROOT / "docs" / "procedures.md").read_text(encoding="utf-8")
    frame = guide.split("```yaml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "vi-du.yaml").write_text(frame, encoding="utf-8")
    (shown,) = read_procedures(tmp_path).values()
    assert [step.id for step in steps_for(shown, {"way": "post"})] == ["send"]
    empty = [f.name for part in (shown, shown.steps[0], shown.cautions[0]) for f in fields(part) if not getattr(part, f.name)]
    assert set(empty) <= {"in_force_to", "when"}


# --- the situations people come with, for the matcher


def test_situations_name_procedures_and_repeat_no_ask() -> None:
    asks = {fold(ask) for procedure in PROCEDURES.values() for ask in procedure.asks}
    assert len(SITUATIONS) >= 40
    assert [row for row in SITUATIONS if row["expects"] not in PROCEDURES] == []
    assert [row for row in SITUATIONS if fold(row["says"]) in asks] == []
    assert len({row["expects"] for row in SITUATIONS}) >= 35
