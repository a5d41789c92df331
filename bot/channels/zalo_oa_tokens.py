"""Keeps the tokens of a Zalo Official Account: each refresh token is good for one use, so none may be lost between two."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import httpx
from filelock import FileLock

from bot.config import ZALO_OA_REFRESH_TOKEN
from bot.errors import ChannelError, PlatformBusy, PlatformRefused

log = logging.getLogger(__name__)
EARLY = 6 * 3600  # seconds before the access token ends in which a new one is fetched: time for an operator, should that fail
AGAIN = 600  # seconds until a rotation that failed is tried again while the old access token still holds


@dataclass(frozen=True, slots=True)
class Tokens:
    """One pair; `origin` tells the refresh token from the environment that it descends from."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires: float  # seconds since 1970
    origin: str


@dataclass(frozen=True, slots=True)
class Application:
    """The application that is linked to the account, and the refresh token that the operator gave."""

    oauth_url: str
    app_id: str
    secret: str = field(repr=False)
    given: str = field(repr=False)


class TokenKeeper:
    """The tokens in a file that only its owner can read.

    Before a rotation its intent is written beside the file, the reply of Zalo is written there before it is read, and only then the
    file is replaced: whenever the program is killed, the newest token that reached this machine is found at the next start.
    """

    def __init__(self, file: Path, application: Application, clock: Callable[[], float] = time.time) -> None:
        self._file = file
        self._ahead = file.with_name(f"{file.name}.ahead")
        self._application = application
        self._clock = clock
        self._next_try = 0.0
        self._turn = asyncio.Lock()

    async def access(self, refused: str = "") -> str:
        """An access token that holds; `refused` is one that Zalo no longer takes. Raises ChannelError.

        It runs in a thread, which no cancellation ends halfway: a reply that is under way is still kept.
        """
        async with self._turn:
            return await asyncio.to_thread(self._access, refused)

    def _access(self, refused: str) -> str:
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self._file}.lock", timeout=60, mode=0o600):
                return self._locked_access(refused)
        except OSError as fault:
            raise ChannelError(
                f"{self._file} cannot be kept: {fault.strerror or fault}; set channels.zalo_oa.tokens in config.yaml"
            ) from None

    def _locked_access(self, refused: str) -> str:
        tokens, now = self._load(), self._clock()
        holds = bool(tokens.access) and tokens.access != refused and now < tokens.expires
        if holds and (now < tokens.expires - EARLY or now < self._next_try):
            return tokens.access
        try:
            return self._rotated(tokens).access
        except ChannelError as fault:
            self._next_try = now + AGAIN
            if not holds:
                raise
            log.error("%s; the access token still holds for %d minutes", fault, (tokens.expires - now) / 60)
            return tokens.access

    def _load(self) -> Tokens:
        """The newest tokens: a reply that was not taken over yet, the file, or the one that the operator gave."""
        origin = hashlib.sha256(self._application.given.encode()).hexdigest()[:16]
        begun = _read(self._ahead)
        if begun.get("origin") == origin and isinstance(begun.get("reply"), str):
            with suppress(ChannelError):
                return self._adopted(begun["reply"], origin)
        kept = _read(self._file)
        if kept.get("origin") == origin:
            with suppress(TypeError):
                return Tokens(**kept)
        return Tokens("", self._application.given, 0.0, origin)

    def _rotated(self, tokens: Tokens) -> Tokens:
        # should nothing be writable, it fails here, before the token is spent
        _write(self._ahead, {"origin": tokens.origin, "reply": None})
        application = self._application
        form = {"refresh_token": tokens.refresh, "app_id": application.app_id, "grant_type": "refresh_token"}
        try:
            response = httpx.post(application.oauth_url, data=form, headers={"secret_key": application.secret}, timeout=20)
        except (httpx.HTTPError, httpx.InvalidURL) as fault:
            raise PlatformBusy(f"Zalo gave no new tokens: {type(fault).__name__}") from None
        if response.status_code == 429 or response.status_code >= 500:
            raise PlatformBusy(f"Zalo gave no new tokens: {response.status_code}")
        _write(self._ahead, {"origin": tokens.origin, "reply": response.text})
        return self._adopted(response.text, tokens.origin)

    def _adopted(self, reply: str, origin: str) -> Tokens:
        """Take the tokens of a reply over into the file. Raises PlatformRefused for a refusal, PlatformBusy for what is no reply."""
        try:
            values = json.loads(reply)
        except (ValueError, RecursionError):
            self._ahead.unlink(missing_ok=True)
            raise PlatformBusy("Zalo gave no new tokens: its reply cannot be read") from None
        try:
            access, refresh = str(values["access_token"]), str(values["refresh_token"])
            tokens = Tokens(access, refresh, self._clock() + float(values.get("expires_in", 3600)), origin)
        except (ValueError, TypeError, KeyError, AttributeError):
            self._ahead.unlink(missing_ok=True)
            raise PlatformRefused(
                _code(values), f"Zalo gave no new tokens; fetch a refresh token by hand and set {ZALO_OA_REFRESH_TOKEN} to it"
            ) from None
        _write(self._file, asdict(tokens))
        self._ahead.unlink(missing_ok=True)
        return tokens


def _code(reply: object) -> int:
    """The code in a reply that is a refusal, 0 when there is none."""
    code = reply.get("error") if isinstance(reply, dict) else None
    return code if isinstance(code, int) else 0


def _read(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def _write(file: Path, values: dict[str, Any]) -> None:
    """Replace a file in one step, readable by its owner alone, on the disk before this returns."""
    new = file.with_name(f"{file.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        os.fchmod(descriptor, 0o600)
        json.dump(values, out)
        out.flush()
        os.fsync(descriptor)
    new.replace(file)
