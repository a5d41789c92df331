"""A Zalo Bot API on loopback that enforces what Zalo documents, with chats that tests write into and faults that they ask for."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.server import Fault, Faults, fault_reply, json_of, serving, until

TOKEN = "1234567890123456789:FakeZaloTokenForTestsOnly-abcdefgh"
BOT = {"id": "1459232241454765289", "account_name": "bot.ThadsTest", "account_type": "BASIC", "can_join_groups": True}
POLL = 0.2  # the longest that getUpdates holds on, whatever the bot asks for
KINDS = ("text", "image", "sticker", "voice", "unsupported")
KNOWN = {
    "getMe": set(),
    "getUpdates": {"timeout"},
    "getWebhookInfo": set(),
    "setWebhook": {"url", "secret_token"},
    "deleteWebhook": set(),
    "sendMessage": {"chat_id", "text", "parse_mode", "text_styles"},
    "sendChatAction": {"chat_id", "action"},
}


class Refusal(Exception):
    """What the API answers instead of a result; Zalo says so in the body, the status stays 200."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


@dataclass
class FakeZalo:
    """One bot account and the chats in which people wrote to it."""

    base_url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    outbox: list[tuple[str, str]] = field(default_factory=list)  # chat and text, in the order of arrival
    written: Counter[str] = field(default_factory=Counter)  # messages of the bot, by who got them
    webhook: str = ""
    secret: str = ""
    forward: str = ""  # where the host of the webhook's address is in this test
    delivered: list[tuple[int, float]] = field(default_factory=list)  # status and seconds of each delivery by webhook
    empty_status: int = 200  # of an empty getUpdates, which says 408 in its body: both were seen
    sounds: dict[str, bytes] = field(default_factory=dict)  # what people spoke, by the name of its file
    _updates: list[Any] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _chats: set[str] = field(default_factory=set)
    _blocked: set[str] = field(default_factory=set)
    _faults: Faults = field(default_factory=Faults)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    # what tests do

    def event(self, chat: str, text: str = "", *, kind: str = "text", group: bool = False, person: str = "") -> dict[str, Any]:
        """What Zalo tells of a message."""
        assert kind in KINDS
        self._chats.add(chat)
        message = {
            "from": {"id": person or chat, "display_name": "Lan", "is_bot": False},
            "chat": {"id": chat, "chat_type": "GROUP" if group else "PRIVATE"},
            "message_id": f"{next(self._numbers):020x}",
            "date": int(time.time() * 1000),
        }
        content = {
            "text": {"text": text},
            "image": {"photo": "https://x/y.jpg"},
            "sticker": {"sticker": "s"},
            "voice": {"voice_url": f"{self.base_url.removesuffix('/bot')}/voices/v.aac"},
        }
        return {"event_name": f"message.{kind}.received", "message": message | content.get(kind, {})}

    def push(self, chat: str, text: str = "", *, times: int = 1, **how: Any) -> dict[str, Any]:
        """Someone writes; `times` is how often it is told of."""
        event = self.event(chat, text, **how)
        self.push_raw(*[event] * times)
        return event

    def push_raw(self, *events: Any) -> None:
        """Anything at all, as an update."""
        self._updates += events
        self._news.set()

    async def bring(self, payload: Any, *, secret: str | None = None, body: bytes | None = None) -> int:
        """Bring one event to the webhook, as Zalo does; gives the status of the reply."""
        assert self.webhook.startswith("https://"), "no webhook is registered"
        address = f"{self.forward}/{self.webhook.partition('://')[2].partition('/')[2]}"
        headers = {"X-Bot-Api-Secret-Token": self.secret if secret is None else secret, "Content-Type": "application/json"}
        started = time.perf_counter()
        async with httpx.AsyncClient(trust_env=False, timeout=30) as web:
            sent = {"json": {"ok": True, "result": payload}} if body is None else {"content": body}
            response = await web.post(address, headers=headers, **sent)  # type: ignore[arg-type]
        self.delivered.append((response.status_code, time.perf_counter() - started))
        return response.status_code

    def texts(self, chat: str) -> list[str]:
        return [text for to, text in self.outbox if to == chat]

    async def replies(self, chat: str, count: int = 1) -> list[str]:
        await until(lambda: len(self.texts(chat)) >= count)
        return self.texts(chat)

    def block(self, chat: str) -> None:
        self._blocked.add(chat)

    def misbehave(
        self,
        method: str,
        kind: int | str,
        *,
        times: int = 1,
        chat: str | None = None,
        retry_after: float = 0,
        after: bool = False,
    ) -> None:
        self._faults.waiting.append(Fault(method, kind, times, chat, retry_after, after))

    # what the bot does

    async def respond(self, request: Request) -> Response:
        name = request.path_params["method"]
        values = await json_of(request)
        try:
            if request.path_params["token"] != TOKEN:
                raise Refusal(401, "Unauthorized")
            if name not in KNOWN:
                raise Refusal(404, "Not Found")
            if unknown := set(values) - KNOWN[name]:
                raise Refusal(400, f"this fake does not know {sorted(unknown)}")
            self.calls.append((name, values))
            fault = self._faults.next(name, str(values.get("chat_id")))
            if fault and not fault.after:
                return await fault_reply(fault)
            result = await getattr(self, f"_{name}")(**values)
            if fault:
                return await fault_reply(fault)
        except Refusal as refusal:
            status = self.empty_status if refusal.code == 408 else 200
            return JSONResponse({"ok": False, "error_code": refusal.code, "description": refusal.description}, status)
        return JSONResponse({"ok": True} | ({} if result is None else {"result": result}))

    async def sound(self, request: Request) -> Response:
        """A file of what was spoken, which anybody who knows its address may fetch."""
        found = self.sounds.get(request.path_params["name"])
        return Response(found) if found is not None else Response(status_code=404)

    async def _getMe(self) -> dict[str, Any]:
        return BOT

    async def _getUpdates(self, **values: int) -> Any:
        """One event, and nothing at all while a webhook is registered."""
        if not self._updates or self.webhook:
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(values.get("timeout", 30), POLL))
        if not self._updates or self.webhook:
            raise Refusal(408, "Request timeout")
        return self._updates.pop(0)

    async def _setWebhook(self, url: str = "", secret_token: str = "") -> dict[str, Any]:
        if not url.startswith("https://"):
            raise Refusal(400, "Bad Request: url must begin with https://")
        if not 8 <= len(secret_token) <= 256:
            raise Refusal(400, "Bad Request: secret_token must have 8 to 256 characters")
        self.webhook, self.secret = url, secret_token
        return {"url": url, "updated_at": int(time.time() * 1000)}

    async def _deleteWebhook(self) -> dict[str, Any]:
        self.webhook = self.secret = ""
        return {"url": "", "updated_at": int(time.time() * 1000)}

    async def _getWebhookInfo(self) -> dict[str, Any]:
        return {"url": self.webhook, "updated_at": int(time.time() * 1000)}

    async def _sendMessage(self, chat_id: Any = None, text: Any = None) -> dict[str, Any]:
        if not isinstance(chat_id, str) or chat_id not in self._chats:
            raise Refusal(400, "Bad Request: chat not found")
        if not isinstance(text, str) or not 1 <= len(text) <= 2000 or not text.strip():
            raise Refusal(400, "Bad Request: text must have 1 to 2000 characters")
        if chat_id in self._blocked:
            raise Refusal(403, "Forbidden: the user blocked the bot")
        self.outbox.append((chat_id, text))
        self.written[chat_id] += 1
        return {"message_id": f"b{len(self.outbox)}", "date": int(time.time() * 1000)}

    async def _sendChatAction(self, chat_id: Any = None, action: str = "") -> None:
        if action != "typing":
            raise Refusal(400, "Bad Request: action must be typing")


@contextlib.asynccontextmanager
async def fake_zalo() -> AsyncIterator[FakeZalo]:
    """The fake, listening on a free port of this machine."""
    fake = FakeZalo()
    routes = [Route("/bot{token}/{method}", fake.respond, methods=["POST"]), Route("/voices/{name}", fake.sound)]
    async with serving(Starlette(routes=routes)) as address:
        fake.base_url = f"{address}/bot"
        yield fake
