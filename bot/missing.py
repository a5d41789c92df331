"""Asks the one question that decides a person's own case, and understands the next message with the question that it was asked about."""

from __future__ import annotations

from dataclasses import replace

from bot import answer_texts
from bot.amounts import read_figures
from bot.choosing import UNKNOWN, chosen
from bot.desk import Notes, Reply, Visit
from bot.guidance import numbered
from bot.message import Answer
from bot.stories import tells_a_story
from knowledge.practice.deciding import DAY, Deciding, missing_fact


class MissingFact:
    """One conversation's question for a fact, kept until the next message."""

    def __init__(self, visit: Visit, notes: Notes) -> None:
        self._visit = visit
        self._notes = notes
        self._asked = next((each for each in visit.knowledge.deciding if each.id == notes.kept), None)

    @property
    def awaits(self) -> bool:
        """Whether the next message may be the number of an option."""
        return self._asked is not None and bool(self._asked.decision.options)

    def understood(self, text: str) -> str:
        """The question that a message which tells the fact stands for; any other message as it is."""
        told = chosen(text, self._asked.decision, self._visit.today) if self._asked else None
        if self._asked is None or told in (None, UNKNOWN):
            return text
        if self._asked.decision.kind == "date":
            day = read_figures(text, self._visit.today).days[0]
            return self._asked.becomes["day"].replace(DAY, f"{day.day}/{day.month}/{day.year}")
        return self._asked.becomes[str(told)]

    def reply(self, answer: Answer, text: str) -> Reply | None:
        """The reply to who does not know what was asked; None for any other message."""
        if self._asked is None or chosen(text, self._asked.decision, self._visit.today) != UNKNOWN:
            return None
        self.leave()
        return Reply(replace(answer, kind="answer", text=answer_texts.FACT_UNKNOWN), text, text)

    def leave(self) -> None:
        """The question is asked once: whatever was said, it is not waited for any more."""
        self._asked = None
        self._notes.keep(None)

    def aside(self, answer: Answer, text: str) -> tuple[str, tuple[str, ...]]:
        """The question for the fact that a case told in these words lacks, with its options; nothing where none is missing."""
        asked = self._lacking(answer, text)
        if asked is None:
            return "", ()
        self._notes.keep(asked.id)
        question = answer_texts.DECIDES.format(question=asked.decision.question)
        options = tuple(option.says for option in asked.decision.options)
        return (numbered(question, options) if options else question), options

    def _lacking(self, answer: Answer, text: str) -> Deciding | None:
        if answer.kind != "answer" or not answer.citations or not tells_a_story(text):
            return None
        names_day = bool(read_figures(text, self._visit.today).days)
        return missing_fact(self._visit.knowledge.deciding, text, answer.citations[0].citation, names_day=names_day)
