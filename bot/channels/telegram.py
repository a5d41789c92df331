"""Telegram through python-telegram-bot: questions by polling, answers with buttons that open the cited articles."""

from __future__ import annotations

import asyncio
import hashlib
import html
import logging
from collections import deque
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Message, Update, error, ext
from telegram.constants import ChatAction, ChatType, MessageEntityType, MessageLimit, ParseMode

from bot import texts
from bot.assistant import Assistant
from bot.config import TELEGRAM_TOKEN, Settings
from bot.errors import ChannelError
from bot.message import Answer, AnswerCitation, Question
from bot.people import People
from bot.render import html_messages
from knowledge.search import Reader
from knowledge.text import shorten

log = logging.getLogger(__name__)
App = ext.Application[Any, Any, Any, Any, Any, Any]
Context = ext.ContextTypes.DEFAULT_TYPE
COMMANDS = (("start", "Bắt đầu"), ("help", "Hỏi được những gì"), ("xoa", "Xóa cuộc trò chuyện của tôi"))
_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
_BUTTONS = 4
_PAUSES = (0.5, 3.0)  # seconds before a message that Telegram could not take is sent again


class TelegramChannel:
    """One bot account."""

    name = "telegram"

    def __init__(self, settings: Settings) -> None:
        self._token = settings.telegram_token.get_secret_value().strip()
        self._base_url = settings.channels.telegram.base_url

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        for noisy in ("httpx", "telegram.ext.ExtBot"):  # below WARNING they log addresses, and Telegram's hold the token
            logging.getLogger(noisy).setLevel(logging.WARNING)
        application = self._application(TelegramConversation(assistant, people))
        try:
            await _begin(application)
            await stop.wait()
        except error.InvalidToken:
            raise ChannelError(f"Telegram refused the token; check {TELEGRAM_TOKEN}") from None
        except error.TelegramError as fault:
            raise ChannelError(f"Telegram cannot be reached at {self._base_url}: {fault}") from None
        finally:
            await _end(application)

    def _application(self, conversation: TelegramConversation) -> App:
        defaults = ext.Defaults(
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            allow_sending_without_reply=True,  # a question in a group may be deleted before its answer is there
        )
        builder = ext.Application.builder().token(self._token).base_url(self._base_url).defaults(defaults)
        application = builder.rate_limiter(ext.AIORateLimiter(max_retries=3)).concurrent_updates(64).build()
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
        application.add_error_handler(_log_fault)
        return application


