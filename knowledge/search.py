"""Finds the passages that answer a question, in force on a date and open to a reader.

Each signal proposes candidates; every candidate is scored on all of them. The score of an article is that of its best places, of the
questions asked about it that come nearest together, and of the ranker; the weighted sum decides. The date and the reader are filtered in Python: a
non-selective filter in the vector store costs more than the search itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from knowledge.build import Build
from knowledge.embedding import Embedder
from knowledge.features import Features
from knowledge.passages import Passage
from knowledge.ranker import Ranker, in_sight
from knowledge.signals import OF_ARTICLES, OF_PLACES, Numbers, Rows, Signal, Signals, Speaking, candidates, scaled
from knowledge.spelling import Wording
from knowledge.timeline import passage_holds
from knowledge.typos import Typos

Reader = Literal["citizen", "staff"]
PROMISING = 64  # articles that the ranker judges beside the other signals


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score and what brought it up: the share of each signal, its article's too, the largest first."""

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

    accented: float = 0.5
    folded: float = 0.2
    headings: float = 0.05
    asked: float = 1.3
    meaning: float = 0.8
    asked_meaning: float = 1.0
    askers: float = 1.0
    ranked: float = 1.0
    ranked_alone: float = 8.0  # where no questions are known that people ask: nothing else knows how they speak
    runner_up: float = 0.07  # of an article's second best place
    unconfirmed: float = 0.8  # of an article whose document may no longer be in force: confirmed law goes first
    lower: float = 0.95  # for each step below a law: of two that say the same, the higher document goes first

    def of(self, signal: Signal, *, accented: bool) -> float:
        """The weight of a signal; without accents in the question the folded view speaks for the accented one."""
        if not accented and signal == "accented":
            return 0.0
        if not accented and signal == "folded":
            return self.accented + self.folded
        return float(getattr(self, signal))


class Search:
    """Search over one open build."""

    def __init__(self, build: Build, embedder: Embedder, weights: Weights | None = None, ranker: Ranker | None = None) -> None:
        self._build = build
        self._weights = weights or Weights()
        self._signals = Signals(build, embedder)
        self._ranker = ranker
        self._features = Features(build, self._signals.articles)
        self._typos = Typos(build)
        self._open = lru_cache(maxsize=64)(self._open_rows)

    def find(self, question: Wording, on: date, reader: Reader, limit: int = 5) -> list[ArticleHit]:
        """The best articles for a question, the best first; none when nothing in force shares a word or a meaning with it."""
        question, allowed = self._typos.mended(question), self._open(on, reader)
        spoken = self._signals.of(question, allowed)
        rows = candidates(spoken.places, allowed)
        if not len(rows):
            return []
        weight = {s: self._weights.of(s, accented=question.accented) for s in (*OF_PLACES, *OF_ARTICLES)}
        shares = np.stack([weight[s] * scaled(spoken.places[s], rows) for s in OF_PLACES], axis=1)
        articles, back = np.unique(self._signals.articles[rows], return_inverse=True)
        askers = weight["askers"] * self._signals.askers(spoken.asked, articles)
        ranked = np.zeros(len(articles), dtype=np.float32)
        if self._ranker:
            promising = self._promising(shares, back, askers)
            told = self._told(question, spoken, rows[promising[back]])
            ranked[promising] = in_sight(self._ranker.scores(told))
            ranked *= weight["ranked"] if self._build.questions else self._weights.ranked_alone
        of_articles = dict(zip(articles.tolist(), zip(askers.tolist(), ranked.tolist(), strict=True), strict=True))
        return self._grouped(rows, shares, of_articles, spoken.strength, limit)

    def judged(self, question: Wording, on: date, reader: Reader) -> tuple[list[str], Numbers]:
        """The articles that are candidates, by the id of their first passage, and what a ranker is told of each."""
        allowed = self._open(on, reader)
        spoken = self._signals.of(question, allowed)
        rows = candidates(spoken.places, allowed)
        firsts = np.unique(self._signals.articles, return_index=True)[1]
        names = [self._build.passages[row].id for row in firsts[np.unique(self._signals.articles[rows])]]
        return names, self._told(question, spoken, rows)

    def _promising(self, shares: Numbers, back: Rows, askers: Numbers) -> npt.NDArray[np.bool_]:
        """Which articles the ranker judges: all where it decides alone, else the best PROMISING by what the signals say already."""
        if not self._build.questions or len(askers) <= PROMISING:
            return np.ones(len(askers), dtype=bool)
        best = np.zeros(len(askers), dtype=np.float32)
        np.maximum.at(best, back, shares.sum(axis=1))
        total = best + askers
        return np.asarray(total >= np.partition(total, -PROMISING)[-PROMISING])

    def _told(self, question: Wording, spoken: Speaking, rows: Rows) -> Numbers:
        articles, back = np.unique(self._signals.articles[rows], return_inverse=True)
        cosine = np.zeros(len(articles), dtype=np.float32)
        np.maximum.at(cosine, back, spoken.places["meaning"][rows])
        return self._features.of(question.expanded, articles, cosine)

    def _open_rows(self, on: date, reader: Reader) -> npt.NDArray[np.bool_]:
        return np.array(
            [passage_holds(p, on) and (p.audience == "public" or reader == "staff") for p in self._build.passages], dtype=bool
        )

    def _grouped(
        self, found: Rows, table: Numbers, of_articles: Mapping[int, tuple[float, float]], strength: Numbers, limit: int
    ) -> list[ArticleHit]:
        """The articles by score; `table` holds the shares of each place, `of_articles` those of each article."""
        total = table.sum(axis=1)
        by_article: dict[int, list[int]] = {}
        for n in np.argsort(-total, kind="stable").tolist():
            by_article.setdefault(int(self._signals.articles[found[n]]), []).append(n)
        rows = table.tolist()  # thousands of single numbers are read below: a list gives them several times faster than an array
        scored = [
            ((self._article_score([rows[n] for n in places]) + sum(of_articles[a])) * self._standing(found[places[0]]), a, places)
            for a, places in by_article.items()
        ]
        scored.sort(key=lambda each: -each[0])
        passages = self._build.passages
        return [
            ArticleHit(
                score,
                tuple(Hit(passages[found[n]], float(total[n]), _why(rows[n], of_articles[article])) for n in places),
                float(strength[found[places]].max()),
            )
            for score, article, places in scored[:limit]
        ]

    def _standing(self, row: int) -> float:
        """What its document's standing leaves of an article's score, 0 to 1."""
        passage = self._build.passages[row]
        return (1.0 if passage.confirmed else self._weights.unconfirmed) * self._weights.lower**passage.rank

    def _article_score(self, places: Sequence[Sequence[float]]) -> float:
        """Each signal's best place counts, its second best a little: a question may touch two clauses of an article."""
        if len(places) == 1:
            return sum(places[0])
        score = 0.0
        for shares in zip(*places, strict=True):
            best, second = sorted(shares, reverse=True)[:2]
            score += best + self._weights.runner_up * second
        return score


def _why(of_place: Sequence[float], of_article: Sequence[float]) -> tuple[tuple[Signal, float], ...]:
    """The share of each signal that brought a passage up, the largest first."""
    shares = zip((*OF_PLACES, *OF_ARTICLES), (*of_place, *of_article), strict=True)
    return tuple(sorted(((signal, round(share, 3)) for signal, share in shares if share > 0), key=lambda pair: -pair[1]))
