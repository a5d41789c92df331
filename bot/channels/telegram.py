"""Telegram through python-telegram-bot: questions by polling, answers with buttons that open the cited articles."""

from __future__ import annotations

import asyncio
import hashlib
import html
import logging
from collections import defaultdict
from typing import Any

from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ChatAction, ChatType, MessageLimit, ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError
from telegram.ext import AIORateLimiter, Application, CallbackQueryHandler, CommandHandler, ContextTypes, Defaults, MessageHandler, filters

from bot import texts
from bot.assistant import Assistant
from bot.config import TELEGRAM_TOKEN, Settings
from bot.errors import ChannelError
from bot.message import Answer, AnswerCitation, Question
from bot.people import People
from bot.render import split
from knowledge.text import shorten

log = logging.getLogger(__name__)
COMMANDS = (("start", "Bắt đầu"), ("help", "Hỏi được những gì"), ("xoa", "Xóa cuộc trò chuyện của tôi"))
_LIMIT = MessageLimit.MAX_TEXT_LENGTH
_BUTTONS = 4


class TelegramChannel:
    """One bot account."""

    name = "telegram"

    def __init__(self, settings: Settings) -> None:
        self._token = settings.telegram_token.get_secret_value()
        self._base_url = settings.channels.telegram.base_url

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        conversation = TelegramConversation(assistant, people)
        application = self._application(conversation)
        try:
            await application.initialize()
        except InvalidToken:
            raise ChannelError(f"Telegram refused the token; check {TELEGRAM_TOKEN}") from None
        except NetworkError as fault:
            raise ChannelError(f"Telegram cannot be reached at {self._base_url}: {fault}") from None
        try:
            await _describe(application)
            await application.start()
            if application.updater is None:
                raise ChannelError("Telegram polling is not available")
            await application.updater.start_polling(allowed_updates=[Update.MESSAGE, Update.CALLBACK_QUERY], drop_pending_updates=False)
            await stop.wait()
            await application.updater.stop()
            await application.stop()
        finally:
            await application.shutdown()

    def _application(self, conversation: TelegramConversation) -> Application[Any, Any, Any, Any, Any, Any]:
        defaults = Defaults(parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True))
        builder = Application.builder().token(self._token).base_url(self._base_url).defaults(defaults)
        application = builder.rate_limiter(AIORateLimiter(max_retries=3)).concurrent_updates(64).build()
        application.add_handler(CommandHandler("start", conversation.start))
        application.add_handler(CommandHandler("help", conversation.help))
        application.add_handler(CommandHandler("xoa", conversation.erase))
        application.add_handler(CallbackQueryHandler(conversation.open_article, pattern=r"^a\|"))
        application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND & filters.UpdateType.MESSAGE, conversation.question))
        application.add_handler(MessageHandler(filters.ChatType.PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, conversation.other))
        application.add_error_handler(_log_fault)
        return application


