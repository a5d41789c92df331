"""Reminders on each channel: agreed to in a chat, brought to it when due; blocked people, busy platforms, pages that have to ask."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import sys
import time as clock
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot import texts
from bot.assistant import Assistant
from bot.channels import Announcing, Channel, telegram_send
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web import make_app
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_oa import ZaloOaChannel
from bot.config import Settings
from bot.database import Database, now
from bot.delivery import Delivery
from bot.errors import PlatformBusy
from bot.people import People
from bot.reminders import DueDay, in_utc, moment_on
from bot.serve import LiveKnowledge
from tests.channels import conftest as telegram
from tests.channels import test_zalo as zalo
from tests.channels import test_zalo_oa as zalo_oa
from tests.conftest import TODAY
from tests.fakes.server import until
from tests.fakes.telegram import all_buttons, fake_telegram
from tests.fakes.zalo import fake_zalo
from tests.fakes.zalo_oa import WINDOW, fake_zalo_oa

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
WISH = "nhắc tôi trước 3 ngày hạn nộp đơn 25/12/2026"
DUE = in_utc(moment_on(date(2026, 12, 22)))
SAID = ("hạn nộp đơn", "25/12/2026", "còn 3 ngày", "«hủy nhắc»")
CHATS = itertools.count(9001)
PEOPLE = People({}, 10_000)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database("sqlite:///own.sqlite", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def assistant(settings: Settings, live: LiveKnowledge, database: Database) -> Assistant:
    """With a database of its own, on a morning."""
    return Assistant(settings, live, database, today=lambda: TODAY, clock=lambda: time(10))


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram_send, "_PAUSES", ())


@dataclass
class Moment:
    """The clock of a delivery."""

    now: datetime = DUE

    def __call__(self) -> datetime:
        return self.now


@contextlib.asynccontextmanager
async def at_work(channel: Channel, assistant: Assistant, ready: Callable[[], object]) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(channel.run(assistant, PEOPLE, stop))
    try:
        await until(lambda: ready() or task.done())
        yield
    finally:
        stop.set()
        await asyncio.wait_for(task, 60)


# ---- Telegram ----


@dataclass
class OnTelegram:
    fake: Any
    channel: TelegramChannel
    moment: Moment
    delivery: Delivery
    chat: int

    async def agree(self) -> None:
        self.fake.push_text(self.chat, WISH)
        await self.fake.replies(self.chat)
        self.fake.push_text(self.chat, "ok")
        await self.fake.replies(self.chat, 2)


@pytest.fixture
async def on_telegram(settings: Settings, assistant: Assistant) -> AsyncIterator[OnTelegram]:
    async with fake_telegram() as fake:
        channel, moment = telegram.channel_for(settings, fake.base_url), Moment()
        async with at_work(channel, assistant, lambda: channel._running):
            yield OnTelegram(fake, channel, moment, Delivery(assistant.reminders.rows, [channel], moment), next(CHATS))


async def test_telegram(on_telegram: OnTelegram) -> None:
    await on_telegram.agree()
    on_telegram.moment.now -= timedelta(minutes=1)
    await on_telegram.delivery.look()
    assert len(on_telegram.fake.sent(on_telegram.chat)) == 2
    on_telegram.moment.now += timedelta(minutes=1)
    await on_telegram.delivery.look()
    await on_telegram.delivery.look()
    *_, last = on_telegram.fake.texts(on_telegram.chat)
    assert len(on_telegram.fake.sent(on_telegram.chat)) == 3
    assert all(part in last for part in SAID)


async def test_telegram_shows_what_a_person_wrote_as_it_is(on_telegram: OnTelegram, assistant: Assistant) -> None:
    fake, chat = on_telegram.fake, on_telegram.chat
    fake.push_text(chat, "nhắc tôi trước 3 ngày hạn nộp <b>đơn</b> & tiền 25/12/2026")
    await fake.replies(chat)
    fake.push_text(chat, "đồng ý")
    await fake.replies(chat, 2)
    await on_telegram.delivery.look()
    assert "hạn nộp <b>đơn</b> & tiền" in fake.texts(chat)[-1]


async def test_telegram_agreed_by_a_button(on_telegram: OnTelegram, assistant: Assistant) -> None:
    fake, chat = on_telegram.fake, on_telegram.chat
    fake.push_text(chat, WISH)
    (asked,) = await fake.replies(chat)
    fake.push_callback(chat, dict(all_buttons(asked))["Đồng ý"], asked["message_id"])
    await fake.replies(chat, 2)
    assert [kept.about.what for kept in assistant.reminders.rows.of(f"telegram:{chat}")] == ["hạn nộp đơn"]


async def test_telegram_blocked(on_telegram: OnTelegram, assistant: Assistant) -> None:
    await on_telegram.agree()
    on_telegram.fake.block(on_telegram.chat)
    await on_telegram.delivery.look()
    assert assistant.reminders.rows.of(f"telegram:{on_telegram.chat}") == []
    calls = len(on_telegram.fake.calls)
    on_telegram.moment.now += timedelta(days=1)
    await on_telegram.delivery.look()
    assert [name for name, _ in on_telegram.fake.calls[calls:] if name == "sendMessage"] == []


@pytest.mark.parametrize("status", [429, 500, 502])
async def test_telegram_busy(on_telegram: OnTelegram, assistant: Assistant, status: int) -> None:
    await on_telegram.agree()
    on_telegram.fake.misbehave("sendMessage", status, times=4, chat_id=on_telegram.chat)  # the library tries 429 again by itself
    await on_telegram.delivery.look()
    (kept,) = assistant.reminders.rows.of(f"telegram:{on_telegram.chat}")
    assert kept.tries == 1
    on_telegram.fake._faults.clear()
    on_telegram.moment.now = kept.next_try
    await on_telegram.delivery.look()
    assert SAID[0] in on_telegram.fake.texts(on_telegram.chat)[-1]
    assert assistant.reminders.rows.of(f"telegram:{on_telegram.chat}") == []


async def test_telegram_group_takes_its_reminders_along(on_telegram: OnTelegram, assistant: Assistant) -> None:
    """A group gets a new number between the wish and its day; both updates of the move come."""
    fake, old = on_telegram.fake, -on_telegram.chat
    new = -1_000_000_000 + old
    fake.push_text(old, f"@ThadsTestBot {WISH}", kind="group")
    await fake.replies(old)
    fake.push_text(old, "@ThadsTestBot đồng ý", kind="group")
    await fake.replies(old, 2)
    fake.migrate(old, new)
    rows = assistant.reminders.rows
    await until(lambda: rows.of(f"telegram:{new}"))
    fake._push_message(new, "supergroup", {"migrate_from_chat_id": old}, 1)
    fake.push_text(new, "/help@ThadsTestBot", kind="supergroup")
    await fake.replies(new)
    await on_telegram.delivery.look()
    assert SAID[0] in fake.texts(new)[-1]
    assert rows.of(f"telegram:{old}") == []


# ---- Zalo ----


@pytest.mark.parametrize(
    ("fault", "tries"),
    [
        pytest.param(None, [], id="well"),
        pytest.param(429, [1], id="429"),
        pytest.param(500, [1], id="500"),
        pytest.param(401, [1], id="its own token"),
    ],
)
async def test_zalo(settings: Settings, assistant: Assistant, fault: int | None, tries: list[int]) -> None:
    rows, moment, chat = assistant.reminders.rows, Moment(), f"z{next(CHATS)}"
    async with fake_zalo() as fake:
        channel: ZaloChannel = zalo.channel_for(settings, fake)
        async with at_work(channel, assistant, lambda: channel._api):
            for number, text in enumerate((WISH, "1"), 1):
                fake.push(chat, text)
                await fake.replies(chat, number)
            delivery = Delivery(rows, [channel], moment)
            if fault:
                fake.misbehave("sendMessage", fault)
            await delivery.look()
            assert [kept.tries for kept in rows.of(f"zalo:{chat}")] == tries
            moment.now += timedelta(minutes=1)
            await delivery.look()
            assert [text for text in fake.texts(chat)[2:] if all(part in text for part in SAID)] == fake.texts(chat)[2:]
            assert len(fake.texts(chat)) == 3


async def test_zalo_blocked(settings: Settings, assistant: Assistant) -> None:
    rows, chat = assistant.reminders.rows, f"z{next(CHATS)}"
    rows.add(f"zalo:{chat}", DueDay(date(2026, 12, 25), "hạn nộp đơn"), DUE, DUE)
    async with fake_zalo() as fake:
        channel: ZaloChannel = zalo.channel_for(settings, fake)
        async with at_work(channel, assistant, lambda: channel._api):
            fake.event(chat)
            fake.block(chat)
            await Delivery(rows, [channel], Moment()).look()
    assert rows.of(f"zalo:{chat}") == []


@contextlib.asynccontextmanager
async def account(settings: Settings, assistant: Assistant, folder: Path) -> AsyncIterator[tuple[Any, ZaloOaChannel]]:
    async with fake_zalo_oa() as fake:
        channel = zalo_oa.channel_for(settings, fake, folder)
        async with zalo_oa.running(settings, channel, fake, assistant, PEOPLE):
            yield fake, channel


async def test_zalo_account_within_its_hours(settings: Settings, assistant: Assistant, tmp_path: Path) -> None:
    person = f"oa{next(CHATS)}"
    async with account(settings, assistant, tmp_path) as (fake, channel):
        for number, text in enumerate((WISH, "đồng ý"), 1):
            await fake.push(person, text)
            await fake.replies(person, number)
        rows = assistant.reminders.rows
        heard = rows.last_heard(rows.of(f"zalo_oa:{person}")[0])
        rows.add(f"zalo_oa:{person}", DueDay(date(2026, 12, 30), "hạn nộp tiền"), heard + timedelta(hours=40), heard)
        await Delivery(rows, [channel], Moment(heard + timedelta(hours=40))).look()
        assert "hạn nộp tiền" in fake.texts(person)[-1]


@pytest.mark.parametrize("asks", [True, False], ids=["Zalo refuses", "the hours are over by our own clock"])
async def test_zalo_account_after_its_hours(settings: Settings, assistant: Assistant, tmp_path: Path, asks: bool) -> None:
    """What could not be sent stands before the reply to the person's next message, once."""
    person, moment = f"oa{next(CHATS)}", now()
    name, rows = f"zalo_oa:{person}", assistant.reminders.rows
    made = moment if asks else moment - timedelta(seconds=WINDOW + 60)
    rows.add(name, DueDay(TODAY + timedelta(days=3), "hạn nộp đơn"), in_utc(moment_on(TODAY)), made)
    async with account(settings, assistant, tmp_path) as (fake, channel):
        fake.event(person, "chào", at=clock.time() - WINDOW - 60)
        await Delivery(rows, [channel], Moment(moment)).look()
        assert (fake.texts(person), fake.refusals) == ([], [-230] if asks else [])
        await fake.push(person, "xin chào")
        reminder, reply = await fake.replies(person, 2)
        await fake.push(person, "cảm ơn")
        *_, thanks = await fake.replies(person, 3)
    assert all(part in reminder for part in ("hạn nộp đơn", "còn 3 ngày"))
    assert (reply, thanks) == (texts.GREETING, texts.THANKS)


