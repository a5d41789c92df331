"""Makes the small files that the tests of extraction read: nothing is taken from outside."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Pages = Sequence[Sequence[str]]

_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"></Types>'
_MANIFEST = '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


@pytest.fixture
def package(tmp_path: Path) -> Callable[[str, dict[str, str | bytes]], Path]:
    """A zip package with these parts; what a document of its suffix must have is added."""

    def make(name: str, parts: dict[str, str | bytes]) -> Path:
        needed: dict[str, str | bytes] = {"[Content_Types].xml": _TYPES, "word/document.xml": "<w/>"}
        if name.endswith(".odt"):
            needed = {"META-INF/manifest.xml": _MANIFEST, "content.xml": "<o/>"}
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in {**needed, **parts}.items():
                archive.writestr(part, content)
        return path

    return make


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[[Pages], Path]:
    """A PDF whose pages hold these lines, with a map from its codes to Vietnamese letters as Word writes one."""

    def make(pages: Pages) -> Path:
        path = tmp_path / "text.pdf"
        path.write_bytes(text_pdf(pages))
        return path

    return make


@pytest.fixture
def image_pdf(tmp_path: Path) -> Callable[[bytes], Path]:
    """A PDF of one page that holds nothing but this PGM picture."""

    def make(pgm: bytes) -> Path:
        size = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", pgm)
        assert size
        pixels = zlib.compress(pgm[size.end() :])
        form = f"/Type/XObject/Subtype/Image/Width {int(size[1])}/Height {int(size[2])}/BitsPerComponent 8/ColorSpace/DeviceGray"
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>"
        picture = _stream(pixels, form + "/Filter/FlateDecode")
        path = tmp_path / "scan.pdf"
        path.write_bytes(_written([_catalog(), _pages([3]), page, _stream(b"595 0 0 842 0 0 cm /I Do"), picture]))
        return path

    return make


def text_pdf(pages: Pages) -> bytes:
    letters = sorted({letter for page in pages for line in page for letter in line})
    codes = {letter: n for n, letter in enumerate(letters, 1)}
    pairs = "\n".join(f"<{codes[letter]:04X}> <{ord(letter):04X}>" for letter in letters)
    spaces = "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    letter_map = (
        f"/CIDInit /ProcSet findresource begin begincmap\n{spaces}\n{len(letters)} beginbfchar\n{pairs}\nendbfchar\nendcmap end"
    )
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>"
    )
    font = b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>"
    objects = [_catalog(), b"", font, descendant, _stream(letter_map.encode())]
    kids = []
    for lines in pages:
        shown = "".join(f"<{''.join(f'{codes[letter]:04X}' for letter in line)}> Tj T*\n" for line in lines)
        objects.append(_stream(f"BT /F 12 Tf 14 TL 50 800 Td\n{shown}ET".encode()))
        form = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {len(objects)} 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        objects.append(form.encode())
        kids.append(len(objects))
    objects[1] = _pages(kids)
    return _written(objects)


def plain_pdf(lines: Sequence[str]) -> bytes:
    """A PDF in Helvetica, which every renderer can draw; for letters without accents."""
    shown = "".join(f"({line}) Tj T*\n" for line in lines)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return _written([_catalog(), _pages([3]), page, _stream(f"BT /F 20 Tf 30 TL 50 780 Td\n{shown}ET".encode()), font])


def _catalog() -> bytes:
    return b"<</Type/Catalog/Pages 2 0 R>>"


def _pages(kids: Sequence[int]) -> bytes:
    return f"<</Type/Pages/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]/Count {len(kids)}>>".encode()


def _stream(content: bytes, form: str = "") -> bytes:
    return f"<<{form}/Length {len(content)}>>\nstream\n".encode() + content + b"\nendstream"


def _written(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + trailer.encode()


@pytest.fixture
def drawable_pdf(tmp_path: Path) -> Callable[[Sequence[str]], Path]:
    def make(lines: Sequence[str]) -> Path:
        path = tmp_path / "drawn.pdf"
        path.write_bytes(plain_pdf(lines))
        return path

    return make
