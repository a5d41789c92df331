"""Writes into a library file what is known of single articles: their own dates, who amended them, where the reading is in doubt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from knowledge.citation import find_citations
from knowledge.document import Amendment, LegalDocument, PartialEffect
from knowledge.soundness import has_place
from knowledge.source_note import SourceNote, same_number
from knowledge.structure import Structured

_ARTICLE = re.compile(r"Điều (\d+[a-zđ]?)$")
_HEADING = re.compile(r"## Điều (\d+[a-zđ]?)\.")
_DOUBT = "bản đưa vào có chỗ đọc chưa chắc ở Điều này, cần đối chiếu với bản chính"
_CHANGED = "Những điều đã sửa chỉ có lời văn sau khi sửa, nên không trả lời được cho ngày trước khi sửa."

_ACTIONS = {
    "amended": "sửa đổi",
    "supplemented": "bổ sung",
    "replaced": "thay thế",
    "repealed": "bãi bỏ",
    "corrected": "đính chính",
}


def amendments(notes: Mapping[str, SourceNote], own: str) -> tuple[Amendment, ...]:
    """The documents that changed or inserted articles, each with the first day it did so, the earliest first."""
    first: dict[str, date | None] = {}
    for note in notes.values():
        inserted = () if same_number(note.number, own) else ((note.number, note.effective_from),)
        for number, day in (*inserted, *((change.number, change.effective_from) for change in note.changes)):
            known = first.get(number)
            first[number] = min(day, known) if day and known else day or known
    return tuple(Amendment(number, day) for number, day in sorted(first.items(), key=lambda item: (item[1] or date.max, item[0])))


def _own_dates(notes: Mapping[str, SourceNote], starts: date) -> tuple[PartialEffect, ...]:
    """Articles that hold from a later day than their document: inserted ones, and changed ones, whose text is that after the last change.

    For a repealed article that text is the notice which says so.
    """
    later: defaultdict[date, list[str]] = defaultdict(list)
    for label, note in notes.items():
        days = [day for day in (note.effective_from, *(change.effective_from for change in note.changes)) if day]
        if days and max(days) > starts:
            later[max(days)].append(f"Điều {label}")
    return tuple(PartialEffect(tuple(places), day, None) for day, places in sorted(later.items()))


def _change_remarks(notes: Mapping[str, SourceNote]) -> dict[str, list[str]]:
    """By article, who changed it and since when, for whoever opens the file; the assistant does not quote it."""
    remarks: dict[str, list[str]] = {}
    for label, note in notes.items():
        for change in note.changes:
            done = ", ".join(_ACTIONS[action] for action in change.actions) or "thay đổi"
            since = f" từ {change.effective_from:%d/%m/%Y}" if change.effective_from else ""
            remarks.setdefault(label, []).append(f"{done} bởi Điều {change.article} {change.number}{since}")
    return remarks


def with_own_dates(
    document: LegalDocument, text: LegalDocument, structured: Structured, earlier: LegalDocument | None
) -> LegalDocument:
    """The dates of single places: those that the library knows, where the text has the place; those of the source lines for all others."""
    known = [
        replace(effect, places=tuple(place for place in effect.places if _stands_in(text, place)))
        for effect in (earlier.partial_effect if earlier else ())
    ]
    named = {citation.article for effect in known for place in effect.places for citation in find_citations(place)}
    said = [
        replace(effect, places=tuple(place for place in effect.places if place.removeprefix("Điều ") not in named))
        for effect in _own_dates(structured.source_dates, document.effective_from)
    ]
    notes = (
        f"{document.notes} {_CHANGED}".strip()
        if any(note.changes for note in structured.source_dates.values())
        else document.notes
    )
    return replace(document, partial_effect=tuple(effect for effect in (*known, *said) if effect.places), notes=notes)


def _stands_in(text: LegalDocument, place: str) -> bool:
    cited = find_citations(place)
    return bool(cited) and all(each.article and has_place(text, each.article, each.clause, each.point) for each in cited)


def with_remarks(structured: Structured) -> str:
    """The body with a remark under each article that is in doubt or was changed by another document."""
    doubted = {match[1] for doubt in structured.doubts if (match := _ARTICLE.search(doubt.place))}
    changed = _change_remarks(structured.source_dates)
    lines: list[str] = []
    for line in structured.body.splitlines():
        lines.append(line)
        if heading := _HEADING.match(line):
            lines += [f"<!-- ngờ: {_DOUBT} -->"] if heading[1] in doubted else []
            lines += [f"<!-- nguồn: {remark} -->" for remark in changed.get(heading[1], ())]
    return "\n".join(lines) + "\n"
