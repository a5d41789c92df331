"""The library as it is read from its folder: documents by number and key, and the ways people ask for their places.

A document that cannot be used is left out and reported; the rest goes in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.document import LegalDocument, Provision
from knowledge.errors import LibraryError
from knowledge.lists import read_lines, read_text
from knowledge.maps import read_map
from knowledge.parse import parse_document
from knowledge.soundness import Finding, findings
from knowledge.text import fold, slug


@dataclass(frozen=True, slots=True)
class Asked:
    """One way in which people ask for a place: indexed, never shown. `place` is "36", "36.1", "36.1.a", "~heading.2" or ""."""

    document: str
    place: str
    question: str


@dataclass(frozen=True)
class Library:
    """All documents of one state of the law, with what people ask for."""

    documents: tuple[LegalDocument, ...]
    asked: tuple[Asked, ...] = ()
    outside: tuple[str, ...] = ()  # questions from outside the field, to tell them apart

    @cached_property
    def by_key(self) -> dict[str, LegalDocument]:
        return {document.key: document for document in self.documents}

    def open_to(self, *, staff: bool) -> Library:
        """The library as a reader may see it: staff documents are not there at all for anybody else."""
        if staff or all(document.audience == "public" for document in self.documents):
            return self
        return replace(self, documents=tuple(d for d in self.documents if d.audience == "public"))

    @cached_property
    def articles(self) -> dict[tuple[str, str], tuple[tuple[Provision, ...], Provision]]:
        """Every article with the headings above it, by document key and place."""
        found = {}
        for document in self.documents:
            for above, article in document.articles():
                place = article.label if article.level == "article" else f"~{slug(article.label)}"
                found[document.key, place] = (above, article)
        return found

    def numbered(self, number: str, kind: str | None = None) -> list[LegalDocument]:
        """Documents that a written number can mean: the exact number, else a beginning of it ("152" or "152/2026" for a Nghị định)."""
        wanted = fold(number)
        exact = [d for d in self.documents if fold(d.number) == wanted]
        if exact:
            return exact
        return [d for d in self.documents if kind in (None, d.kind) and fold(d.number).startswith((f"{wanted}/", f"{wanted}-"))]

    def in_force(self, numbers: Iterable[str], on: date) -> LegalDocument | None:
        """The first of these documents that is in force on the date."""
        for number in numbers:
            for document in self.numbered(number):
                if document.effective_from <= on and (document.effective_to is None or on < document.effective_to):
                    return document
        return None


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a folder."""

    library: Library
    paths: dict[str, Path]  # the file of each document, by its key
    faults: tuple[LibraryError, ...]
    remarks: tuple[str, ...]


def read_library(folder: Path, previous: Mapping[str, Path] | None = None) -> Reading:
    """Read and check `documents/` and `asked/`; `previous` has, by file name, the text that stands in for a file that is broken now.

    Raises LibraryError only when there is no document at all.
    """
    documents: dict[str, LegalDocument] = {}
    paths: dict[str, Path] = {}
    faults: list[LibraryError] = []
    remarks: list[str] = []
    for path in _document_files(folder):
        try:
            document = read_document(path)
            remarks += [f"{path.name}: {f.place}: {f.problem}" for f in _checked(document, path, documents)]
            documents[document.key] = document
            paths[document.key] = path
        except LibraryError as fault:
            faults.append(fault)
            if earlier := (previous or {}).get(path.relative_to(folder).as_posix()):
                _put_in_earlier(earlier, documents, paths, faults)
    asked: list[Asked] = []
    for path in sorted((folder / "asked").rglob("*.yaml")):
        try:
            asked += read_asked(path, documents)
        except LibraryError as fault:
            faults.append(fault)
    outside = read_lines(folder / "words" / "out_of_field.txt")
    return Reading(Library(tuple(documents.values()), tuple(asked), outside), paths, tuple(faults), tuple(remarks))


