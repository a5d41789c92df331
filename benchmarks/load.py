"""Many people ask at once: `python benchmarks/load.py [--people 50] [--rounds 4] [--repeats 3]`; prints one JSON object a repeat.

Each person asks one question after another without a pause, begins at another place of the list and keeps a conversation. Without `--address`
a server is started for it, over the live build. Other work on the machine counts in the figures: `load_average` says how much there was.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.serving import ROOT, cpu_seconds, resident_mb, server

GOLDEN = ROOT / "knowledge/library/golden"
PATIENCE = 60  # seconds until a question counts as lost


def questions_of(paths: Sequence[Path]) -> list[str]:
    """The questions of JSON lines, each with a `question`; a folder stands for all `.jsonl` files in it."""
    files = [file for path in paths for file in (sorted(path.glob("*.jsonl")) if path.is_dir() else [path])]
    return [json.loads(line)["question"] for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]


async def ask_all(client: httpx.AsyncClient, questions: Sequence[str], people: int, rounds: int) -> tuple[list[float], int]:
    """Milliseconds of every answer, and how many questions got none."""
    times: list[float] = []
    errors = 0

    async def person(number: int) -> None:
        nonlocal errors
        conversation = f"load-{uuid.uuid4()}"
        for n in range(rounds):
            body = {"question": questions[(number * rounds + n) % len(questions)], "conversation": conversation}
            started = time.perf_counter()
            try:
                whole = (await client.post("/api/ask", json=body)).raise_for_status().json()["answer"]
            except (httpx.HTTPError, ValueError, KeyError):
                whole = ""
            if whole:
                times.append((time.perf_counter() - started) * 1000)
            else:
                errors += 1

    await asyncio.gather(*(person(number) for number in range(people)))
    return times, errors


async def measure(address: str, questions: Sequence[str], people: int, rounds: int) -> dict[str, Any]:
    limits = httpx.Limits(max_connections=people, max_keepalive_connections=people)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:
        started = time.perf_counter()
        times, errors = await ask_all(client, questions, people, rounds)
        seconds = time.perf_counter() - started
    return {
        "people": people,
        "questions": people * rounds,
        "p50_ms": round(float(np.percentile(times, 50)), 1) if times else None,
        "p95_ms": round(float(np.percentile(times, 95)), 1) if times else None,
        "max_ms": round(max(times), 1) if times else None,
        "errors": errors,
        "answers_a_second": round(len(times) / seconds, 1),
    }


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--questions", type=Path, nargs="+", default=[GOLDEN], help="files of JSON lines, or folders of them")
    cli.add_argument("--people", type=int, default=50, help="who ask at once")
    cli.add_argument("--rounds", type=int, default=4, help="questions that each of them asks")
    cli.add_argument("--repeats", type=int, default=1)
    cli.add_argument(
        "--address", help="a server that runs already, e.g. http://127.0.0.1:8080; it must allow as many questions a minute"
    )
    options = cli.parse_args()
    questions = questions_of(options.questions)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pid, address = (None, options.address) if options.address else stack.enter_context(server(folder))
        asyncio.run(measure(address, questions, 1, 10))  # what is opened at first use is no matter of load
        for _ in range(options.repeats):
            load, used = round(os.getloadavg()[0], 1), cpu_seconds(pid) if pid else 0
            figures = asyncio.run(measure(address, questions, options.people, options.rounds))
            if pid:
                figures["cpu_ms_an_answer"] = round((cpu_seconds(pid) - used) * 1000 / figures["questions"], 1)
                figures["resident_mb"] = resident_mb(pid)
            print(json.dumps({**figures, "load_average": load}), flush=True)


if __name__ == "__main__":
    main()
