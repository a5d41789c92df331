"""Speaks the Zalo OpenAPI for Official Accounts: sends a text, proves and reads what a webhook brings."""

from __future__ import annotations

import hashlib
import hmac
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from bot.channels.intake import Incoming, Outgoing, identity, identity_of
from bot.channels.retry import patiently
from bot.channels.zalo_api import retry_after
from bot.channels.zalo_oa_tokens import TokenKeeper
from bot.errors import PlatformBusy, PlatformRefused
from knowledge.text import shorten

log = logging.getLogger(__name__)
LIMIT = 2000  # characters of a message
BUTTONS, BUTTON = 5, 100  # buttons under a message, characters on one
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
        self._buttons = True  # until Zalo refuses them
        self._client = httpx.AsyncClient(base_url=base_url, timeout=httpx.Timeout(20, connect=10))

    async def __aenter__(self) -> ZaloOaApi:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def send(self, person: str, message: Outgoing) -> None:
        """Raises PlatformRefused when the person cannot be reached, PlatformBusy when Zalo cannot for too long.

        The text holds the options by number, so that an account whose buttons Zalo refuses loses nothing.
        """
        buttons = buttons_for(message.options) if self._buttons else None
        try:
            await self._sent(person, message.text, buttons)
        except PlatformRefused as fault:
            if buttons is None:
                raise
            log.warning("sent without buttons: %s", fault)
            await self._sent(person, message.text, None)
            self._buttons = False

    async def _sent(self, person: str, text: str, buttons: Mapping[str, Any] | None) -> None:
        message = {"text": text} | ({"attachment": buttons} if buttons else {})
        values = {"recipient": {"user_id": person}, "message": message}
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


def buttons_for(options: Sequence[str]) -> dict[str, Any] | None:
    """A button for each option, which writes its number for the person; None for more than Zalo shows."""
    if not 0 < len(options) <= BUTTONS:
        return None
    rows = [
        {"title": shorten(f"{number}. {option}", BUTTON), "type": "oa.query.show", "payload": str(number)}
        for number, option in enumerate(options, 1)
    ]
    return {"type": "template", "payload": {"buttons": rows}}


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
    said = text if name == "user_send_text" and isinstance(text, str) else None
    return Incoming(number, person, person, said, _sound(message) if name == "user_send_audio" else "")


def _sound(message: object) -> str:
    """Where the first attachment of a spoken message is kept; empty when that cannot be read."""
    attached = message.get("attachments") if isinstance(message, Mapping) else None
    first = attached[0] if isinstance(attached, list) and attached else None
    payload = first.get("payload") if isinstance(first, Mapping) else None
    address = payload.get("url") if isinstance(payload, Mapping) else None
    return address if isinstance(address, str) else ""
