"""Finds the passages that answer a question, in force on a date and open to a reader.

Words (four BM25 views) and vectors (passages and asked questions) each propose candidates; every candidate is scored on all of them, the
scores of an article are those of its best places, and the weighted sum decides. The date and the reader are filtered in Python: a
non-selective filter in the vector store costs more than the search itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from knowledge.embedding import Embedder
from knowledge.index import Build
from knowledge.passages import Passage
from knowledge.spelling import Wording
from knowledge.timeline import passage_holds

Reader = Literal["citizen", "staff"]
Signal = Literal["accented", "folded", "headings", "asked", "meaning", "asked_meaning"]
Numbers = npt.NDArray[np.float32]

SIGNALS: tuple[Signal, ...] = ("accented", "folded", "headings", "asked", "meaning", "asked_meaning")
CANDIDATES = 100  # a signal
NEAREST = 200  # vectors asked of the store, before dates and readers are filtered


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score and what brought it up: the share of each signal, the largest first."""

    passage: Passage
    score: float
    why: tuple[tuple[Signal, float], ...]


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article with its best places, the best first."""

    score: float
    hits: tuple[Hit, ...]
    strength: float  # of the question's best match in meaning, 0 to 1, comparable between questions

    @property
    def best(self) -> Hit:
        return self.hits[0]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts; chosen on development questions, see docs/evaluation.md."""

    accented: float = 1.0
    folded: float = 0.2
    headings: float = 0.05
    asked: float = 1.3
    meaning: float = 1.3
    asked_meaning: float = 1.0
    runner_up: float = 0.15  # of an article's second best place
    unconfirmed: float = 0.8  # of an article whose document may no longer be in force: confirmed law goes first
    lower: float = 0.96  # for each step below a law: of two that say the same, the higher document goes first

    def of(self, signal: Signal, *, accented: bool) -> float:
        """The weight of a signal; without accents in the question the folded view speaks for the accented one."""
        if not accented and signal == "accented":
            return 0.0
        if not accented and signal == "folded":
            return self.accented + self.folded
        return float(getattr(self, signal))


