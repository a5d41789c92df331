"""Turns the lines of an official text into the body of a library file: divisions, articles, clauses and points, nothing else.

What is misprinted is repaired only where the numbers around leave one reading, and each repair, doubt and dropped line is reported.
Articles that the national codification took over from an amending document are left out: its source line names that document.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from knowledge.article_body import Doubt, Findings, Repair, number_options, quoted_lines, unwrap, write_body
from knowledge.blocks import Block, LeftOut, cut_ends, majority, own_blocks, own_series, read_blocks, without_contents
from knowledge.furniture import Dropped, Line, strip_furniture
from knowledge.marks import Mark, find_clause, find_point
from knowledge.sequence import number_follows, number_key, settle
from knowledge.source_note import SourceNote


@dataclass(frozen=True, slots=True)
class Structured:
    """The body, its articles in order, what was done to the text, and what the codification says of each article's dates."""

    body: str
    articles: tuple[str, ...]
    repairs: tuple[Repair, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    source_dates: dict[str, SourceNote] = field(default_factory=dict)


# Words that begin a name inside a heading; a capital letter at any other word begins the sentence that OCR ran into the heading.
_PROPER = frozenset(
    {"Bộ", "Chính", "Tòa", "Toà", "Viện", "Ủy", "Uỷ", "Luật", "Nhà", "Quốc", "Việt", "Hội", "Cục", "Ngân", "Kho", "Chấp", "Thừa"}
)
_ROMAN = re.findall(r"\w+", "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV")
_LONG_HEADING = 250
_NAMES = {"part": "Phần", "chapter": "Chương", "section": "Mục", "subsection": "Tiểu mục"}


def structure(lines: Sequence[str], number: str | None = None) -> Structured:
    """The text in the library's form. `number` is the document's own; without it, the one that most source lines name is taken for it."""
    kept, dropped = strip_furniture(lines)
    findings = Findings(scanned=_looks_scanned(kept))
    blocks = read_blocks(without_contents(kept), dropped)
    blocks, left_out = own_blocks(blocks, number or majority(blocks), dropped)
    blocks = own_series(blocks, left_out, findings.doubts, dropped)
    findings.quoted = quoted_lines([line for block in blocks for line in (block.line, *block.lines)])
    blocks = _settle_articles(blocks, findings)
    cut_ends(blocks, dropped)
    written: list[str] = []
    counters: dict[str, str] = {}
    for block in blocks:
        if block.division:
            written.append(_division_line(block, counters, findings))
        elif block.label:
            written += _write_article(block, findings)
    return Structured(
        body="\n".join(written) + "\n",
        articles=tuple(block.label for block in blocks if block.label),
        repairs=tuple(sorted(findings.repairs, key=lambda each: each.line)),
        doubts=tuple(sorted(findings.doubts, key=lambda each: each.line)),
        left_out=tuple(left_out),
        dropped=tuple(sorted(dropped, key=lambda each: each.line)),
        source_dates={block.label: block.note for block in blocks if block.label and block.note},
    )


def _looks_scanned(lines: Sequence[Line]) -> bool:
    """Whether OCR made the text: marks of clauses and points are misprinted in several places."""
    odd = (mark for line in lines for mark in (find_clause(line.text), find_point(line.text)) if mark and mark.odd)
    return sum(mark.strange or not mark.rest[:1].isalnum() for mark in odd) + sum(line.text[:1] in "_„ˆ~" for line in lines) >= 3


def _settle_articles(blocks: list[Block], findings: Findings) -> list[Block]:
    """The blocks with their labels settled; what only looks like an article becomes text of the one before it."""
    for block in blocks:
        if block.note and not block.mark:
            block.mark = Mark("", block.note.article, "", odd=True)
            findings.repairs.append(
                Repair(block.line.number, f"Điều {block.note.article}", "(no heading)", "an article, from its source line")
            )
    articles = [block for block in blocks if block.mark]
    options = []
    for block, readings in zip(
        articles,
        number_options([b.mark for b in articles if b.mark], [b.line.number in findings.quoted for b in articles]),
        strict=True,
    ):
        confirmed = {block.note.article} if block.note else set()
        options.append([replace(r, cost=r.cost + (3 if confirmed and r.label not in confirmed else 0)) for r in readings])
    settled: list[Block] = []
    chosen = iter(settle(options, number_follows))
    for block in blocks:
        reading = next(chosen) if block.mark else None
        if reading and reading.key is None:
            _demote(block, settled, findings)
            continue
        if reading and block.mark:
            block.label = reading.label
            if block.mark.printed and (block.mark.odd or reading.label != block.mark.label):
                findings.repairs.append(
                    Repair(block.line.number, f"Điều {reading.label}", block.line.text[:16], f"Điều {reading.label}")
                )
        settled.append(block)
    _note_gaps(settled, findings)
    return settled


def _demote(block: Block, settled: list[Block], findings: Findings) -> None:
    if block.line.number not in findings.quoted:
        findings.doubts.append(
            Doubt(block.line.number, "", f"{block.line.text[:40]!r} looks like an article but does not fit the numbers around it")
        )
    if settled:
        settled[-1].lines += [block.line, *block.lines]


def _note_gaps(blocks: Sequence[Block], findings: Findings) -> None:
    last = None
    for block in blocks:
        if block.label:
            key = number_key(block.label)
            if not number_follows(last, key):
                findings.doubts.append(Doubt(block.line.number, f"Điều {block.label}", "the article before it is missing"))
            last = key


def _division_line(block: Block, counters: dict[str, str], findings: Findings) -> str:
    """The division's line; a number that cannot be read is the one that comes next."""
    division = block.division
    assert division is not None
    name, before = _NAMES[division.level], counters.get(division.level, "")
    label = division.label
    due = _next_label(division.level, before)
    if not label or (label != due and label not in _ROMAN and not label[0].isdigit() and " " not in label):
        findings.repairs.append(Repair(block.line.number, f"{name} {due}", division.printed, f"{name} {due}"))
        label = due
    elif due and label != due and label[:1].isdigit() == due[:1].isdigit() and " " not in label:
        findings.doubts.append(Doubt(block.line.number, f"{name} {label}", f"{name} {due} should stand here"))
    counters[division.level] = label
    for deeper in list(_NAMES)[list(_NAMES).index(division.level) + 1 :]:
        if deeper != "chapter":  # chapters count on through the parts of a law
            counters.pop(deeper, None)
    return f"# {name} {label}. {division.title}".rstrip(" .")


def _next_label(level: str, before: str) -> str:
    if level in ("part", "chapter"):
        place = _ROMAN.index(before) + 1 if before in _ROMAN else 0
        return _ROMAN[place] if place < len(_ROMAN) else ""
    return str(int(re.sub(r"\D", "", before) or 0) + 1)


def _write_article(block: Block, findings: Findings) -> list[str]:
    assert block.mark is not None
    place = f"Điều {block.label}"
    heading, lines = _heading(block.mark.rest.lstrip(" .:-–—„,;*_"), block, findings)
    body = write_body(unwrap(lines), place, findings)
    if not any(body):
        body = [_stands_for_nothing(block, heading)]
        findings.doubts.append(
            Doubt(block.line.number, place, "the article has no text" if not body[0] else f"no text: {body[0]}")
        )
    return [f"## {place}. {heading}".rstrip(), *body]


def _heading(heading: str, block: Block, findings: Findings) -> tuple[str, list[Line]]:
    """The heading and the lines under it, where the print put the heading on the next line or ran the text into it."""
    lines = list(block.lines)
    plain = bool(lines) and not (find_clause(lines[0].text) or find_point(lines[0].text))
    if (
        not heading
        and plain
        and len(lines) > 1
        and lines[0].text[-1] not in ".;:"
        and len(lines[0].text) < _LONG_HEADING
        and block.mark
        and block.mark.printed
    ):
        return lines[0].text, lines[1:]
    if heading and plain and lines[0].text[0].islower() and heading[-1] not in ".;:":
        return f"{heading} {lines[0].text}", lines[1:]
    if heading.endswith((":", ".", ";")) and (heading[-1] == ":" or not lines) or len(heading) > _LONG_HEADING:
        split = _end_of_heading(heading)
        own, rest = heading[:split].strip(), heading[split:].strip()
        findings.repairs.append(Repair(block.line.number, f"Điều {block.label}", heading[:60], f"heading {own!r}, then text"))
        return own, [Line(block.line.number, rest), *lines]
    return heading, lines


def _end_of_heading(text: str) -> int:
    """Where the text begins that was run into a heading; 0, all of it is text, when that cannot be seen."""
    for match in re.finditer(r"(?<=\w) (?=(\w+))", text):
        word, before = match[1], text[match.start() - 1]
        if word[0].isupper() and before.islower():
            return 0 if word in _PROPER else match.end()
    return 0


def _stands_for_nothing(block: Block, heading: str) -> str:
    """What is said in the place of a repealed article's text, so that the article is there and says that it is gone."""
    if block.note and (repeal := block.note.repeal):
        since = f" từ ngày {repeal.effective_from:%d/%m/%Y}" if repeal.effective_from else ""
        return f"(Điều này bị bãi bỏ bởi Điều {repeal.article} của {repeal.number}{since}.)"
    return "(Điều này đã bị bãi bỏ.)" if re.search(r"bãi bỏ", heading) else ""