def _put_in_earlier(path: Path, documents: dict[str, LegalDocument], paths: dict[str, Path], faults: list[LibraryError]) -> None:
    """Lets the previous text of a broken file stand in for it, when that can still be read."""
    try:
        document = read_document(path)
    except LibraryError as fault:
        faults.append(fault)
        return
    documents.setdefault(document.key, document)
    paths.setdefault(document.key, path)


def open_library(folder: Path) -> Library:
    """The documents of a build, which were checked when it was made. Raises LibraryError when one cannot be read."""
    return Library(tuple(read_document(path) for path in _document_files(folder)))


def _document_files(folder: Path) -> list[Path]:
    files = sorted((folder / "documents").rglob("*.md"))
    if not files:
        raise LibraryError(str(folder / "documents"), 1, "the library has no documents", "Check library.path in config.yaml")
    return files


def read_document(path: Path) -> LegalDocument:
    """One document. Raises LibraryError when it cannot be read."""
    return _parsed(_Written(read_text(path), str(path)))


@dataclass(frozen=True, slots=True)
class _Written:
    """What a file says, wherever it lies: the library and the copies in builds hold the same texts."""

    text: str
    path: str = field(compare=False)


@lru_cache(maxsize=256)
def _parsed(written: _Written) -> LegalDocument:
    return parse_document(written.text, written.path)


def _checked(document: LegalDocument, path: Path, known: dict[str, LegalDocument]) -> list[Finding]:
    """What is unsound without keeping it out. Raises LibraryError for a document that is there already or seriously unsound."""
    if document.key in known:
        problem = f"{document.number} of {document.issued} is already in the library"
        raise LibraryError(str(path), 1, problem, "Keep one of the two files")
    found = findings(document)
    for finding in found:
        if finding.serious:
            line = _line_of(read_text(path), finding.place)
            raise LibraryError(str(path), line, f"{finding.place}: {finding.problem}", "Correct the text")
    return found


def _line_of(text: str, place: str) -> int:
    heading = re.compile(rf"##\s+{re.escape(place)}(?!\w)", re.IGNORECASE)
    return next((n for n, line in enumerate(text.split("\n"), 1) if heading.match(line)), 1)


def read_asked(path: Path, documents: dict[str, LegalDocument]) -> list[Asked]:
    """The questions of one file, named like its document's key. Raises LibraryError for a place that the document does not have."""
    document = documents.get(path.stem)
    if document is None:
        raise LibraryError(str(path), 1, f"no document has the key {path.stem!r}", "Name the file after its document")
    written = read_map(read_text(path), str(path), "the file")
    found: list[Asked] = []
    for place, questions in written.rows.items():
        known = _known_place(document, place)
        if known is None:
            raise written.fault(place, f"place {place!r} is not in {document.number}", "Correct the key")
        if not isinstance(questions, list) or not all(isinstance(each, str) and each.strip() for each in questions):
            raise written.fault(place, f"place {place!r} has no list of questions", "Write '- \"…\"' lines under it")
        found += [Asked(document.key, known, question) for question in questions]
    return found


def _known_place(document: LegalDocument, place: str) -> str | None:
    """The place in the form of passage ids, None when the document does not have it; "§Heading.2" is a clause of an unnumbered part."""
    if place == "":
        return ""
    if place.startswith("§"):
        return _known_part(document, place[1:])
    label, *labels = place.split(".")
    article = document.article(label)
    return place if article and _has(article, labels) else None


def _known_part(document: LegalDocument, place: str) -> str | None:
    folded = fold(place)
    for _, part in document.articles():
        name = part.heading
        if part.level == "heading" and (folded == fold(name) or folded.startswith(f"{fold(name)}.")):
            labels = place[len(name) + 1 :].split(".") if len(place) > len(name) else []
            if _has(part, labels):
                return ".".join([f"~{slug(part.label)}", *labels])
    return None


def _has(provision: Provision, labels: list[str]) -> bool:
    """Whether these labels lead down from the provision to a place."""
    found: Provision | None = provision
    for label in labels:
        found = found.child(label) if found else None
    return found is not None
