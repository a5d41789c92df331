"""Answers the golden questions on a build as the assistant would; answers given while it was made are kept beside it for the next refresh."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path

from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.message import Question
from bot.serve import knowledge_of
from knowledge.citation import Citation
from knowledge.embedding import Embedder
from knowledge.index import open_build
from knowledge.review import Asker, Golden, Opener, Said
from knowledge.trained import read_trained

KEPT = "golden.json"
_ROOT = Path(__file__).parent.parent


def answer_opener(settings: Settings, embedder: Embedder, today: date) -> Opener:
    """Opens any build for golden questions and answers them without a model, so that only the law makes a difference."""
    state = _state(settings, today)

    @contextmanager
    def opened(index: Path, name: str) -> Iterator[Asker]:
        kept = _kept(index / name / KEPT, state)
        given: dict[str, Said] = {}
        with ExitStack() as stack:
            assistant: list[Assistant] = []  # opened for the first question that no kept answer answers

            def ask(golden: Golden) -> Said:
                key = repr(golden)
                if key not in kept:
                    if not assistant:
                        assistant.append(_assistant(settings, embedder, index, name, today, stack))
                    kept[key] = _said(assistant[0], golden)
                given[key] = kept[key]
                return given[key]

            yield ask
        if name.startswith("."):  # a build that is still being made; a finished one is never changed
            _keep(index / name / KEPT, state, given)

    return opened


def _assistant(settings: Settings, embedder: Embedder, index: Path, name: str, today: date, stack: ExitStack) -> Assistant:
    build = open_build(index, embedder, name)
    stack.callback(build.close)
    database = Database("sqlite://")
    stack.callback(database.close)
    knowledge = knowledge_of(build, embedder, read_trained(settings.path(settings.embedding.model)))
    return Assistant(settings, lambda: knowledge, database, today=lambda: today)


def _said(assistant: Assistant, golden: Golden) -> Said:
    answer = assistant.answer(Question(golden.question, "golden", role=golden.role, as_of=golden.as_of))
    quotes = [answer.citations[0].quote] if answer.citations else []
    return Said(tuple(citation.citation for citation in answer.citations), "\n".join([answer.text, *quotes]))


def _state(settings: Settings, today: date) -> str:
    """A name for all but the build that an answer depends on: the program, how it is set, the day."""
    digest = hashlib.blake2b(f"{today} {settings.answers!r} {settings.library.main!r}".encode(), digest_size=12)
    for folder in ("bot", "knowledge"):
        for path in sorted((_ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    for path in sorted(settings.path(settings.embedding.model).glob("*.json")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _kept(path: Path, state: str) -> dict[str, Said]:
    """Answers kept beside a build, none when they were given in another state."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["state"] != state:
            return {}
        return {key: Said(tuple(Citation(**place) for place in row["places"]), row["text"]) for key, row in kept["said"].items()}
    except (OSError, ValueError, KeyError, TypeError):  # it is only a saving: what is missing is asked again
        return {}


def _keep(path: Path, state: str, given: dict[str, Said]) -> None:
    said = {key: {"places": [asdict(place) for place in each.places], "text": each.text} for key, each in given.items()}
    path.write_text(json.dumps({"state": state, "said": said}, ensure_ascii=False), encoding="utf-8")
