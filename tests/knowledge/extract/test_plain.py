"""Text files: encodings, page marks, and what is said of a text that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import ExtractError
from knowledge.extract import extract, page_mark

TEXT = "Điều 1. Phạm vi\n\n1. Nội dung;  \n"


@pytest.mark.parametrize(("encoding", "name"), [("utf-8", "a.txt"), ("utf-8-sig", "a.md"), ("utf-16", "a.txt")])
def test_encodings(tmp_path: Path, encoding: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(TEXT.encode(encoding))
    found = extract(path)
    assert found.lines == ("Điều 1. Phạm vi", "", "1. Nội dung;")
    assert found.kind == name[2:]
    assert (found.ocr_pages, found.warnings) == ((), ())


def test_decomposed_letters_become_composed(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Đie\u0302\u0300u 1", encoding="utf-8")
    assert extract(path).lines == ("Điều 1",)


def test_form_feeds_are_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("một\fhai\nba", encoding="utf-8")
    assert extract(path).lines == (page_mark(1), "một", page_mark(2), "hai", "ba")


def test_other_encoding_is_refused_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Äiá»u 1 \xd0 khoản".encode("cp1258", "replace") + b"\xff\xfe\xf0 abc")
    with pytest.raises(ExtractError, match="not UTF-8 .*save it as UTF-8"):
        extract(path)


def test_old_font_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("§iÒu 1. Ph¹m vi ®iÒu chØnh", encoding="utf-8")
    assert "TCVN3" in extract(path).warnings[0]


def test_blank_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n \f\n", encoding="utf-8")
    with pytest.raises(ExtractError, match="no text"):
        extract(path)
