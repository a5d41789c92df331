"""A receipt shows its answer again: rebuilt from its build, and held against the law as it is now."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.errors import ReceiptUnknown
from bot.message import Answer, Question
from bot.proofs import Proof, prove_again
from bot.serve import open_knowledge
from knowledge.embedding import Embedder
from knowledge.refresh import Refresher
from tests.conftest import ROOT, TODAY

QUESTION = "Trong thời hạn bao lâu thì Chấp hành viên kê biên nhà ở của người phải thi hành án dân sự?"
RULE = "Chấp hành viên kê biên nhà ở của người phải thi hành án trong thời hạn 10 ngày."
TOLD = "Người phải thi hành án được thông báo trước."
BODY = f"## Điều 1. Kê biên nhà ở\n1. {RULE} {TOLD}\n2. Tòa án ra quyết định.\n"
FRONT = (
    "---\nnumber: 5/2026/NĐ-CP\nkind: Nghị định\ntitle: Về kê biên\nissuer: Chính phủ\nissued: 2026-01-05\neffective_from: 2026-01-05\n"
    "audience: public\ntext: digest\n{more}---\n"
)


class Shelf:
    """A small library that can be changed, its index, and the answers given on it."""

    def __init__(self, folder: Path, settings: Settings, embedder: Embedder) -> None:
        self.folder, self.settings, self.embedder = folder, settings, embedder
        shutil.copytree(ROOT / "knowledge/library/words", folder / "library/words")
        (folder / "library/documents").mkdir()
        self.database = Database(f"sqlite:///{folder}/x.sqlite")
        self.put(BODY)

    def put(self, body: str, more: str = "") -> None:
        (self.folder / "library/documents/a.md").write_text(FRONT.format(more=more) + body, encoding="utf-8")
        Refresher(self.folder / "library", self.folder / "index", self.embedder).run()

    def ask(self, model: object = None, text: str = QUESTION) -> Answer:
        knowledge = open_knowledge(self.folder / "index", self.embedder)
        assistant = Assistant(self.settings, lambda: knowledge, self.database, model, today=lambda: TODAY)  # type: ignore[arg-type]
        return assistant.answer(Question(text))

    def proof(self, receipt: str, today: date = TODAY) -> Proof:
        index = self.folder / "index"
        live = open_knowledge(index, self.embedder)
        return prove_again(
            receipt, self.database, self.settings, live, lambda name: open_knowledge(index, self.embedder, name), today
        )


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings, embedder: Embedder) -> Iterator[Shelf]:
    made = Shelf(tmp_path, settings, embedder)
    yield made
    made.database.close()


def test_same_again(shelf: Shelf) -> None:
    answer = shelf.ask()
    assert answer.citations
    proof = shelf.proof(answer.receipt.lower())
    assert (proof.rebuilt, proof.law_changed) == ("same", False)
    assert proof.given == answer.as_json() | {"elapsed_ms": proof.given["elapsed_ms"]}
    assert RULE in proof.as_text()
    assert "word for word" in proof.as_text()


@pytest.mark.parametrize(
    ("body", "more", "since"),
    [
        pytest.param(BODY.replace("10 ngày", "15 ngày"), "", "changed", id="a number"),
        pytest.param(BODY.replace(f"1. {RULE} {TOLD}\n2. ", "1. "), "", "changed", id="another rule under the number"),
        pytest.param(BODY.replace("Điều 1.", "Điều 2."), "", "gone", id="the article"),
        pytest.param(BODY, "effective_to: 2026-11-01\n", "no longer in force", id="at its end"),
        pytest.param(BODY + "## Điều 2. Khác\nTòa án ra quyết định.\n", "", "unchanged", id="another article"),
    ],
)
def test_law_since(shelf: Shelf, body: str, more: str, since: str) -> None:
    answer = shelf.ask()
    shelf.put(body, more)
    proof = shelf.proof(answer.receipt)
    assert proof.rebuilt == "same", "the old build still says what it said"
    assert since in {place.since for place in proof.places}
    assert proof.law_changed is (since != "unchanged")
    assert since in proof.as_text()


def test_build_is_gone(shelf: Shelf) -> None:
    answer = shelf.ask()
    shelf.put(BODY.replace("10 ngày", "15 ngày"))
    shutil.rmtree(shelf.folder / "index" / answer.build)
    proof = shelf.proof(answer.receipt)
    assert proof.rebuilt == "build gone"
    assert "10 ngày" in proof.as_text()
    assert "15 ngày" in proof.places[0].now


class Writer:
    """A chat model that writes one text."""

    def __init__(self, *sentences: tuple[str, list[int]]) -> None:
        self.sentences = sentences

    def write(self, question: str, passages: object, rewrite: object = None) -> str:
        rows = [{"text": text, "passages": numbers} for text, numbers in self.sentences]
        return json.dumps({"sentences": rows}, ensure_ascii=False)


def test_words_of_a_model_are_proven_again(shelf: Shelf) -> None:
    """The receipt keeps what was written and how it was judged; no model is needed to show it."""
    answer = shelf.ask(Writer((f"Theo quy định, c{RULE[1:]}", [1]), (TOLD, [1]), ("Phải nộp phạt.", [1])))
    assert answer.text.startswith("Theo quy định, chấp hành viên")
    assert "nộp phạt" not in answer.text
    proof = shelf.proof(answer.receipt)
    assert proof.rebuilt == "same"
    assert proof.proof is not None
    assert [bool(sentence["faults"]) for sentence in proof.proof["sentences"]] == [False, False, True]


def test_without_what_was_asked(shelf: Shelf) -> None:
    answer = shelf.ask()
    shelf.database.erase(["x"])
    row = json.dumps(answer.as_json() | {"receipt": "ALT"}, ensure_ascii=False)
    shelf.database.add_receipt("ALT", answer.build, row)
    assert shelf.proof("alt").rebuilt == "not kept"


@pytest.mark.parametrize("number", ["", "0000-0000-0000", "'; DROP TABLE receipts; --"])
def test_unknown_receipt(shelf: Shelf, number: str) -> None:
    with pytest.raises(ReceiptUnknown, match="30 days"):
        shelf.proof(number)
