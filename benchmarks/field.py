"""Asks questions from outside the field and counts what is refused: `python benchmarks/field.py`; prints one JSON object."""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.config import load_settings
from bot.message import Question
from bot.serve import open_assistant


def main() -> None:
    here = Path(__file__).parent
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--questions", type=Path, default=here / "questions" / "out_of_field.jsonl")
    cli.add_argument("--config", type=Path, default=here.parent / "config.yaml")
    options = cli.parse_args()
    assistant = open_assistant(load_settings(options.config))
    refused: dict[str, list[bool]] = defaultdict(list)
    answered = []
    for line in options.questions.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        answer = assistant.answer(Question(row["question"], "benchmark"))
        refused[row.get("part", "-")].append(not answer.citations)
        if answer.citations:
            answered.append(row["question"])
    shares = {part: {"n": len(rows), "refused": round(sum(rows) / len(rows), 3)} for part, rows in refused.items()}
    print(json.dumps({"parts": shares, "answered": answered}, ensure_ascii=False))


if __name__ == "__main__":
    main()
