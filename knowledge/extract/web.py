"""Reads a saved page of a legal portal: the text of the document without the menus, boxes and scripts around it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import Comment, NavigableString, PageElement, Tag

from knowledge.errors import ExtractError
from knowledge.extract.extracted import Extracted
from knowledge.text import nfc

# Not "form": the portals built on ASP.NET put the whole page into one.
_NEVER = ("script", "style", "noscript", "template", "svg", "iframe", "object", "button", "select", "input", "nav")
_AROUND = re.compile(
    r"(?:^|[-_ ])(?:menu|nav|navbar|breadcrumbs?|sidebar|comments?|related|banner|ads?|advert\w*|share|social|login|toolbar|popup|modal"
    r"|footer|header|lien-?quan|thuoc-?tinh|tags?)(?:$|[-_ ])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^\s*Điều\s+\d+[a-zđ]?\s*(?:[.:]|$)", re.IGNORECASE)  # "Điều 36 Luật …" in a box of links is no heading
_BLOCK_NAMES = (
    "address article blockquote body caption center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr html li main"
    " ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HEAD_SIGNS = re.compile(r"Căn cứ|Số\s*:|Độc lập")


def read(path: Path) -> Extracted:
    """The lines of the document on the page. Raises ExtractError when the page holds no text."""
    soup = parsed(path.read_bytes())
    body = soup.body or soup
    for tag in body.find_all(_NEVER):
        tag.decompose()
    _drop_around(body)
    lines = tuple(block_lines(_main(body)))
    if not any(lines):
        raise ExtractError(str(path), "the page holds no text", "Open the document itself on the portal and save that page")
    found = any(_ARTICLE.match(line) for line in lines)
    return Extracted(lines, "html", warnings=() if found else ("no article (Điều …) was found on the page",))


def parsed(page: bytes | str) -> BeautifulSoup:
    """The page as a tree. XHTML is read as HTML too: nothing but its text is wanted."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(page, "lxml")


def block_lines(root: Tag) -> Iterator[str]:
    """The text of an element, one line a block or table row; cells are joined with ' | '."""
    inline: list[str] = []
    for child in root.children:
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(list(_BLOCKS))):
            yield from _flush(inline)
            yield from element_lines(child)
        elif isinstance(child, Tag) and child.name == "br":
            yield from _flush(inline)
        else:
            parts = _inline(child).split("\n")
            for part in parts[:-1]:
                inline.append(part)
                yield from _flush(inline)
            inline.append(parts[-1])
    yield from _flush(inline)


def element_lines(element: Tag) -> Iterator[str]:
    """The text of an element that may itself be a table."""
    return _table(element) if element.name == "table" else block_lines(element)


def _flush(inline: list[str]) -> Iterator[str]:
    line = " ".join(nfc("".join(inline)).split())
    inline.clear()
    if line:
        yield line


def _inline(element: PageElement) -> str:
    """The text of an element without blocks; a newline stands for <br> only, since those in the source mean nothing."""
    if isinstance(element, Comment):
        return ""
    if isinstance(element, NavigableString):
        return re.sub(r"\s+", " ", str(element))
    if isinstance(element, Tag):
        return "\n" if element.name == "br" else "".join(_inline(child) for child in element.children)
    return ""


def _table(table: Tag) -> Iterator[str]:
    """Rows as lines. A table that lays out articles (some portals put the whole text into one cell) is read as blocks."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    if any(_ARTICLE.match(text) for row in rows for text in row.stripped_strings):
        for row in rows:
            yield from block_lines(row)
        return
    for row in rows:
        cells = [" ".join(block_lines(cell)) for cell in row.find_all(["td", "th"], recursive=False)]
        if any(cells):
            yield " | ".join(cells) if len(cells) > 1 else cells[0]


def _drop_around(body: Tag) -> None:
    """Remove what is named as navigation, unless it holds articles: portals give such names to outer boxes too."""
    total = _articles(body)
    for tag in body.find_all(True):
        if tag.decomposed or tag is body:
            continue
        classes = tag.get("class")
        names = " ".join(
            [*(classes if isinstance(classes, list) else [classes or ""]), str(tag.get("id") or ""), str(tag.get("role") or "")]
        )
        around = tag.name in ("aside", "footer", "header") or _AROUND.search(re.sub(r"(?<=[a-z])(?=[A-Z])", "-", names))
        if around and (not total or _articles(tag) * 2 < total):
            tag.decompose()


def _articles(tag: Tag) -> int:
    return sum(bool(_ARTICLE.match(line)) for line in tag.stripped_strings)


def _main(body: Tag) -> Tag:
    """The smallest element with all articles, or a little around it when the head of the document stands just outside."""
    total = _articles(body)
    if not total:
        return body
    main, inner = body, next((child for child in body.find_all(True, recursive=False) if _articles(child) == total), None)
    while inner is not None and inner.name not in ("table", "tbody", "tr", "p"):
        main, inner = inner, next((child for child in inner.find_all(True, recursive=False) if _articles(child) == total), None)
    for outer in list(main.parents)[:3]:
        before = main.get_text(" ")
        if len(_HEAD_SIGNS.findall(before[:3000])) >= 2 or outer.name in ("html", "[document]"):
            break
        if len(outer.get_text(" ")) < 1.5 * len(before) + 2000 and _HEAD_SIGNS.search(outer.get_text(" ")[:3000]):
            main = outer
    return main
