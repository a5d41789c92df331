"""The numbers of the best clause, counted by hand on two articles and four terms."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge.best_clause import LONG, NAMES, best_clause
from knowledge.clauses import Present

# Two singles (of which each counts a half), then two pairs (0.25 and 0.75). The first article has two clauses, the second one.
SHARES = np.array([0.5, 0.5, 0.25, 0.75], dtype=np.float32)
PAIRS = np.array([False, False, True, True])
CLAUSES = np.array([[1, 0, 0, 0], [0, 1, 1, 0], [1, 1, 0, 1]], dtype=bool)
PRESENT = Present(CLAUSES, np.array([0, 2]), np.array([10, LONG, 0]))
TITLED = np.array([[1, 0], [0, 0], [0, 0], [0, 1]], dtype=bool)  # terms by articles
SCOPE = np.array([[1, 0], [0, 0], [0, 1], [1, 1]], dtype=bool)


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("clause_single", [0.5, 1]),
        ("clause_pairs", [0.25, 0.75]),
        ("clause_title_single", [1, 1]),
        ("clause_title_pairs", [0.25, 0.75]),
        ("clause_scope_single", [1, 1]),
        ("clause_scope_pairs", [1, 1]),
        ("two_clauses_single", [1, 1]),
        ("two_clauses_pairs", [0.25, 0.75]),
        ("clause_place", [1, 0]),
        ("clause_score", [0.5 / (1 + 10 / LONG), 1.75]),
        ("clause_length", [np.log1p(LONG), 0]),
        ("first_clause_single", [0.5, 1]),
    ],
)
def test_numbers(name: str, numbers: list[float]) -> None:
    columns = best_clause(PRESENT, TITLED, SCOPE, SHARES, PAIRS)
    assert len(columns) == len(NAMES)
    assert columns[NAMES.index(name)].tolist() == pytest.approx(numbers)


def test_no_article_and_no_term() -> None:
    nothing = np.zeros(0, dtype=np.int64)
    columns = best_clause(Present(np.zeros((0, 4), dtype=bool), nothing, nothing), TITLED[:, :0], SCOPE[:, :0], SHARES, PAIRS)
    assert [len(column) for column in columns] == [0] * len(NAMES)
    silent = best_clause(
        Present(np.zeros((1, 0), dtype=bool), np.array([0]), np.array([3])), TITLED[:0, :1], SCOPE[:0, :1], SHARES[:0], PAIRS[:0]
    )
    assert silent[NAMES.index("clause_score")].tolist() == [0]
