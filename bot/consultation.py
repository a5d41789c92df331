"""Takes a person through what needs more than one message: a sum that lacks a fact, a procedure with the questions that decide.

What a conversation is in the middle of is kept with it and goes with it. Any other question leaves it; «tiếp tục» goes back.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field, replace

from bot import calculation, choosing, guidance, guidance_texts, stories, sums, texts, wishes
from bot.desk import Notes, Reply, Visit
from bot.message import Answer
from knowledge.citation import find_citations, find_documents
from knowledge.practice.procedures import Decision, Option, Procedure, next_question
from knowledge.situations import Match
from knowledge.spelling import wording
from knowledge.text import fold

CLEAR = 0.4  # the nearest procedure leads by so much, or the person chooses among the nearest
FAR = 1.2  # the lead from which even a procedure that is not very near is the one
LEAST = 0.25  # likeness to its nearest line below which no procedure is meant
STRONG = 0.8  # likeness from which a procedure is meant, however little else the words say of their field
FEW = 6  # words that are an answer not understood rather than another question
_OURS = re.compile(r"\b(thi hanh|tha|chap hanh vien|chv|ke bien|cuong che|duong su)\b")  # who says these speaks of the field
_JUDGED = re.compile(  # a case that is decided, and not one that goes on in court
    r"^(?!.*\b(khang cao|so tham|khoi kien|giam doc tham|an oan)\b)"
    r".*\b(ban an|theo an|toa (tuyen|xu|giao|buoc|cho|bat)|(giay|lenh|quyet dinh) cua toa|(thang|thua) (kien|trong tai)|phan quyet)\b"
)
SLACK = 200  # characters over the limit of an answer that the next step may take
NEXT = 0.5  # likeness from which a procedure is the next step behind a rule
OFFERED = 0.4  # likeness from which one is offered beside a rule


@dataclass(frozen=True, slots=True)
class Pending:
    """What a conversation is in the middle of: a sum (its text so far), a choice among procedures, an offer, or a procedure."""

    text: str = ""
    options: tuple[str, ...] = ()
    choice: tuple[str, ...] = ()
    said: str = ""  # the words that led to the choice, or to the offer
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
        self._room = visit.room
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
            return guidance_texts.RESUME.format(title=left.title)
        near = self._near(answer, text) if answer.kind == "answer" and stories.tells_a_story(text) else []
        if not near or near[0].likeness < OFFERED or not _is_clear(near):
            return ""
        self._keep(Pending(offer=near[0].procedure.id, said=text))
        return guidance_texts.GUIDED.format(title=near[0].procedure.title)

    def with_next_step(self, answer: Answer, text: str) -> Answer:
        """For a citizen, the rule with the procedure nearest to the question, when it stands on the first article; a story is offered one anyway."""
        if answer.role != "citizen" or answer.kind != "answer" or not answer.citations or stories.tells_a_story(text):
            return answer
        first = answer.citations[0]
        standing = self._knowledge.situations.standing_on(first.document, first.article)
        near = self._near(answer, text) if standing else []
        if not near or near[0].procedure.id not in standing or near[0].likeness < NEXT:
            return answer
        line, date_line = guidance_texts.NEXT_STEP.format(title=near[0].procedure.title), texts.as_of(answer.as_of)
        if len(answer.text) + len(line) > self._room + SLACK:  # the rule goes before what to do with it
            return answer
        before = answer.text.removesuffix(date_line).rstrip()
        return replace(answer, text="\n\n".join([before, line, *([date_line] if before != answer.text else [])]))

    def _gone_on(self, answer: Answer, text: str) -> Reply | None:
        """The reply to a message that answers what was asked, takes up an offer, or goes back."""
        state = self._pending
        if wishes.goes_on(text):
            held = self._held(state.procedure or state.offer, answer)
            if held is None:
                return Reply(replace(answer, kind="answer", text=guidance_texts.NOTHING_TO_RESUME), text, text)
            return self._next(answer, held, state.facts, {}) if state.procedure else self._start(answer, held, state.said)
        if state.left:
            return None
        if state.offer and wishes.accepts(text) and (held := self._held(state.offer, answer)):
            return self._start(answer, held, state.said)
        if state.text:
            place = choosing.number_in(text, len(state.options))
            return self._sum(answer, f"{state.text} – {text if place is None else state.options[place]}", text)
        if state.choice:
            held = self._among(state.choice, answer, text)
            return self._start(answer, held, state.said) if held else None
        held = self._held(state.procedure, answer)
        decision = next_question(held, state.facts) if held else None
        told = choosing.chosen(text, decision, answer.as_of) if decision else None
        if held and decision and told:
            return self._next(answer, held, {**state.facts, decision.id: told})
        return self._asked_again(answer, held, decision, text) if held and decision else None

    def _among(self, ids: tuple[str, ...], answer: Answer, text: str) -> Procedure | None:
        """The procedure that a message chooses, by number or by words of its title."""
        offered = [held for id in ids if (held := self._held(id, answer))]
        titles = tuple(Option(each.id, each.title) for each in offered)
        told = choosing.chosen(text, Decision("procedure", guidance_texts.WHICH_PROCEDURE, titles), answer.as_of)
        return self._held(told, answer) if told else None

    def _asked_again(self, answer: Answer, procedure: Procedure, decision: Decision, text: str) -> Reply | None:
        """The question once more for a few words that answer neither it nor anything of the field."""
        names_law = find_citations(text) or find_documents(text)
        if len(text.split()) > FEW or wishes.procedure_command(text) is not None or names_law or not self._outside(text):
            return None
        asked = guidance.question(answer, decision, guidance_texts.NOT_UNDERSTOOD)
        return Reply(asked, wishes.write_facts(procedure.id, self._pending.facts), procedure.title)

    def _sum(self, answer: Answer, text: str, said: str) -> Reply | None:
        """The sum that a text asks for, or the question for what it lacks."""
        knowledge = self._knowledge
        plain = wording(text, knowledge.lists).plain
        worked = sums.work_out(plain, answer.as_of, knowledge.practice) if knowledge.practice else None
        if worked is None:
            return None
        if isinstance(worked, sums.Sum):
            if self._pending.text:
                self._keep(None)
            shown, due = calculation.shown(answer, worked, self._evidence), calculation.due_day(worked, self._evidence)
            return Reply(shown, text, text, due)
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
            return self._next(answer, held, facts, {})
        near = self._near(answer, asked)
        return (
            self._offered(answer, near, asked) if near else Reply(replace(answer, text=guidance_texts.NO_PROCEDURE), asked, asked)
        )

    def _guided(self, answer: Answer, text: str) -> Reply | None:
        """Guidance for who asks the way or tells a case; only in a conversation, where questions can be asked."""
        if self._conversation is None or not stories.wants_guidance(text):
            return None
        near = self._near(answer, text)
        if not near or (near[0].likeness < self._enough(text) and self._outside(text)):
            return None
        return self._offered(answer, near, text)

    def _enough(self, text: str) -> float:
        """How near a procedure has to be to be meant, however little else the words say of their field."""
        return LEAST if _JUDGED.search(fold(text)) else STRONG

    def _outside(self, text: str) -> bool:
        """Whether a message is of another field."""
        if _OURS.search(fold(text)):
            return False
        return self._knowledge.field.likelihood(wording(text, self._knowledge.lists)) < self._least

    def _offered(self, answer: Answer, near: list[Match], said: str) -> Reply:
        if _is_clear(near) or self._conversation is None:
            return self._start(answer, near[0].procedure, said)
        self._keep(Pending(choice=tuple(each.procedure.id for each in near), said=said))
        titles = tuple(each.procedure.title for each in near)
        asked = replace(
            answer, kind="clarification", text=guidance.numbered(guidance_texts.WHICH_PROCEDURE, titles), options=titles
        )
        return Reply(asked, near[0].procedure.title, near[0].procedure.title)

    def _start(self, answer: Answer, procedure: Procedure, said: str) -> Reply:
        """The first question of a procedure that the person's first words leave open."""
        heard = choosing.heard(said, procedure, answer.as_of)
        return self._next(answer, procedure, heard, heard)

    def _next(self, answer: Answer, procedure: Procedure, facts: dict[str, str], heard: dict[str, str] | None = None) -> Reply:
        """The next question of a procedure, or its steps; without a conversation the steps with their conditions."""
        again, practice = wishes.write_facts(procedure.id, facts), self._knowledge.practice
        if self._conversation is None:
            return Reply(guidance.steps(answer, procedure, facts, self._evidence, practice), again, procedure.title)
        shown = guidance.next_to_say(answer, procedure, facts, self._evidence, practice, heard)
        if shown.kind != "procedure":
            self._keep(Pending(procedure=procedure.id, facts=facts))
            return Reply(shown, again, procedure.title)
        self._keep(None)
        due = guidance.nearest_day(procedure, facts, answer.as_of, self._evidence, practice)
        return Reply(shown, again, procedure.title, due)

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
    lead = near[0].score - near[1].score if len(near) > 1 else FAR
    return lead >= (CLEAR if near[0].likeness >= OFFERED else FAR)
