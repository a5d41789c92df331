"""What came out of a file: its text as lines, and how sure one can be of them."""

from __future__ import annotations

from dataclasses import dataclass

PAGE = "\f"  # a line that begins with it opens a page and names it, as in the output of pdftotext; no other line contains it


def page_mark(page: int) -> str:
    """The line that opens a page."""
    return f"{PAGE}{page}"


@dataclass(frozen=True, slots=True)
class Extracted:
    """The lines of a file in reading order; `kind` is its family ("pdf", "docx", …), `ocr_pages` were read from images."""

    lines: tuple[str, ...]
    kind: str
    ocr_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
