"""Finds the passages that answer a question, in force on a date and open to a reader.

Each signal proposes candidates; every candidate is scored on all of them. The score of an article is that of its best places, of the
questions asked about it that come nearest together, and of the ranker: a weighted sum. Where people's questions are known, the fusion
weighs the promising ones once more. The date and the reader are filtered in Python: a non-selective filter in the vector store costs more
than the search itself.
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
from knowledge.fusion import Evidence, best_two, numbers
from knowledge.named import Named
from knowledge.passages import Passage
from knowledge.ranker import Ranker, in_sight
from knowledge.signals import MOST_ASKED, OF_ARTICLES, OF_PLACES, OF_TEXTS, Numbers, Rows, Signal, Signals, Speaking, scaled, top
from knowledge.spelling import Wording
from knowledge.text import words
from knowledge.timeline import passage_holds
from knowledge.typos import Typos

Reader = Literal["citizen", "staff"]
PROMISING = 48  # articles that the ranker and the fusion judge beside the other signals, by all of these
BY_TEXT = 16  # and by the law's own words, however little people have asked about them


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score and what brought it up: the share of each signal, its article's too, the largest first."""

    passage: Passage
    score: float
    why: tuple[tuple[Signal, float], ...]


@dataclass(frozen=True, slots=True)
class ArticleHit:
    """An article with its best places, the best first.

    `score` is the weighted sum, never above that of an article before it: how far it lies behind the best says how much the two differ.
    Where the fusion puts an article first whose sum is not the highest, the two are as good as level.
    """

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
    fused: float = 4.0  # it has weighed all that the others say: nearly as much as they together
    sight_fused: float = 8.0
    document_named: float = 6.0  # ranker's points of an article in a document that the question names
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
    accented: bool
    named: Named
    spoken: Speaking
    rows: Rows


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What speaks for the articles of the candidates."""

    firsts: Rows  # of each article its first candidate
    back: Rows  # of each candidate its article
    shares: Numbers  # candidates by OF_PLACES
    of_articles: Numbers  # articles by OF_ARTICLES
    total: Numbers  # of articles, the weighted sum
    scores: Numbers  # of articles: what orders them


class Search:
    """Search over one open build."""

    def __init__(
        self,
        build: Build,
        embedder: Embedder,
        weights: Weights | None = None,
        ranker: Ranker | None = None,
        fusion: Ranker | None = None,
    ) -> None:
        """`fusion` needs asked questions, and the ranker's numbers: without either it is left out."""
        self._build = build
        self._weights = weights or Weights()
        self._signals = Signals(build, embedder)
        self._ranker = ranker
        self._fusion = fusion if ranker and build.questions else None
        self._features = Features(build, self._signals.articles)
        self._typos = Typos(build)
        self._standing = self._standings()
        self._open = lru_cache(maxsize=64)(self._open_rows)

    def find(self, question: Wording, on: date, reader: Reader, limit: int = 5) -> list[ArticleHit]:
        """The best articles for a question, the best first; none when nothing in force shares a word or a meaning with it."""
        heard = self._heard(self._typos.mended(question), on, reader)
        if not len(heard.rows):
            return []
        weighed = self._weigh(heard)
        best = np.argsort(-weighed.scores, kind="stable")[:limit]
        scores = np.minimum.accumulate(weighed.total[best]).tolist()
        return [self._hit(heard, weighed, n, score) for n, score in zip(best, scores, strict=True)]

    def judged(self, question: Wording, on: date, reader: Reader) -> tuple[list[str], Numbers]:
        """The articles that are candidates, by the id of their first passage, and what a ranker is told of each."""
        heard = self._heard(question, on, reader)
        firsts = np.unique(self._signals.articles, return_index=True)[1]
        names = [self._build.passages[row].id for row in firsts[np.unique(self._signals.articles[heard.rows])]]
        return names, self._told(heard, heard.rows)

    def weighed(self, question: Wording, on: date, reader: Reader) -> tuple[list[str], Numbers]:
        """The promising articles, by the id of a passage of theirs, and what the fusion is told of each."""
        heard = self._heard(self._typos.mended(question), on, reader)
        summed, promising, evidence = self._sum(heard)
        names = [self._build.passages[row].id for row in heard.rows[summed.firsts[promising]]]
        return names, numbers(evidence, len(words(heard.question)), heard.accented)

    def _heard(self, question: Wording, on: date, reader: Reader) -> _Heard:
        """What the signals say of a question, without the names of documents in it."""
        expanded, named = self._features.names.taken_out(question.expanded)
        allowed = self._open(on, reader)
        spoken = self._signals.of(replace(question, expanded=expanded), allowed)
        return _Heard(expanded, question.accented, named, spoken, self._candidates(spoken, allowed, named))

    def _weigh(self, heard: _Heard) -> _Weighed:
        summed, promising, evidence = self._sum(heard)
        if self._fusion is None:
            return summed
        told = numbers(evidence, len(words(heard.question)), heard.accented)
        share = self._weights.fused * in_sight(self._fusion.scores(told), self._weights.sight_fused)
        fused = share * evidence.standing
        of_articles, scores = summed.of_articles.copy(), summed.total.copy()
        of_articles[promising, OF_ARTICLES.index("fused")] = fused
        scores[promising] += fused
        return replace(summed, of_articles=of_articles, scores=scores)

    def _sum(self, heard: _Heard) -> tuple[_Weighed, npt.NDArray[np.bool_], Evidence]:
        """The weighted sum, which articles are promising by it, and what is known of these."""
        rows, spoken = heard.rows, heard.spoken
        weight = np.array([self._weights.of(signal, accented=heard.accented) for signal in OF_PLACES], dtype=np.float32)
        shares = np.stack([scaled(spoken.places[signal], rows) for signal in OF_PLACES], axis=1)
        articles, firsts, back = np.unique(self._signals.articles[rows], return_index=True, return_inverse=True)
        askers = self._weights.askers * self._signals.askers(spoken.asked, articles)
        promising = self._promising(shares * weight, back, askers)
        told = self._told(heard, rows[promising[back]]) if self._ranker else np.zeros((promising.sum(), 0), dtype=np.float32)
        points, ranked = self._ranked(heard, promising, back, told)
        places = [best_two(share, back) for share in shares.T]
        total = sum(w * (best + self._weights.runner_up * second) for w, (best, second) in zip(weight, places, strict=True))
        standing = self._standing[rows[firsts]]
        total = np.asarray((total + askers + ranked) * standing, dtype=np.float32)
        of_articles = np.stack([askers, ranked, np.zeros_like(ranked)], axis=1)
        seen = articles[promising]
        evidence = Evidence(
            places=[(best[promising], second[promising]) for best, second in places],
            meaning=best_two(spoken.places["meaning"][rows], back)[0][promising],
            asked_meaning=best_two(spoken.places["asked_meaning"][rows], back)[0][promising],
            asked=self._signals.best_asked(spoken.asked, seen, MOST_ASKED),
            asked_words=self._signals.best_asked(spoken.asked_words, seen, MOST_ASKED),
            ranker=points,
            total=total[promising],
            standing=standing[promising],
            questions=self._signals.asked_about(seen),
            told=told,
        )
        return _Weighed(firsts, back, shares * weight, of_articles, total, total), promising, evidence

    def _ranked(self, heard: _Heard, promising: npt.NDArray[np.bool_], back: Rows, told: Numbers) -> tuple[Numbers, Numbers]:
        """The ranker's points for each promising article, and its share of every article: 0 for those that it does not judge."""
        ranked = np.zeros(len(promising), dtype=np.float32)
        if self._ranker is None:
            return ranked[promising], ranked
        points = self._ranker.scores(told)
        if heard.named.documents:
            points += self._of_names(heard.named, heard.rows[promising[back]])
        if self._build.questions:
            ranked[promising] = self._weights.ranked * in_sight(points, self._weights.sight)
        else:
            ranked[promising] = self._weights.ranked_alone * in_sight(points, self._weights.sight_alone)
        return points, ranked

    def _promising(self, shares: Numbers, back: Rows, askers: Numbers) -> npt.NDArray[np.bool_]:
        """Which articles the ranker judges: all where it decides alone, else the best by all signals and the best by the text."""
        if not self._build.questions or len(askers) <= PROMISING:
            return np.ones(len(askers), dtype=bool)
        total, text = np.zeros((2, len(askers)), dtype=np.float32)
        np.maximum.at(total, back, shares.sum(axis=1))
        np.maximum.at(text, back, shares[:, [OF_PLACES.index(signal) for signal in OF_TEXTS]].sum(axis=1))
        total += askers
        return np.asarray(
            (total >= np.partition(total, -PROMISING)[-PROMISING]) | (text >= np.partition(text, -BY_TEXT)[-BY_TEXT])
        )

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

    def _hit(self, heard: _Heard, weighed: _Weighed, article: int, score: float) -> ArticleHit:
        """An article with its places, the best first."""
        places = np.flatnonzero(weighed.back == article)
        total = weighed.shares[places].sum(axis=1)
        order = np.argsort(-total, kind="stable")
        rows = heard.rows[places]
        of_article = weighed.of_articles[article].tolist()
        hits = [
            Hit(self._build.passages[rows[n]], float(total[n]), _why(weighed.shares[places[n]].tolist(), of_article))
            for n in order
        ]
        return ArticleHit(score, tuple(hits), float(heard.spoken.strength[rows].max()))

    def _standings(self) -> Numbers:
        """What its document's standing leaves of the score of each passage's article, 0 to 1."""
        weights = self._weights
        standing = [(1.0 if p.confirmed else weights.unconfirmed) * weights.lower**p.rank for p in self._build.passages]
        return np.array(standing, dtype=np.float32)


def _why(of_place: Sequence[float], of_article: Sequence[float]) -> tuple[tuple[Signal, float], ...]:
    """The share of each signal that brought a passage up, the largest first."""
    shares = zip((*OF_PLACES, *OF_ARTICLES), (*of_place, *of_article), strict=True)
    return tuple(sorted(((signal, round(share, 3)) for signal, share in shares if share > 0), key=lambda pair: -pair[1]))