class TelegramConversation:
    """What is said in reply to each kind of update; one update of a chat at a time, so that answers keep their order."""

    def __init__(self, assistant: Assistant, people: People) -> None:
        self._assistant = assistant
        self._people = people
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # a lock goes when nobody holds or awaits it
        self._seen: deque[int] = deque(maxlen=1000)

    async def once(self, update: Update, context: Context) -> None:
        """Pass over an update that was delivered before."""
        if update.update_id in self._seen:
            raise ext.ApplicationHandlerStop
        self._seen.append(update.update_id)

    async def say(self, text: str, update: Update, context: Context) -> None:
        async with self._turn(update):
            await _say(update, html.escape(text))

    async def erase(self, update: Update, context: Context) -> None:
        async with self._turn(update):  # a question still being answered would be remembered after this
            await asyncio.to_thread(self._assistant.erase, _conversation(update))
            await _say(update, html.escape(texts.ERASED))

    async def question(self, update: Update, context: Context) -> None:
        message, user = update.effective_message, update.effective_user
        text = _addressed(message, context) if message else None
        if message is None or text is None:
            return
        person = str(user.id if user else message.chat.id)
        async with self._turn(update):
            if not self._people.may_ask("telegram", person):
                await _say(update, html.escape(texts.SLOW_DOWN))
                return
            await _typing(message)
            role = self._people.role("telegram", person)
            question = Question(text, "telegram", person, role, conversation=_conversation(update))
            answer = await asyncio.to_thread(self._assistant.answer, question)
            await _say(update, *html_messages(answer, _LIMIT), buttons=citation_buttons(answer))

    async def open_article(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None or not isinstance(query.data, str):
            return
        try:
            await query.answer()
        except error.TelegramError as fault:  # too old a press still gets its article
            log.info("button press not confirmed: %s", fault)
        role = self._people.role("telegram", str(query.from_user.id))
        async with self._turn(update):
            await _say(update, *html_messages(await asyncio.to_thread(self._article, query.data, role), _LIMIT))

    def _article(self, data: str, role: Reader) -> Answer:
        """The article behind a button; a button without a place means the document's first."""
        _, key, mark = (data.split("|") + ["", ""])[:3]
        place = next((p for k, p in self._assistant.library.articles if k == key and mark in ("", place_mark(p))), "")
        return self._assistant.open_article(key, place, role)

    def _turn(self, update: Update) -> asyncio.Lock:
        turn: asyncio.Lock = self._turns.setdefault(_conversation(update), asyncio.Lock())
        return turn


def citation_buttons(answer: Answer) -> InlineKeyboardMarkup | None:
    """A button for each cited article, None when nothing is cited."""
    rows: dict[str, InlineKeyboardButton] = {}
    for citation in answer.citations:
        data = "|".join(("a", *_target(citation)))
        rows.setdefault(data, InlineKeyboardButton(f"📖 {shorten(_label(citation), 55)}", callback_data=data))
    return InlineKeyboardMarkup.from_column(list(rows.values())[:_BUTTONS]) if rows else None


def place_mark(place: str) -> str:
    """A place short enough for a button (64 bytes in all): an article's number, a digest of a long heading."""
    return place if not place.startswith("~") else "~" + hashlib.blake2b(place.encode(), digest_size=4).hexdigest()


def _label(citation: AnswerCitation) -> str:
    return f"Điều {citation.article} – {citation.document}" if citation.article else f"{citation.document} – {citation.title}"


def _target(citation: AnswerCitation) -> tuple[str, str]:
    """The document's key and the mark of the place in it, from the citation's address."""
    key, _, place = citation.url.partition("/van-ban/")[2].partition("/")
    return key, place_mark(citation.article or place.replace("muc-", "~", 1))


def _conversation(update: Update) -> str:
    return f"telegram:{update.effective_chat.id if update.effective_chat else 0}"


def _addressed(message: Message, context: Context) -> str | None:
    """What is said to the bot: everything in private, in a group only what mentions it or replies to it."""
    text = message.text or ""
    if message.chat.type == ChatType.PRIVATE:
        return text
    own = f"@{context.bot.username}".casefold()
    mentions = [name for name in message.parse_entities([MessageEntityType.MENTION]).values() if name.casefold() == own]
    answered = message.reply_to_message.from_user if message.reply_to_message else None
    if not mentions and (answered is None or answered.id != context.bot.id):
        return None
    for name in mentions:
        text = text.replace(name, " ")
    return text.strip()


async def _typing(message: Message) -> None:
    try:
        await message.chat.send_action(ChatAction.TYPING)
    except error.TelegramError as fault:
        log.info("typing action failed: %s", fault)


async def _say(update: Update, *messages: str, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Send the messages one after the other; buttons go under the last one."""
    for n, text in enumerate(messages, 1):
        try:
            await _send(update, text, buttons if n == len(messages) else None)
        except error.Forbidden:  # the person blocked the bot
            return


async def _send(update: Update, text: str, buttons: InlineKeyboardMarkup | None) -> None:
    """Send one message, again when Telegram could not take it; one that timed out may have arrived, so it is not repeated."""
    message, chat = update.effective_message, update.effective_chat
    for pause in (*_PAUSES, None):
        try:
            if message:  # in a group it shows what is answered
                await message.reply_text(text, reply_markup=buttons)
            elif chat:  # the message under a button can be too old to be given
                await chat.send_message(text, reply_markup=buttons)
            return
        except (error.BadRequest, error.TimedOut):
            raise
        except error.NetworkError as fault:
            if pause is None:
                raise
            log.warning("message not sent, trying again: %s", fault)
            await asyncio.sleep(pause)


async def _begin(application: App) -> None:
    await application.initialize()
    try:
        await application.bot.set_my_commands([BotCommand(name, text) for name, text in COMMANDS])
    except error.TelegramError as fault:
        log.warning("Telegram commands not set: %s", fault)
    await application.start()
    assert application.updater is not None  # the builder makes one unless told otherwise
    await application.updater.start_polling(allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY], bootstrap_retries=3)


async def _end(application: App) -> None:
    """Stop whatever has begun; questions in work are answered first."""
    if application.updater and application.updater.running:
        await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()  # after a refused token the application counts as never begun, its connections are open


async def _log_fault(update: object, context: Context) -> None:
    log.error("Telegram update failed", exc_info=context.error)
    if isinstance(update, Update):
        await _say(update, html.escape(texts.TROUBLE))  # should this fail too, the library logs it
