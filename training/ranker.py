"""Train the ranker that ships in `knowledge/model/`: boosted trees that put the article first which answers a question.

    python training/static.py --corpus CORPUS --library knowledge/library --tokenizer knowledge/model/tokenizer.json --out PLAIN
    python training/ranker.py --corpus CORPUS --questions QUESTIONS --model PLAIN --out knowledge/model/ranker.json

PLAIN is a model that never saw the questions: the likeness that a model gives to questions it was trained on is too good, and a ranker
that learns from it trusts it too much. Needs `pip install lightgbm` (the extra `training`); what it writes needs numpy alone.
A corpus line is `{"id", "doc", "title", "text"}`, a question line `{"question", "gold": [ids]}`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.retrieval import TODAY, passage_of, rows_of
from knowledge.embedding import load_embedder
from knowledge.features import NAMES
from knowledge.index import FORMAT, open_build, write_index
from knowledge.search import Search
from knowledge.spelling import read_word_lists, wording

ROOT = Path(__file__).parent.parent
ROUNDS = 250
SETTINGS = {
    "objective": "lambdarank", "lambdarank_truncation_level": 10, "learning_rate": 0.04, "num_leaves": 15, "min_data_in_leaf": 50,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "seed": 20261123, "deterministic": True,
    "force_row_wise": True, "verbosity": -1,
}  # fmt: skip


def examples(search: Search, questions: Iterable[dict[str, Any]]) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The numbers of all candidates of each question, and which of them are gold; questions without a gold candidate teach nothing."""
    lists = read_word_lists(ROOT / "knowledge" / "library" / "words")
    numbers, golds = [], []
    for row in questions:
        names, features = search.judged(wording(row["question"], lists), TODAY, "staff")
        gold = np.isin(names, row["gold"])
        if gold.any():
            numbers.append(features)
            golds.append(gold.astype(np.int8))
    return numbers, golds


def flat(tree: dict[str, Any]) -> dict[str, list[float]]:
    """The nodes of one tree as columns, parents before children; a leaf leads to itself."""
    columns: dict[str, list[float]] = {"feature": [], "limit": [], "left": [], "right": [], "value": []}

    def add(node: dict[str, Any]) -> int:
        place = len(columns["feature"])
        for column in columns.values():
            column.append(0)
        if "leaf_value" in node:
            columns["left"][place] = columns["right"][place] = place
            columns["value"][place] = round(node["leaf_value"], 6)
            return place
        columns["feature"][place], columns["limit"][place] = node["split_feature"], node["threshold"]
        columns["left"][place] = add(node["left_child"])
        columns["right"][place] = add(node["right_child"])
        return place

    add(tree["tree_structure"])
    return columns


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--corpus", type=Path, required=True)
    cli.add_argument("--questions", type=Path, required=True)
    cli.add_argument("--model", required=True, help="an embedding model that was not trained on the questions")
    cli.add_argument("--out", type=Path, default=ROOT / "knowledge" / "model" / "ranker.json")
    options = cli.parse_args()
    embedder = load_embedder(options.model)
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build"
        build.mkdir()
        write_index(build, [passage_of(row) for row in rows_of(options.corpus)], [], embedder)
        (build / "manifest.json").write_text(json.dumps({"format": FORMAT, "model": embedder.fingerprint}), encoding="utf-8")
        numbers, golds = examples(Search(open_build(Path(folder), embedder, "build"), embedder), rows_of(options.questions))
    data = lightgbm.Dataset(np.concatenate(numbers), np.concatenate(golds), group=[len(each) for each in golds])
    trees = lightgbm.train(SETTINGS, data, ROUNDS).dump_model()["tree_info"]
    written = {"features": list(NAMES), "trees": [flat(tree) for tree in trees]}
    options.out.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")
    print(json.dumps({"questions": len(golds), "trees": len(trees), "bytes": options.out.stat().st_size}))


if __name__ == "__main__":
    main()
