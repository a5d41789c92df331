"""The commands of the Telegram menu and the links that open an article."""

from __future__ import annotations

import pytest

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.channels.telegram_menu import CALCULATED, OWN, link_to, linked, menu
from bot.message import Question
from bot.render import html_messages
from tests.channels.conftest import CHATS
from tests.fakes.telegram import FakeTelegram, parse_html

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def test_menu_shows_calculators_only_where_the_assistant_knows_them() -> None:
    without, with_all = [name for name, _ in menu(())], [name for name, _ in menu([f"/{name}" for name in CALCULATED])]
    assert set(with_all) - set(without) == set(CALCULATED)
    assert with_all == list(channel_texts.COMMANDS)
    assert set(OWN) <= set(without)


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        pytest.param("/dieu 36", "/dieu 36", id="article"),
        pytest.param("/DIEU  36", "/dieu 36", id="capitals and two spaces"),
        pytest.param("/dieu@ThadsTestBot 36", "/dieu 36", id="with the name of the bot"),
        pytest.param("/vanban 106/2025/QH15", "/vanban 106/2025/QH15", id="document"),
        pytest.param(
            "/luatcu thời hạn xác minh điều kiện thi hành án", "/luatcu thời hạn xác minh điều kiện thi hành án", id="old law"
        ),
        pytest.param("/hoi Ai phải nộp phí thi hành án?", "/hoi Ai phải nộp phí thi hành án?", id="question"),
        pytest.param("/dieu", "/dieu", id="nothing behind it"),
    ],
)
async def test_command_is_passed_on_to_the_assistant(
    telegram: FakeTelegram, assistant: Assistant, chat: int, sent: str, asked: str
) -> None:
    answer = assistant.answer(Question(asked, conversation=f"same:{chat}"))  # in a conversation more is offered
    expected = [parse_html(message)[0] for message in html_messages(answer, 4096)]
    telegram.push_text(chat, sent)
    await telegram.replies(chat, len(expected))
    assert telegram.texts(chat) == expected


async def test_article_by_command(telegram: FakeTelegram, chat: int) -> None:
    telegram.push_text(chat, "/dieu 36")
    assert (await telegram.replies(chat))[0]["text"].startswith("Điều 36 Luật 106/2025/QH15")


async def test_command_in_reply_to_a_message_asks_what_it_says(telegram: FakeTelegram, chat: int) -> None:
    asked = telegram.push_text(-chat, "thời hạn tự nguyện thi hành án là bao lâu", kind="supergroup")
    telegram.push_text(-chat, "/hoi", kind="supergroup", reply_to=asked)
    (message,) = await telegram.replies(-chat)
    assert "10 ngày" in message["text"]


@pytest.mark.parametrize(
    ("parameter", "opening"),
    [
        pytest.param("dieu-36-106-2025-qh15", "Điều 36 Luật 106/2025/QH15", id="the whole number"),
        pytest.param("dieu-36-106-2025", "Điều 36 Luật 106/2025/QH15", id="the beginning of the number"),
        pytest.param("DIEU-36-106-2025-QH15", "Điều 36 Luật 106/2025/QH15", id="capitals"),
        pytest.param("dieu-9999-106-2025-qh15", texts.NO_SUCH_PLACE, id="an article that is not there"),
        pytest.param("dieu-1-1-1999", texts.NO_SUCH_PLACE, id="a document that is not there"),
        pytest.param("from-a-flyer", texts.GREETING, id="another link"),
        pytest.param("dieu--106", texts.GREETING, id="a broken link"),
    ],
)
async def test_link_opens_the_article(telegram: FakeTelegram, chat: int, parameter: str, opening: str) -> None:
    telegram.push_text(chat, f"/start {parameter}")
    assert (await telegram.replies(chat))[0]["text"].startswith(opening)


async def test_every_article_has_a_link_that_opens_it(assistant: Assistant) -> None:
    for key, place in assistant.library.articles:
        link = link_to(key, place)
        if link is None:
            assert place.startswith("~") or len(f"dieu-{place}-{key}") > 64, (key, place)
        else:
            assert linked(assistant, link) == (key, place)


async def test_link_never_shows_staff_documents_to_citizens(telegram: FakeTelegram, assistant: Assistant) -> None:
    closed = [document for document in assistant.library.documents if document.audience == "staff"]
    for document in closed[:3]:
        chat = next(CHATS)
        place = next(place for key, place in assistant.library.articles if key == document.key)
        if link := link_to(document.key, place):
            telegram.push_text(chat, f"/start {link}")
            assert (await telegram.replies(chat))[0]["text"] == texts.NO_SUCH_PLACE
