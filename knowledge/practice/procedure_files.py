"""Reads the procedures that lawyers edit, one file each, and names file, line and remedy of whatever is wrong in them.

A procedure may take the steps of another in its own order (`use: …`), with some of that one's questions answered beforehand (`given`),
so that what many cases share is written, and corrected, in one place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from knowledge.practice.procedure_rows import basis, caution, decision, entries, identifier, numbered, said, step, texts, when
from knowledge.practice.procedures import Caution, Limit, Procedure, Step, When, possible
from knowledge.practice.rows import Row

MOST_QUESTIONS = 5
_SAID = ("id", "title", "group", "asks", "who", "before", "papers", "fee", "portal", "basis", "in_force_from", "in_force_to")
_FIELDS = (*_SAID, "decides", "steps", "cautions", "notes")


@dataclass(frozen=True, slots=True)
class _Use:
    """The place in a procedure where the steps of another one stand."""

    id: str
    given: Mapping[str, str]
    when: When
    without: tuple[str, ...]
    row: Row


@dataclass(frozen=True, slots=True)
class _Draft:
    """A procedure as its file has it, before the steps of others are put in."""

    procedure: Procedure
    parts: tuple[Step | _Use, ...]
    row: Row


def read_procedures(folder: Path) -> dict[str, Procedure]:
    """The procedures of a folder by id. Raises LibraryError for the first file that cannot be used."""
    drafts: dict[str, _Draft] = {}
    for path in sorted(folder.glob("*.yaml")):
        draft = _draft(path)
        if draft.procedure.id != path.stem:
            raise draft.row.fault(f"the file is called {path.stem!r}", "Name the file after its id")
        drafts[path.stem] = draft
    return {id: _completed(draft, drafts) for id, draft in drafts.items()}


def _draft(path: Path) -> _Draft:
    row = numbered(path, "the procedure").only(*_FIELDS)
    decides = tuple(decision(each) for each in entries(row, "decides"))
    if len(decides) > MOST_QUESTIONS:
        raise row.fault(f"{len(decides)} questions", f"Ask at most {MOST_QUESTIONS} that decide")
    procedure = Procedure(
        id=identifier(row),
        title=row.text("title"),
        group=row.text("group"),
        asks=texts(row, "asks"),
        who=row.text("who"),
        before=row.text("before"),
        papers=texts(row, "papers", ()),
        fee=said(row, "fee"),
        portal=said(row, "portal"),
        basis=basis(row),
        decides=decides,
        steps=(),
        cautions=tuple(caution(each) for each in entries(row, "cautions")),
        in_force_from=row.day("in_force_from"),
        in_force_to=row.day_or_none("in_force_to"),
        notes=texts(row, "notes", ()),
    )
    return _Draft(procedure, tuple(_use(each) if "use" in each.values else step(each) for each in entries(row, "steps")), row)


def _use(row: Row) -> _Use:
    given = row.only("use", "given", "without", "when").part("given")
    answers = {fact: given.text(fact) for fact in given.values} if given else {}
    return _Use(row.text("use"), answers, when(row), texts(row, "without", ()), row)


def _completed(draft: _Draft, drafts: Mapping[str, _Draft]) -> Procedure:
    """The procedure with the steps of others in their place, every condition checked against its questions."""
    steps: list[Step] = []
    days = [each.id for each in draft.procedure.decides if each.kind == "date"]
    for part in draft.parts:
        added = [part] if isinstance(part, Step) else [_undated(each, days) for each in _borrowed(part, drafts)]
        _check_days(draft.row, days, added)
        _check_conditions(draft.row if isinstance(part, Step) else part.row, draft.procedure, added)
        steps += added
    if not steps:
        raise draft.row.fault("no steps", "Write '- id: …' entries under steps")
    _check_conditions(draft.row, draft.procedure, draft.procedure.cautions)
    procedure = replace(draft.procedure, steps=tuple(steps))
    _check_ids(draft.row, procedure)
    return procedure


def _borrowed(use: _Use, drafts: Mapping[str, _Draft]) -> list[Step]:
    """The steps of the other procedure that the given answers leave, free of the conditions that these answers fulfil."""
    other = drafts.get(use.id)
    if other is None:
        raise use.row.fault(f"there is no procedure {use.id!r}", "Name a file of this folder without .yaml")
    if any(isinstance(part, _Use) for part in other.parts):
        raise use.row.fault(f"{use.id!r} itself takes steps of another procedure", "Take the steps from where they are written")
    decided = {each.id: each for each in other.procedure.decides}
    for fact, answer in use.given.items():
        if fact not in decided or not decided[fact].allows(answer):
            raise use.row.fault(f"{use.id!r} does not ask {fact}: {answer}", "Give answers that its questions know")
    steps = [part for part in other.parts if isinstance(part, Step) and possible(part.when, use.given)]
    if unknown := set(use.without) - {each.id for each in steps}:
        raise use.row.fault(f"{use.id!r} has no step {min(unknown)!r}", "Leave out steps that would stand here")
    return [replace(each, when=_both(use.when, _open(each.when, use.given))) for each in steps if each.id not in use.without]


def _undated(step: Step, days: Sequence[str]) -> Step:
    """A borrowed step whose limit runs from a day that this procedure does not ask for: without a last day."""
    if not isinstance(step.limit, Limit) or step.limit.day in ("", *days):
        return step
    return replace(step, limit=replace(step.limit, day="", rule=""))


def _check_days(row: Row, days: Sequence[str], steps: Sequence[Step]) -> None:
    """Raises LibraryError for a limit that runs from a day nobody is asked for."""
    for each in steps:
        if isinstance(each.limit, Limit) and each.limit.day not in ("", *days):
            problem = f"no question asks for the day {each.limit.day!r}"
            raise Row(row.file, each.id, {}).fault(problem, "Use the id of a question with kind: date")


def _open(condition: When, given: Mapping[str, str]) -> When:
    return {fact: answers for fact, answers in condition.items() if fact not in given}


def _both(first: When, second: When) -> When:
    """The condition that holds where both do."""
    shared = {fact: tuple(each for each in answers if each in first.get(fact, answers)) for fact, answers in second.items()}
    return {**first, **shared}


def _check_ids(row: Row, procedure: Procedure) -> None:
    for kind in (procedure.decides, procedure.steps, procedure.cautions):
        ids = [each.id for each in kind]
        if twice := next((id for id in ids if ids.count(id) > 1), None):
            raise Row(row.file, twice, {}).fault("the id stands twice", "Give each entry an id of its own")


def _check_conditions(row: Row, procedure: Procedure, parts: Sequence[Step | Caution]) -> None:
    """Raises LibraryError for a condition that no answer fulfils, at the entry itself or, for a borrowed one, where it is taken."""
    decided = {each.id: each for each in procedure.decides}
    for part in parts:
        for fact, answers in part.when.items():
            for answer in answers:
                if fact not in decided or not decided[fact].allows(answer):
                    place = part.id if part.id in row.file.lines else row.key
                    problem = f"no question of {procedure.id!r} has the answer {fact}: {answer}"
                    raise Row(row.file, place, {}).fault(problem, "Use the ids and values under decides")
