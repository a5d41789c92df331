"""What people are reminded of when they come by themselves: on channels that cannot write first, or could not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot import reminder_texts
from bot.reminder_rows import SENT, ReminderRows
from bot.reminders import in_utc


@dataclass(frozen=True, slots=True)
class ReminderBook:
    """The reminders at one moment; `now` is by the clocks of Việt Nam."""

    rows: ReminderRows
    now: datetime

    def due(self, conversation: str) -> dict[int, str]:
        """What a conversation is to be reminded of and was not told yet, by number."""
        found = self.rows.to_show(conversation, in_utc(self.now))
        return {each.id: reminder_texts.reminder(each.about, self.now.date()) for each in found}

    def told(self, conversation: str, numbers: Iterable[int]) -> None:
        """These have reached the conversation; a number that is not its own is passed over."""
        due = self.due(conversation)
        self.rows.end([number for number in numbers if number in due], SENT, in_utc(self.now))

    def take(self, conversation: str) -> list[str]:
        """What a conversation is to be reminded of, told herewith."""
        due = self.due(conversation)
        self.rows.end(due, SENT, in_utc(self.now))
        return list(due.values())
