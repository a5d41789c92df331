"""What the clause that says the most of a question has of it: alone, with its article's title, and with its document's scope."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from knowledge.clauses import Flags, Present
from knowledge.signals import Numbers

NAMES = (
    "clause_single", "clause_pairs", "clause_title_single", "clause_title_pairs", "clause_scope_single", "clause_scope_pairs",
    "two_clauses_single", "two_clauses_pairs", "clause_place", "clause_score", "clause_length", "first_clause_single",
)  # fmt: skip
LONG = 80  # syllables at which a clause's words count half


def best_clause(present: Present, titled: Flags, scope: Flags, shares: npt.NDArray[np.float32], pairs: Flags) -> list[Numbers]:
    """The columns of NAMES, a number for each article.

    `titled` and `scope` (terms by articles) say which terms stand in the title and in the scope or title; `shares` is what each term counts,
    singles together 1 and pairs together 1; `pairs` are the terms that are pairs.
    """
    flags, starts = present.flags, present.starts
    sizes = np.diff(np.append(starts, len(flags)))
    article = np.repeat(np.arange(len(starts)), sizes)
    single, pair = np.where(pairs, 0, shares), np.where(pairs, shares, 0)
    weights = np.stack([single, pair], axis=1).astype(np.float32)
    alone, with_title, with_scope = flags @ weights, (flags | titled.T[article]) @ weights, (flags | scope.T[article]) @ weights
    total = alone.sum(axis=1)
    order = np.lexsort((-total, article))  # within each article the best clause first
    best, second = order[starts], order[starts + (sizes > 1)]
    two = (flags[best] | flags[second]) @ weights
    columns = [np.maximum.reduceat(each, starts) for each in (alone, with_title, with_scope)]
    score = np.maximum.reduceat(total / (1 + present.lengths / LONG), starts)
    table = [*(column[:, n] for column in columns for n in (0, 1)), two[:, 0], two[:, 1],
             best - starts, score, np.log1p(present.lengths[best]), alone[starts, 0]]  # fmt: skip
    return [np.asarray(column, dtype=np.float32) for column in table]
