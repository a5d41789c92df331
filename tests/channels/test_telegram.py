"""The Telegram channel against a Bot API on this machine, with the real assistant behind it."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.channels.telegram_keys import answer_buttons
from bot.channels.telegram_menu import menu
from bot.config import Settings
from bot.database import Database, now
from bot.errors import ChannelError
from bot.message import Answer, Question
from bot.people import People
from bot.render import html_messages, utf16_length
from bot.serve import LiveKnowledge
from tests.channels.conftest import CHATS, Bot, channel_for, running
from tests.conftest import TODAY
from tests.fakes.telegram import BOT, TOKEN, FakeTelegram, Refusal, buttons, fake_telegram, parse_html, units

QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
ANOTHER = "Ai phải nộp phí thi hành án?"
NOISE = "mai họp lúc mấy giờ nhỉ"
# the library warns of a change to come in the very exception that its own rate limiter waits for
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def shown(answer: Answer) -> list[str]:
    """What a person sees of an answer."""
    return [parse_html(message)[0] for message in html_messages(answer, 4096)]


# ---- what is said ----


@pytest.mark.parametrize(
    ("sent", "reply"),
    [
        ("/start", texts.GREETING),
        ("/start from-a-link", texts.GREETING),
        ("/help", texts.HELP),
        ("/help@thadstestbot", texts.HELP),
        ("/xoa", texts.ERASED),
        ("/khongco", texts.HELP),
        ("photo", channel_texts.PHOTO_MESSAGE),
        ("voice", channel_texts.VOICE_MESSAGE),
        ("sticker", texts.OTHER_MESSAGE),
        ("document", texts.OTHER_MESSAGE),
        ("location", texts.OTHER_MESSAGE),
        ("🙏", texts.UNREADABLE),
        ("x" * 2001, texts.too_long(2001, 2000)),
    ],
)
async def test_fixed_replies(telegram: FakeTelegram, chat: int, sent: str, reply: str) -> None:
    if sent.isascii() and sent.isalpha() and len(sent) < 20:
        telegram.push_media(chat, sent)
    else:
        telegram.push_text(chat, sent)
    await telegram.replies(chat)
    assert telegram.texts(chat) == [reply]


async def test_commands_are_announced(telegram: FakeTelegram) -> None:
    assert [(row["command"], row["description"]) for row in telegram.commands] == menu()


@pytest.mark.parametrize("question", [QUESTION, ANOTHER, "Điều 36", "khoản 2 điều 46 luật 106/2025/QH15", "cách nấu phở bò"])
async def test_same_answer_as_the_assistant(telegram: FakeTelegram, assistant: Assistant, chat: int, question: str) -> None:
    expected = assistant.answer(Question(question, conversation=f"same:{chat}"))  # in a conversation more is offered
    telegram.push_text(chat, question)
    messages = await telegram.replies(chat, len(shown(expected)))
    assert telegram.texts(chat) == shown(expected)
    assert telegram.texts(chat)[0].startswith(expected.text)
    assert all(warning in "\n".join(telegram.texts(chat)) for warning in expected.warnings)
    cited = dict.fromkeys(f"📖 Điều {citation.article} – {citation.document}" for citation in expected.citations)
    assert [label for message in messages for label, _ in buttons(message)] == list(cited)[:4]


async def test_button_opens_the_article(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    telegram.push_text(chat, QUESTION)
    (message,) = await telegram.replies(chat)
    label, data = next(buttons(message))
    assert label == "📖 Điều 36 – 106/2025/QH15"
    query = telegram.push_callback(chat, data, message["message_id"])
    await telegram.replies(chat, 2)
    assert query in telegram.answered
    assert telegram.texts(chat)[1:] == shown(assistant.open_article("106-2025-qh15", "36"))


@pytest.mark.parametrize("age", [{"expired": True}, {"inaccessible": True}, {"expired": True, "inaccessible": True}])
async def test_old_button_still_opens_the_article(telegram: FakeTelegram, chat: int, age: dict[str, bool]) -> None:
    telegram.push_text(chat, QUESTION)
    (message,) = await telegram.replies(chat)
    telegram.push_callback(chat, next(buttons(message))[1], message["message_id"], **age)
    assert (await telegram.replies(chat, 2))[1]["text"].startswith("Điều 36 ")


@pytest.mark.parametrize("data", ["a|106-2025-qh15|9999", "a|khong-co|1", "a|", "junk", "||||"])
async def test_button_of_an_article_that_is_gone(telegram: FakeTelegram, chat: int, data: str) -> None:
    telegram.push_text(chat, "/start")
    (message,) = await telegram.replies(chat)
    query = telegram.push_callback(chat, data, message["message_id"])
    await telegram.replies(chat, 2)
    assert telegram.texts(chat)[1] == texts.NO_SUCH_PLACE
    assert query in telegram.answered


async def test_button_of_a_whole_document_opens_its_beginning(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    expected = assistant.answer(Question("Luật 106/2025/QH15 còn hiệu lực không?"))
    assert [citation.article for citation in expected.citations] == [None]
    telegram.push_text(chat, expected.question)
    (message,) = await telegram.replies(chat)
    telegram.push_callback(chat, next(buttons(message))[1], message["message_id"])
    await telegram.replies(chat, 2)
    assert telegram.texts(chat)[1:] == shown(assistant.open_article("106-2025-qh15", "1"))


async def test_every_article_has_a_button_that_opens_it(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    """Over the whole library: the button's data fit, and no two places of the library share them."""
    seen: dict[str, str] = {}
    for key, place in assistant.library.articles:
        answer = assistant.open_article(key, place, "staff")
        keyboard = answer_buttons(answer, more=False)
        assert keyboard is not None, (key, place)
        (button,), _judging = keyboard.inline_keyboard
        data = str(button.callback_data)
        assert len(data.encode()) <= 64, data
        assert seen.setdefault(data, answer.text) == answer.text, (key, place)


