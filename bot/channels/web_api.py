"""The web API: takes questions as JSON, checks every field, answers with the answer object or one Vietnamese sentence."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from bot import texts
from bot.assistant import Assistant
from bot.channels.web_metrics import Metrics
from bot.message import Question
from bot.people import People
from knowledge.document import LegalDocument

log = logging.getLogger(__name__)
BODY_LIMIT = 64_000  # bytes
CONVERSATION = re.compile(r"[A-Za-z0-9-]{1,64}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")

# What the API says when it refuses; a status code stands for the sentences that the framework would say in English.
SAY = {
    "not_json": 'Nội dung gửi lên không phải JSON đọc được. Hãy gửi dạng {"question": "câu hỏi"}.',
    "no_question": "Thiếu câu hỏi: trường «question» phải là một chuỗi chữ.",
    "role": "Trường «role» chỉ nhận «citizen» hoặc «staff».",
    "as_of": "Trường «as_of» phải là một ngày có thật, viết dạng 2026-07-01.",
    "conversation": "Trường «conversation» chỉ gồm chữ cái không dấu, chữ số và dấu gạch nối, từ 1 đến 64 ký tự.",
    "404": "Không có địa chỉ này.",
    "405": "Địa chỉ này không nhận phương thức vừa gửi.",
    "413": "Nội dung gửi lên quá dài (tối đa 64 kB). Bạn hỏi ngắn hơn.",
    "415": "Hãy gửi câu hỏi dưới dạng JSON, với Content-Type: application/json.",
    "429": "Bạn hỏi hơi nhanh. Xin chờ một phút rồi hỏi tiếp.",
    "503": texts.TROUBLE,
}


def say(status: int, key: str = "") -> HTTPException:
    """The refusal with this status, to be raised."""
    return HTTPException(status, SAY[key or str(status)], headers={"Retry-After": "60"} if status == 429 else None)


@dataclass(frozen=True, slots=True)
class Api:
    """The endpoints for programs."""

    assistant: Assistant
    people: People
    metrics: Metrics
    states: Callable[[], dict[str, str]] = dict  # which channels run, by name

    async def ask(self, request: Request) -> Response:
        return JSONResponse(await self._answered(self._allowed(request, await _body(request))))

    async def stream(self, request: Request) -> Response:
        """The answer as server-sent events: `answer` (or `error`), then `done`."""
        question = self._allowed(request, request.query_params)

        async def events() -> AsyncIterator[str]:
            try:
                yield _event("answer", await self._answered(question))
            except HTTPException as fault:  # the status line has gone out already
                self.metrics.refused(fault.status_code)
                yield _event("error", {"error": fault.detail})
            yield _event("done", {})

        return StreamingResponse(events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def erase(self, request: Request) -> Response:
        values = await _body(request)
        name = _conversation(values)
        if name is None:
            raise say(400, "conversation")
        try:
            erased = await asyncio.to_thread(self.assistant.erase, name)
        except Exception:
            log.exception("a conversation could not be erased")
            raise say(503) from None
        return JSONResponse({"erased": erased})

    async def documents(self, request: Request) -> Response:
        """Names and dates of all public documents, for those who show citations."""
        library = await asyncio.to_thread(lambda: self.assistant.library)
        return JSONResponse([_described(document) for document in library.documents if document.audience == "public"])

    async def health(self, request: Request) -> Response:
        return JSONResponse({"status": "ok", "channels": self.states()})

    async def ready(self, request: Request) -> Response:
        try:
            return JSONResponse({"status": "ok", "build": await self._build(), "channels": self.states()})
        except Exception:
            log.exception("not ready")
            return JSONResponse({"status": "not ready", "build": None, "error": texts.NOT_READY, "channels": self.states()}, 503)

    async def metrics_text(self, request: Request) -> Response:
        try:
            build = await self._build()
        except Exception:  # the numbers matter most when something is broken
            log.exception("no build to name in the metrics")
            build = ""
        return PlainTextResponse(self.metrics.text(build), media_type="text/plain; version=0.0.4")

    async def _build(self) -> str:
        """The live build: an empty question is turned down at once, and the reply names the build."""
        return (await asyncio.to_thread(self.assistant.answer, Question("", "web"))).build

    def _allowed(self, request: Request, values: Mapping[str, Any]) -> Question:
        """The question, checked, and one taken off the person's allowance."""
        person = request.client.host if request.client else ""
        question = _question(values, person)
        if not self.people.may_ask("web", person):
            raise say(429)
        return question

    async def _answered(self, question: Question) -> dict[str, Any]:
        started = time.perf_counter()
        try:
            answer = await asyncio.to_thread(self.assistant.answer, question)
        except Exception:
            log.exception("a question could not be answered")
            raise say(503) from None
        self.metrics.answered(answer.kind, time.perf_counter() - started)
        return answer.as_json()


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent; raises HTTPException for anything else."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise say(415)
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT:
                raise say(413)
        values = json.loads(bytes(body))
    except (ValueError, RecursionError, ClientDisconnect):
        raise say(400, "not_json") from None
    if not isinstance(values, dict):
        raise say(400, "not_json")
    return values


def _question(values: Mapping[str, Any], person: str) -> Question:
    text, role, day = values.get("question"), values.get("role"), values.get("as_of")
    if not isinstance(text, str):
        raise say(400, "no_question")
    if role not in (None, "citizen", "staff"):
        raise say(400, "role")
    whole = text.encode("utf-8", "replace").decode("utf-8")  # JSON can carry half a character, UTF-8 cannot
    return Question(whole, "web", person=person, role=role or "citizen", as_of=_day(day), conversation=_conversation(values))


def _day(value: object) -> date | None:
    if value is None:
        return None
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise say(400, "as_of")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise say(400, "as_of") from None


def _conversation(values: Mapping[str, Any]) -> str | None:
    """The conversation under the web's own prefix, so that no browser can name another channel's."""
    name = values.get("conversation")
    if name is None:
        return None
    if not isinstance(name, str) or not CONVERSATION.fullmatch(name):
        raise say(400, "conversation")
    return f"web:{name}"


def _described(document: LegalDocument) -> dict[str, Any]:
    return {
        "key": document.key,
        "number": document.number,
        "name": document.name,
        "kind": document.kind,
        "title": document.title,
        "status": document.status,
        "in_force_from": document.effective_from.isoformat(),
        "in_force_to": document.effective_to.isoformat() if document.effective_to else None,
        "text": document.text,
    }


def _event(name: str, values: Mapping[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(values, ensure_ascii=False)}\n\n"
