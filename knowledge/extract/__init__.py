"""Reads the text out of an official file of any usual kind, and refuses files that must not be opened.

    extracted      the value: lines with page marks, and warnings
    limits         what is refused before anything is opened
    programs       outside programs, with a time limit
    plain  web  pdf  word (word_numbers)      one family of files each

Nothing here follows a link, resolves an entity or runs a macro.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from knowledge.errors import ExtractError
from knowledge.extract import pdf, plain, web, word
from knowledge.extract.extracted import PAGE, Extracted, page_mark
from knowledge.extract.limits import check

__all__ = ["PAGE", "Extracted", "extract", "page_mark"]

_READERS: dict[str, Callable[[Path], Extracted]] = {
    ".txt": plain.read,
    ".md": plain.read,
    ".html": web.read,
    ".htm": web.read,
    ".pdf": pdf.read,
    ".docx": word.read_docx,
    ".doc": word.read_doc,
    ".odt": word.read_odt,
}


def extract(path: Path) -> Extracted:
    """The text of the file. Raises ExtractError, with what to do, when it cannot be read, holds no text or must not be opened."""
    check(path)
    found = _READERS[path.suffix.lower()](path)
    if not any(line.strip() for line in found.lines if not line.startswith(PAGE)):
        raise ExtractError(str(path), "no text could be read from the file", "Check that it opens in its own program")
    return found
