"""Brings reminders to people when they are due: each claimed before it is sent, tried again while its platform is busy.

Several processes may share a database: who claims a reminder has it until its lease ends. One whose sender dies between sending and
writing that down is sent once more: twice is better than never where a last day is at stake.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta

from bot import reminder_texts
from bot.channels import Announcing
from bot.database import now
from bot.errors import PlatformBusy, PlatformRefused
from bot.reminder_rows import FAILED, HELD, REFUSED, SENT, Reminder, ReminderRows
from bot.reminders import REACH, in_vietnam

log = logging.getLogger(__name__)
LOOK_EVERY = 30.0  # seconds
LEASE = timedelta(minutes=15)  # for one try
PATIENCE = 300.0  # seconds that a channel may take for one message, less than the lease
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440))  # after each try that failed
AT_ONCE = 8  # messages on their way
MOST = 200  # reminders of one look


class Delivery:
    """Sends what is due over the channels of this process that can write first."""

    def __init__(
        self, rows: ReminderRows, channels: Iterable[object], clock: Callable[[], datetime] = now, look_every: float = LOOK_EVERY
    ) -> None:
        self._rows = rows
        self._channels = {channel.name: channel for channel in channels if isinstance(channel, Announcing)}
        self._clock = clock
        self._look_every = look_every
        self._forgot: date | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Look again and again until stopped; a look that fails is named, the next one is made all the same."""
        while not stop.is_set():
            try:
                await self.look()
                await self._forget()
            except Exception:
                log.exception("reminders could not be looked at")
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._look_every)

    async def look(self) -> None:
        """Send all that is due now."""
        due = await asyncio.to_thread(self._rows.to_send, list(self._channels), self._clock(), MOST) if self._channels else []
        lanes = asyncio.Semaphore(AT_ONCE)

        async def one(reminder: Reminder) -> None:
            async with lanes:
                await self._deliver(reminder)

        await asyncio.gather(*(one(reminder) for reminder in due))

    async def _forget(self) -> None:
        """Once a day, delete the reminders that are done with and past."""
        today = in_vietnam(self._clock()).date()
        if today != self._forgot:
            await asyncio.to_thread(self._rows.forget_done, today)
            self._forgot = today

    async def _deliver(self, reminder: Reminder) -> None:
        """Send one reminder, unless another process has it, and keep what became of it."""
        moment = self._clock()
        if not await asyncio.to_thread(self._rows.claim, reminder, moment + LEASE):
            return
        if not await asyncio.to_thread(self._may_write, reminder, moment):
            await self._end(reminder, HELD)
            return
        text = reminder_texts.reminder(reminder.about, in_vietnam(moment).date())
        try:
            async with asyncio.timeout(PATIENCE):
                await self._channels[reminder.channel].announce(reminder.chat, text)
        except PlatformRefused as fault:  # who wrote later, where that is the rule, is shown it then
            log.info("a reminder will not be taken by %s: %s", reminder.channel, fault)
            await self._end(reminder, HELD if REACH[reminder.channel].hours else REFUSED)
        except PlatformBusy as fault:
            await self._later(reminder, str(fault), fault.wait)
        except Exception as fault:
            await self._later(reminder, f"{type(fault).__name__}: {fault}", None)
        else:
            await self._end(reminder, SENT)

    def _may_write(self, reminder: Reminder, moment: datetime) -> bool:
        """Whether the channel may write to the person now: some only for hours after their last message."""
        hours = REACH[reminder.channel].hours
        return hours is None or moment - self._rows.last_heard(reminder) <= timedelta(hours=hours)

    async def _end(self, reminder: Reminder, state: str) -> None:
        await asyncio.to_thread(self._rows.end, [reminder.id], state, self._clock())

    async def _later(self, reminder: Reminder, why: str, wait: float | None) -> None:
        """Try again after a pause, at most so often."""
        if reminder.tries >= len(PAUSES):
            log.error("a reminder over %s is given up after %d tries: %s", reminder.channel, reminder.tries + 1, why)
            await self._end(reminder, HELD if REACH[reminder.channel].hours else FAILED)
            return
        pause = max(PAUSES[reminder.tries], timedelta(seconds=wait or 0))
        log.warning("a reminder over %s was not sent, trying again in %s: %s", reminder.channel, pause, why)
        await asyncio.to_thread(self._rows.try_again, reminder, self._clock() + pause)
