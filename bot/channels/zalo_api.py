"""Speaks the Zalo Bot API: calls a method, reads what Zalo tells of a message."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from bot.channels.intake import Incoming, identity, identity_of
from bot.errors import PlatformBusy, PlatformRefused

LIMIT = 2000  # characters of a message
SOUNDS = ("zdn.vn", "zadn.vn", "zalo.me", "zaloapp.com", "zaloplatforms.com")  # where Zalo keeps what people send
TIMEOUT = httpx.Timeout(20, connect=10)
NOTHING_NEW = 408  # what getUpdates says when nobody wrote, as a status or as a code in the body
WRONG_TOKEN = (401, 403, 404)
TEXT, VOICE = "message.text.received", "message.voice.received"


class ZaloApi:
    """Calls of one bot account; the token stands in every address, so no address is ever logged or raised."""

    def __init__(self, base_url: str, token: str) -> None:
        for noisy in ("httpx", "httpcore"):  # below WARNING they log addresses
            logging.getLogger(noisy).setLevel(logging.WARNING)
        self._start = f"{base_url}{quote(token, safe=':')}"
        self._client = httpx.AsyncClient(timeout=TIMEOUT)

    async def __aenter__(self) -> ZaloApi:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def call(self, method: str, seconds: float | None = None, **values: Any) -> Any:
        """What a method returns; `seconds` is how long Zalo may take. Raises PlatformRefused or PlatformBusy."""
        timeout = TIMEOUT if seconds is None else httpx.Timeout(seconds, connect=10)
        try:
            response = await self._client.post(f"{self._start}/{method}", json=values, timeout=timeout)
        except httpx.TransportError as fault:
            raise PlatformBusy(f"Zalo {method}: {type(fault).__name__}") from None
        except (httpx.InvalidURL, UnicodeError) as fault:
            raise PlatformRefused(404, f"Zalo {method}: the address cannot be used: {type(fault).__name__}") from None
        return _result(method, response)


def webhook_secret(token: str) -> str:
    """What Zalo must send with every message: made from the token, so that there is no second secret to keep."""
    return hashlib.blake2b(b"zalo webhook", key=token.encode()[:64], digest_size=32).hexdigest()


def read_update(update: object) -> Incoming | None:
    """The message that Zalo tells of, None for what is no message of a person; never raises, whatever comes."""
    event = update.get("event_name") if isinstance(update, Mapping) else None
    message = update.get("message") if isinstance(update, Mapping) else None
    if not isinstance(event, str) or not isinstance(message, Mapping) or not event.startswith("message."):
        return None
    sender, number, text = message.get("from"), identity(message.get("message_id")), message.get("text")
    chat = identity_of(message.get("chat"))
    if not chat or (isinstance(sender, Mapping) and sender.get("is_bot") is True):
        return None
    sound = message.get("voice_url")
    return Incoming(
        id=f"{event}:{number}" if number else "",
        chat=chat,
        person=identity_of(sender) or chat,
        text=text if event == TEXT and isinstance(text, str) else None,
        sound=sound if event == VOICE and isinstance(sound, str) else "",
    )


def _result(method: str, response: httpx.Response) -> Any:
    """What stands in a reply: a status of 200 may still bring a refusal."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        body = None
    if isinstance(body, dict) and body.get("ok") is True:
        return body.get("result")
    code = body.get("error_code") if isinstance(body, dict) else None
    code = code if isinstance(code, int) and response.is_success else response.status_code
    reason = str(body.get("description", ""))[:200] if isinstance(body, dict) else "a reply that is no JSON object"
    if method == "getUpdates" and code == NOTHING_NEW:
        return None
    if code == 429 or code >= 500 or code == NOTHING_NEW:
        raise PlatformBusy(f"Zalo {method}: {code} {reason}", retry_after(response))
    raise PlatformRefused(code, f"Zalo {method}: {reason}")


def retry_after(response: httpx.Response) -> float | None:
    """The pause in seconds that a reply asks for."""
    try:
        return max(0.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None
