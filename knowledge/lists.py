"""Reads text files of the library, and plain lists in them: a line an entry, `#` begins a comment."""

from __future__ import annotations

from pathlib import Path

from knowledge.errors import LibraryError
from knowledge.text import nfc


def read_text(path: Path) -> str:
    """The text of a file that people edit. Raises LibraryError when it cannot be read as UTF-8."""
    try:
        return nfc(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as fault:
        raise LibraryError(str(path), 1, f"cannot be read as UTF-8 text ({fault})", "Save it as UTF-8") from None


def read_lines(path: Path) -> tuple[str, ...]:
    """The lines of a list without comments; none when there is no such file. Raises LibraryError for what is not UTF-8."""
    if not path.exists():
        return ()
    lines = (line.strip() for line in read_text(path).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))
