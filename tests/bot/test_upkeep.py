"""Channels that fall are set up again, later and later; what waiting cannot mend is left alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.errors import ChannelEnded, ChannelError, PlatformBusy, PlatformRefused
from bot.upkeep import LONGEST, STEADY, Upkeep

NOBODY: Any = None  # a stumbling channel asks neither the assistant nor the people
REFUSED = PlatformRefused(401, "wrong token")


@dataclass
class Clock:
    """Time that passes only when somebody waits."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.seconds

    async def wait(self, stop: asyncio.Event, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)


@dataclass
class Stumbling:
    """A channel that ends in these ways, one a run, after so many seconds; when they are used up it runs until stopped, or stops all."""

    clock: Clock
    ends: list[Exception]
    lasts: float = 0.0
    stops: bool = True
    name: str = "stumbling"
    trouble: str = ""
    runs: int = 0

    async def run(self, assistant: Any, people: Any, stop: asyncio.Event) -> None:
        self.runs += 1
        await asyncio.sleep(0)
        self.clock.seconds += self.lasts
        if self.ends:
            raise self.ends.pop(0)
        self.trouble = ""
        if self.stops:
            stop.set()
        await stop.wait()


async def kept(clock: Clock, *channels: Stumbling) -> bool:
    every: Sequence[Any] = channels
    return await asyncio.wait_for(Upkeep(NOBODY, NOBODY, clock, clock.wait).run(every, asyncio.Event()), 10)


def steady(clock: Clock) -> Stumbling:
    """One that runs on beside the others until they stop all."""
    return Stumbling(clock, [], stops=False, name="steady")


@pytest.mark.parametrize(
    "fault",
    [ChannelError("out of reach"), PlatformBusy("too many"), RuntimeError("the disk is full")],
    ids=["out of reach", "busy", "a fault of ours"],
)
async def test_fallen_channel_is_started_again_later_and_later(fault: Exception, caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    channel, other = Stumbling(clock, [fault] * 12), steady(clock)
    assert await kept(clock, channel, other)
    assert clock.waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, LONGEST, LONGEST, LONGEST]
    assert (channel.runs, channel.trouble, other.runs) == (13, "", 1)
    assert sum("stumbling stopped" in record.message for record in caplog.records) == 12


async def test_after_a_good_run_the_waits_begin_anew() -> None:
    clock = Clock()
    channel = Stumbling(clock, [ChannelError("out of reach")] * 4, lasts=STEADY)
    assert await kept(clock, channel)
    assert clock.waits == [1, 1, 1, 1]


@pytest.mark.parametrize("fault", [ChannelEnded("no such account"), REFUSED], ids=["ended", "refused"])
async def test_what_waiting_cannot_mend_ends_one_channel_for_good(fault: ChannelEnded, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    clock = Clock()
    refused = Stumbling(clock, [fault] * 5)
    other = Stumbling(clock, [ChannelError("away")] * 2, lasts=STEADY, name="other")
    assert await kept(clock, refused, other)
    assert (refused.runs, refused.trouble, other.runs) == (1, str(fault), 3)
    assert "start the program again" in caplog.text
    assert str(fault) in caplog.text


async def test_trouble_stands_while_a_channel_waits() -> None:
    clock, seen = Clock(), list[str]()
    channel = Stumbling(clock, [ChannelError("out of reach"), RuntimeError("odd")], lasts=STEADY)

    async def look(stop: asyncio.Event, seconds: float) -> None:
        seen.append(channel.trouble)

    await Upkeep(NOBODY, NOBODY, clock, look).run([channel], asyncio.Event())
    assert seen == ["out of reach", "a fault of its own"]
    assert channel.trouble == ""


@pytest.mark.parametrize("ends", [[ChannelError("port taken")], [REFUSED]], ids=["port taken", "refused"])
async def test_when_none_can_begin_the_program_ends(ends: list[Exception]) -> None:
    clock = Clock()
    channels = [Stumbling(clock, [*ends] * 9, name=name) for name in ("one", "two")]
    assert not await kept(clock, *channels)
    assert all(channel.runs <= 2 for channel in channels)
    assert all(channel.trouble for channel in channels)


async def test_when_all_fall_after_a_good_run_they_are_started_again() -> None:
    clock = Clock()
    channels = [Stumbling(clock, [ChannelError("out of reach")] * 3, lasts=STEADY) for _ in range(2)]
    assert await kept(clock, *channels)
    assert clock.waits[:2] == [1, 1]


async def test_stop_ends_a_wait_at_once() -> None:
    clock, stop = Clock(), asyncio.Event()
    channel: Any = Stumbling(clock, [ChannelError("out of reach")] * 99, lasts=STEADY)
    keeping = asyncio.create_task(Upkeep(NOBODY, NOBODY, clock).run([channel], stop))
    await asyncio.sleep(0.05)
    stop.set()
    assert await asyncio.wait_for(keeping, 0.5)
