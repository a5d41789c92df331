"""Sends a message to the desk that it is for: one it goes on with, or one that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.consultation import Consultation
from bot.database import Database
from bot.desk import Desk, Notes, Reply, Visit
from bot.message import Answer


@dataclass(frozen=True, slots=True)
class Reception:
    """The desks of one conversation, in the order in which they are asked; `consultation` is the last."""

    desks: tuple[Desk, ...]
    consultation: Consultation

    @property
    def awaits(self) -> bool:
        """Whether the next message may be the number of an option."""
        return any(desk.awaits for desk in self.desks)

    def reply(self, answer: Answer, text: str) -> Reply | None:
        """The reply of the desk that a message is for; None when it is for none, which all of them then leave."""
        for desk in self.desks:
            if found := desk.reply(answer, text):
                for other in self.desks:
                    if other is not desk:
                        other.leave()
                return found
        for desk in self.desks:
            desk.leave()
        return None


def open_reception(visit: Visit, database: Database, kept: Mapping[str, str]) -> Reception:
    """The desks with what each kept of the conversation."""
    consultation = Consultation(visit, Notes(database, visit.conversation, "consultation", kept.get("consultation")))
    return Reception((consultation,), consultation)
