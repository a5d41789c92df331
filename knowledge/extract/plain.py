"""Reads .txt and .md files as lines, in UTF-8 or in the UTF-16 that Notepad writes."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from knowledge.errors import ExtractError
from knowledge.extract.extracted import PAGE, Extracted, page_mark
from knowledge.text import nfc

# Before Unicode, Vietnamese offices typed in fonts that show these letters as others; the file looks like text and is none.
_TCVN3 = re.compile(r"§iÒu|Ch­¬ng|kho¶n|NghÞ ®Þnh")


def read(path: Path) -> Extracted:
    """The lines of the file. Raises ExtractError for another encoding."""
    text = nfc(_decoded(path))
    lines: list[str] = []
    pages = text.split(PAGE)
    for page, content in enumerate(pages, 1):
        lines += [page_mark(page)] if len(pages) > 1 else []
        lines += [line.rstrip() for line in content.splitlines()]
    warnings = (
        ("the text seems to be written in a font of before Unicode (TCVN3): convert it first",) if _TCVN3.search(text) else ()
    )
    return Extracted(tuple(lines), path.suffix.lower().lstrip("."), warnings=warnings)


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        problem = f"the text is not {encoding.upper().removesuffix('-SIG')} (byte {fault.start})"
        raise ExtractError(str(path), problem, "Open it in its editor and save it as UTF-8") from None
