"""Boosted trees that put one candidate before the others: LambdaMART, written down as columns that numpy can walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np

SEED = 20261123
_ALWAYS = {
    "objective": "lambdarank", "bagging_freq": 1, "seed": SEED, "deterministic": True, "force_row_wise": True, "verbosity": -1,
    "num_threads": 1,  # the same sums on every machine
}  # fmt: skip


@dataclass(frozen=True)
class Examples:
    """The numbers of all candidates of each question, and which of them are gold."""

    numbers: list[np.ndarray]
    golds: list[np.ndarray]

    def add(self, numbers: np.ndarray, right: np.ndarray) -> None:
        """A question more; one without a gold candidate teaches nothing."""
        if right.any():
            self.numbers.append(numbers)
            self.golds.append(right.astype(np.int8))

    def some(self, share: float) -> Examples:
        """Every n-th question."""
        step = round(1 / share)
        return Examples(self.numbers[::step], self.golds[::step])

    def __add__(self, other: Examples) -> Examples:
        return Examples(self.numbers + other.numbers, self.golds + other.golds)


def trees(
    seen: Examples, settings: Mapping[str, Any], rounds: int, weights: Sequence[float] | None = None
) -> list[dict[str, list[float]]]:
    """The nodes of each tree as columns. `weights` says how much each question counts."""
    data = lightgbm.Dataset(
        np.concatenate(seen.numbers),
        np.concatenate(seen.golds),
        group=[len(each) for each in seen.golds],
        weight=None
        if weights is None
        else np.concatenate([np.full(len(each), w) for w, each in zip(weights, seen.golds, strict=True)]),
    )
    return [_columns(tree) for tree in lightgbm.train({**_ALWAYS, **settings}, data, rounds).dump_model()["tree_info"]]


def _columns(tree: dict[str, Any]) -> dict[str, list[float]]:
    """The nodes of one tree, parents before children; a leaf leads to itself."""
    columns: dict[str, list[float]] = {"feature": [], "limit": [], "left": [], "right": [], "value": []}

    def add(node: dict[str, Any]) -> int:
        place = len(columns["feature"])
        for column in columns.values():
            column.append(0)
        if "leaf_value" in node:
            columns["left"][place] = columns["right"][place] = place
            columns["value"][place] = round(node["leaf_value"], 6)
            return place
        columns["feature"][place], columns["limit"][place] = node["split_feature"], node["threshold"]
        columns["left"][place] = add(node["left_child"])
        columns["right"][place] = add(node["right_child"])
        return place

    add(tree["tree_structure"])
    return columns
