"""One question, one answer: every way to the assistant gives the same text and the same citations."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr
from starlette.testclient import TestClient

from bot import texts
from bot.assistant import Assistant
from bot.channels import CHANNELS as CHANNEL_TABLE
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.config import Settings
from bot.message import Answer, Question
from bot.people import People
from bot.render import html_messages, plain
from tests.conftest import ROOT, TODAY
from tests.fakes.telegram import TOKEN, buttons, fake_telegram, parse_html

QUESTIONS = (
    "Thời hạn tự nguyện thi hành án là bao lâu?",
    "ai phai nop phi thi hanh an",
    "khoản 2 Điều 46 Luật 106/2025/QH15",
    "Luật 106/2025/QH15 còn hiệu lực không?",
    "cách nấu phở bò",
)
PEOPLE = People({}, 10_000)
RECEIPT = re.compile(r"\n\nMã trả lời: [0-9A-F-]+$")  # made from the question as typed, line end included


@dataclass(frozen=True)
class Place:
    """What a channel is run with."""

    assistant: Assistant
    settings: Settings
    config: Path
    patch: pytest.MonkeyPatch
    printed: pytest.CaptureFixture[str]


@pytest.fixture
def place(
    assistant: Assistant, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Place:
    """The assistant, and a config file that leads the command line to the same index."""
    rows = settings.model_dump(mode="json")
    rows["library"]["path"] = str(settings.path(settings.library.path))
    rows["embedding"]["model"] = str(settings.path(settings.embedding.model))
    config = tmp_path / "config.yaml"
    config.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    return Place(assistant, settings, config, monkeypatch, capsys)


# ---- each way to ask, and how an answer looks there ----


async def one_by_one(place: Place) -> list[Any]:
    two_at_once = asyncio.Semaphore(2)

    async def one(question: str) -> Any:
        async with two_at_once:
            return json.loads(await command(place, "ask", "--json", question))

    return await asyncio.gather(*map(one, QUESTIONS))


async def batch(place: Place) -> list[Any]:
    asked, answered = place.config.with_name("in.jsonl"), place.config.with_name("out.jsonl")
    rows = [json.dumps({"id": number, "question": question}, ensure_ascii=False) for number, question in enumerate(QUESTIONS)]
    asked.write_text("\n".join(rows), encoding="utf-8")
    await command(place, "ask", "--batch", str(asked), "--output", str(answered))
    objects = [json.loads(line) for line in answered.read_text(encoding="utf-8").splitlines()]
    assert [row.pop("id") for row in objects] == list(range(len(QUESTIONS)))
    return objects


async def command(place: Place, *arguments: str) -> str:
    line = [sys.executable, "-m", "bot", *arguments, "--as-of", TODAY.isoformat(), "--config", str(place.config)]
    database = f"sqlite:///{place.config.parent}/{abs(hash(arguments))}.sqlite"  # one each, as they run side by side
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "THADS_DATABASE_URL": database}
    done = await asyncio.to_thread(
        subprocess.run, line, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


async def web(place: Place) -> list[Any]:
    from bot.channels.web import make_app

    with TestClient(make_app(place.assistant, PEOPLE, place.settings)) as client:
        replies = [client.post("/api/ask", json={"question": question, "as_of": TODAY.isoformat()}) for question in QUESTIONS]
    assert [reply.status_code for reply in replies] == [200] * len(QUESTIONS)
    return [reply.json() for reply in replies]


async def web_stream(place: Place) -> list[Any]:
    from bot.channels.web import make_app

    with TestClient(make_app(place.assistant, PEOPLE, place.settings)) as client:
        streams = [client.get("/api/ask/stream", params={"question": question}).text for question in QUESTIONS]
    return [json.loads(stream.partition("event: answer\ndata: ")[2].partition("\n\n")[0]) for stream in streams]


async def terminal(place: Place) -> list[Any]:
    said = []
    for question in QUESTIONS:
        place.patch.setattr(sys, "stdin", io.StringIO(f"{question}\n"))
        await TerminalChannel().run(place.assistant, PEOPLE, asyncio.Event())
        _, _, printed = place.printed.readouterr().out.partition("kết thúc)\n")
        said.append(RECEIPT.sub("", printed.strip()))
    return said


async def telegram(place: Place) -> list[Any]:
    async with fake_telegram() as fake:
        section = place.settings.channels.telegram.model_copy(update={"base_url": fake.base_url})
        channels = place.settings.channels.model_copy(update={"telegram": section})
        settings = place.settings.model_copy(update={"channels": channels, "telegram_token": SecretStr(TOKEN)})
        stop = asyncio.Event()
        running = asyncio.create_task(TelegramChannel(settings).run(place.assistant, PEOPLE, stop))
        said = []
        for chat, question in enumerate(QUESTIONS, 9001):
            fake.push_text(chat, question)
            fake.push_text(chat, "/help")  # answers keep their order, so with this one the answer is complete
        for chat in range(9001, 9001 + len(QUESTIONS)):
            await fake.until(lambda chat=chat: texts.HELP in fake.texts(chat))
            *messages, _ = fake.sent(chat)
            labels = [label for message in messages for label, _ in buttons(message)]
            said.append(("\n\n".join(message["text"] for message in messages), labels))
        stop.set()
        await running
    return said


def as_object(answer: Answer) -> dict[str, Any]:
    return answer.as_json()


def as_printed(answer: Answer) -> str:
    return RECEIPT.sub("", plain(answer))


def as_telegram(answer: Answer) -> tuple[str, list[str]]:
    named = (f"Điều {c.article} – {c.document}" if c.article else f"{c.document} – {c.title}" for c in answer.citations)
    text = "\n\n".join(parse_html(message)[0] for message in html_messages(answer, 4096))
    return text, [f"📖 {label}" for label in dict.fromkeys(named)][:4]


WAYS: dict[str, tuple[Callable[[Place], Awaitable[list[Any]]], Callable[[Answer], Any]]] = {
    "ask --json": (one_by_one, as_object),
    "ask --batch": (batch, as_object),
    "web": (web, as_object),
    "web stream": (web_stream, as_object),
    "terminal": (terminal, as_printed),
    "telegram": (telegram, as_telegram),
}


@pytest.mark.parametrize("way", WAYS)
async def test_same_answers_everywhere(place: Place, way: str) -> None:
    ask, shape = WAYS[way]
    for question, said in zip(QUESTIONS, await ask(place), strict=True):
        answer = place.assistant.answer(Question(question, as_of=TODAY))
        expected = shape(answer)
        if isinstance(expected, dict):  # the time that an answer took is its own
            said, expected = said | {"elapsed_ms": 0}, expected | {"elapsed_ms": 0}
        assert said == expected
        assert answer.text in (said["answer"] if isinstance(said, dict) else said if isinstance(said, str) else said[0])


def test_questions_are_of_every_sort(assistant: Assistant) -> None:
    answers = [assistant.answer(Question(question)) for question in QUESTIONS]
    assert [answer.kind for answer in answers] == ["answer", "answer", "article", "answer", "refusal"]
    assert [bool(answer.citations) for answer in answers] == [True, True, True, True, False]
    assert "10 ngày" in answers[0].text


def test_every_channel_of_the_house_is_in_the_table() -> None:
    assert set(CHANNEL_TABLE) <= set(WAYS)
