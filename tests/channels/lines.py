"""A line to each channel, so that one test can talk over all of them: what a person writes, and the messages that come back."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
from pydantic import SecretStr

from bot import texts
from bot.assistant import Assistant
from bot.channels import Channel
from bot.channels.http import HooksChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.channels.web import WebChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_oa import ZaloOaChannel
from bot.config import Settings
from bot.people import People
from tests.fakes import telegram as telegrams
from tests.fakes import zalo as zalos
from tests.fakes import zalo_oa as accounts
from tests.fakes.server import until

CHATS = itertools.count(20_000)  # of Telegram: nobody is met again in another test


class Line(Protocol):
    """One channel with people on it; `limit` is the longest message that it can show, None for no limit."""

    limit: int | None

    async def say(self, person: str, text: str) -> list[str]:
        """Write, and wait for all messages that answer."""

    async def say_all(self, said: list[tuple[str, str]]) -> None:
        """Write many things without waiting; `heard` has what came back."""

    def heard(self, person: str) -> list[str]:
        """All messages to a person."""

    async def open_first(self, person: str) -> list[str]:
        """Open the first article that the last answer cites; nothing where a channel shows it by itself."""

    async def choose(self, person: str, number: int) -> list[str]:
        """Choose an option of the last answer, by its button where the channel has one."""

    async def erase(self, person: str) -> None: ...

    def misbehave(self, person: str, kind: int) -> None:
        """The next message to a person meets a fault of the platform, where there is one."""


@dataclass
class Setting:
    """What lines are opened with."""

    settings: Settings
    folder: Path
    patch: pytest.MonkeyPatch
    printed: pytest.CaptureFixture[str]

    def channels(self, secrets: dict[str, str], **sections: dict[str, Any]) -> Settings:
        made = {name: getattr(self.settings.channels, name).model_copy(update=values) for name, values in sections.items()}
        update: dict[str, Any] = {"channels": self.settings.channels.model_copy(update=made)}
        return self.settings.model_copy(update=update | {name: SecretStr(value) for name, value in secrets.items()})


@contextlib.asynccontextmanager
async def running(assistant: Assistant, people: People, *channels: Channel) -> AsyncIterator[None]:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(channel.run(assistant, people, stop)) for channel in channels]
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 60)


@dataclass
class TerminalLine:
    assistant: Assistant
    people: People
    setting: Setting
    messages: list[str]
    limit = None

    async def say(self, person: str, text: str) -> list[str]:
        self.setting.patch.setattr(sys, "stdin", io.StringIO(f"{text}\n"))
        await TerminalChannel().run(self.assistant, self.people, asyncio.Event())
        _, _, printed = self.setting.printed.readouterr().out.partition("kết thúc)\n")
        self.messages.append(printed.strip())
        return [printed.strip()]

    async def say_all(self, said: list[tuple[str, str]]) -> None:
        for person, text in said:
            await self.say(person, text)

    def heard(self, person: str) -> list[str]:
        return self.messages

    async def open_first(self, person: str) -> list[str]:
        return []

    async def choose(self, person: str, number: int) -> list[str]:
        return await self.say(person, str(number))

    async def erase(self, person: str) -> None:
        assert await self.say(person, "/xoa") == [texts.ERASED]

    def misbehave(self, person: str, kind: int) -> None: ...


@dataclass
class WebLine:
    web: httpx.AsyncClient
    messages: dict[str, list[str]]
    limit = None

    async def say(self, person: str, text: str) -> list[str]:
        response = await self.web.post("/api/ask", json={"question": text, "conversation": person})
        body = response.json()
        said = "\n\n".join([body["answer"], *body["warnings"]]) if response.status_code == 200 else body["error"]
        self.messages.setdefault(person, []).append(said)
        return [said]

    async def say_all(self, said: list[tuple[str, str]]) -> None:
        async def one(person: str) -> None:
            for text in (text for other, text in said if other == person):
                await self.say(person, text)

        await asyncio.gather(*(one(person) for person in dict.fromkeys(person for person, _ in said)))

    def heard(self, person: str) -> list[str]:
        return self.messages[person]

    async def open_first(self, person: str) -> list[str]:
        return []

    async def choose(self, person: str, number: int) -> list[str]:
        return await self.say(person, str(number))  # which is what the page's button asks

    async def erase(self, person: str) -> None:
        assert (await self.web.post("/api/erase", json={"conversation": person})).status_code == 200

    def misbehave(self, person: str, kind: int) -> None: ...


class ChatLine:
    """A line to a channel of messages; a picture, which costs no allowance, marks where a reply has ended."""

    limit: int | None

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._read: dict[str, int] = {}

    async def push(self, person: str, text: str) -> None:
        raise NotImplementedError

    async def push_picture(self, person: str) -> None:
        raise NotImplementedError

    def heard(self, person: str) -> list[str]:
        raise NotImplementedError

    async def say(self, person: str, text: str) -> list[str]:
        await self.push(person, text)
        return await self.reply(person)

    async def reply(self, person: str) -> list[str]:
        await self.push_picture(person)
        already = self._read.get(person, 0)
        await until(lambda: texts.OTHER_MESSAGE in self.heard(person)[already:])
        said = self.heard(person)[already:]
        self._read[person] = already + len(said)
        return said[:-1]

    async def say_all(self, said: list[tuple[str, str]]) -> None:
        for person, text in said:
            await self.push(person, text)
        for person in dict.fromkeys(person for person, _ in said):
            await self.push_picture(person)
            await until(lambda person=person: texts.OTHER_MESSAGE in self.heard(person))  # type: ignore[misc]

    async def open_first(self, person: str) -> list[str]:
        return await self.say(person, "1")

    async def choose(self, person: str, number: int) -> list[str]:
        return await self.say(person, str(number))

    async def erase(self, person: str) -> None:
        assert await self.say(person, "/xoa") == [texts.ERASED]


class TelegramLine(ChatLine):
    def __init__(self, fake: telegrams.FakeTelegram) -> None:
        super().__init__(4096)
        self.fake = fake
        self._chats: dict[str, int] = {}

    def _chat(self, person: str) -> int:
        if person not in self._chats:
            self._chats[person] = next(CHATS)
        return self._chats[person]

    async def push(self, person: str, text: str) -> None:
        self.fake.push_text(self._chat(person), text)

    async def push_picture(self, person: str) -> None:
        self.fake.push_media(self._chat(person), "sticker")  # a photo gets a sentence of its own

    def heard(self, person: str) -> list[str]:
        return self.fake.texts(self._chat(person))

    async def open_first(self, person: str) -> list[str]:
        message = next(m for m in reversed(self.fake.sent(self._chat(person))) if "reply_markup" in m)
        before = len(self.heard(person))
        self.fake.push_callback(self._chat(person), next(telegrams.buttons(message))[1], message["message_id"])
        await until(lambda: len(self.heard(person)) > before)  # a press is confirmed before it takes its turn
        return await self.reply(person)

    async def choose(self, person: str, number: int) -> list[str]:
        message = next(m for m in reversed(self.fake.sent(self._chat(person))) if "reply_markup" in m)
        data = next(data for _, data in telegrams.all_buttons(message) if data.startswith("o|") and data.endswith(f"|{number}"))
        before = len(self.heard(person))
        self.fake.push_callback(self._chat(person), data, message["message_id"])
        await until(lambda: len(self.heard(person)) > before)
        return await self.reply(person)

    def misbehave(self, person: str, kind: int) -> None:
        self.fake.misbehave("sendMessage", kind, chat_id=self._chat(person), retry_after=1 if kind == 429 else 0)


class ZaloLine(ChatLine):
    def __init__(self, fake: zalos.FakeZalo) -> None:
        super().__init__(2000)
        self.fake = fake

    async def push(self, person: str, text: str) -> None:
        self.fake.push(person, text)

    async def push_picture(self, person: str) -> None:
        self.fake.push(person, kind="image")

    def heard(self, person: str) -> list[str]:
        return self.fake.texts(person)

    def misbehave(self, person: str, kind: int) -> None:
        self.fake.misbehave("sendMessage", kind, chat=person, retry_after=0.3)


class ZaloOaLine(ChatLine):
    def __init__(self, fake: accounts.FakeZaloOa) -> None:
        super().__init__(2000)
        self.fake = fake

    async def push(self, person: str, text: str) -> None:
        assert await self.fake.push(person, text) == 200

    async def push_picture(self, person: str) -> None:
        assert await self.fake.push(person, name="user_send_image") == 200

    def heard(self, person: str) -> list[str]:
        return self.fake.texts(person)

    async def choose(self, person: str, number: int) -> list[str]:
        assert await self.fake.press(person, number - 1) == 200
        return await self.reply(person)

    def misbehave(self, person: str, kind: int) -> None:
        self.fake.misbehave("send", kind, chat=person, retry_after=0.3)


@contextlib.asynccontextmanager
async def terminal(setting: Setting, assistant: Assistant, people: People) -> AsyncIterator[Line]:
    assistant.erase("terminal")
    yield TerminalLine(assistant, people, setting, [])


@contextlib.asynccontextmanager
async def web(setting: Setting, assistant: Assistant, people: People) -> AsyncIterator[Line]:
    channel = WebChannel(setting.channels({}, web={"host": "127.0.0.1", "port": 0}))
    async with running(assistant, people, channel):
        await asyncio.wait_for(channel.listening.wait(), 20)
        limits = httpx.Limits(keepalive_expiry=1)  # the server ends idle connections after five seconds: before it does
        async with httpx.AsyncClient(base_url=channel.address, trust_env=False, timeout=60, limits=limits) as client:
            yield WebLine(client, {})


@contextlib.asynccontextmanager
async def telegram(setting: Setting, assistant: Assistant, people: People) -> AsyncIterator[Line]:
    async with telegrams.fake_telegram() as fake:
        settings = setting.channels({"telegram_token": telegrams.TOKEN}, telegram={"base_url": fake.base_url})
        async with running(assistant, people, TelegramChannel(settings)):
            yield TelegramLine(fake)


@contextlib.asynccontextmanager
async def zalo(setting: Setting, assistant: Assistant, people: People) -> AsyncIterator[Line]:
    async with zalos.fake_zalo() as fake:
        settings = setting.channels({"zalo_token": zalos.TOKEN}, zalo={"base_url": fake.base_url})
        async with running(assistant, people, ZaloChannel(settings)):
            yield ZaloLine(fake)


@contextlib.asynccontextmanager
async def zalo_oa(setting: Setting, assistant: Assistant, people: People) -> AsyncIterator[Line]:
    async with accounts.fake_zalo_oa() as fake:
        section = {"base_url": fake.address, "oauth_url": f"{fake.address}/v4/oa/access_token", "app_id": accounts.APP_ID}
        settings = setting.channels(
            {
                "zalo_oa_app_secret": accounts.APP_SECRET,
                "zalo_oa_secret": accounts.OA_SECRET,
                "zalo_oa_refresh_token": accounts.FIRST,
            },
            zalo_oa=section | {"tokens": setting.folder / "tokens.json"},
            web={"host": "127.0.0.1", "port": 0},
        )
        channel, server = ZaloOaChannel(settings), HooksChannel(settings)
        server.beside = [channel, server]
        async with running(assistant, people, channel, server):
            await asyncio.wait_for(server.server.listening.wait(), 20)
            await until(lambda: fake.access)
            fake.hook = f"{server.server.address}/webhook/zalo_oa"
            yield ZaloOaLine(fake)


LINES: dict[str, Callable[[Setting, Assistant, People], contextlib.AbstractAsyncContextManager[Line]]] = {
    "terminal": terminal,
    "web": web,
    "telegram": telegram,
    "zalo": zalo,
    "zalo_oa": zalo_oa,
}
