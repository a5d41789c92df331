"""Inline mode: `@bot điều 36` in any chat offers the answer and the cited articles as cards to put there."""

from __future__ import annotations

import asyncio
import logging

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
    error,
    ext,
)
from telegram.constants import MessageLimit
from telegram.helpers import create_deep_linked_url

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.channels.choices import Choice, choices_of, opened
from bot.channels.telegram_menu import link_to
from bot.message import Answer, Question
from bot.people import People
from bot.render import html_messages
from knowledge.text import shorten

log = logging.getLogger(__name__)
SHORTEST = 3  # letters of a query that is looked up
_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
_KEPT = 60  # seconds for which Telegram may give the same results to the same query


class InlineAnswers:
    """Looks up what is typed after the bot's name; everybody is a citizen here, since a card may be put into any chat."""

    def __init__(self, assistant: Assistant, people: People) -> None:
        self._assistant = assistant
        self._people = people

    async def answer(self, update: Update, context: ext.ContextTypes.DEFAULT_TYPE) -> None:
        query = update.inline_query
        if query is None:
            return
        text, button = query.query.strip(), None
        results: list[InlineQueryResultArticle] = []
        if len(text) >= SHORTEST:
            if self._people.may_ask("telegram inline", str(query.from_user.id)):  # counted apart: every letter typed is a query
                results = await asyncio.to_thread(self._results, text, context.bot.username)
            else:
                button = InlineQueryResultsButton(shorten(texts.SLOW_DOWN, 60), start_parameter="help")
        try:
            await query.answer(results, cache_time=_KEPT if results else 0, is_personal=False, button=button)
        except error.BadRequest as fault:  # typed on, or too late
            log.info("inline query not answered: %s", fault)

    def _results(self, text: str, username: str) -> list[InlineQueryResultArticle]:
        """The answer as a card, then each article that it cites; a refusal offers nothing."""
        answer = self._assistant.answer(Question(text, "telegram"))
        choices = choices_of(answer.citations)
        if not choices:
            return []
        first = [] if answer.kind == "article" else [_card("answer", text, answer, username, choices[0])]
        cards = [(choice, opened(self._assistant, choice.key, choice.mark, "citizen")) for choice in choices]
        return first + [_card(str(n), choice.label, card, username, choice) for n, (choice, card) in enumerate(cards)]


def _card(name: str, title: str, answer: Answer, username: str, choice: Choice) -> InlineQueryResultArticle:
    """One card: the first message of the answer, with a link that opens the whole article in the talk with the bot."""
    message = html_messages(answer, _LIMIT)[0]
    link = link_to(choice.key, choice.mark)
    button = InlineKeyboardButton(channel_texts.READ_IN_CHAT, url=create_deep_linked_url(username, link)) if link else None
    return InlineQueryResultArticle(
        id=name,
        title=shorten(title, 100),
        description=shorten(" ".join(answer.text.split()), 150),
        input_message_content=InputTextMessageContent(message),
        reply_markup=InlineKeyboardMarkup.from_button(button) if button else None,
    )
