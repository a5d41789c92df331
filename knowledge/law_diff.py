"""Says what differs between two states of the law: documents, their keys, articles, lines, figures.

An official text beside a digest of it has other words throughout: there the headings and figures that differ are said, not the lines.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from knowledge.document import LegalDocument, Provision
from knowledge.figures import figures

Done = Literal["added", "removed", "changed"]
_KEYS = ("effective_from", "effective_to", "status", "text", "audience", "amended_by", "replaces", "partial_effect", "title")


@dataclass(frozen=True, slots=True)
class ArticleDiff:
    """One article; `lines` are its changed lines with '- ' and '+ ', or what differs beside its wording."""

    place: str
    done: Done
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentDiff:
    """One document; `keys` are (key, before, after) of what its front matter says otherwise now."""

    key: str
    name: str
    done: Done
    keys: tuple[tuple[str, str, str], ...] = ()
    articles: tuple[ArticleDiff, ...] = ()


def law_diff(before: Iterable[LegalDocument], after: Iterable[LegalDocument]) -> tuple[DocumentDiff, ...]:
    """The documents that differ, in the order of the new state, those that are gone behind."""
    old = {document.key: document for document in before}
    new = {document.key: document for document in after}
    found: list[DocumentDiff] = []
    for key, document in new.items():
        if key not in old:
            found.append(DocumentDiff(key, document.name, "added"))
        elif difference := document_diff(old[key], document):
            found.append(difference)
    return (*found, *(DocumentDiff(key, document.name, "removed") for key, document in old.items() if key not in new))


def document_diff(before: LegalDocument, after: LegalDocument) -> DocumentDiff | None:
    """What differs between two states of one document, None when nothing does."""
    keys = tuple(
        (name, _said(getattr(before, name)), _said(getattr(after, name)))
        for name in _KEYS
        if getattr(before, name) != getattr(after, name)
    )
    articles = tuple(_articles(before, after))
    if not keys and not articles:
        return None
    return DocumentDiff(after.key, after.name, "changed", keys, articles)


def _articles(before: LegalDocument, after: LegalDocument) -> Iterator[ArticleDiff]:
    old = {article.name: article for _, article in before.articles()}
    new = {article.name: article for _, article in after.articles()}
    other_words = before.text != after.text
    for place, article in new.items():
        if place not in old:
            yield ArticleDiff(place, "added", (article.heading,) if article.heading else ())
            continue
        lines = list(_beside_words(old[place], article) if other_words else _changed_lines(old[place], article))
        if lines:
            yield ArticleDiff(place, "changed", tuple(lines))
    for place, article in old.items():
        if place not in new:
            yield ArticleDiff(place, "removed", (article.heading,) if article.heading else ())


def _changed_lines(before: Provision, after: Provision) -> Iterator[str]:
    for line in difflib.unified_diff(_lines(before), _lines(after), n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield f"{line[0]} {line[1:]}"


def _lines(article: Provision) -> list[str]:
    return [article.heading, *article.whole_text().splitlines()]


def _beside_words(before: Provision, after: Provision) -> Iterator[str]:
    """Heading and figures that differ between a digest and an official text."""
    if _bare(before.heading) != _bare(after.heading):
        yield f"heading: {before.heading!r} -> {after.heading!r}"
    old, new = (figures(f"{article.heading}\n{article.whole_text()}") for article in (before, after))
    if gone := _only(old, new):
        yield f"figures only before: {gone}"
    if come := _only(new, old):
        yield f"figures only now: {come}"


def _only(these: Counter[str], those: Counter[str]) -> str:
    """Figures of one text that the other does not have at all; a digest may say one twice."""
    return ", ".join(figure for figure in these if figure not in those)


def _bare(heading: str) -> str:
    return " ".join(heading.lower().replace(",", " ").split()).rstrip(".")


def _said(value: object) -> str:
    """A value of the front matter in one line."""
    if value is None:
        return "-"
    if isinstance(value, tuple):
        return "; ".join(_said(each) for each in value) or "-"
    number = getattr(value, "number", None)
    if number is not None:
        return f"{number} from {_said(getattr(value, 'effective_from', None))}"
    if places := getattr(value, "places", None):
        return f"{', '.join(places)} from {_said(getattr(value, 'effective_from', None))} to {_said(getattr(value, 'effective_to', None))}"
    return str(value)


def diff_lines(differences: Sequence[DocumentDiff], most: int = 0) -> Iterator[str]:
    """The differences as lines for a terminal; `most` bounds the articles shown of each document, 0 shows all."""
    for document in differences:
        yield f"{document.done:9} {document.key}  {document.name}"
        for name, before, after in document.keys:
            yield f"    {name}: {before} -> {after}"
        for article in document.articles[: most or None]:
            yield f"    {article.done:8} {article.place}"
            yield from (f"        {line}" for line in article.lines)
        if most and len(document.articles) > most:
            yield f"    … and {len(document.articles) - most} more articles that differ"


def diff_json(differences: Sequence[DocumentDiff]) -> list[dict[str, Any]]:
    """The differences as plain values."""
    return [asdict(document) for document in differences]
