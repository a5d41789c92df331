"""Train the fusion that ships in `knowledge/model/`: trees that weigh what all signals say of the promising articles.

    python training/fusion.py --library knowledge/library --taught TAUGHT --model BEFORE --out knowledge/model/fusion.json

It learns from the questions in `asked/`, each asked of an index that lacks it; each fold is an index of its own. The likeness of a question
that the embedding model was trained on is too good to learn from: BEFORE is a model trained on TAUGHT, an earlier state of the library, and
what was asked there already is only searched, not learnt from. Some questions are asked once more where nobody has asked anything about
their documents: so it is with a document that was added yesterday.
Needs `pip install lightgbm` (the extra `training`); what it writes needs numpy alone.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import lightgbm
import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.retrieval import TODAY
from knowledge.embedding import Embedder, load_embedder
from knowledge.fusion import NAMES
from knowledge.index import index_passages
from knowledge.passages import Passage, passages_of
from knowledge.ranker import Ranker, read_ranker
from knowledge.search import Search
from knowledge.spelling import WordLists, read_word_lists, wording
from knowledge.store import Asked, read_library
from training.ranker import Examples, flat

ROOT = Path(__file__).parent.parent
SEED = 20261123
FOLDS = 5
BARE = 5  # every fifth question is asked once more without any question about its document
ROUNDS = 400
SETTINGS = {
    "objective": "lambdarank", "lambdarank_truncation_level": 8, "learning_rate": 0.05, "num_leaves": 8, "min_data_in_leaf": 50,
    "feature_fraction": 0.5, "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 5, "seed": SEED, "deterministic": True,
    "force_row_wise": True, "verbosity": -1,
}  # fmt: skip


class Library:
    """A library's passages and questions, and those of the questions that the model was not taught."""

    def __init__(self, folder: Path, taught: Path) -> None:
        library = read_library(folder).library
        self.passages: list[Passage] = [passage for document in library.documents for passage in passages_of(document)]
        self.asked = library.asked
        known = {asked.question for asked in read_library(taught).library.asked}
        self.untaught = [asked for asked in library.asked if asked.question not in known]

    def folds(self) -> Iterator[tuple[list[Asked], list[Asked]]]:
        """What is known to be asked, and what is asked of it."""
        for fold in range(FOLDS):
            held = set(self.untaught[fold::FOLDS])
            yield [asked for asked in self.asked if asked not in held], [asked for asked in self.untaught if asked in held]
        documents = sorted({asked.document for asked in self.untaught})
        for half in (set(documents[::2]), set(documents[1::2])):
            yield (
                [asked for asked in self.asked if asked.document not in half],
                [asked for asked in self.untaught[::BARE] if asked.document in half],
            )


def examples(library: Library, embedder: Embedder, ranker: Ranker, lists: WordLists) -> Examples:
    """What the fusion is told of the promising articles of each question; questions without a gold one among them teach nothing."""
    found = Examples([], [])
    article = {passage.id: passage.article_key for passage in library.passages}
    for known, questions in library.folds():
        with tempfile.TemporaryDirectory() as folder:
            search = Search(index_passages(Path(folder), library.passages, embedder, known), embedder, ranker=ranker)
            for asked in questions:
                names, numbers = search.weighed(wording(asked.question, lists), TODAY, "staff")
                gold = (asked.document, asked.place.partition(".")[0])
                right = np.array([article[name] == gold for name in names], dtype=np.int8)
                if right.any():
                    found.numbers.append(numbers)
                    found.golds.append(right)
    return found


def trees(seen: Examples) -> list[dict[str, list[float]]]:
    """LambdaMART over all questions."""
    data = lightgbm.Dataset(np.concatenate(seen.numbers), np.concatenate(seen.golds), group=[len(each) for each in seen.golds])
    return [flat(tree) for tree in lightgbm.train(SETTINGS, data, ROUNDS).dump_model()["tree_info"]]


def main(arguments: Sequence[str] | None = None) -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--library", type=Path, default=ROOT / "knowledge" / "library")
    cli.add_argument("--taught", type=Path, required=True, help="the library on which the model was trained")
    cli.add_argument(
        "--model", type=Path, required=True, help="an embedding model that was trained on it, with the ranker beside it"
    )
    cli.add_argument("--out", type=Path, default=ROOT / "knowledge" / "model" / "fusion.json")
    options = cli.parse_args(arguments)
    ranker = read_ranker(options.model)
    if ranker is None:
        cli.error(f"{options.model} has no ranker: train it first with training/ranker.py")
    library = Library(options.library, options.taught)
    seen = examples(library, load_embedder(str(options.model)), ranker, read_word_lists(options.library / "words"))
    written = {"features": list(NAMES), "trees": trees(seen), "networks": []}
    options.out.write_text(json.dumps(written, separators=(",", ":")), encoding="utf-8")
    print(json.dumps({"questions": len(library.untaught), "examples": len(seen.golds), "bytes": options.out.stat().st_size}))


if __name__ == "__main__":
    main()
