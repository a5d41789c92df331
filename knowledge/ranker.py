"""Boosted trees and small networks that order articles by what they have in common with a question: trained in `training/`, read here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from knowledge.errors import BuildError
from knowledge.features import NAMES
from knowledge.network import Network, network_of
from knowledge.signals import Numbers

FILE = "ranker.json"
Places = npt.NDArray[np.int32]
LEAVES = 8  # of a tree at the most: a bit each in a byte
ALL = np.uint8(2**LEAVES - 1)


@dataclass(frozen=True)
class Ranker:
    """What trees and networks say, added: they err differently, and both were trained to give the gold article the highest score."""

    trees: Trees
    networks: tuple[Network, ...] = ()

    def scores(self, features: Numbers) -> Numbers:
        """A score for each row of numbers, comparable within one question only."""
        scores = self.trees.scores(features)
        if self.networks and len(features):
            scores = scores + np.mean([network.scores(features) for network in self.networks], axis=0)
        return np.asarray(scores, dtype=np.float32)


@dataclass(frozen=True)
class Trees:
    """All trees side by side, each with LEAVES - 1 nodes. A node asks whether `feature` is at the most `limit`.

    Nothing is walked: every node is asked at once. A no rules out the leaves on the node's left, a bit each (`ruled_in` holds the others);
    the leaf that a row falls into is the first one left, and `value` has a tree's value for each set of leaves that can be left
    (Lucchese and others: QuickScorer, 2015).
    """

    feature: Places
    limit: Numbers
    ruled_in: npt.NDArray[np.uint8]
    value: Numbers  # trees by sets of leaves

    def scores(self, features: Numbers) -> Numbers:
        """A score for each row of numbers."""
        yes = features.T.take(self.feature, axis=0) <= self.limit[:, None]
        left = np.negative(yes.view(np.uint8)) | self.ruled_in[:, None]  # a yes rules out none: the negative of 1 has all bits
        left = np.bitwise_and.reduce(left.reshape(len(self.value), LEAVES - 1, len(features)), axis=1)
        begins = np.arange(0, self.value.size, self.value.shape[1])[:, None]
        return np.asarray(self.value.ravel().take(begins + left).sum(axis=0), dtype=np.float32)


def in_sight(scores: Numbers, sight: float) -> Numbers:
    """The scores as shares: 1 for the best, 0 from `sight` points behind it."""
    return np.asarray(np.maximum(0, 1 - (scores.max(initial=-np.inf) - scores) / sight), dtype=np.float32)


def read_ranker(folder: Path, file: str = FILE, names: Sequence[str] = NAMES) -> Ranker | None:
    """The ranker of a model's folder, None where it has none; one of another file weighs other numbers.

    Raises BuildError for a file that this program cannot use.
    """
    path = folder / file
    if not path.exists():
        return None
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        if tuple(written["features"]) != tuple(names):
            raise ValueError("trained on other features")
        networks = tuple(map(network_of, written["networks"]))
        if any(len(network.mean) != len(names) for network in networks):
            raise ValueError("networks of other features")
        return Ranker(_side_by_side(written["trees"]), networks)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BuildError(
            f"{path} cannot be used: {fault}. Train it again: python -m training --only {path.stem} --help"
        ) from fault


def _side_by_side(trees: Sequence[Mapping[str, Sequence[float]]]) -> Trees:
    """The trees of a file: columns of nodes in which a leaf leads to itself. Raises ValueError when one has too many leaves."""
    if not trees:
        raise ValueError("no trees")
    shape = (len(trees), LEAVES - 1)
    feature, limit = np.zeros(shape, dtype=np.int32), np.full(shape, np.inf)
    ruled_in, value = np.full(shape, ALL), np.zeros((len(trees), 2**LEAVES), dtype=np.float32)
    first_left = np.array([(left & -left).bit_length() - 1 for left in range(1, 2**LEAVES)])  # of each set of leaves
    for n, tree in enumerate(trees):
        leaves: list[int] = []  # from left to right
        nodes: list[tuple[int, int, int]] = []  # a node, and its first leaf and the one behind its last on its left
        _walk(tree, 0, leaves, nodes)
        if len(leaves) > LEAVES:
            raise ValueError(f"a tree has {len(leaves)} leaves, more than {LEAVES}")
        for place, (node, first, behind) in enumerate(nodes):
            feature[n, place], limit[n, place] = int(tree["feature"][node]), tree["limit"][node]
            ruled_in[n, place] = ALL & ~np.uint8(sum(1 << leaf for leaf in range(first, behind)))
        value[n, 1:] = np.array([tree["value"][leaf] for leaf in leaves])[np.minimum(first_left, len(leaves) - 1)]
    return Trees(feature.ravel(), _at_most(limit.ravel()), ruled_in.ravel(), value)


def _walk(tree: Mapping[str, Sequence[float]], node: int, leaves: list[int], nodes: list[tuple[int, int, int]]) -> None:
    """The leaves below a node from left to right, and its nodes with the leaves on their left."""
    if int(tree["left"][node]) == node:
        leaves.append(node)
        return
    first = len(leaves)
    _walk(tree, int(tree["left"][node]), leaves, nodes)
    nodes.append((node, first, len(leaves)))
    _walk(tree, int(tree["right"][node]), leaves, nodes)


def _at_most(limits: npt.NDArray[np.float64]) -> Numbers:
    """The greatest narrow numbers that are not above the limits: a narrow number is at the most one if it is at the most the other."""
    narrow = limits.astype(np.float32)
    return np.where(narrow > limits, np.nextafter(narrow, np.float32(-np.inf)), narrow)
