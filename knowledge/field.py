"""Judges whether a question belongs to the field.

It does when it is nearer to what people ask of the library than to what people ask elsewhere.
Ten measures, in meaning and in words, joined by a logistic function whose weights `training/field.py` chose.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.build import Build
from knowledge.embedding import Embedder
from knowledge.spelling import Wording
from knowledge.text import words
from knowledge.timewords import timeless

Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FieldWeights:
    """Weights of the measures in their order, and the constant."""

    measures: tuple[float, ...]
    constant: float


# Without a field.json beside the model: the margin in meaning alone decides.
PLAIN = FieldWeights((0.0, 12.0, -12.0, 0.0, 0.0, 0.0, 0.0, 0.0, 4.0, 1.0), -1.5)


def read_weights(model: Path) -> FieldWeights:
    """The weights kept beside the embedding model; plain ones when there are none."""
    try:
        kept = json.loads((model / "field.json").read_text(encoding="utf-8"))
    except OSError:
        return PLAIN
    return FieldWeights(tuple(kept["measures"]), float(kept["constant"]))


class Field:
    """Judges questions against one build."""

    def __init__(self, build: Build, embedder: Embedder, weights: FieldWeights) -> None:
        self._build = build
        self._embedder = embedder
        self._weights = weights

    def likelihood(self, question: Wording) -> float:
        """How likely the question belongs to the field, 0 to 1."""
        score = float(np.dot(self.measures(question), self._weights.measures)) + self._weights.constant
        return float(1 / (1 + np.exp(-score)))

    def nearer(self, question: Wording) -> float:
        """How much nearer the question is to what people ask of the field than to what they ask elsewhere, in meaning and in words."""
        _, inside, outside, _, _, words_inside, *_ = self.measures(question)
        return float(inside - outside + words_inside - 0.5)

    def known(self, question: Wording) -> float:
        """The share of the question's pairs of words that people use when they ask of the field, 0 to 1."""
        return float(self._build.views["asked"].known_pairs(question.plain))

    def measures(self, question: Wording, *, without: int | None = None, without_outside: int | None = None) -> Numbers:
        """Ten numbers of a question; training leaves out the row that the question itself is."""
        question = _without_time(question)
        near, near_asked, near_outside = self._likeness(question.expanded)
        if not self._build.questions:  # a library without asked questions: its own text says what the field is
            near_asked = near.copy()
        inside_words = self._build.views["asked" if self._build.questions else "accented"].scores(question.expanded)
        outside_words = self._build.views["outside"].scores(question.expanded)
        if without is not None:
            near_asked = near_asked.copy()
            near_asked[without] = inside_words[without] = 0
        if without_outside is not None:
            near_outside = near_outside.copy()
            near_outside[without_outside] = outside_words[without_outside] = 0
        inside, outside = _best(inside_words), _best(outside_words)
        length = max(3, len(words(question.plain)))
        return np.array(
            [
                _most(near),
                _most(near_asked),
                _most(near_outside),
                _best(near_asked),
                _best(near_outside),
                inside / (inside + outside + 1e-6),
                inside / length,
                outside / length,
                self._build.views["asked"].known_pairs(question.plain),
                min(question.core_terms, 2),
            ],
            dtype=np.float32,
        )

    def _likeness(self, text: str) -> tuple[Numbers, Numbers, Numbers]:
        passages, asked = len(self._build.passages), len(self._build.questions)
        likeness = self._build.likeness(self._embedder.encode([text])[0])
        return likeness[:passages], likeness[passages : passages + asked], likeness[passages + asked :]


def _without_time(question: Wording) -> Wording:
    """The question as it would be asked of no particular time: «luật cũ», a date or «khác gì» says nothing of its field."""
    rest = timeless(question.plain) or question.plain
    return replace(question, plain=rest, expanded=rest + question.expanded.removeprefix(question.plain))


def _most(values: Numbers) -> float:
    return float(values.max(initial=0))


def _best(values: Numbers, count: int = 3) -> float:
    """The mean of the highest few, steadier than the highest alone."""
    if not len(values):
        return 0.0
    top = np.partition(values, -min(count, len(values)))[-count:]
    return float(top.mean())
