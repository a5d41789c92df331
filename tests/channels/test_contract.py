"""One contract for all channels: the same text and the same citations on every way, and the same manners in a conversation."""

from __future__ import annotations

import asyncio
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr
from starlette.testclient import TestClient

from bot import texts
from bot.assistant import Assistant
from bot.channels import CHANNELS as CHANNEL_TABLE
from bot.channels.numbered import answer_messages
from bot.channels.options import unlisted
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import TerminalChannel
from bot.config import Settings
from bot.database import Database
from bot.message import Answer, Question
from bot.people import People
from bot.render import html_messages, plain, utf16_length
from bot.serve import LiveKnowledge
from tests.channels.lines import LINES, Setting
from tests.conftest import ROOT, TODAY
from tests.fakes.telegram import TOKEN, buttons, fake_telegram, parse_html

# the library warns of a change to come in the very exception that its own rate limiter waits for
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
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

    @property
    def setting(self) -> Setting:
        return Setting(self.settings, self.config.parent, self.patch, self.printed)


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


async def by_numbers(place: Place, line: str) -> list[Any]:
    """What channels without buttons say."""
    async with LINES[line](place.setting, place.assistant, PEOPLE) as channel:
        return [await channel.say(f"way{number}", question) for number, question in enumerate(QUESTIONS)]


async def zalo(place: Place) -> list[Any]:
    return await by_numbers(place, "zalo")


async def zalo_oa(place: Place) -> list[Any]:
    return await by_numbers(place, "zalo_oa")


def as_numbered(answer: Answer) -> list[str]:
    return answer_messages(answer, 2000)


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
    "zalo": (zalo, as_numbered),
    "zalo_oa": (zalo_oa, as_numbered),
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
    assert set(CHANNEL_TABLE) | {"terminal"} == set(LINES)


# ---- the same manners in a conversation, on every channel ----

QUESTION, FOLLOW_UP, ARTICLE = QUESTIONS[0], "mất bao lâu vậy?", "Điều 36"
channels = pytest.mark.parametrize("line", LINES)


def squeezed(messages: list[str]) -> str:
    return "".join("".join(messages).split())


@channels
async def test_follow_up_until_it_is_erased(place: Place, line: str) -> None:
    alone = squeezed([place.assistant.answer(Question(FOLLOW_UP)).text])
    async with LINES[line](place.setting, place.assistant, PEOPLE) as channel:
        assert "10 ngày" in "\n".join(await channel.say("lan", QUESTION))
        assert "10 ngày" in "\n".join(await channel.say("lan", FOLLOW_UP))
        await channel.erase("lan")
        assert alone in squeezed(await channel.say("lan", FOLLOW_UP))


SUM = "phí thi hành án của 350 triệu là bao nhiêu?"
WITHOUT_AMOUNT = "tính phí thi hành án"
CHOICE = "/thutuc yêu cầu thi hành án"


@channels
async def test_sum_is_worked_out_and_goes_on_with_what_it_lacked(place: Place, line: str) -> None:
    whole = place.assistant.answer(Question(SUM))
    asked = place.assistant.answer(Question(WITHOUT_AMOUNT, conversation="a pattern"))
    assert (whole.kind, asked.kind) == ("calculation", "clarification")
    async with LINES[line](place.setting, place.assistant, PEOPLE) as channel:
        assert squeezed([whole.text]) in squeezed(await channel.say("phi", SUM))
        assert squeezed([asked.text]) in squeezed(await channel.say("phi", WITHOUT_AMOUNT))
        assert "10.500.000 đồng" in "\n".join(await channel.say("phi", "350 triệu"))


@channels
async def test_option_is_chosen(place: Place, line: str) -> None:
    """The same two questions and the same end, by button or by number."""
    turns = [place.assistant.answer(Question(text, conversation="another pattern")) for text in (CHOICE, "2", "1")]
    assert [bool(turn.options) for turn in turns[:2]] == [True, True]
    async with LINES[line](place.setting, place.assistant, PEOPLE) as channel:
        said = [await channel.say("chon", CHOICE), await channel.choose("chon", 2), await channel.choose("chon", 1)]
    for turn, messages in zip(turns, said, strict=True):
        assert squeezed([unlisted(turn).text if line == "telegram" else turn.text]) in squeezed(messages)


