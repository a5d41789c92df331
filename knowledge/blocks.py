"""Cuts the lines of an official text into divisions and articles, and takes out what belongs to other documents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.article_body import Doubt
from knowledge.furniture import Dropped, Line
from knowledge.marks import Division, Mark, find_article, find_clause, find_division, find_point, is_capitals
from knowledge.source_note import SourceNote, is_related_list, read_source_note, same_number


@dataclass(slots=True)
class Block:
    """A division or article with the lines below it; `label` is settled later."""

    line: Line
    division: Division | None = None
    mark: Mark | None = None
    note: SourceNote | None = None
    label: str = ""
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that stands in the file but is none of the document: `reason` names where it belongs."""

    line: int
    printed: str
    reason: str


_SIGNED = re.compile(
    r"^(?:Nơi nhận|Nơi nhân)\s*[:.]|^(?:TM|KT|TL|TUQ|Q)\s*\.\s*\w|^(?:CHỦ TỊCH|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHÁNH ÁN|VIỆN TRƯỞNG"
    r"|THỐNG ĐỐC|TỔNG BÍ THƯ|XÁC THỰC VĂN BẢN HỢP NHẤT)\b|^(?:PHỤ LỤC|Phụ lục)\b[^.;]{0,120}$|^DANH MỤC BIỂU MẪU|^\((?:Đã ký|đã ký)\)"
    r"|^(?:Luật|Bộ luật|Nghị quyết|Pháp lệnh) này (?:đã )?được (?:Quốc hội|Ủy ban [Tt]hường vụ Quốc hội) .{0,120}thông qua"
)
_TAIL_OF_LIST = re.compile(r"ngày \d{1,2}/\d{1,2}/\d{4}\s*\)$")
_GLUED_DIVISION = re.compile(r"(?<=[.;:])\s*(Chương\s+[IVXLC]+|Mục\s+\d{1,2})\s*$")


def without_contents(lines: list[Line]) -> list[Line]:
    """The lines less a table of contents: three or more articles in a row without text, which all stand again below."""
    printed = [mark.label if (mark := find_article(line.text)) else "" for line in lines]
    run: list[int] = []
    labels: list[str] = []
    for at, label in enumerate([*printed, ""]):
        if label and label not in labels:
            run.append(at)
            labels.append(label)
        elif label or at == len(lines) or not find_division(lines[at].text):
            if len(run) >= 3 and set(labels) <= set(printed[run[-1] + 1 :]):
                return lines[: run[0]] + lines[run[-1] + 1 :]
            run, labels = ([at], [label]) if label else ([], [])
    return lines


def read_blocks(lines: Sequence[Line], dropped: list[Dropped]) -> list[Block]:
    """Divisions and articles with the lines below them; what stands before the first one belongs to the head of the document."""
    blocks: list[Block] = []
    waiting = _split_glued(lines)[::-1]
    while waiting:
        line = waiting.pop()
        if (note := read_source_note(line.text)) or is_related_list(line.text):
            line = _whole_bracket(line, waiting)
            note = read_source_note(line.text)
            _take_note(blocks, line, note, dropped)
        elif division := find_division(line.text):
            blocks.append(Block(line, division=_with_title(division, waiting)))
        elif mark := find_article(line.text):
            blocks.append(Block(line, mark=mark))
        elif blocks and not blocks[-1].division:
            blocks[-1].lines.append(line)
        else:
            dropped.append(Dropped(line.number, line.text, "outside the articles"))
    return blocks


def _split_glued(lines: Sequence[Line]) -> list[Line]:
    """The codification prints some chapter marks at the end of the text before them."""
    split: list[Line] = []
    for line in lines:
        glued = _GLUED_DIVISION.search(line.text)
        split += [replace(line, text=line.text[: glued.start()]), replace(line, text=glued[1])] if glued else [line]
    return split


def _whole_bracket(line: Line, waiting: list[Line]) -> Line:
    text = line.text
    while text.count("(") > text.count(")") and waiting and not find_article(waiting[-1].text) and len(text) < 20_000:
        text += " " + waiting.pop().text
    return replace(line, text=text)


def _take_note(blocks: list[Block], line: Line, note: SourceNote | None, dropped: list[Dropped]) -> None:
    """A note right under a heading is that of the article; one further down opens an article whose heading is lost."""
    current = blocks[-1] if blocks else None
    if note and current and current.mark and not current.note and len(current.lines) <= 1:
        current.note = note
    elif note:
        if current and current.lines and current.lines[-1].text.startswith("("):
            heading = current.lines.pop()
            dropped.append(Dropped(heading.number, heading.text, f"heading of an article of {note.number}"))
        blocks.append(Block(line, note=note))
    if not note:
        dropped.append(Dropped(line.number, line.text[:200], "list of related places"))


