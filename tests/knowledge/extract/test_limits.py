"""What must not be opened is refused with the file, the problem and what to do."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from knowledge.errors import ExtractError, KnowledgeError
from knowledge.extract import extract
from knowledge.extract import limits as limits_module
from knowledge.extract.limits import check

Package = Callable[[str, dict[str, str | bytes]], Path]

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
XXE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><r>&x;</r>'
LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>'

RAW = [
    ("empty.txt", b"", "empty"),
    ("empty.pdf", b"", "empty"),
    ("noise.txt", bytes(range(256)) * 20, "binary data"),
    ("really.txt", b"%PDF-1.4\n", "a PDF"),
    ("really-zip.md", b"PK\x03\x04" + b"x" * 90, "package"),
    ("page.pdf", b"<!DOCTYPE html><html><body>403</body></html>", "a web page"),
    ("old.docx", OLE, "old .doc"),
    ("secret.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    ("page.docx", b"<html></html>", "a web page"),
    ("macro.doc", OLE + "WordDocument _VBA_PROJECT".encode("utf-16-le"), "macros"),
    ("sheet.doc", OLE + "Workbook".encode("utf-16-le"), "holds no Word document"),
    ("rich.doc", b"{\\rtf1 hello}", "RTF"),
    ("macro.docm", b"PK\x03\x04", "macros"),
    ("macro.dotm", b"PK\x03\x04", "macros"),
    ("sheet.xlsx", b"PK\x03\x04", "not read"),
    ("noname", b"x", "not read"),
    ("plain.html", b"khong co the nao ca", "not a web page"),
    ("entity.html", f"<html>{LAUGHS}</html>".encode(), "entities"),
    ("hidden.html", f"<html>{XXE}</html>".encode("utf-16"), "entities"),
    ("cut.odt", b"PK\x03\x04" + os.urandom(200), "damaged or cut short"),
]

PARTS: list[tuple[str, dict[str, str | bytes], str]] = [
    ("macro.docx", {"word/vbaProject.bin": b"\0"}, "macros"),
    (
        "macro-type.docx",
        {"[Content_Types].xml": "<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"},
        "macros",
    ),
    ("basic.odt", {"Basic/Standard/Module1.xml": "<m/>"}, "macros"),
    ("script.odt", {"Scripts/python/x.py": "print()"}, "macros"),
    ("xxe.docx", {"word/document.xml": XXE}, "entities"),
    ("xxe16.docx", {"word/styles.xml": XXE.encode("utf-16")}, "entities"),
    ("laughs.odt", {"content.xml": LAUGHS}, "entities"),
    ("dtd.odt", {"styles.xml": '<!doctype r SYSTEM "http://example.org/x.dtd"><r/>'}, "document type"),
    ("secret.odt", {"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}, "encrypted"),
    ("bomb.docx", {"word/media/a.bin": b"\0" * 30_000_000}, "would unpack to"),
    ("bomb.odt", {"Pictures/a.bin": b"\0" * 30_000_000}, "would unpack to"),
]


@pytest.mark.parametrize(("name", "content", "problem"), RAW)
def test_refused_as_it_is(tmp_path: Path, name: str, content: bytes, problem: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ExtractError, match=problem) as refused:
        extract(path)
    assert str(path) in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize(("name", "parts", "problem"), PARTS)
def test_refused_package(package: Package, name: str, parts: dict[str, str | bytes], problem: str) -> None:
    with pytest.raises(ExtractError, match=problem):
        extract(package(name, parts))


def test_error_is_for_the_operator() -> None:
    fault = ExtractError("a.pdf", "the file is empty", "Fetch it again")
    assert isinstance(fault, KnowledgeError)
    assert str(fault) == "a.pdf: the file is empty. Fetch it again"


def test_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(limits_module.MAX_BYTES + 1)  # a sparse file: nothing is written
    with pytest.raises(ExtractError, match="more than 50"):
        extract(path)


def test_too_many_parts(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_module, "MAX_PARTS", 3)
    with pytest.raises(ExtractError, match="4 parts"):
        check(package("many.docx", {"a": "1", "b": "2"}))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for name in ("none.pdf", "folder.txt"):
        with pytest.raises(ExtractError, match="no such file"):
            extract(tmp_path / name)


@pytest.mark.parametrize("missing", ["word/document.xml", "content.xml"])
def test_package_of_another_kind(tmp_path: Path, missing: str) -> None:
    path = tmp_path / ("a.docx" if missing.startswith("word") else "a.odt")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(ExtractError, match="holds no"):
        extract(path)


def test_encrypted_zip(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    content = bytearray(raw.getvalue())
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag that says a part is encrypted, in both its headers
        content[content.index(sign) + place] |= 1
    path = tmp_path / "locked.docx"
    path.write_bytes(content)
    with pytest.raises(ExtractError, match="encrypted"):
        extract(path)


def test_damaged_part(package: Package) -> None:
    path = package("broken.docx", {"word/document.xml": "<w>" + "x" * 500 + "</w>"})
    content = bytearray(path.read_bytes())
    at = content.index(b"word/document.xml") + 30
    content[at : at + 8] = b"\xff" * 8
    path.write_bytes(content)
    with pytest.raises(ExtractError, match="damaged"):
        extract(path)


def test_encrypted_pdf(pdf: Callable[..., Path], tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(pdf([["Điều 1. Phạm vi điều chỉnh của Nghị định này"]])))
    writer.encrypt("mật khẩu", algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    with path.open("wb") as file:
        writer.write(file)
    with pytest.raises(ExtractError, match="encrypted.*qpdf"):
        extract(path)


def test_w3c_doctype_is_no_threat(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    doctype = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
    path.write_text(f'<?xml version="1.0"?>{doctype}<html><body><p>Điều 1. Phạm vi</p></body></html>', encoding="utf-8")
    assert extract(path).lines == ("Điều 1. Phạm vi",)
