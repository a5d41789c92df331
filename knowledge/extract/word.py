"""Reads .docx, .doc and .odt files: paragraphs and tables in their order, a table row as one line."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.errors import ExtractError
from knowledge.extract.extracted import Extracted
from knowledge.extract.limits import check
from knowledge.extract.programs import installed, need, run
from knowledge.extract.word_numbers import WordNumbers
from knowledge.text import nfc

_CONVERT_SECONDS = 120
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}{name}" for name in ("del", "delText", "moveFrom", "txbxContent", "footnoteReference", "instrText", "pPr")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
}
_DAMAGED = "Open it in Word or LibreOffice and save it anew"


def read_docx(path: Path) -> Extracted:
    """The lines of a .docx. Raises ExtractError when it is damaged."""
    import docx

    try:
        document = docx.Document(str(path))
    except Exception as fault:  # python-docx lets KeyError, ValueError and those of lxml through for a damaged package
        raise ExtractError(str(path), f"the document is damaged ({type(fault).__name__}: {fault})", _DAMAGED) from None
    body = document.element.body
    numbers = WordNumbers(document)
    lines = tuple(line for block in _blocks(body) for line in _block_lines(block, numbers))
    changed = next(body.iter(f"{_W}ins", f"{_W}del"), None) is not None
    warnings: tuple[str, ...] = ("the document has tracked changes: read as if all were accepted",) if changed else ()
    if numbers.used:
        warnings += (f"{numbers.used} paragraphs are numbered by Word itself: compare the numbers with the original",)
    return Extracted(lines, "docx", warnings=warnings)


def read_doc(path: Path) -> Extracted:
    """The lines of a .doc, through LibreOffice, else through catdoc, which loses tables. Raises ExtractError when neither can."""
    if not installed("soffice"):
        need("catdoc", str(path), "read .doc files (better: apt-get install libreoffice-writer-nogui)")
        text = run(["catdoc", "-d", "utf-8", "-w", str(path)], str(path), _CONVERT_SECONDS).decode("utf-8", "replace")
        warning = "read with catdoc, tables are lost: install libreoffice-writer-nogui for them"
        return Extracted(tuple(" ".join(line.split()) for line in nfc(text).splitlines()), "doc", warnings=(warning,))
    with tempfile.TemporaryDirectory(prefix="doc-") as folder:
        profile, target = Path(folder) / "profile", Path(folder) / "out"
        command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
        run([*command, "--convert-to", "docx", "--outdir", str(target), str(path.resolve())], str(path), _CONVERT_SECONDS)
        converted = target / f"{path.stem}.docx"
        if not converted.is_file():  # LibreOffice says nothing and succeeds when it cannot open a file
            raise ExtractError(
                str(path),
                "LibreOffice could not open it: damaged, or protected with a password",
                "Save it as .docx without a password",
            )
        check(converted)
        found = read_docx(converted)
    return Extracted(found.lines, "doc", warnings=found.warnings)


def read_odt(path: Path) -> Extracted:
    """The lines of an .odt. Raises ExtractError when it is damaged."""
    from odf import opendocument

    try:
        text = opendocument.load(str(path)).text
    except Exception as fault:  # odfpy lets those of the XML parser, KeyError and AttributeError through
        raise ExtractError(str(path), f"the document is damaged ({type(fault).__name__}: {fault})", _DAMAGED) from None
    lines = tuple(_odt_lines(text))
    listed = any(_odt_name(node) == "list" for node in _descendants(text))
    warnings = ("the document has lists that the program numbers itself: such numbers are not in the text",) if listed else ()
    return Extracted(lines, "odt", warnings=warnings)


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables, also those inside content controls and insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}smartTag"):
            yield from _blocks(child)


def _block_lines(block: Any, numbers: WordNumbers) -> Iterator[str]:
    if block.tag == f"{_W}p":
        text = numbers.label(block) + "".join(_run_text(block))
        yield from (" ".join(line.split()) for line in nfc(text).split("\n"))
        return
    for row in block.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is block:
            own = (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row)
            cells = [" ".join(line for part in _blocks(cell) for line in _block_lines(part, numbers) if line) for cell in own]
            yield " | ".join(cells).rstrip() if any(cells) else ""


def _run_text(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}noBreakHyphen"):
            yield " " if child.tag.endswith("tab") else "-"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        else:
            yield from _run_text(child)


def _odt_name(node: Any) -> str:
    return str(node.qname[1]) if hasattr(node, "qname") else ""


def _descendants(node: Any) -> Iterator[Any]:
    for child in getattr(node, "childNodes", ()):
        yield child
        yield from _descendants(child)


def _odt_lines(node: Any) -> Iterator[str]:
    for child in getattr(node, "childNodes", ()):
        name = _odt_name(child)
        if name in ("p", "h"):
            yield from (" ".join(line.split()) for line in nfc("".join(_odt_text(child))).split("\n"))
        elif name == "table-row":
            cells = [
                " ".join(line for line in _odt_lines(cell) if line)
                for cell in child.childNodes
                if _odt_name(cell) == "table-cell"
            ]
            yield " | ".join(cells).rstrip() if any(cells) else ""
        elif name not in ("tracked-changes", "note", "annotation"):
            yield from _odt_lines(child)


def _odt_text(node: Any) -> Iterator[str]:
    for child in getattr(node, "childNodes", ()):
        name = _odt_name(child)
        if not name:
            yield str(getattr(child, "data", ""))
        elif name in ("s", "tab", "line-break"):
            yield "\n" if name == "line-break" else " "
        elif name not in ("note", "annotation", "tracked-changes"):
            yield from _odt_text(child)
