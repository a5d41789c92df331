"""Judges answers against questions whose right places are known: one scorer for `ingest.py evaluate`, the benchmarks and the golden gate."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any

from bot.assistant import Assistant
from bot.config import DatabaseSettings
from bot.errors import ConfigError
from bot.message import Answer, Question
from knowledge.text import fold, nfc

NOWHERE = DatabaseSettings(url="sqlite://")  # in memory: questions of a test are nobody's conversation
KEYS = ("first", "cited", "all_cited", "facts", "wrong", "refused", "passed")


def comparable(text: str) -> str:
    """Lower case, no leading zeros, no thousands points: '05 ngày' and '5 ngày' are one."""
    text = re.sub(r"\b0+(\d)", r"\1", nfc(text).lower())
    return re.sub(r"\s+", " ", re.sub(r"(?<=\d)[.](?=\d{3}\b)", "", text))


def read_questions(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of questions. Raises ConfigError, with the line, for one that cannot be judged."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}") from None
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                rows.append(_checked(json.loads(line)))
            except (ValueError, TypeError, KeyError) as fault:
                raise ConfigError(f"{path}:{number}: not a question to judge: {fault}") from None
    if not rows:
        raise ConfigError(
            f'{path} has no questions; write {{"id", "question", "gold": [{{"document", "article"}}]}} on each line'
        )
    return rows


def _checked(row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or not isinstance(row.get("question"), str) or "id" not in row:
        raise ValueError("it needs 'id' and 'question'")
    if row.get("role", "citizen") not in ("citizen", "staff"):
        raise ValueError(f"role is {row['role']!r}; use citizen or staff")
    if row.get("as_of"):
        date.fromisoformat(row["as_of"])
    gold_places(row)
    return row


def gold_places(row: dict[str, Any]) -> list[tuple[str, str | None]]:
    """The right places of a question; one without an article is met by its document."""
    places = row.get("gold") or []
    return [
        (str(g["document"] if "document" in g else g["doc"]), str(g["article"]) if g.get("article") else None) for g in places
    ]


def judge(row: dict[str, Any], answer: Answer) -> dict[str, Any]:
    """What is right in one answer. Facts may stand in the first quote; what must not be said, in the text alone; None where nothing was asked."""
    gold = gold_places(row)
    must = row.get("must_say") or row.get("must") or row.get("facts") or []
    cited = [(c.document, c.article) for c in answer.citations]
    met = [any(_same(doc, d) and article in (None, a) for d, a in cited) for doc, article in gold]
    said = comparable(answer.text + " " + (answer.citations[0].quote if answer.citations else ""))
    facts = [any(comparable(f) in said for f in (fact if isinstance(fact, list) else [fact])) for fact in must]
    first = bool(cited) and any(_same(doc, cited[0][0]) and article in (None, cited[0][1]) for doc, article in gold)
    refused = answer.kind in ("refusal", "clarification")
    wrong = any(comparable(fact) in comparable(answer.text) for fact in row.get("must_not_say") or ())
    return {
        "first": first if gold else None,
        "cited": any(met) if gold else None,
        "all_cited": all(met) if gold else None,
        "facts": all(facts) if facts else None,
        "wrong": wrong if row.get("must_not_say") else None,
        "refused": refused,
        "passed": refused == bool(row.get("refuse")) and (first or not gold) and all(facts) and not wrong,
        "ms": answer.elapsed_ms,
    }


def _same(number: str, other: str) -> bool:
    return fold(number) == fold(other)


def share(rows: Sequence[dict[str, Any]], key: str) -> float | None:
    """How many of the rows for which it was asked have it, 0 to 1."""
    values = [row[key] for row in rows if row[key] is not None]
    return round(sum(values) / len(values), 3) if values else None


def evaluate(assistant: Assistant, rows: Sequence[dict[str, Any]], channel: str = "evaluation") -> dict[str, Any]:
    """The shares over all questions and by style, the ids that did not pass, and how long answers took."""
    judged: list[dict[str, Any]] = []
    styles: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        on = date.fromisoformat(row["as_of"]) if row.get("as_of") else None
        answer = assistant.answer(Question(row["question"], channel, role=row.get("role", "citizen"), as_of=on))
        judged.append({"id": row["id"], **judge(row, answer)})
        styles[str(row.get("style", "-"))].append(judged[-1])
    cuts = quantiles([row["ms"] for row in judged], n=20) if len(judged) > 1 else [0.0] * 19
    return {
        "n": len(judged),
        **{key: share(judged, key) for key in KEYS},
        "ms_p50": round(cuts[9], 1),
        "ms_p95": round(cuts[18], 1),
        "by_style": {
            style: {"n": len(part), **{key: share(part, key) for key in KEYS}} for style, part in sorted(styles.items())
        },
        "failing": [row["id"] for row in judged if not row["passed"]],
    }
