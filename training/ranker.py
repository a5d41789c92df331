"""Trains the ranker: boosted trees and small networks that put the article first which answers a question.

It learns from an embedding model that never saw the questions: the likeness that a model gives to questions it was trained on is too
good, and a ranker that learns from it trusts it too much. The first set of questions counts whole, the others less (OTHERS): they are
questions of another kind.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.retrieval import TODAY, passage_of, rows_of
from knowledge.embedding import Embedder
from knowledge.features import NAMES
from knowledge.index import index_passages
from knowledge.search import Search
from knowledge.spelling import WordLists, wording
from training.network import train_network
from training.trees import SEED, Examples, trees

ROUNDS = 500
NETWORKS = 4
OTHERS = 0.3  # weight of the questions of the other sets; the networks see this share of them
NAMED = 5  # every fifth question is asked once more with the number of its document behind it, as officers do
SETTINGS = {
    "lambdarank_truncation_level": 10, "learning_rate": 0.04, "num_leaves": 7, "min_data_in_leaf": 100, "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
}  # fmt: skip


def examples(corpus: Path, questions: Path, embedder: Embedder, lists: WordLists) -> Examples:
    """What the ranker is told of a corpus."""
    found = Examples([], [])
    with tempfile.TemporaryDirectory() as folder:
        passages = [passage_of(row) for row in rows_of(corpus)]
        document = {passage.id: passage.document for passage in passages}
        search = Search(index_passages(Path(folder), passages, embedder), embedder)
        rows = [(row["question"], row["gold"]) for row in rows_of(questions)]
        for question, gold in rows + [(f"{q} theo {document[gold[0]]}", gold) for q, gold in rows[::NAMED]]:
            names, numbers = search.judged(wording(question, lists), TODAY, "staff")
            found.add(numbers, np.isin(names, gold))
    return found


def make(sets: Sequence[tuple[Path, Path]], plain: Embedder, lists: WordLists, out: Path) -> None:
    """Write the ranker that the questions of the sets, each with its corpus, teach by a model that saw none of them."""
    first, *others = [examples(corpus, questions, plain, lists) for corpus, questions in sets]
    every = sum(others, first)
    weights = [1.0] * len(first.golds) + [OTHERS] * (len(every.golds) - len(first.golds))
    shared = sum((each.some(OTHERS) for each in others), first)
    networks = [train_network(shared.numbers, shared.golds, SEED + n) for n in range(NETWORKS)]
    written = {"features": list(NAMES), "trees": trees(every, SETTINGS, ROUNDS, weights), "networks": networks}
    out.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")
    print(json.dumps({"questions": [len(each.golds) for each in (first, *others)], "bytes": out.stat().st_size}), flush=True)
