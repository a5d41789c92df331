"""Trees and networks are read as they were written, refused when they were trained on something else, and say what they would say by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import BuildError
from knowledge.features import NAMES
from knowledge.ranker import FILE, LEAVES, Ranker, in_sight, read_ranker
from tests.conftest import ROOT

SHIPPED = ROOT / "knowledge" / "model"
# words <= 0.5 ? (cosine <= 0.2 ? -1 : 2) : 3
TREE = {
    "feature": [0, NAMES.index("cosine"), 0, 0, 0],
    "limit": [0.5, 0.2, 0, 0, 0],
    "left": [1, 2, 2, 3, 4],
    "right": [4, 3, 2, 3, 4],
    "value": [0, 0, -1, 2, 3],
}
# twice how many deviations the words lie above their mean
STRAIGHT = {
    "mean": [0.5, *[0.0] * (len(NAMES) - 1)],
    "deviation": [0.25, *[1.0] * (len(NAMES) - 1)],
    "inner": [[1.0]] * len(NAMES),
    "inner_bias": [0.0],
    "outer": [0.0],
    "straight": [2.0, *[0.0] * (len(NAMES) - 1)],
}


def written(folder: Path, **changed: object) -> Path:
    whole = {"features": list(NAMES), "trees": [TREE, TREE], "networks": [], **changed}
    (folder / FILE).write_text(json.dumps(whole), encoding="utf-8")
    return folder


def comb(leaves: int) -> dict[str, list[float]]:
    """A tree that asks for the words again and again: leaf n for words up to n, the last one for all above."""
    nodes = leaves - 1  # node n leads to leaf n and to the next node
    places = list(range(nodes + leaves))
    return {
        "feature": [0] * len(places),
        "limit": [float(n) for n in range(nodes)] + [0.0] * leaves,
        "left": [nodes + n for n in range(nodes)] + places[nodes:],
        "right": [n + 1 if n + 1 < nodes else len(places) - 1 for n in range(nodes)] + places[nodes:],
        "value": [0.0] * nodes + [10.0 * n for n in range(leaves)],
    }


def by_hand(row: np.ndarray) -> float:
    """One tree, asked question by question."""
    at = 0
    while TREE["left"][at] != at:
        at = TREE["left" if float(row[TREE["feature"][at]]) <= TREE["limit"][at] else "right"][at]
    return float(TREE["value"][at])


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.floats(0, 1, width=32)), min_size=0, max_size=70))
@settings(max_examples=50)
def test_each_row_goes_its_own_way(tmp_path_factory: pytest.TempPathFactory, told: list[tuple[float, float]]) -> None:
    ranker = read_ranker(written(tmp_path_factory.mktemp("model")))
    assert ranker
    rows = np.zeros((len(told), len(NAMES)), dtype=np.float32)
    rows[:, [0, NAMES.index("cosine")]] = np.array(told, dtype=np.float32).reshape(-1, 2)
    assert ranker.scores(rows).tolist() == [2 * by_hand(row) for row in rows]


@pytest.mark.parametrize("leaves", range(2, LEAVES + 1))
def test_every_leaf_of_a_tree_is_reached(tmp_path: Path, leaves: int) -> None:
    ranker = read_ranker(written(tmp_path, trees=[comb(leaves)]))
    assert ranker
    rows = np.zeros((leaves, len(NAMES)), dtype=np.float32)
    rows[:, 0] = np.arange(leaves)
    assert ranker.scores(rows).tolist() == [10.0 * n for n in range(leaves)]


def test_a_limit_between_two_narrow_numbers(tmp_path: Path) -> None:
    """0.1 as a narrow number lies above 0.1, the one before it below."""
    ranker = read_ranker(written(tmp_path, trees=[comb(2) | {"limit": [0.1, 0, 0]}]))
    assert ranker
    rows = np.zeros((2, len(NAMES)), dtype=np.float32)
    rows[:, 0] = np.float32(0.1), np.nextafter(np.float32(0.1), np.float32(0))
    assert ranker.scores(rows).tolist() == [10.0, 0.0]


def test_a_network_speaks_beside_the_trees_and_two_of_them_together(tmp_path: Path) -> None:
    other = STRAIGHT | {"straight": [0.0] * len(NAMES)}
    row = np.zeros((1, len(NAMES)), dtype=np.float32)
    row[0, 0] = 0.75
    trees = 2 * by_hand(row[0])
    for networks, share in (([STRAIGHT], 2.0), ([STRAIGHT, other], 1.0)):
        ranker = read_ranker(written(tmp_path, networks=networks))
        assert ranker
        assert ranker.scores(row).tolist() == [trees + share]


def test_a_folder_without_one(tmp_path: Path) -> None:
    assert read_ranker(tmp_path) is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"features": [*NAMES[1:], NAMES[0]]}, id="other features"),
        pytest.param({"trees": []}, id="no trees"),
        pytest.param({"trees": [comb(LEAVES + 1)]}, id="a tree with too many leaves"),
        pytest.param({"trees": [{**TREE, "value": None}]}, id="a column without numbers"),
        pytest.param({"trees": [{"feature": [0]}]}, id="a column missing"),
        pytest.param({"networks": [{**STRAIGHT, "mean": [0.0]}]}, id="a network that does not fit together"),
        pytest.param({"networks": [{"mean": [0.0]}]}, id="a network without its parts"),
        pytest.param(
            {"networks": [{"mean": [0], "deviation": [1], "inner": [[1]], "inner_bias": [0], "outer": [1], "straight": [1]}]},
            id="a network of one number",
        ),
    ],
)
def test_one_that_cannot_be_used_names_its_file_and_the_remedy(tmp_path: Path, changed: dict[str, object]) -> None:
    with pytest.raises(BuildError, match=r"ranker\.json cannot be used.*python -m training --only ranker"):
        read_ranker(written(tmp_path, **changed))


def test_a_file_cut_short(tmp_path: Path) -> None:
    whole = (written(tmp_path) / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(whole[: len(whole) // 2], encoding="utf-8")
    with pytest.raises(BuildError, match="cannot be used"):
        read_ranker(tmp_path)


def test_the_shipped_one_asks_only_for_numbers_that_there_are() -> None:
    ranker = read_ranker(SHIPPED)
    assert isinstance(ranker, Ranker)
    assert len(ranker.trees.value) > 100
    assert 0 <= ranker.trees.feature.min() <= ranker.trees.feature.max() < len(NAMES)
    assert ranker.networks
    assert ranker.scores(np.zeros((2, len(NAMES)), dtype=np.float32)).shape == (2,)


@pytest.mark.parametrize(
    ("scores", "shares"),
    [
        pytest.param([], [], id="nothing to judge"),
        pytest.param([3.0], [1.0], id="alone"),
        pytest.param([1.0, 5.0, 9.0, -9.0], [0.0, 0.5, 1.0, 0.0], id="halfway, the best, out of sight"),
    ],
)
def test_in_sight(scores: list[float], shares: list[float]) -> None:
    assert in_sight(np.array(scores, dtype=np.float32), 8).tolist() == shares
