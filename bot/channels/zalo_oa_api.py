"""Speaks the Zalo OpenAPI for Official Accounts: sends a text, proves and reads what a webhook brings."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

import httpx

from bot.channels.intake import Incoming, identity, identity_of
from bot.channels.retry import patiently
from bot.channels.zalo_api import retry_after
from bot.channels.zalo_oa_tokens import TokenKeeper
from bot.errors import PlatformBusy, PlatformRefused

LIMIT = 2000  # characters of a message
FREE_REPLIES = 8  # messages that cost nothing after one of the person's
FREE_HOURS = 48  # how long after it they may be sent
SEND = "/v3.0/oa/message/cs"
ABOUT = "/v2.0/oa/getoa"
TOKEN_ENDED = (-216, -220, -124)
RATE_LIMIT = -32


class ZaloOaApi:
    """Calls in the name of one account."""

    def __init__(self, base_url: str, tokens: TokenKeeper) -> None:
        self._tokens = tokens
        self._client = httpx.AsyncClient(base_url=base_url, timeout=httpx.Timeout(20, connect=10))

    async def __aenter__(self) -> ZaloOaApi:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def send(self, person: str, text: str) -> None:
        """Raises PlatformRefused when the person cannot be reached, PlatformBusy when Zalo cannot for too long."""
        values = {"recipient": {"user_id": person}, "message": {"text": text}}
        await patiently(lambda: self._call("POST", SEND, values))

    async def about(self) -> Mapping[str, Any]:
        """Who the account is."""
        data = (await self._call("GET", ABOUT)).get("data")
        return data if isinstance(data, Mapping) else {}

    async def _call(self, verb: str, path: str, values: object = None) -> dict[str, Any]:
        """A call with a token that holds; when Zalo says it has ended, once more with the next."""
        access = await self._tokens.access()
        try:
            return await self._once(verb, path, access, values)
        except PlatformRefused as fault:
            if fault.code not in TOKEN_ENDED:
                raise
        return await self._once(verb, path, await self._tokens.access(refused=access), values)

    async def _once(self, verb: str, path: str, access: str, values: object) -> dict[str, Any]:
        try:
            response = await self._client.request(verb, path, json=values, headers={"access_token": access})
        except httpx.TransportError as fault:
            raise PlatformBusy(f"Zalo OA {path}: {type(fault).__name__}") from None
        try:
            body = response.json()
        except (ValueError, RecursionError):
            body = None
        code = body.get("error") if isinstance(body, dict) else None
        if response.status_code == 429 or response.status_code >= 500 or code == RATE_LIMIT:
            raise PlatformBusy(f"Zalo OA {path}: {response.status_code}", retry_after(response))
        if not isinstance(body, dict) or code != 0:
            reason = str(body.get("message", ""))[:200] if isinstance(body, dict) else "a reply that is no JSON object"
            raise PlatformRefused(code if isinstance(code, int) else response.status_code, f"Zalo OA {path}: {reason}")
        return body


def is_signed(headers: Mapping[str, str], body: bytes, event: Mapping[str, Any], app_id: str, secret: str) -> bool:
    """Whether Zalo made this request: the plain SHA-256 of application, body, moment and secret, compared in constant time."""
    sent = headers.get("x-zevent-signature", "").removeprefix("mac=").strip().lower()
    given = (str(event.get("timestamp", "")), headers.get("x-zevent-timestamp", ""))  # accounts differ in which one counts
    before, after = app_id.encode() + body, secret.encode()
    made = [hashlib.sha256(before + moment.encode("utf-8", "replace") + after).hexdigest() for moment in given if moment]
    return any(hmac.compare_digest(one.encode(), sent.encode("utf-8", "replace")) for one in made)


def moment_of(event: Mapping[str, Any]) -> float | None:
    """When it happened, in seconds since 1970."""
    try:
        return int(str(event.get("timestamp"))[:20]) / 1000
    except ValueError:
        return None


def read_event(event: Mapping[str, Any]) -> Incoming | None:
    """The message or the change that an event tells of, None for what needs no reply; never raises, whatever comes.

    A person who begins to follow is greeted as by /start; one who stops is to be forgotten as by /xoa.
    """
    name = event.get("event_name")
    if name in ("follow", "unfollow"):
        person, moment = identity_of(event.get("follower")), identity(event.get("timestamp"))
        return Incoming(f"{name}:{person}:{moment}", person, person, "/start" if name == "follow" else "/xoa") if person else None
    person, message = identity_of(event.get("sender")), event.get("message")
    if not person or not isinstance(name, str) or not name.startswith("user_send_"):
        return None
    text = message.get("text") if isinstance(message, Mapping) else None
    number = identity(message.get("msg_id")) if isinstance(message, Mapping) else ""
    return Incoming(number, person, person, text if name == "user_send_text" and isinstance(text, str) else None)
