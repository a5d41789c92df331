"""PDF files: text with page marks, scanned pages, damaged files, and programs that fail or hang."""

from __future__ import annotations

import os
import selectors
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from knowledge.errors import ExtractError
from knowledge.extract import extract, page_mark, programs
from knowledge.extract import pdf as pdf_module

FIRST = ["Điều 1. Phạm vi điều chỉnh", "Nghị định này quy định về thi hành án dân sự;"]
SECOND = ["1. Người được thi hành án, người phải thi hành án."]

needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs Debian package poppler-utils")
needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="needs Debian packages tesseract-ocr tesseract-ocr-vie"
)


def test_text_with_page_marks(pdf: Callable[..., Path]) -> None:
    found = extract(pdf([FIRST, SECOND]))
    assert found.lines == (page_mark(1), *FIRST, page_mark(2), *SECOND)
    assert (found.kind, found.ocr_pages, found.warnings) == ("pdf", (), ())


@needs_poppler
@needs_tesseract
def test_scanned_page_is_read_and_marked(
    drawable_pdf: Callable[[Sequence[str]], Path], image_pdf: Callable[[bytes], Path], tmp_path: Path
) -> None:
    source = drawable_pdf(["Hop dong nay co hieu luc", "Ban an so 12345"])
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-singlefile", str(source), str(tmp_path / "p")], check=True)
    found = extract(image_pdf((tmp_path / "p.pgm").read_bytes()))
    assert found.ocr_pages == (1,)
    assert "12345" in " ".join(found.lines)
    assert "1 of 1 pages were read from images" in found.warnings[0]


@needs_poppler
@needs_tesseract
def test_blank_page_is_said(pdf: Callable[..., Path]) -> None:
    found = extract(pdf([FIRST, []]))
    assert found.ocr_pages == (2,)
    assert found.warnings[1] == "nothing could be read on page 2"


@pytest.mark.parametrize("cut", [0.3, 0.6])
def test_truncated_file(pdf: Callable[..., Path], cut: float) -> None:
    path = pdf([FIRST])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * cut)])
    with pytest.raises(ExtractError, match="damaged or cut short|no pages"):
        extract(path)


def test_ocr_without_its_programs_names_the_package(pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda program: None)
    with pytest.raises(ExtractError, match="read page 2.*apt-get install poppler-utils"):
        extract(pdf([FIRST, []]))


def test_too_many_scanned_pages(pdf: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "_OCR_PAGES", 1)
    with pytest.raises(ExtractError, match="2 pages are images"):
        extract(pdf([[], []]))


def test_program_that_hangs_is_ended_with_its_children(tmp_path: Path) -> None:
    """Shell and child hold a pipe open to its end: it is hung up when both are gone."""
    held = tmp_path / "held"
    os.mkfifo(held)
    pipe = os.open(held, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(ExtractError, match="sh did not end within 1 seconds"):
            programs.run(["sh", "-c", f"exec 3>'{held}'; sleep 600 & sleep 600"], "a.pdf", 1)
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            assert selector.select(timeout=60)
    finally:
        os.close(pipe)


def test_program_that_fails_is_quoted() -> None:
    with pytest.raises(ExtractError, match="a.pdf: sh could not read it .bad file."):
        programs.run(["sh", "-c", "echo bad file >&2; exit 3"], "a.pdf", 5)
