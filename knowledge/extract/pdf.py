"""Reads the text of a PDF page by page; a page without text is rendered and read with tesseract."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from pypdf import PdfReader

from knowledge.errors import ExtractError
from knowledge.extract.extracted import Extracted, page_mark
from knowledge.extract.programs import need, run
from knowledge.text import nfc

_SCANNED_BELOW = 20  # characters; a text page with less does not exist in an official file, a scanned one has a stamp at most
_PIXELS = 2500  # long side of the rendered page: 213 dpi on A4, and a bound on memory for a page of any size
_RENDER_SECONDS, _OCR_SECONDS = 60, 120
_OCR_PAGES = 400  # about 20 minutes of reading


def read(path: Path) -> Extracted:
    """The lines of all pages. Raises ExtractError for an encrypted or damaged file, or when OCR is needed and not installed."""
    pages = _texts(path)
    scanned = tuple(n for n, text in enumerate(pages, 1) if len(text.strip()) < _SCANNED_BELOW)
    if len(scanned) > _OCR_PAGES:
        raise ExtractError(str(path), f"{len(scanned)} pages are images, more than {_OCR_PAGES}", "Split the file")
    for page in scanned:
        pages[page - 1] = _ocr(path, page)
    lines = [line for n, text in enumerate(pages, 1) for line in (page_mark(n), *(each.rstrip() for each in text.splitlines()))]
    warnings: tuple[str, ...] = (
        (f"{len(scanned)} of {len(pages)} pages were read from images: compare them with the original",) if scanned else ()
    )
    blank = [n for n in scanned if not pages[n - 1].strip()]
    warnings += (f"nothing could be read on page {', '.join(map(str, blank))}",) if blank else ()
    return Extracted(tuple(lines), "pdf", scanned, warnings)


def _texts(path: Path) -> list[str]:
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # hundreds of "Skipping broken line" for some fonts, none of which matters here
    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            raise ExtractError(str(path), "the PDF is encrypted", "Save an unprotected copy: qpdf --decrypt IN OUT")
        pages = [nfc(page.extract_text()) for page in reader.pages]
    except ExtractError:
        raise
    except Exception as fault:  # pypdf lets errors of every kind through for a damaged file
        raise ExtractError(
            str(path), f"the PDF is damaged or cut short ({type(fault).__name__}: {fault})", "Fetch it again from its source"
        ) from None
    finally:
        logger.setLevel(level)
    if not pages:
        raise ExtractError(str(path), "the PDF has no pages", "Fetch it again from its source")
    return pages


def _ocr(path: Path, page: int) -> str:
    need("pdftoppm", str(path), f"read page {page}, which is an image")
    need("tesseract", str(path), f"read page {page}, which is an image")
    with tempfile.TemporaryDirectory(prefix="ocr-") as folder:
        image = Path(folder) / "page"
        command = [
            "pdftoppm",
            "-f",
            str(page),
            "-l",
            str(page),
            "-scale-to",
            str(_PIXELS),
            "-gray",
            "-png",
            "-singlefile",
            str(path),
            str(image),
        ]
        run(command, str(path), _RENDER_SECONDS)
        # With a thread for each core tesseract took 10 s a page on two busy ones, with one thread 3 s.
        reading = ["env", "OMP_THREAD_LIMIT=1", "tesseract", f"{image}.png", "stdout", "-l", "vie", "--psm", "6"]
        read_out = run(reading, str(path), _OCR_SECONDS)
    return nfc(read_out.decode("utf-8", "replace")).replace("\f", "")
