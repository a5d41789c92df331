"""An open build: what was indexed, the word views, the vectors, and how like a question all of it is."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.clauses import Clauses
from knowledge.embedding import Vectors
from knowledge.lexical import View, WordIndex
from knowledge.passages import Passage

RECENT = 32  # questions whose likeness is kept


@dataclass(frozen=True, slots=True)
class Question:
    """An asked question with the rows of the passages that answer it."""

    text: str
    targets: tuple[int, ...]


@dataclass(frozen=True)
class Build:
    """An open build."""

    name: str
    folder: Path
    manifest: dict[str, Any]
    passages: tuple[Passage, ...]
    questions: tuple[Question, ...]
    vectors: Vectors  # of passages, then questions, then questions from outside the field
    views: dict[View, WordIndex]
    clauses: Clauses
    chroma: Any  # the collection of the passages' vectors
    _recent: OrderedDict[bytes, Vectors] = field(default_factory=OrderedDict, compare=False, repr=False)

    def likeness(self, vector: Vectors) -> Vectors:
        """How like a vector all texts are, in the order of `vectors`; read only. A question is measured more than once: the last few are kept."""
        key = vector.tobytes()
        found = self._recent.get(key)
        if found is None:
            found = np.asarray(self.vectors) @ vector
            found.flags.writeable = False
            self._recent[key] = found
            while len(self._recent) > RECENT:
                self._recent.popitem(last=False)
        return found

    def close(self) -> None:
        """Let go of the files; Chroma keeps a client for a path until told to forget it."""
        from chromadb.api.shared_system_client import SharedSystemClient

        SharedSystemClient._identifier_to_system.pop(str(self.folder / "chroma"), None)
