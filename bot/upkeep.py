"""Keeps channels running side by side: one that ends by a fault is started again after growing waits, unless waiting cannot mend it."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from bot.assistant import Assistant
from bot.channels import Channel
from bot.errors import ChannelEnded, ChannelError
from bot.people import People

log = logging.getLogger(__name__)
FIRST, LONGEST = 1.0, 300.0  # seconds of the first wait, which doubles, and of the longest
STEADY = 60.0  # seconds after which a run counts as a good one: the waits begin anew


async def until_stopped(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until all channels are to end."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


@dataclass
class Upkeep:
    """Channels with one assistant; `clock` gives seconds, `wait` lets some pass."""

    assistant: Assistant
    people: People
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[asyncio.Event, float], Awaitable[None]] = until_stopped
    _down: set[int] = field(default_factory=set)
    _ran: bool = False  # whether any channel has run well for a while

    async def run(self, channels: Sequence[Channel], stop: asyncio.Event) -> bool:
        """Run all until stopped or none is left; when none ever ran and all are down, that is the end. Returns whether any ran."""

        def all_down() -> None:
            if not self._ran and len(self._down) == len(channels):
                stop.set()

        await asyncio.gather(*(self.keep(channel, stop, all_down) for channel in channels))
        return not channels or self._ran or len(self._down) < len(channels)

    async def keep(self, channel: Channel, stop: asyncio.Event, went_down: Callable[[], None] = lambda: None) -> None:
        """Run one channel until stopped, it ends by itself, or it meets what waiting cannot mend."""
        rest = FIRST
        while not stop.is_set():
            started = self.clock()
            self._down.discard(id(channel))
            fault = await self._fault_of(channel, stop)
            if fault is None:
                return
            if self.clock() - started >= STEADY:
                self._ran, rest = True, FIRST
            self._down.add(id(channel))
            went_down()
            if isinstance(fault, ChannelEnded) or stop.is_set():
                return
            log.info("channel %s is started again in %d s", channel.name, rest)
            await self.wait(stop, rest)
            rest = min(rest * 2, LONGEST)

    async def _fault_of(self, channel: Channel, stop: asyncio.Event) -> Exception | None:
        """Run a channel; the fault that ended it is told and returned, None when it ended as it should."""
        try:
            await channel.run(self.assistant, self.people, stop)
        except ChannelEnded as fault:
            channel.trouble = str(fault)
            log.error("channel %s has ended; put this right and start the program again: %s", channel.name, fault)
            return fault
        except ChannelError as fault:
            channel.trouble = str(fault)
            log.error("channel %s stopped: %s", channel.name, fault)
            return fault
        except Exception as fault:
            channel.trouble = "a fault of its own"
            log.exception("channel %s stopped by a fault of its own", channel.name)
            return fault
        return None
