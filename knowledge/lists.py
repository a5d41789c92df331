"""Reads plain lists of the library: a line an entry, `#` begins a comment."""

from __future__ import annotations

from pathlib import Path


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a list without comments; none when there is no such file."""
    if not path.exists():
        return ()
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