def _with_title(division: Division, waiting: list[Line]) -> Division:
    title = division.title
    while (
        waiting
        and not _opens(waiting[-1].text)
        and (is_capitals(waiting[-1].text) or (not title and len(waiting) > 1 and _opens(waiting[-2].text)))
    ):
        title = f"{title} {waiting.pop().text}".strip()
    return replace(division, title=title)


def _opens(text: str) -> bool:
    return bool(find_article(text) or find_division(text) or read_source_note(text) or find_clause(text) or find_point(text))


def majority(blocks: Sequence[Block]) -> str | None:
    numbers = Counter(block.note.number for block in blocks if block.note)
    return numbers.most_common(1)[0][0] if numbers else None


def own_blocks(blocks: list[Block], own: str | None, dropped: list[Dropped]) -> tuple[list[Block], list[LeftOut]]:
    """The blocks of the document itself. Where articles have source lines, the divisions are those of the codification: they go too."""
    noted = sum(bool(block.note) for block in blocks)
    if own and noted and not any(block.note and same_number(block.note.number, own) for block in blocks):
        own = majority(blocks)
    kept: list[Block] = []
    left_out: list[LeftOut] = []
    for block in blocks:
        if block.division and noted:
            dropped.append(Dropped(block.line.number, block.line.text, "division of the codification, not of the document"))
        elif own and block.note and _is_foreign(block, own):
            left_out.append(
                LeftOut(block.line.number, block.mark.printed if block.mark else "", f"an article of {block.note.number}")
            )
            dropped += [Dropped(line.number, line.text[:200], f"text of {block.note.number}") for line in block.lines]
        else:
            kept.append(block)
    return kept, left_out


def _is_foreign(block: Block, own: str) -> bool:
    """An article "7a" that an amending document put into this one has that document in its source line, but its own label: it stays."""
    assert block.note is not None
    inserted = block.mark is not None and block.note.article == block.mark.label and not block.mark.label.isdigit()
    return not same_number(block.note.number, own) and not inserted


def own_series(blocks: list[Block], left_out: list[LeftOut], doubts: list[Doubt], dropped: list[Dropped]) -> list[Block]:
    """The longest series of articles, where signatures end one and another begins at Điều 1: a regulation or forms are attached."""
    series: list[list[Block]] = [[]]
    signed = False
    for block in blocks:
        if signed and (block.division or (block.mark and block.mark.label == "1")):
            series.append([])
            signed = False
        series[-1].append(block)
        signed = signed or (block.mark is not None and any(_SIGNED.match(line.text) for line in block.lines))
    sizes = [sum(bool(block.mark) for block in each) for each in series]
    longest = sizes.index(max(sizes))
    for at, each in enumerate(series):
        if at != longest:
            left_out += [LeftOut(b.line.number, b.mark.printed, "another series of articles in the file") for b in each if b.mark]
            dropped += [Dropped(x.number, x.text[:200], "another series") for b in each for x in (b.line, *b.lines)]
        if at != longest and sizes[at]:
            problem = f"the file holds {len(sizes)} series of articles, {sizes} long: the longest was read, save the others as files of their own"
            doubts.append(Doubt(each[0].line.number, "", problem))
    return series[longest]


def cut_ends(blocks: list[Block], dropped: list[Dropped]) -> None:
    """Take away what follows the text of the last article (signatures, recipients, annexes), and tails of lists of related places."""
    last = max((at for at, block in enumerate(blocks) if block.mark), default=len(blocks) - 1)
    for block in blocks[last + 1 :]:
        dropped += [Dropped(line.number, line.text[:200], "after the last article") for line in (block.line, *block.lines)]
    del blocks[last + 1 :]
    for at, block in enumerate(blocks):
        end = next((n for n, line in enumerate(block.lines) if at == last and _SIGNED.match(line.text)), len(block.lines))
        dropped += [Dropped(line.number, line.text[:200], "signature, recipients or annex") for line in block.lines[end:]]
        del block.lines[end:]
        _cut_tail_of_list(block.lines, dropped)


def _cut_tail_of_list(lines: list[Line], dropped: list[Dropped]) -> None:
    """Some copies of the codification keep the last lines of a list of related places whose first line they drop."""
    for at, line in enumerate(lines):
        if _TAIL_OF_LIST.search(line.text) and line.text.count(")") > line.text.count("("):
            start = at
            while start and not re.search(r"[.;:]\s*$", lines[start - 1].text):
                start -= 1
            dropped += [Dropped(each.number, each.text[:200], "list of related places") for each in lines[start : at + 1]]
            del lines[start : at + 1]
            return
