"""Tries again what a platform could not take: after the pause that it asks for, else after longer and longer ones."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from bot.errors import PlatformBusy

log = logging.getLogger(__name__)
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)  # seconds
LONGEST = 60.0  # seconds: more than a platform may ask for, so that a wrong header cannot silence the bot
Result = TypeVar("Result")


async def patiently(call: Callable[[], Awaitable[Result]], pauses: Sequence[float] = PAUSES) -> Result:
    """The result of a call, made again after each pause while the platform is busy. Raises PlatformBusy after the last."""
    for pause in pauses:
        try:
            return await call()
        except PlatformBusy as fault:
            log.warning("%s, trying again", fault)
            await asyncio.sleep(pause if fault.wait is None else min(fault.wait, LONGEST))
    return await call()
