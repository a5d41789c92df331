"""A line to each channel for the fuzz: the channel runs for real, before the fake of its platform on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import random
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from bot.assistant import Assistant
from bot.channels import Channel
from bot.channels.http import HooksChannel
from bot.config import Settings
from bot.people import People
from tests.fakes import telegram as telegrams
from tests.fakes import zalo as zalos
from tests.fakes import zalo_oa as accounts
from tests.fakes.server import until

LIMITS = httpx.Limits(keepalive_expiry=1)  # the server ends idle connections after five seconds: before it does
DATA = (
    "a|106-2025-qh15|36",
    "a|x|",
    "m|AAAA-BBBB-CCCC",
    "+|AAAA-BBBB-CCCC",
    "-|",
    "?|x|w",
    "o|AAAA-BBBB-CCCC|1",
    "",
    "|",
    "z",
)  # of buttons


@dataclass
class Line:
    """How messages reach one channel: `whole` makes a text of a person, `send` brings bytes and gives the status of the reply.

    `other` makes something else that comes in, where there is anything else.
    """

    whole: Callable[[str, str], Any]
    send: Callable[[bytes], Any]
    replies: Callable[[str], int]
    ended: Callable[[], bool]
    other: Callable[[random.Random, str], Any] | None = None


def changed(settings: Settings, secrets: dict[str, str], **sections: dict[str, Any]) -> Settings:
    made = {name: getattr(settings.channels, name).model_copy(update=values) for name, values in sections.items()}
    update: dict[str, Any] = {"channels": settings.channels.model_copy(update=made)}
    return settings.model_copy(update=update | {name: SecretStr(value) for name, value in secrets.items()})


@contextlib.asynccontextmanager
async def running(assistant: Assistant, *channels: Channel) -> AsyncIterator[Callable[[], bool]]:
    """The channels; gives whether one of them has ended by itself."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(channel.run(assistant, People({}, 10**6), stop)) for channel in channels]
    try:
        yield lambda: any(task.done() for task in tasks)
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 90)


@contextlib.asynccontextmanager
async def hooked(
    settings: Settings, assistant: Assistant, channel: Any
) -> AsyncIterator[tuple[httpx.AsyncClient, Callable[[], bool]]]:
    """A channel that is brought its messages, behind the server of the webhooks."""
    server = HooksChannel(changed(settings, {}, web={"host": "127.0.0.1", "port": 0}))
    server.beside = [channel]
    async with running(assistant, channel, server) as ended:
        await asyncio.wait_for(server.server.listening.wait(), 20)
        async with httpx.AsyncClient(base_url=server.server.address, trust_env=False, timeout=60, limits=LIMITS) as web:
            yield web, ended


async def brought(web: httpx.AsyncClient, path: str, raw: bytes, headers: dict[str, str]) -> int:
    """Bring one message, as platforms do: again while there is no room for it."""
    for _ in range(100):
        response = await posted(web, path, raw, headers)
        if response is None or response.status_code != 503:
            return response.status_code if response else 413
        await asyncio.sleep(0.1)
    return 503


async def posted(web: httpx.AsyncClient, path: str, raw: bytes, headers: dict[str, str]) -> httpx.Response | None:
    """The reply, None when none can be had: what is far too long is refused before it has been read, and the connection ended."""
    for _ in range(3):
        with contextlib.suppress(httpx.ReadError, httpx.WriteError, httpx.RemoteProtocolError):
            return await web.post(path, content=raw, headers=headers)
    return None


@contextlib.asynccontextmanager
async def telegram(settings: Settings, assistant: Assistant, folder: Path) -> AsyncIterator[Line]:
    from bot.channels.telegram import HOOK, TelegramChannel

    async with telegrams.fake_telegram() as fake:
        public = {"web": {"public_url": "https://thads.example.vn"}}
        own = changed(
            settings, {"telegram_token": telegrams.TOKEN}, telegram={"base_url": fake.base_url, "mode": "webhook"}, **public
        )
        chats: dict[str, int] = {}
        channel = TelegramChannel(own)
        channel.pace = {
            "overall_max_rate": 0,
            "group_max_rate": 0,
        }  # the fake takes any number; how the bot keeps the pace has tests of its own

        def whole(person: str, text: str) -> Any:
            chats[person] = 1000 + len(chats)
            fake.push_text(chats[person], text or " ")
            return fake._updates.pop()

        def replies(person: str) -> int:
            return fake.written[chats[person]]

        def other(chance: random.Random, person: str) -> Any:
            """A pressed button, something typed behind the bot's name, an edit, a recording, a picture."""
            chats[person] = chat = 1000 + len(chats)
            number = fake.push_text(chat, "Điều 36")
            made: list[Callable[[], object]] = [
                lambda: fake.push_callback(chat, chance.choice(DATA), number),
                lambda: fake.push_inline(chat, "điều 36"),
                lambda: fake.edit_text(chat, number, "Điều 37"),
                lambda: fake.push_media(chat, chance.choice(["voice", "photo", "sticker", "document"]), caption="điều 36"),
            ]
            chance.choice(made)()
            update = fake._updates.pop()
            fake._updates.clear()
            return update

        async with hooked(own, assistant, channel) as (web, ended):
            await until(lambda: fake.webhook)
            headers = {"X-Telegram-Bot-Api-Secret-Token": fake.webhook["secret_token"]}

            async def send(raw: bytes) -> int:
                return await brought(web, HOOK, raw, headers)

            yield Line(whole, send, replies, ended, other)


