"""Boosted trees that order articles by what they have in common with a question: trained in `training/`, read here from their file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.errors import BuildError
from knowledge.features import NAMES
from knowledge.signals import Numbers

FILE = "ranker.json"
Places = npt.NDArray[np.int32]  # narrow: half as much to look up
IN_SIGHT = 8.0  # points behind the best at which an article is out of sight
AT_ONCE = 64  # rows: what is looked up for so many stays in the processor's cache


@dataclass(frozen=True)
class Ranker:
    """All nodes of all trees in a row. A node asks whether `feature` is at the most `limit`; `children` holds, for each node, where no and yes lead.

    A leaf leads to itself; `roots` are the first nodes of the trees, `depth` is how many questions the longest way asks.
    """

    feature: Places
    limit: npt.NDArray[np.float64]
    children: Places
    value: npt.NDArray[np.float64]
    roots: Places
    depth: int

    def scores(self, features: Numbers) -> Numbers:
        """A score for each row of numbers (see `knowledge.features.NAMES`), comparable within one question only."""
        parts = [self._scores(features[start : start + AT_ONCE]) for start in range(0, len(features), AT_ONCE)]
        return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)

    def _scores(self, features: Numbers) -> Numbers:
        numbers = features.ravel()
        rows = np.arange(len(features), dtype=np.int32) * np.int32(features.shape[1])
        at = np.repeat(self.roots[:, None], len(features), axis=1)
        for _ in range(self.depth):
            yes = numbers.take(self.feature.take(at) + rows) <= self.limit.take(at)
            at = self.children.take(2 * at + yes)
        return np.asarray(self.value.take(at).sum(axis=0), dtype=np.float32)


def in_sight(scores: Numbers) -> Numbers:
    """The scores as shares: 1 for the best, 0 from IN_SIGHT points behind it."""
    return np.asarray(np.maximum(0, 1 - (scores.max(initial=-np.inf) - scores) / IN_SIGHT), dtype=np.float32)


def read_ranker(folder: Path) -> Ranker | None:
    """The ranker of a model's folder, None where it has none. Raises BuildError for a file that this program cannot use."""
    path = folder / FILE
    if not path.exists():
        return None
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        if tuple(written["features"]) != NAMES:
            raise ValueError("trained on other features")
        return _in_a_row(written["trees"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BuildError(f"{path} cannot be used: {fault}. Train it again: python training/ranker.py --help") from fault


def _in_a_row(trees: Sequence[Mapping[str, Sequence[float]]]) -> Ranker:
    starts = np.cumsum([0, *(len(tree["value"]) for tree in trees)])[:-1]

    def column(name: str) -> npt.NDArray[np.float64]:
        return np.array([value for tree in trees for value in tree[name]], dtype=np.float64)

    offset = np.repeat(starts, [len(tree["value"]) for tree in trees])
    children = np.stack([column("right") + offset, column("left") + offset], axis=1).ravel().astype(np.int32)
    return Ranker(
        column("feature").astype(np.int32),
        column("limit"),
        children,
        column("value"),
        starts.astype(np.int32),
        max(_depth(tree) for tree in trees),
    )


def _depth(tree: Mapping[str, Sequence[float]]) -> int:
    """How many questions the longest way through a tree asks."""
    below = [0] * len(tree["value"])
    for place in reversed(range(len(below))):  # children stand behind their parents
        left, right = int(tree["left"][place]), int(tree["right"][place])
        if left != place:
            below[place] = 1 + max(below[left], below[right])
    return below[0]
