"""Scores answers against questions with gold articles, whole conversations and false premises; prints one JSON object.

`python benchmarks/answers.py --questions Q.jsonl`, `--conversations FILE|FOLDER`, `--premises FILE`, any of them together.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.config import load_settings
from bot.evaluation import NOWHERE, evaluate, gold_places, read_questions
from bot.serve import open_assistant
from bot.talks import evaluate_talks, read_talks


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--questions", type=Path, nargs="+", default=[])
    cli.add_argument("--conversations", type=Path, help="a conversation as a .yaml file, or a folder of them")
    cli.add_argument("--premises", type=Path, help="questions that take something for granted, e.g. benchmarks/premises.jsonl")
    cli.add_argument("--config", type=Path, default=Path(__file__).parent.parent / "config.yaml")
    cli.add_argument("--document", help="only questions whose first gold article is in this document")
    cli.add_argument("--worst", type=int, default=0, help="print so many that did not pass to standard error")
    options = cli.parse_args()
    rows = [row for path in options.questions for row in read_questions(path)]
    if options.document:
        rows = [row for row in rows if (gold := gold_places(row)) and gold[0][0] == options.document]
    if not (rows or options.conversations or options.premises):
        cli.error("name --questions, --conversations or --premises")
    settings = load_settings(options.config).model_copy(update={"database": NOWHERE})
    assistant = open_assistant(settings)
    report = _told(evaluate(assistant, rows, "benchmark"), options.worst, rows) if rows else {}
    if options.conversations:
        talks = evaluate_talks(assistant, read_talks(options.conversations), "benchmark")
        report["conversations"] = _told(talks, options.worst)
    if options.premises:
        premises = read_questions(options.premises)
        report["premises"] = _told(evaluate(assistant, premises, "benchmark"), options.worst, premises)
    print(json.dumps(report, ensure_ascii=False))


def _told(report: dict[str, Any], worst: int, rows: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """The report without what did not pass, of which the first are told on standard error."""
    by_id = {row["id"]: row for row in rows}
    for each in report.pop("failing")[:worst]:
        print(each, *([by_id[each]["question"], gold_places(by_id[each])] if each in by_id else []), file=sys.stderr)
    return report


if __name__ == "__main__":
    main()
