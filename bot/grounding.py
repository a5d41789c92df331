"""Proves an answer before it leaves: each place cited exists, is in force on the date and open to the reader, and says what is said of it.

Pure: made from the draft and the library alone. A failed check names the sentence and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.passages import Passage
from knowledge.search import Reader
from knowledge.text import fold, sentences
from knowledge.timeline import passage_holds

_FIGURE = re.compile(
    r"(?<![\w/.])\d[\d.,]*\s*(?:%|phan tram|gio|ngay lam viec|ngay|tuan|thang|nam|lan|dong|trieu dong|ty dong|trieu|ty|nguoi)(?!\w)"
    r"|\d{1,2}/\d{1,2}/\d{4}"
)


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing in an answer that could not be proven."""

    sentence: str
    reason: str


def check_passages(passages: Iterable[Passage], on: date, reader: Reader) -> list[Failure]:
    """Places that are not in force on the date or not open to the reader."""
    failures = []
    for passage in passages:
        if not passage_holds(passage, on):
            failures.append(Failure(passage.id, "not in force on the date"))
        if passage.audience == "staff" and reader != "staff":
            failures.append(Failure(passage.id, "not open to this reader"))
    return failures


def check_figures(text: str, evidence: Sequence[str]) -> list[Failure]:
    """Sentences with a figure (a number with its unit, a date) that none of the evidence has."""
    known = set(figures(" ".join(evidence)))
    failures = []
    for sentence in sentences(text):
        for figure in figures(sentence):
            if figure not in known:
                failures.append(Failure(sentence, f"{figure!r} stands in no cited place"))
    return failures


def figures(text: str) -> list[str]:
    """Numbers with their units, comparable: '05 ngày làm việc' is '5 ngay lam viec', '2.000.000 đồng' is '2000000 dong'."""
    found = []
    for match in _FIGURE.finditer(fold(text)):
        value = re.sub(r"[.](?=\d{3}\b)", "", match[0])
        found.append(re.sub(r"\b0+(?=\d)", "", re.sub(r"\s+", " ", value)))
    return found