@pytest.mark.parametrize("kind", ["paragraphs", "lines", "words", "one word", "emoji", "marks"])
async def test_long_article_is_split_with_nothing_lost(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int, kind: str
) -> None:
    paragraph = "Cơ quan thi hành án dân sự <ra quyết định> & thông báo «hợp lệ». " * 8
    text = {
        "paragraphs": "\n\n".join([paragraph] * 25),
        "lines": "\n".join([paragraph] * 25),
        "words": paragraph * 25,
        "one word": "<&>" * 4000,
        "emoji": "📖" * 5000,
        "marks": "e\u0302\u0301" * 5000,
    }[kind]

    class Long(Assistant):
        def open_article(self, *_: Any, **__: Any) -> Answer:
            warnings = tuple(f"Cảnh báo {n}: " + paragraph * 3 for n in range(9))
            return replace(super().open_article("106-2025-qh15", "36"), text=text, warnings=warnings, receipt="AAAA-BBBB-CCCC")

    async with bot(Long(settings, live, database)) as fake:
        fake.push_text(chat, "/start")
        (message,) = await fake.replies(chat)
        fake.push_callback(chat, "a|106-2025-qh15|36", message["message_id"])
        await fake.until(lambda: any("AAAA-BBBB-CCCC" in text for text in fake.texts(chat)))
        parts = fake.texts(chat)[1:]
    assert len(parts) > 2
    assert all(utf16_length(part) <= 4096 for part in parts)
    everything = "".join("".join(parts).split())
    assert everything.startswith("".join(text.split()))
    assert all("".join((paragraph * 3).split()) in everything for _ in range(9))


