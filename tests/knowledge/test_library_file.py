"""A document written as a library file reads back as itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import Amendment, LegalDocument, PartialEffect, Source
from knowledge.library_file import library_text
from knowledge.parse import parse_document
from knowledge.text import nfc
from tests.conftest import ROOT

DAY = date(2026, 7, 1)
BODY = "# Chương I. Tên\n## Điều 1. Một\n1. Đoạn:\na) Điểm.\n\nĐoạn sau.\n"
DOCUMENT = LegalDocument(
    "1/2026/NĐ-CP", "Nghị định", "Quy định: chi tiết", "Chính phủ", DAY, DAY, None, "unconfirmed", "staff", "official",
    ("2/2020/NĐ-CP",), (Amendment("3/2026/NĐ-CP", DAY), Amendment("4/2026/NĐ-CP", None)), (Source("Tệp #1: 'a'", "https://x.vn/?a=1", DAY),),
    (PartialEffect(("Điều 1", "điểm a khoản 1 Điều 1"), DAY, None),), "Lưu ý: đọc lại.",
)  # fmt: skip


def read(document: LegalDocument, body: str = BODY) -> LegalDocument:
    return parse_document(library_text(document, body), "a.md")


def test_all_keys_read_back() -> None:
    found = read(DOCUMENT)
    names = [name for name in LegalDocument.__slots__ if name != "provisions"]
    assert [getattr(found, name) for name in names] == [getattr(DOCUMENT, name) for name in names]


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("C", "Z"), exclude_characters="Ðð") | st.just(" "),
        min_size=1,
        max_size=40,
    )
)
def test_any_title(title: str) -> None:
    title = f"t{title}t"  # spaces at the ends are not part of a title
    assert read(replace(DOCUMENT, title=title)).title == nfc(title)


@pytest.mark.parametrize("path", sorted((ROOT / "knowledge/library/documents/luat").glob("*.md")), ids=lambda path: path.name)
def test_a_document_of_the_library(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = parse_document(text, str(path))
    assert read(document, text.split("\n---\n", 1)[1]) == document
