"""Measures the product's index and search on any corpus: `python benchmarks/retrieval.py --corpus C.jsonl --queries Q.jsonl [--fold]`.

A corpus line is `{"id","doc","title","text"}`, a query line `{"qid","question","gold":[ids]}`; files may be `.xz`. Prints one JSON object.
`--fold`, `--half`, `--typo` and `--abbreviate` mistype the questions, alone or together; `--each` prints a line for the questions as they are
and for each of these ways, on one index.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported, as `python -m bot` does

import numpy as np

from benchmarks.mistyping import abbreviate, half, typo
from bot.config import load_settings
from bot.serve import open_embedder
from knowledge.citation import Citation
from knowledge.index import index_passages
from knowledge.passages import Passage
from knowledge.ranker import read_ranker
from knowledge.search import Search
from knowledge.spelling import WordLists, read_word_lists, wording
from knowledge.text import fold

EVER = date(1945, 9, 2)
TODAY = date(2026, 11, 23)
ROOT = Path(__file__).parent.parent
WAYS = ("abbreviate", "typo", "half", "fold")  # in the order in which they are applied


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def passage_of(row: dict[str, Any]) -> Passage:
    """An article of the corpus as one passage: «Điều 6. Hồ sơ» gives it its number and its heading."""
    label, _, heading = row["title"].partition(". ")
    article = label.removeprefix("Điều ") if heading else row["id"]
    return Passage(
        row["id"], row["doc"], row["id"], Citation(row["doc"], article), (heading or row["title"],), row["text"], EVER, None, "public", False,
        rank=next((rank for rank, mark in enumerate(("/qh", "/nđ-cp")) if mark in row["doc"]), 2),
    )  # fmt: skip


def indexed(rows: Iterable[dict[str, Any]], folder: Path, config: Path) -> tuple[Search, WordLists]:
    """Search over a corpus, indexed in the folder as the product would, and the product's word lists."""
    settings = load_settings(config)
    embedder = open_embedder(settings)
    build = index_passages(folder, [passage_of(row) for row in rows], embedder)
    lists = read_word_lists(settings.path(settings.library.path) / "words")
    ranker = read_ranker(settings.path(settings.embedding.model))
    return Search(build, embedder, ranker=ranker), lists


def mistyped(question: str, ways: Sequence[str], seed: int, lists: WordLists) -> str:
    """The question as somebody types it; the same each time, whatever stands beside it in the file."""
    for way in WAYS:
        chance = Random(f"{seed} {way} {question}")
        if way not in ways:
            continue
        if way == "abbreviate":
            question = abbreviate(question, lists.abbreviations)
        else:
            question = fold(question) if way == "fold" else {"half": half, "typo": typo}[way](question, chance)
    return question


def measure(search: Search, lists: WordLists, rows: Sequence[dict[str, Any]], ways: Sequence[str], seed: int) -> dict[str, Any]:
    """What search finds for the questions, typed in these ways."""
    ranks, times, changed = [], [], 0
    for row in rows:
        question = mistyped(row["question"], ways, seed, lists)
        changed += question != row["question"]
        started = time.perf_counter()
        found = search.find(wording(question, lists), TODAY, "staff", limit=10)
        times.append((time.perf_counter() - started) * 1000)
        ids = [hit.best.passage.id for hit in found]
        ranks.append(next((n for n, name in enumerate(ids, 1) if name in row["gold"]), 0))
    typed = {"typed": "+".join(ways), "changed": round(changed / len(rows), 4)} if ways else {}
    return typed | scores(ranks, times)


def scores(ranks: Sequence[int], times: Sequence[float]) -> dict[str, Any]:
    """Quality from the rank of the first gold article of each question (0: not among the ten), and speed."""
    found_at = np.array(ranks)
    return {
        "n": len(ranks),
        "acc@1": round(float(np.mean(found_at == 1)), 4),
        "recall@10": round(float(np.mean(found_at > 0)), 4),
        "mrr@10": round(float(np.mean([1 / r if r else 0 for r in ranks])), 4),
        "ms_p50": round(float(np.percentile(times, 50)), 1),
        "ms_p95": round(float(np.percentile(times, 95)), 1),
    }


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--corpus", type=Path, required=True)
    cli.add_argument("--queries", type=Path, required=True)
    cli.add_argument("--fold", action="store_true", help="strip the accents from the questions")
    cli.add_argument("--half", action="store_true", help="strip the accents from half of the words")
    cli.add_argument("--typo", action="store_true", help="one mistake of typing in each sentence")
    cli.add_argument("--abbreviate", action="store_true", help="abbreviations of the word list in place of the words")
    cli.add_argument("--each", action="store_true", help="the questions as they are, then each of these ways")
    cli.add_argument("--seed", type=int, default=11, help="of --half and --typo")
    cli.add_argument("--limit", type=int, help="only so many questions")
    cli.add_argument("--config", type=Path, default=ROOT / "config.yaml")
    options = cli.parse_args()
    rows = list(rows_of(options.queries))[: options.limit]
    chosen = tuple(way for way in WAYS if getattr(options, way))
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        search, lists = indexed(rows_of(options.corpus), Path(folder), options.config)
        seconds = round(time.perf_counter() - started, 1)
        for ways in [(), *((way,) for way in reversed(WAYS))] if options.each else [chosen]:
            print(json.dumps(measure(search, lists, rows, ways, options.seed) | {"index_seconds": seconds}), flush=True)


if __name__ == "__main__":
    main()
