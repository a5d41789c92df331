"""Reminders on the web, which cannot write first: the page asks what is due, shows it, and says what was seen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.assistant import Assistant
from bot.channels.web_requests import body_of, conversation_of, say
from bot.people import People

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DueReminders:
    """The endpoint of one site."""

    assistant: Assistant
    people: People

    async def due(self, request: Request) -> Response:
        """What a conversation is to be reminded of now; it comes again until it was seen."""
        found = await self._book(self._allowed(request, request.query_params), ())
        return JSONResponse({"reminders": [{"id": number, "text": text} for number, text in found.items()]})

    async def seen(self, request: Request) -> Response:
        """These reminders were shown and put away; they come no more."""
        values = await body_of(request)
        numbers = values.get("seen")
        if not isinstance(numbers, list) or not all(isinstance(number, int) for number in numbers):
            raise say(400, "seen")
        await self._book(self._allowed(request, values), numbers)
        return JSONResponse({"kept": True})

    def _allowed(self, request: Request, values: Mapping[str, Any]) -> str:
        """The conversation, and one look taken off the person's allowance."""
        name = conversation_of(values)
        if name is None:
            raise say(400, "conversation")
        if not self.people.may_ask("web reminders", request.client.host if request.client else ""):
            raise say(429)
        return name

    async def _book(self, name: str, seen: list[int] | tuple[()]) -> dict[int, str]:
        """What is due, once what was seen is written down; 503 when the database cannot be used."""

        def looked() -> dict[int, str]:
            book = self.assistant.reminders
            if seen:
                book.told(name, seen)
            return book.due(name)

        try:
            return await asyncio.to_thread(looked)
        except Exception:
            log.exception("reminders could not be looked at")
            raise say(503) from None
