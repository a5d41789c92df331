"""What speaks for each place of the library on a question: words in four BM25 views, vectors of passages and of asked questions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from knowledge.build import Build
from knowledge.embedding import Embedder
from knowledge.spelling import Wording

Signal = Literal["accented", "folded", "headings", "asked", "meaning", "asked_meaning", "askers", "ranked", "fused"]
Numbers = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

OF_PLACES: tuple[Signal, ...] = ("accented", "folded", "headings", "asked", "meaning", "asked_meaning")
OF_TEXTS: tuple[Signal, ...] = ("accented", "folded", "headings", "meaning")
OF_ARTICLES: tuple[Signal, ...] = ("askers", "ranked", "fused")
CANDIDATES = 100  # a signal
NEAREST = 200  # vectors asked of the store, before dates and readers are filtered
ASKERS = 3  # questions asked about an article that together speak for it
BESIDE = 2  # searches of the vector store at once, each beside the words of its question: it takes as long as they
MOST_ASKED = 5  # questions about an article that anything reads at once


@dataclass(frozen=True, slots=True)
class Speaking:
    """The signals of one question: of each passage, and how like each asked question is."""

    places: dict[Signal, Numbers]
    asked: Numbers
    asked_words: Numbers  # how many words each asked question shares with this one, in BM25
    strength: Numbers  # of the best match in meaning, a passage, 0 to 1
    candidates: Rows  # passages that any signal proposes, in order


class Signals:
    """Reads the signals of questions from one open build."""

    def __init__(self, build: Build, embedder: Embedder) -> None:
        self._build = build
        self._embedder = embedder
        self._targets = _target_table(build)
        self.articles = _article_numbers(build)  # the number of each passage's article
        self._asked_of = _asker_table(self._targets, self.articles)
        self._beside = ThreadPoolExecutor(BESIDE, "nearest")

    def of(self, question: Wording, allowed: npt.NDArray[np.bool_]) -> Speaking:
        """The signals of a question; meaning is measured where words or the nearest vectors point."""
        views, rows = self._build.views, len(self._build.passages)
        vector = self._embedder.encode([question.expanded])[0]
        nearest = self._beside.submit(self._nearest, vector)
        asked_words = views["asked"].scores(question.expanded)
        signals: dict[Signal, Numbers] = {
            "accented": views["accented"].scores(question.expanded) if question.accented else np.zeros(rows, dtype=np.float32),
            "folded": views["folded"].scores(question.expanded),
            "headings": views["headings"].scores(question.expanded),
            "asked": self._spread(asked_words),
        }
        likeness = self._asked_likeness(vector)
        signals["asked_meaning"] = self._spread(_nearest_only(likeness))
        proposed = [top(each, allowed) for each in signals.values()]
        found = np.unique(np.concatenate([nearest.result(), *proposed]))
        meaning = np.zeros(rows, dtype=np.float32)
        meaning[found] = np.asarray(self._build.vectors[found]) @ vector
        signals["meaning"] = np.maximum(meaning, 0)
        strength = np.maximum(signals["meaning"], signals["asked_meaning"])
        candidates = np.unique(np.concatenate([*proposed, top(signals["meaning"], allowed)]))
        return Speaking(signals, likeness, asked_words, strength, candidates)

    def askers(self, likeness: Numbers, articles: Rows) -> Numbers:
        """How like the nearest ASKERS questions about each article are together, as a share of the nearest question of all."""
        best = float(likeness.max(initial=0))
        if not best:
            return np.zeros(len(articles), dtype=np.float32)
        return np.asarray(self.best_asked(likeness, articles, ASKERS).sum(axis=1) / (ASKERS * best), dtype=np.float32)

    def best_asked(self, scores: Numbers, articles: Rows, count: int) -> Numbers:
        """The best scores of the questions asked about each article, the best first; 0 where there are fewer. `scores` has one a question."""
        if not len(scores):
            return np.zeros((len(articles), count), dtype=np.float32)
        rows = self._asked_of[articles]
        own = np.where(rows < 0, np.float32(0), scores[rows])
        return np.asarray(np.sort(own, axis=1)[:, : -count - 1 : -1], dtype=np.float32)

    def asked_about(self, articles: Rows) -> Rows:
        """How many questions are asked about each article."""
        return np.asarray((self._asked_of[articles] >= 0).sum(axis=1), dtype=np.int64)

    def _asked_likeness(self, vector: Numbers) -> Numbers:
        """How like the asked questions are. Exact: they are few, and short."""
        if not self._build.questions:
            return np.zeros(0, dtype=np.float32)
        start = len(self._build.passages)
        likeness = self._build.likeness(vector)[start : start + len(self._build.questions)]
        return np.asarray(np.maximum(likeness, 0), dtype=np.float32)

    def _nearest(self, vector: Numbers) -> Rows:
        rows = len(self._build.passages)
        if not rows or not vector.any():
            return np.zeros(0, dtype=np.int64)
        found = self._build.chroma.query(query_embeddings=[vector], n_results=min(NEAREST, rows), include=[])
        return np.array([int(row) for row in found["ids"][0]], dtype=np.int64)

    def _spread(self, scores: Numbers) -> Numbers:
        """Scores of asked questions given to the passages that answer them, each the best of its questions."""
        out = np.zeros(len(self._build.passages), dtype=np.float32)
        if len(scores):
            passages, questions = self._targets
            np.maximum.at(out, passages, scores[questions])
        return out


def top(scores: Numbers, allowed: npt.NDArray[np.bool_], size: int = CANDIDATES) -> Rows:
    """The rows of the best scores above zero among those allowed."""
    rows = np.flatnonzero((scores > 0) & allowed)
    if len(rows) <= size:
        return rows
    return np.asarray(rows[np.argpartition(-scores[rows], size - 1)[:size]], dtype=np.int64)


def scaled(scores: Numbers, rows: Rows) -> Numbers:
    """The scores of the rows as a share of the best of them."""
    chosen = scores[rows]
    best = float(chosen.max(initial=0))
    return np.asarray(chosen / best if best > 0 else chosen, dtype=np.float32)


def _nearest_only(likeness: Numbers) -> Numbers:
    """The likeness of the NEAREST, zero for the others."""
    if len(likeness) <= NEAREST:
        return likeness
    return np.where(likeness < np.partition(likeness, -NEAREST)[-NEAREST], np.float32(0), likeness)


def _target_table(build: Build) -> tuple[Rows, Rows]:
    """Pairs of passage row and question row."""
    pairs = [(target, n) for n, question in enumerate(build.questions) for target in question.targets]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _article_numbers(build: Build) -> Rows:
    numbers: dict[tuple[str, str], int] = {}
    return np.array([numbers.setdefault(p.article_key, len(numbers)) for p in build.passages], dtype=np.int64)


def _asker_table(targets: tuple[Rows, Rows], articles: Rows) -> Rows:
    """The rows of the questions asked about each article, -1 where there are no more."""
    asked: dict[int, set[int]] = {}
    for passage, question in zip(*targets, strict=True):
        asked.setdefault(int(articles[passage]), set()).add(int(question))
    width = max([MOST_ASKED, *map(len, asked.values())])
    table = np.full((int(articles.max(initial=-1)) + 1, width), -1, dtype=np.int64)
    for article, questions in asked.items():
        table[article, : len(questions)] = sorted(questions)
    return table
