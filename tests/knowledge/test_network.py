"""A network says what its weights say by hand, and numbers far outside of what it was trained on count no more."""

from __future__ import annotations

import math

import numpy as np
import pytest

from knowledge.network import CLIPPED, gelu, network_of

# one number: its deviations from the mean go straight through, and doubled and one lower through one hidden unit that counts three times
WRITTEN = {"mean": [1.0], "deviation": [2.0], "inner": [[2.0]], "inner_bias": [-1.0], "outer": [3.0], "straight": [1.0]}


def by_hand(value: float) -> float:
    told = min(max((value - 1) / 2, -CLIPPED), CLIPPED)
    hidden = 2 * told - 1
    return 3 * hidden * 0.5 * (1 + math.erf(hidden / math.sqrt(2))) + told


@pytest.mark.parametrize("value", [1.0, 3.0, -2.5, 400.0, -400.0])
def test_scores(value: float) -> None:
    scores = network_of(WRITTEN).scores(np.array([[value]], dtype=np.float32))
    assert scores.tolist() == pytest.approx([by_hand(value)], abs=5e-3)  # tanh is near the error function


def test_no_rows() -> None:
    assert network_of(WRITTEN).scores(np.zeros((0, 1), dtype=np.float32)).tolist() == []


def test_gelu_lets_what_is_high_through_and_nothing_that_is_low() -> None:
    assert gelu(np.array([-10, 0, 10], dtype=np.float32)).tolist() == pytest.approx([0, 0, 10])


@pytest.mark.parametrize(
    "changed",
    [{"inner": [[1.0], [1.0]]}, {"outer": [1.0, 2.0]}, {"mean": None}, {"straight": ["much"]}],
    ids=lambda each: next(iter(each)),
)
def test_one_that_does_not_fit_together(changed: dict[str, object]) -> None:
    with pytest.raises((ValueError, TypeError)):
        network_of(WRITTEN | changed)
