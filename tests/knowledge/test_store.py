"""A library read from its folder: what is broken is left out and named, the rest goes in; numbers and asked places are looked up."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import LibraryError
from knowledge.store import Asked, Library, Reading, read_library

FILE = """---
number: {number}
kind: {kind}
title: {title}
issuer: Cơ quan
issued: {issued}
effective_from: {issued}
effective_to: {ends}
audience: public
text: digest
---
## Điều 1. Một
1. Khoản một.
2. Khoản hai:
a) điểm a;
đ) điểm đ.
## Điều 44a. Chèn thêm
Lời.
## Phụ lục I. Biểu mẫu
1. Mẫu một.
"""
ROWS = [
    ("152/2026/NĐ-CP", "Nghị định", "2026-05-13", "null"),
    ("62/2015/NĐ-CP", "Nghị định", "2015-07-18", "2026-05-13"),
    ("106/2025/QH15", "Luật", "2025-12-05", "null"),
    ("04-NQ/TW", "Nghị quyết", "2016-10-30", "null"),
    ("04-NQ/TW", "Nghị quyết", "2026-04-01", "null"),
    ("37-QĐ/TW", "Quy định", "2021-10-25", "2026-07-26"),
]


def put(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, kind, issued, ends in ROWS:
        text = FILE.format(number=number, kind=kind, title=f"Về {number}", issued=issued, ends=ends)
        put(tmp_path, f"documents/{kind}/{number.replace('/', '-')}-{issued[:4]}.md", text)
    return tmp_path


@pytest.fixture
def library(folder: Path) -> Library:
    return read_library(folder).library


def problems(reading: Reading) -> list[tuple[str, int]]:
    return [(Path(fault.path).name, fault.line) for fault in reading.faults]


def test_reads_all(folder: Path) -> None:
    reading = read_library(folder)
    keys = {"152-2026-nd-cp", "62-2015-nd-cp", "106-2025-qh15", "04-nq-tw-2016", "04-nq-tw-2026", "37-qd-tw-2021"}
    assert set(reading.library.by_key) == set(reading.paths) == keys
    assert reading.faults == ()
    assert reading.paths["04-nq-tw-2026"].name == "04-NQ-TW-2026.md"
    assert {place for key, place in reading.library.articles if key == "106-2025-qh15"} == {"1", "44a", "~phu-luc-i-bieu-mau"}


GOOD = FILE.format(number="9/2026/NĐ-CP", kind="Nghị định", title="Mới", issued="2026-01-05", ends="null")


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        pytest.param(GOOD.replace("kind:", "kid:"), 3, "unknown key 'kid'", id="a misspelt key"),
        pytest.param(GOOD.replace("2. Khoản hai", "1. Khoản hai"), 14, "clause '1' stands twice", id="a clause twice"),
        pytest.param(GOOD + "## Điều 1. Lại một\nLời.\n", 12, "the article stands twice", id="an article twice"),
        pytest.param(GOOD + "## Điều 45. Rỗng\n", 21, "Điều 45: the article is empty", id="an empty article"),
        pytest.param(GOOD.encode("utf-16"), 1, "UTF-8", id="not UTF-8"),
        pytest.param("", 1, "no front matter", id="an empty file"),
        pytest.param(GOOD.replace("9/2026/NĐ-CP", "152/2026/NĐ-CP"), 1, "already in the library", id="a document twice"),
        pytest.param(GOOD.replace("issued: 2026-01-05", "issued: 2026-02-30"), 6, "", id="a day that does not exist"),
    ],
)
def test_a_broken_document_is_left_out_and_named(folder: Path, text: str | bytes, line: int, problem: str) -> None:
    put(folder, "documents/zz/moi.md", text)
    reading = read_library(folder)
    assert len(reading.library.documents) == len(ROWS)
    assert problems(reading) == [("moi.md", line)]
    assert problem in str(reading.faults[0])


def test_several_broken_documents_are_all_named(folder: Path) -> None:
    put(folder, "documents/a.md", "x")
    put(folder, "documents/b.md", GOOD.replace("kind:", "kid:"))
    assert problems(read_library(folder)) == [("a.md", 1), ("b.md", 3)]


def test_a_gap_is_a_remark_only(folder: Path) -> None:
    put(folder, "documents/moi.md", GOOD)
    reading = read_library(folder)
    assert "9-2026-nd-cp" in reading.library.by_key
    assert "moi.md: Điều 1: no article between Điều 1 and Điều 44" in reading.remarks


@pytest.mark.parametrize("made", [(), ("documents",), ("asked",)])
def test_no_document_at_all(tmp_path: Path, made: tuple[str, ...]) -> None:
    for name in made:
        (tmp_path / name).mkdir()
    with pytest.raises(LibraryError, match="the library has no documents"):
        read_library(tmp_path)


def test_asked_places(folder: Path) -> None:
    rows = '"": ["chung"]\n"1": ["một"]\n1.2: ["hai"]\n1.2.đ: ["đê", "vẫn đê"]\n44a: ["chèn"]\n'
    rows += '"§Phụ lục I. Biểu mẫu": ["phụ lục"]\n"§Phụ lục I. Biểu mẫu.1": ["mẫu"]\n'
    put(folder, "asked/152-2026-nd-cp.yaml", rows)
    reading = read_library(folder)
    assert reading.faults == ()
    assert reading.library.asked == tuple(
        Asked("152-2026-nd-cp", place, question)
        for place, question in [
            ("", "chung"),
            ("1", "một"),
            ("1.2", "hai"),
            ("1.2.đ", "đê"),
            ("1.2.đ", "vẫn đê"),
            ("44a", "chèn"),
            ("~phu-luc-i-bieu-mau", "phụ lục"),
            ("~phu-luc-i-bieu-mau.1", "mẫu"),
        ]
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param("152-2026-nd-cp", '"9": ["x"]\n', "place '9' is not in 152/2026/NĐ-CP", id="an article that is not there"),
        pytest.param("152-2026-nd-cp", '"1.3": ["x"]\n', "place '1.3'", id="a clause that is not there"),
        pytest.param("152-2026-nd-cp", '"1.2.b": ["x"]\n', "place '1.2.b'", id="a point that is not there"),
        pytest.param("152-2026-nd-cp", '"§Phụ lục II": ["x"]\n', "§Phụ lục II", id="a part that is not there"),
        pytest.param(
            "152-2026-nd-cp", '"§Phụ lục I. Biểu mẫu.7": ["x"]\n', "Biểu mẫu.7", id="a clause that its part does not have"
        ),
        pytest.param("152-2026-nd-cp", '"1.": ["x"]\n', "place '1.'", id="a place that ends in a full stop"),
        pytest.param("152-2026-nd-cp", '"1": ["a"]\n1: ["b"]\n', "yaml:2: the file: key '1' stands twice", id="a place twice"),
        pytest.param("152-2026-nd-cp", '"1": ["a"]\n"1.2": [null]\n', "yaml:2: place '1.2' has no list", id="an empty question"),
        pytest.param("152-2026-nd-cp", '"1.2": ["a"]\n1.20: ["b"]\n', "place '1.20'", id="1.20 is not 1.2"),
        pytest.param("152-2026-nd-cp", b"\xff\xfe1", "cannot be read as UTF-8", id="not UTF-8"),
        pytest.param("152-2026-nd-cp", '"1": "x"\n', "no list of questions", id="a question without its list"),
        pytest.param("152-2026-nd-cp", "- x\n", "152-2026-nd-cp.yaml:1", id="a list without places"),
        pytest.param("152-2026-nd-cp", '"1": [a: b: c]\n', "not YAML", id="not YAML"),
        pytest.param("999-2026-nd-cp", '"1": ["x"]\n', "no document has the key '999-2026-nd-cp'", id="an unknown document"),
    ],
)
def test_a_broken_asked_file_is_left_out_and_named(folder: Path, name: str, text: str | bytes, said: str) -> None:
    put(folder, f"asked/{name}.yaml", text)
    put(folder, "asked/106-2025-qh15.yaml", '"1": ["còn lại"]\n')
    reading = read_library(folder)
    assert [fault.path.rpartition("/")[2] for fault in reading.faults] == [f"{name}.yaml"]
    assert said in str(reading.faults[0])
    assert [asked.question for asked in reading.library.asked] == ["còn lại"]
    assert len(reading.library.documents) == len(ROWS)


def test_a_part_is_not_taken_for_one_whose_name_begins_alike(folder: Path) -> None:
    put(folder, "documents/moi.md", GOOD + "## Phụ lục\n1. Một.\n## Phụ lục hoà giải\n1. Hai.\n2. Ba.\n")
    put(folder, "asked/9-2026-nd-cp.yaml", '"§Phụ lục hoà giải.2": ["ba"]\n"§Phụ lục hòa giải": ["hai"]\n"§Phụ lục.1": ["một"]\n')
    reading = read_library(folder)
    assert reading.faults == ()
    places = {asked.question: asked.place for asked in reading.library.asked if asked.document == "9-2026-nd-cp"}
    assert places == {"ba": "~phu-luc-hoa-giai.2", "hai": "~phu-luc-hoa-giai", "một": "~phu-luc.1"}


def test_a_previous_text_that_is_broken_too_is_named(folder: Path, tmp_path: Path) -> None:
    put(folder, "documents/moi.md", GOOD.replace("kind:", "kid:"))
    earlier = put(tmp_path, "earlier/moi.md", "x")
    reading = read_library(folder, {"documents/moi.md": earlier})
    assert [(Path(fault.path).parent.name, fault.line) for fault in reading.faults] == [("documents", 3), ("earlier", 1)]
    assert len(reading.library.documents) == len(ROWS)


def test_a_list_that_is_not_utf_8_is_named(folder: Path) -> None:
    put(folder, "words/out_of_field.txt", "thời tiết".encode("utf-16"))
    with pytest.raises(LibraryError, match=r"out_of_field\.txt:1: cannot be read as UTF-8"):
        read_library(folder)


def test_questions_from_outside_the_field(folder: Path) -> None:
    assert read_library(folder).library.outside == ()
    put(folder, "words/out_of_field.txt", "# lời ghi\n\nthời tiết hôm nay \ncách nấu phở\n")
    assert read_library(folder).library.outside == ("thời tiết hôm nay", "cách nấu phở")


@pytest.mark.parametrize(
    ("number", "kind", "keys"),
    [
        pytest.param("106/2025/QH15", None, ["106-2025-qh15"], id="whole"),
        pytest.param("106/2025/qh15", None, ["106-2025-qh15"], id="small letters"),
        pytest.param("152/2026/nd-cp", None, ["152-2026-nd-cp"], id="without accents"),
        pytest.param("152", "Nghị định", ["152-2026-nd-cp"], id="its beginning with its kind"),
        pytest.param("152", None, ["152-2026-nd-cp"], id="its beginning alone"),
        pytest.param("152", "Luật", [], id="its beginning with another kind"),
        pytest.param("152/2026", "Nghị định", ["152-2026-nd-cp"], id="with its year"),
        pytest.param("152/2025", "Nghị định", [], id="with another year"),
        pytest.param("15", "Nghị định", [], id="half a number"),
        pytest.param("37", "Quy định", ["37-qd-tw-2021"], id="a number with a hyphen"),
        pytest.param("04-NQ/TW", None, ["04-nq-tw-2016", "04-nq-tw-2026"], id="a number that repeats"),
        pytest.param("04", "Nghị quyết", ["04-nq-tw-2016", "04-nq-tw-2026"], id="the beginning of one that repeats"),
        pytest.param("999/2026/NĐ-CP", None, [], id="unknown"),
    ],
)
def test_numbered(library: Library, number: str, kind: str | None, keys: list[str]) -> None:
    assert sorted(document.key for document in library.numbered(number, kind)) == keys


@pytest.mark.parametrize(
    ("on", "key"),
    [
        pytest.param(date(2026, 5, 12), "62-2015-nd-cp", id="last day of the old"),
        pytest.param(date(2026, 5, 13), "152-2026-nd-cp", id="first day of the new"),
        pytest.param(date(2015, 7, 17), None, id="before both"),
    ],
)
def test_in_force(library: Library, on: date, key: str | None) -> None:
    found = library.in_force(["152/2026/NĐ-CP", "62/2015/NĐ-CP"], on)
    assert (found.key if found else None) == key
