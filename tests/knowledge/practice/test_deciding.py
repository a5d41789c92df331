"""The questions that decide: each stands on places that exist, each answer leads to a question; a broken file is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.citation import Citation
from knowledge.errors import LibraryError
from knowledge.practice.deciding import DAY, Deciding, missing_fact, read_deciding
from knowledge.store import Library
from tests.conftest import ROOT, TODAY
from tests.knowledge.practice.basis import missing

QUESTIONS = read_deciding(ROOT / "knowledge/library/deciding")
LAW, DECREE = "106/2025/QH15", "152/2026/NĐ-CP"
GOOD = """id: side
question: "Bạn là bên nào?"
options:
  a: "Bên được"
  b: "Bên phải trả"
basis: ["106/2025/QH15 53.1"]
about: ["phí"]
becomes:
  a: "Người được thi hành án nộp phí gì?"
  b: "Người phải thi hành án chịu phí gì?"
"""


def test_there_are_enough() -> None:
    assert len(QUESTIONS) >= 12


@pytest.mark.parametrize("question", QUESTIONS, ids=[each.id for each in QUESTIONS])
def test_every_basis_is_in_the_library_and_in_force(question: Deciding, law: Library) -> None:
    assert list(missing(question.basis, law, TODAY)) == []


@pytest.mark.parametrize("question", QUESTIONS, ids=[each.id for each in QUESTIONS])
def test_each_answer_becomes_a_question_of_its_own(question: Deciding) -> None:
    assert len(set(question.becomes.values())) == len(question.becomes)
    assert all(len(text.split()) >= 8 for text in question.becomes.values())


@pytest.mark.parametrize(
    ("text", "place", "asked"),
    [
        pytest.param("tôi bị kê biên nhà", Citation(LAW, "80", "2"), "only-home", id="a home"),
        pytest.param("tôi bị kê biên nhà duy nhất", Citation(LAW, "80", "2"), None, id="told"),
        pytest.param("toi bi ke bien nha", Citation(LAW, "80", "2"), "only-home", id="no accents"),
        pytest.param("tôi bị kê biên nhà", Citation(LAW, "36", "1"), None, id="the answer hangs on something else"),
        pytest.param(
            "nhà tôi đứng tên chung với vợ", Citation(LAW, "78", "3"), "shares-known", id="the one that the words say most of"
        ),
        pytest.param("tôi có phải nộp phí không", Citation(LAW, "53", "1"), "which-side", id="a side"),
        pytest.param("tôi thắng kiện thì có phải nộp phí không", Citation(LAW, "53", "1"), None, id="a side that is told"),
        pytest.param("án của tôi còn thời hiệu không", Citation(LAW, "34", "2"), "judgment-day", id="a day"),
        pytest.param("tôi muốn yêu cầu thi hành án", Citation(LAW, "34", "2"), None, id="not about it"),
        pytest.param("án của tôi còn thời hiệu không", Citation(LAW, "34"), "judgment-day", id="the whole article"),
    ],
)
def test_what_is_missing(text: str, place: Citation, asked: str | None) -> None:
    found = missing_fact(QUESTIONS, text, place, names_day=False)
    assert (found.id if found else None) == asked


def test_a_day_that_is_told_is_not_asked_for() -> None:
    place = Citation(LAW, "34", "2")
    assert missing_fact(QUESTIONS, "án ngày 3/5/2021 của tôi còn thời hiệu không", place, names_day=True) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        pytest.param("id: side", "id: sides", "Name the file after its id", id="name"),
        pytest.param('  b: "Người phải thi hành án chịu phí gì?"\n', "", "'becomes' has", id="an answer that leads nowhere"),
        pytest.param('about: ["phí"]', "about: []", "about nothing", id="no words"),
        pytest.param('  b: "Bên phải trả"\n', "", "two answers or more", id="one answer"),
        pytest.param('basis: ["106/2025/QH15 53.1"]', "basis: []", "no place of the law", id="no place"),
        pytest.param("question:", "quesion:", "unknown field 'quesion'", id="a field"),
        pytest.param(GOOD[GOOD.index("options") : GOOD.index("basis")], "kind: date\n", "'becomes' has", id="no day"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    (tmp_path / "side.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(LibraryError, match=said) as fault:
        read_deciding(tmp_path)
    assert "side.yaml:" in str(fault.value)


def test_a_day_has_its_place(tmp_path: Path) -> None:
    text = GOOD[: GOOD.index("options")] + "kind: date\n" + GOOD[GOOD.index("basis") : GOOD.index('  a: "Người')]
    (tmp_path / "side.yaml").write_text(text + '  day: "Đến ngày nào?"\n', encoding="utf-8")
    with pytest.raises(LibraryError, match="no place for the day"):
        read_deciding(tmp_path)
    (tmp_path / "side.yaml").write_text(text + f'  day: "Từ {DAY} đến ngày nào?"\n', encoding="utf-8")
    assert read_deciding(tmp_path)[0].becomes == {"day": f"Từ {DAY} đến ngày nào?"}


def test_no_folder_no_questions(tmp_path: Path) -> None:
    assert read_deciding(tmp_path / "none") == ()
