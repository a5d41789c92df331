"""The clauses of every article, syllable by syllable: which words of a question stand together in one clause.

BM25 knows how often a word stands in an article. A long article (definitions, a list of duties) answers with one of its clauses; the words
of a question that lie in that one count more than the same words all over it. A clause here is a line of a passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.lexical import Rows, WordIndex
from knowledge.text import fold, words

Flags = npt.NDArray[np.bool_]
FILE = "clauses.npz"


@dataclass(frozen=True)
class Present:
    """Which terms of a question stand in each clause of some articles."""

    flags: Flags  # clauses by terms
    starts: Rows  # the first clause of each article
    lengths: Rows  # syllables of each clause


@dataclass(frozen=True)
class Clauses:
    """All articles of a build, one behind the other."""

    syllables: npt.NDArray[np.uint32]  # places of the syllables in the vocabulary of the view `articles`
    clauses: Rows  # where each clause begins among the syllables, and where the last one ends
    articles: Rows  # where each article begins among the clauses, and where the last one ends

    @classmethod
    def of(cls, articles: Sequence[Sequence[str]], index: WordIndex) -> Clauses:
        """The clauses (lines) of the articles; an article without any has one that is empty."""
        syllables, ends, firsts = [], [0], [0]
        for lines in articles:
            for line in lines or [""]:
                syllables.append(index.places(words(fold(line))))
                ends.append(ends[-1] + len(syllables[-1]))
            firsts.append(len(ends) - 1)
        run = np.concatenate(syllables) if syllables else np.zeros(0, dtype=np.uint32)
        return cls(run.astype(np.uint32), np.array(ends, dtype=np.int64), np.array(firsts, dtype=np.int64))

    @cached_property
    def _terms(self) -> int:
        return int(self.syllables.max(initial=0)) + 1

    def save(self, folder: Path) -> None:
        np.savez(folder / FILE, syllables=self.syllables, clauses=self.clauses, articles=self.articles)

    @classmethod
    def open(cls, folder: Path) -> Clauses:
        """The clauses kept in the folder. Raises OSError, ValueError or KeyError when they are damaged."""
        with np.load(folder / FILE) as kept:
            return cls(kept["syllables"], kept["clauses"], kept["articles"])

    def present(self, articles: Rows, singles: Sequence[int], pairs: Sequence[tuple[int, int]]) -> Present:
        """Which of the terms stand in each clause of the articles.

        `singles` are places in the vocabulary; `pairs` name two of them by their number, the first and the one right behind it.
        Columns are the singles, then the pairs.
        """
        numbers, starts = _runs(self.articles, articles)
        at, begins = _runs(self.clauses, numbers)
        most = max([self._terms, *(place + 1 for place in singles)])  # a title's word may be in no clause
        known = np.full(most, -1, dtype=np.int16)
        known[list(singles)] = np.arange(len(singles))
        found = known[self.syllables[at]]
        hits = np.flatnonzero(found >= 0)
        lengths = np.diff(self.clauses)[numbers]
        clause = np.repeat(np.arange(len(numbers)), lengths)[hits]
        terms = found[hits]
        flags = np.zeros((len(numbers), len(singles) + len(pairs)), dtype=bool)
        flags[clause, terms] = True
        if pairs and len(hits) > 1:
            column = np.full((len(singles), len(singles)), -1, dtype=np.int64)
            for n, pair in enumerate(pairs):
                column[pair] = len(singles) + n
            columns = column[terms[:-1], terms[1:]]
            together = (columns >= 0) & (np.diff(hits) == 1) & (clause[:-1] == clause[1:])
            flags[clause[:-1][together], columns[together]] = True
        return Present(flags, starts, lengths)


def _runs(ends: Rows, chosen: Rows) -> tuple[Rows, Rows]:
    """The members of the chosen runs one behind the other, and where each run begins among them; `ends` as in `Clauses`."""
    sizes = ends[chosen + 1] - ends[chosen]
    begins = np.concatenate([[0], np.cumsum(sizes)])
    members = np.arange(begins[-1]) + np.repeat(ends[chosen] - begins[:-1], sizes)
    return members, begins[:-1]
