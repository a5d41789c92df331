"""The trees are read as they were written, refused when they were trained on something else, and lead where their questions say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import BuildError
from knowledge.features import NAMES
from knowledge.ranker import AT_ONCE, FILE, IN_SIGHT, Ranker, in_sight, read_ranker
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


def written(folder: Path, **changed: object) -> Path:
    (folder / FILE).write_text(json.dumps({"features": list(NAMES), "trees": [TREE, TREE], **changed}), encoding="utf-8")
    return folder


def by_hand(row: np.ndarray) -> float:
    """One tree, asked question by question."""
    at = 0
    while TREE["left"][at] != at:
        at = TREE["left" if float(row[TREE["feature"][at]]) <= TREE["limit"][at] else "right"][at]
    return float(TREE["value"][at])


@given(st.lists(st.tuples(st.floats(0, 1, width=32), st.floats(0, 1, width=32)), min_size=0, max_size=AT_ONCE + 3))
@settings(max_examples=50)
def test_each_row_goes_its_own_way(tmp_path_factory: pytest.TempPathFactory, told: list[tuple[float, float]]) -> None:
    ranker = read_ranker(written(tmp_path_factory.mktemp("model")))
    assert ranker
    rows = np.zeros((len(told), len(NAMES)), dtype=np.float32)
    rows[:, [0, NAMES.index("cosine")]] = np.array(told, dtype=np.float32).reshape(-1, 2)
    assert ranker.scores(rows).tolist() == [2 * by_hand(row) for row in rows]


def test_a_folder_without_one(tmp_path: Path) -> None:
    assert read_ranker(tmp_path) is None


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"features": [*NAMES[1:], NAMES[0]]}, id="other features"),
        pytest.param({"trees": []}, id="no trees"),
        pytest.param({"trees": [{**TREE, "value": None}]}, id="a column without numbers"),
        pytest.param({"trees": [{"feature": [0]}]}, id="a column missing"),
    ],
)
def test_one_that_cannot_be_used_names_its_file_and_the_remedy(tmp_path: Path, changed: dict[str, object]) -> None:
    with pytest.raises(BuildError, match=r"ranker\.json cannot be used.*training/ranker\.py"):
        read_ranker(written(tmp_path, **changed))


def test_a_file_cut_short(tmp_path: Path) -> None:
    whole = (written(tmp_path) / FILE).read_text(encoding="utf-8")
    (tmp_path / FILE).write_text(whole[: len(whole) // 2], encoding="utf-8")
    with pytest.raises(BuildError, match="cannot be used"):
        read_ranker(tmp_path)


def test_the_shipped_one_asks_only_for_numbers_that_there_are() -> None:
    ranker = read_ranker(SHIPPED)
    assert isinstance(ranker, Ranker)
    assert len(ranker.roots) > 100
    assert 0 <= ranker.feature.min() <= ranker.feature.max() < len(NAMES)
    assert ranker.scores(np.zeros((2, len(NAMES)), dtype=np.float32)).shape == (2,)


@pytest.mark.parametrize(
    ("scores", "shares"),
    [
        pytest.param([], [], id="nothing to judge"),
        pytest.param([3.0], [1.0], id="alone"),
        pytest.param([1.0, 1.0 + IN_SIGHT / 2, 1.0 + IN_SIGHT, -9.0], [0.0, 0.5, 1.0, 0.0], id="halfway, the best, out of sight"),
    ],
)
def test_in_sight(scores: list[float], shares: list[float]) -> None:
    assert in_sight(np.array(scores, dtype=np.float32)).tolist() == shares
