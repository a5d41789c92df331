"""Keeps the folder of official texts: a change is made in a copy, and put in place only when the refresh with it may go live."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from knowledge.errors import RefreshRefused
from knowledge.intake import Candidate
from knowledge.store import Reading
from knowledge.text import fold


class Shelf:
    """The official texts as they would be, beside the folder where they are."""

    def __init__(self, official: Path, copy: Path) -> None:
        self._official = official
        self.folder = copy
        self._changed: dict[str, str | None] = {}  # file name -> text, None where it goes away

    def put(self, candidates: Iterable[Candidate], reading: Reading) -> None:
        """Each candidate in the file of the same document, or in a new one named by its key."""
        for candidate in candidates:
            key = candidate.document.key
            self._set(self._name(key, reading) or f"documents/{key}.md", candidate.text)

    def take(self, wanted: str, reading: Reading) -> str:
        """Take away the official text of a document, named by key or number; returns its key. Raises RefreshRefused when there is none."""
        keys = [d.key for d in reading.library.documents if wanted == d.key or fold(wanted) == fold(d.number)]
        names = {key: name for key in keys if (name := self._name(key, reading))}
        if len(names) != 1:
            there = ", ".join(key for key in reading.paths if self._name(key, reading)) or "none"
            problem = "stands for several documents" if names else "is no official text that was added"
            raise RefreshRefused(f"{wanted!r} {problem}. Official texts: {there}")
        key, name = names.popitem()
        self._set(name, None)
        return key

    def settle(self) -> None:
        """Make the folder what the copy is."""
        for name, text in self._changed.items():
            _write(self._official / name, text)

    def _set(self, name: str, text: str | None) -> None:
        self._changed[name] = text
        _write(self.folder / name, text)

    def _name(self, key: str, reading: Reading) -> str | None:
        path = reading.paths.get(key)
        return path.relative_to(self._official).as_posix() if path and path.is_relative_to(self._official) else None


def _write(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")  # a file is there whole or not at all
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


@contextmanager
def open_shelf(official: Path) -> Iterator[Shelf]:
    """A copy of the folder to make changes in; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="official-") as folder:
        copy = Path(folder) / "library"
        if official.exists():
            shutil.copytree(official, copy)
        yield Shelf(official, copy)


def without_twins(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, Candidate]]]:
    """One candidate of each document, and the others with the one that stands for them: a file of its own goes before a shared page."""
    chosen: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=lambda each: each.shared):
        chosen.setdefault(candidate.document.key, candidate)
    kept = [candidate for candidate in candidates if chosen[candidate.document.key] is candidate]
    return kept, [(c, chosen[c.document.key]) for c in candidates if chosen[c.document.key] is not c]
