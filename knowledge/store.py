"""The library as it is read from its folder: documents by number and key, and the ways people ask for their places.

A document that cannot be used is left out and reported; the rest goes in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

import yaml

from knowledge.document import LegalDocument, Provision
from knowledge.errors import LibraryError
from knowledge.lists import read_lines
from knowledge.parse import parse_document
from knowledge.soundness import findings
from knowledge.text import fold, slug

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language; ten times as fast where libyaml is there


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
            _check(document, path, documents)
            documents[document.key] = document
            paths[document.key] = path
            remarks += [f"{path.name}: {f.place}: {f.problem}" for f in findings(document)]
        except LibraryError as fault:
            faults.append(fault)
            if earlier := (previous or {}).get(path.relative_to(folder).as_posix()):
                document = read_document(earlier)
                documents.setdefault(document.key, document)
                paths.setdefault(document.key, earlier)
    asked: list[Asked] = []
    for path in sorted((folder / "asked").rglob("*.yaml")):
        try:
            asked += read_asked(path, documents)
        except LibraryError as fault:
            faults.append(fault)
    outside = read_lines(folder / "words" / "out_of_field.txt")
    return Reading(Library(tuple(documents.values()), tuple(asked), outside), paths, tuple(faults), tuple(remarks))


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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise LibraryError(str(path), 1, f"cannot be read as UTF-8 text ({fault})", "Save it as UTF-8") from None
    return parse_document(text, str(path))


def _check(document: LegalDocument, path: Path, known: dict[str, LegalDocument]) -> None:
    """Raises LibraryError for a document that is there already or seriously unsound."""
    if document.key in known:
        problem = f"{document.number} of {document.issued} is already in the library"
        raise LibraryError(str(path), 1, problem, "Keep one of the two files")
    for finding in findings(document):
        if finding.serious:
            line = _line_of(path.read_text(encoding="utf-8"), finding.place)
            raise LibraryError(str(path), line, f"{finding.place}: {finding.problem}", "Correct the text")


def _line_of(text: str, place: str) -> int:
    return next((n for n, line in enumerate(text.splitlines(), 1) if line.startswith(f"## {place}.")), 1)


def read_asked(path: Path, documents: dict[str, LegalDocument]) -> list[Asked]:
    """The questions of one file, named like its document's key. Raises LibraryError for a place that the document does not have."""
    document = documents.get(path.stem)
    if document is None:
        raise LibraryError(str(path), 1, f"no document has the key {path.stem!r}", "Name the file after its document")
    try:
        rows = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        mark = getattr(fault, "problem_mark", None)
        raise LibraryError(str(path), mark.line + 1 if mark else 1, "not YAML", "Put questions between quotes") from None
    if not isinstance(rows, dict):
        raise LibraryError(str(path), 1, "not a map of places to questions", "Write '\"36.1\":' and a list under it")
    found: list[Asked] = []
    for place, questions in rows.items():
        known = _known_place(document, str(place))
        if known is None or not isinstance(questions, list):
            raise LibraryError(
                str(path), 1, f"place {place!r} is not in {document.number} or has no list of questions", "Correct the key"
            )
        found += [Asked(document.key, known, str(question)) for question in questions]
    return found


def _known_place(document: LegalDocument, place: str) -> str | None:
    """The place in the form of passage ids, None when the document does not have it; "§Heading.2" is a clause of an unnumbered part."""
    if place == "":
        return ""
    if place.startswith("§"):
        for _, part in document.articles():
            if part.level == "heading" and place[1:].startswith(part.heading):
                rest = place[1 + len(part.heading) :].strip(".")
                return f"~{slug(part.label)}" + (f".{rest}" if rest else "")
        return None
    article, _, rest = place.partition(".")
    found = document.article(article)
    for label in rest.split(".") if rest else []:
        found = found.child(label) if found else None
    return place if found else None
