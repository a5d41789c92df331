"""Shows a sum that was worked out: the result, each step with the place it stands on, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot import reminder_texts, sum_texts, texts
from bot.evidence import Evidence
from bot.message import Answer
from bot.reminders import DueDay
from bot.sums import Sum
from knowledge.citation import Citation
from knowledge.practice.step import Step


def shown(answer: Answer, worked: Sum, evidence: Evidence) -> Answer:
    """The answer that a sum makes."""
    answer = replace(answer, as_of=worked.on or answer.as_of)
    lines = [f"{n}. {_line(step, evidence)}" for n, step in enumerate(worked.steps, 1)]
    text = "\n\n".join([worked.result, "\n".join([worked.how, *lines]), texts.as_of(answer.as_of)])
    return proven(
        replace(answer, kind="calculation", text=text),
        [c for step in sorted(worked.steps, key=lambda step: not step.decides) for c in step.basis],
        worked.warnings,
        evidence,
    )


def due_day(worked: Sum, evidence: Evidence) -> DueDay | None:
    """The last day that a sum came to, with the place it stands on; None for a sum of money."""
    if worked.last is None:
        return None
    basis = (citation for step in worked.steps for citation in step.basis)
    place = next((evidence.name(citation) for citation in basis if evidence.place(citation)), "")
    return DueDay(worked.last, reminder_texts.last_day_of(worked.limit), place)


def proven(answer: Answer, basis: Iterable[Citation], warnings: Sequence[str], evidence: Evidence) -> Answer:
    """The answer with the places it stands on, as far as the reader may see them, and what to beware of."""
    found = [place for citation in dict.fromkeys(basis) if (place := evidence.place(citation))]
    told = (*warnings, *evidence.warnings([passage for passage, _ in found], answer.as_of))
    citations = tuple(evidence.citation(passage, quote) for passage, quote in found)
    return replace(answer, citations=citations, warnings=tuple(dict.fromkeys(told)))


def places(basis: Iterable[Citation], evidence: Evidence) -> str:
    """The places that the reader may see, with the names of their documents."""
    return "; ".join(evidence.name(citation) for citation in basis if evidence.place(citation))


def _line(step: Step, evidence: Evidence) -> str:
    where = [part for part in (places(step.basis, evidence), sum_texts.outside_law(step.outside) if step.outside else "") if part]
    return f"{step.sentence} ({'; '.join(where)})" if where else step.sentence
