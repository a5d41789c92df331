"""What a question and an article have in common, as the numbers that the ranker was trained on.

All words are folded: a question typed without accents has the same numbers. The document around an article counts, since an article
says «hồ sơ» where its document says of what: its first two articles name its scope.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.best_clause import NAMES as OF_CLAUSES
from knowledge.best_clause import best_clause
from knowledge.build import Build
from knowledge.lexical import WordIndex
from knowledge.named import Named, NamedDocuments
from knowledge.signals import Numbers, Rows
from knowledge.text import fold, terms, words

NAMES = (
    "words", "words_place", "single", "pairs", "single_share", "pairs_share",
    "title", "title_place", "title_single", "title_pairs", "title_single_share", "title_pairs_share", "title_single_used",
    "title_pairs_used", "title_length", "meaning", "meaning_place", "cosine",
    "scope_single", "scope_pairs", "with_scope_single", "with_scope_pairs", "title_with_scope",
    "document_words", "document_meaning", "length", "position", "year", "rank", "longest_run", "definitions", "defines",
    *OF_CLAUSES, "document_named",
)  # fmt: skip
BEST = 50  # articles that speak for their document
NO_YEAR = 2010
NOTHING_NAMED = Named()
_YEAR = re.compile(r"/(\d{4})/")
_DEFINITIONS = "giai thich tu ngu"
_ASKS_WHAT_IT_IS = re.compile(r"\bla gi\b|\bduoc hieu\b|\bdinh nghia\b|\bkhai niem\b|\bthe nao la\b|\bnghia la\b")
_LEAST = 1e-3  # keeps shares of nothing from dividing by nothing


@dataclass(frozen=True, slots=True)
class _Matches:
    """The question's terms in the articles asked for: BM25 of each (terms by articles), and how rare each term is."""

    scores: Numbers
    rarity: Numbers
    pairs: npt.NDArray[np.bool_]  # which terms are pairs

    def summed(self, pairs: bool) -> Numbers:
        return np.asarray(self.scores[self.pairs == pairs].sum(axis=0), dtype=np.float32)

    def weight(self, pairs: bool) -> float:
        return max(float(self.rarity[self.pairs == pairs].sum()), _LEAST)


