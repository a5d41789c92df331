"""Hands out the papers that were made for people, to whoever has their address, and keeps no trace of them on the way."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import form_texts, texts
from bot.assistant import Assistant
from bot.people import People

PATH = "/tep/{key}/{name}"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def file_route(assistant: Assistant, people: People) -> Route:
    """The place at which files are fetched. A wrong key, a wrong name and a file that is gone are one and the same: 404."""

    async def fetch(request: Request) -> Response:
        if not people.may_ask("web files", request.client.host if request.client else ""):
            raise HTTPException(429, texts.SLOW_DOWN, {"Retry-After": "60"})
        found = await asyncio.to_thread(assistant.file, request.path_params["key"])
        if found is None or found[0] != request.path_params["name"]:
            raise HTTPException(404, form_texts.FILE_GONE, {"Cache-Control": "no-store"})
        name, data = found
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
            "Referrer-Policy": "no-referrer",
        }
        return Response(data, media_type=WORD, headers=headers)

    return Route(PATH, fetch)
