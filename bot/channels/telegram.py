"""Telegram through python-telegram-bot: questions by polling or webhook, answers with buttons that open the cited articles."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from telegram import Bot, BotCommand, LinkPreviewOptions, Update, error, ext
from telegram.constants import ParseMode

from bot import texts
from bot.assistant import Assistant
from bot.channels.http import public_hook
from bot.channels.telegram_talk import TelegramConversation, is_whole, log_fault
from bot.config import TELEGRAM_TOKEN, Settings
from bot.errors import ChannelError, PlatformBusy
from bot.people import People

log = logging.getLogger(__name__)
App = ext.Application[Any, Any, Any, Any, Any, Any]
COMMANDS = (("start", "Bắt đầu"), ("help", "Hỏi được những gì"), ("xoa", "Xóa cuộc trò chuyện của tôi"))
UPDATES = [Update.MESSAGE, Update.CALLBACK_QUERY]
HOOK = "/webhook/telegram"
MOST = 1_000  # updates that wait; what comes on top is left with Telegram


class TelegramChannel:
    """One bot account."""

    name = "telegram"

    def __init__(self, settings: Settings) -> None:
        for noisy in ("httpx", "telegram.ext.ExtBot"):  # below WARNING they log addresses, and Telegram's hold the token
            logging.getLogger(noisy).setLevel(logging.WARNING)
        self._token = settings.telegram_token.get_secret_value().strip()
        self._base_url = settings.channels.telegram.base_url
        self._address = public_hook(settings, HOOK)
        self.path = HOOK if settings.channels.telegram.mode == "webhook" else ""
        self.trouble = ""
        self._running: App | None = None

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        application = self._application(TelegramConversation(assistant, people))
        try:
            await _begin(application)
            if self.path:
                await application.bot.set_webhook(self._address, secret_token=self._secret(), allowed_updates=UPDATES)
            self._running = application
            await stop.wait()
        except error.InvalidToken:
            raise ChannelError(f"Telegram refused the token; check {TELEGRAM_TOKEN}") from None
        except error.TelegramError as fault:
            raise ChannelError(f"Telegram cannot be reached at {self._base_url}: {fault}") from None
        finally:
            self._running = None
            await _end(application)

    async def check(self) -> str:
        """What the token may do. Raises ChannelError."""
        try:
            async with Bot(self._token, base_url=self._base_url) as bot:
                groups = "may" if (await bot.get_me()).can_join_groups else "may not"
                return f"@{bot.username}, may read and send texts and buttons, {groups} join groups; {'webhook' if self.path else 'polling'}"
        except (error.InvalidToken, error.Forbidden):
            raise ChannelError(f"Telegram refused the token; check {TELEGRAM_TOKEN}") from None
        except error.TelegramError as fault:
            raise PlatformBusy(f"Telegram at {self._base_url}: {fault}") from None

    async def receive(self, headers: Mapping[str, str], body: bytes) -> int:
        """One update brought by Telegram: 403 with a wrong secret, 503 while it cannot be taken, 200 for all else."""
        sent = headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(sent.encode("utf-8", "replace"), self._secret().encode()):
            return 403
        if self._running is None or self._running.update_queue.qsize() >= MOST:
            return 503
        try:
            update = Update.de_json(json.loads(body), self._running.bot)
        except Exception as fault:  # the library raises whatever its classes raise
            log.warning("an update of Telegram cannot be read: %s", type(fault).__name__)
            return 400
        if not is_whole(update):
            return 400
        await self._running.update_queue.put(update)
        return 200

    def _secret(self) -> str:
        """What Telegram must send with every update: made from the token, so that there is no second secret to keep."""
        return hashlib.blake2b(b"telegram webhook", key=self._token.encode()[:64], digest_size=32).hexdigest()

    def _application(self, conversation: TelegramConversation) -> App:
        defaults = ext.Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,  # a question in a group may be deleted before its answer is there
        )
        builder = ext.Application.builder().token(self._token).base_url(self._base_url).defaults(defaults)
        limited: Any = builder.rate_limiter(ext.AIORateLimiter(max_retries=3)).concurrent_updates(64)
        application: App = (limited.updater(None) if self.path else limited).build()
        private = ext.filters.ChatType.PRIVATE
        application.add_handler(ext.TypeHandler(Update, conversation.once), group=-1)
        application.add_handlers(
            [
                ext.CommandHandler("start", partial(conversation.say, texts.GREETING)),
                ext.CommandHandler("help", partial(conversation.say, texts.HELP)),
                ext.CommandHandler("xoa", conversation.erase),
                ext.CallbackQueryHandler(conversation.open_article),
                ext.MessageHandler(ext.filters.TEXT & ~ext.filters.COMMAND, conversation.question),
                ext.MessageHandler(private & ext.filters.COMMAND, partial(conversation.say, texts.HELP)),
                ext.MessageHandler(private & ~ext.filters.StatusUpdate.ALL, partial(conversation.say, texts.OTHER_MESSAGE)),
            ]
        )
        application.add_error_handler(log_fault)
        return application


async def _begin(application: App) -> None:
    await application.initialize()
    try:
        await application.bot.set_my_commands([BotCommand(name, text) for name, text in COMMANDS])
    except error.TelegramError as fault:
        log.warning("Telegram commands not set: %s", fault)
    await application.start()
    if application.updater:
        await application.updater.start_polling(allowed_updates=UPDATES, bootstrap_retries=3)


async def _end(application: App) -> None:
    """Stop whatever has begun; questions in work are answered first."""
    if application.updater and application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()  # after a refused token the application counts as never begun, its connections are open
