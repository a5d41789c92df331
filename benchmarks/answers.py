"""Scores answers against questions with gold articles: `python benchmarks/answers.py --questions Q.jsonl`; prints one JSON object."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.config import load_settings
from bot.evaluation import NOWHERE, evaluate, gold_places, read_questions
from bot.serve import open_assistant


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--questions", type=Path, nargs="+", required=True)
    cli.add_argument("--config", type=Path, default=Path(__file__).parent.parent / "config.yaml")
    cli.add_argument("--document", help="only questions whose first gold article is in this document")
    cli.add_argument("--worst", type=int, default=0, help="print so many that did not pass to standard error")
    options = cli.parse_args()
    rows = [row for path in options.questions for row in read_questions(path)]
    if options.document:
        rows = [row for row in rows if (gold := gold_places(row)) and gold[0][0] == options.document]
    settings = load_settings(options.config).model_copy(update={"database": NOWHERE})
    report = evaluate(open_assistant(settings), rows, "benchmark")
    by_id = {row["id"]: row for row in rows}
    for each in report.pop("failing")[: options.worst]:
        print(each, by_id[each]["question"], gold_places(by_id[each]), file=sys.stderr)
    print(json.dumps(report, ensure_ascii=False))


if __name__ == "__main__":
    main()
