"""Refuses files that must not be opened: too big, encrypted, with macros or entities, set to explode, or misnamed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from knowledge.errors import ExtractError

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 200  # text in docx packs 10 to 20 times; only repeated filler goes beyond 200
MAX_PARTS = 10_000
_RATIO_MATTERS_FROM = 5 * 1024 * 1024

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ZIP = b"PK\x03\x04"
_MACRO_SUFFIXES = (".docm", ".dotm", ".xlsm", ".pptm")
_SAVE_AS = "Save it as .docx without macros, or as text"
_HTML_START = re.compile(rb"<(?:!doctype|html|head|body|div|p|table|link|h\d|meta|\?xml|!--)", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_SUBSET = re.compile(rb"<!DOCTYPE[^>]*\[", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)


def check(path: Path) -> None:
    """Raises ExtractError when the file must not be opened; afterwards its reader may trust its form, not its content."""
    suffix = path.suffix.lower()
    if suffix in _MACRO_SUFFIXES:
        raise ExtractError(str(path), f"{suffix} files carry macros", _SAVE_AS)
    if not path.is_file():
        raise ExtractError(str(path), "there is no such file", "Check the name")
    size = path.stat().st_size
    if size == 0:
        raise ExtractError(str(path), "the file is empty", "Fetch it again from its source")
    if size > MAX_BYTES:
        raise ExtractError(
            str(path), f"the file has {size / 1024**2:.0f} MB, more than {MAX_BYTES // 1024**2}", "Split it, or save it as text"
        )
    checks = {
        ".pdf": _pdf,
        ".docx": _docx,
        ".odt": _odt,
        ".doc": _doc,
        ".html": _html,
        ".htm": _html,
        ".txt": _text,
        ".md": _text,
    }
    if suffix not in checks:
        raise ExtractError(
            str(path), f"files of type {suffix or '(none)'!r} are not read", f"Use one of: {', '.join(sorted(checks))}"
        )
    checks[suffix](path)


def _pdf(path: Path) -> None:
    head = _head(path)
    if b"%PDF-" not in head:  # readers accept up to 1024 bytes of something else before it
        raise ExtractError(
            str(path), f"this is not a PDF{_looks_like(head)}", "Give it the suffix of what it is, or fetch it again"
        )


def _docx(path: Path) -> None:
    if _head(path).startswith(_OLE):
        problem = (
            "the document is encrypted"
            if _utf16_inside(path, "EncryptedPackage")
            else "this is an old .doc file under a new name"
        )
        raise ExtractError(str(path), problem, "Save it as .docx without a password")
    with _opened(path) as package:
        names = package.namelist()
        if "word/document.xml" not in names:
            raise ExtractError(str(path), "the package holds no Word document", "Save it as .docx from Word or LibreOffice")
        types = package.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if any(Path(name).name.lower().startswith("vba") for name in names) or b"macroEnabled" in types:
            raise ExtractError(str(path), "the document carries macros", _SAVE_AS)
        _no_entities(package, path)


def _odt(path: Path) -> None:
    with _opened(path) as package:
        names = package.namelist()
        if "content.xml" not in names:
            raise ExtractError(str(path), "the package holds no OpenDocument text", "Save it as .odt from LibreOffice")
        manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
        if b"encryption-data" in manifest:
            raise ExtractError(str(path), "the document is encrypted", "Save it as .odt without a password")
        if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in names):
            raise ExtractError(str(path), "the document carries macros", _SAVE_AS)
        _no_entities(package, path)


def _doc(path: Path) -> None:
    head = _head(path)
    if not head.startswith(_OLE):
        raise ExtractError(
            str(path), f"this is not a Word document{_looks_like(head)}", "Give it the suffix of what it is, or fetch it again"
        )
    if not _utf16_inside(path, "WordDocument"):  # LibreOffice would take whatever it is for text
        raise ExtractError(
            str(path), "the file holds no Word document, or is damaged", "Open it in its own program and save it anew"
        )
    if _utf16_inside(path, "_VBA_PROJECT"):
        raise ExtractError(str(path), "the document carries macros", _SAVE_AS)


def _html(path: Path) -> None:
    raw = path.read_bytes()
    start = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00\xff\xfe")
    if not _HTML_START.match(start) and b"<" not in start:
        raise ExtractError(
            str(path), f"this is not a web page{_looks_like(raw[:1024])}", "Give it the suffix of what it is, or fetch it again"
        )
    if _ENTITY.search(_plain(raw)) or _SUBSET.search(_plain(raw)):
        raise ExtractError(str(path), "the page declares entities", "Save the page anew from a browser")


def _text(path: Path) -> None:
    raw = path.read_bytes()
    if raw.startswith((b"%PDF-", _ZIP, _OLE, b"{\\rtf")):
        raise ExtractError(str(path), f"this is not a text{_looks_like(raw[:1024])}", "Give it the suffix of what it is")
    plain = _plain(raw)
    noise = sum(plain.count(code) for code in range(32) if code not in (9, 10, 12, 13))
    if noise > len(plain) / 1000:
        raise ExtractError(
            str(path), "the file holds binary data, not text", "Open it in its own program and save it as UTF-8 text"
        )


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        package = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as fault:
        head = "" if _head(path).startswith(_ZIP) else _looks_like(_head(path))
        raise ExtractError(
            str(path), f"the file is damaged or cut short ({fault}){head}", "Fetch it again from its source"
        ) from None
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(1, sum(part.compress_size for part in parts))
    if unpacked > MAX_UNPACKED or len(parts) > MAX_PARTS or (unpacked > _RATIO_MATTERS_FROM and ratio > MAX_RATIO):
        package.close()
        problem = f"the package would unpack to {unpacked / 1024**2:.0f} MB in {len(parts)} parts ({ratio:.0f} times its size)"
        raise ExtractError(str(path), problem, "This is no document: do not open it; fetch it again from its source")
    if any(part.flag_bits & 1 for part in parts):
        package.close()
        raise ExtractError(str(path), "the package is encrypted", "Save it without a password")
    return package


def _no_entities(package: zipfile.ZipFile, path: Path) -> None:
    """No part may have a document type: neither format uses one, and it is where entities would be declared."""
    for part in package.infolist():
        if part.filename.endswith((".xml", ".rels")):
            try:
                content = package.read(part)
            except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as fault:
                raise ExtractError(
                    str(path), f"part {part.filename!r} is damaged ({fault})", "Fetch it again from its source"
                ) from None
            if _DOCTYPE.search(_plain(content)):
                raise ExtractError(
                    str(path),
                    f"part {part.filename!r} declares a document type or entities",
                    "Save the document anew in Word or LibreOffice",
                )


def _plain(raw: bytes) -> bytes:
    """The bytes as UTF-8, so that a pattern cannot hide in UTF-16, with or without its mark at the beginning."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace").encode()
    return raw.replace(b"\x00", b"") if raw.startswith((b"\x00<", b"<\x00")) else raw


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1024)


def _utf16_inside(path: Path, name: str) -> bool:
    """Whether an OLE file names this stream; its directory is written in UTF-16."""
    return name.encode("utf-16-le") in path.read_bytes()


def _looks_like(head: bytes) -> str:
    known = (
        (b"%PDF-", "a PDF"),
        (_ZIP, "a .docx, .odt or other package"),
        (_OLE, "an old Office file"),
        (b"{\\rtf", "an RTF text"),
    )
    found = next(
        (name for magic, name in known if head.startswith(magic)), "a web page" if _HTML_START.match(head.lstrip()) else ""
    )
    return f", it looks like {found}" if found else ""
