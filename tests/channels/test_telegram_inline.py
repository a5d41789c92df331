"""Inline mode: what is typed behind the bot's name in any chat is offered as cards."""

from __future__ import annotations

from typing import Any

import pytest

from bot import texts
from bot.assistant import Assistant
from bot.channels.choices import choices_of
from bot.channels.telegram_menu import linked
from bot.config import Settings
from bot.database import Database
from bot.message import Answer, Question
from bot.people import People
from bot.serve import LiveKnowledge
from tests.channels.conftest import CHATS, Bot
from tests.conftest import TODAY
from tests.fakes.telegram import BOT, FakeTelegram, parse_html

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


async def offered(telegram: FakeTelegram, person: int, query: str) -> dict[str, Any]:
    number = telegram.push_inline(person, query)
    await telegram.until(lambda: number in telegram.offered)
    return telegram.offered[number]


def shown(result: dict[str, Any]) -> str:
    return parse_html(result["input_message_content"]["message_text"])[0]


@pytest.mark.parametrize(
    ("query", "openings"),
    [
        pytest.param("điều 36", ["Điều 36 Luật 106/2025/QH15"], id="an article"),
        pytest.param("dieu 36 luat cu", ["Điều 36 Luật 26/2008/QH12"], id="an article of the old law"),
        pytest.param("cách nấu phở bò", [], id="outside the field"),
        pytest.param("đi", [], id="too short"),
        pytest.param("", [], id="nothing yet"),
    ],
)
async def test_cards(telegram: FakeTelegram, chat: int, query: str, openings: list[str]) -> None:
    results = (await offered(telegram, chat, query))["results"]
    assert [shown(result)[: len(opening)] for result, opening in zip(results, openings, strict=True)] == openings


async def test_question_offers_its_answer_and_the_articles(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    question = "Thời hạn tự nguyện thi hành án là bao lâu?"
    answer = assistant.answer(Question(question))
    first, *articles = (await offered(telegram, chat, question))["results"]
    assert shown(first).startswith(answer.text)
    assert [article["title"] for article in articles] == [choice.label for choice in choices_of(answer.citations)]
    assert [shown(article).partition(" – ")[0] for article in articles][0] == "Điều 36 Luật 106/2025/QH15"


async def test_card_leads_to_the_whole_article(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    (card,) = (await offered(telegram, chat, "điều 36"))["results"]
    (((button,),)) = card["reply_markup"]["inline_keyboard"]
    address, _, parameter = button["url"].partition("?start=")
    assert address == f"https://t.me/{BOT['username']}"
    assert linked(assistant, parameter) == ("106-2025-qh15", "36")


async def test_chosen_card_is_not_answered(telegram: FakeTelegram, chat: int) -> None:
    number = telegram.push_inline(chat, "điều 36")
    await telegram.until(lambda: number in telegram.offered)
    telegram.choose(chat, number, 0)
    telegram.push_text(chat, "/help")
    await telegram.replies(chat)
    assert telegram.texts(chat) == [texts.HELP]


async def test_every_article_fits_a_card(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    answers = ((assistant.open_article(key, place), key) for key, place in assistant.library.articles)
    longest = max((answer for answer, _ in answers if answer.citations), key=lambda answer: len(answer.text))
    cited = longest.citations[0]
    results = (await offered(telegram, chat, f"{cited.place} {cited.document}"))["results"]
    assert len(results) == 1


async def test_staff_get_what_citizens_get(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int
) -> None:
    roles = []

    class Noting(Assistant):
        def answer(self, question: Question) -> Answer:
            roles.append((question.role, question.conversation))
            return super().answer(question)

    async with bot(Noting(settings, live, database, today=lambda: TODAY), People({"telegram": [str(chat)]}, 20)) as fake:
        assert (await offered(fake, chat, "điều 36"))["results"]
    assert roles == [("citizen", None)]


async def test_allowance_is_counted_apart(bot: Bot, chat: int) -> None:
    async with bot(people=People({}, 2)) as fake:
        answers = [await offered(fake, chat, query) for query in ("điều 3", "điều 36", "điều 37")]
        assert [bool(answer["results"]) for answer in answers] == [True, True, False]
        assert answers[2]["button"]["text"] == texts.SLOW_DOWN
        fake.push_text(chat, "Điều 36")
        assert (await fake.replies(chat))[0]["text"].startswith("Điều 36")
        assert (await offered(fake, next(CHATS), "điều 36"))["results"]


async def test_late_answer_harms_nothing(telegram: FakeTelegram, chat: int) -> None:
    telegram.push_inline(chat, "điều 36")
    telegram._inline.clear()  # the person typed on
    assert (await offered(telegram, chat, "điều 37"))["results"]
