"""Lets a chat model reword a draft: what it writes is proven, rewritten once with what failed, else left to the other model, else not used."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

import yaml

from bot.compose import Draft, place_name
from bot.errors import ConfigError, ModelUnavailable
from bot.grounding import Ground, Kind, Verdict, prove
from bot.leeway import PROMPTS, Leeway
from bot.model import ChatModel, Rewrite
from bot.replies import read_reply
from knowledge.citation import write_citation
from knowledge.search import Reader
from knowledge.store import Library

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Complaints:
    """What a model is told of a text that could not be proven; `faults` has a sentence for each kind of fault."""

    opening: str
    faults: dict[str, str]

    def of(self, verdicts: Iterable[Verdict]) -> str:
        """The faults of a text, one line each, with the number of its sentence."""
        lines = [self.faults[f.kind].format(n=n, detail=f.detail) for n, v in enumerate(verdicts, 1) for f in v.faults]
        return "\n".join([self.opening, *lines])

    def unreadable(self) -> str:
        return f"{self.opening}\n{self.faults['unreadable']}"


def read_complaints(path: Path = PROMPTS / "rewrite.yaml") -> Complaints:
    """The sentences of the file. Raises ConfigError when one is missing."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = Complaints(str(rows["opening"]), {str(kind): str(text) for kind, text in rows["faults"].items()})
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as fault:
        raise ConfigError(f"{path} cannot be used: {type(fault).__name__}: {fault}") from None
    if missing := sorted({*get_args(Kind), "unreadable"} - found.faults.keys()):
        raise ConfigError(f"{path}: faults lacks {', '.join(missing)}")
    return found


@dataclass(frozen=True, slots=True)
class Worded:
    """What the models made of a draft: the proven text, None when there is none, and how it was judged, to be kept with the receipt."""

    text: str | None
    proof: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Task:
    """One draft that is to be reworded."""

    question: str
    draft: Draft
    grounds: tuple[Ground, ...]
    on: date
    reader: Reader


class Rewording:
    """The configured models, the first of which may write twice, and the rules by which they are judged."""

    def __init__(self, models: Sequence[ChatModel], leeway: Leeway, complaints: Complaints) -> None:
        self._models = models
        self._leeway = leeway
        self._complaints = complaints

    def __call__(self, question: str, draft: Draft, library: Library, on: date, reader: Reader) -> Worded:
        """The draft in a model's words, as far as they are proven."""
        grounds = tuple(Ground(p, q) for p, q in zip(draft.passages, draft.quotes, strict=True))
        task = _Task(question, draft, grounds, on, reader)
        proof: dict[str, Any] = {"used": False, "attempts": []}
        for place, model in enumerate(self._models):
            for verdicts in self._attempts(model, task, proof, again=place == 0):
                if _keeps_its_core(verdicts):
                    return Worded(_written(verdicts, task, library), {**proof, "used": True, "sentences": _kept(verdicts, task)})
        log.warning("no model answer could be used, composed answer given")
        return Worded(None, proof)

    def _attempts(self, model: ChatModel, task: _Task, proof: dict[str, Any], *, again: bool) -> list[list[Verdict]]:
        """What came of asking a model, the newest first; one that could not be proven is asked for once more when `again`."""
        found: list[list[Verdict]] = []
        rewrite = None
        for _ in range(2 if again else 1):
            verdicts, rewrite = self._attempt(model, task, rewrite, proof)
            if verdicts is not None:
                found.insert(0, verdicts)
            if rewrite is None:
                break
        return found

    def _attempt(
        self, model: ChatModel, task: _Task, rewrite: Rewrite | None, proof: dict[str, Any]
    ) -> tuple[list[Verdict] | None, Rewrite | None]:
        """The verdicts on one text, and what to ask for again; neither when the model cannot be reached or has nothing to say."""
        try:
            text = model.write(task.question, task.draft.quotes, rewrite)
        except ModelUnavailable as fault:
            proof["attempts"].append([str(fault)])
            return None, None
        try:
            given = read_reply(text)
        except ModelUnavailable as fault:
            log.warning("model answer not proven: %s", fault)
            proof["attempts"].append([str(fault)])
            return None, Rewrite(text, self._complaints.unreadable())
        verdicts = prove(given, task.grounds, task.on, task.reader, self._leeway)
        faults = [str(fault) for verdict in verdicts for fault in verdict.faults] or ([] if verdicts else ["no sentence"])
        proof["attempts"].append(faults)
        if not faults:
            return verdicts, None
        log.warning("model answer not proven: %s", "; ".join(faults[:6]))
        return verdicts, Rewrite(text, self._complaints.of(verdicts)) if verdicts else None


def _keeps_its_core(verdicts: Sequence[Verdict]) -> bool:
    """Whether what is proven still answers: the first sentence, which does so, and more than half of all."""
    proven = sum(not verdict.faults for verdict in verdicts)
    return bool(verdicts) and not verdicts[0].faults and 2 * proven > len(verdicts)


def _written(verdicts: Sequence[Verdict], task: _Task, library: Library) -> str:
    """The proven sentences, each with its places."""
    said = []
    for verdict in verdicts:
        if not verdict.faults:
            places = "; ".join(place_name(task.draft.passages[n - 1], library) for n in verdict.sentence.passages)
            said.append(f"{verdict.sentence.text.rstrip(' .;,:')} ({places}).")
    return "\n".join(said)


def _kept(verdicts: Sequence[Verdict], task: _Task) -> list[dict[str, Any]]:
    """All sentences with their places and faults, for the receipt."""
    known = range(1, len(task.draft.passages) + 1)
    return [
        {
            "text": verdict.sentence.text,
            "passages": verdict.sentence.passages,
            "places": [write_citation(task.draft.passages[n - 1].citation) for n in verdict.sentence.passages if n in known],
            "faults": [str(fault) for fault in verdict.faults],
        }
        for verdict in verdicts
    ]
