"""Trains the fusion: trees that weigh what all signals say of the promising articles.

It learns from the questions in `asked/` that the embedding model never saw, each asked of an index that lacks it; each fold is an index
of its own. Some are asked once more where nobody has asked anything about their documents: so it is with a document that was added
yesterday.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.retrieval import TODAY
from knowledge.embedding import Embedder
from knowledge.fusion import NAMES
from knowledge.index import index_passages
from knowledge.passages import passages_of
from knowledge.ranker import Ranker
from knowledge.search import Search
from knowledge.spelling import WordLists, wording
from knowledge.store import Asked, Library
from training.trees import Examples, trees
from training.untaught import untaught

FOLDS = 5
BARE = 5  # every fifth question is asked once more without any question about its document
ROUNDS = 400
SETTINGS = {
    "lambdarank_truncation_level": 8, "learning_rate": 0.05, "num_leaves": 8, "min_data_in_leaf": 50, "feature_fraction": 0.5,
    "bagging_fraction": 0.7, "lambda_l2": 5,
}  # fmt: skip


def folds(library: Library) -> Iterator[tuple[list[Asked], list[Asked]]]:
    """What is known to be asked, and what is asked of it."""
    new = [asked for asked in library.asked if asked.place and untaught(asked.question)]
    for fold in range(FOLDS):
        held = set(new[fold::FOLDS])
        yield [asked for asked in library.asked if asked not in held], [asked for asked in new if asked in held]
    documents = sorted({asked.document for asked in new})
    for half in (set(documents[::2]), set(documents[1::2])):
        yield (
            [asked for asked in library.asked if asked.document not in half],
            [asked for asked in new[::BARE] if asked.document in half],
        )


def examples(library: Library, embedder: Embedder, ranker: Ranker | None, lists: WordLists) -> Examples:
    """What the fusion is told of the promising articles of each question."""
    found = Examples([], [])
    passages = [passage for document in library.documents for passage in passages_of(document)]
    article = {passage.id: passage.article_key for passage in passages}
    for known, questions in folds(library):
        with tempfile.TemporaryDirectory() as folder:
            search = Search(index_passages(Path(folder), passages, embedder, known), embedder, ranker=ranker)
            for asked in questions:
                names, numbers = search.weighed(wording(asked.question, lists), TODAY, "staff")
                gold = (asked.document, asked.place.partition(".")[0])
                found.add(numbers, np.array([article[name] == gold for name in names]))
    return found


def make(library: Library, embedder: Embedder, ranker: Ranker | None, lists: WordLists, out: Path) -> None:
    """Write the fusion that the library's questions teach."""
    seen = examples(library, embedder, ranker, lists)
    written = {"features": list(NAMES), "trees": trees(seen, SETTINGS, ROUNDS), "networks": []}
    out.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")
    print(json.dumps({"questions": len(seen.golds), "bytes": out.stat().st_size}), flush=True)
