"""Makes library documents of an official file that an administrator brings: read, identified, doubted, put into the library's form.

One page of the national codification brings many documents; any other file brings one. What the text does not say of itself comes from the
administrator, or from the document of that number which the library has; what nobody confirms is `unconfirmed`. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.codification import CodifiedDocument, is_codification, read_codification
from knowledge.document import Audience, LegalDocument, Source, Status
from knowledge.errors import ExtractError, LibraryError
from knowledge.extract import Extracted, extract
from knowledge.extract.limits import check
from knowledge.identify import Identity, check_authenticity, doubts_about, identify
from knowledge.issuers import said_by
from knowledge.library_file import library_text
from knowledge.origin_notes import amendments, with_own_dates, with_remarks
from knowledge.parse import parse_document
from knowledge.soundness import findings
from knowledge.source_note import same_number
from knowledge.structure import Structured, structure

_OCR = "Trang {pages} được đọc từ ảnh bằng nhận dạng chữ; cần đối chiếu với bản chính."
_CODIFIED = "Theo Bộ pháp điển; những điều mà pháp điển không in thì không có ở đây."


@dataclass(frozen=True, slots=True)
class Given:
    """What the administrator says of the file; None and "" leave it to the text."""

    number: str = ""
    kind: str = ""
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    status: Status | None = None
    audience: Audience | None = None
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document ready for the library: its file, and what a person should look at."""

    origin: str
    document: LegalDocument
    text: str
    doubts: tuple[str, ...] = ()
    repairs: int = 0
    left_out: int = 0
    shared: bool = False  # with other documents in one file: a file of its own is nearer to the original

    @property
    def articles(self) -> int:
        return sum(article.level == "article" for _, article in self.document.articles())


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a document in it, that does not go in, and why."""

    origin: str
    reason: str

    def __str__(self) -> str:
        return f"{self.origin}: {self.reason}"


@dataclass(frozen=True, slots=True)
class _Read:
    """A document as it was read, before anybody decides whether it goes in."""

    origin: str
    identity: Identity
    structured: Structured
    notes: str = ""
    warnings: tuple[str, ...] = ()
    shared: bool = False


def take_in(path: Path, given: Given, known: Sequence[LegalDocument], today: date) -> list[Candidate | Refusal]:
    """The documents of the file, each ready for the library or refused with the reason; `known` are those that the library has."""
    try:
        read = list(_read(path))
    except ExtractError as fault:
        return [Refusal(fault.path, f"{fault.problem}. {fault.remedy}")]
    if len(read) > 1 and given != Given():  # what is given says something of one document
        read = [each for each in read if given.number and same_number(each.identity.number, given.number)]
        if not read:
            problem = f"the file holds many documents and {given.number or 'none that you name'} is not one of them"
            return [Refusal(str(path), f"{problem}. Name one with --number, or give nothing")]
    return [_judged(each, given, known, today) for each in read]


def _read(path: Path) -> Iterator[_Read]:
    check(path)
    if path.suffix.lower() in (".html", ".htm") and is_codification(page := _page(path)):
        yield from (_codified(each, path) for each in read_codification(page, str(path)))
        return
    found = extract(path)
    identity = identify(found.lines)
    structured = structure(found.lines, identity.number or None)
    notes = _OCR.format(pages=_pages(found.ocr_pages)) if found.ocr_pages else ""
    yield _Read(str(path), identity, structured, notes, (*found.warnings, *_empty_pages(found, structured)))


def _page(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return ""  # a page in another encoding: none of the codification's


def _codified(found: CodifiedDocument, path: Path) -> _Read:
    identity = Identity(found.number, found.kind, found.title, found.issuer, found.issued, found.effective_from)
    return _Read(f"{path} ({found.number})", identity, found.structured, _CODIFIED, shared=True)


def _empty_pages(found: Extracted, structured: Structured) -> tuple[str, ...]:
    return () if structured.articles else (f"no article (Điều …) was found in {len(found.lines)} lines",)


def _pages(pages: Sequence[int]) -> str:
    return str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}"


def _judged(read: _Read, given: Given, known: Sequence[LegalDocument], today: date) -> Candidate | Refusal:
    identity = _completed(read.identity, given, _earlier(given.number or read.identity.number, known))
    earlier = _earlier(identity.number, known, identity.issued)
    reasons = check_authenticity(identity, known)
    if not read.structured.articles:
        reasons.append("no article (Điều …) was found in it: give the text itself, not a page about it")
    if reasons:
        return Refusal(read.origin, f"held back: {'; '.join(reasons)}")
    document = _described(read, identity, given, known, today)
    body = with_remarks(read.structured)
    try:
        bare = parse_document(library_text(document, body), read.origin)
        document = with_own_dates(document, bare, read.structured, earlier)
        parsed = parse_document(library_text(document, body), read.origin)
    except LibraryError as fault:
        return Refusal(read.origin, f"its text cannot be kept: {fault.problem}. Correct line {fault.line} or report it")
    labels = tuple(article.label for _, article in parsed.articles())
    serious = [f"{finding.place}: {finding.problem}" for finding in findings(parsed) if finding.serious]
    if serious or labels != read.structured.articles:
        return Refusal(read.origin, f"its articles cannot be told apart: {'; '.join(serious) or 'they read back otherwise'}")
    return Candidate(
        origin=read.origin,
        document=parsed,
        text=library_text(document, body),
        doubts=(
            *read.warnings,
            *_overruled(read.identity, given),
            *doubts_about(identity, known),
            *(f"{doubt.place}: {doubt.problem}".removeprefix(": ") for doubt in read.structured.doubts),
        ),
        repairs=len(read.structured.repairs),
        left_out=len(read.structured.left_out),
        shared=read.shared,
    )


def _earlier(number: str, known: Sequence[LegalDocument], issued: date | None = None) -> LegalDocument | None:
    """What the library has under this number; a number without its year needs the date of issue too."""
    same = [d for d in known if number and same_number(d.number, number)]
    if said_by(number).year is None:
        same = [d for d in same if d.issued == issued]
    return same[0] if same else None


def _completed(said: Identity, given: Given, earlier: LegalDocument | None) -> Identity:
    """The identity with what the administrator gives first, then what the text says, then what the library knows."""
    return replace(
        said,
        number=given.number or (earlier.number if earlier else said.number),
        kind=given.kind or said.kind or (earlier.kind if earlier else ""),
        title=given.title or said.title or (earlier.title if earlier else ""),
        issuer=given.issuer or said.issuer or (earlier.issuer if earlier else ""),
        issued=given.issued or said.issued or (earlier.issued if earlier else None),
        effective_from=given.effective_from or said.effective_from or (earlier.effective_from if earlier else None),
    )


def _overruled(said: Identity, given: Given) -> Iterator[str]:
    for name in ("number", "kind", "issued", "effective_from"):
        by_text, by_hand = getattr(said, name), getattr(given, name)
        if by_text and by_hand and by_text != by_hand:
            yield f"the text says {name} {by_text}, you give {by_hand}: what you give goes in"


def _described(read: _Read, identity: Identity, given: Given, known: Sequence[LegalDocument], today: date) -> LegalDocument:
    """The keys of the file. What the library knows of the document beside its text (status, end, readers) goes on holding."""
    assert identity.issued is not None
    assert identity.effective_from is not None
    earlier = _earlier(identity.number, known, identity.issued)
    heir = None if earlier else _replaced_by(identity.number, known)
    dates = read.structured.source_dates
    source = Source(given.source or f"Bản chính thức: {Path(read.origin.split(' (')[0]).name}", given.url, today)
    return LegalDocument(
        number=identity.number,
        kind=identity.kind,
        title=(earlier.title if earlier and not given.title else identity.title) or identity.number,
        issuer=identity.issuer or "(chưa rõ)",
        issued=identity.issued,
        effective_from=identity.effective_from,
        effective_to=given.effective_to or (earlier.effective_to if earlier else heir.effective_from if heir else None),
        status=given.status or (earlier.status if earlier else "replaced" if heir else "unconfirmed"),
        audience=given.audience or (earlier.audience if earlier else "public"),
        text="official",
        replaces=earlier.replaces if earlier else (),
        amended_by=(earlier.amended_by if earlier else ()) or amendments(dates, identity.number),
        sources=(source,),
        notes=read.notes,
    )


def _replaced_by(number: str, known: Sequence[LegalDocument]) -> LegalDocument | None:
    """The document of the library that says it replaces this one."""
    return next((d for d in known if any(same_number(number, replaced) for replaced in d.replaces)), None)
