"""Which terms stand in which clause: in order, one behind the other, within one clause."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.clauses import Clauses
from knowledge.lexical import WordIndex

ARTICLES = [["Hồ sơ gồm đơn", "đơn gồm hồ sơ"], [], ["Giá khởi điểm"]]


@pytest.fixture(scope="module")
def index() -> WordIndex:
    return WordIndex.of(
        "articles", [". ".join(lines) for lines in (*ARTICLES, ["Hiệu lực"])]
    )  # the last ones stand in a title only


@pytest.fixture(scope="module")
def clauses(index: WordIndex) -> Clauses:
    return Clauses.of(ARTICLES, index)


def present(
    clauses: Clauses, index: WordIndex, articles: list[int], singles: list[str], pairs: list[tuple[int, int]]
) -> list[list[int]]:
    found = clauses.present(np.array(articles, dtype=np.int64), index.places(singles).tolist(), pairs)
    return found.flags.astype(int).tolist()


@pytest.mark.parametrize(
    ("articles", "singles", "pairs", "flags"),
    [
        pytest.param([0], ["ho", "so"], [(0, 1)], [[1, 1, 1], [1, 1, 1]], id="a pair in both clauses"),
        pytest.param([0], ["gom", "don"], [(0, 1)], [[1, 1, 1], [1, 1, 0]], id="the other way round is no pair"),
        pytest.param([0], ["don"], [(0, 0)], [[1, 0], [1, 0]], id="a clause's end and the next one's beginning are no pair"),
        pytest.param([2, 0], ["gia"], [], [[1], [0], [0]], id="articles in the order asked for"),
        pytest.param([1], ["gia"], [], [[0]], id="an article without text is one empty clause"),
        pytest.param([], ["gia"], [], [], id="no article"),
        pytest.param([2], [], [], [[]], id="no term"),
        pytest.param([2], ["luc", "gia", "hieu"], [], [[0, 1, 0]], id="words of a title, which stand in no clause"),
    ],
)
def test_present(
    clauses: Clauses,
    index: WordIndex,
    articles: list[int],
    singles: list[str],
    pairs: list[tuple[int, int]],
    flags: list[list[int]],
) -> None:
    assert present(clauses, index, articles, singles, pairs) == flags


def test_where_articles_begin_and_how_long_their_clauses_are(clauses: Clauses) -> None:
    found = clauses.present(np.array([0, 1, 2]), [], [])
    assert found.starts.tolist() == [0, 2, 3]
    assert found.lengths.tolist() == [4, 4, 0, 3]


def test_kept_in_a_folder(clauses: Clauses, index: WordIndex, tmp_path: Path) -> None:
    clauses.save(tmp_path)
    assert present(Clauses.open(tmp_path), index, [0, 2], ["gia", "ho"], []) == [[0, 1], [0, 1], [1, 0]]


def test_an_empty_library(tmp_path: Path) -> None:
    none = Clauses.of([], WordIndex.of("articles", []))
    none.save(tmp_path)
    assert len(Clauses.open(tmp_path).present(np.zeros(0, dtype=np.int64), [], []).flags) == 0
