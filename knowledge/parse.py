"""Reads a library file into a LegalDocument: front matter, then Phần, Chương, Mục, Điều, khoản and điểm.

The body is what a lawyer edits: `# Chương I. …`, `## Điều 36. …`, clauses `1. …` and points `a) …` at the start of a line. A plain line
right under a point goes on with it; after a blank line it closes the clause. `<!-- ngờ: … -->` marks a place that is in doubt;
a comment may go over several lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.citation import Citation, find_citations
from knowledge.document import LegalDocument, Level, Provision
from knowledge.errors import LibraryError
from knowledge.front_matter import document_of, split_front_matter
from knowledge.maps import YamlMap
from knowledge.text import nfc

_DIVISIONS: dict[str, Level] = {"phần": "part", "chương": "chapter", "mục": "section", "tiểu mục": "subsection"}
_DEPTH: dict[Level, int] = {
    "part": 0,
    "chapter": 1,
    "section": 2,
    "subsection": 3,
    "article": 4,
    "heading": 4,
    "clause": 5,
    "point": 6,
}
_DIVISION = re.compile(r"^#\s+(Phần|Chương|Mục|Tiểu mục)\s+([\wĐđ]+(?:\s+(?!\.)[\wĐđ]+)??)\s*(?:[.:]\s*(.*))?$", re.IGNORECASE)
_ARTICLE = re.compile(r"^##\s+Điều\s+(\d+[a-zđ]?)(?!\w)\s*[.:]?\s*(.*)$", re.IGNORECASE)
_HEADING = re.compile(r"^##\s+(?!(?:điều|phần|chương|mục|tiểu mục|khoản)\s+(?:\d|[IVX]+(?!\w)))(.+)$", re.IGNORECASE)
_CLAUSE = re.compile(r"^(\d{1,3}[a-zđ]?)\.(?!\d)\s*(.*)$", re.IGNORECASE)  # "1.000 đồng" is no clause
_POINT = re.compile(r"^((?:([a-zđ])\2|[a-zđăâêôơư])\d?)\)\s*(.*)$")  # after y) some go on with aa)
_COMMENT = re.compile(r"<!--|-->")


@dataclass(slots=True)
class _Node:
    """A provision while it is being read."""

    level: Level
    label: str
    heading: str = ""
    text: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    children: list[_Node] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def frozen(self) -> Provision:
        children = tuple(child.frozen() for child in self.children)
        return Provision(
            self.level,
            self.label,
            self.heading,
            "\n".join(self.text),
            "\n".join(self.closing),
            children,
            doubts=tuple(self.doubts),
        )


def parse_document(text: str, path: str) -> LegalDocument:
    """The document of one library file.

    Raises LibraryError, with the line, for front matter or a body that cannot be read.
    """
    matter, lines = split_front_matter(nfc(text).replace("Ð", "Đ"), path)  # Eth, printed for Đ
    provisions = _read_body(lines, path)
    document = document_of(matter, provisions)
    if not any(document.articles()):
        raise LibraryError(path, lines[0][0] if lines else 1, "the document has no text", "Add '## Điều 1. …' and its clauses")
    return replace(document, provisions=_dated(document, matter))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its comments; `comments` are those that end on it."""

    number: int
    text: str
    comments: tuple[str, ...]
    blank: bool  # nothing was written on it, not even a comment


def _without_comments(lines: list[tuple[int, str]], path: str) -> Iterator[_Line]:
    """The lines, with comments taken apart, which may go on over several. Raises LibraryError for one that does not end."""
    opened: int | None = None
    said: list[str] = []
    for number, line in lines:
        text, comments = "", []
        at = 0
        for mark in _COMMENT.finditer(line):
            piece, at = line[at : mark.start()], mark.end()
            if (mark[0] == "<!--") == (opened is not None):
                raise LibraryError(path, number, f"{mark[0]!r} where none belongs", "Write a comment as '<!-- ngờ: … -->'")
            if opened is None:
                text, opened, said = text + piece, number, []
            else:
                comments.append(" ".join([*said, piece.strip()]).strip())
                opened = None
        if opened is None:
            text += line[at:]
        else:
            said.append(line[at:].strip())
        yield _Line(number, text.strip(), tuple(comments), not line.strip())
    if opened is not None:
        raise LibraryError(path, opened, "a comment begins that does not end", "Close it with '-->'")


def _read_body(lines: list[tuple[int, str]], path: str) -> tuple[Provision, ...]:
    root = _Node("part", "")
    open_nodes = [root]
    doubts: list[str] = []  # said before the article they are about
    after_blank = False
    for line in _without_comments(lines, path):
        doubts += _doubts(line)
        if line.text:
            node = _opened_by(line.text, open_nodes, path, line.number)
            if node:
                _open(open_nodes, node, path, line.number)
            else:
                _add_text(open_nodes, line.text, path, line.number, after_blank=after_blank)
        article = next((node for node in open_nodes if node.level in ("article", "heading")), None)
        if article:
            article.doubts += doubts
            doubts = []
        after_blank = not line.text and (after_blank or line.blank)
    return tuple(child.frozen() for child in root.children)