class Features:
    """Reads the numbers of one open build."""

    def __init__(self, build: Build, articles: Rows) -> None:
        """`articles` gives the number of each passage's article."""
        self._texts, self._titles, self._clauses = build.views["articles"], build.views["titles"], build.clauses
        firsts = np.unique(articles, return_index=True)[1]
        owners = [build.passages[row] for row in firsts]
        documents: dict[str, int] = {}
        self._document = np.array([documents.setdefault(p.document, len(documents)) for p in owners], dtype=np.int64)
        beginnings = np.unique(self._document, return_index=True)[1]  # the first article of each document
        self.names = NamedDocuments([owners[row].citation.number or "" for row in beginnings])
        self._first = beginnings[self._document]
        follows = np.minimum(self._first + 1, max(len(owners) - 1, 0))
        self._second = np.where(self._document[follows] == self._document, follows, self._first) if len(owners) else self._first
        self._number = np.array([p.citation.article or "" for p in owners], dtype=np.str_)
        self._position = np.arange(len(owners)) - self._first
        self._year = np.array([_year(p.citation.number or "") for p in owners], dtype=np.float32)
        self._rank = np.array([p.rank for p in owners], dtype=np.float32)
        self._defining = np.array([_DEFINITIONS in fold(p.heading) for p in owners], dtype=bool)
        lengths = np.array([len(p.text) for p in build.passages], dtype=np.float32)
        self._length = np.log1p(np.bincount(articles, weights=lengths, minlength=len(owners)))
        self._title_weight = {pairs: self._titles.rarity_of_rows(pairs) for pairs in (False, True)}

    def of(self, question: str, articles: Rows, cosine: Numbers, named: Named = NOTHING_NAMED) -> Numbers:
        """One row for each of the articles (sorted numbers), columns as in NAMES.

        `cosine` is their likeness in meaning, `named` what the question names.
        """
        syllables = words(fold(question).replace("_", " "))  # the sign that joins pairs
        known = [
            term for term in dict.fromkeys(terms(syllables)) if all(part in self._texts for part in (term, *term.split("_")))
        ]
        rarity = np.array([self._texts.rarity(term) for term in known], dtype=np.float32)
        pairs = np.array(["_" in term for term in known], dtype=bool)
        judged, at = np.unique(np.concatenate([articles, self._first[articles], self._second[articles]]), return_inverse=True)
        own, first, second = np.split(at, 3)
        found = _scores(self._texts, known, judged)
        text = _Matches(found[:, own], rarity, pairs)
        title = _Matches(_scores(self._titles, known, articles), rarity, pairs)
        inside, titled = text.scores > 0, title.scores > 0
        scope = (found[:, first] > 0) | (found[:, second] > 0)
        score, title_score = text.summed(False) + text.summed(True), title.summed(False) + title.summed(True)
        asks_what = bool(_ASKS_WHAT_IT_IS.search(fold(question)))
        columns = [
            _share(score), _place(score), text.summed(False) / text.weight(False), text.summed(True) / text.weight(True),
            _covered(text, inside, False), _covered(text, inside, True),
            _share(title_score), _place(title_score), title.summed(False) / text.weight(False), title.summed(True) / text.weight(True),
            _covered(text, titled, False), _covered(text, titled, True),
            self._used(text, titled, articles, False), self._used(text, titled, articles, True),
            np.log1p(self._title_weight[False][articles]), _share(cosine), _place(cosine), cosine,
            _covered(text, scope, False), _covered(text, scope, True), _covered(text, inside | scope, False),
            _covered(text, inside | scope, True), _covered(text, titled | scope, True),
            self._of_document(score, articles), self._of_document(cosine, articles),
            self._length[articles], self._position[articles], self._year[articles], self._rank[articles],
            _longest_run(text, inside, known, terms(syllables)[len(syllables):]),
            np.where(self._defining[articles], 1 if asks_what else -1, 0),
            self._defined(syllables, articles) if asks_what else np.zeros(len(articles)),
            *self._of_best_clause(text, known, titled, titled | scope, articles),
            self.in_documents(named)[articles],
        ]  # fmt: skip
        return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)

    def in_documents(self, named: Named) -> npt.NDArray[np.bool_]:
        """Which of all articles stand in the documents named."""
        return np.isin(self._document, list(named.documents))

    def are_named(self, named: Named) -> npt.NDArray[np.bool_]:
        """Which of all articles are named themselves, by the number they have in a document named."""
        return self.in_documents(named) & np.isin(self._number, list(named.articles))

    def _of_best_clause(
        self, text: _Matches, known: Sequence[str], titled: npt.NDArray[np.bool_], scope: npt.NDArray[np.bool_], articles: Rows
    ) -> list[Numbers]:
        singles = [term for term in known if "_" not in term]  # all of them stand before the pairs
        number = {term: n for n, term in enumerate(singles)}
        pairs = [(number[first], number[second]) for first, _, second in (term.partition("_") for term in known[len(singles) :])]
        present = self._clauses.present(articles, self._texts.places(singles).tolist(), pairs)
        shares = text.rarity / np.where(text.pairs, text.weight(True), text.weight(False))
        return best_clause(present, titled, scope, np.asarray(shares, dtype=np.float32), text.pairs)

    def _used(self, text: _Matches, titled: npt.NDArray[np.bool_], articles: Rows, pairs: bool) -> Numbers:
        """How much of each title the question has, 0 to 1."""
        chosen = text.pairs == pairs
        return np.asarray(
            text.rarity[chosen] @ titled[chosen] / np.maximum(self._title_weight[pairs][articles], _LEAST), dtype=np.float32
        )

    def _of_document(self, scores: Numbers, articles: Rows) -> Numbers:
        """How much of what the best articles have lies in each article's document, 0 to 1."""
        best = np.argsort(-scores, kind="stable")[:BEST]
        owners, back = np.unique(self._document[articles], return_inverse=True)
        mass = np.bincount(back[best], weights=scores[best], minlength=len(owners))
        return np.asarray(mass[back] / max(float(scores[best].sum()), _LEAST), dtype=np.float32)

    def _defined(self, syllables: Sequence[str], articles: Rows) -> Numbers:
        """How rare the words are that an article follows with «là», as definitions do."""
        said = [f"{syllable}_la" for syllable in dict.fromkeys(syllables) if f"{syllable}_la" in self._texts]
        rarity = np.array([self._texts.rarity(term) for term in said], dtype=np.float32)
        return np.asarray(rarity @ (_scores(self._texts, said, articles) > 0), dtype=np.float32)


def _scores(index: WordIndex, known: Sequence[str], articles: Rows) -> Numbers:
    """The BM25 score of each term in each of the articles (terms by articles; sorted numbers)."""
    scores = np.zeros((len(known), len(articles)), dtype=np.float32)
    for n, term in enumerate(known):
        rows, values = index.postings(term)
        if len(rows):
            at = np.minimum(np.searchsorted(rows, articles), len(rows) - 1)
            scores[n] = np.where(rows[at] == articles, values[at], 0)
    return scores


def _covered(text: _Matches, inside: npt.NDArray[np.bool_], pairs: bool) -> Numbers:
    """How much of the question stands there, rare terms counting more, 0 to 1."""
    chosen = text.pairs == pairs
    return np.asarray(text.rarity[chosen] @ inside[chosen] / text.weight(pairs), dtype=np.float32)


def _longest_run(text: _Matches, inside: npt.NDArray[np.bool_], known: Sequence[str], pairs: Sequence[str]) -> Numbers:
    """The heaviest run of the question's neighbouring pairs that all stand in the article, as a share of all its pairs."""
    rows = {term: n for n, term in enumerate(known)}
    run, best = (np.zeros(inside.shape[1], dtype=np.float32) for _ in range(2))
    for pair in pairs:
        n = rows.get(pair)
        run = np.zeros_like(run) if n is None else (run + text.rarity[n]) * inside[n]
        best = np.maximum(best, run)
    return np.asarray(best / text.weight(True), dtype=np.float32)


def _share(scores: Numbers) -> Numbers:
    best = float(scores.max(initial=0))
    return np.asarray(scores / best if best > 0 else scores, dtype=np.float32)


def _place(scores: Numbers) -> Numbers:
    """1 for the best, 1/2 for the second and so on."""
    places = np.empty(len(scores), dtype=np.float32)
    places[np.argsort(-scores, kind="stable")] = 1 / np.arange(1, len(scores) + 1)
    return places


def _year(number: str) -> int:
    """The year in a document's number."""
    found = _YEAR.search(number)
    return int(found[1]) if found else NO_YEAR
