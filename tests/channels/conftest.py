"""A running Telegram bot for the tests of that channel: the channel itself, before a Bot API on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from pydantic import SecretStr

from bot.assistant import Assistant
from bot.channels.telegram import TelegramChannel
from bot.config import Settings
from bot.people import People
from tests.fakes.telegram import TOKEN, FakeTelegram, fake_telegram

CHATS = itertools.count(5001)  # every test talks in chats of its own
Bot = Callable[..., contextlib.AbstractAsyncContextManager[FakeTelegram]]


def channel_for(settings: Settings, base_url: str, token: str = TOKEN, **section: Any) -> TelegramChannel:
    telegram = settings.channels.telegram.model_copy(update={"base_url": base_url} | section)
    channels = settings.channels.model_copy(update={"telegram": telegram})
    return TelegramChannel(settings.model_copy(update={"channels": channels, "telegram_token": SecretStr(token)}))


@contextlib.asynccontextmanager
async def running(
    settings: Settings, fake: FakeTelegram, assistant: Assistant, people: People, token: str = TOKEN
) -> AsyncIterator[FakeTelegram]:
    stop = asyncio.Event()
    task = asyncio.create_task(channel_for(settings, fake.base_url, token).run(assistant, people, stop))
    try:
        await fake.until(lambda: task.done() or any(name == "getUpdates" for name, _ in fake.calls))
        yield fake
    finally:
        stop.set()
        await asyncio.wait_for(task, 60)


@pytest.fixture
def bot(settings: Settings, assistant: Assistant) -> Bot:
    """Runs the channel against a fresh fake, with the real assistant unless the test brings its own."""

    @contextlib.asynccontextmanager
    async def serve(own: Assistant = assistant, people: People | None = None) -> AsyncIterator[FakeTelegram]:
        async with fake_telegram() as fake, running(settings, fake, own, people or People({}, 10_000)):
            yield fake

    return serve


@pytest.fixture(scope="module")
async def telegram(settings: Settings, assistant: Assistant) -> AsyncIterator[FakeTelegram]:
    """A bot that runs through all tests that do it no harm."""
    async with fake_telegram() as fake, running(settings, fake, assistant, People({}, 10_000)):
        yield fake


@pytest.fixture
def chat() -> int:
    return next(CHATS)
