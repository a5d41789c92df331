"""Keeps reminders in SQL: made, listed, called off, claimed by one sender at a time, ended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from bot.database import OPEN_REMINDERS, REMINDERS, TURNS, Database
from bot.reminders import DueDay, channel_of, chat_of, in_vietnam

WAITING, HELD, SENT, REFUSED, FAILED = "waiting", "held", "sent", "refused", "failed"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that is kept; `due` and `next_try` are in UTC without zone."""

    id: int
    conversation: str
    due: datetime
    about: DueDay
    next_try: datetime
    tries: int
    made_at: datetime

    @property
    def channel(self) -> str:
        return channel_of(self.conversation)

    @property
    def chat(self) -> str:
        return chat_of(self.conversation)

    @property
    def on(self) -> date:
        """The day of it in Việt Nam."""
        return in_vietnam(self.due).date()


class ReminderRows:
    """The table of reminders; every call is one transaction. Moments are given in UTC, no clock is read here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, conversation: str, about: DueDay, due: datetime, now: datetime) -> None:
        """Keep a reminder; one that is there already is not kept twice."""
        same = (
            REMINDERS.c.conversation == conversation,
            REMINDERS.c.due == due,
            REMINDERS.c.day == about.day,
            REMINDERS.c.what == about.what,
            REMINDERS.c.state.in_(OPEN_REMINDERS),
        )
        row = {
            "channel": channel_of(conversation),
            "conversation": conversation,
            "due": due,
            "day": about.day,
            "what": about.what,
            "place": about.place,
            "made_at": now,
            "next_try": due,
            "tries": 0,
            "state": WAITING,
        }
        with self._database.transaction() as connection:
            if connection.execute(select(REMINDERS.c.id).where(*same)).first() is None:
                connection.execute(insert(REMINDERS), row)

    def of(self, conversation: str) -> list[Reminder]:
        """What a conversation still has, the nearest first."""
        return self._where(REMINDERS.c.conversation == conversation, REMINDERS.c.state.in_(OPEN_REMINDERS))

    def cancel(self, conversation: str, ids: Iterable[int]) -> None:
        """Delete reminders of a conversation."""
        with self._database.transaction() as connection:
            connection.execute(delete(REMINDERS).where(REMINDERS.c.conversation == conversation, REMINDERS.c.id.in_(list(ids))))

    def to_send(self, channels: Sequence[str], now: datetime, most: int) -> list[Reminder]:
        """What these channels have to send now, the oldest first."""
        return self._where(
            REMINDERS.c.channel.in_(channels), REMINDERS.c.state == WAITING, REMINDERS.c.next_try <= now, most=most
        )

    def to_show(self, conversation: str, now: datetime) -> list[Reminder]:
        """What a conversation is to be shown now, because its channel cannot write first or could not."""
        free = (REMINDERS.c.state == HELD) | (REMINDERS.c.next_try <= now)
        return self._where(
            REMINDERS.c.conversation == conversation, REMINDERS.c.state.in_(OPEN_REMINDERS), REMINDERS.c.due <= now, free
        )

    def claim(self, reminder: Reminder, until: datetime) -> bool:
        """Take a reminder for one try, until the moment at which another may; False when somebody else has it."""
        one = (REMINDERS.c.id == reminder.id, REMINDERS.c.state == WAITING, REMINDERS.c.tries == reminder.tries)
        with self._database.transaction() as connection:
            taken = update(REMINDERS).where(*one).values(next_try=until, tries=REMINDERS.c.tries + 1)
            return bool(connection.execute(taken).rowcount)

    def end(self, ids: Iterable[int], state: str, now: datetime) -> None:
        """Say what became of reminders."""
        with self._database.transaction() as connection:
            values = {"state": state, "sent_at": now if state == SENT else None}
            connection.execute(update(REMINDERS).where(REMINDERS.c.id.in_(list(ids))).values(values))

    def try_again(self, reminder: Reminder, at: datetime) -> None:
        with self._database.transaction() as connection:
            connection.execute(update(REMINDERS).where(REMINDERS.c.id == reminder.id).values(next_try=at))

    def last_heard(self, reminder: Reminder) -> datetime:
        """When the person last wrote, as far as it is kept."""
        with self._database.transaction() as connection:
            newest = connection.execute(
                select(func.max(TURNS.c.at)).where(TURNS.c.conversation == reminder.conversation)
            ).scalar()
        return max(newest or reminder.made_at, reminder.made_at)

    def move(self, old: str, new: str) -> None:
        """Give the reminders of a conversation to another: a group that has got a new number."""
        with self._database.transaction() as connection:
            connection.execute(update(REMINDERS).where(REMINDERS.c.conversation == old).values(conversation=new))

    def forget_done(self, today: date) -> None:
        """Delete what nobody waits for any more and whose day is past."""
        with self._database.transaction() as connection:
            done = REMINDERS.c.state.not_in(OPEN_REMINDERS)
            connection.execute(delete(REMINDERS).where(done, REMINDERS.c.day < today))

    def _where(self, *conditions: Any, most: int | None = None) -> list[Reminder]:
        query = select(REMINDERS).where(*conditions).order_by(REMINDERS.c.due, REMINDERS.c.id).limit(most)
        with self._database.transaction() as connection:
            return [_read(row) for row in connection.execute(query)]


def _read(row: Row[Any]) -> Reminder:
    about = DueDay(row.day, row.what, row.place)
    return Reminder(row.id, row.conversation, row.due, about, row.next_try, row.tries, row.made_at)
