"""Reads a subject of the national codification (bộ pháp điển) as its portal publishes it: one page with the articles of many documents.

The page mixes the articles of a law with those of its decrees and circulars and numbers them anew; the line under each heading names the
article's own number and document, since when it holds and what changed it. Divisions on the page are those of the subject.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bs4.element import Tag

from knowledge.article_body import Doubt
from knowledge.errors import ExtractError
from knowledge.extract.web import element_lines, parsed
from knowledge.sequence import number_key
from knowledge.source_note import SourceNote, is_related_list, read_source_note, same_number
from knowledge.structure import Structured, structure

_HEADING = re.compile(
    r"^Điều\s+(?P<series>[\d.]+\.[^\W\d_]+(?:\.\d+)*)\.(?P<label>\d+[a-zđ]?)\.?(?:\s+(?P<heading>.*))?$", re.DOTALL
)
_SUBJECT = re.compile(r"^Đề mục\s+[\d.]+\s+(?P<title>.+)$", re.DOTALL)
_PARTS = ("pDieu", "pGhiChu", "pNoiDung", "pChiDan", "pChuong")
_RELATED_END = re.compile(r"^\(\s*(?:Điều|Khoản|Chương|Mục) này có nội dung liên quan đến\s*")


@dataclass(frozen=True, slots=True)
class CodifiedArticle:
    """An article under its own number, with its source line and the places that the codification says are related to it.

    `series` and `place` are what the codification numbers it by: 30.2.LQ and 7a.
    """

    label: str
    heading: str
    lines: tuple[str, ...]
    source: SourceNote
    source_line: str
    series: str
    place: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodifiedDocument:
    """The articles of one document, in their order, and its text in the library's form."""

    number: str
    kind: str
    title: str
    issuer: str
    issued: date | None
    effective_from: date | None
    articles: tuple[CodifiedArticle, ...]
    structured: Structured


def is_codification(page: str) -> bool:
    """Whether the page is one of the codification's."""
    return "class='pDieu'" in page or 'class="pDieu"' in page


def read_codification(page: str, path: str) -> tuple[CodifiedDocument, ...]:
    """The documents on the page, in the order of their first article. Raises ExtractError when it has no articles or one without a source."""
    articles = list(_articles(page, path))
    if not articles:
        raise ExtractError(path, "the page has no articles of the codification", "Save the page of the subject (đề mục) itself")
    grouped: defaultdict[str, list[CodifiedArticle]] = defaultdict(list)
    owners = _owners(articles)
    for article in articles:
        number = owners[article.series] if _is_inserted(article) else article.source.number
        grouped[next((known for known in grouped if same_number(known, number)), number)].append(article)
    return tuple(_document(number, each, _subject(page)) for number, each in grouped.items())


def _owners(articles: Sequence[CodifiedArticle]) -> dict[str, str]:
    """The document of each series: the one that most of its articles come from."""
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        counted[article.series][article.source.number] += 1
    return {series: numbers.most_common(1)[0][0] for series, numbers in counted.items()}


def _is_inserted(article: CodifiedArticle) -> bool:
    """Whether an amending document put the article into the one of its series: "7a" keeps its number there."""
    return not article.label.isdigit() and article.label == article.place


def _subject(page: str) -> str:
    heading = next((" ".join(tag.get_text(" ").split()) for tag in parsed(page[:4000]).find_all("h3")), "")
    match = _SUBJECT.match(heading)
    return match["title"] if match else ""


def _articles(page: str, path: str) -> Iterator[CodifiedArticle]:
    for parts in _blocks(page):
        heading = _HEADING.match(" ".join(parts["pDieu"]))
        source = read_source_note(" ".join(parts["pGhiChu"]))
        if not heading or not source:
            said = " ".join(parts["pDieu"])[:80]
            raise ExtractError(
                path, f"no source line that can be read under {said!r}", "Report the line; the page may have a new form"
            )
        lines = [line for line in parts["pNoiDung"] if not is_related_list(line)]
        related = _RELATED_END.sub("", " ".join(parts["pChiDan"])).removesuffix(")")
        places = tuple(place.strip() for place in related.split(";") if place.strip())
        yield CodifiedArticle(
            source.article,
            (heading["heading"] or "").strip(),
            tuple(lines),
            source,
            " ".join(parts["pGhiChu"]),
            heading["series"],
            heading["label"],
            places,
        )


def _blocks(page: str) -> Iterator[dict[str, list[str]]]:
    """The parts of each article. The portal puts paragraphs into a paragraph, which HTML does not allow: the text follows its mark as siblings."""
    first = parsed(page).find(class_="pDieu")
    parts: dict[str, list[str]] = {}
    part = ""
    for element in first.parent.children if first and first.parent else ():
        if not isinstance(element, Tag):
            continue
        opened = next((name for name in _PARTS if name in element.get_attribute_list("class")), "")
        if opened == "pDieu" and parts:
            yield parts
        if opened == "pDieu":
            parts = {name: [] for name in _PARTS}
        part = opened or part
        if parts and part:
            parts[part] += element_lines(element)
    if parts:
        yield parts


def _document(number: str, articles: Sequence[CodifiedArticle], subject: str) -> CodifiedDocument:
    ordered = sorted(articles, key=lambda article: number_key(article.label))
    sources = [article.source for article in articles if same_number(article.source.number, number)]
    first = next((source for source in sources if source.title), sources[0])
    # The law that gives the subject its name and its chapters is introduced nowhere else on the page.
    title = first.title or (subject if articles[0].series.endswith(".LQ") and first is articles[0].source else "")
    structured = structure([line for article in ordered for line in _lines(article)], number)
    doubts = sorted({*structured.doubts, *_twice(ordered)}, key=lambda doubt: doubt.line)
    return CodifiedDocument(
        number=max((source.number for source in sources), key=len),
        kind=first.kind,
        title=title,
        issuer=first.issuer,
        issued=first.issued,
        effective_from=min((source.effective_from for source in sources if source.effective_from), default=None),
        articles=tuple(ordered),
        structured=replace(structured, doubts=tuple(doubts)),
    )


def _lines(article: CodifiedArticle) -> Iterator[str]:
    yield f"Điều {article.label}. {article.heading}".rstrip()
    yield article.source_line
    yield from article.lines


def _twice(articles: Sequence[CodifiedArticle]) -> Iterator[Doubt]:
    """The codification numbers two articles alike when a source has annexes with articles of their own."""
    for before, after in zip(articles, articles[1:], strict=False):
        if before.label == after.label:
            yield Doubt(0, f"Điều {after.label}", "the codification has this article twice: compare with the original")