class Search:
    """Search over one open build."""

    def __init__(self, build: Build, embedder: Embedder, weights: Weights | None = None) -> None:
        self._build = build
        self._embedder = embedder
        self._weights = weights or Weights()
        self._targets = _target_table(build)
        self._articles = _article_numbers(build.passages)
        self._open = lru_cache(maxsize=64)(self._open_rows)

    def find(self, question: Wording, on: date, reader: Reader, limit: int = 5) -> list[ArticleHit]:
        """The best articles for a question, the best first; none when nothing in force shares a word or a meaning with it."""
        allowed = self._open(on, reader)
        signals, strength = self._signals(question, allowed)
        candidates = _candidates(signals, allowed)
        if not len(candidates):
            return []
        shares = {s: self._weights.of(s, accented=question.accented) * _scaled(signals[s], candidates) for s in SIGNALS}
        return self._grouped(candidates, shares, strength, limit)

    def _open_rows(self, on: date, reader: Reader) -> npt.NDArray[np.bool_]:
        return np.array(
            [passage_holds(p, on) and (p.audience == "public" or reader == "staff") for p in self._build.passages], dtype=bool
        )

    def _signals(self, question: Wording, allowed: npt.NDArray[np.bool_]) -> tuple[dict[Signal, Numbers], Numbers]:
        views = self._build.views
        signals: dict[Signal, Numbers] = {
            "accented": views["accented"].scores(question.expanded),
            "folded": views["folded"].scores(question.expanded),
            "headings": views["headings"].scores(question.expanded),
            "asked": self._spread(views["asked"].scores(question.expanded)),
        }
        vector = self._embedder.encode([question.expanded])[0]
        near = self._nearest(vector)
        proposed = np.union1d(_top(signals["accented"] + signals["folded"] + signals["asked"], allowed), near)
        count = len(self._build.passages)
        meaning = np.zeros(count, dtype=np.float32)
        rows = proposed.astype(np.int64)
        meaning[rows] = np.asarray(self._build.vectors[rows]) @ vector
        signals["meaning"] = np.maximum(meaning, 0)
        signals["asked_meaning"] = self._spread(self._asked_likeness(vector))
        return signals, np.maximum(signals["meaning"], signals["asked_meaning"])

    def _asked_likeness(self, vector: Numbers) -> Numbers:
        """How like the nearest asked questions are, zero for the others. Exact: they are few, and short."""
        start = len(self._build.passages)
        likeness = np.asarray(self._build.vectors[start : start + len(self._build.questions)]) @ vector
        if len(likeness) > NEAREST:
            likeness[likeness < np.partition(likeness, -NEAREST)[-NEAREST]] = 0
        return np.asarray(np.maximum(likeness, 0), dtype=np.float32)

    def _nearest(self, vector: Numbers) -> npt.NDArray[np.int64]:
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

    def _grouped(
        self, candidates: npt.NDArray[np.int64], shares: Mapping[Signal, Numbers], strength: Numbers, limit: int
    ) -> list[ArticleHit]:
        total = np.sum([shares[s] for s in SIGNALS], axis=0)
        by_article: dict[int, list[int]] = {}
        for n in np.argsort(-total, kind="stable"):
            by_article.setdefault(int(self._articles[candidates[n]]), []).append(int(n))
        scored = [
            (self._article_score(places, shares) * self._standing(candidates[places[0]]), places)
            for places in by_article.values()
        ]
        scored.sort(key=lambda pair: -pair[0])
        found = []
        for score, places in scored[:limit]:
            hits = tuple(
                Hit(
                    self._build.passages[candidates[n]],
                    float(total[n]),
                    tuple(sorted(((s, round(float(shares[s][n]), 3)) for s in SIGNALS if shares[s][n] > 0), key=lambda w: -w[1])),
                )
                for n in places
            )
            found.append(ArticleHit(score, hits, float(max(strength[candidates[n]] for n in places))))
        return found

    def _standing(self, row: int) -> float:
        """What its document's standing leaves of an article's score, 0 to 1."""
        passage = self._build.passages[row]
        return (1.0 if passage.confirmed else self._weights.unconfirmed) * self._weights.lower**passage.rank

    def _article_score(self, places: list[int], shares: Mapping[Signal, Numbers]) -> float:
        """Each signal's best place counts, its second best a little: a question may touch two clauses of an article."""
        score = 0.0
        for signal in SIGNALS:
            best = sorted((float(shares[signal][n]) for n in places), reverse=True)[:2]
            score += best[0] + (self._weights.runner_up * best[1] if len(best) > 1 else 0)
        return score


def _target_table(build: Build) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs of passage row and question row."""
    pairs = [(target, n) for n, question in enumerate(build.questions) for target in question.targets]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _article_numbers(passages: Iterable[Passage]) -> npt.NDArray[np.int64]:
    numbers: dict[tuple[str, str], int] = {}
    return np.array([numbers.setdefault(p.article_key, len(numbers)) for p in passages], dtype=np.int64)


def _top(scores: Numbers, allowed: npt.NDArray[np.bool_], size: int = CANDIDATES) -> npt.NDArray[np.int64]:
    masked = np.where(allowed, scores, 0)
    size = min(size, len(masked))
    rows = np.argpartition(-masked, size - 1)[:size] if size else np.zeros(0, dtype=np.int64)
    return np.asarray(rows[masked[rows] > 0], dtype=np.int64)


def _candidates(signals: Mapping[Signal, Numbers], allowed: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    rows = [_top(signals[signal], allowed) for signal in SIGNALS]
    return np.unique(np.concatenate(rows))


def _scaled(scores: Numbers, candidates: npt.NDArray[np.int64]) -> Numbers:
    """The candidates' scores as a share of the best of them."""
    chosen = scores[candidates]
    best = float(chosen.max(initial=0))
    return np.asarray(chosen / best if best > 0 else chosen, dtype=np.float32)
