"""Telegram through python-telegram-bot: one bot account, its handlers, and updates by polling or webhook."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from telegram import Bot, BotCommand, LinkPreviewOptions, Update, error, ext
from telegram.constants import ParseMode

from bot.assistant import Assistant
from bot.channels.http import public_hook
from bot.channels.telegram_heard import Spot, is_whole
from bot.channels.telegram_inline import InlineAnswers
from bot.channels.telegram_menu import menu
from bot.channels.telegram_send import Pace, announce
from bot.channels.telegram_talk import TelegramConversation
from bot.channels.telegram_voice import Listener
from bot.channels.telegram_watch import REFUSED, Watch
from bot.config import Settings
from bot.errors import ChannelEnded, ChannelError, PlatformBusy
from bot.people import People
from bot.speech import open_transcriber

log = logging.getLogger(__name__)
App = ext.Application[Any, Any, Any, Any, Any, Any]
UPDATES = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.INLINE_QUERY]
HOOK = "/webhook/telegram"
MOST = 1_000  # updates that wait; what comes on top is left with Telegram


class TelegramChannel:
    """One bot account."""

    name = "telegram"
    look_every = 60.0  # seconds between looks at whether the token still holds
    patience = 20.0  # seconds that Telegram may take for a reply
    pace: Mapping[str, float] = {}  # other limits than those of Telegram, for a server of one's own that has none

    def __init__(self, settings: Settings) -> None:
        for noisy in ("httpx", "telegram.ext.ExtBot"):  # below WARNING they log addresses, and Telegram's hold the token
            logging.getLogger(noisy).setLevel(logging.WARNING)
        self._token = settings.telegram_token.get_secret_value().strip()
        self._base_url = settings.channels.telegram.base_url
        self._address = public_hook(settings, HOOK)
        self._listener = Listener(open_transcriber(settings.speech, settings.speech_key.get_secret_value()))
        self.path = HOOK if settings.channels.telegram.mode == "webhook" else ""
        self.trouble = ""
        self._running: App | None = None

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        watch = Watch(self._told, self._address if self.path else "", self.look_every)
        conversation = TelegramConversation(assistant, people, self._listener, watch.note)
        application = self._application(conversation, InlineAnswers(assistant, people))
        try:
            await _begin(application, watch)
            if self.path:
                await application.bot.set_webhook(self._address, secret_token=self._secret(), allowed_updates=UPDATES)
            self._running, self.trouble = application, ""
            await watch.until(application.bot, stop)
        except error.InvalidToken:
            raise ChannelEnded(REFUSED) from None
        except error.TelegramError as fault:
            raise ChannelError(f"Telegram cannot be reached at {self._base_url}: {fault}") from None
        finally:
            self._running = None
            await _end(application)

    async def check(self) -> str:
        """What the token may do. Raises ChannelError."""
        try:
            async with Bot(self._token, base_url=self._base_url) as bot:
                me = await bot.get_me()
        except (error.InvalidToken, error.Forbidden):
            raise ChannelEnded(REFUSED) from None
        except error.TelegramError as fault:
            raise PlatformBusy(f"Telegram at {self._base_url}: {fault}") from None
        groups = "may" if me.can_join_groups else "may not"
        inline = "inline mode on" if me.supports_inline_queries else "inline mode off (/setinline at @BotFather)"
        way = "webhook" if self.path else "polling"
        return f"@{me.username}, may read and send texts, buttons and files, {groups} join groups, {inline}; {way}"

    async def receive(self, headers: Mapping[str, str], body: bytes) -> int:
        """One update brought by Telegram: 403 with a wrong secret, 503 while it cannot be taken, 200 for all else."""
        sent = headers.get("x-telegram-bot-api-secret-token", "")
        if not hmac.compare_digest(sent.encode("utf-8", "replace"), self._secret().encode()):
            return 403
        if self._running is None or self._running.update_queue.qsize() >= MOST:
            return 503
        try:
            update = Update.de_json(json.loads(body), self._running.bot)
            whole = is_whole(update)
        except Exception as fault:  # the library raises whatever its classes raise
            log.warning("an update of Telegram cannot be read: %s", type(fault).__name__)
            return 400
        if not whole:
            return 400
        await self._running.update_queue.put(update)
        return 200

    async def announce(self, chat: str, text: str) -> None:
        """Write to a chat that wrote before; `chat` is what follows the channel in the name of a conversation."""
        if self._running is None:
            raise PlatformBusy("Telegram is not running")
        number, _, thread = chat.partition(":")
        await announce(self._running.bot, Spot(int(number), int(thread) if thread else None), text)

    def _told(self, trouble: str) -> None:
        self.trouble = trouble

    def _secret(self) -> str:
        """What Telegram must send with every update: made from the token, so that there is no second secret to keep."""
        return hashlib.blake2b(b"telegram webhook", key=self._token.encode()[:64], digest_size=32).hexdigest()

    def _application(self, conversation: TelegramConversation, inline: InlineAnswers) -> App:
        defaults = ext.Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
        files = self._base_url.removesuffix("/bot") + "/file/bot"
        builder = ext.Application.builder().token(self._token).base_url(self._base_url).base_file_url(files).defaults(defaults)
        builder = builder.read_timeout(self.patience).write_timeout(self.patience).connect_timeout(self.patience)
        limited: Any = builder.rate_limiter(Pace(max_retries=3, **self.pace)).concurrent_updates(64)
        application: App = (limited.updater(None) if self.path else limited).build()
        application.add_handler(ext.TypeHandler(Update, conversation.once), group=-1)
        application.add_handlers(
            [
                ext.InlineQueryHandler(inline.answer),
                ext.CallbackQueryHandler(conversation.pressed),
                ext.MessageHandler(ext.filters.StatusUpdate.MIGRATE, conversation.moved),
                ext.MessageHandler(~ext.filters.StatusUpdate.ALL, conversation.message),
            ]
        )
        application.add_error_handler(conversation.fault)
        return application


async def _begin(application: App, watch: Watch) -> None:
    await application.initialize()
    try:
        await application.bot.set_my_commands([BotCommand(name, text) for name, text in menu()])
    except error.TelegramError as fault:
        log.warning("Telegram commands not set: %s", fault)
    await application.start()
    if application.updater:
        await application.updater.start_polling(allowed_updates=UPDATES, bootstrap_retries=3, error_callback=watch.note)


async def _end(application: App) -> None:
    """Stop whatever has begun; questions in work are answered first."""
    with suppress(error.InvalidToken):  # the fetching ended by it
        if application.updater and application.updater.running:
            await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()  # after a refused token the application counts as never begun, its connections are open
