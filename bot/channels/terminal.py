"""The terminal as a channel: type a question, read the answer."""

from __future__ import annotations

import asyncio
import io
import logging
import sys

from bot import texts
from bot.assistant import Assistant
from bot.message import Question
from bot.people import People
from bot.render import plain

log = logging.getLogger(__name__)
_END = ("/thoat", "/quit", "/exit")


class TerminalChannel:
    """One person at the keyboard; an empty line is passed over, Ctrl-D ends."""

    name = "terminal"
    trouble = ""

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # bytes that are no text become a question mark, not an end
        print(f"{texts.GREETING}\n(/xoa xóa cuộc trò chuyện, /thoat kết thúc)")
        for reminder in await asyncio.to_thread(assistant.reminders.take, self.name):
            print(f"\n{reminder}\n")
        while not stop.is_set():
            line = await asyncio.to_thread(_read_line)
            if line is None or line.strip() in _END:
                stop.set()
                return
            if line.strip() == "/xoa":
                await asyncio.to_thread(assistant.erase, "terminal")
                print(texts.ERASED)
            elif line.strip():
                question = Question(line.strip(), self.name, person="terminal", role="citizen", conversation="terminal")
                print(f"\n{await _said(assistant, question)}\n")


async def _said(assistant: Assistant, question: Question) -> str:
    try:
        return plain(await asyncio.to_thread(assistant.answer, question))
    except Exception:
        log.exception("a question could not be answered")
        return texts.TROUBLE


def _read_line() -> str | None:
    if sys.stdin.isatty():
        print("> ", end="", flush=True)
    line = sys.stdin.readline()
    return line if line else None
