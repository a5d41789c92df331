"""A Zalo OpenAPI on loopback: single-use refresh tokens, signed events, and the hours in which a reply is free."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.fakes.server import Fault, Faults, fault_reply, json_of, serving, until

APP_ID = "2553928453557884079"
APP_SECRET = "app-secret-for-tests"
OA_SECRET = "oa-secret-for-tests"
FIRST = "refresh-0-for-tests"
FREE = 8  # replies to one message
WINDOW = 48 * 3600  # seconds in which they are free


def signature(body: bytes, moment: str, secret: str = OA_SECRET) -> str:
    """What Zalo signs an event with: a plain digest of application, body, moment and secret."""
    return hashlib.sha256(APP_ID.encode() + body + moment.encode() + secret.encode()).hexdigest()


@dataclass
class FakeZaloOa:
    """One account, its application, its tokens and those who write to it."""

    address: str = ""
    calls: list[tuple[str, Any]] = field(default_factory=list)
    outbox: list[tuple[str, str]] = field(default_factory=list)  # person and text, in the order of arrival
    written: Counter[str] = field(default_factory=Counter)  # messages of the bot, by who got them
    hook: str = ""  # the webhook's address in this test
    delivered: list[tuple[int, float]] = field(default_factory=list)  # status and seconds of each delivery
    lasts: int = 90_000  # seconds that an access token holds
    refresh: str = FIRST  # the one refresh token that is good
    spent: list[str] = field(default_factory=list)
    access: str = ""
    refusals: list[int] = field(default_factory=list)
    sounds: dict[str, bytes] = field(default_factory=dict)  # what people spoke, by the name of its file
    takes_buttons: bool = True
    buttons: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # under the newest message to a person that has any
    _wrote: dict[str, tuple[float, int]] = field(default_factory=dict)  # person -> when, and the replies since
    _left: set[str] = field(default_factory=set)
    _faults: Faults = field(default_factory=Faults)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    # what tests do

    def event(self, person: str, text: str = "", *, name: str = "user_send_text", at: float | None = None) -> dict[str, Any]:
        moment = time.time() if at is None else at
        event: dict[str, Any] = {"app_id": APP_ID, "event_name": name, "timestamp": str(int(moment * 1000))}
        if name in ("follow", "unfollow"):
            (self._left.discard if name == "follow" else self._left.add)(person)
            self._wrote[person] = (moment, 0)
            return event | {"follower": {"id": person}, "oa_id": "oa", "source": "oa"}
        if name.startswith("user_send"):
            self._wrote[person] = (moment, 0)
        message: dict[str, Any] = {"msg_id": f"{next(self._numbers):020x}"} | ({"text": text} if name == "user_send_text" else {})
        if name == "user_send_audio":
            message["attachments"] = [{"type": "audio", "payload": {"url": f"{self.address}/voices/v.aac"}}]
        return event | {"sender": {"id": person}, "recipient": {"id": "oa"}, "message": message}

    async def bring(
        self,
        event: Any,
        *,
        secret: str = OA_SECRET,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        times: int = 1,
    ) -> int:
        """Bring one event to the webhook, signed as Zalo does; gives the status of the last reply."""
        raw = json.dumps(event, ensure_ascii=False).encode() if body is None else body
        moment = str(event.get("timestamp", "")) if isinstance(event, dict) else ""
        status = 0
        async with httpx.AsyncClient(trust_env=False, timeout=30) as web:
            for _ in range(times):
                started = time.perf_counter()
                signed = (
                    {"X-ZEvent-Signature": f"mac={signature(raw, moment, secret)}", "Content-Type": "application/json"}
                    if headers is None
                    else headers
                )
                status = (await web.post(self.hook, content=raw, headers=signed)).status_code
                self.delivered.append((status, time.perf_counter() - started))
        return status

    async def push(self, person: str, text: str = "", **how: Any) -> int:
        return await self.bring(self.event(person, text, **how))

    async def press(self, person: str, place: int) -> int:
        """Someone presses a button, which writes its payload for them."""
        return await self.push(person, self.buttons[person][place]["payload"])

    def texts(self, person: str) -> list[str]:
        return [text for to, text in self.outbox if to == person]

    async def replies(self, person: str, count: int = 1) -> list[str]:
        await until(lambda: len(self.texts(person)) >= count)
        return self.texts(person)

    def end_access(self) -> None:
        """The access token ends before its time."""
        self.access = "ended"

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

    async def token(self, request: Request) -> Response:
        form = {key: values[0] for key, values in parse_qs((await request.body()).decode()).items()}
        self.calls.append(("token", form))
        fault = self._faults.next("token", None)
        if fault and not fault.after:
            return await fault_reply(fault)
        if request.headers.get("secret_key") != APP_SECRET or form.get("app_id") != APP_ID:
            return JSONResponse({"error": -14002, "error_name": "Invalid secret key"})
        if form.get("grant_type") != "refresh_token" or form.get("refresh_token") != self.refresh:
            return JSONResponse({"error": -14014, "error_name": "Invalid refresh token"})
        self.spent.append(self.refresh)
        self.access, self.refresh = f"access-{len(self.spent)}", f"refresh-{len(self.spent)}"
        if fault:
            return await fault_reply(fault)
        return JSONResponse({"access_token": self.access, "refresh_token": self.refresh, "expires_in": str(self.lasts)})

    async def about(self, request: Request) -> Response:
        if request.headers.get("access_token") != self.access:
            return JSONResponse({"error": -216, "message": "Access token is invalid"})
        return JSONResponse(
            {"error": 0, "message": "Success", "data": {"oa_id": "oa", "name": "THADS thử nghiệm", "is_verified": True}}
        )

    async def sound(self, request: Request) -> Response:
        """A file of what was spoken, which anybody who knows its address may fetch."""
        found = self.sounds.get(request.path_params["name"])
        return Response(found) if found is not None else Response(status_code=404)

    async def send(self, request: Request) -> Response:
        values: Any = await json_of(request)
        person, text = values.get("recipient", {}).get("user_id"), values.get("message", {}).get("text")
        self.calls.append(("send", values))
        fault = self._faults.next("send", person)
        if fault and not fault.after:
            return await fault_reply(fault)
        attached = values.get("message", {}).get("attachment")
        code = self._refusal(request.headers.get("access_token"), person, text) or self._refused_buttons(attached)
        if code:
            self.refusals.append(code)
            return JSONResponse({"error": code, "message": f"refused {code}"})
        moment, count = self._wrote[person]
        self._wrote[person] = (moment, count + 1)
        self.outbox.append((person, text))
        self.written[person] += 1
        if attached:
            self.buttons[person] = attached["payload"]["buttons"]
        if fault:
            return await fault_reply(fault)
        return JSONResponse({"error": 0, "message": "Success", "data": {"message_id": f"b{len(self.outbox)}", "user_id": person}})

    def _refusal(self, access: str | None, person: Any, text: Any) -> int:
        if not access or access != self.access:
            return -216
        if not isinstance(text, str) or not text.strip() or not isinstance(person, str):
            return -201
        if len(text) > 2000:
            return -210
        if person in self._left:
            return -213
        if person not in self._wrote or time.time() - self._wrote[person][0] > WINDOW:
            return -230
        return -211 if self._wrote[person][1] >= FREE else 0

    def _refused_buttons(self, attached: Any) -> int:
        """The documented form: at most five buttons that each write their payload for the person."""
        if attached is None:
            return 0
        rows = attached.get("payload", {}).get("buttons", [])
        whole = (
            attached.get("type") == "template"
            and 1 <= len(rows) <= 5
            and all(set(row) == {"title", "type", "payload"} for row in rows)
        )
        fits = all(
            1 <= len(row["title"]) <= 100 and row["type"] == "oa.query.show" and 1 <= len(row["payload"]) <= 1000 for row in rows
        )
        return 0 if self.takes_buttons and whole and fits else -201


@contextlib.asynccontextmanager
async def fake_zalo_oa() -> AsyncIterator[FakeZaloOa]:
    """The fake, listening on a free port of this machine."""
    fake = FakeZaloOa()
    routes = [
        Route("/v4/oa/access_token", fake.token, methods=["POST"]),
        Route("/v2.0/oa/getoa", fake.about),
        Route("/v3.0/oa/message/cs", fake.send, methods=["POST"]),
        Route("/voices/{name}", fake.sound),
    ]
    async with serving(Starlette(routes=routes)) as address:
        fake.address = address
        yield fake
