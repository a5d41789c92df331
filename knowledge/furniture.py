"""Takes away what stands on the pages of an official file without being its text: headers, page numbers, footnotes, specks of dirt."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.extract.extracted import PAGE
from knowledge.marks import find_article, find_clause, find_division, find_point
from knowledge.text import nfc


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number in the file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is not part of the text, and why."""

    line: int
    text: str
    reason: str


_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]")
_MARKDOWN = re.compile(r"^(?:>\s*)*(?:#{1,6}\s+(?=\S))?")
_BOLD = re.compile(r"\*{2,3}|__(?=\S)|(?<=\S)__|</?(?:b|i|u|em|strong|sup|br)\s*/?>")
_FOOTNOTE_MARK = re.compile(r"\s?\[\d{1,3}\](?!\()")
_FOOTNOTE = re.compile(r"^\[\d{1,3}\]\s*(?P<text>.*)$")
_PAGE_NUMBER = re.compile(r"^[-–—\s]*(?:Trang\s*)?\d{1,4}(?:\s*[/|]\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_GAZETTE = re.compile(r"^\d*\s*CÔNG BÁO\s*/\s*Số|^Ký bởi:|^Người ký:|^- Người ký:|^Thời gian ký:|^Email: ", re.IGNORECASE)
_ATTACHED = re.compile(r"^[\w\s.,()–-]{1,120}\.(?:docx?|xlsx?|pdf|rar|zip)$", re.IGNORECASE)
_EDGE = 2  # lines at the top and at the foot of a page that may be its header and footer
_REPEATED = 3  # pages on which the same line stands there


def strip_furniture(lines: Sequence[str]) -> tuple[list[Line], list[Dropped]]:
    """The lines of the text itself, cleaned of invisible characters and markdown, and what was dropped."""
    kept: list[Line] = []
    dropped: list[Dropped] = []
    numbered = [Line(n, _plain(text)) for n, text in enumerate(lines, 1)]
    around = _page_edges(numbered) | _lone_numbers(numbered)
    for line in numbered:
        if not line.text or line.text.startswith(PAGE):
            continue
        reason = "page header or footer" if line.number in around else _reason(line.text, lines[line.number - 1])
        if reason:
            dropped.append(Dropped(line.number, line.text, reason))
        elif text := _FOOTNOTE_MARK.sub("", line.text).strip():
            kept.append(replace(line, text=text))
    return kept, dropped


def _plain(text: str) -> str:
    if text.startswith(PAGE):
        return text
    if re.match(r"#\s+[^:#]{2,40}:\s", text):  # "# Số hiệu: …" says something about the document: keep its mark
        return text.strip()
    visible = _INVISIBLE.sub("", nfc(text)).replace("\u00a0", " ").strip()
    return " ".join(_BOLD.sub("", _MARKDOWN.sub("", visible)).split())


def _reason(text: str, raw: str) -> str:
    if text.startswith("# "):
        return "a remark on the file"
    if raw.lstrip().startswith("##") and not any(find(text) for find in (find_article, find_division)):
        return "a heading of the page it came from"
    if _GAZETTE.match(text):
        return "gazette header or signature stamp"
    if (note := _FOOTNOTE.match(text)) and not any(
        find(note["text"]) for find in (find_article, find_clause, find_point, find_division)
    ):
        return "footnote"
    if _ATTACHED.match(text):
        return "name of an attached file"
    if re.fullmatch(r"\[[^\]]{8,}\]", text):
        return "an editor's remark"
    return "specks, no words" if _is_noise(text) else ""


def _is_marked(text: str) -> bool:
    return any(find(text) for find in (find_article, find_clause, find_point, find_division))


def _is_noise(text: str) -> bool:
    """Whether OCR made the line out of dirt or a stamp: hardly a word of two letters in it."""
    if len(text) > 60 or " | " in text or find_division(text) or find_article(text):
        return False
    tokens = text.split()
    wordy = sum(len(re.findall(r"[^\W\d_]", token)) >= 2 or token.isdigit() for token in tokens)
    return wordy * 3 < len(tokens)


def _page_edges(lines: Sequence[Line]) -> set[int]:
    """Numbers of the lines at the top or foot of pages that are page numbers or stand on several pages."""
    edges: list[Line] = []
    for page in _pages(lines):
        edges += [line for line in page[:_EDGE] + page[max(_EDGE, len(page) - _EDGE) :] if not _is_marked(line.text)]
    counted = Counter(re.sub(r"\d+", "0", line.text) for line in edges)
    return {
        line.number for line in edges if _PAGE_NUMBER.match(line.text) or counted[re.sub(r"\d+", "0", line.text)] >= _REPEATED
    }


def _pages(lines: Sequence[Line]) -> Iterator[list[Line]]:
    starts = [n for n, line in enumerate(lines) if line.text.startswith(PAGE)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        yield [line for line in lines[start + 1 : end] if line.text]


def _lone_numbers(lines: Sequence[Line]) -> set[int]:
    """Page numbers in a text without page marks: numbers alone on their lines that count up by one, three or more of them."""
    alone = [(line.number, int(line.text.strip(" -–—"))) for line in lines if re.fullmatch(r"[-–—\s]*\d{1,3}[-–—\s]*", line.text)]
    rising = [alone[:1]]
    for number in alone[1:]:
        if rising[-1] and number[1] == rising[-1][-1][1] + 1:
            rising[-1].append(number)
        else:
            rising.append([number])
    return {number for run in rising if len(run) >= 3 for number, _ in run}
