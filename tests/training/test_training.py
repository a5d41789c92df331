"""The model is made by one command: here from a small corpus and two documents, in a few steps, as a whole."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("lightgbm", reason="lightgbm is not here; get it with: pip install -e '.[training]' -c constraints.txt")

from knowledge.embedding import load_embedder
from knowledge.index import index_passages
from knowledge.passages import passages_of
from knowledge.ranker import read_ranker
from knowledge.search import Search
from knowledge.spelling import read_word_lists, wording
from knowledge.store import Library, read_library
from knowledge.trained import read_trained
from tests.conftest import TODAY
from training import __main__ as command
from training import fusion, network, ranker, static
from training.trees import Examples, trees
from training.untaught import untaught

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "knowledge" / "library"
DOCUMENTS = {"chi-thi/26-CT-TTg-2016.md": "26-ct-ttg-2016.yaml", "nghi-dinh/151-2026-ND-CP.md": "151-2026-nd-cp.yaml"}
QUESTION = "Vi bằng phải được lập như thế nào?"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of two documents, with what people ask for in them."""
    folder = tmp_path_factory.mktemp("library")
    for document, asked in DOCUMENTS.items():
        for path in (Path("documents", document), Path("asked", asked)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(LIBRARY / path, folder / path)
    shutil.copytree(LIBRARY / "words", folder / "words")
    return folder


@pytest.fixture(scope="module")
def library(small: Path) -> Library:
    read = read_library(small)
    assert not read.faults
    return read.library


@pytest.fixture(scope="module")
def corpus(library: Library, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Lines of articles, and of questions with the article that answers."""
    folder = tmp_path_factory.mktemp("corpus")
    articles = [(document, article) for document in library.documents for _, article in document.articles()]
    lines = [
        {
            "id": f"{d.key}#{a.label}",
            "doc": d.number,
            "title": a.heading,
            "text": a.heading + "\n" + "\n".join(c.text for c in a.children),
        }
        for d, a in articles
    ]
    known = {line["id"] for line in lines}
    asked = [
        {"question": a.question, "gold": [f"{a.document}#{a.place.partition('.')[0]}"]}
        for a in library.asked
        if f"{a.document}#{a.place.partition('.')[0]}" in known
    ]
    assert len(asked) > 100
    paths = folder / "corpus.jsonl", folder / "questions.jsonl"
    for path, rows in zip(paths, (lines, asked[:60]), strict=True):
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(paths[0]), str(paths[1])


def train(small: Path, corpus: tuple[str, str], out: Path, monkeypatch: pytest.MonkeyPatch, *more: str) -> None:
    """The command, in few steps."""
    for name, value in (("STEPS", 15), ("PIECES", 900), ("BATCH", 32), ("QUESTION_BATCH", 32)):
        monkeypatch.setattr(static, name, value)
    monkeypatch.setattr(ranker, "ROUNDS", 20)
    monkeypatch.setattr(ranker, "NETWORKS", 2)
    monkeypatch.setattr(fusion, "ROUNDS", 20)
    monkeypatch.setattr(network, "EPOCHS", 2)
    command.main(["--set", *corpus, "--set", *corpus, "--library", str(small), "--out", str(out), *more])


def test_one_command_makes_all_that_a_search_needs(
    small: Path, library: Library, corpus: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "model"
    train(small, corpus, out, monkeypatch)
    made, embedder = read_trained(out), load_embedder(str(out))
    assert made.ranker is not None
    assert len(made.ranker.networks) == 2
    assert made.fusion is not None
    assert np.array_equal(*embedder.encode(["Kê biên nhà ở", "ke bien nha o"]))
    passages = [passage for document in library.documents for passage in passages_of(document)]
    (tmp_path / "index").mkdir()
    build = index_passages(tmp_path / "index", passages, embedder, library.asked, library.outside)
    search = Search(build, embedder, ranker=made.ranker, fusion=made.fusion)
    (best, *_) = search.find(wording(QUESTION, read_word_lists(small / "words")), TODAY, "staff")
    assert best.best.passage.document == "151-2026-nd-cp"

    kept = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    train(small, corpus, out, monkeypatch, "--only", "ranker", "field", "fusion")
    again = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    assert set(kept) == set(again)
    assert {name for name in kept if kept[name] != again[name]} <= {
        "ranker.json",
        "fusion.json",
    }  # the last digits of torch's sums


def test_the_same_pieces_on_request(
    small: Path, corpus: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pieces = ROOT / "knowledge" / "model" / "tokenizer.json"
    train(small, corpus, tmp_path, monkeypatch, "--only", "static", "--tokenizer", str(pieces))
    assert json.loads((tmp_path / "tokenizer.json").read_text())["model"] == json.loads(pieces.read_text())["model"]
    assert not (tmp_path / "fusion.json").exists()


def test_a_fourth_of_the_questions_is_not_taught() -> None:
    questions = [asked.question for asked in read_library(LIBRARY).library.asked]
    share = sum(map(untaught, questions)) / len(questions)
    assert 0.23 < share < 0.27


def test_the_embedding_model_sees_none_of_them(library: Library) -> None:
    _, taught = static.library_rows(library)
    assert taught
    assert not any(untaught(row["question"]) for row in taught)


def test_the_fusion_asks_what_neither_model_nor_index_has_seen(library: Library) -> None:
    held = []
    for known, questions in fusion.folds(library):
        assert all(untaught(asked.question) for asked in questions)
        assert not set(known) & set(questions)
        held += questions[:]
    new = {asked for asked in library.asked if asked.place and untaught(asked.question)}
    assert set(held) == new


def test_trees_learn_and_are_read_as_they_were_trained(tmp_path: Path) -> None:
    """The second of three numbers says which candidate is gold."""
    draw = np.random.default_rng(1)
    seen = Examples([], [])
    for _ in range(200):
        numbers = draw.random((12, 3))
        seen.add(numbers, numbers[:, 1] == numbers[:, 1].max())
    seen.add(draw.random((12, 3)), np.zeros(12, dtype=bool))
    assert len(seen.golds) == 200, "a question without gold teaches nothing"
    made = trees(seen, {"num_leaves": 8, "min_data_in_leaf": 5, "learning_rate": 0.1}, 60)
    (tmp_path / "ranker.json").write_text(json.dumps({"features": ["a", "b", "c"], "trees": made, "networks": []}))
    read = read_ranker(tmp_path, names=("a", "b", "c"))
    assert read is not None
    right = [
        np.argmax(read.scores(numbers.astype(np.float32))) == np.argmax(golds)
        for numbers, golds in zip(seen.numbers, seen.golds, strict=True)
    ]
    assert np.mean(right) > 0.9
