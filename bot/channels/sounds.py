"""Fetches what was spoken from the platform that keeps it, and from nowhere else, and has it written down."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx

from bot import channel_texts
from bot.errors import SpeechUnavailable
from bot.speech import Transcriber, named

log = logging.getLogger(__name__)
PATIENCE = 20.0  # seconds in all for fetching one message


class Unheard(Exception):
    """A spoken message without a text; its text is shown to the person who sent it."""


@dataclass(frozen=True, slots=True)
class Ears:
    """Hears the messages of one platform; `hosts` are the ends of the names under which it keeps sounds, `own` is its address in the settings."""

    transcriber: Transcriber | None
    hosts: tuple[str, ...]
    own: str

    async def text_of(self, address: str) -> str:
        """What is said in the sound at an address. Raises Unheard."""
        if self.transcriber is None:
            raise Unheard(channel_texts.VOICE_MESSAGE)
        try:
            async with asyncio.timeout(PATIENCE):
                sound = await self._fetched(address, self.transcriber.biggest)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, TimeoutError) as fault:  # its text may hold the address
            log.warning("a spoken message could not be fetched: %s", type(fault).__name__)
            raise Unheard(channel_texts.VOICE_FAILED) from None
        return await written_down(self.transcriber, sound)

    async def _fetched(self, address: str, biggest: int) -> bytes:
        """The bytes at an address of the platform. Raises ValueError for another address; what is too big is cut off, and so not heard."""
        if not self.may_fetch(address):
            raise ValueError(address)
        sound = bytearray()
        # no redirect is followed: it could lead anywhere
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as web, web.stream("GET", address) as response:
            response.raise_for_status()
            async for part in response.aiter_bytes():
                sound += part
                if len(sound) > biggest:
                    break
        return bytes(sound)

    def may_fetch(self, address: str) -> bool:
        """Whether an address is of the platform: what a message says could lead anywhere, also into this network."""
        try:
            wanted, own = urlsplit(address), urlsplit(self.own)
        except ValueError:
            return False
        if (wanted.scheme, wanted.netloc) == (own.scheme, own.netloc):
            return True
        return wanted.scheme == "https" and any(f".{wanted.hostname}".endswith(f".{end}") for end in self.hosts)


async def written_down(transcriber: Transcriber, sound: bytes) -> str:
    """What is said in a sound. Raises Unheard."""
    if len(sound) > transcriber.biggest:
        raise Unheard(channel_texts.voice_too_big(transcriber.longest_seconds))
    name = named(sound)
    if not name:
        log.warning("a spoken message is of no sound format that is known")
        raise Unheard(channel_texts.VOICE_FAILED)
    try:
        return await transcriber.text_of(sound, name)
    except SpeechUnavailable as fault:
        log.warning("a spoken message could not be written down: %s", fault)
    raise Unheard(channel_texts.VOICE_FAILED)
