"""Takes a person through what needs more than one message: a sum that lacks a fact, a procedure with the questions that decide.

What a conversation is in the middle of is kept with it and goes with it. Any other question leaves it; «tiếp tục» goes back.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace

from bot import calculation, guidance, sums, texts, wishes
from bot.desk import Notes, Reply, Visit
from bot.message import Answer
from knowledge.practice.procedures import Procedure, next_question
from knowledge.situations import Match
from knowledge.spelling import wording

CLEAR = 0.4  # the nearest procedure leads by so much, or the person chooses among the nearest
LEAST = 0.25  # likeness to its nearest line below which no procedure is meant
STRONG = 0.8  # likeness from which a procedure is meant, however little else the words say of their field
OFFERED = 0.4  # likeness from which one is offered beside a rule


@dataclass(frozen=True, slots=True)
class Pending:
    """What a conversation is in the middle of: a sum (its text so far), a choice among procedures, an offer, or a procedure."""

    text: str = ""
    options: tuple[str, ...] = ()
    choice: tuple[str, ...] = ()
    offer: str = ""
    procedure: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    left: bool = False  # for another question


class Consultation:
    """One conversation, or none: then nothing is kept, and what would be asked is shown with its conditions."""

    def __init__(self, visit: Visit, notes: Notes) -> None:
        self._conversation = visit.conversation
        self._knowledge = visit.knowledge
        self._evidence = visit.evidence
        self._least = visit.least
        self._notes = notes
        self._pending = Pending(**json.loads(notes.kept)) if notes.kept else Pending()

    @property
    def awaits(self) -> bool:
        """Whether the next message may be the number of an option."""
        return not self._pending.left and bool(self._pending.options or self._pending.choice or self._pending.procedure)

    def reply(self, answer: Answer, text: str) -> Reply | None:
        """The reply to a message that goes on with something, gives the figures of a sum, or wants guidance; None for any other."""
        asked = wishes.procedure_command(text)
        found = self._begun(answer, asked) if asked is not None else self._gone_on(answer, text)
        return found or self._sum(answer, text, text) or (self._guided(answer, text) if asked is None else None)

    def after(self, answer: Answer, text: str) -> str:
        """What to say behind an answer to another question: how to go back to a procedure, or that there is one."""
        if self._conversation is None or answer.kind not in ("answer", "article"):
            return ""
        if self._pending.procedure and (left := self._held(self._pending.procedure, answer)):
            return texts.RESUME.format(title=left.title)
        near = self._near(answer, text) if answer.kind == "answer" and wishes.tells_a_story(text) else []
        if not near or near[0].likeness < OFFERED or not _is_clear(near):
            return ""
        self._keep(Pending(offer=near[0].procedure.id))
        return texts.GUIDED.format(title=near[0].procedure.title)

    def _gone_on(self, answer: Answer, text: str) -> Reply | None:
        """The reply to a message that answers what was asked, takes up an offer, or goes back."""
        state = self._pending
        if wishes.goes_on(text):
            held = self._held(state.procedure or state.offer, answer)
            return (
                self._next(answer, held, state.facts)
                if held
                else Reply(replace(answer, kind="answer", text=texts.NOTHING_TO_RESUME), text, text)
            )
        if state.left:
            return None
        if state.offer and wishes.accepts(text) and (held := self._held(state.offer, answer)):
            return self._next(answer, held, {})
        if state.text:
            place = guidance.number_in(text, len(state.options))
            return self._sum(answer, f"{state.text} – {text if place is None else state.options[place]}", text)
        if state.choice and (place := guidance.number_in(text, len(state.choice))) is not None:
            held = self._held(state.choice[place], answer)
            return self._next(answer, held, {}) if held else None
        held = self._held(state.procedure, answer)
        decision = next_question(held, state.facts) if held else None
        told = guidance.chosen(text, decision) if decision else None
        return self._next(answer, held, {**state.facts, decision.id: told}) if held and decision and told else None

    def _sum(self, answer: Answer, text: str, said: str) -> Reply | None:
        """The sum that a text asks for, or the question for what it lacks."""
        knowledge = self._knowledge
        worked = (
            sums.work_out(wording(text, knowledge.lists).plain, answer.as_of, knowledge.practice) if knowledge.practice else None
        )
        if worked is None:
            return None
        if isinstance(worked, sums.Sum):
            if self._pending.text:
                self._keep(None)
            return Reply(calculation.shown(answer, worked, self._evidence), text, text)
        self._keep(Pending(text=text, options=worked.options))
        asked = guidance.numbered(worked.question, worked.options) if worked.options else worked.question
        return Reply(replace(answer, kind="clarification", text=asked, options=worked.options), text, text)

    def _begun(self, answer: Answer, asked: str) -> Reply | None:
        """The reply to `/thutuc`: the list, the procedure that is named, or the nearest ones to choose from."""
        procedures = self._knowledge.situations.procedures
        if not asked:
            menu = [each for each in guidance.in_groups(procedures) if each.in_force(answer.as_of)]
            self._keep(Pending(choice=tuple(each.id for each in menu)))
            return Reply(replace(answer, kind="answer", text=guidance.listing(menu)), "/thutuc", "thủ tục")
        id, facts = wishes.written_facts(asked)
        if held := self._held(id, answer):
            return self._next(answer, held, facts)
        near = self._near(answer, asked)
        return self._offered(answer, near) if near else Reply(replace(answer, text=texts.NO_PROCEDURE), asked, asked)

    def _guided(self, answer: Answer, text: str) -> Reply | None:
        """Guidance for who asks the way or tells a case; only in a conversation, where questions can be asked."""
        if self._conversation is None or not wishes.wants_guidance(text):
            return None
        near = self._near(answer, text)
        if not near or (near[0].likeness < STRONG and self._outside(text)):
            return None
        return self._offered(answer, near)

    def _outside(self, text: str) -> bool:
        """Whether a message is of another field."""
        return self._knowledge.field.likelihood(wording(text, self._knowledge.lists)) < self._least

    def _offered(self, answer: Answer, near: list[Match]) -> Reply:
        if _is_clear(near) or self._conversation is None:
            return self._next(answer, near[0].procedure, {})
        self._keep(Pending(choice=tuple(each.procedure.id for each in near)))
        titles = tuple(each.procedure.title for each in near)
        asked = replace(answer, kind="clarification", text=guidance.numbered(texts.WHICH_PROCEDURE, titles), options=titles)
        return Reply(asked, near[0].procedure.title, near[0].procedure.title)

    def _next(self, answer: Answer, procedure: Procedure, facts: dict[str, str]) -> Reply:
        """The next question of a procedure, or its steps; without a conversation the steps with their conditions."""
        again = wishes.write_facts(procedure.id, facts)
        if self._conversation is None:
            return Reply(guidance.steps(answer, procedure, facts, self._evidence), again, procedure.title)
        shown = guidance.next_to_say(answer, procedure, facts, self._evidence)
        self._keep(None if shown.kind == "procedure" else Pending(procedure=procedure.id, facts=facts))
        return Reply(shown, again, procedure.title)

    def _near(self, answer: Answer, text: str) -> list[Match]:
        found = self._knowledge.situations.find(wording(text, self._knowledge.lists), answer.as_of)
        return [each for each in found if each.likeness >= LEAST]

    def _held(self, id: str, answer: Answer) -> Procedure | None:
        """A procedure that is still there and holds on the day."""
        found = self._knowledge.situations.procedures.get(id)
        return found if found and found.in_force(answer.as_of) else None

    def leave(self) -> None:
        """Put a procedure aside for another question; anything else that was pending is forgotten."""
        if self._pending != Pending():
            state = self._pending
            self._keep(replace(state, left=True, offer="") if state.procedure else None)

    def _keep(self, state: Pending | None) -> None:
        self._pending = state or Pending()
        self._notes.keep(json.dumps(asdict(state)) if state else None)


def _is_clear(near: list[Match]) -> bool:
    return len(near) == 1 or near[0].score - near[1].score >= CLEAR
