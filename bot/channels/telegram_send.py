"""Brings messages to Telegram within its pace: again when it could not take them, to the new number of a group that has moved."""

from __future__ import annotations

import asyncio
import contextlib
import html
import logging
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, ReplyParameters, error
from telegram.constants import ChatAction
from telegram.ext import AIORateLimiter

from bot.channels.telegram_heard import Spot
from bot.errors import PlatformBusy, PlatformRefused

log = logging.getLogger(__name__)
_PAUSES = (0.5, 3.0)  # seconds before a message that Telegram could not take is sent again
_NO_TOPIC = re.compile(r"message thread not found|topic_(?:closed|deleted)", re.IGNORECASE)
_TYPING = 4.0  # seconds; Telegram shows it for five


class Pace(AIORateLimiter):
    """The library's limits on messages; "is typing" is no message and does not use up a group's twenty a minute."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        if endpoint == "sendChatAction":
            return await callback(*args, **kwargs)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)


async def say(bot: Bot, spot: Spot, *messages: str, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Send the messages of one answer in their order, in HTML; buttons go under the last one. Nothing reaches who blocked the bot."""
    for number, text in enumerate(messages, 1):
        try:
            spot = await _send(bot, spot, text, buttons if number == len(messages) else None)
        except (error.Forbidden, error.BadRequest) as fault:  # blocked, put out of the group, or the chat is gone
            if isinstance(fault, error.BadRequest) and "chat not found" not in fault.message.lower():
                raise
            log.info("a chat can no longer be written to")
            return


async def send_file(bot: Bot, spot: Spot, name: str, title: str, data: bytes) -> None:
    """Send a file with its title; as messages are, again when Telegram could not take it. Nothing reaches who blocked the bot."""
    for pause in (*_PAUSES, None):
        try:
            await bot.send_document(spot.chat, data, html.escape(title), filename=name, message_thread_id=spot.thread)
            return
        except error.ChatMigrated as moved:
            spot = Spot(moved.new_chat_id)
        except error.Forbidden:
            log.info("a chat can no longer be written to")
            return
        except error.NetworkError as fault:
            if pause is None or isinstance(fault, error.BadRequest):
                raise
            log.warning("file not sent, trying again: %s", fault)
            await asyncio.sleep(pause)


async def announce(bot: Bot, spot: Spot, text: str) -> None:
    """Send one plain text that nobody asked for now. Raises PlatformRefused or PlatformBusy."""
    try:
        await _send(bot, spot, html.escape(text), None)
    except (error.Forbidden, error.BadRequest) as fault:  # blocked, put out of the group, or the chat is gone
        raise PlatformRefused(403, f"Telegram: {fault}") from None
    except error.RetryAfter as fault:
        wait = fault.retry_after
        raise PlatformBusy("Telegram wants a pause", wait.total_seconds() if isinstance(wait, timedelta) else wait) from None
    except error.TelegramError as fault:
        raise PlatformBusy(f"Telegram: {fault}") from None


async def _send(bot: Bot, spot: Spot, text: str, buttons: InlineKeyboardMarkup | None) -> Spot:
    """Send one message; returns where the next one goes. What timed out may have arrived: twice is better than never."""
    for pause in (*_PAUSES, None):
        try:
            reply = ReplyParameters(spot.reply_to, allow_sending_without_reply=True) if spot.reply_to else None
            await bot.send_message(spot.chat, text, reply_markup=buttons, message_thread_id=spot.thread, reply_parameters=reply)
            return spot
        except error.ChatMigrated as moved:
            spot = Spot(moved.new_chat_id)
        except error.BadRequest as fault:
            if spot.thread is None or not _NO_TOPIC.search(fault.message):
                raise
            spot = Spot(spot.chat, None, spot.reply_to)
        except error.NetworkError as fault:
            if pause is None:
                raise
            log.warning("message not sent, trying again: %s", fault)
            await asyncio.sleep(pause)
    await bot.send_message(spot.chat, text, reply_markup=buttons, message_thread_id=spot.thread)
    return spot


@contextlib.asynccontextmanager
async def typing(bot: Bot, spot: Spot) -> AsyncIterator[None]:
    """Shows that an answer is being written, for as long as that takes."""
    done = asyncio.Event()
    showing = asyncio.create_task(_show_typing(bot, spot, done))
    try:
        yield
    finally:
        done.set()
        with contextlib.suppress(TimeoutError):  # a call in work is let end: it comes before the answer, and its connection lives
            await asyncio.wait_for(showing, _TYPING)


async def _show_typing(bot: Bot, spot: Spot, done: asyncio.Event) -> None:
    while not done.is_set():
        try:
            await bot.send_chat_action(spot.chat, ChatAction.TYPING, message_thread_id=spot.thread)
        except error.TelegramError as fault:
            log.info("typing action failed: %s", type(fault).__name__)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), _TYPING)
