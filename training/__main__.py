"""Makes `knowledge/model/` from corpora: the embedding model, the ranker, the weights that tell the field, the fusion.

    pip install -e '.[training]' -c constraints.txt
    python -m training --set CORPUS QUESTIONS --set CORPUS2 QUESTIONS2 --out knowledge/model

A corpus line is `{"id", "doc", "title", "text"}`, a question line `{"question", "gold": [ids]}`; both may be `.xz`. The first set teaches
the embedding model and the ranker, the others the ranker; the library adds its passages, and the questions that people ask for them.
Half an hour on two cores; nothing is downloaded. What it writes needs no torch and no lightgbm to be read.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from benchmarks.retrieval import rows_of
from knowledge import fusion as fusion_file
from knowledge import ranker as ranker_file
from knowledge.embedding import load_embedder
from knowledge.spelling import read_word_lists
from knowledge.store import read_library
from training import field, fusion, ranker, static

ROOT = Path(__file__).parent.parent
PARTS = ("static", "ranker", "field", "fusion")  # each needs those before it


def main(arguments: Sequence[str] | None = None) -> None:
    cli = argparse.ArgumentParser(
        prog="python -m training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    cli.add_argument("--set", type=Path, nargs=2, action="append", required=True, dest="sets", metavar=("CORPUS", "QUESTIONS"))
    cli.add_argument("--library", type=Path, default=ROOT / "knowledge" / "library")
    cli.add_argument("--out", type=Path, default=ROOT / "knowledge" / "model")
    cli.add_argument(
        "--only", nargs="+", choices=PARTS, default=PARTS, help="make these parts anew, keep the others as they lie in OUT"
    )
    cli.add_argument("--tokenizer", type=Path, help="keep the pieces of this tokenizer.json instead of learning them")
    options = cli.parse_args(arguments)
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    library = read_library(options.library).library
    lists = read_word_lists(options.library / "words")
    articles = list(rows_of(options.sets[0][0]))
    if "static" in options.only:
        own, asked = static.library_rows(library)
        pieces = Tokenizer.from_file(str(options.tokenizer)) if options.tokenizer else None
        static.make([*articles, *own], [*rows_of(options.sets[0][1]), *asked], out, pieces)
    if "ranker" in options.only:
        with tempfile.TemporaryDirectory() as plain:  # the same pieces, taught by the corpus alone
            static.make(articles, [], Path(plain), Tokenizer.from_file(str(out / "tokenizer.json")))
            ranker.make(options.sets, load_embedder(plain), lists, out / ranker_file.FILE)
    embedder = load_embedder(str(out))
    if "field" in options.only:
        others = [row["question"] for row in rows_of(options.sets[0][1])]
        field.make(library, others, embedder, lists, out / "field.json")
    if "fusion" in options.only:
        fusion.make(library, embedder, ranker_file.read_ranker(out), lists, out / fusion_file.FILE)


if __name__ == "__main__":
    main()
