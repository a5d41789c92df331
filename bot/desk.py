"""A desk: where a conversation is taken through what needs more than one message, and where it keeps how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from bot.database import Database
from bot.evidence import Evidence
from bot.message import Answer
from bot.reminders import DueDay
from bot.state import Knowledge


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a message, the question that would give it again without the conversation, what it is about, a last day in it.

    `kept` is what is kept in place of the answer, and of what was typed, where these are the person's alone.
    """

    answer: Answer
    alone: str
    topic: str
    due: DueDay | None = None
    kept: Answer | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """What every desk works with: whose conversation it is (None: nothing is kept), the knowledge of now, the day and its time."""

    conversation: str | None
    knowledge: Knowledge
    evidence: Evidence
    today: date
    least: float  # likelihood below which a message is of another field
    clock: time = time(12)  # in Việt Nam
    room: int = 1_400  # characters of an answer


class Desk(Protocol):
    """One conversation at one desk."""

    @property
    def awaits(self) -> bool:
        """Whether the next message may be the number of an option."""

    def reply(self, answer: Answer, text: str) -> Reply | None:
        """The reply to a message that is for this desk, None for any other."""

    def leave(self) -> None:
        """The message was for somebody else: forget what cannot be gone back to."""


class Notes:
    """What one desk keeps of one conversation between messages; without a conversation nothing."""

    def __init__(self, database: Database, conversation: str | None, desk: str, kept: str | None) -> None:
        self._database = database
        self._conversation = conversation
        self._desk = desk
        self.kept = kept

    def keep(self, state: str | None) -> None:
        """Keep a state; None forgets it."""
        if self._conversation is not None and state != self.kept:
            self._database.set_state(self._conversation, self._desk, state)
        self.kept = state


def notes_of(database: Database, conversation: str | None, since: datetime) -> dict[str, str]:
    """What every desk kept of a conversation, in one look."""
    return database.states(conversation, since) if conversation is not None else {}
