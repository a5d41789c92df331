"""How a conversation on Telegram goes: feedback, edits, groups and topics, forwarded messages, pictures, the longer answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.message import Answer, Question
from bot.people import People
from bot.render import FOLDED, html_messages
from bot.serve import LiveKnowledge
from tests.channels.conftest import CHATS, Bot
from tests.conftest import TODAY
from tests.fakes.telegram import BOT, FakeTelegram, all_buttons, buttons, units

QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
ANOTHER = "Ai phải nộp phí thi hành án?"
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def data_of(message: dict[str, Any], label: str) -> str:
    return next(data for text, data in all_buttons(message) if text == label)


def unjudged(message: dict[str, Any]) -> list[tuple[str, str]]:
    """The buttons that stay when an answer has been judged."""
    return [(label, data) for label, data in all_buttons(message) if data[0] not in "+-?"]


async def settled(telegram: FakeTelegram, chat: int, kind: str = "private") -> list[str]:
    """All that the bot says in a chat, up to the help that is asked for last."""
    telegram.push_text(chat, "/help", kind=kind)
    await telegram.until(lambda: texts.HELP in telegram.texts(chat))
    return telegram.texts(chat)[:-1]


# ---- feedback ----


async def test_thumb_up_is_kept_and_the_buttons_go(telegram: FakeTelegram, database: Database, chat: int) -> None:
    telegram.push_text(chat, QUESTION)
    (message,) = await telegram.replies(chat)
    kept_on = unjudged(message)
    query = telegram.push_callback(chat, data_of(message, "👍"), message["message_id"])
    await telegram.until(lambda: list(all_buttons(message)) == kept_on)
    assert telegram.toasts[query] == channel_texts.FEEDBACK_KEPT
    (kept,) = database.feedback(f"telegram:{chat}")
    assert (kept["good"], kept["reason"]) == (True, "")
    assert kept["receipt"] in message["text"]


@pytest.mark.parametrize("reason", list(channel_texts.FEEDBACK_REASONS.values()))
async def test_thumb_down_asks_why(telegram: FakeTelegram, database: Database, chat: int, reason: str) -> None:
    telegram.push_text(chat, QUESTION)
    (message,) = await telegram.replies(chat)
    kept_on = unjudged(message)
    query = telegram.push_callback(chat, data_of(message, "👎"), message["message_id"])
    await telegram.until(lambda: len(list(all_buttons(message))) == len(kept_on) + 4)
    assert telegram.toasts[query] == channel_texts.FEEDBACK_WHY
    telegram.push_callback(chat, data_of(message, reason), message["message_id"])
    await telegram.until(lambda: list(all_buttons(message)) == kept_on)
    assert [(row["good"], row["reason"]) for row in database.feedback(f"telegram:{chat}")] == [(False, reason)]


async def test_words_on_the_newest_answer_are_kept(telegram: FakeTelegram, database: Database, chat: int) -> None:
    telegram.push_text(chat, "/phanhoi thiếu khoản 2")
    telegram.push_text(chat, QUESTION)
    telegram.push_text(chat, "/phanhoi")
    telegram.push_text(chat, "/phanhoi thiếu khoản 2")
    await telegram.replies(chat, 4)
    said = telegram.texts(chat)
    assert [said[0], *said[2:]] == [channel_texts.FEEDBACK_NOTHING, channel_texts.FEEDBACK_USAGE, channel_texts.FEEDBACK_KEPT]
    assert [(row["good"], row["reason"]) for row in database.feedback(f"telegram:{chat}")] == [(False, "thiếu khoản 2")]


async def test_feedback_goes_with_the_conversation(telegram: FakeTelegram, database: Database, chat: int) -> None:
    telegram.push_text(chat, QUESTION)
    (message,) = await telegram.replies(chat)
    telegram.push_text(chat, "/phanhoi tốt")
    telegram.push_text(chat, "/xoa")
    await telegram.replies(chat, 3)
    assert database.feedback(f"telegram:{chat}") == []
    query = telegram.push_callback(chat, data_of(message, "👍"), message["message_id"])
    await telegram.until(lambda: query in telegram.answered)
    assert telegram.toasts[query] == channel_texts.FEEDBACK_NOTHING


@pytest.mark.parametrize("data", ["+|", "-|x", "?|x|y", "?||", "+|AAAA-BBBB-CCCC"])
async def test_broken_feedback_is_confirmed_and_not_kept(
    telegram: FakeTelegram, database: Database, chat: int, data: str
) -> None:
    telegram.push_text(chat, "/start")
    (message,) = await telegram.replies(chat)
    query = telegram.push_callback(chat, data, message["message_id"])
    await telegram.until(lambda: query in telegram.answered)
    assert telegram.toasts[query] == channel_texts.FEEDBACK_NOTHING
    assert database.feedback(f"telegram:{chat}") == []


# ---- the longer answer ----


async def test_longer_answer_is_offered_under_an_answer_and_not_again(
    telegram: FakeTelegram, assistant: Assistant, chat: int
) -> None:
    telegram.push_text(chat, QUESTION)
    (message,) = await telegram.replies(chat)
    data = data_of(message, channel_texts.MORE_BUTTON)
    telegram.push_callback(chat, data, message["message_id"])
    (_, *longer) = await telegram.replies(chat, 2)
    wanted = assistant.at_length(data.partition("|")[2])
    assert len(wanted.text) > len(assistant.answer(Question(QUESTION)).text)
    assert longer[0]["text"].startswith(wanted.text[:300])
    assert channel_texts.MORE_BUTTON not in [label for message in longer for label, _ in all_buttons(message)]
    telegram.push_text(chat, "Điều 36")
    (*_, card) = await telegram.replies(chat, len(longer) + 2)
    assert channel_texts.MORE_BUTTON not in [label for label, _ in all_buttons(card)]


# ---- options ----

CHOICE = "/thutuc yêu cầu thi hành án"  # of three procedures, whose names are long


async def offered(telegram: FakeTelegram, chat: int, text: str) -> dict[str, Any]:
    """The message that asks to choose."""
    before = len(telegram.sent(chat))
    telegram.push_text(chat, text)
    return (await telegram.replies(chat, before + 1))[-1]


def options_of(message: dict[str, Any]) -> list[tuple[str, str]]:
    return [(label, data) for label, data in all_buttons(message) if data.startswith("o|")]


async def test_pressed_option_is_taken_as_if_written(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    message = await offered(telegram, chat, CHOICE)
    assistant.answer(Question(CHOICE, conversation="the same"))
    wanted = assistant.answer(Question("2", conversation="the same"))
    (_, (label, data), _) = options_of(message)
    query = telegram.push_callback(chat, data, message["message_id"])
    await telegram.replies(chat, 2)
    assert telegram.toasts[query] == ""
    assert options_of(message) == [(f"✅ {label}", data)], "the chosen one stays, marked"
    shown = telegram.sent(chat)[1]
    assert len(options_of(shown)) == len(wanted.options)
    assert shown["text"].startswith(wanted.text.splitlines()[0])


async def test_short_options_are_not_said_twice_and_long_ones_stay_to_be_read(
    telegram: FakeTelegram, assistant: Assistant, chat: int
) -> None:
    long = assistant.answer(Question(CHOICE, conversation=f"l{chat}"))
    short = assistant.answer(Question("1", conversation=f"l{chat}"))
    message = await offered(telegram, chat, CHOICE)
    assert message["text"] == long.text
    assert [label[:2] for label, _ in options_of(message)] == ["1.", "2.", "3."]
    message = await offered(telegram, chat, "1")
    assert [label for label, _ in options_of(message)] == list(short.options)
    assert message["text"] == short.text.partition("\n1. ")[0]
    assert texts.CHOOSE_NUMBER in short.text
    assert all(len(data.encode()) <= 64 for _, data in all_buttons(message))


@pytest.mark.parametrize("between", ["2", "cách nấu phở bò", "/xoa"], ids=["answered by number", "another question", "erased"])
async def test_stale_press_is_answered_politely(telegram: FakeTelegram, chat: int, between: str) -> None:
    message = await offered(telegram, chat, CHOICE)
    telegram.push_text(chat, between)
    await telegram.replies(chat, 2)
    query = telegram.push_callback(chat, options_of(message)[0][1], message["message_id"])
    await telegram.until(lambda: query in telegram.answered)
    assert telegram.toasts[query] == channel_texts.OPTION_PASSED
    await telegram.until(lambda: not options_of(message))
    assert len(await settled(telegram, chat)) == 2


async def test_option_pressed_twice_is_taken_once(telegram: FakeTelegram, chat: int) -> None:
    message = await offered(telegram, chat, CHOICE)
    data = options_of(message)[0][1]
    queries = [telegram.push_callback(chat, data, message["message_id"]) for _ in range(2)]
    await telegram.until(lambda: set(queries) <= set(telegram.answered))
    assert len(await settled(telegram, chat)) == 2
    assert sorted(telegram.toasts[query] for query in queries) == ["", channel_texts.OPTION_PASSED]


@pytest.mark.parametrize("data", ["o|", "o|x", "o||1", "o|x|", "o|AAAA-BBBB-CCCC|1"])
async def test_broken_option_is_confirmed_and_changes_nothing(telegram: FakeTelegram, chat: int, data: str) -> None:
    message = await offered(telegram, chat, "/start")
    query = telegram.push_callback(chat, data, message["message_id"])
    await telegram.until(lambda: query in telegram.answered)
    assert telegram.toasts[query] == channel_texts.OPTION_PASSED
    assert len(await settled(telegram, chat)) == 1


# ---- quotations ----


async def test_long_article_is_folded_and_reads_the_same(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    answer = assistant.answer(Question("Điều 36"))
    assert len(answer.citations[0].quote) > FOLDED
    telegram.push_text(chat, "Điều 36")
    (message,) = await telegram.replies(chat)
    assert message["text"].startswith(answer.text)
    first = next(entity for entity in message["entities"] if entity["type"] == "blockquote")
    assert first["offset"] == units(answer.text[: answer.text.index("1. ")])


def test_quotations_are_whole_in_every_part(assistant: Assistant) -> None:
    for key, place in list(assistant.library.articles)[::25]:
        answer = assistant.open_article(key, place, "staff")
        for message in html_messages(answer, 1000):
            assert message.count("<blockquote") == message.count("</blockquote>"), (key, place)


# ---- edits ----


async def test_edited_question_is_answered_again_once(telegram: FakeTelegram, chat: int) -> None:
    asked = telegram.push_text(chat, QUESTION)
    await telegram.replies(chat)
    telegram.edit_text(chat, asked, ANOTHER, times=2)
    replies = await telegram.replies(chat, 2)
    assert "phí" in replies[1]["text"]
    assert replies[1]["reply_to_message"]["message_id"] == asked
    telegram.edit_text(chat, asked, ANOTHER)  # something else about it has changed
    assert len(await settled(telegram, chat)) == 2


async def test_edited_command(telegram: FakeTelegram, chat: int) -> None:
    asked = telegram.push_text(chat, "/dieu 36")
    await telegram.replies(chat)
    telegram.edit_text(chat, asked, "/dieu 37")
    assert (await telegram.replies(chat, 2))[1]["text"].startswith("Điều 37 ")
    erased = telegram.push_text(chat, "/start")
    await telegram.replies(chat, 3)
    telegram.edit_text(chat, erased, "/xoa")  # what is done by a command is not done by an edit
    assert len(await settled(telegram, chat)) == 3


async def test_edit_in_a_group_that_mentions_the_bot(telegram: FakeTelegram, chat: int) -> None:
    asked = telegram.push_text(-chat, QUESTION, kind="group")
    telegram.edit_text(-chat, asked, f"@{BOT['username']} {QUESTION}")
    (message,) = await telegram.replies(-chat)
    assert message["reply_to_message"]["message_id"] == asked


# ---- groups and topics ----


async def test_topics_are_kept_apart(telegram: FakeTelegram, database: Database, chat: int) -> None:
    for topic, text in ((7, QUESTION), (9, "mất bao lâu vậy?")):
        telegram.push_text(-chat, f"@{BOT['username']} {text}", kind="supergroup", topic=topic)
    first, second = sorted(await telegram.replies(-chat, 2), key=lambda message: message["message_thread_id"])
    assert (first["message_thread_id"], second["message_thread_id"]) == (7, 9)
    assert "10 ngày" in first["text"]
    assert "10 ngày" not in second["text"]  # what was asked in another topic is not gone on from
    telegram.push_callback(-chat, next(buttons(first))[1], first["message_id"])
    opened = (await telegram.replies(-chat, 3))[2]
    assert (opened["message_thread_id"], opened["text"][:8]) == (7, "Điều 36 ")


async def test_chain_of_replies_is_no_topic(telegram: FakeTelegram, chat: int) -> None:
    telegram.push_text(-chat, f"@{BOT['username']} {QUESTION}", kind="supergroup", message_thread_id=55)
    (message,) = await telegram.replies(-chat)
    assert "message_thread_id" not in message


async def test_closed_topic_is_answered_in_the_group(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int
) -> None:
    class Closing(Assistant):
        def answer(self, question: Question) -> Answer:
            fake.close_topic(-chat, 7)
            return super().answer(question)

    async with bot(Closing(settings, live, database, today=lambda: TODAY)) as fake:
        fake.push_text(-chat, f"@{BOT['username']} {QUESTION}", kind="supergroup", topic=7)
        (message,) = await fake.replies(-chat)
    assert "10 ngày" in message["text"]


async def test_mention_in_reply_to_a_person_asks_what_they_wrote(telegram: FakeTelegram, chat: int) -> None:
    asked = telegram.push_text(-chat, QUESTION, kind="group")
    telegram.push_text(-chat, f"@{BOT['username']}", kind="group", reply_to=asked)
    assert "10 ngày" in (await telegram.replies(-chat))[0]["text"]


async def test_staff_are_citizens_in_a_group_of_others(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int
) -> None:
    roles: list[tuple[str | None, str]] = []

    class Noting(Assistant):
        def answer(self, question: Question) -> Answer:
            roles.append((question.conversation, question.role))
            return super().answer(question)

    office = next(CHATS)
    async with bot(Noting(settings, live, database), People({"telegram": [str(chat), str(-office)]}, 20)) as fake:
        for where in (chat, -chat, -office):
            fake.push_text(where, f"@{BOT['username']} {QUESTION}", kind="private" if where > 0 else "group")
            await fake.replies(where)
    assert roles == [(f"telegram:{chat}", "staff"), (f"telegram:{-chat}", "citizen"), (f"telegram:{-office}", "staff")]


async def test_typing_is_shown_until_the_answer_is_there(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram_send._TYPING", 0.05)

    def shown() -> int:
        return sum(name == "sendChatAction" for name, _ in fake.calls)

    class Slow(Assistant):
        def answer(self, question: Question) -> Answer:
            asyncio.run_coroutine_threadsafe(fake.until(lambda: shown() >= 3), loop).result(30)
            return super().answer(question)

    loop = asyncio.get_running_loop()
    async with bot(Slow(settings, live, database, today=lambda: TODAY)) as fake:
        fake.push_text(chat, QUESTION)
        await fake.replies(chat)
        count = shown()
        await asyncio.sleep(0.3)
        assert shown() <= count + 1, "none but one that was under way"


# ---- what is no plain text ----


async def test_forwarded_message_is_answered_where_it_stands(telegram: FakeTelegram, chat: int) -> None:
    origin = {"type": "hidden_user", "date": 1, "sender_user_name": "An"}
    asked = telegram.push_text(chat, QUESTION, forward_origin=origin)
    (message,) = await telegram.replies(chat)
    assert "10 ngày" in message["text"]
    assert message["reply_to_message"]["message_id"] == asked


@pytest.mark.parametrize("medium", ["photo", "document"])
async def test_words_beside_a_picture_are_answered(telegram: FakeTelegram, chat: int, medium: str) -> None:
    telegram.push_media(chat, medium, caption=QUESTION)
    (message,) = await telegram.replies(chat)
    assert message["text"].startswith(channel_texts.CAPTION_ONLY)
    assert "10 ngày" in message["text"]


async def test_album_is_answered_once(telegram: FakeTelegram, chat: int) -> None:
    for _ in range(4):
        telegram.push_media(chat, "photo", media_group_id=f"album{chat}")
    assert await settled(telegram, chat) == [channel_texts.PHOTO_MESSAGE]


async def test_album_with_words_is_answered_once(telegram: FakeTelegram, chat: int) -> None:
    telegram.push_media(chat, "photo", media_group_id=f"album{chat}", caption=QUESTION)
    telegram.push_media(chat, "photo", media_group_id=f"album{chat}")
    (said,) = await settled(telegram, chat)
    assert "10 ngày" in said


async def test_buttons_have_an_allowance_of_their_own(bot: Bot, chat: int) -> None:
    async with bot(people=People({}, 2)) as fake:
        fake.push_text(chat, QUESTION)
        (message,) = await fake.replies(chat)
        queries = [fake.push_callback(chat, next(buttons(message))[1], message["message_id"]) for _ in range(3)]
        await fake.until(lambda: set(queries) <= set(fake.answered))
        assert sorted(fake.toasts[query] for query in queries) == ["", "", texts.SLOW_DOWN]
        fake.push_text(chat, QUESTION)
        await fake.replies(chat, 4)
    assert texts.SLOW_DOWN not in fake.texts(chat)
