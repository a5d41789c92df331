"""What Telegram does to a running bot: time-outs, groups that move, a token taken back, another program with the same token."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from bot.assistant import Assistant
from bot.channels.http import states
from bot.channels.telegram import TelegramChannel
from bot.config import Settings
from bot.database import Database, now
from bot.errors import ChannelError
from bot.people import People
from tests.channels.conftest import Bot, channel_for
from tests.fakes.telegram import BOT, FakeTelegram, buttons, fake_telegram

QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


@contextlib.asynccontextmanager
async def watched(
    settings: Settings, assistant: Assistant, monkeypatch: pytest.MonkeyPatch, **section: str
) -> AsyncIterator[tuple[FakeTelegram, TelegramChannel, asyncio.Task[None]]]:
    """A bot that looks at its account five times a second."""
    monkeypatch.setattr(TelegramChannel, "look_every", 0.2)
    stop = asyncio.Event()
    async with fake_telegram() as fake:
        own = settings
        if section:
            web = settings.channels.web.model_copy(update={"public_url": "https://thads.example.vn"})
            own = settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})})
        channel = channel_for(own, fake.base_url, **section)
        task = asyncio.create_task(channel.run(assistant, People({}, 1000), stop))
        try:
            await fake.until(lambda: task.done() or fake.webhook or any(name == "getUpdates" for name, _ in fake.calls))
            yield fake, channel, task
        finally:
            stop.set()
            await asyncio.wait([task], timeout=30)


@pytest.mark.parametrize("times", [1, 2])
async def test_time_out_is_tried_again(bot: Bot, chat: int, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    monkeypatch.setattr(TelegramChannel, "patience", 0.3)
    monkeypatch.setattr("bot.channels.telegram_send._PAUSES", (0.05, 0.05))
    async with bot() as fake:
        fake.stall = 0.6
        fake.misbehave("sendMessage", 0, times=times)
        fake.push_text(chat, QUESTION)
        (message,) = await fake.replies(chat)
    assert "10 ngày" in message["text"]


async def test_too_many_requests_are_waited_for(bot: Bot, chat: int) -> None:
    async with bot() as fake:
        fake.misbehave("sendMessage", 429, times=2, retry_after=1)
        started = asyncio.get_running_loop().time()
        fake.push_text(chat, QUESTION)
        await fake.replies(chat)
        assert asyncio.get_running_loop().time() - started > 2
    assert len(fake.sent(chat)) == 1


async def test_typing_does_not_use_up_the_pace_of_a_group(bot: Bot, chat: int) -> None:
    """Twenty messages a minute go to a group; fourteen answers with their typing come to 28 calls."""
    async with bot() as fake:
        for _ in range(14):
            fake.push_text(-chat, f"@{BOT['username']} /khongco? {QUESTION}", kind="group")
        async with asyncio.timeout(30):
            await fake.replies(-chat, 14)


async def test_group_that_moves_while_it_is_answered(
    settings: Settings, assistant: Assistant, bot: Bot, chat: int, database: Database
) -> None:
    new = -1_000_000 - chat
    async with bot() as fake:
        fake.push_text(-chat, f"@{BOT['username']} {QUESTION}", kind="group")
        (message,) = await fake.replies(-chat)
        assert database.last_turns(f"telegram:{-chat}", 5, now().replace(year=2000))
        fake.migrate(-chat, new)
        await fake.until(lambda: not database.last_turns(f"telegram:{-chat}", 5, now().replace(year=2000)))
        fake.push_callback(-chat, next(buttons(message))[1], message["message_id"])  # its buttons still bear the old number
        (moved,) = await fake.replies(new)
    assert moved["text"].startswith("Điều 36 ")


async def test_token_taken_back_while_running(settings: Settings, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    async with watched(settings, assistant, monkeypatch) as (fake, channel, task):
        assert states([channel]) == {"telegram": "ok"}
        fake.revoked = True
        with pytest.raises(ChannelError, match="THADS_TELEGRAM_TOKEN"):
            await asyncio.wait_for(asyncio.shield(task), 30)
        assert states([channel]) == {"telegram": "down"}


async def test_token_taken_back_is_noticed_by_an_answer(
    settings: Settings, assistant: Assistant, chat: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(settings, assistant, monkeypatch) as (fake, channel, task):
        monkeypatch.setattr(TelegramChannel, "look_every", 60.0)
        fake.misbehave("sendMessage", 401)
        fake.push_text(chat, QUESTION)
        with pytest.raises(ChannelError, match="refused the token"):
            await asyncio.wait_for(asyncio.shield(task), 30)
        assert channel.trouble


async def test_another_program_with_the_token_is_told_and_forgotten(
    settings: Settings, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(settings, assistant, monkeypatch) as (fake, channel, task):
        fake.webhook = {"url": "https://elsewhere.example.vn", "secret_token": "x"}
        await fake.until(lambda: "another program" in channel.trouble)
        fake.webhook = {}
        await fake.until(lambda: channel.trouble == "")
        assert not task.done()


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        pytest.param({"url": "https://elsewhere.example.vn"}, "leads to 'https://elsewhere", id="moved"),
        pytest.param({"url": ""}, "leads to 'nowhere'", id="taken away"),
        pytest.param({"last_error_date": 1_790_000_000, "last_error_message": "SSL error"}, "SSL error", id="cannot deliver"),
    ],
)
async def test_webhook_that_brings_nothing_is_told(
    settings: Settings, assistant: Assistant, monkeypatch: pytest.MonkeyPatch, change: dict[str, object], trouble: str
) -> None:
    async with watched(settings, assistant, monkeypatch, mode="webhook") as (fake, channel, _):
        good = dict(fake.webhook)
        fake.webhook |= change
        await fake.until(lambda: trouble in channel.trouble)
        fake.webhook = good
        await fake.until(lambda: channel.trouble == "")


async def test_silence_of_telegram_is_told_and_forgotten(
    settings: Settings, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watched(settings, assistant, monkeypatch) as (fake, channel, _):
        fake.misbehave("getMe", 502, times=2)
        await fake.until(lambda: "cannot be reached" in channel.trouble)
        await fake.until(lambda: channel.trouble == "")
