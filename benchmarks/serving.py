"""A server of our own for a measurement: `python -m bot serve` on a free port, over the live build, with a database that is thrown away."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parent.parent
STARTING = 60  # seconds that a server may take until it answers


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, str]]:
    """A running server's process id and address; its settings and its database lie in the folder."""
    port = _free_port()
    config = folder / "serving.yaml"  # JSON is YAML
    config.write_text(
        json.dumps(
            {
                "library": {"path": str(ROOT / "knowledge/library")},
                "index": {"path": str(ROOT / "knowledge/index")},
                "embedding": {"model": str(ROOT / "knowledge/model")},
                "database": {"url": f"sqlite:///{folder}/serving.sqlite"},
                "people": {"questions_a_minute": 1_000_000},  # all of them come from one address
                "channels": {"web": {"port": port}},
            }
        ),
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "bot", "serve", "--channels", "web", "--config", str(config)]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield process.pid, address
    finally:
        process.terminate()
        process.wait(20)


def resident_mb(pid: int) -> int:
    """The memory that a process holds now."""
    return _status_mb(pid, "VmRSS")


def peak_mb(pid: int) -> int:
    """The most memory that a process has held."""
    return _status_mb(pid, "VmHWM")


def _status_mb(pid: int, field: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return round(int(re.findall(rf"{field}:\s+(\d+)", status)[0]) / 1024)


def cpu_seconds(pid: int) -> float:
    """What a process has used of the processors so far: a measure that other work on the machine disturbs little."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTING
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise SystemExit("the server did not start: run `python -m bot check` to see what it lacks")
