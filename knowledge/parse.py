"""Reads a library file into a LegalDocument: front matter, then Phần, Chương, Mục, Điều, khoản and điểm.

The body is what a lawyer edits: `# Chương I. …`, `## Điều 36. …`, clauses `1. …` and points `a) …` at the start of a line. A plain line
right under a point goes on with it; after a blank line it closes the clause. `<!-- ngờ: … -->` marks a place that is in doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.citation import Citation, find_citations
from knowledge.document import LegalDocument, Level, Provision
from knowledge.errors import LibraryError
from knowledge.front_matter import FrontMatter, document_of, split_front_matter
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
_ARTICLE = re.compile(r"^##\s+Điều\s+(\d+[a-zđ]?)\s*[.:]?\s*(.*)$", re.IGNORECASE)
_HEADING = re.compile(r"^##\s+(.+)$")
_CLAUSE = re.compile(r"^(\d{1,3}[a-zđ]?)\.\s+(.*)$")
_POINT = re.compile(r"^([a-zđăâêôơư]\d?)\)\s*(.*)$")
_COMMENT = re.compile(r"<!--\s*(.*?)\s*-->")


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
    matter, lines = split_front_matter(nfc(text), path)
    provisions = _dated(_read_body(lines, path), matter)
    if not provisions:
        raise LibraryError(path, lines[0][0] if lines else 1, "the document has no text", "Add '## Điều 1. …' and its clauses")
    return document_of(matter, provisions)


def _read_body(lines: list[tuple[int, str]], path: str) -> tuple[Provision, ...]:
    root = _Node("part", "")
    open_nodes = [root]
    after_blank = False
    for number, line in lines:
        bare = _COMMENT.sub("", line).strip()
        _note_doubts(open_nodes, line)
        if not bare:
            after_blank = after_blank or not line.strip()
            continue
        node = _opened_by(bare, open_nodes, path, number)
        if node:
            _open(open_nodes, node, path, number)
        else:
            _add_text(open_nodes, bare, path, number, after_blank=after_blank)
        after_blank = False
    return tuple(child.frozen() for child in root.children)


def _note_doubts(open_nodes: list[_Node], line: str) -> None:
    for comment in _COMMENT.findall(line):
        kind, _, words = comment.partition(":")
        article = next((node for node in open_nodes if node.level in ("article", "heading")), None)
        if kind.strip() == "ngờ" and article:
            article.doubts.append(words.strip())


def _opened_by(line: str, open_nodes: list[_Node], path: str, number: int) -> _Node | None:
    """The provision that this line begins, None when it goes on with the text."""
    if line.startswith("#"):
        return _titled(line, path, number)
    inside = _DEPTH[open_nodes[-1].level] >= _DEPTH["article"]
    if inside and (clause := _CLAUSE.match(line)):
        return _Node("clause", clause[1], text=[clause[2]])
    if inside and (point := _POINT.match(line)):
        return _Node("point", point[1], text=[point[2]])
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
        if node.level != "part" or node.label:
            node.heading = f"{node.heading} {line}".strip()
            return
        raise LibraryError(
            path, number, f"text before the first heading: {line[:60]!r}", "Move it under a '## Điều …' or '## …' heading"
        )
    (node.closing if node.children else node.text).append(line)


def _dated(provisions: tuple[Provision, ...], matter: FrontMatter) -> tuple[Provision, ...]:
    """The provisions with the dates that `partial_effect` gives to some of them. Raises LibraryError for a place that does not exist."""
    document = document_of(matter, provisions)
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
