"""Word and OpenDocument files: order, tables, numbers that Word writes itself, tracked changes, and damaged files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableRow
from odf.text import A, H, LineBreak, List, ListItem, Note, NoteBody, P, S

from knowledge.errors import ExtractError
from knowledge.extract import extract, programs

LINES = ("Điều 1. Phạm vi", "1. Nội dung thứ nhất;", "a) Điểm a", "Việc | Mức", "Xác minh | 100", "Điều 2. Hiệu lực")


def document() -> Any:
    made = docx.Document()
    for line in LINES[:3]:
        made.add_paragraph(line)
    table = made.add_table(rows=2, cols=2)
    for row, line in zip(table.rows, LINES[3:5], strict=True):
        for cell, text in zip(row.cells, line.split(" | "), strict=True):
            cell.text = text
    made.add_paragraph(LINES[5])
    return made


def test_docx_in_its_order(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    document().save(str(path))
    found = extract(path)
    assert tuple(line for line in found.lines if line) == LINES
    assert (found.kind, found.warnings) == ("docx", ())


PARAGRAPHS = [
    (
        "tracked insertion and deletion",
        "<w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del>",
        "mới",
    ),
    ("tab and break", "<w:r><w:t>một</w:t><w:tab/><w:t>hai</w:t><w:br/><w:t>ba</w:t></w:r>", "một hai\nba"),
    ("a link", "<w:hyperlink><w:r><w:t>Điều 5</w:t></w:r></w:hyperlink>", "Điều 5"),
    ("a footnote mark", '<w:r><w:t>Khoản</w:t><w:footnoteReference w:id="2"/></w:r>', "Khoản"),
    ("a field code", "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r>", "7"),
]


@pytest.mark.parametrize(("inside", "expected"), [row[1:] for row in PARAGRAPHS], ids=[row[0] for row in PARAGRAPHS])
def test_docx_paragraphs(tmp_path: Path, inside: str, expected: str) -> None:
    made = docx.Document()
    made.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>"))
    path = tmp_path / "a.docx"
    made.save(str(path))
    found = extract(path)
    assert "\n".join(found.lines) == expected
    assert bool(found.warnings) == ("<w:ins>" in inside)


def test_docx_content_control_and_nested_table(tmp_path: Path) -> None:
    made = docx.Document()
    control = f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    made.element.body.insert(0, parse_xml(control))
    cell = made.add_table(rows=1, cols=2).cell(0, 0)
    cell.text = "ngoài"
    cell.add_table(rows=1, cols=1).cell(0, 0).text = "trong"
    path = tmp_path / "a.docx"
    made.save(str(path))
    assert [line for line in extract(path).lines if line] == ["trong khung", "ngoài trong |"]


LEVELS = [
    ([("decimal", "%1.")], [0, 0, 0], ["1. x", "2. x", "3. x"]),
    ([("decimal", "%1."), ("lowerLetter", "%2)")], [0, 1, 1, 0, 1], ["1. x", "a) x", "b) x", "2. x", "a) x"]),
    ([("upperRoman", "Chương %1."), ("decimal", "%1.%2.")], [0, 1], ["Chương I. x", "I.1. x"]),
    ([("bullet", "•")], [0], ["x"]),
]


@pytest.mark.parametrize(("levels", "depths", "expected"), LEVELS)
def test_docx_numbers_that_word_writes(
    tmp_path: Path, levels: list[tuple[str, str]], depths: list[int], expected: list[str]
) -> None:
    made = docx.Document()
    numbering = made.part.numbering_part.element
    written = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="99">{written}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    for depth in depths:
        properties = made.add_paragraph("x")._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="99"/></w:numPr>'))
    path = tmp_path / "a.docx"
    made.save(str(path))
    found = extract(path)
    assert [line for line in found.lines if line] == expected
    assert bool(found.warnings) == (expected != ["x"])


def test_docx_that_is_damaged(package: Any) -> None:
    with pytest.raises(ExtractError, match="damaged"):
        extract(package("a.docx", {}))


def odt(path: Path) -> Path:
    made = OpenDocumentText()
    made.text.addElement(H(outlinelevel=1, text=LINES[0]))
    first = P()
    first.addText("1. Nội")
    first.addElement(S())
    first.addElement(A(href="http://x", type="simple", text="dung"))
    note = Note(noteclass="footnote")
    body = NoteBody()
    body.addElement(P(text="chú thích"))
    note.addElement(body)
    first.addElement(note)
    first.addElement(LineBreak())
    first.addText("dòng hai")
    made.text.addElement(first)
    table, row = Table(), TableRow()
    for text in ("Việc", "Mức"):
        cell = TableCell()
        cell.addElement(P(text=text))
        row.addElement(cell)
    table.addElement(row)
    made.text.addElement(table)
    items, item = List(), ListItem()
    item.addElement(P(text="mục"))
    items.addElement(item)
    made.text.addElement(items)
    made.save(str(path))
    return path


def test_odt(tmp_path: Path) -> None:
    found = extract(odt(tmp_path / "a.odt"))
    assert found.lines == (LINES[0], "1. Nội dung", "dòng hai", "Việc | Mức", "mục")
    assert "lists" in found.warnings[0]


def test_odt_that_is_damaged(package: Any) -> None:
    with pytest.raises(ExtractError, match="damaged"):
        extract(package("a.odt", {"content.xml": "<o"}))


needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs Debian package libreoffice-writer-nogui")
needs_catdoc = pytest.mark.skipif(shutil.which("catdoc") is None, reason="needs Debian package catdoc")


def word_97(folder: Path) -> Path:
    source = folder / "van ban.docx"
    made = document()
    made.tables[0].style = "Table Grid"  # LibreOffice loses a table without borders on its way through .doc
    made.save(str(source))
    profile = (folder / "profile").as_uri()
    command = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(".doc")


@needs_soffice
def test_doc_through_libreoffice(tmp_path: Path) -> None:
    found = extract(word_97(tmp_path))
    assert tuple(line for line in found.lines if line) == LINES
    assert found.kind == "doc"


@needs_soffice
@needs_catdoc
def test_doc_through_catdoc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = word_97(tmp_path)
    monkeypatch.setattr("knowledge.extract.word.installed", lambda program: False)
    found = extract(path)
    assert LINES[0] in found.lines
    assert "tables are lost" in found.warnings[0]


@needs_soffice
def test_doc_that_is_cut_short(tmp_path: Path) -> None:
    path = word_97(tmp_path)
    path.write_bytes(path.read_bytes()[:-2000])
    with pytest.raises(ExtractError, match="no Word document|could not"):
        extract(path)


def test_missing_program_names_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le") + b"\0" * 600)
    monkeypatch.setattr(programs.shutil, "which", lambda program: None)
    with pytest.raises(ExtractError, match="apt-get install catdoc"):
        extract(path)
