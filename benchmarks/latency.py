"""Times what people wait for, and weighs the server: `python benchmarks/latency.py`; prints one JSON object."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.serving import ROOT, resident_mb, server

QUESTIONS = (
    "Thời hạn tự nguyện thi hành án là bao lâu?",
    "ke bien nha o duy nhat co duoc khong",
    "CHV xác minh ĐK THA trong mấy ngày?",
    "Tôi thắng kiện mà bên kia không trả tiền thì làm gì?",
    "Khiếu nại quyết định cưỡng chế trong bao lâu",
    "dieu 46 khoan 1",
    "ai phải nộp phí thi hành án",
    "bán đấu giá không thành thì giảm giá thế nào",
)


def cold_start(runs: int = 3) -> float:
    """Median seconds of a whole `python -m bot ask`."""
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "bot", "ask", QUESTIONS[0]], cwd=ROOT, check=True, capture_output=True)
        seconds.append(time.perf_counter() - started)
    return round(median(seconds), 2)


def inside_server(folder: Path) -> dict[str, Any]:
    """Milliseconds of a question as the server counts them, and its memory after 200 questions."""
    with server(folder) as (pid, address), httpx.Client(base_url=address, timeout=30) as client:
        times = [client.post("/api/ask", json={"question": q}).json()["elapsed_ms"] for _ in range(25) for q in QUESTIONS]
        weight = resident_mb(pid)
    return {
        "ask_ms_p50": round(median(times), 1),
        "ask_ms_p95": round(quantiles(times, n=20)[18], 1),
        "server_mb": weight,
    }


def builds(folder: Path) -> dict[str, float]:
    """Seconds of a whole build, and of a refresh after one article changed."""
    library = folder / "library"
    shutil.copytree(ROOT / "knowledge/library", library)
    config = folder / "build.yaml"
    settings = {
        "library": {"path": str(library)},
        "index": {"path": str(folder / "index")},
        "embedding": {"model": str(ROOT / "knowledge/model")},
    }
    config.write_text(json.dumps(settings), encoding="utf-8")
    seconds = [_ingest(config)]
    law = library / "documents/luat/106-2025-QH15.md"
    law.write_text(law.read_text(encoding="utf-8").replace("là 10 ngày", "là 10 ngày tròn", 1), encoding="utf-8")
    seconds.append(_ingest(config))
    return {"build_seconds": seconds[0], "refresh_seconds": seconds[1]}


def _ingest(config: Path) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "ingest.py", "--config", str(config)], cwd=ROOT, check=True, capture_output=True)
    return round(time.perf_counter() - started, 1)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps({"cold_start_seconds": cold_start(), **inside_server(Path(folder)), **builds(Path(folder))}))


if __name__ == "__main__":
    main()
