"""What the fusion is told of each promising article: what every signal says of it, the questions asked about it, the ranker, the plain sum.

The plain sum of weighted shares takes each signal for what it is worth on the whole. Which of them to believe hangs on the others: an asked
question that is very like this one settles it, one that is a little like it does not, and a document about which nobody has asked anything
is judged by its words. Trees learn that from questions that people ask (`training/fusion.py`); they are read by `knowledge.ranker`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge import features
from knowledge.signals import MOST_ASKED, OF_PLACES, Numbers, Rows

FILE = "fusion.json"
_PLACES = range(1, MOST_ASKED + 1)
NAMES = (
    *(f"{signal}_{place}" for signal in OF_PLACES for place in ("best", "second")),
    "meaning_itself", "asked_meaning_itself",
    *(f"asked_{n}" for n in _PLACES), *(f"asked_itself_{n}" for n in _PLACES), *(f"asked_words_{n}" for n in _PLACES),
    "ranker", "sum", "standing", "questions", "question_length", "question_accented",
    *features.NAMES,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the promising articles of one question; one row an article."""

    places: Sequence[tuple[Numbers, Numbers]]  # of each signal the shares of the best place and of the second best
    meaning: Numbers  # of the best place, 0 to 1
    asked_meaning: Numbers
    asked: Numbers  # likeness of the nearest questions, the nearest first
    asked_words: Numbers  # and how many words they share with this one, in BM25
    ranker: Numbers  # points
    total: Numbers  # the plain sum
    standing: Numbers
    questions: npt.NDArray[np.int64]  # asked about the article
    told: Numbers  # of the ranker: `knowledge.features.NAMES`


def best_two(share: Numbers, back: Rows) -> tuple[Numbers, Numbers]:
    """The best and the second best of each article's places, 0 where it has one only; `back` gives the number of each place's article."""
    counts = np.bincount(back)
    last = np.cumsum(counts) - 1
    ordered = share[np.lexsort((share, back))]  # by article, within it the best place last
    return ordered[last], np.where(counts > 1, ordered[np.maximum(last - 1, 0)], np.float32(0))


def numbers(evidence: Evidence, length: int, accented: bool) -> Numbers:
    """One row an article, columns as in NAMES; `length` in syllables and `accented` are the question's."""
    count = len(evidence.total)
    columns = [
        *(column for pair in evidence.places for column in pair),
        evidence.meaning, evidence.asked_meaning,
        *_of_best(evidence.asked).T, *evidence.asked.T, *_of_best(evidence.asked_words).T,
        evidence.ranker - evidence.ranker.max(initial=-np.inf), evidence.total - evidence.total.max(initial=-np.inf),
        evidence.standing, evidence.questions, np.full(count, length), np.full(count, accented),
        *evidence.told.T,
    ]  # fmt: skip
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


def _of_best(scores: Numbers) -> Numbers:
    best = float(scores.max(initial=0))
    return np.asarray(scores / best if best > 0 else scores, dtype=np.float32)
