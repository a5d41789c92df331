"""Scores answers against questions with gold articles: `python benchmarks/answers.py --questions Q.jsonl`; prints one JSON object."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path
from statistics import quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.config import load_settings
from bot.message import Answer, Question
from bot.serve import open_assistant
from knowledge.text import nfc


def comparable(text: str) -> str:
    """Lower case, no leading zeros, no thousands points: '05 ngày' and '5 ngày' are one."""
    text = re.sub(r"\b0+(\d)", r"\1", nfc(text).lower())
    return re.sub(r"\s+", " ", re.sub(r"(?<=\d)[.](?=\d{3}\b)", "", text))


def judge(row: dict[str, Any], answer: Answer) -> dict[str, Any]:
    """What is right in one answer. A gold place without an article is met by its document; facts may stand in the first quote."""
    gold = {(g["doc"], str(g["article"]) if g.get("article") else None) for g in row.get("gold", [])}
    cited = [(c.document, c.article) for c in answer.citations]
    met = [any(d == doc and article in (None, a) for d, a in cited) for doc, article in gold]
    said = comparable(answer.text + " " + (answer.citations[0].quote if answer.citations else ""))
    facts = [any(comparable(f) in said for f in (fact if isinstance(fact, list) else [fact])) for fact in row.get("must_say", [])]
    first = bool(cited) and any(cited[0][0] == doc and article in (None, cited[0][1]) for doc, article in gold)
    wrong = any(comparable(fact) in comparable(answer.text) for fact in row.get("must_not_say", []))
    return {
        "first": first if gold else None,
        "cited": any(met) if gold else None,
        "all_cited": all(met) if gold else None,
        "facts": all(facts) if facts else None,
        "wrong": wrong if row.get("must_not_say") else None,
        "refused": answer.kind in ("refusal", "clarification"),
        "ms": answer.elapsed_ms,
    }


def share(rows: list[dict[str, Any]], key: str) -> float | None:
    values = [row[key] for row in rows if row[key] is not None]
    return round(sum(values) / len(values), 3) if values else None


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--questions", type=Path, nargs="+", required=True)
    cli.add_argument("--config", type=Path, default=Path(__file__).parent.parent / "config.yaml")
    cli.add_argument("--document", help="only questions whose first gold article is in this document")
    cli.add_argument("--worst", type=int, default=0, help="print so many wrong ones to standard error")
    options = cli.parse_args()
    assistant = open_assistant(load_settings(options.config))
    rows = [
        json.loads(line) for path in options.questions for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    if options.document:
        rows = [row for row in rows if row.get("gold") and row["gold"][0]["doc"] == options.document]
    judged, styles = [], defaultdict(list)
    for row in rows:
        on = date.fromisoformat(row["as_of"]) if row.get("as_of") else None
        answer = assistant.answer(Question(row["question"], "benchmark", role=row.get("role", "citizen"), as_of=on))
        result = judge(row, answer)
        judged.append(result)
        styles[row.get("style", "-")].append(result)
        if not result["first"] and options.worst:
            options.worst -= 1
            print(row["id"], row["question"], row["gold"], [(c.document, c.article) for c in answer.citations], file=sys.stderr)
    keys = ("first", "cited", "all_cited", "facts", "wrong", "refused")
    cuts = quantiles([row["ms"] for row in judged], n=20) if len(judged) > 1 else [0.0] * 19
    print(
        json.dumps(
            {
                "n": len(judged),
                **{key: share(judged, key) for key in keys},
                "ms_p50": cuts[9],
                "ms_p95": cuts[18],
                "by_style": {
                    style: {"n": len(part), **{key: share(part, key) for key in keys}} for style, part in sorted(styles.items())
                },
            },
            ensure_ascii=False,
        )
    )


if __name__ == "__main__":
    main()
