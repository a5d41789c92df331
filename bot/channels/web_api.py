"""The web API: takes questions as JSON and answers with the answer object, takes judgements, erases; and what machines ask of a server."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse

from bot import texts
from bot.assistant import Assistant
from bot.channels.web_metrics import Metrics
from bot.channels.web_requests import body_of, conversation_of, is_staff, judgement_of, question_of, say
from bot.message import Question
from bot.people import People
from knowledge.document import LegalDocument

log = logging.getLogger(__name__)
KEEP_ALIVE = 10.0  # seconds between signs of life on a stream


@dataclass(frozen=True, slots=True)
class Api:
    """The endpoints for programs."""

    assistant: Assistant
    people: People
    metrics: Metrics
    states: Callable[[], dict[str, str]] = dict  # which channels run, by name
    staff_token: SecretStr = SecretStr("")

    async def ask(self, request: Request) -> Response:
        return JSONResponse(await self._answered(self._allowed(request, await body_of(request))))

    async def stream(self, request: Request) -> Response:
        """The answer as server-sent events: `answer` (or `error`), then `done`; nothing is shown before it is proven."""
        question = self._allowed(request, request.query_params)

        async def events() -> AsyncIterator[str]:
            answering = asyncio.create_task(self._answered(question))
            try:
                while not (await asyncio.wait((answering,), timeout=KEEP_ALIVE))[0]:
                    yield ": …\n\n"  # a comment: proxies end a connection on which nothing comes
                yield _event("answer", await answering)
            except HTTPException as fault:  # the status line has gone out already
                self.metrics.refused(fault.status_code)
                yield _event("error", {"error": fault.detail})
            finally:
                answering.cancel()  # whoever asked may have gone
            yield _event("done", {})

        return StreamingResponse(events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def erase(self, request: Request) -> Response:
        name = conversation_of(await body_of(request))
        if name is None:
            raise say(400, "conversation")
        return JSONResponse({"erased": await self._kept(self.assistant.erase, name)})

    async def feedback(self, request: Request) -> Response:
        """Whether an answer helped, from the conversation that got it; the last word counts."""
        name, receipt, good = judgement_of(await body_of(request))
        if not await self._kept(self.assistant.judge, name, receipt, good):
            raise say(404, "unknown")
        self.metrics.judged(good)
        return JSONResponse({"kept": True})

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
        question = question_of(values, person, staff=is_staff(request, self.staff_token.get_secret_value()))
        if not self.people.may_ask("web", person):
            raise say(429)
        return question

    async def _kept(self, write: Callable[..., Any], *what: object) -> Any:
        """What writing to the database returns; 503 when it cannot be written."""
        try:
            return await asyncio.to_thread(write, *what)
        except Exception:
            log.exception("the database could not be written")
            raise say(503) from None

    async def _answered(self, question: Question) -> dict[str, Any]:
        started = time.perf_counter()
        try:
            answer = await asyncio.to_thread(self.assistant.answer, question)
        except Exception:
            log.exception("a question could not be answered")
            raise say(503) from None
        self.metrics.answered(answer.kind, time.perf_counter() - started)
        return answer.as_json()


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
