"""Sends a message to the desk that it is for: one it goes on with, or one that it asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.consultation import Consultation
from bot.database import Database
from bot.desk import Desk, Notes, Reply, Visit
from bot.files import Files
from bot.form_desk import FormDesk
from bot.message import Answer
from bot.missing import MissingFact
from bot.officer_desk import OfficerDesk
from bot.reminder_desk import ReminderDesk
from bot.reminder_rows import ReminderRows


@dataclass(frozen=True, slots=True)
class Reception:
    """The desks of one conversation, in the order in which they are asked; `consultation` is the last."""

    desks: tuple[Desk, ...]
    consultation: Consultation
    reminding: ReminderDesk
    forms: FormDesk
    missing: MissingFact

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

    def aside(self, reply: Reply | None, answer: Answer, text: str) -> tuple[str, tuple[str, ...]]:
        """What to say behind an answer that is proven by itself, and the options of a question in it."""
        if reply:
            return self.reminding.aside(reply)
        if (asked := self.missing.aside(answer, text))[0]:
            return asked
        return self.forms.after(answer) or self.consultation.after(answer, text), ()


def open_reception(visit: Visit, database: Database, kept: Mapping[str, str], files: Files) -> Reception:
    """The desks with what each kept of the conversation."""
    consultation = Consultation(visit, Notes(database, visit.conversation, "consultation", kept.get("consultation")))
    now = datetime.combine(visit.today, visit.clock)
    reminding = ReminderDesk(
        visit, Notes(database, visit.conversation, "reminders", kept.get("reminders")), ReminderRows(database), now
    )
    forms = FormDesk(visit, Notes(database, visit.conversation, "forms", kept.get("forms")), files)
    officers = OfficerDesk(visit, Notes(database, visit.conversation, "officers", kept.get("officers")))
    missing = MissingFact(visit, Notes(database, visit.conversation, "missing", kept.get("missing")))
    return Reception((missing, forms, reminding, officers, consultation), consultation, reminding, forms, missing)
