"""Counts how many of a chat model's wrong texts reach a person: `python benchmarks/bad_outputs.py`; prints one JSON object.

Real questions are asked of the real assistant; its chat model answers each with a text made wrong on purpose from the passages it was
given (tests/fakes/misbehaving.py), or with a faithful one. A sample goes over HTTP, through a server on this machine.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.assistant import Assistant
from bot.config import ChatModelSettings, Settings, load_settings
from bot.database import Database
from bot.message import Question
from bot.model import ChatModel, Rewrite, open_model
from bot.serve import LiveKnowledge, open_embedder
from bot.state import Knowledge
from knowledge.trained import read_trained
from tests.fakes.faithful import GOOD
from tests.fakes.misbehaving import BAD
from tests.fakes.openai import fake_openai
from tests.fakes.outputs import Output, make


@dataclass
class Misbehaving:
    """A chat model that writes one output of the chosen kind, made from what it is given; asked again, it insists."""

    chance: random.Random
    bad: bool = True
    kind: str = ""
    written: Output | None = None

    def write(self, question: str, passages: Sequence[str], rewrite: Rewrite | None = None) -> str:
        if rewrite is None:
            self.written = make(BAD if self.bad else GOOD, passages, self.chance, self.kind)
        if self.written is None:
            return "KHÔNG ĐỦ CĂN CỨ"
        return self.written.as_json() if self.chance.random() < 0.5 else self.written.as_text()


@dataclass
class Report:
    """Counts by kind; `reached` and `lost` hold examples."""

    made: Counter[str] = field(default_factory=Counter)
    reached: Counter[str] = field(default_factory=Counter)
    examples: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, list[int]]:
        return {kind: [self.reached[kind], self.made[kind]] for kind in sorted(self.made)}


def run(assistant: Assistant, model: Misbehaving, questions: Sequence[str], kinds: Sequence[str], count: int) -> Report:
    """Ask until so many outputs were made, the kinds in turn; a question whose passages do not lend themselves to a kind is passed over."""
    report, asked = Report(), 0
    while sum(report.made.values()) < count and asked < 12 * count:
        model.kind, model.written = kinds[asked % len(kinds)], None
        answer = assistant.answer(Question(questions[asked % len(questions)]))
        asked += 1
        if model.written is None:
            continue
        report.made[model.kind] += 1
        if arrived(model.written, answer.text) if model.bad else whole(model.written, answer.text):
            report.reached[model.kind] += 1
        if (model.written.kind in report.reached) == model.bad or not model.bad:
            said = model.written.as_json()[:600]
            if model.bad == arrived(model.written, answer.text) and len(report.examples) < 20:
                report.examples.append({"kind": model.kind, "question": answer.question, "written": said})
    return report


def arrived(written: Output, answer: str) -> bool:
    """Whether a wrong sentence stands in the answer as the model's own, with its place behind it."""
    wrong = written.sentences[1:] if written.kind.startswith("false sentence") else written.sentences
    return any(f"{_bare(text)} (" in _spaced(answer) for text, _ in wrong) or bool(
        written.raw and len(written.raw) > 20 and written.raw in answer
    )


def whole(written: Output, answer: str) -> bool:
    """Whether all sentences of a faithful text stand in the answer."""
    return all(f"{_bare(text)} (" in _spaced(answer) for text, _ in written.sentences)


def _bare(text: str) -> str:
    return _spaced(text).rstrip(" .;:,")


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def asked_questions(knowledge: Knowledge, chance: random.Random, count: int) -> list[str]:
    """Ways in which people ask for places of the library, of all documents."""
    rows = [row.text for row in knowledge.search._build.questions]
    return chance.sample(rows, min(count, len(rows)))


def over_http(settings: Settings, knowledge: Callable[[], Knowledge], questions: Sequence[str], seed: int, count: int) -> Report:
    """The same through the fake server, with the real client between."""
    with fake_openai() as server:
        model = open_model(ChatModelSettings(name="gia", base_url=server.base_url, timeout=20), "")
        assert model is not None
        inner = Misbehaving(random.Random(seed))

        def reply(request: dict[str, Any]) -> str:
            given = request["messages"][1]["content"].partition("ĐOẠN:\n")[2].partition("\n\nCÂU HỎI:")[0]
            again = Rewrite("", "") if len(request["messages"]) > 2 else None
            return inner.write("", re.split(r"(?:^|\n)\[\d+\] ", given)[1:], again)

        server.reply = reply
        return run(assistant_of(settings, knowledge, model), inner, questions, list(BAD), count)


def assistant_of(settings: Settings, knowledge: Callable[[], Knowledge], model: ChatModel) -> Assistant:
    return Assistant(settings, knowledge, Database("sqlite://"), model)


def measure(
    settings: Settings, knowledge: Callable[[], Knowledge], *, bad: int, good: int, http: int, seed: int
) -> dict[str, Any]:
    """All counts."""
    chance = random.Random(seed)
    questions = asked_questions(knowledge(), chance, 4000)
    wrong, right = Misbehaving(chance), Misbehaving(chance, bad=False)
    reports = {
        "bad": run(assistant_of(settings, knowledge, wrong), wrong, questions, list(BAD), bad),
        "good": run(assistant_of(settings, knowledge, right), right, questions, list(GOOD), good),
    }
    if http:
        reports["http"] = over_http(settings, knowledge, questions, seed, http)
    totals = {name: (sum(r.made.values()), sum(r.reached.values())) for name, r in reports.items()}
    return {
        "bad": totals["bad"][0],
        "reached_a_person": totals["bad"][1],
        "good": totals["good"][0],
        "good_passed": totals["good"][1],
        **({"http_bad": totals["http"][0], "http_reached_a_person": totals["http"][1]} if http else {}),
        "by_kind": {name: report.as_json() for name, report in reports.items()},
        "examples": [example for report in reports.values() for example in report.examples],
    }


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--bad", type=int, default=1500)
    cli.add_argument("--good", type=int, default=400)
    cli.add_argument("--http", type=int, default=60, help="how many go through a server")
    cli.add_argument("--seed", type=int, default=7)
    cli.add_argument("--config", type=Path, default=Path(__file__).parent.parent / "config.yaml")
    cli.add_argument("--examples", action="store_true", help="print texts that came out the wrong way")
    options = cli.parse_args()
    logging.getLogger("bot").setLevel(logging.ERROR)  # each rejected text is a warning
    settings = load_settings(options.config)
    model = settings.path(settings.embedding.model)
    knowledge = LiveKnowledge(settings.path(settings.index.path), open_embedder(settings), read_trained(model))
    report = measure(settings, knowledge, bad=options.bad, good=options.good, http=options.http, seed=options.seed)
    if not options.examples:
        del report["examples"]
    print(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    main()
