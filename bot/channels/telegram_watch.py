"""Notices what keeps a running Telegram bot from people: a token taken back, another program that fetches, a webhook that was moved."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from telegram import Bot, error

from bot.config import TELEGRAM_TOKEN
from bot.errors import ChannelEnded

log = logging.getLogger(__name__)
REFUSED = f"Telegram refused the token; check {TELEGRAM_TOKEN}"


class Watch:
    """Looks at the account now and then; `told` gets each trouble, an empty text when all is well again."""

    def __init__(self, told: Callable[[str], None], address: str, look_every: float) -> None:
        self._told = told
        self._address = address  # of the webhook; empty when updates are fetched
        self._look_every = look_every
        self._refused = asyncio.Event()
        self._faults = 0  # of fetching, since the last look
        self._complaint: object = None  # the last that Telegram could not deliver

    def note(self, fault: BaseException | None) -> None:
        """A fault that a call met, wherever: a refused token ends the watch at once, the rest is told."""
        if isinstance(fault, error.InvalidToken):
            self._refused.set()
        elif isinstance(fault, error.TelegramError):
            self._faults += 1
            self._tell(_sentence(fault))

    async def until(self, bot: Bot, stop: asyncio.Event) -> None:
        """Watch until stopped. Raises ChannelEnded when the token is refused."""
        stopping, refused = asyncio.create_task(stop.wait()), asyncio.create_task(self._refused.wait())
        try:
            while not stop.is_set():
                await asyncio.wait((stopping, refused), timeout=self._look_every, return_when=asyncio.FIRST_COMPLETED)
                if not stop.is_set():
                    await self._look(bot)
        finally:
            for task in (stopping, refused):
                task.cancel()

    async def _look(self, bot: Bot) -> None:
        try:
            if self._refused.is_set():
                raise error.InvalidToken
            await bot.get_me()
            trouble = await self._webhook_trouble(bot) if self._address else ""
        except error.InvalidToken:
            self._tell(REFUSED)
            raise ChannelEnded(REFUSED) from None
        except error.TelegramError as fault:
            trouble = _sentence(fault)
        faults, self._faults = self._faults, 0
        if trouble or not faults:  # a fault of fetching since the last look stands until a look without one
            self._tell(trouble)

    async def _webhook_trouble(self, bot: Bot) -> str:
        info = await bot.get_webhook_info()
        if info.url != self._address:
            return f"the webhook of Telegram leads to {info.url or 'nowhere'!r}; another program uses the token, restart this one to take it back"
        before, self._complaint = self._complaint, info.last_error_date
        if info.last_error_date and info.last_error_date != before:
            return f"Telegram cannot deliver to {self._address}: {info.last_error_message}"
        return ""

    def _tell(self, trouble: str) -> None:
        if trouble:
            log.warning("%s", trouble)
        self._told(trouble)


def _sentence(fault: error.TelegramError) -> str:
    if isinstance(fault, error.Conflict):
        return f"another program fetches with the same token, or a webhook is set ({fault.message}); run one bot a token"
    return f"Telegram cannot be reached: {type(fault).__name__}"