class TelegramConversation:
    """What is said in reply to each kind of update; one message of a chat at a time, so that answers keep their order."""

    def __init__(self, assistant: Assistant, people: People) -> None:
        self._assistant = assistant
        self._people = people
        self._turn: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def start(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await _say(update, html.escape(texts.GREETING))

    async def help(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await _say(update, html.escape(texts.HELP))

    async def other(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await _say(update, html.escape(texts.OTHER_MESSAGE))

    async def erase(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        await asyncio.to_thread(self._assistant.erase, _conversation(update))
        await _say(update, html.escape(texts.ERASED))

    async def question(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        message, chat, user = update.effective_message, update.effective_chat, update.effective_user
        if message is None or chat is None or not message.text:
            return
        text = message.text
        if chat.type != ChatType.PRIVATE:
            mention = f"@{context.bot.username}"
            replied = message.reply_to_message and message.reply_to_message.from_user and message.reply_to_message.from_user.id == context.bot.id
            if mention not in text and not replied:
                return
            text = text.replace(mention, " ")
        person = str(user.id) if user else str(chat.id)
        if not self._people.may_ask("telegram", person):
            await _say(update, html.escape(texts.SLOW_DOWN))
            return
        async with self._turn[chat.id]:
            await _typing(update)
            question = Question(text, "telegram", person, self._people.role("telegram", person), conversation=_conversation(update))
            answer = await asyncio.to_thread(self._assistant.answer, question)
            await _say(update, answer_html(answer), citation_buttons(answer))

    async def open_article(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        if query is None or not isinstance(query.data, str):
            return
        await query.answer()
        _, key, mark = (query.data.split("|") + ["", ""])[:3]
        place = next((p for k, p in self._assistant.library.articles if k == key and place_mark(p) == mark), None)
        role = self._people.role("telegram", str(query.from_user.id))
        answer = await asyncio.to_thread(self._assistant.open_article, key, place or "", role)
        await _say(update, answer_html(answer))


def answer_html(answer: Answer) -> str:
    """The answer as Telegram HTML: text, warnings folded away, receipt."""
    lines = [html.escape(answer.text)]
    if answer.warnings:
        warnings = "\n".join(f"• {html.escape(warning)}" for warning in answer.warnings)
        lines.append(f"<blockquote expandable>Lưu ý\n{warnings}</blockquote>")
    if answer.receipt and answer.citations:
        lines.append(f"<i>Mã trả lời: {html.escape(answer.receipt)}</i>")
    return "\n\n".join(lines)


def citation_buttons(answer: Answer) -> InlineKeyboardMarkup | None:
    """A button for each cited article, None when nothing is cited."""
    rows: dict[str, InlineKeyboardButton] = {}
    for citation in answer.citations:
        data = f"a|{_key_of(citation)}|{place_mark(_place_of(citation))}"
        rows.setdefault(data, InlineKeyboardButton(f"📖 {shorten(_label(citation), 55)}", callback_data=data))
    return InlineKeyboardMarkup([[button] for button in list(rows.values())[:_BUTTONS]]) if rows else None


def place_mark(place: str) -> str:
    """A place short enough for a button (64 bytes in all): an article's number, a digest of a long heading."""
    return place if not place.startswith("~") else "~" + hashlib.blake2b(place.encode(), digest_size=4).hexdigest()


def _label(citation: AnswerCitation) -> str:
    return f"Điều {citation.article} – {citation.document}" if citation.article else f"{citation.document} – {citation.title}"


def _key_of(citation: AnswerCitation) -> str:
    return citation.url.partition("/van-ban/")[2].partition("/")[0]


def _place_of(citation: AnswerCitation) -> str:
    place = citation.url.partition("/van-ban/")[2].partition("/")[2]
    return citation.article or place.replace("muc-", "~", 1)


def _conversation(update: Update) -> str:
    return f"telegram:{update.effective_chat.id if update.effective_chat else 0}"


async def _typing(update: Update) -> None:
    if update.effective_chat:
        try:
            await update.effective_chat.send_action(ChatAction.TYPING)
        except TelegramError as fault:
            log.info("typing action failed: %s", fault)


async def _say(update: Update, text: str, buttons: InlineKeyboardMarkup | None = None) -> None:
    """Send the text in as many messages as it needs; buttons go under the last one."""
    message = update.effective_message
    if message is None:
        return
    parts = split(text, _LIMIT - 100)
    for n, part in enumerate(parts, 1):
        try:
            await message.reply_text(part, reply_markup=buttons if n == len(parts) else None)
        except Forbidden:  # the person blocked the bot
            return
        except BadRequest as fault:  # a part cut inside a tag: plain text reads as well
            log.warning("message refused as HTML (%s), sent plain", fault)
            await message.reply_text(part, parse_mode=None, reply_markup=buttons if n == len(parts) else None)


async def _describe(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    try:
        await application.bot.set_my_commands([BotCommand(name, text) for name, text in COMMANDS])
    except TelegramError as fault:
        log.warning("Telegram commands not set: %s", fault)


async def _log_fault(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
    log.error("Telegram update failed", exc_info=context.error)
    if isinstance(update, Update) and update.effective_message:
        try:
            await update.effective_message.reply_text(html.escape(texts.TROUBLE))
        except TelegramError as fault:
            log.error("Telegram apology failed: %s", fault)
