"""The Zalo bot channel against a Zalo Bot API on this machine, with the real assistant behind it."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot import channel_texts, texts
from bot.assistant import Assistant
from bot.channels import zalo_api
from bot.channels.choices import choices_of
from bot.channels.http import HooksChannel
from bot.channels.numbered import PARTS, answer_messages
from bot.channels.zalo import MOST, ZaloChannel
from bot.channels.zalo_api import LIMIT, read_update
from bot.config import Settings
from bot.database import Database, now
from bot.errors import ChannelError
from bot.message import Answer, Question
from bot.people import People
from bot.serve import LiveKnowledge
from tests.conftest import TODAY
from tests.fakes.server import until
from tests.fakes.zalo import BOT, TOKEN, FakeZalo, fake_zalo

QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
ANOTHER = "Ai phải nộp phí thi hành án?"
PUBLIC = "https://thads.example.vn"
CHATS = (f"zalo{number}" for number in itertools.count())
Bot = Callable[..., contextlib.AbstractAsyncContextManager[FakeZalo]]


def channel_for(settings: Settings, fake: FakeZalo, token: str = TOKEN, mode: str = "polling") -> ZaloChannel:
    zalo = settings.channels.zalo.model_copy(update={"base_url": fake.base_url, "mode": mode})
    web = settings.channels.web.model_copy(update={"public_url": PUBLIC, "port": 0})
    channels = settings.channels.model_copy(update={"zalo": zalo, "web": web})
    channel = ZaloChannel(settings.model_copy(update={"channels": channels, "zalo_token": SecretStr(token)}))
    channel.rest = 0.05
    return channel


@contextlib.asynccontextmanager
async def running(channel: ZaloChannel, fake: FakeZalo, assistant: Assistant, people: People) -> AsyncIterator[FakeZalo]:
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(assistant, people, stop))
    try:
        await until(lambda: task.done() or any(name in ("getUpdates", "setWebhook") for name, _ in fake.calls))
        yield fake
    finally:
        stop.set()
        await asyncio.wait_for(task, 60)


@pytest.fixture
def bot(settings: Settings, assistant: Assistant) -> Bot:
    """Runs the channel against a fresh fake, with the real assistant unless the test brings its own."""

    @contextlib.asynccontextmanager
    async def serve(own: Assistant = assistant, people: People | None = None) -> AsyncIterator[FakeZalo]:
        async with fake_zalo() as fake, running(channel_for(settings, fake), fake, own, people or People({}, 10_000)):
            yield fake

    return serve


@pytest.fixture(scope="module")
async def zalo(settings: Settings, assistant: Assistant) -> AsyncIterator[FakeZalo]:
    """A bot that runs through all tests that do it no harm."""
    async with fake_zalo() as fake, running(channel_for(settings, fake), fake, assistant, People({}, 10_000)):
        yield fake


@pytest.fixture
def chat() -> str:
    return next(CHATS)


# ---- what is said ----


@pytest.mark.parametrize(
    ("sent", "reply"),
    [
        pytest.param("/start", texts.GREETING, id="start"),
        pytest.param("/help", texts.HELP, id="help"),
        pytest.param("/xoa", texts.ERASED, id="erase as a command"),
        pytest.param("xóa", texts.ERASED, id="erase as a word"),
        pytest.param("XOA.", texts.ERASED, id="erase without accents"),
        pytest.param("Xóa dữ liệu của tôi", texts.ERASED, id="erase in words"),
        pytest.param("🙏", texts.UNREADABLE, id="a sign"),
        pytest.param("   ", texts.EMPTY, id="blank"),
        pytest.param("x" * 2001, texts.too_long(2001, 2000), id="too long"),
        pytest.param("2", texts.NO_CHOICES, id="a number before any list"),
        pytest.param("xem 1", texts.NO_CHOICES, id="a choice before any list"),
    ],
)
async def test_fixed_replies(zalo: FakeZalo, chat: str, sent: str, reply: str) -> None:
    zalo.push(chat, sent)
    assert await zalo.replies(chat) == [reply]


@pytest.mark.parametrize("kind", ["image", "sticker", "voice", "unsupported"])
async def test_what_is_no_text(zalo: FakeZalo, chat: str, kind: str) -> None:
    zalo.push(chat, kind=kind)
    assert await zalo.replies(chat) == [channel_texts.VOICE_MESSAGE if kind == "voice" else texts.OTHER_MESSAGE]


@pytest.mark.parametrize("question", [QUESTION, "Điều 36", "khoản 2 điều 46 luật 106/2025/QH15", "cách nấu phở bò"])
async def test_same_answer_as_the_assistant(zalo: FakeZalo, assistant: Assistant, chat: str, question: str) -> None:
    answer = assistant.answer(Question(question))
    expected = answer_messages(answer, LIMIT)
    zalo.push(chat, question)
    said = await zalo.replies(chat, len(expected))
    assert said == expected
    assert answer.text in said[0]
    assert all(len(text) <= LIMIT for text in said)
    for number, choice in enumerate(choices_of(answer.citations), 1):
        assert f"\n{number}. {choice.label}" in "\n\n".join(said)


@pytest.mark.parametrize("wish", ["1", "xem 1", "Xem số 1", "1.", " xem  1 ", "đọc 1", "mục 1", "số 1"])
async def test_a_number_opens_the_article(zalo: FakeZalo, assistant: Assistant, chat: str, wish: str) -> None:
    zalo.push(chat, QUESTION)
    first = (await zalo.replies(chat))[0]
    assert "1. Điều 36 – 106/2025/QH15" in first
    zalo.push(chat, wish)
    opened = (await zalo.replies(chat, 2))[1]
    assert opened.startswith(assistant.open_article("106-2025-qh15", "36").text[:200])


@pytest.mark.parametrize(
    ("wish", "reply"),
    [
        pytest.param("xem 9", texts.no_such_choice(4), id="past the end"),
        pytest.param("0", texts.no_such_choice(4), id="nought"),
        pytest.param("xem 1 phần 99", texts.no_such_part(1), id="a part that is not there"),
    ],
)
async def test_numbers_that_are_no_choice(zalo: FakeZalo, assistant: Assistant, chat: str, wish: str, reply: str) -> None:
    assert len(choices_of(assistant.answer(Question(ANOTHER)).citations)) == 4
    zalo.push(chat, ANOTHER)
    count = len(await zalo.replies(chat, len(answer_messages(assistant.answer(Question(ANOTHER)), LIMIT))))
    zalo.push(chat, wish)
    assert (await zalo.replies(chat, count + 1))[-1] == reply


async def test_the_list_stays_through_thanks_and_what_is_not_ours(zalo: FakeZalo, chat: str) -> None:
    for text in (QUESTION, "cảm ơn", "cách nấu phở bò", "xem 1"):
        zalo.push(chat, text)
    assert (await zalo.replies(chat, 4))[3].startswith("Điều 36 ")


async def test_the_list_outlives_a_restart_and_ends_with_erasing(
    settings: Settings, assistant: Assistant, database: Database, chat: str
) -> None:
    async with fake_zalo() as fake:
        async with running(channel_for(settings, fake), fake, assistant, People({}, 99)):
            fake.push(chat, QUESTION)
            await fake.replies(chat)
        async with running(channel_for(settings, fake), fake, assistant, People({}, 99)):
            for text in ("1", "xóa", "1"):
                fake.push(chat, text)
            opened, erased, after = (await fake.replies(chat, 4))[1:]
    assert opened.startswith("Điều 36 ")
    assert (erased, after) == (texts.ERASED, texts.NO_CHOICES)
    assert database.last_turns(f"zalo:{chat}", 5, now() - timedelta(days=1)) == []


async def test_long_article_comes_in_parts_with_nothing_lost(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: str
) -> None:
    paragraph = "Cơ quan thi hành án dân sự ra quyết định & thông báo «hợp lệ» cho đương sự biết. " * 9
    whole = "\n\n".join(f"{n}. {paragraph}" for n in range(30))

    class Long(Assistant):
        def open_article(self, *_: Any, **__: Any) -> Answer:
            return replace(super().open_article("106-2025-qh15", "36"), text=whole, warnings=())

    async with bot(Long(settings, live, database, today=lambda: TODAY)) as fake:
        fake.push(chat, QUESTION)
        shown = len(await fake.replies(chat))
        read = []
        for wish in ("1", "xem 1 phần 2", "xem 1 phần 3", "xem 1 phần 4"):
            fake.push(chat, wish)
            await fake.replies(chat, shown + 1)
            fake.push(chat, "/help")
            await until(lambda: fake.texts(chat)[-1] == texts.HELP)
            read += fake.texts(chat)[shown:-1]
            assert len(fake.texts(chat)) - shown - 1 <= PARTS + 1
            shown = len(fake.texts(chat))
    assert all(len(text) <= LIMIT for text in fake.texts(chat))
    assert "(Còn 3 phần. Nhắn «xem 1 phần 2» để đọc tiếp.)" in read[PARTS - 1]
    everything = "\n\n".join(line for text in read for line in text.split("\n\n") if not line.startswith("(Còn "))
    assert "".join(everything.split()) == "".join(whole.split())


async def test_longest_article_of_the_library_can_be_read_to_its_end(assistant: Assistant) -> None:
    from bot.channels.numbered import article_messages, part_of

    answers = (assistant.open_article(key, place) for key, place in assistant.library.articles)
    messages = article_messages(max(answers, key=lambda answer: len(answer.text)), LIMIT)
    parts = -(-len(messages) // PARTS)
    read = [text for part in range(1, parts + 1) for text in part_of(messages, 1, part, LIMIT)]
    assert all(len(text) <= LIMIT for text in read)
    assert all(any(message in text for text in read) for message in messages)


async def test_an_answer_of_any_length_keeps_its_articles(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: str
) -> None:
    class Endless(Assistant):
        def answer(self, question: Question) -> Answer:
            return replace(super().answer(question), text="Một câu. " * 5000)

    async with bot(Endless(settings, live, database, today=lambda: TODAY)) as fake:
        fake.push(chat, QUESTION)
        said = await fake.replies(chat, MOST)
    assert len(said) == MOST
    assert texts.CUT_HERE in said[-2]
    assert "1. Điều 36" in said[-1]
    assert all(len(text) <= LIMIT for text in said)


# ---- who is answered ----


async def test_a_group_has_one_conversation_and_each_of_it_an_allowance(bot: Bot, chat: str) -> None:
    async with bot(people=People({}, 1)) as fake:
        fake.push(chat, f"@{BOT['account_name']} {QUESTION}", group=True, person="lan")
        fake.push(chat, "1", group=True, person="minh")
        fake.push(chat, "1", group=True, person="lan")
        said = await fake.replies(chat, 3)
    assert "10 ngày" in said[0]
    assert said[1].startswith("Điều 36 ")
    assert said[2] == texts.SLOW_DOWN


async def test_staff_are_asked_for_as_staff(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: str
) -> None:
    roles: dict[str, str] = {}

    class Noting(Assistant):
        def answer(self, question: Question) -> Answer:
            roles[question.person] = question.role
            return super().answer(question)

    other = next(CHATS)
    async with bot(Noting(settings, live, database), People({"zalo": [chat], "web": [other]}, 20)) as fake:
        for one in (chat, other):
            fake.push(one, QUESTION)
            await fake.replies(one)
    assert roles == {chat: "staff", other: "citizen"}


# ---- order, and each once ----


async def test_slow_chat_holds_up_no_other_and_keeps_its_order(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: str
) -> None:
    other, release = next(CHATS), threading.Event()

    class Slow(Assistant):
        def answer(self, question: Question) -> Answer:
            if question.person == chat and question.text == QUESTION:
                assert release.wait(60)
            return super().answer(question)

    async with bot(Slow(settings, live, database, today=lambda: TODAY)) as fake:
        for text in (QUESTION, "/help", "Điều 37"):
            fake.push(chat, text)
        fake.push(other, "/start")
        await fake.replies(other)
        assert fake.texts(chat) == []
        release.set()
        said = await fake.replies(chat, 3)
    assert "10 ngày" in said[0]
    assert said[1] == texts.HELP
    assert said[2].startswith("Điều 37 ")


async def test_message_told_of_twice_is_answered_once(zalo: FakeZalo, chat: str) -> None:
    zalo.push(chat, QUESTION, times=3)
    zalo.push(chat, "/help")
    await until(lambda: texts.HELP in zalo.texts(chat))
    assert ["10 ngày" in text for text in zalo.texts(chat)] == [True, False]


# ---- faults ----


@pytest.mark.parametrize(
    ("method", "kind", "how"),
    [
        pytest.param("sendMessage", 429, {"retry_after": 0.3}, id="too many, come back later"),
        pytest.param("sendMessage", 500, {}, id="a fault of Zalo"),
        pytest.param("sendMessage", 502, {"times": 2}, id="twice no gateway"),
        pytest.param("getUpdates", 500, {"times": 3}, id="no news"),
        pytest.param("getUpdates", 429, {"retry_after": 0.1}, id="too many requests for news"),
        pytest.param("getUpdates", "malformed", {}, id="news that is no JSON"),
        pytest.param("getWebhookInfo", 500, {}, id="no word on the webhook"),
    ],
)
async def test_fault_of_zalo_delays_the_answer_and_doubles_nothing(
    settings: Settings, assistant: Assistant, chat: str, method: str, kind: int | str, how: dict[str, Any]
) -> None:
    async with fake_zalo() as fake:
        fake.misbehave(method, kind, **how)
        async with running(channel_for(settings, fake), fake, assistant, People({}, 99)):
            fake.push(chat, QUESTION)
            fake.push(chat, "/help")
            said = await fake.replies(chat, 2)
    assert ["10 ngày" in text for text in said] == [True, False]


async def test_silence_of_zalo_is_not_waited_out(bot: Bot, chat: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zalo_api, "TIMEOUT", httpx.Timeout(0.3))
    async with bot() as fake:
        fake.misbehave("sendMessage", "silence")
        fake.push(chat, "/help")
        assert await asyncio.wait_for(fake.replies(chat), 3) == [texts.HELP]


async def test_malformed_reply_to_a_message_that_arrived_doubles_nothing(bot: Bot, chat: str) -> None:
    async with bot() as fake:
        fake.misbehave("sendMessage", "malformed", after=True)
        fake.push(chat, "/start")
        fake.push(chat, "/help")
        assert await fake.replies(chat, 2) == [texts.GREETING, texts.HELP]


async def test_person_who_blocked_the_bot_stops_no_other(bot: Bot, chat: str) -> None:
    other = next(CHATS)
    async with bot() as fake:
        fake.block(chat)
        fake.push(chat, QUESTION)
        fake.push(other, QUESTION)
        assert "10 ngày" in (await fake.replies(other))[0]
        assert fake.texts(chat) == []


async def test_fault_of_ours_is_apologised_for_and_the_next_question_answered(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: str, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(Assistant):
        def answer(self, question: Question) -> Answer:
            if "hỏng" in question.text:
                raise RuntimeError("the disk is full")
            return super().answer(question)

    async with bot(Broken(settings, live, database, today=lambda: TODAY)) as fake:
        fake.push(chat, "hỏng rồi")
        fake.push(chat, QUESTION)
        said = await fake.replies(chat, 2)
    assert said[0] == texts.TROUBLE
    assert "10 ngày" in said[1]
    assert "the disk is full" in caplog.text


ODD: list[Any] = [
    None,
    5,
    "text",
    [],
    {},
    {"event_name": None},
    {"event_name": "message.text.received"},
    {"event_name": "message.text.received", "message": None},
    {"event_name": "message.text.received", "message": {"chat": None, "text": "a"}},
    {"event_name": "message.text.received", "message": {"chat": {"id": {}}, "text": "a"}},
    {"event_name": "message.text.received", "message": {"chat": {"id": "x" * 5000}, "text": "a"}},
    {"event_name": ["message.text.received"], "message": {"chat": {"id": "odd"}}},
    {"event_name": "user.left", "message": {"chat": {"id": "odd"}, "text": "a"}},
    {"event_name": "message.text.received", "message": {"from": {"is_bot": True}, "chat": {"id": "odd"}, "text": "a"}},
]


@pytest.mark.parametrize("update", ODD, ids=range(len(ODD)))
def test_what_is_no_message_is_passed_over(update: Any) -> None:
    assert read_update(update) is None


async def test_odd_updates_stop_nothing(bot: Bot, chat: str) -> None:
    async with bot() as fake:
        fake.push_raw(*ODD)
        fake.push(chat, "/help")
        assert await fake.replies(chat) == [texts.HELP]
        assert {to for to, _ in fake.outbox} == {chat}


# ---- polling and webhook exclude each other ----


async def test_webhook_left_registered_is_said_and_its_end_noticed(
    settings: Settings, assistant: Assistant, chat: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with fake_zalo() as fake:
        fake.webhook, fake.secret = "https://old.example.vn/hook", "12345678"
        channel = channel_for(settings, fake)
        channel.look_every = 0.3
        async with running(channel, fake, assistant, People({}, 99)):
            fake.push(chat, "/help")
            await until(lambda: channel.trouble)
            assert "https://old.example.vn/hook" in channel.trouble
            assert "https://old.example.vn/hook" in caplog.text
            assert "deleteWebhook" in caplog.text
            with pytest.raises(ChannelError, match=r"old\.example\.vn.*deleteWebhook"):
                await channel_for(settings, fake).check()
            assert fake.texts(chat) == []
            fake.webhook = ""
            assert await fake.replies(chat) == [texts.HELP]
            await until(lambda: not channel.trouble)


@contextlib.asynccontextmanager
async def hooked(
    settings: Settings, assistant: Assistant, people: People | None = None
) -> AsyncIterator[tuple[FakeZalo, ZaloChannel]]:
    """The channel in webhook mode, with the server that stands in when the web channel does not run."""
    async with fake_zalo() as fake:
        channel = channel_for(settings, fake, mode="webhook")
        web = settings.channels.web.model_copy(update={"port": 0, "host": "127.0.0.1"})
        server = HooksChannel(settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})}))
        server.beside = [channel, server]
        stop = asyncio.Event()
        serving = asyncio.create_task(server.run(assistant, People({}, 1), stop))
        try:
            async with running(channel, fake, assistant, people or People({}, 10_000)):
                await asyncio.wait_for(server.server.listening.wait(), 10)
                fake.forward = server.server.address
                await until(lambda: channel._intake)
                yield fake, channel
        finally:
            stop.set()
            await serving


async def test_webhook(settings: Settings, assistant: Assistant, chat: str) -> None:
    async with hooked(settings, assistant) as (fake, _):
        assert fake.webhook == f"{PUBLIC}/webhook/zalo"
        assert 8 <= len(fake.secret) <= 256
        event = fake.event(chat, QUESTION)
        assert [await fake.bring(event) for _ in range(3)] == [200] * 3
        assert await fake.bring(fake.event(chat, "1")) == 200
        said = await fake.replies(chat, 2)
        assert "10 ngày" in said[0]
        assert said[1].startswith("Điều 36 ")
        assert not any(name == "getUpdates" for name, _ in fake.calls)
        assert max(seconds for _, seconds in fake.delivered) < 2
        async with httpx.AsyncClient(trust_env=False) as web:
            health = (await web.get(f"{fake.forward}/healthz")).json()
    assert health == {"status": "ok", "channels": {"zalo": "ok", "webhooks": "ok"}}


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        pytest.param("", None, 403, id="no secret"),
        pytest.param("wrong-secret", None, 403, id="another secret"),
        pytest.param(None, b"{", 400, id="half a JSON"),
        pytest.param(None, b"[" * 100_000, 400, id="deep"),
        pytest.param(None, b" " * 300_000, 413, id="huge"),
        pytest.param(None, b"null", 200, id="nothing"),
        pytest.param(None, b'{"ok": true, "result": []}', 200, id="a list"),
    ],
)
async def test_webhook_refuses(
    settings: Settings, assistant: Assistant, chat: str, secret: str | None, body: bytes | None, status: int
) -> None:
    async with hooked(settings, assistant) as (fake, _):
        assert await fake.bring(fake.event(chat, QUESTION), secret=secret, body=body) == status
        await fake.bring(fake.event(chat, "/help"))
        assert await fake.replies(chat) == [texts.HELP]


async def test_webhook_before_and_after_the_run(settings: Settings, assistant: Assistant) -> None:
    async with fake_zalo() as fake:
        channel = channel_for(settings, fake, mode="webhook")
        headers = {"x-bot-api-secret-token": zalo_api.webhook_secret(TOKEN)}
        assert await channel.receive(headers, b"{}") == 503
        async with running(channel, fake, assistant, People({}, 9)):
            await until(lambda: channel._intake)
            assert await channel.receive(headers, b"{}") == 200
        assert await channel.receive(headers, b"{}") == 503


# ---- beginning and ending ----


@pytest.mark.parametrize("token", ["1234:wrong", "a/b", "a space in it", "đặt mã vào đây", "?#"])
async def test_refused_token(settings: Settings, assistant: Assistant, caplog: pytest.LogCaptureFixture, token: str) -> None:
    caplog.set_level(logging.DEBUG)
    async with fake_zalo() as fake:
        with pytest.raises(ChannelError, match="THADS_ZALO_TOKEN") as caught:
            await channel_for(settings, fake, token).run(assistant, People({}, 20), asyncio.Event())
        with pytest.raises(ChannelError, match="THADS_ZALO_TOKEN"):
            await channel_for(settings, fake, token).check()
    assert token not in str(caught.value)
    assert token not in caplog.text


async def test_token_is_in_no_log(bot: Bot, chat: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with bot() as fake:
        fake.misbehave("sendMessage", 500)
        fake.misbehave("getUpdates", 500)
        fake.push(chat, QUESTION)
        await fake.replies(chat)
    assert caplog.text
    assert TOKEN not in caplog.text


async def test_zalo_away_at_the_start_is_waited_for(settings: Settings, assistant: Assistant, chat: str) -> None:
    async with fake_zalo() as fake:
        fake.misbehave("getMe", 503, times=3)
        channel = channel_for(settings, fake)
        async with running(channel, fake, assistant, People({}, 9)):
            fake.push(chat, "/help")
            assert await fake.replies(chat) == [texts.HELP]
        assert channel.trouble == ""


async def test_stop_ends_at_once(settings: Settings, assistant: Assistant) -> None:
    async with fake_zalo() as fake:
        stop = asyncio.Event()
        task = asyncio.create_task(channel_for(settings, fake).run(assistant, People({}, 9), stop))
        await until(lambda: any(name == "getUpdates" for name, _ in fake.calls))
        stop.set()
        await asyncio.wait_for(task, 2)


@pytest.mark.parametrize("status", [200, 408])
async def test_empty_poll_of_either_form_is_no_fault(
    settings: Settings, assistant: Assistant, chat: str, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    async with fake_zalo() as fake:
        fake.empty_status = status
        async with running(channel_for(settings, fake), fake, assistant, People({}, 9)):
            await until(lambda: sum(name == "getUpdates" for name, _ in fake.calls) > 3)
            fake.push(chat, "/help")
            await fake.replies(chat)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_check_says_what_the_token_may_do(settings: Settings) -> None:
    async with fake_zalo() as fake:
        line = await channel_for(settings, fake).check()
    assert "bot.ThadsTest" in line
    assert "may join groups" in line


async def test_typing_is_shown_while_an_answer_takes_long_and_its_faults_delay_nothing(
    bot: Bot, settings: Settings, live: LiveKnowledge, database: Database, chat: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.intake.SHORT", 0.1)
    monkeypatch.setattr("bot.channels.intake.SHOWN", 0.1)
    go_on = threading.Event()

    class Slow(Assistant):
        def answer(self, question: Question) -> Answer:
            if "chậm" in question.text:
                go_on.wait(20)
            return super().answer(question)

    def shown(fake: FakeZalo) -> list[str]:
        return [values["chat_id"] for name, values in fake.calls if name == "sendChatAction"]

    async with bot(Slow(settings, live, database, today=lambda: TODAY)) as fake:
        fake.misbehave("sendChatAction", 429, retry_after=60)
        fake.push(chat, "câu hỏi chậm")
        await until(lambda: len(shown(fake)) >= 3)
        go_on.set()
        await fake.replies(chat)
        count = len(shown(fake))
        await asyncio.sleep(0.5)
        assert len(shown(fake)) <= count + 1, "it is shown no more once the answer is there, but for one under way"
        assert set(shown(fake)) == {chat}