@channels
async def test_article_card_and_the_article_behind_an_answer(place: Place, line: str) -> None:
    card, opened = place.assistant.answer(Question(ARTICLE)), place.assistant.open_article("106-2025-qh15", "36")
    async with LINES[line](place.setting, place.assistant, PEOPLE) as channel:
        assert squeezed([card.text]) in squeezed(await channel.say("minh", ARTICLE))
        await channel.say("minh", QUESTION)
        if article := await channel.open_first("minh"):
            assert squeezed([opened.text]) in squeezed(article)
        else:
            assert line in ("terminal", "web")  # the terminal has nothing to press, the page shows the article beside the answer


@channels
async def test_long_answer_is_split_with_nothing_lost(
    place: Place, settings: Settings, live: LiveKnowledge, database: Database, line: str
) -> None:
    paragraph = "Cơ quan thi hành án dân sự <ra quyết định> & thông báo «hợp lệ» (khoản 1 Điều 36 Luật 106/2025/QH15). " * 6
    whole = "\n\n".join(f"{number}) {paragraph}" for number in range(14))

    class Long(Assistant):
        def answer(self, question: Question) -> Answer:
            answer = super().answer(question)
            return replace(answer, text=whole) if answer.citations else answer

    async with LINES[line](place.setting, Long(settings, live, database, today=lambda: TODAY), PEOPLE) as channel:
        said = await channel.say("hoa", QUESTION)
        assert squeezed(said).startswith(squeezed([whole]))
        assert channel.limit is None or all(utf16_length(message) <= channel.limit for message in said)
        assert not any(message.endswith(("khoản", "Điều", "Luật")) for message in said), "a citation was cut in two"


@channels
async def test_fault_of_ours_is_apologised_for(
    place: Place, settings: Settings, live: LiveKnowledge, database: Database, line: str
) -> None:
    class Broken(Assistant):
        def answer(self, question: Question) -> Answer:
            if "hỏng" in question.text:
                raise RuntimeError("the disk is full")
            return super().answer(question)

    async with LINES[line](place.setting, Broken(settings, live, database, today=lambda: TODAY), PEOPLE) as channel:
        assert await channel.say("nam", "hỏng rồi") == [texts.TROUBLE]
        assert "10 ngày" in "\n".join(await channel.say("nam", QUESTION))


@pytest.mark.parametrize("line", [line for line in LINES if line != "terminal"])  # who sits at the machine has no allowance
async def test_allowance(place: Place, line: str) -> None:
    async with LINES[line](place.setting, place.assistant, People({}, 2)) as channel:
        said = ["\n".join(await channel.say("tam", QUESTION)) for _ in range(3)]
        assert ["10 ngày" in text for text in said] == [True, True, False]
        assert said[2].startswith("Bạn hỏi hơi nhanh")
        if line != "web":  # there a person is an address, and all of this machine have the same
            assert "10 ngày" in "\n".join(await channel.say("tu", QUESTION))


@channels
async def test_burst_is_answered_once_each_and_in_order(place: Place, line: str) -> None:
    """Two hundred messages of twenty people at once, while the platform fails at times."""
    people = [f"person{number}" for number in range(20)]
    articles = [f"Điều {number}" for number in range(30, 40)]
    async with LINES[line](place.setting, place.assistant, PEOPLE) as channel:
        for number, person in enumerate(people[:8]):
            channel.misbehave(person, 429 if number % 2 else 500)
        await channel.say_all([(person, article) for article in articles for person in people])
        for person in people:
            heard = [text for text in channel.heard(person) if text.startswith("Điều ")]
            wanted = articles if line != "terminal" else [article for article in articles for _ in people]
            assert [text.partition(" Luật")[0] for text in heard] == wanted, person
