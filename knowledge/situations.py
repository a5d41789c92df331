"""Finds the procedure that a person's own words call for.

A procedure is near when the words are like those in which people ask for it (its title and `asks`), and like those in which people ask for
the places of law that its steps stand on. Each is judged in meaning and in words, as search does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from knowledge.build import Build
from knowledge.embedding import Embedder
from knowledge.index import rows_by_place
from knowledge.lexical import WordIndex
from knowledge.practice.procedures import Procedure
from knowledge.spelling import Wording, WordLists, wording
from knowledge.store import Library

Numbers = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]
BEST = 3  # the likeness of a procedure is the mean of that of its nearest lines
NEIGHBOURS = 15  # asked questions that speak for the places that they ask for
SHARPNESS = 6, 3  # how much more the nearest of them say than the others: in meaning, in words
OF_WORDS, OF_PLACES = (
    0.7,
    1.5,
)  # what counts beside the meaning of its own lines; chosen on these lines, each left out in its turn


@dataclass(frozen=True, slots=True)
class Match:
    """A procedure and how near it is, comparable within one question; `likeness` is that of its nearest line, comparable between questions."""

    procedure: Procedure
    score: float
    likeness: float


class Situations:
    """The procedures of one build, to be found by what people say."""

    def __init__(
        self, procedures: Mapping[str, Procedure], build: Build, library: Library, lists: WordLists, embedder: Embedder
    ) -> None:
        self.procedures = procedures
        self._embedder = embedder
        self._build = build
        self._all = tuple(procedures.values())
        lines = [(n, line) for n, each in enumerate(self._all) for line in (each.title, *each.asks)]
        texts = [wording(line, lists).expanded for _, line in lines]
        self._owners = np.array([n for n, _ in lines], dtype=np.int64)
        self._lines = _padded(self._owners, len(self._all))
        self._vectors = embedder.encode(texts)
        self._standing: dict[tuple[str | None, str | None], set[str]] = {}
        for procedure in self._all:
            for basis in (procedure.basis, *(step.basis for step in procedure.steps)):
                for cited in basis:
                    self._standing.setdefault((cited.number, cited.article), set()).add(procedure.id)
        self._words = WordIndex.of("asked", texts)
        self._places = _speaks_for(self._all, build, library)

    def standing_on(self, document: str, article: str | None) -> set[str]:
        """The procedures (their ids) with a step that stands on an article."""
        return self._standing.get((document, article), set())

    def find(self, question: Wording, on: date, limit: int = 3) -> list[Match]:
        """The nearest procedures that hold on the day, the nearest first; none for words that are like nothing."""
        if not self._all:
            return []
        vector = self._embedder.encode([question.expanded])[0]
        count = len(self._build.passages)
        near = self._vectors @ vector
        near_asked = self._build.likeness(vector)[count : count + len(self._build.questions)]
        spoken = self._build.views["asked"].scores(question.expanded)
        parts = (
            self._of_lines(near),
            OF_WORDS * self._of_lines(self._words.scores(question.expanded)),
            OF_PLACES * self._of_places(near_asked, SHARPNESS[0]),
            OF_PLACES * self._of_places(_scaled(spoken), SHARPNESS[1]),
        )
        total = np.sum(parts, axis=0)
        best = [n for n in np.argsort(-total, kind="stable") if total[n] > 0 and self._all[n].in_force(on)]
        return [Match(self._all[n], float(total[n]), float(near[self._owners == n].max(initial=0))) for n in best[:limit]]

    def _of_lines(self, scores: Numbers) -> Numbers:
        """The likeness of each procedure's own lines."""
        own = np.where(self._lines < 0, -np.inf, scores[self._lines])  # procedures by lines
        best = np.sort(own, axis=1)[:, -BEST:]
        there = np.isfinite(best)
        means = np.where(there, best, 0).sum(axis=1) / np.maximum(there.sum(axis=1), 1)
        return _scaled(np.asarray(means, dtype=np.float32))

    def _of_places(self, scores: Numbers, sharpness: int) -> Numbers:
        """What the nearest asked questions say for each procedure: much where they agree, little where each says another."""
        nearest = np.argsort(-scores, kind="stable")[:NEIGHBOURS]
        weights = np.maximum(scores[nearest], 0) ** sharpness
        return np.asarray(weights @ self._places[nearest] / max(float(weights.sum()), 1e-9), dtype=np.float32)


def _padded(owners: Rows, count: int) -> Rows:
    """The lines of each owner in a row of its own, -1 behind them."""
    lines = [np.flatnonzero(owners == n) for n in range(count)]
    table = np.full((count, max(map(len, lines), default=0)), -1, dtype=np.int64)
    for row, own in zip(table, lines, strict=True):
        row[: len(own)] = own
    return table


def _speaks_for(procedures: Sequence[Procedure], build: Build, library: Library) -> Numbers:
    """How much each asked question speaks for each procedure: less, the more procedures stand on the place that it asks for."""
    rows = rows_by_place(build.passages)
    cited = np.zeros((len(build.passages), len(procedures)), dtype=np.float32)
    for n, procedure in enumerate(procedures):
        for address in _addresses(procedure, library):
            cited[_covering(address, rows), n] = 1
    told = [cited[list(question.targets)].max(axis=0, initial=0) for question in build.questions]
    table = np.array(told, dtype=np.float32).reshape(len(told), len(procedures))
    return np.asarray(table / np.sqrt(np.maximum(table.sum(axis=1, keepdims=True), 1)), dtype=np.float32)


def _addresses(procedure: Procedure, library: Library) -> Iterable[str]:
    """The places that the procedure and its steps and exceptions stand on, as addresses of passages."""
    for basis in (procedure.basis, *(step.basis for step in procedure.steps), *(caution.basis for caution in procedure.cautions)):
        for citation in basis:
            labels = ".".join(label for label in (citation.article, citation.clause, citation.point) if label)
            yield from (f"{document.key}#{labels}" for document in library.numbered(citation.number or ""))


def _covering(address: str, rows: Mapping[str, list[int]]) -> list[int]:
    """The passages at an address, or those of the nearest place above it that has any."""
    while address not in rows and "." in address:
        address = address.rpartition(".")[0]
    return rows.get(address, [])


def _scaled(scores: Numbers) -> Numbers:
    """The scores as a share of the best of them."""
    best = float(scores.max(initial=0))
    return np.asarray(scores / best if best > 0 else scores, dtype=np.float32)
