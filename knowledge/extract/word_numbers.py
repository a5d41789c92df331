"""Writes out the numbers that Word puts before paragraphs by itself: they are not in the text of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


class WordNumbers:
    """Counts as Word does while the paragraphs go by in their order; `used` says how many numbers it wrote."""

    def __init__(self, document: Any) -> None:
        self.used = 0
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._styles: dict[str, Any] = {}
        for relation in document.part.rels.values():
            if relation.reltype.endswith("/numbering"):
                self._read_levels(relation.target_part.element)
        for style in document.styles.element.iter(f"{_W}style"):
            self._styles[style.get(f"{_W}styleId")] = style.find(f"{_W}pPr/{_W}numPr")

    def _read_levels(self, numbering: Any) -> None:
        abstract = {each.get(f"{_W}abstractNumId"): each for each in numbering.iter(f"{_W}abstractNum")}
        for number in numbering.iter(f"{_W}num"):
            link = number.find(f"{_W}abstractNumId")
            levels = abstract.get(link.get(f"{_W}val")) if link is not None else None
            for level in levels.iter(f"{_W}lvl") if levels is not None else ():
                key = number.get(f"{_W}numId"), int(level.get(f"{_W}ilvl"))
                start = int(_value(level, "start") or 1)
                self._levels[key] = (_value(level, "numFmt") or "decimal", _value(level, "lvlText") or "", start)

    def label(self, paragraph: Any) -> str:
        """The number of this paragraph with a space, "" when Word gives it none."""
        properties = paragraph.find(f"{_W}pPr/{_W}numPr")
        if properties is None:
            properties = self._styles.get(_value(paragraph.find(f"{_W}pPr"), "pStyle"))
        if properties is None:
            return ""
        number, depth = _value(properties, "numId"), int(_value(properties, "ilvl") or 0)
        if (number, depth) not in self._levels or self._levels[number, depth][0] in ("bullet", "none"):
            return ""
        counts = self._counts[number]
        counts[depth] = counts.get(depth, self._levels[number, depth][2] - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        self.used += 1
        return re.sub(r"%(\d)", lambda match: self._written(number, int(match[1]) - 1), self._levels[number, depth][1]) + " "

    def _written(self, number: str, depth: int) -> str:
        form, _, start = self._levels.get((number, depth), ("decimal", "", 1))
        count = self._counts[number].get(depth, start)
        if form in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (count - 1) % 26)
            return letter if form == "lowerLetter" else letter.upper()
        if form in ("lowerRoman", "upperRoman"):
            return _roman(count) if form == "upperRoman" else _roman(count).lower()
        return str(count)


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_W}{name}") if element is not None else None
    return str(child.get(f"{_W}val") or "") if child is not None else ""


def _roman(count: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        written += letters * (count // value)
        count %= value
    return written