def _doubts(line: _Line) -> list[str]:
    told = (comment.partition(":") for comment in line.comments)
    return [words.strip() for kind, _, words in told if kind.strip().lower() == "ngờ"]


def _opened_by(line: str, open_nodes: list[_Node], path: str, number: int) -> _Node | None:
    """The provision that this line begins, None when it goes on with the text."""
    if line.startswith("#"):
        return _titled(line, path, number)
    inside = _DEPTH[open_nodes[-1].level] >= _DEPTH["article"]
    if inside and (clause := _CLAUSE.match(line)):
        return _Node("clause", clause[1].lower(), text=[clause[2]] if clause[2] else [])
    if inside and (point := _POINT.match(line)):
        return _Node("point", point[1], text=[point[3]] if point[3] else [])
    return None


def _titled(line: str, path: str, number: int) -> _Node:
    if division := _DIVISION.match(line):
        return _Node(_DIVISIONS[division[1].lower()], division[2], (division[3] or "").strip())
    if article := _ARTICLE.match(line):
        return _Node("article", article[1].lower(), article[2].strip().rstrip("."))
    if heading := _HEADING.match(line):
        return _Node("heading", heading[1].strip(), heading[1].strip())
    raise LibraryError(path, number, f"heading {line[:60]!r} is not understood", "Use '# Chương …', '# Mục …' or '## Điều N. …'")


def _open(open_nodes: list[_Node], node: _Node, path: str, number: int) -> None:
    while len(open_nodes) > 1 and _DEPTH[open_nodes[-1].level] >= _DEPTH[node.level]:
        open_nodes.pop()
    siblings = open_nodes[-1].children
    if node.level in ("clause", "point") and any(s.label == node.label and s.level == node.level for s in siblings):
        raise LibraryError(
            path,
            number,
            f"{node.level} {node.label!r} stands twice in {open_nodes[-1].level} {open_nodes[-1].label}",
            "Renumber it",
        )
    siblings.append(node)
    open_nodes.append(node)


def _add_text(open_nodes: list[_Node], line: str, path: str, number: int, *, after_blank: bool) -> None:
    if after_blank and open_nodes[-1].level == "point":
        open_nodes.pop()
    node = open_nodes[-1]
    if _DEPTH[node.level] < _DEPTH["article"]:
        if len(open_nodes) > 1 and not (_CLAUSE.match(line) or _POINT.match(line) or (after_blank and node.heading)):
            node.heading = f"{node.heading} {line}".strip()
            return
        raise LibraryError(
            path, number, f"text before the first heading: {line[:60]!r}", "Move it under a '## Điều …' or '## …' heading"
        )
    (node.closing if node.children else node.text).append(line)


def _dated(document: LegalDocument, matter: YamlMap) -> tuple[Provision, ...]:
    """The provisions with the dates that `partial_effect` gives to some of them. Raises LibraryError for a place that does not exist."""
    provisions = document.provisions
    for effect in document.partial_effect:
        for place in effect.places:
            for citation in find_citations(place) or [Citation(None)]:
                provisions, hit = _date_place(provisions, citation, effect.effective_from, effect.effective_to)
                if not hit:
                    raise matter.fault(
                        "partial_effect",
                        f"partial_effect names {place!r}, which the text does not have",
                        "Correct the place, e.g. 'khoản 9 Điều 3'",
                    )
    return provisions


def _date_place(
    provisions: tuple[Provision, ...], place: Citation, starts: date | None, ends: date | None
) -> tuple[tuple[Provision, ...], bool]:
    """The tree with the dates set at `place`, and whether the place was found."""
    wanted: dict[Level, str | None] = {"article": place.article, "clause": place.clause, "point": place.point}
    dated: list[Provision] = []
    found = False
    for provision in provisions:
        if provision.level == "heading":  # its clauses are at no Điều
            dated.append(provision)
            continue
        label = wanted.get(provision.level)
        deeper = any(wanted[level] for level in wanted if _DEPTH[level] > _DEPTH[provision.level])
        if provision.level in wanted and label != provision.label:
            dated.append(provision)
        elif provision.level in wanted and not deeper:
            dated.append(replace(provision, in_force_from=starts, in_force_to=ends))
            found = True
        else:
            children, hit = _date_place(provision.children, place, starts, ends)
            dated.append(replace(provision, children=children) if hit else provision)
            found = found or hit
    return tuple(dated), found
