"""Judges conversations whose turns say which place each answer should cite, or of what kind it should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from bot.assistant import Assistant
from bot.errors import ConfigError
from bot.evaluation import share
from bot.message import Answer, Kind, Question
from knowledge.citation import Citation, find_citations, find_documents
from knowledge.errors import LibraryError
from knowledge.lists import read_text
from knowledge.maps import read_map
from knowledge.search import Reader
from knowledge.text import fold


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person says and what is right: one of these places among the cited, else the kind of the answer."""

    says: str
    cites: tuple[Citation, ...]
    kind: str
    on: date | None  # the day whose law is to be told, where that is not today's


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation of one person."""

    name: str
    role: Reader
    turns: tuple[Turn, ...]


def read_talks(path: Path) -> list[Talk]:
    """The conversations of a file, or of all files of a folder. Raises ConfigError, with file and line, for one that cannot be judged."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    if not files:
        raise ConfigError(f"{path} has no .yaml files; see tests/bot/conversations for their form")
    try:
        return [_talk(file) for file in files]
    except LibraryError as fault:
        raise ConfigError(str(fault)) from None


def _talk(path: Path) -> Talk:
    written = read_map(read_text(path), str(path), "the conversation")
    role, rows = written.rows.get("role", "citizen"), written.rows.get("turns")
    if role not in get_args(Reader):
        raise written.fault("role", f"role is {role!r}", "Use citizen or staff")
    if not isinstance(rows, list) or not rows:
        raise written.fault("turns", "no turns", "Write '- says: \"…\"' with 'cites: [\"106/2025/QH15 36\"]' or 'kind: answer'")
    turns = []
    for number, row in enumerate(rows, 1):
        if (turn := _turn(row)) is None:
            raise written.fault("turns", f"turn {number} cannot be judged", "Give it 'says' and 'cites' or 'kind'")
        turns.append(turn)
    return Talk(path.stem, role, tuple(turns))


def _turn(row: Any) -> Turn | None:
    if not isinstance(row, dict) or not isinstance(row.get("says"), str) or set(row) - {"says", "cites", "kind", "on"}:
        return None
    places = [_place(each) for each in row.get("cites") or ()]
    kind = row.get("kind", "")
    if None in places or not (places or kind) or kind not in ("", *get_args(Kind)):
        return None
    return Turn(row["says"], tuple(place for place in places if place), kind, row.get("on"))


def _place(written: Any) -> Citation | None:
    """`106/2025/QH15 36`; None for what names no article of a document."""
    number, _, article = str(written).rpartition(" ")
    found = find_citations(f"Điều {article}")
    return Citation(number, found[0].article) if find_documents(number) and found else None


def hold(assistant: Assistant, talk: Talk, channel: str) -> Iterator[tuple[Turn, Answer]]:
    """Every turn of a conversation with its answer; the conversation is forgotten before and after."""
    name = f"{channel}:{talk.name}"
    assistant.erase(name)
    for turn in talk.turns:
        yield turn, assistant.answer(Question(turn.says, channel, role=talk.role, conversation=name))
    assistant.erase(name)


def judge_turn(turn: Turn, answer: Answer) -> dict[str, Any]:
    """What is right in one answer; None where nothing was asked."""
    wanted = {(fold(place.number or ""), place.article) for place in turn.cites}
    cited = [(fold(each.document), each.article) for each in answer.citations]
    kind = not turn.kind or answer.kind == turn.kind
    return {
        "first": bool(cited) and cited[0] in wanted if wanted else None,
        "cited": not wanted.isdisjoint(cited) if wanted else None,
        "kind": kind if turn.kind else None,
        "as_of": answer.as_of == turn.on if turn.on else None,
        "passed": kind and (not wanted or not wanted.isdisjoint(cited)) and turn.on in (None, answer.as_of),
    }


def evaluate_talks(assistant: Assistant, talks: Sequence[Talk], channel: str = "evaluation") -> dict[str, Any]:
    """The shares over all turns, and those that did not pass with what they cite instead."""
    judged: list[dict[str, Any]] = []
    failing = []
    for talk in talks:
        for number, (turn, answer) in enumerate(hold(assistant, talk, channel), 1):
            judged.append(judge_turn(turn, answer))
            if not judged[-1]["passed"]:
                places = [f"{each.document} {each.article}" for each in answer.citations]
                failing.append(f"{talk.name}:{number} «{turn.says}» {answer.kind} {', '.join(places)}")
    keys = ("first", "cited", "kind", "as_of", "passed")
    return {"conversations": len(talks), "turns": len(judged), **{key: share(judged, key) for key in keys}, "failing": failing}
