"""Finds the figures of a text (time limits, amounts, percentages, dates, bare numbers), so that two texts of one rule can be compared."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.text import fold

_UNITS = "%|phan tram|gio|ngay lam viec|ngay|tuan|thang|nam|lan|dong|nghin dong|trieu dong|ty dong|trieu|ty|nguoi|tuoi|km|m2|met|tan|cv|thanh vien"
# Addresses and numbers of documents say where a rule stands, not what it says.
_ADDRESS = re.compile(
    r"\b(?:cac\s+)?(?:dieu|khoan|diem|chuong|muc|phu luc|mau(?: so)?)\s+[\da-z]{1,4}(?:(?:\s*,\s*|\s+va\s+|\s+hoac\s+|\s+den\s+)"
    r"(?:(?:dieu|khoan|diem)\s+)?(?:\d{1,3}[a-z]?|[a-z])(?![\w/.%])(?!\s+(?:" + _UNITS + r")\b))*"
)
_NUMBER = re.compile(r"\b\d+[/-]\d{0,4}[/-]?[a-z][\w/-]*|\bso\s+\d+[\w/-]*")
_LABEL = re.compile(r"(?m)^\s*(?:\d{1,3}[a-z]?\.|[a-z]\d?\))(?=\s)")
_FIGURE = re.compile(
    r"(?:ngay\s+)?(?P<date>\d{1,2}/\d{1,2}/\d{4})|ngay (?P<d>\d{1,2}) thang (?P<m>\d{1,2}) nam (?P<y>\d{4})"
    rf"|(?<![\w/.,])(?P<value>\d[\d.,]*)(?:\s*\([^()]{{1,30}}\))?(?:\s*(?P<unit>{_UNITS})(?![\w]))?"
)


def figures(text: str) -> Counter[str]:
    """Each figure as often as it stands in the text, in one form: '05 ngày làm việc' and '5 (năm) ngày làm việc' are one."""
    folded = _LABEL.sub(" ", fold(text))
    folded = _ADDRESS.sub(" ", _NUMBER.sub(" ", folded))
    found: Counter[str] = Counter()
    for match in _FIGURE.finditer(folded):
        if match["date"]:
            found[_day(*match["date"].split("/"))] += 1
        elif match["y"]:
            found[_day(match["d"], match["m"], match["y"])] += 1
        else:
            found[f"{_value(match['value'])} {match['unit'] or ''}".strip().replace(" %", "%")] += 1
    return found


def _value(written: str) -> str:
    plain = re.sub(r"[.](?=\d{3}(?!\d))", "", written.rstrip(".,"))
    return re.sub(r"^0+(?=\d)", "", plain)


def _day(day: str, month: str, year: str) -> str:
    return f"{int(day):02d}/{int(month):02d}/{year}"
