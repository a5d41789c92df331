"""What was trained beside an embedding model and lies in its folder: weights that tell the field, the ranker, the fusion."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge import fusion
from knowledge.field import PLAIN, FieldWeights, read_weights
from knowledge.ranker import Ranker, read_ranker


@dataclass(frozen=True)
class Trained:
    """Another model has none of them, and search then goes by its signals alone."""

    field: FieldWeights = PLAIN
    ranker: Ranker | None = None
    fusion: Ranker | None = None


UNTRAINED = Trained()


def read_trained(model: Path) -> Trained:
    """What lies in a model's folder. Raises BuildError for a ranker or a fusion that this program cannot use."""
    return Trained(read_weights(model), read_ranker(model), read_ranker(model, fusion.FILE, fusion.NAMES))