@contextlib.asynccontextmanager
async def zalo(settings: Settings, assistant: Assistant, folder: Path) -> AsyncIterator[Line]:
    from bot.channels.zalo import HOOK, ZaloChannel

    async with zalos.fake_zalo() as fake:
        public = {"web": {"public_url": "https://thads.example.vn"}}
        own = changed(settings, {"zalo_token": zalos.TOKEN}, zalo={"base_url": fake.base_url, "mode": "webhook"}, **public)
        async with hooked(own, assistant, ZaloChannel(own)) as (web, ended):
            await until(lambda: fake.secret)

            async def send(raw: bytes) -> int:
                return await brought(web, HOOK, raw, {"X-Bot-Api-Secret-Token": fake.secret})

            def whole(person: str, text: str) -> Any:
                return {"ok": True, "result": fake.event(person, text)}

            def other(chance: random.Random, person: str) -> Any:
                return {
                    "ok": True,
                    "result": fake.event(person, kind=chance.choice(["voice", "image", "sticker", "unsupported"])),
                }

            yield Line(whole, send, lambda person: fake.written[person], ended, other)


@contextlib.asynccontextmanager
async def zalo_oa(settings: Settings, assistant: Assistant, folder: Path) -> AsyncIterator[Line]:
    from bot.channels.zalo_oa import HOOK, ZaloOaChannel

    async with accounts.fake_zalo_oa() as fake:
        section = {"base_url": fake.address, "oauth_url": f"{fake.address}/v4/oa/access_token", "app_id": accounts.APP_ID}
        secrets = {"zalo_oa_app_secret": accounts.APP_SECRET, "zalo_oa_secret": accounts.OA_SECRET}
        own = changed(
            settings, secrets | {"zalo_oa_refresh_token": accounts.FIRST}, zalo_oa=section | {"tokens": folder / "tokens.json"}
        )
        async with hooked(own, assistant, ZaloOaChannel(own)) as (web, ended):

            async def send(raw: bytes) -> int:  # signed whatever it holds, so that what is broken gets past the door
                headers = {"X-ZEvent-Signature": f"mac={accounts.signature(raw, '1')}", "X-ZEvent-Timestamp": "1"}
                return await brought(web, HOOK, raw, headers)

            def other(chance: random.Random, person: str) -> Any:
                return fake.event(person, name=chance.choice(["user_send_audio", "user_send_image", "follow", "unfollow"]))

            yield Line(fake.event, send, lambda person: fake.written[person], ended, other)


@contextlib.asynccontextmanager
async def web(settings: Settings, assistant: Assistant, folder: Path) -> AsyncIterator[Line]:
    from bot.channels.web import WebChannel

    channel = WebChannel(changed(settings, {}, web={"host": "127.0.0.1", "port": 0}))
    done: dict[str, int] = {}
    async with running(assistant, channel) as ended:
        await asyncio.wait_for(channel.listening.wait(), 20)
        async with httpx.AsyncClient(base_url=channel.address, trust_env=False, timeout=60, limits=LIMITS) as client:

            async def send(raw: bytes) -> int:
                response = await posted(client, "/api/ask", raw, {"Content-Type": "application/json"})
                if response is None:
                    return 413
                if response.status_code == 200:
                    with contextlib.suppress(ValueError, KeyError, TypeError):
                        person = json.loads(raw)["conversation"]
                        done[person] = done.get(person, 0) + bool(response.json()["answer"])
                return response.status_code

            def whole(person: str, text: str) -> Any:
                return {"question": text, "conversation": person, "role": "citizen", "as_of": "2026-11-23"}

            yield Line(whole, send, lambda person: done.get(person, 0), ended)


@contextlib.asynccontextmanager
async def terminal(settings: Settings, assistant: Assistant, folder: Path) -> AsyncIterator[Line]:
    """The keyboard has no fields to break: a line is what was asked, or bytes of any sort."""
    from bot.channels.terminal import TerminalChannel

    persons: dict[str, str] = {}  # who typed a line
    done: dict[str, int] = {}
    turn = asyncio.Lock()

    def whole(person: str, text: str) -> Any:
        typed = " ".join(f"{text} {person}".split())
        persons[typed] = person
        return typed

    async def send(raw: bytes) -> int:
        line = raw
        with contextlib.suppress(ValueError, RecursionError):
            line = str(json.loads(raw)).encode("utf-8", "replace")
        async with turn:
            old, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(line + b"\n"), encoding="utf-8")
            out = io.StringIO()
            try:
                with contextlib.redirect_stdout(out):
                    await TerminalChannel().run(assistant, People({}, 1), asyncio.Event())
            finally:
                sys.stdin = old
        said = line.decode("utf-8", "replace").strip()
        if said in persons and out.getvalue().partition("kết thúc)\n")[2].strip():
            done[persons[said]] = done.get(persons[said], 0) + 1
        return 200

    yield Line(whole, send, lambda person: done.get(person, 0), lambda: False)


LINES: dict[str, Callable[[Settings, Assistant, Path], contextlib.AbstractAsyncContextManager[Line]]] = {
    "terminal": terminal,
    "web": web,
    "telegram": telegram,
    "zalo": zalo,
    "zalo_oa": zalo_oa,
}
