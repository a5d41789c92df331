"""Takes in messages: each once, in order within a chat, several chats side by side, and no fault of one stops another."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from weakref import WeakValueDictionary

from bot import texts
from bot.errors import PlatformBusy, PlatformRefused

log = logging.getLogger(__name__)
MOST = 1_000  # messages in work; what comes on top is left with the platform
REMEMBERED = 10_000  # messages by which a second delivery is known
_ID = re.compile(r"[!-~]{1,100}")
PATIENCE = 20.0  # seconds that messages in work are given when the channel ends
SHORT = 0.5  # seconds; an answer that takes longer is said to be under way
SHOWN = 4.0  # seconds after which that is said again


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as a channel reads it; `id` is empty when the platform gave none, `text` None when there is none to read.

    `sound` is where the platform keeps what was spoken.
    """

    id: str
    chat: str
    person: str
    text: str | None
    sound: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to a chat; `options` are what may be replied to it, in the order of their numbers."""

    text: str
    options: tuple[str, ...] = ()


def identity(value: object) -> str:
    """An id as a platform gives it: visible ASCII of at most 100 characters; empty for anything else."""
    text = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    return text if _ID.fullmatch(text) else ""


def identity_of(part: object) -> str:
    """The id in a part of a message: of its sender, of its chat."""
    return identity(part.get("id")) if isinstance(part, Mapping) else ""


class Intake:
    """The messages in work.

    `reply` makes what answers a message, `send` brings one message to a chat, `typing` shows there that an answer is being written.
    """

    def __init__(
        self,
        reply: Callable[[Incoming], Awaitable[Sequence[Outgoing]]],
        send: Callable[[str, Outgoing], Awaitable[None]],
        most: int = MOST,
        typing: Callable[[str], Awaitable[object]] | None = None,
    ) -> None:
        self._reply = reply
        self._send = send
        self._most = most
        self._typing = typing
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # a lock goes when nobody holds or awaits it
        self._seen: dict[str, None] = {}
        self._work: set[asyncio.Task[None]] = set()
        self._showing: set[asyncio.Task[None]] = set()

    def take(self, message: Incoming) -> bool:
        """Put a message to work, unless it came before; False when there is no room for it."""
        if message.id and message.id in self._seen:
            return True
        if len(self._work) >= self._most:
            return False
        if message.id:
            self._seen[message.id] = None
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
        work = asyncio.create_task(self._answer(message))
        self._work.add(work)
        work.add_done_callback(self._work.discard)
        return True

    async def room(self) -> None:
        """Wait until a message can be taken."""
        while len(self._work) >= self._most:
            await asyncio.wait(self._work, return_when=asyncio.FIRST_COMPLETED)

    async def finish(self) -> None:
        """Wait for the messages in work, and give up those that take too long."""
        if self._work:
            _, late = await asyncio.wait(self._work, timeout=PATIENCE)
            for work in late:
                work.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        for showing in self._showing:
            showing.cancel()
        await asyncio.gather(*self._showing, return_exceptions=True)

    async def _answer(self, message: Incoming) -> None:
        turn = self._turns.setdefault(message.chat, asyncio.Lock())
        async with turn:  # those who wait for a lock get it in the order in which they came
            try:
                for said in await self._replies(message):
                    await self._send(message.chat, said)
            except (PlatformRefused, PlatformBusy) as fault:  # an apology would not arrive either
                log.error("a reply could not be sent: %s", fault)
            except Exception:
                log.exception("a message could not be answered")
                await self._apologise(message.chat)

    async def _replies(self, message: Incoming) -> Sequence[Outgoing]:
        done = asyncio.Event()
        if self._typing:
            showing = asyncio.create_task(_show(self._typing, message.chat, done))
            self._showing.add(showing)
            showing.add_done_callback(self._showing.discard)
        try:
            return await self._reply(message)
        finally:
            done.set()  # a call in work is let end, so that its connection lives; nobody waits for it

    async def _apologise(self, chat: str) -> None:
        try:
            await self._send(chat, Outgoing(texts.TROUBLE))
        except Exception as fault:
            log.error("an apology could not be sent: %s", fault)


async def _show(typing: Callable[[str], Awaitable[object]], chat: str, done: asyncio.Event) -> None:
    """Say that an answer is under way, when it is not there at once, until it is."""
    pause = SHORT
    while not done.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), pause)
            return
        try:
            await typing(chat)
        except (PlatformRefused, PlatformBusy) as fault:
            log.info("typing not shown: %s", fault)
        pause = SHOWN
