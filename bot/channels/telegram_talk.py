"""What is said in reply to each update of Telegram: questions, commands, edits, spoken messages, pressed buttons."""

from __future__ import annotations

import asyncio
import html
import logging
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import replace
from weakref import WeakValueDictionary

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, Update, User, error, ext
from telegram.constants import ChatType, MessageLimit

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.channels.choices import opened
from bot.channels.options import unlisted
from bot.channels.sounds import Unheard
from bot.channels.telegram_heard import Heard, Spot, hear, spot_of
from bot.channels.telegram_keys import Press, answer_buttons, chosen, judged, read_press, with_reasons
from bot.channels.telegram_menu import OWN, linked
from bot.channels.telegram_send import say, send_file, typing
from bot.channels.telegram_voice import Listener, media_reply
from bot.message import Answer, Question
from bot.people import People
from bot.render import html_messages
from knowledge.search import Reader

log = logging.getLogger(__name__)
Context = ext.ContextTypes.DEFAULT_TYPE
_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
_REMEMBERED = 1_000  # updates, albums and texts by which a second delivery or an edit that changes nothing is known


class TelegramConversation:
    """What is said in reply to each kind of update; one update of a chat at a time, so that answers keep their order."""

    def __init__(
        self, assistant: Assistant, people: People, listener: Listener, noted: Callable[[BaseException | None], None]
    ) -> None:
        self._assistant = assistant
        self._people = people
        self._listener = listener
        self._noted = noted
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # a lock goes when nobody holds or awaits it
        self._seen: deque[int] = deque(maxlen=_REMEMBERED)
        self._albums: deque[str] = deque(maxlen=_REMEMBERED)
        self._said: OrderedDict[tuple[int, int], int] = OrderedDict()  # a mark of the words answered, by chat and message

    async def once(self, update: Update, context: Context) -> None:
        """Pass over an update that was delivered before."""
        if update.update_id in self._seen:
            raise ext.ApplicationHandlerStop
        self._seen.append(update.update_id)

    async def message(self, update: Update, context: Context) -> None:
        """Answer a message, or an edited one whose words have changed."""
        message, user, spot = update.effective_message, update.effective_user, spot_of(update)
        heard = hear(message, context.bot.bot) if message else None
        if message is None or heard is None or spot is None or self._known(message, heard, edited=bool(update.edited_message)):
            return
        async with self._turn(spot):
            await self._reply(context.bot, message, user, heard, spot, edited=bool(update.edited_message))

    async def _reply(self, bot: Bot, message: Message, user: User | None, heard: Heard, spot: Spot, *, edited: bool) -> None:
        if heard.command in OWN or (heard.command and heard.command not in channel_texts.COMMANDS):
            if not edited:  # what was done is not done again
                await self._command(bot, message, heard, spot)
            return
        if heard.medium and not heard.text and not self._listener.hears(heard.medium):
            await _say(bot, spot, media_reply(heard.medium))
        else:
            text = f"/{heard.command} {heard.text}".strip() if heard.command else heard.text
            await self._question(bot, message, str(user.id if user else message.chat.id), replace(heard, text=text), spot)

    async def _command(self, bot: Bot, message: Message, heard: Heard, spot: Spot) -> None:
        """The commands that have a reply of their own; one that is not known gets help, in private."""
        if heard.command == "start" and (link := linked(self._assistant, heard.text)):
            role = self._role(message.chat.type, spot, message.from_user)
            await self._open(bot, spot, *link, role)
        elif heard.command == "xoa":
            await asyncio.to_thread(self._assistant.erase, spot.conversation)
            await _say(bot, spot, texts.ERASED)
        elif heard.command == "phanhoi":
            await _say(bot, spot, await self._kept(spot, heard.text))
        elif heard.command in ("start", "help") or message.chat.type == ChatType.PRIVATE:
            await _say(bot, spot, texts.GREETING if heard.command == "start" else texts.HELP)

    async def _question(self, bot: Bot, message: Message, person: str, heard: Heard, spot: Spot) -> None:
        if not self._people.may_ask("telegram", person):
            await _say(bot, spot, texts.SLOW_DOWN)
            return
        async with typing(bot, spot):
            text, before = heard.text, channel_texts.CAPTION_ONLY if heard.medium else ""
            if not text and self._listener.hears(heard.medium):
                try:
                    text = await self._listener.text_of(message)
                    before = channel_texts.heard(text)
                except Unheard as unheard:
                    await _say(bot, spot, str(unheard))
                    return
            role = self._role(message.chat.type, spot, message.from_user)
            question = Question(text, "telegram", person, role, conversation=spot.conversation)
            answer = await asyncio.to_thread(self._assistant.answer, question)
        await self._show(bot, spot, answer, before)

    async def _show(self, bot: Bot, spot: Spot, answer: Answer, before: str = "") -> None:
        shown = unlisted(answer)
        shown = replace(shown, text=f"{before}\n\n{shown.text}") if before else shown
        await say(bot, spot, *html_messages(shown, _LIMIT), buttons=answer_buttons(answer, more=answer.more))
        for file in answer.files:
            if found := await asyncio.to_thread(self._assistant.file, file.key):
                await send_file(bot, spot, found[0], file.title, found[1])

    async def pressed(self, update: Update, context: Context) -> None:
        """Do what a button says."""
        query, spot = update.callback_query, spot_of(update)
        if query is None:
            return
        press = read_press(query.data or "")
        if press.act in ("good", "bad", "why") and spot:
            await self._judged(query, press, spot)
            return
        if press.act == "option" and spot:
            await self._chosen(context.bot, query, press, spot)
            return
        allowed = self._people.may_ask("telegram buttons", str(query.from_user.id))
        await _confirm(query, "" if allowed else texts.SLOW_DOWN)
        if spot is None or not allowed:  # under a card in a chat that the bot is not in
            return
        chat = query.message.chat if query.message else None
        role = self._role(chat.type if chat else "", spot, query.from_user)
        async with self._turn(spot):
            if press.act == "more":
                answer = await asyncio.to_thread(self._assistant.at_length, press.first, role, spot.conversation)
                await say(context.bot, spot, *html_messages(answer, _LIMIT), buttons=answer_buttons(answer, more=False))
            else:
                await self._open(context.bot, spot, press.first, press.second, role)

    async def _chosen(self, bot: Bot, query: CallbackQuery, press: Press, spot: Spot) -> None:
        """Take the number of an option as if it had been written; one of a question that has passed is said to be."""
        if not self._people.may_ask("telegram buttons", str(query.from_user.id)):
            await _confirm(query, texts.SLOW_DOWN)
            return
        message = query.message if isinstance(query.message, Message) else None
        shown = message.reply_markup if message else None
        async with self._turn(spot):
            awaited = await asyncio.to_thread(self._assistant.awaits_option, spot.conversation, press.first)
            await _confirm(query, "" if awaited else channel_texts.OPTION_PASSED)
            await _show(query, chosen(shown, (query.data or "") if awaited else ""))
            if not awaited:
                return
            role = self._role(message.chat.type if message else "", spot, query.from_user)
            question = Question(press.second, "telegram", str(query.from_user.id), role, conversation=spot.conversation)
            async with typing(bot, spot):
                answer = await asyncio.to_thread(self._assistant.answer, question)
            await self._show(bot, spot, answer)

    async def _open(self, bot: Bot, spot: Spot, key: str, mark: str, role: Reader) -> None:
        await say(bot, spot, *html_messages(await asyncio.to_thread(opened, self._assistant, key, mark, role), _LIMIT))

    async def _judged(self, query: CallbackQuery, press: Press, spot: Spot) -> None:
        """Keep 👍 or 👎; after 👎 the buttons ask why."""
        reason = channel_texts.FEEDBACK_REASONS.get(press.second, "")
        kept = await asyncio.to_thread(self._assistant.judge, spot.conversation, press.first or "-", press.act == "good", reason)
        shown = query.message.reply_markup if isinstance(query.message, Message) else None
        if kept and press.act == "bad":
            await _confirm(query, channel_texts.FEEDBACK_WHY)
            await _show(query, with_reasons(shown, press.first))
            return
        await _confirm(query, channel_texts.FEEDBACK_KEPT if kept else channel_texts.FEEDBACK_NOTHING)
        await _show(query, judged(shown))

    async def _kept(self, spot: Spot, text: str) -> str:
        """What is said to words on the newest answer, once they are kept."""
        if not text:
            return channel_texts.FEEDBACK_USAGE
        kept = await asyncio.to_thread(self._assistant.judge, spot.conversation, "", False, text[:_LIMIT])
        return channel_texts.FEEDBACK_KEPT if kept else channel_texts.FEEDBACK_NOTHING

    async def moved(self, update: Update, context: Context) -> None:
        """A group got a new number: reminders go with it; what was said under the old one could not be erased from there, so it is forgotten."""
        message = update.effective_message
        if message is None:
            return
        old, new = Spot(message.migrate_from_chat_id or message.chat.id), Spot(message.migrate_to_chat_id or message.chat.id)
        async with self._turn(old):
            await asyncio.to_thread(self._assistant.reminders.rows.move, old.conversation, new.conversation)
            await asyncio.to_thread(self._assistant.erase, old.conversation)

    async def fault(self, update: object, context: Context) -> None:
        """A fault of ours or of Telegram's while an update was answered: said in one sentence."""
        self._noted(context.error)
        log.error("Telegram update failed", exc_info=context.error)
        spot = spot_of(update) if isinstance(update, Update) else None
        if spot and not isinstance(context.error, error.InvalidToken):
            await _say(context.bot, spot, texts.TROUBLE)  # should this fail too, the library logs it

    def _role(self, kind: str, spot: Spot, user: User | None) -> Reader:
        """In a group all read along, so the group itself must be staff."""
        person = str(user.id) if user and kind == ChatType.PRIVATE else str(spot.chat)
        return self._people.role("telegram", person)

    def _known(self, message: Message, heard: Heard, *, edited: bool) -> bool:
        """Whether this was answered: another picture of an album, or an edit that leaves the words as they were."""
        if heard.album and heard.album in self._albums and not heard.text:
            return True
        self._albums.extend([heard.album] if heard.album else [])
        key, words = (message.chat.id, message.message_id), hash((heard.command, heard.text))
        if edited and self._said.get(key) == words:
            return True
        self._said[key] = words
        if len(self._said) > _REMEMBERED:
            self._said.popitem(last=False)
        return False

    def _turn(self, spot: Spot) -> asyncio.Lock:
        turn: asyncio.Lock = self._turns.setdefault(spot.conversation, asyncio.Lock())
        return turn


async def _say(bot: Bot, spot: Spot, text: str) -> None:
    await say(bot, spot, html.escape(text))


async def _confirm(query: CallbackQuery, text: str) -> None:
    try:
        await query.answer(text or None)
    except error.TelegramError as fault:  # too old a press still does what it says
        log.info("button press not confirmed: %s", fault)


async def _show(query: CallbackQuery, buttons: InlineKeyboardMarkup | None) -> None:
    try:
        await query.edit_message_reply_markup(buttons)
    except error.TelegramError as fault:
        log.info("buttons not changed: %s", fault)
