"""Throws broken messages at a channel: `python benchmarks/fuzz_channels.py --channel zalo --count 10000`; prints one JSON object.

Each channel runs for real, against the fake of its platform on this machine. Of what is sent about half is whole: those must be
answered, once each. The rest lacks fields, has values of wrong types or of great length, or is no JSON; it must break nothing. A third
of it was more than a text: a pressed button, a recording, an edit, somebody who begins to follow.
All come out of order and some twice. `crashed` counts faults that the bot logged, replies of status 500, and a channel that ended.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import json
import logging
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.fuzz_lines import LINES, Line
from bot.assistant import Assistant
from bot.config import DatabaseSettings, Settings, load_settings
from bot.message import Answer, Question

QUESTIONS = (
    "Thời hạn tự nguyện thi hành án là bao lâu?", "ai phai nop phi thi hanh an", "Điều 36", "khoản 2 Điều 46 Luật 106/2025/QH15",
    "cách nấu phở bò", "/start", "/help", "/xoa", "xóa", "1", "xem 2", "xem 1 phần 2", "99", "🙏", "?", "\u200b", "\u202eaibogn",
    "<b>điều 36</b> & «x»", "';drop table turns;--", "a" * 3000, "Điều 36\u0000 khoản 1", "e\u0302\u0301" * 300, "\n\n\n", "điều " * 300,
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    2**70,
    1.5,
    "",
    "x" * 100_000,
    [],
    {},
    [[]],
    {"a": {"b": 1}},
    "\ud800",
    "\u0000",
    "0",
    [None] * 50,
)
WINDOW = 16  # messages that are on their way at once, and so out of order


@dataclass
class Watch(logging.Handler):
    """Counts the faults that were logged with where they happened: a fault that was foreseen has no such trace."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(logging.ERROR)

    def __hash__(self) -> int:
        return id(self)

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and "chat not found" not in str(record.exc_info[1]).lower():  # a broken message may come from nowhere
            self.count += 1
            self.first = self.first or [self.format(record)[-1500:]]


class Remembering(Assistant):
    """Answers words that were asked before from memory: everybody writes once, so nothing else can change an answer."""

    def __init__(self, behind: Assistant) -> None:
        self.__dict__.update(behind.__dict__)
        self._said: dict[str, Answer] = {}

    def answer(self, question: Question, *, at_length: bool = False) -> Answer:
        if question.text not in self._said:
            self._said[question.text] = super().answer(question, at_length=at_length)
        return self._said[question.text]


def broken(chance: random.Random, event: Any) -> bytes:
    """The event with something wrong in it."""
    event = copy.deepcopy(event)
    for _ in range(chance.randint(1, 3)):
        places = list(_places(event))
        if not places:
            break
        holder, key = chance.choice(places)
        if chance.random() < 0.4:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(chance.choice(JUNK))
    if chance.random() < 0.1:
        event = chance.choice(
            [[event], {"result": event}, event if not isinstance(event, dict) else list(event.values()), None, 5, "x"]
        )
    raw = json.dumps(event).encode()
    if chance.random() < 0.15:
        raw = chance.choice([raw[: len(raw) // 2], raw + b"}", chance.randbytes(80), b"", b"[" * 5000, b"\xff\xfe" + raw])
    return raw


async def all_answered(line: Line, people: list[str]) -> None:
    """Wait for what is still in work, as long as there is any progress."""
    waiting, patience = people, 60.0
    while waiting and patience > 0 and not line.ended():
        await asyncio.sleep(0.2)
        left = [person for person in waiting if not line.replies(person)]
        patience = 60.0 if len(left) < len(waiting) else patience - 0.2
        waiting = left


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a JSON value that can be taken away or replaced."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        yield value, key
        yield from _places(inner)


async def fuzz(channel: str, count: int, seed: int, assistant: Assistant, settings: Settings, folder: Path) -> dict[str, Any]:
    """What became of so many messages."""
    chance, watch = random.Random(seed), Watch()
    logging.getLogger().addHandler(watch)
    valid: dict[str, int] = {}
    crashed = sent = 0
    started = time.perf_counter()
    try:
        async with LINES[channel](settings, assistant, folder) as line:
            while sent < count:
                batch: list[bytes] = []
                for _ in range(min(WINDOW, count - sent)):
                    sent += 1
                    person = f"f{seed}-{sent}"
                    if chance.random() < 0.5:
                        text = chance.choice(QUESTIONS)
                        event = line.other(chance, person) if line.other and chance.random() < 0.3 else line.whole(person, text)
                        batch.append(broken(chance, event))
                        continue
                    event = line.whole(person, chance.choice(QUESTIONS))
                    valid[person] = 2 if chance.random() < 0.1 and channel != "web" else 1
                    batch += [json.dumps(event).encode()] * valid[person]
                chance.shuffle(batch)
                statuses = await asyncio.gather(*(line.send(raw) for raw in batch))
                crashed += sum(status >= 500 for status in statuses)
            await all_answered(line, list(valid))
            crashed += line.ended()
            answered = sum(line.replies(person) > 0 for person in valid)
    finally:
        logging.getLogger().removeHandler(watch)
    result: dict[str, Any] = {
        "channel": channel,
        "sent": sent,
        "crashed": crashed + watch.count,
        "valid": len(valid),
        "answered": answered,
    }
    result |= {"lost": len(valid) - answered, "seconds": round(time.perf_counter() - started)}
    return result | ({"first": watch.first[0]} if watch.first else {})


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--channel", choices=list(LINES), required=True)
    cli.add_argument("--count", type=int, default=10_000)
    cli.add_argument("--seed", type=int, default=1)
    cli.add_argument("--config", type=Path, default=Path(__file__).parent.parent / "config.yaml")
    options = cli.parse_args()
    from bot.serve import open_assistant

    logging.basicConfig(level=logging.ERROR, handlers=[logging.NullHandler()])  # what is logged is counted, not shown
    with tempfile.TemporaryDirectory() as folder:
        database = DatabaseSettings(url=f"sqlite:///{folder}/fuzz.sqlite")
        settings = load_settings(options.config).model_copy(update={"database": database})
        result = asyncio.run(
            fuzz(options.channel, options.count, options.seed, Remembering(open_assistant(settings)), settings, Path(folder))
        )
    print(json.dumps(result, ensure_ascii=False))


if __name__ == "__main__":
    main()