async def test_zalo_account_that_is_left_is_forgotten(settings: Settings, assistant: Assistant, tmp_path: Path) -> None:
    person = f"oa{next(CHATS)}"
    rows = assistant.reminders.rows
    rows.add(f"zalo_oa:{person}", DueDay(date(2026, 12, 25), "hạn nộp đơn"), DUE, DUE)
    async with account(settings, assistant, tmp_path) as (fake, _):
        await fake.bring(fake.event(person, name="unfollow"))
        await until(lambda: not rows.of(f"zalo_oa:{person}"))


@pytest.mark.parametrize("kind", [TelegramChannel, ZaloChannel, ZaloOaChannel])
async def test_a_channel_that_is_down_is_tried_later(settings: Settings, kind: Callable[[Settings], Announcing]) -> None:
    with pytest.raises(PlatformBusy):
        await kind(settings).announce("1", "nhắc")


# ---- those who have to ask ----


def test_web(settings: Settings, assistant: Assistant) -> None:
    rows, about = assistant.reminders.rows, DueDay(TODAY + timedelta(days=3), "hạn nộp đơn")
    rows.add("web:mine", about, in_utc(moment_on(TODAY)), DUE)
    rows.add("web:mine", about, in_utc(moment_on(TODAY + timedelta(days=1))), DUE)
    rows.add("web:other", about, in_utc(moment_on(TODAY)), DUE)
    web = TestClient(make_app(assistant, PEOPLE, settings))

    def due(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = web.get("/api/reminders", params={"conversation": name}).json()["reminders"]
        return found

    (mine,) = due("mine")
    assert all(part in mine["text"] for part in ("hạn nộp đơn", "còn 3 ngày"))
    assert due("mine") == [mine], "until it was seen"
    assert web.post("/api/reminders", json={"conversation": "other", "seen": [mine["id"]]}).status_code == 200
    assert due("mine") == [mine], "seen by another conversation"
    assert web.post("/api/reminders", json={"conversation": "mine", "seen": [mine["id"]]}).json() == {"kept": True}
    assert (due("mine"), len(due("other")), due("nobody")) == ([], 1, [])
    web.post("/api/erase", json={"conversation": "other"})
    assert due("other") == []


@pytest.mark.parametrize(
    ("call", "status"),
    [
        pytest.param({"method": "GET"}, 400, id="no conversation"),
        pytest.param({"method": "GET", "params": {"conversation": "telegram:1"}}, 400, id="a name of another channel"),
        pytest.param({"method": "POST", "json": {"conversation": "a"}}, 400, id="nothing seen"),
        pytest.param({"method": "POST", "json": {"conversation": "a", "seen": ["1"]}}, 400, id="words for numbers"),
        pytest.param({"method": "POST", "json": {"seen": [1]}}, 400, id="seen by nobody"),
        pytest.param({"method": "PUT"}, 405, id="another verb"),
    ],
)
def test_web_refuses(settings: Settings, assistant: Assistant, call: dict[str, Any], status: int) -> None:
    reply = TestClient(make_app(assistant, PEOPLE, settings)).request(url="/api/reminders", **call)
    assert reply.status_code == status
    assert reply.json()["error"]


def test_web_allowance(settings: Settings, assistant: Assistant) -> None:
    web = TestClient(make_app(assistant, People({}, 2), settings))
    statuses = [web.get("/api/reminders", params={"conversation": "a"}).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_web_answer_carries_the_choice(settings: Settings, assistant: Assistant) -> None:
    web = TestClient(make_app(assistant, PEOPLE, settings))
    asked = web.post("/api/ask", json={"question": WISH, "conversation": "chosen"}).json()
    assert asked["options"] == ["Đồng ý", "Không"]
    web.post("/api/ask", json={"question": "1", "conversation": "chosen"})
    assert [kept.about.what for kept in assistant.reminders.rows.of("web:chosen")] == ["hạn nộp đơn"]


async def test_terminal(assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Shown once, at the beginning of the next chat."""
    assistant.reminders.rows.add("terminal", DueDay(TODAY, "hạn nộp đơn"), in_utc(moment_on(TODAY)), DUE)
    for shown in (True, False):
        monkeypatch.setattr(sys, "stdin", io.StringIO(""))
        await TerminalChannel().run(assistant, PEOPLE, asyncio.Event())
        assert ("hôm nay là ngày cuối" in capsys.readouterr().out) == shown
