"""Shows a sheet that officers work by, in pages that fit a phone screen: each line with who, by when and the place it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot import guidance_texts, officer_texts, texts
from bot.calculation import proven
from bot.evidence import Evidence
from bot.guidance import limit_in_words
from bot.message import Answer
from knowledge.citation import Citation, write_place
from knowledge.practice.officers import Line, Sheet

_AROUND = 410  # characters of a page beside its lines: title, date, what else can be seen


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page under their headings, the heading that it begins with, and the parts that begin on it."""

    text: str
    lines: tuple[Line, ...]
    heading: str
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """One line as it is read, with the part it stands in and whether it is the first of it."""

    line: Line
    text: str
    part: str
    first: bool


def pages(sheet: Sheet, evidence: Evidence, room: int) -> list[Page]:
    """The lines that the reader may see, packed into pages; none when all stand on what the reader may not see.

    A part that one page can hold is not torn in two, and of a longer one no single line is left behind.
    """

    def fit(lines: Sequence[_Told]) -> bool:
        return len(_text(lines)) <= room - _AROUND

    found: list[list[_Told]] = [[]]
    for part in _all_told(sheet, evidence):
        if not fit([*found[-1], *(part if fit(part) else part[:2])]):
            found.append([])
        for told in part:
            if found[-1] and not fit([*found[-1], told]):
                found.append([])
            found[-1].append(told)
    return [_page(lines) for lines in found if lines]


def _all_told(sheet: Sheet, evidence: Evidence) -> Iterator[list[_Told]]:
    """The lines of each part that the reader may see."""
    for part, lines in sheet.parts:
        seen = [line for line in lines if all(evidence.place(citation) for citation in line.basis)]
        yield [_Told(line, _told(line, evidence), part, place == 0) for place, line in enumerate(seen)]


def _page(lines: Sequence[_Told]) -> Page:
    begins = tuple(told.part for told in lines if told.first)
    return Page(_text(lines), tuple(told.line for told in lines), officer_texts.HEADINGS[lines[0].part], begins)


def _text(lines: Sequence[_Told]) -> str:
    """The lines part by part, each part under its heading, which on a later page says that it goes on."""
    blocks = []
    for part, group in groupby(lines, key=lambda told: told.part):
        heading, here = officer_texts.HEADINGS[part], list(group)
        head = heading if here[0].first else officer_texts.CONTINUED.format(heading=heading)
        blocks.append("\n".join([f"{head}:", *(told.text for told in here)]))
    return "\n\n".join(blocks)


def page_answer(answer: Answer, sheet: Sheet, shown: Sequence[Page], page: int, evidence: Evidence, foot: str) -> Answer:
    """One page of a sheet as an answer; `foot` says how to see the others."""
    count = len(shown)
    head = f"{sheet.title} {officer_texts.PART.format(page=page, count=count)}" if count > 1 else sheet.title
    here = shown[page - 1]
    text = "\n\n".join(part for part in (head, here.text, texts.as_of(answer.as_of), foot) if part)
    basis = [citation for line in here.lines for citation in line.basis]
    warnings = [officer_texts.SILENT.format(note=note) for note in sheet.silent]
    return proven(replace(answer, kind="procedure", text=text), basis, warnings, evidence)


def _told(line: Line, evidence: Evidence) -> str:
    """`• Ai: làm gì. Thời hạn: … (điều khoản).`"""
    who = officer_texts.TO.format(to=line.to) if line.to else line.who
    said = [f"{who[0].upper()}{who[1:]}: {line.says}" if who else line.says]
    said += [guidance_texts.WITHIN.format(limit=limit_in_words(line.limit))] if line.limit else []
    said += [officer_texts.HOW.format(how=line.how)] if line.how else []
    told = " ".join(f"{part.rstrip('.')}." for part in said)[:-1]
    return f"• {told} ({_places(line.basis, evidence)})."


def _places(basis: Iterable[Citation], evidence: Evidence) -> str:
    """The places, those of one document together under its name: `khoản 1 Điều 78, điểm a khoản 2 Điều 80 Luật 106/2025/QH15`."""
    groups = [list(group) for _, group in groupby(basis, key=lambda citation: citation.number)]
    return "; ".join(", ".join([*map(write_place, group[:-1]), evidence.name(group[-1])]) for group in groups)
