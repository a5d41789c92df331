"""A small neural network that orders articles beside the trees: it weighs all numbers at once, where a tree asks one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from knowledge.signals import Numbers

CLIPPED = 5.0  # deviations from the mean beyond which a number counts no more


@dataclass(frozen=True)
class Network:
    """One hidden layer (GELU), and a straight way past it. Trained by `training/network.py`."""

    mean: Numbers  # of each number of `knowledge.features.NAMES` in training
    deviation: Numbers
    inner: Numbers  # features by hidden units
    inner_bias: Numbers
    outer: Numbers  # one for each hidden unit
    straight: Numbers  # one for each feature

    def scores(self, features: Numbers) -> Numbers:
        """A score for each row of numbers, comparable within one question only."""
        told = np.clip((features - self.mean) / self.deviation, -CLIPPED, CLIPPED)
        return np.asarray(gelu(told @ self.inner + self.inner_bias) @ self.outer + told @ self.straight, dtype=np.float32)


def gelu(values: Numbers) -> Numbers:
    """The Gaussian error unit, in its usual approximation by tanh."""
    return np.asarray(0.5 * values * (1 + np.tanh(np.sqrt(2 / np.pi) * (values + 0.044715 * values**3))), dtype=np.float32)


def network_of(written: Mapping[str, Any]) -> Network:
    """A network as its file tells it. Raises KeyError, TypeError or ValueError for one that does not fit together."""
    parts = {name: np.array(written[name], dtype=np.float32) for name in Network.__dataclass_fields__}
    made = Network(**parts)
    made.scores(np.zeros((1, len(made.mean)), dtype=np.float32))
    return made
