"""An official text takes the place of a digest, with the questions that people ask of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.official import read_with_official

HEAD = (
    "---\nnumber: 1/2026/NĐ-CP\nkind: Nghị định\ntitle: Tên\nissuer: Chính phủ\nissued: 2026-01-05\n"
    "effective_from: 2026-03-01\naudience: public\ntext: {text}\n---\n"
)
DIGEST = "## Điều 1. Một\n1. Một:\na) A;\nb) B.\n2. Hai.\n## Điều 3. Ba\nBa.\n## Phần chung\n1. Chung.\n"
TEXT = "## Điều 1. Một\n1. Một hai.\n2. Hai:\na) A.\n## Điều 2. Hai\nHai.\n"
ASKED = '"": ["cả"]\n"1.1.b": ["điểm b"]\n"1.2": ["khoản 2"]\n"3": ["điều 3"]\n"§Phần chung.1": ["chung"]\n'


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    for name, text in (("library", HEAD.format(text="digest") + DIGEST), ("official", HEAD.format(text="official") + TEXT)):
        path = tmp_path / name / "documents" / "1.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "library/asked").mkdir()
    (tmp_path / "library/asked/1-2026-nd-cp.yaml").write_text(ASKED, encoding="utf-8")
    return tmp_path / "library", tmp_path / "official"


def test_official_text_with_the_questions_of_the_digest(folders: tuple[Path, Path]) -> None:
    reading = read_with_official(*folders, {}, {})
    (document,) = reading.library.documents
    assert document.text == "official"
    assert reading.paths == {"1-2026-nd-cp": folders[1] / "documents/1.md"}
    assert {a.question: a.place for a in reading.library.asked} == {"cả": "", "điểm b": "1.1", "khoản 2": "1.2"}


def test_remarks_of_a_digest_that_gave_way_are_not_said(folders: tuple[Path, Path]) -> None:
    assert any("no article between" in remark for remark in read_with_official(folders[0], None, {}, {}).remarks)
    (folders[1] / "documents/1.md").rename(folders[1] / "documents/other.md")
    assert read_with_official(*folders, {}, {}).remarks == ()


def test_official_texts_have_asked_questions_of_their_own(folders: tuple[Path, Path]) -> None:
    (folders[1] / "asked").mkdir()
    (folders[1] / "asked/1-2026-nd-cp.yaml").write_text('"2": ["điều 2"]\n', encoding="utf-8")
    asked = read_with_official(*folders, {}, {}).library.asked
    assert [a.place for a in asked if a.question == "điều 2"] == ["2"]


@pytest.mark.parametrize("official", [None, Path("nowhere")])
def test_without_official_texts_the_digest_stands(folders: tuple[Path, Path], official: Path | None) -> None:
    reading = read_with_official(folders[0], official, {}, {})
    assert [d.text for d in reading.library.documents] == ["digest"]
    assert len(reading.library.asked) == 5
