"""Train the ranker that ships in `knowledge/model/`: boosted trees and small networks that put the article first which answers a question.

    python training/static.py --corpus CORPUS --tokenizer knowledge/model/tokenizer.json --out PLAIN
    python training/ranker.py --set CORPUS QUESTIONS --set CORPUS2 QUESTIONS2 --model PLAIN --out knowledge/model/ranker.json

PLAIN is a model that never saw the questions: the likeness that a model gives to questions it was trained on is too good, and a ranker
that learns from it trusts it too much. The first set counts whole, the others less (OTHERS): they are questions of another kind. Needs
`pip install lightgbm` (the extra `training`); what it writes needs numpy alone.
A corpus line is `{"id", "doc", "title", "text"}`, a question line `{"question", "gold": [ids]}`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.retrieval import TODAY, passage_of, rows_of
from knowledge.embedding import Embedder, load_embedder
from knowledge.features import NAMES
from knowledge.index import index_passages
from knowledge.search import Search
from knowledge.spelling import read_word_lists, wording
from training.network import train_network

ROOT = Path(__file__).parent.parent
SEED = 20261123
ROUNDS = 500
NETWORKS = 4
OTHERS = 0.3  # weight of the questions of the other sets; the networks see this share of them
NAMED = 5  # every fifth question is asked once more with the number of its document behind it, as officers do
SETTINGS = {
    "objective": "lambdarank", "lambdarank_truncation_level": 10, "learning_rate": 0.04, "num_leaves": 7, "min_data_in_leaf": 100,
    "feature_fraction": 0.3, "bagging_fraction": 0.8, "bagging_freq": 1, "seed": SEED, "deterministic": True,
    "force_row_wise": True, "verbosity": -1,
}  # fmt: skip


@dataclass(frozen=True)
class Examples:
    """The numbers of all candidates of each question, and which of them are gold."""

    numbers: list[np.ndarray]
    golds: list[np.ndarray]

    def some(self, share: float) -> Examples:
        """Every n-th question."""
        step = round(1 / share)
        return Examples(self.numbers[::step], self.golds[::step])

    def __add__(self, other: Examples) -> Examples:
        return Examples(self.numbers + other.numbers, self.golds + other.golds)


def examples(corpus: Path, questions: Path, embedder: Embedder) -> Examples:
    """What the ranker is told of a corpus; questions without a gold candidate teach nothing."""
    lists = read_word_lists(ROOT / "knowledge" / "library" / "words")
    found = Examples([], [])
    with tempfile.TemporaryDirectory() as folder:
        passages = [passage_of(row) for row in rows_of(corpus)]
        document = {passage.id: passage.document for passage in passages}
        search = Search(index_passages(Path(folder), passages, embedder), embedder)
        rows = [(row["question"], row["gold"]) for row in rows_of(questions)]
        for question, gold in rows + [(f"{q} theo {document[gold[0]]}", gold) for q, gold in rows[::NAMED]]:
            names, features = search.judged(wording(question, lists), TODAY, "staff")
            if (right := np.isin(names, gold)).any():
                found.numbers.append(features)
                found.golds.append(right.astype(np.int8))
    return found


def trees(sets: list[Examples]) -> list[dict[str, list[float]]]:
    """LambdaMART over all sets, the later ones counting less."""
    weights = [1.0, *[OTHERS] * (len(sets) - 1)]
    all_of = sum(sets[1:], sets[0])
    data = lightgbm.Dataset(
        np.concatenate(all_of.numbers),
        np.concatenate(all_of.golds),
        group=[len(each) for each in all_of.golds],
        weight=np.concatenate([np.full(len(each), w) for w, part in zip(weights, sets, strict=True) for each in part.golds]),
    )
    return [flat(tree) for tree in lightgbm.train(SETTINGS, data, ROUNDS).dump_model()["tree_info"]]


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
    cli.add_argument("--set", type=Path, nargs=2, action="append", required=True, metavar=("CORPUS", "QUESTIONS"))
    cli.add_argument("--model", required=True, help="an embedding model that was not trained on the questions")
    cli.add_argument("--out", type=Path, default=ROOT / "knowledge" / "model" / "ranker.json")
    options = cli.parse_args()
    embedder = load_embedder(options.model)
    sets = [examples(corpus, questions, embedder) for corpus, questions in options.set]
    seen = sum((each.some(OTHERS) for each in sets[1:]), sets[0])
    networks = [train_network(seen.numbers, seen.golds, SEED + n) for n in range(NETWORKS)]
    written = {"features": list(NAMES), "trees": trees(sets), "networks": networks}
    options.out.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")
    print(json.dumps({"questions": [len(each.golds) for each in sets], "bytes": options.out.stat().st_size}))


if __name__ == "__main__":
    main()
