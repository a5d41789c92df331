"""Shows a procedure: the question that decides next, a person's own steps, the list of all there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from bot import form_texts, guidance_texts, reminder_texts, texts
from bot.calculation import places, proven
from bot.choosing import UNKNOWN
from bot.evidence import Evidence
from bot.last_days import LastDays
from bot.message import Answer
from bot.reminders import DueDay
from knowledge.citation import Citation
from knowledge.practice.book import Practice
from knowledge.practice.procedures import Caution, Decision, Facts, Limit, Procedure, Step, next_question


def numbered(question: str, options: Iterable[str]) -> str:
    """A question with its options, to be answered by a number."""
    lines = [f"{n}. {option}" for n, option in enumerate(options, 1)]
    return "\n".join([question, *lines, texts.CHOOSE_NUMBER])


def next_to_say(
    answer: Answer, procedure: Procedure, facts: Facts, evidence: Evidence, practice: Practice | None, heard: Facts | None
) -> Answer:
    """The next question that decides; when nothing is left to decide, the steps.

    A procedure that has just begun says its name and what was `heard` of it in the person's first words; `heard` is None later.
    """
    decision = next_question(procedure, facts)
    understood = [guidance_texts.HEARD.format(said=_told(procedure, heard), id=procedure.id)] if heard else []
    if decision is None:
        shown = steps(answer, procedure, facts, evidence, practice)
        return replace(shown, text="\n\n".join([shown.text, *understood]))
    head = (
        []
        if heard is None
        else [procedure.title, guidance_texts.OFFICE.format(office=procedure.before), *understood, guidance_texts.NOT_THIS]
    )
    return question(answer, decision, "\n".join(head))


def _told(procedure: Procedure, heard: Facts) -> str:
    """What was heard, in the words of the answers."""
    days = {each.id: each.question for each in procedure.decides if each.kind == "date"}
    says = {(each.id, option.value): f"«{option.says}»" for each in procedure.decides for option in each.options}
    told = [
        f"{days[fact]} {texts.day(date.fromisoformat(value))}" if fact in days else says[fact, value]
        for fact, value in heard.items()
    ]
    return "; ".join(told)


def question(answer: Answer, decision: Decision, head: str = "") -> Answer:
    """One question with its numbered answers; a day is written, or not known."""
    if decision.kind == "date":
        options: tuple[str, ...] = (guidance_texts.NO_DAY,)
        asked = "\n".join([decision.question, f"1. {options[0]}", guidance_texts.WHICH_DAY])
    else:
        options = tuple(option.says for option in decision.options)
        asked = numbered(decision.question, options)
    return replace(answer, kind="clarification", text="\n\n".join([head, asked] if head else [asked]), options=options)


def steps(answer: Answer, procedure: Procedure, facts: Facts, evidence: Evidence, practice: Practice | None = None) -> Answer:
    """The steps that the facts call for, with the last days of what they were told; what hangs on a fact not known, with its condition."""
    days = LastDays(facts, procedure.in_force_from, answer.as_of, practice)
    parts = [(part, condition) for part in procedure.steps if (condition := _condition(part, procedure, facts)) is not None]
    beside = [(part, condition) for part in procedure.cautions if (condition := _condition(part, procedure, facts)) is not None]
    lines = [f"{n}. {condition}{_step(part, days, evidence)}" for n, (part, condition) in enumerate(_said_once(parts), 1)]
    told = [f"• {condition}{part.says}{_basis(part.basis, evidence)}" for part, condition in beside]
    blocks = [
        "\n".join([procedure.title, *_frame(procedure)]),
        "\n".join([guidance_texts.STEPS, *lines]),
        *(["\n".join([guidance_texts.CAUTIONS, *told])] if told else []),
        guidance_texts.BASIS.format(places=places(procedure.basis, evidence)),
        texts.as_of(answer.as_of),
    ]
    basis = [*procedure.basis, *(c for p, _ in parts for c in p.basis), *(c for p, _ in beside for c in p.basis)]
    warnings = [guidance_texts.NOTES.format(notes=note) for note in procedure.notes]
    warnings += [warning for part, _ in parts for warning in days.of(part.limit).warnings]
    return proven(replace(answer, kind="procedure", text="\n\n".join(blocks)), basis, warnings, evidence)


def _said_once(parts: Iterable[tuple[Step, str]]) -> Iterator[tuple[Step, str]]:
    """The steps, each consequence told where it is first met: many steps of an office have the same."""
    told: set[str] = set()
    for step, condition in parts:
        yield (replace(step, if_missed="") if step.if_missed in told else step), condition
        told.add(step.if_missed)


def nearest_day(procedure: Procedure, facts: Facts, on: date, evidence: Evidence, practice: Practice | None) -> DueDay | None:
    """The nearest last day that is still ahead, among the steps that the facts call for."""
    days = LastDays(facts, procedure.in_force_from, on, practice)
    certain = [step for step in procedure.steps if _condition(step, procedure, facts) == ""]
    ahead = [(day, step) for step in certain if (day := days.of(step.limit).day) and day >= on]
    if not ahead:
        return None
    day, step = min(ahead, key=lambda each: each[0])
    place = next((evidence.name(citation) for citation in step.basis if evidence.place(citation)), "")
    return DueDay(day, reminder_texts.last_day_of_step(procedure.title, step.does), place)


def listing(procedures: Sequence[Procedure]) -> str:
    """All procedures by group, numbered through."""
    lines, group = [guidance_texts.PROCEDURES], ""
    for n, procedure in enumerate(procedures, 1):
        if procedure.group != group:
            group = procedure.group
            lines.append(f"\n{group[0].upper()}{group[1:]}")
        lines.append(f"{n}. {procedure.title}")
    return "\n".join(lines)


def in_groups(procedures: Mapping[str, Procedure]) -> list[Procedure]:
    """The procedures in the order of a menu."""
    return sorted(procedures.values(), key=lambda each: (each.group, each.title))


def _condition(part: Step | Caution, procedure: Procedure, facts: Facts) -> str | None:
    """`Nếu «…»:` for what hangs on facts that are not known, nothing for what holds, None for what does not."""
    unknown = {fact: answers for fact, answers in part.when.items() if facts.get(fact, UNKNOWN) == UNKNOWN}
    if any(facts[fact] not in answers for fact, answers in part.when.items() if fact not in unknown):
        return None
    says = {(d.id, option.value): option.says for d in procedure.decides for option in d.options}
    named = [" / ".join(says[fact, answer] for answer in answers) for fact, answers in unknown.items()]
    return guidance_texts.UNDECIDED.format(answer="; ".join(named)) + " " if named else ""


def _frame(procedure: Procedure) -> Iterator[str]:
    yield guidance_texts.WHO.format(who=procedure.who)
    yield guidance_texts.OFFICE.format(office=procedure.before)
    if procedure.papers:
        yield "\n".join([guidance_texts.PAPERS, *(f"• {paper}" for paper in procedure.papers)])
    if procedure.portal:
        yield guidance_texts.ONLINE.format(portal=procedure.portal)
    if procedure.fee:
        yield guidance_texts.FEE_LINE.format(fee=procedure.fee)


def _step(step: Step, days: LastDays, evidence: Evidence) -> str:
    said = [f"{step.who[0].upper()}{step.who[1:]}: {step.does}"]
    last = days.of(step.limit).said
    said += (
        [guidance_texts.WITHIN.format(limit=", ".join([limit_in_words(step.limit), *([last] if last else [])]))]
        if step.limit
        else []
    )
    said += [guidance_texts.STEP_PAPERS.format(papers="; ".join(step.papers))] if step.papers else []
    said += [guidance_texts.FEE_LINE.format(fee=step.fee)] if step.fee else []
    said += [step.if_missed] if step.if_missed else []
    said += [form_texts.DO_THIS_FORM.format(id=step.form)] if step.form else []
    return " ".join(f"{part.rstrip('.')}." for part in said)[:-1] + _basis(step.basis, evidence) + "."


def limit_in_words(limit: Limit | str) -> str:
    if isinstance(limit, str):
        return limit
    said = (
        guidance_texts.before_event(limit.length, limit.event)
        if limit.kind == "before"
        else guidance_texts.after_event(limit.length, limit.event)
    )
    longest = limit.longest
    return (
        f"{said} {guidance_texts.at_the_most(Limit(longest.count, longest.unit, '').length, longest.when)}" if longest else said
    )


def _basis(basis: Iterable[Citation], evidence: Evidence) -> str:
    found = places(basis, evidence)
    return f" ({found})" if found else ""