async def test_longest_article_of_the_library(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    answers = (assistant.open_article(key, place) for key, place in assistant.library.articles)
    longest = max(answers, key=lambda answer: len(answer.text))
    keyboard = answer_buttons(longest, more=False)
    assert keyboard is not None
    telegram.push_text(chat, "/start")
    (message,) = await telegram.replies(chat)
    telegram.push_callback(chat, str(keyboard.inline_keyboard[0][0].callback_data), message["message_id"])
    await telegram.replies(chat, 1 + len(shown(longest)))
    assert telegram.texts(chat)[1:] == shown(longest)


async def test_erasing_waits_for_the_question_before_it(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int
) -> None:
    erased_too_early = threading.Event()

    class Slow(Assistant):
        def answer(self, question: Question) -> Answer:
            erased_too_early.wait(0.3)  # an eraser that does not wait comes in here
            return super().answer(question)

        def erase(self, conversation_name: str) -> int:
            erased_too_early.set()
            return super().erase(conversation_name)

    async with bot(Slow(settings, live, database, today=lambda: TODAY)) as fake:
        fake.push_text(chat, QUESTION)
        fake.push_text(chat, "/xoa")
        await fake.replies(chat, 2)
        assert fake.texts(chat)[1] == texts.ERASED
    assert database.last_turns(f"telegram:{chat}", 5, now() - timedelta(days=1)) == []


async def test_follow_up_stays_in_its_chat(telegram: FakeTelegram, assistant: Assistant, chat: int) -> None:
    other, follow_up = next(CHATS), "mất bao lâu vậy?"
    alone = shown(assistant.answer(Question(follow_up)))
    telegram.push_text(chat, QUESTION)
    telegram.push_text(chat, follow_up)
    telegram.push_text(other, follow_up)
    assert "10 ngày" in (await telegram.replies(chat, 2))[1]["text"]
    await telegram.replies(other, len(alone))
    assert telegram.texts(other) == alone


# ---- who is answered ----


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_groups_hear_only_what_they_ask_for(telegram: FakeTelegram, chat: int, kind: str) -> None:
    def say(text: str, reply_to: int | None = None) -> int:
        return telegram.push_text(-chat, text, kind=kind, reply_to=reply_to)

    plain = say(NOISE)
    say(QUESTION)
    say("hỏi @ThadsTestBot2 hoặc viết cho a@ThadsTestBot xem", reply_to=plain)
    say("/help@SomeOtherBot")
    telegram.push_media(-chat, "photo", kind=kind)
    first = say(f"@{BOT['username']} {QUESTION}")
    second = say(f"{ANOTHER} @thadstestbot")
    await telegram.replies(-chat, 2)
    third = say("Điều 37", reply_to=telegram.sent(-chat)[0]["message_id"])
    replies = await telegram.replies(-chat, 3)
    assert [message["reply_to_message"]["message_id"] for message in replies] == [first, second, third]
    assert "10 ngày" in replies[0]["text"]
    assert replies[2]["text"].startswith("Điều 37 ")
    telegram.push_callback(-chat, next(buttons(replies[0]))[1], replies[0]["message_id"])
    opened = (await telegram.replies(-chat, 4))[3]
    assert opened["text"].startswith("Điều 36 ")
    assert opened["reply_to_message"]["message_id"] == replies[0]["message_id"]


async def test_private_answers_do_not_quote_the_question(telegram: FakeTelegram, chat: int) -> None:
    telegram.push_text(chat, "/start")
    assert "reply_to_message" not in (await telegram.replies(chat))[0]


async def test_question_deleted_before_its_answer(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int
) -> None:
    class Deleting(Assistant):
        def answer(self, question: Question) -> Answer:
            fake.forget(-chat, asked)
            return super().answer(question)

    async with bot(Deleting(settings, live, database, today=lambda: TODAY)) as fake:
        asked = fake.push_text(-chat, f"@{BOT['username']} {QUESTION}", kind="supergroup")
        (message,) = await fake.replies(-chat)
    assert "10 ngày" in message["text"]


async def test_allowance(bot: Bot, chat: int) -> None:
    async with bot(people=People({}, 2)) as fake:
        for _ in range(3):
            fake.push_text(chat, QUESTION)
        await fake.replies(chat, 3)
        assert [text == texts.SLOW_DOWN for text in fake.texts(chat)] == [False, False, True]
        other = next(CHATS)
        fake.push_text(other, QUESTION)
        assert "10 ngày" in (await fake.replies(other))[0]["text"]


async def test_staff_are_asked_for_as_staff(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int
) -> None:
    roles: dict[str, str] = {}

    class Noting(Assistant):
        def answer(self, question: Question) -> Answer:
            roles[question.person] = question.role
            return super().answer(question)

    other = next(CHATS)
    async with bot(Noting(settings, live, database), People({"telegram": [str(chat)], "web": [str(other)]}, 20)) as fake:
        for one in (chat, other):
            fake.push_text(one, QUESTION)
            await fake.replies(one)
    assert roles == {str(chat): "staff", str(other): "citizen"}


# ---- several chats, and one chat in order ----


async def test_slow_chat_holds_up_no_other_and_keeps_its_order(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int
) -> None:
    other = next(CHATS)
    release = threading.Event()

    class Slow(Assistant):
        def answer(self, question: Question) -> Answer:
            if question.person == str(chat) and question.text == QUESTION:
                assert release.wait(60)
            return super().answer(question)

    async with bot(Slow(settings, live, database, today=lambda: TODAY)) as fake:
        for text in (QUESTION, ANOTHER, "/help", "Điều 37"):
            fake.push_text(chat, text)
        for text in ("/start", QUESTION):
            fake.push_text(other, text)
        await fake.replies(other, 2)
        assert fake.sent(chat) == []
        release.set()
        await fake.replies(chat, 4)
        opening = [text[:40] for text in fake.texts(chat)]
        plain = Assistant(settings, live, database, today=lambda: TODAY)
        expected = [plain.answer(Question(text)).text[:40] for text in (QUESTION, ANOTHER, "Điều 37")]
        assert opening == [expected[0], expected[1], texts.HELP[:40], expected[2]]


async def test_update_delivered_twice_is_answered_once(telegram: FakeTelegram, chat: int) -> None:
    telegram.push_text(chat, QUESTION, times=3)
    telegram.push_text(chat, "/help")
    await telegram.until(lambda: texts.HELP in telegram.texts(chat))
    assert ["10 ngày" in text for text in telegram.texts(chat)] == [True, False]


# ---- faults ----


@pytest.mark.parametrize(
    ("method", "status", "retry_after"),
    [
        ("sendMessage", 429, 1),
        ("sendMessage", 500, 0),
        ("sendMessage", 502, 0),
        ("sendChatAction", 500, 0),
        ("answerCallbackQuery", 500, 0),
        ("getUpdates", 500, 0),
        ("getUpdates", 409, 0),
    ],
)
async def test_fault_of_telegram_delays_the_answer_and_doubles_nothing(
    bot: Bot, chat: int, method: str, status: int, retry_after: int
) -> None:
    async with bot() as fake:
        fake.misbehave(method, status, retry_after=retry_after)
        fake.push_text(chat, QUESTION)
        (message,) = await fake.replies(chat)
        fake.push_callback(chat, next(buttons(message))[1], message["message_id"])
        await fake.replies(chat, 2)
        fake.push_text(chat, "/help")
        await fake.replies(chat, 3)
        assert [text[:8] for text in fake.texts(chat)] == [message["text"][:8], "Điều 36 ", texts.HELP[:8]]


async def test_chat_that_cannot_be_written_to_stops_no_other(bot: Bot, chat: int, caplog: pytest.LogCaptureFixture) -> None:
    refused, other = next(CHATS), next(CHATS)
    async with bot() as fake:
        fake.push_text(chat, QUESTION)
        await fake.replies(chat)
        fake.block(chat)
        fake.misbehave("sendMessage", 400, times=9, chat_id=refused)
        for one in (chat, refused, other):
            fake.push_text(one, QUESTION)
        await fake.replies(other)
        assert len(fake.sent(chat)) == 1
        assert fake.sent(refused) == []
        assert "10 ngày" in fake.texts(other)[0]


async def test_fault_of_ours_is_apologised_for_and_the_next_question_answered(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Assistant):
        def answer(self, question: Question) -> Answer:
            if "hỏng" in question.text:
                raise RuntimeError("the disk is full")
            return super().answer(question)

        def open_article(self, *_: Any, **__: Any) -> Answer:
            raise RuntimeError("the disk is full")

    async with bot(Broken(settings, live, database, today=lambda: TODAY)) as fake:
        fake.push_text(chat, "hỏng rồi")
        fake.push_text(chat, QUESTION)
        (_, message) = await fake.replies(chat, 2)
        fake.push_callback(chat, next(buttons(message))[1], message["message_id"], inaccessible=True)
        await fake.replies(chat, 3)
        assert [text == texts.TROUBLE for text in fake.texts(chat)] == [True, False, True]
    assert "the disk is full" in caplog.text
    assert not any("disk" in text for text in fake.texts(chat))


async def test_apology_that_cannot_be_sent_stops_nothing(bot: Bot, chat: int) -> None:
    other = next(CHATS)
    async with bot() as fake:
        fake.misbehave("sendMessage", 400, times=2, chat_id=chat)
        fake.push_text(chat, QUESTION)
        fake.push_text(chat, "/help")
        fake.push_text(other, "/help")
        await fake.replies(other)
        await fake.replies(chat)
        assert fake.texts(chat) == [texts.HELP]


# ---- beginning and ending ----


@pytest.mark.parametrize(
    "token", ["123456789:AAanotherTokenThatIsNotTheOne_123456", "not-a-token", "1:a/b", "a space in it", "đặt mã vào đây"]
)
async def test_refused_token(settings: Settings, assistant: Assistant, caplog: pytest.LogCaptureFixture, token: str) -> None:
    caplog.set_level(logging.DEBUG)
    async with fake_telegram() as fake:
        with pytest.raises(ChannelError, match="THADS_TELEGRAM_TOKEN") as caught:
            await channel_for(settings, fake.base_url, token).run(assistant, People({}, 20), asyncio.Event())
    assert token not in str(caught.value)
    assert token not in caplog.text


async def test_token_from_a_file_with_a_line_end(settings: Settings, assistant: Assistant, chat: int) -> None:
    async with fake_telegram() as fake, running(settings, fake, assistant, People({}, 20), f"{TOKEN}\n"):
        fake.push_text(chat, "/help")
        await fake.replies(chat)


async def test_token_is_in_no_log(bot: Bot, chat: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with bot() as fake:
        fake.misbehave("sendMessage", 500)
        fake.misbehave("getUpdates", 500)
        fake.push_text(chat, QUESTION)
        await fake.replies(chat)
    assert caplog.text
    assert TOKEN not in caplog.text


async def test_unreachable(settings: Settings, assistant: Assistant) -> None:
    async with fake_telegram() as fake:
        closed = fake.base_url
    with pytest.raises(ChannelError, match="cannot be reached at http://127"):
        await channel_for(settings, closed).run(assistant, People({}, 20), asyncio.Event())


@pytest.mark.parametrize("method", ["getMe", "deleteWebhook", "setMyCommands"])
async def test_fault_while_beginning(settings: Settings, assistant: Assistant, chat: int, method: str) -> None:
    """Only the first call decides whether Telegram is there; the others are tried again or done without."""
    async with fake_telegram() as fake:
        fake.misbehave(method, 500)
        if method == "getMe":
            with pytest.raises(ChannelError, match="cannot be reached"):
                await channel_for(settings, fake.base_url).run(assistant, People({}, 20), asyncio.Event())
            return
        async with running(settings, fake, assistant, People({}, 20)):
            fake.push_text(chat, "/help")
            await fake.replies(chat)


async def test_stop_ends_at_once_and_takes_nothing_back(settings: Settings, assistant: Assistant, chat: int) -> None:
    async with fake_telegram() as fake:
        async with running(settings, fake, assistant, People({}, 20)):
            fake.push_text(chat, QUESTION)
            await fake.replies(chat)
        calls = len(fake.calls)
        assert [name for name, _ in fake.calls[-1:]] == [
            "getUpdates"
        ]  # what was answered is confirmed, so it does not come again
        async with running(settings, fake, assistant, People({}, 20)):
            fake.push_text(chat, "/help")
            await fake.replies(chat, 2)
        assert fake.texts(chat)[1:] == [texts.HELP]
        assert len(fake.calls) > calls


async def test_stop_while_a_question_is_in_work_answers_it_first(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: int
) -> None:
    asked, release = threading.Event(), threading.Event()

    class Slow(Assistant):
        def answer(self, question: Question) -> Answer:
            asked.set()
            assert release.wait(60)
            return super().answer(question)

    async with bot(Slow(settings, live, database, today=lambda: TODAY)) as fake:
        fake.push_text(chat, QUESTION)
        await fake.until(asked.is_set)
        asyncio.get_running_loop().call_later(0.2, release.set)  # by then the channel has been told to stop
    assert len(fake.sent(chat)) == 1


# ---- the fake is as strict as it says ----


@pytest.mark.parametrize(
    "source",
    ["a < b", "a > b", "a & b", "&nbsp;", "<b>a", "a</b>", "<b><i>a</b></i>", "<p>a</p>", "<b class='x'>a</b>", "<a>a</a>", "<B>a</B>",
     "<blockquote>a<blockquote>b</blockquote></blockquote>", "<b expandable>a</b>", "&lt", "<", "<b"],
)  # fmt: skip
def test_html_that_telegram_refuses(source: str) -> None:
    with pytest.raises(Refusal, match="can't parse entities"):
        parse_html(source)


def test_html_that_telegram_takes() -> None:
    text, entities = parse_html(
        '📖 <b>a &lt; <i>b</i></b> <a href="https://x.vn/?a=1&amp;b=2">c</a> <blockquote expandable>&#x27;&quot;</blockquote>'
    )
    assert text == "📖 a < b c '\""
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in entities] == [
        ("italic", 7, 1), ("bold", 3, 5), ("text_link", 9, 1), ("blockquote", 11, 2),
    ]  # fmt: skip


async def test_calls_that_telegram_refuses(chat: int) -> None:
    async with fake_telegram() as fake, httpx.AsyncClient(base_url=fake.base_url, trust_env=False) as client:

        async def call(method: str, token: str = TOKEN, **values: Any) -> tuple[int, str]:
            response = await client.post(f"{fake.base_url}{token}/{method}", json=values)
            body = response.json()
            assert body["ok"] is (response.status_code == 200)
            return response.status_code, body.get("description", "")

        def cards(count: int, text: str = "a") -> list[dict[str, Any]]:
            content = {"message_text": text, "parse_mode": "HTML"}
            return [{"type": "article", "id": str(n), "title": "a", "input_message_content": content} for n in range(count)]

        fake.push_text(chat, "/start")
        query = fake.push_inline(chat, "điều 36")
        keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}
        table: list[tuple[int, str, dict[str, Any]]] = [
            (404, "noSuchMethod", {}),
            (404, "until", {}),
            (400, "sendMessage", {"chat_id": chat, "text": ""}),
            (400, "sendMessage", {"chat_id": chat, "text": "📖" * 2049}),
            (200, "sendMessage", {"chat_id": chat, "text": "📖" * 2048}),
            (400, "sendMessage", {"chat_id": chat, "text": "<b>", "parse_mode": "HTML"}),
            (400, "sendMessage", {"chat_id": chat, "text": "a", "reply_markup": keyboard}),
            (400, "sendMessage", {"chat_id": chat, "text": "a", "reply_parameters": {"message_id": 1}}),
            (400, "sendMessage", {"chat_id": 1, "text": "a"}),
            (400, "editMessageText", {"chat_id": chat, "message_id": 1, "text": "a"}),
            (400, "answerCallbackQuery", {"callback_query_id": "1"}),
            (400, "sendChatAction", {"chat_id": chat, "action": "dancing"}),
            (400, "setMyCommands", {"commands": [{"command": "Xóa", "description": "a"}]}),
            (400, "setMyCommands", {"commands": [{"command": "xoa", "description": ""}]}),
            (400, "setMyCommands", {"commands": [{"command": "xoa", "description": "a" * 257}]}),
            (400, "setMyCommands", {"commands": [{"command": f"c{n}", "description": "a"} for n in range(101)]}),
            (400, "sendMessage", {"chat_id": chat, "text": "a", "message_thread_id": 5}),
            (400, "sendChatAction", {"chat_id": chat, "action": "typing", "message_thread_id": 5}),
            (400, "answerInlineQuery", {"inline_query_id": "1", "results": []}),
            (400, "answerInlineQuery", {"inline_query_id": query, "results": cards(51)}),
            (400, "answerInlineQuery", {"inline_query_id": query, "results": cards(1) * 2}),
            (400, "answerInlineQuery", {"inline_query_id": query, "results": cards(1, "<p>")}),
            (400, "answerInlineQuery", {"inline_query_id": query, "results": cards(1, "a" * 4097)}),
            (
                400,
                "answerInlineQuery",
                {"inline_query_id": query, "results": [], "button": {"text": "a", "start_parameter": "ấ"}},
            ),
            (200, "answerInlineQuery", {"inline_query_id": query, "results": cards(50)}),
            (400, "answerInlineQuery", {"inline_query_id": query, "results": []}),
            (400, "getFile", {"file_id": "gone"}),
            (400, "setWebhook", {"url": "http://thads.example.vn", "secret_token": "a"}),
            (400, "setWebhook", {"url": "https://thads.example.vn", "secret_token": "a b"}),
            (200, "setWebhook", {"url": "https://thads.example.vn", "secret_token": "a-b"}),
            (409, "getUpdates", {}),
            (200, "deleteWebhook", {}),
            (200, "getUpdates", {}),
            (200, "getWebhookInfo", {}),
        ]
        for status, method, values in table:
            assert (await call(method, **values))[0] == status, (method, values)
        assert (await call("getMe", token="1:x"))[0] == 404
        assert (await call("getMe", token=TOKEN[:-1] + "x"))[0] == 401
        (message,) = fake.sent(chat)
        edit = {"chat_id": chat, "message_id": message["message_id"], "text": "b"}
        assert [(await call("editMessageText", **edit))[0] for _ in range(2)] == [200, 400]
        query = fake.push_callback(chat, "a", message["message_id"])
        assert [(await call("answerCallbackQuery", callback_query_id=query))[0] for _ in range(2)] == [200, 400]
        fake.block(chat)
        assert (await call("sendMessage", chat_id=chat, text="a"))[0] == 403
        assert units("📖") == 2
