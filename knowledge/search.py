"""Finds the passages that answer a question, in force on a date and open to a reader.

Each signal proposes candidates; every candidate is scored on all of them. The score of an article is that of its best places, of the
questions asked about it that come nearest together, and of the ranker; the weighted sum decides. The date and the reader are filtered in Python: a
non-selective filter in the vector store costs more than the search itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

from knowledge.build import Build
from knowledge.embedding import Embedder
from knowledge.features import Features
from knowledge.named import Named
from knowledge.passages import Passage
from knowledge.ranker import Ranker, in_sight
from knowledge.signals import OF_ARTICLES, OF_PLACES, Numbers, Rows, Signal, Signals, Speaking, scaled, top
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
    ranked: float = 0.5
    sight: float = 14.0  # points behind the ranker's best at which an article is out of its sight
    ranked_alone: float = 8.0  # where no questions are known that people ask: nothing else knows how they speak
    sight_alone: float = 8.0  # further behind, the other signals order
    document_named: float = 4.0  # ranker's points of an article in a document that the question names
    article_named: float = 12.0  # and of the one that it names itself
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


@dataclass(frozen=True, slots=True)
class _Heard:
    """A question as it is searched: without the names of documents; `rows` are its candidates."""

    question: str
    named: Named
    spoken: Speaking
    rows: Rows


class Search:
    """Search over one open build."""

    def __init__(self, build: Build, embedder: Embedder, weights: Weights | None = None, ranker: Ranker | None = None) -> None:
        self._build = build
        self._weights = weights or Weights()
        self._signals = Signals(build, embedder)
        self._ranker = ranker
        self._features = Features(build, self._signals.articles)
        self._typos = Typos(build)
        self._standing = self._standings()
        self._open = lru_cache(maxsize=64)(self._open_rows)

    def find(self, question: Wording, on: date, reader: Reader, limit: int = 5) -> list[ArticleHit]:
        """The best articles for a question, the best first; none when nothing in force shares a word or a meaning with it."""
        heard = self._heard(self._typos.mended(question), on, reader)
        rows, spoken = heard.rows, heard.spoken
        if not len(rows):
            return []
        weight = {s: self._weights.of(s, accented=question.accented) for s in (*OF_PLACES, *OF_ARTICLES)}
        shares = np.stack([weight[s] * scaled(spoken.places[s], rows) for s in OF_PLACES], axis=1)
        articles, firsts, back = np.unique(self._signals.articles[rows], return_index=True, return_inverse=True)
        askers = weight["askers"] * self._signals.askers(spoken.asked, articles)
        of_articles = np.stack(
            [askers, self._ranked(heard, self._promising(shares, back, askers), back, weight["ranked"])], axis=1
        )
        scores = (self._of_places(shares, back) + of_articles.sum(axis=1)) * self._standing[rows[firsts]]
        best = np.argsort(-scores, kind="stable")[:limit]
        return [
            self._hit(rows, shares, np.flatnonzero(back == n), of_articles[n], float(scores[n]), spoken.strength) for n in best
        ]

    def judged(self, question: Wording, on: date, reader: Reader) -> tuple[list[str], Numbers]:
        """The articles that are candidates, by the id of their first passage, and what a ranker is told of each."""
        heard = self._heard(question, on, reader)
        firsts = np.unique(self._signals.articles, return_index=True)[1]
        names = [self._build.passages[row].id for row in firsts[np.unique(self._signals.articles[heard.rows])]]
        return names, self._told(heard, heard.rows)

    def _heard(self, question: Wording, on: date, reader: Reader) -> _Heard:
        """What the signals say of a question, without the names of documents in it."""
        expanded, named = self._features.names.taken_out(question.expanded)
        allowed = self._open(on, reader)
        spoken = self._signals.of(replace(question, expanded=expanded), allowed)
        return _Heard(expanded, named, spoken, self._candidates(spoken, allowed, named))

    def _ranked(self, heard: _Heard, promising: npt.NDArray[np.bool_], back: Rows, weight: float) -> Numbers:
        """The ranker's share of each article, 0 for those that it does not judge."""
        ranked = np.zeros(len(promising), dtype=np.float32)
        if self._ranker:
            rows = heard.rows[promising[back]]
            judged = self._ranker.scores(self._told(heard, rows))
            if heard.named.documents:
                judged += self._of_names(heard.named, rows)
            if self._build.questions:
                ranked[promising] = weight * in_sight(judged, self._weights.sight)
            else:
                ranked[promising] = self._weights.ranked_alone * in_sight(judged, self._weights.sight_alone)
        return ranked

    def _promising(self, shares: Numbers, back: Rows, askers: Numbers) -> npt.NDArray[np.bool_]:
        """Which articles the ranker judges: all where it decides alone, else the best PROMISING by what the signals say already."""
        if not self._build.questions or len(askers) <= PROMISING:
            return np.ones(len(askers), dtype=bool)
        best = np.zeros(len(askers), dtype=np.float32)
        np.maximum.at(best, back, shares.sum(axis=1))
        total = best + askers
        return np.asarray(total >= np.partition(total, -PROMISING)[-PROMISING])

    def _of_names(self, named: Named, rows: Rows) -> Numbers:
        """The ranker's points that the articles of the rows have because the question names them or their document."""
        articles = np.unique(self._signals.articles[rows])
        inside, itself = self._features.in_documents(named)[articles], self._features.are_named(named)[articles]
        return np.asarray(self._weights.document_named * inside + self._weights.article_named * itself, dtype=np.float32)

    def _candidates(self, spoken: Speaking, allowed: npt.NDArray[np.bool_], named: Named) -> Rows:
        """The rows that any signal proposes, those it would propose if the named documents were all there is, and named articles."""
        if not named.documents:
            return spoken.candidates
        inside = allowed & self._features.in_documents(named)[self._signals.articles]
        itself = np.flatnonzero(allowed & self._features.are_named(named)[self._signals.articles])
        return np.unique(
            np.concatenate([spoken.candidates, itself, *(top(spoken.places[signal], inside) for signal in OF_PLACES)])
        )

    def _told(self, heard: _Heard, rows: Rows) -> Numbers:
        articles, back = np.unique(self._signals.articles[rows], return_inverse=True)
        cosine = np.zeros(len(articles), dtype=np.float32)
        np.maximum.at(cosine, back, heard.spoken.places["meaning"][rows])
        return self._features.of(heard.question, articles, cosine, heard.named)

    def _open_rows(self, on: date, reader: Reader) -> npt.NDArray[np.bool_]:
        return np.array(
            [passage_holds(p, on) and (p.audience == "public" or reader == "staff") for p in self._build.passages], dtype=bool
        )

    def _of_places(self, shares: Numbers, back: Rows) -> Numbers:
        """What its places give each article: of each signal the best place, and a little of the second best: a question may touch two clauses."""
        counts = np.bincount(back)
        last = np.cumsum(counts) - 1
        ordered = [share[np.lexsort((share, back))] for share in shares.T]  # by article, within it the best place last
        second = np.where(counts > 1, self._weights.runner_up, 0)
        return np.asarray(sum(share[last] + second * share[np.maximum(last - 1, 0)] for share in ordered), dtype=np.float32)

    def _hit(self, rows: Rows, shares: Numbers, places: Rows, of_article: Numbers, score: float, strength: Numbers) -> ArticleHit:
        """An article with its places, the best first; `places` are numbers of `rows`."""
        total = shares[places].sum(axis=1)
        order = np.argsort(-total, kind="stable")
        passages = self._build.passages
        hits = [
            Hit(passages[rows[places[n]]], float(total[n]), _why(shares[places[n]].tolist(), of_article.tolist())) for n in order
        ]
        return ArticleHit(score, tuple(hits), float(strength[rows[places]].max()))

    def _standings(self) -> Numbers:
        """What its document's standing leaves of the score of each passage's article, 0 to 1."""
        weights = self._weights
        standing = [(1.0 if p.confirmed else weights.unconfirmed) * weights.lower**p.rank for p in self._build.passages]
        return np.array(standing, dtype=np.float32)


def _why(of_place: Sequence[float], of_article: Sequence[float]) -> tuple[tuple[Signal, float], ...]:
    """The share of each signal that brought a passage up, the largest first."""
    shares = zip((*OF_PLACES, *OF_ARTICLES), (*of_place, *of_article), strict=True)
    return tuple(sorted(((signal, round(share, 3)) for signal, share in shares if share > 0), key=lambda pair: -pair[1]))
