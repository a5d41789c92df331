"""The optional chat model, through LangChain: it rewords found passages, and what it writes is proven before anyone sees it.

No fault of a provider goes further than `ModelUnavailable`, whose text holds no key and nothing that a person wrote.
"""

from __future__ import annotations

import json
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.config import ChatModelSettings
from bot.errors import ConfigError, ModelUnavailable
from bot.leeway import PROMPTS
from bot.replies import SCHEMA

log = logging.getLogger(__name__)
MOST_AT_ONCE = 16  # calls under way; a server that never ends its replies holds each of them for good
_NO_FORM = (400, 404, 415, 422, 501)  # what servers say to a form of reply that they do not know


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A first text that could not be proven, and what is wrong with it, in the model's language."""

    text: str
    faults: str


class TooManyCalls(Exception):
    """As many calls are under way as may be; the class is what the operator reads in the log."""


class ChatModel(Protocol):
    """Writes an answer from numbered passages."""

    def write(self, question: str, passages: Sequence[str], rewrite: Rewrite | None = None) -> str:
        """The reply as it came: JSON, or text with [n] behind each sentence. Raises ModelUnavailable."""


def read_prompt(path: Path = PROMPTS / "answer.md") -> str:
    """The instructions of the model. Raises ConfigError when there are none."""
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}") from None
    if not text:
        raise ConfigError(f"{path} is empty; it holds the instructions of the chat model")
    return text


class LangChainModel:
    """Any chat model that `langchain.chat_models.init_chat_model` can make; a call ends after `seconds`, whatever the server does."""

    def __init__(self, model: Any, prompt: str, seconds: float) -> None:
        self._model = model
        self._prompt = prompt
        self._seconds = seconds
        self._free = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._formed = True  # until the server says that it cannot be held to a form

    def write(self, question: str, passages: Sequence[str], rewrite: Rewrite | None = None) -> str:
        numbered = "\n".join(f"[{n}] {text}" for n, text in enumerate(passages, 1))
        messages = [("system", self._prompt), ("human", f"ĐOẠN:\n{numbered}\n\nCÂU HỎI:\n{question}")]
        if rewrite:
            messages += [("ai", rewrite.text or "…"), ("human", rewrite.faults)]
        try:
            return self._in_time(lambda: self._reply(messages)).strip()
        except Exception as fault:  # every provider has errors of its own; the person gets the composed answer whatever happened
            why = _named(fault)
            log.warning("chat model failed: %s", why)  # never the fault's own text, in which servers repeat what they were sent
            raise ModelUnavailable(f"chat model: {why}") from None

    def _in_time(self, call: Callable[[], str]) -> str:
        """What the call gives. Raises TooManyCalls, or TimeoutError when it has not ended in time; it is then left to end by itself."""
        if not self._free.acquire(blocking=False):
            raise TooManyCalls
        done: queue.SimpleQueue[str | Exception] = queue.SimpleQueue()

        def work() -> None:
            try:
                done.put(call())
            except Exception as fault:
                done.put(fault)
            finally:
                self._free.release()

        threading.Thread(target=work, name="chat-model", daemon=True).start()
        try:
            given = done.get(timeout=self._seconds)
        except queue.Empty:
            raise TimeoutError("no reply in time") from None
        if isinstance(given, Exception):
            raise given
        return given

    def _reply(self, messages: list[tuple[str, str]]) -> str:
        if self._formed:
            try:
                return self._formed_reply(messages)
            except Exception as fault:
                if not isinstance(fault, NotImplementedError) and getattr(fault, "status_code", None) not in _NO_FORM:
                    raise
                self._formed = False
                log.info("the chat model takes no form of reply (%s); it is asked for plain text", _named(fault))
        return str(self._model.invoke(messages).content)

    def _formed_reply(self, messages: list[tuple[str, str]]) -> str:
        given = self._model.with_structured_output(SCHEMA, include_raw=True).invoke(messages)
        content = str(given["raw"].content)
        if getattr(given["raw"], "tool_calls", None) and given["parsed"] is not None:
            return json.dumps(given["parsed"], ensure_ascii=False)
        return content  # as it came: LangChain would complete JSON that was cut off


def _named(fault: Exception) -> str:
    """A fault without its text: its class, with the HTTP status when it has one."""
    status = getattr(fault, "status_code", None)
    return f"{type(fault).__name__} {status}" if isinstance(status, int) else type(fault).__name__


def open_model(settings: ChatModelSettings, key: str) -> ChatModel | None:
    """The configured chat model, None when none is named. Raises ConfigError when its provider cannot be used."""
    if not settings.name:
        return None
    prompt = read_prompt()
    try:
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"timeout": settings.timeout, "max_retries": 1}
        if settings.base_url:
            options["base_url"] = settings.base_url
        if settings.provider == "openai":
            options["api_key"] = key or "none"
        made = init_chat_model(settings.name, model_provider=settings.provider, **options)
        return LangChainModel(made, prompt, settings.timeout)
    except (ImportError, ValueError) as fault:
        raise ConfigError(f"model.provider {settings.provider!r} cannot be used: {fault}") from None
