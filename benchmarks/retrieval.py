"""Measures the product's index and search on any corpus: `python benchmarks/retrieval.py --corpus C.jsonl --queries Q.jsonl [--fold]`.

A corpus line is `{"id","doc","title","text"}`, a query line `{"qid","question","gold":[ids]}`; files may be `.xz`. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.config import load_settings
from bot.serve import open_embedder
from knowledge.citation import Citation
from knowledge.index import FORMAT, open_build, write_index
from knowledge.passages import Passage
from knowledge.search import Search
from knowledge.spelling import read_word_lists, wording
from knowledge.text import fold

EVER = date(1945, 9, 2)


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def passage_of(row: dict[str, Any]) -> Passage:
    """An article of the corpus as one passage: its title is its heading."""
    heading = row["title"].partition(". ")[2] or row["title"]
    return Passage(
        row["id"], row["doc"], row["id"], Citation(row["doc"], row["id"]), (heading,), row["text"], EVER, None, "public", False
    )


def main() -> None:
    root = Path(__file__).parent.parent
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--corpus", type=Path, required=True)
    cli.add_argument("--queries", type=Path, required=True)
    cli.add_argument("--fold", action="store_true", help="strip the accents from the questions")
    cli.add_argument("--limit", type=int, help="only so many questions")
    cli.add_argument("--config", type=Path, default=root / "config.yaml")
    options = cli.parse_args()
    settings = load_settings(options.config)
    embedder = open_embedder(settings)
    lists = read_word_lists(settings.path(settings.library.path) / "words")
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build"
        build.mkdir()
        started = time.perf_counter()
        write_index(build, [passage_of(row) for row in rows_of(options.corpus)], [], embedder)
        seconds = time.perf_counter() - started
        (build / "manifest.json").write_text(json.dumps({"format": FORMAT, "model": embedder.fingerprint}), encoding="utf-8")
        search = Search(open_build(Path(folder), embedder, "build"), embedder)
        print(json.dumps(measure(search, lists, options) | {"index_seconds": round(seconds, 1)}))


def measure(search: Search, lists: Any, options: argparse.Namespace) -> dict[str, Any]:
    ranks, times = [], []
    for row in list(rows_of(options.queries))[: options.limit]:
        question = fold(row["question"]) if options.fold else row["question"]
        started = time.perf_counter()
        found = search.find(wording(question, lists), date(2026, 11, 23), "staff", limit=10)
        times.append((time.perf_counter() - started) * 1000)
        ids = [hit.best.passage.id for hit in found]
        ranks.append(next((n for n, name in enumerate(ids, 1) if name in row["gold"]), 0))
    found_at = np.array(ranks)
    return {
        "n": len(ranks),
        "acc@1": round(float(np.mean(found_at == 1)), 4),
        "recall@10": round(float(np.mean(found_at > 0)), 4),
        "mrr@10": round(float(np.mean([1 / r if r else 0 for r in ranks])), 4),
        "ms_p50": round(float(np.percentile(times, 50)), 1),
        "ms_p95": round(float(np.percentile(times, 95)), 1),
    }


if __name__ == "__main__":
    main()
