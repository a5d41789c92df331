"""What is said in reply to each update of Telegram, and how it is sent: in HTML, with buttons that open the cited articles."""

from __future__ import annotations

import asyncio
import html
import logging
from collections import deque
from weakref import WeakValueDictionary

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update, error, ext
from telegram.constants import ChatAction, ChatType, MessageEntityType, MessageLimit

from bot import texts
from bot.assistant import Assistant
from bot.channels.choices import choices_of, opened
from bot.message import Answer, Question
from bot.people import People
from bot.render import html_messages
from knowledge.text import shorten

log = logging.getLogger(__name__)
Context = ext.ContextTypes.DEFAULT_TYPE
_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
_PAUSES = (0.5, 3.0)  # seconds before a message that Telegram could not take is sent again


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
            _, key, mark = (query.data.split("|") + ["", ""])[:3]
            await _say(update, *html_messages(await asyncio.to_thread(opened, self._assistant, key, mark, role), _LIMIT))

    def _turn(self, update: Update) -> asyncio.Lock:
        turn: asyncio.Lock = self._turns.setdefault(_conversation(update), asyncio.Lock())
        return turn


def is_whole(update: Update) -> bool:
    """Whether what is read of an update has the types that it is documented to have; the library takes in anything."""
    message, query = update.message, update.callback_query
    wanted: list[tuple[object, type]] = [(update.update_id, int)]
    if message:
        wanted += [
            (getattr(message.chat, "id", None), int),
            (getattr(message.chat, "type", None), str),
            (message.text or "", str),
        ]
        wanted += [(getattr(message.from_user, "id", 0), int)]
        wanted += [(number, int) for entity in message.entities for number in (entity.offset, entity.length)]
    if query:
        wanted += [(getattr(query.from_user, "id", None), int), (query.data or "", str)]
    return all(isinstance(value, kind) for value, kind in wanted)


def citation_buttons(answer: Answer) -> InlineKeyboardMarkup | None:
    """A button for each cited article, None when nothing is cited."""
    buttons = [
        InlineKeyboardButton(f"📖 {shorten(choice.label, 55)}", callback_data=f"a|{choice.key}|{choice.mark}")
        for choice in choices_of(answer.citations)
    ]
    return InlineKeyboardMarkup.from_column(buttons) if buttons else None


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


async def log_fault(update: object, context: Context) -> None:
    log.error("Telegram update failed", exc_info=context.error)
    if isinstance(update, Update):
        await _say(update, html.escape(texts.TROUBLE))  # should this fail too, the library logs it
