"""The same corpus and questions through several systems: `python benchmarks/peers/run.py --corpus C.jsonl --queries Q.jsonl`.

Each system runs in a process of its own with a time limit, one question at a time, with no network. Prints a table, in Markdown.
Files are those of `benchmarks/retrieval.py`. `--sample` keeps so many articles of a large corpus, with all that the questions need.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent.parent))
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "TOKENIZERS_PARALLELISM": "false",
}
COLUMNS = (
    "acc@1",
    "recall@10",
    "mrr@10",
    "ms_p50",
    "ms_p95",
    "cpu_ms",
    "resident_mb",
    "peak_mb",
    "build_seconds",
    "build_cpu_seconds",
)


def sampled(corpus: list[dict[str, Any]], queries: list[dict[str, Any]], size: int | None, seed: int) -> list[dict[str, Any]]:
    """So many articles by chance, those that the questions ask for among them; all when no size is given."""
    if size is None or size >= len(corpus):
        return corpus
    gold = {name for query in queries for name in query["gold"]}
    others = [n for n, row in enumerate(corpus) if row["id"] not in gold]
    kept = set(Random(seed).sample(others, max(0, size - (len(corpus) - len(others)))))
    return [row for n, row in enumerate(corpus) if row["id"] in gold or n in kept]


def measured(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """One system: built, asked, weighed, in this process."""
    from benchmarks.peers.systems import SYSTEMS
    from benchmarks.retrieval import rows_of, scores
    from benchmarks.serving import peak_mb, resident_mb

    queries = list(rows_of(options.queries))[: options.limit]
    corpus = sampled(list(rows_of(options.corpus)), queries, options.sample, options.seed)
    ranks, times = [], []
    with tempfile.TemporaryDirectory() as folder:
        started, used = time.perf_counter(), time.process_time()
        ask = SYSTEMS[name](corpus, Path(folder))
        build = {
            "build_seconds": round(time.perf_counter() - started, 1),
            "build_cpu_seconds": round(time.process_time() - used, 1),
        }
        ask(queries[0]["question"])  # what is loaded at first use
        used = time.process_time()
        for query in queries:
            started = time.perf_counter()
            found = ask(query["question"])
            times.append((time.perf_counter() - started) * 1000)
            best = list(dict.fromkeys(found))[:10]
            ranks.append(next((n for n, article in enumerate(best, 1) if article in query["gold"]), 0))
    spent = {"cpu_ms": round((time.process_time() - used) * 1000 / len(queries), 1)}
    pid = os.getpid()
    weights = {"resident_mb": resident_mb(pid), "peak_mb": peak_mb(pid)}
    return {"system": name, "articles": len(corpus)} | scores(ranks, times) | spent | weights | build


def apart(name: str, options: argparse.Namespace) -> dict[str, Any]:
    """One system measured in a process of its own; what became of it when it gives no figures."""
    command = [sys.executable, __file__, *sys.argv[1:], "--alone", name]
    try:
        done = subprocess.run(
            command, env={**os.environ, **OFFLINE}, capture_output=True, text=True, timeout=options.time_limit, check=False
        )
    except subprocess.TimeoutExpired:
        return {"system": name, "failed": f"not done after {options.time_limit} s"}
    if done.returncode:
        return {"system": name, "failed": (done.stderr.strip().splitlines() or ["no reason given"])[-1]}
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def table_row(figures: dict[str, Any]) -> str:
    cells = [figures["failed"]] if "failed" in figures else [str(figures[column]) for column in COLUMNS]
    return f"| {figures['system']} | {' | '.join(cells)} |"


def main() -> None:
    from benchmarks.peers.systems import SYSTEMS

    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--corpus", type=Path, required=True)
    cli.add_argument("--queries", type=Path, required=True)
    cli.add_argument("--systems", default=",".join(SYSTEMS), help="which of them; all when left out")
    cli.add_argument("--sample", type=int, help="only so many articles, those asked for among them")
    cli.add_argument("--limit", type=int, help="only so many questions")
    cli.add_argument("--seed", type=int, default=11, help="of the sample")
    cli.add_argument("--time-limit", type=int, default=1_800, help="seconds a system")
    cli.add_argument("--alone", choices=SYSTEMS, help=argparse.SUPPRESS)
    options = cli.parse_args()
    if options.alone:
        print(json.dumps(measured(options.alone, options)))
        return
    print(f"| system | {' | '.join(COLUMNS)} |\n|{' --- |' * (len(COLUMNS) + 1)}", flush=True)
    for name in options.systems.split(","):
        print(table_row(apart(name, options)), flush=True)


if __name__ == "__main__":
    main()
