"""Shows a procedure: the question that decides next, a person's own steps, the list of all there are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot import texts
from bot.calculation import places, proven
from bot.evidence import Evidence
from bot.message import Answer
from knowledge.citation import Citation
from knowledge.practice.procedures import Caution, Decision, Facts, Limit, Procedure, Step, next_question
from knowledge.text import fold

UNKNOWN = "?"  # the answer of who does not know: what hangs on it is shown with its condition
_NUMBER = re.compile(r"(?:(?:so|chon|cau|dap an|muc) )?(\d{1,2})[.)]?")
_DO_NOT_KNOW = re.compile(r"(toi |em )?(khong|chua|ko) (biet|ro|chac)( nua)?|bo qua|\?")


def numbered(question: str, options: Iterable[str]) -> str:
    """A question with its options, to be answered by a number."""
    lines = [f"{n}. {option}" for n, option in enumerate(options, 1)]
    return "\n".join([question, *lines, texts.CHOOSE_NUMBER])


def number_in(text: str, count: int) -> int | None:
    """The place of the option, from 0, that a message names by its number."""
    found = _NUMBER.fullmatch(_plain(text))
    return int(found[1]) - 1 if found and 1 <= int(found[1]) <= count else None


def chosen(text: str, decision: Decision) -> str | None:
    """The answer that a message gives to a question: by number, by words of one option alone, or that it is not known."""
    if (place := number_in(text, len(decision.options))) is not None:
        return decision.options[place].value
    said = _plain(text)
    if _DO_NOT_KNOW.fullmatch(said):
        return UNKNOWN
    meant = [option.value for option in decision.options if said and f" {said} " in f" {_plain(option.says)} "]
    return meant[0] if len(meant) == 1 else None


def _plain(text: str) -> str:
    """Folded words; `05 năm` is `5 năm`."""
    return re.sub(r"\b0+(?=\d)", "", " ".join(re.findall(r"[\w?]+", fold(text))))


def next_to_say(answer: Answer, procedure: Procedure, facts: Facts, evidence: Evidence) -> Answer:
    """The next question that decides; when nothing is left to decide, the steps."""
    decision = next_question(procedure, facts)
    if decision is None:
        return steps(answer, procedure, facts, evidence)
    head = [] if facts else [procedure.title, texts.OFFICE.format(office=procedure.before), texts.NOT_THIS]
    asked = numbered(decision.question, [option.says for option in decision.options])
    said = "\n\n".join(["\n".join(head), asked] if head else [asked])
    return replace(answer, kind="clarification", text=said, options=tuple(option.says for option in decision.options))


def steps(answer: Answer, procedure: Procedure, facts: Facts, evidence: Evidence) -> Answer:
    """The steps that the facts call for; what hangs on a fact that is not known stands with its condition."""
    parts = [(part, condition) for part in procedure.steps if (condition := _condition(part, procedure, facts)) is not None]
    beside = [(part, condition) for part in procedure.cautions if (condition := _condition(part, procedure, facts)) is not None]
    lines = [f"{n}. {condition}{_step(part, evidence)}" for n, (part, condition) in enumerate(parts, 1)]
    told = [f"• {condition}{part.says}{_basis(part.basis, evidence)}" for part, condition in beside]
    blocks = [
        "\n".join([procedure.title, *_frame(procedure)]),
        "\n".join([texts.STEPS, *lines]),
        *(["\n".join([texts.CAUTIONS, *told])] if told else []),
        texts.BASIS.format(places=places(procedure.basis, evidence)),
        texts.as_of(answer.as_of),
    ]
    basis = [*procedure.basis, *(c for p, _ in parts for c in p.basis), *(c for p, _ in beside for c in p.basis)]
    warnings = [texts.NOTES.format(notes=note) for note in procedure.notes]
    return proven(replace(answer, kind="procedure", text="\n\n".join(blocks)), basis, warnings, evidence)


def listing(procedures: Sequence[Procedure]) -> str:
    """All procedures by group, numbered through."""
    lines, group = [texts.PROCEDURES], ""
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
    return texts.UNDECIDED.format(answer="; ".join(named)) + " " if named else ""


def _frame(procedure: Procedure) -> Iterator[str]:
    yield texts.WHO.format(who=procedure.who)
    yield texts.OFFICE.format(office=procedure.before)
    if procedure.papers:
        yield "\n".join([texts.PAPERS, *(f"• {paper}" for paper in procedure.papers)])
    if procedure.fee:
        yield texts.FEE_LINE.format(fee=procedure.fee)


def _step(step: Step, evidence: Evidence) -> str:
    said = [f"{step.who[0].upper()}{step.who[1:]}: {step.does}"]
    said += [texts.WITHIN.format(limit=_limit(step.limit))] if step.limit else []
    said += [texts.STEP_PAPERS.format(papers="; ".join(step.papers))] if step.papers else []
    said += [texts.FEE_LINE.format(fee=step.fee)] if step.fee else []
    said += [step.if_missed] if step.if_missed else []
    return " ".join(f"{part.rstrip('.')}." for part in said)[:-1] + _basis(step.basis, evidence) + "."


def _limit(limit: Limit | str) -> str:
    if isinstance(limit, str):
        return limit
    said = (
        texts.before_event(limit.length, limit.event) if limit.kind == "before" else texts.after_event(limit.length, limit.event)
    )
    longest = limit.longest
    return f"{said} {texts.at_the_most(Limit(longest.count, longest.unit, '').length, longest.when)}" if longest else said


def _basis(basis: Iterable[Citation], evidence: Evidence) -> str:
    found = places(basis, evidence)
    return f" ({found})" if found else ""
