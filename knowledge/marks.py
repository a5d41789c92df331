"""Recognises on one line of an official text the mark of a Phần, Chương, Mục, Điều, clause or point, cleanly printed or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.document import Level
from knowledge.sequence import ODD, QUOTED, QUOTED_TEXT, REPAIR, STRANGE_TEXT, TEXT, VARIANT, Reading, letter_key, number_key


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of an article, clause or point: its label as printed and as read at first sight, and the rest of the line.

    It is odd when it is not printed as it should be, and strange when the label itself cannot be right ("8)", "$.").
    """

    printed: str
    label: str
    rest: str
    odd: bool
    strange: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """The mark of a part, chapter, section or subsection; `label` is "" where the print cannot be read."""

    level: Level
    label: str
    title: str
    printed: str


# What OCR leaves before a mark. An opening quotation mark is not among it: behind that stands the text of another document.
_JUNK = r"[\s_\-–—.,:;*~|„'‘`ˆ°•]{0,5}"
_ARTICLE = re.compile(
    rf"^{_JUNK}[ĐÐ][iíìỉl1][eêềếểễệẻẽ]u\s*(?P<label>\d[\dlIOo]{{0,2}}|[lI](?=\.))\s?(?P<suffix>[a-zđ](?![\w]))?\s*(?P<mark>[.:,;]*)\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(rf"^(?P<junk>{_JUNK})(?P<label>\d{{1,3}}[a-zđ]?|[lI|$§Ả])\s?(?P<mark>[.,:;])(?P<space>\s*)(?P<rest>\S.*)$")
_POINT = re.compile(rf"^(?P<junk>{_JUNK})(?P<label>[A-Za-zĐđðÐ]\d?|[\d&§]|[a-zđ]{{2}})(?P<space>\s?)\)\s*(?P<rest>.*)$")
_OLD_POINT = re.compile(r"^(?P<label>[a-zđ])\s?[./]\s+(?P<rest>\S.*)$")  # "a. …" and "a/ …" of documents before 2009

_ROMAN = "[IVXLC]{1,7}"
_ORDINAL = r"thứ\s+(?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)"
_DIVISION = re.compile(
    rf"^(?P<name>Phần|Chương|Mục|Tiểu mục)\s+(?P<label>{_ROMAN}|\d{{1,2}}[a-zđ]?|{_ORDINAL}|[A-Z])(?![\wÀ-ỹ])\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_ODD_DIVISION = re.compile(
    rf"^{_JUNK}[“\"]?\s?(?P<name>Ph[aầâẩ]n|[CG]h[uưươớờơ]{{1,2}}ng|M[uụưạa]c)(?:[\s;:.,]{{1,3}}|(?=[IVX]))(?P<label>\S{{1,4}})\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_LEVELS: dict[str, Level] = {"p": "part", "c": "chapter", "g": "chapter", "m": "section", "t": "subsection"}

_DIGITS = {"l": "1", "I": "1", "|": "1", "$": "5", "§": "5", "Ả": "4"}
# What each print has been mistaken for in scanned texts; letters of one shape, mostly.
_MISTAKEN = {
    "g": "q", "q": "g", "8": "ga", "1": "il", "4": "a", "6": "bg", "0": "oc", "9": "gq", "&": "ga", "§": "ga", "5": "s", "2": "a",
    "d": "đ", "đ": "d", "c": "e", "e": "c", "i": "l", "l": "i", "b": "h", "h": "b", "u": "v", "v": "y", "y": "v", "n": "m", "m": "n",
}  # fmt: skip


def find_division(line: str) -> Division | None:
    """The division that this line opens; a misprinted one is believed only when its title is in capitals."""
    if match := _DIVISION.match(line):
        title = match["rest"].lstrip(" .:-–—„,;")
        if not title or title[0].isupper() and (match["rest"].startswith((".", ":")) or is_capitals(title)):
            return Division(
                _LEVELS[match["name"][0].lower()], _division_label(match["label"]), title, f"{match['name']} {match['label']}"
            )
    odd = _ODD_DIVISION.match(line)
    if (
        odd
        and len(line) < 250
        and (is_capitals(odd["rest"]) if odd["rest"] else len(odd["label"]) < 3 and not odd["label"].islower())
    ):
        title = odd["rest"].lstrip(" .:-–—„,;")
        return Division(
            _LEVELS[odd["name"][0].lower()],
            odd["label"] if odd["label"].isdigit() else "",
            title,
            f"{odd['name']} {odd['label']}",
        )
    return None


def _division_label(printed: str) -> str:
    return printed.upper() if re.fullmatch(_ROMAN, printed, re.IGNORECASE) else printed.lower()


def is_capitals(text: str) -> bool:
    """Whether the text is printed in capitals, a slip of OCR or two aside."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def find_article(line: str) -> Mark | None:
    """The article that this line opens. A line that goes on in lower case refers to an article, it does not open one."""
    match = _ARTICLE.match(line)
    if not match or (match["rest"] and match["rest"][0].islower() and "." not in match["mark"]):
        return None
    if match["rest"].startswith((")", "/", "”")) or (
        not match["mark"] and re.match(r"(?:Luật|Bộ luật|Nghị|Thông tư|Quyết)\b", match["rest"])
    ):
        return None
    digits = re.sub("[lI]", "1", re.sub("[Oo]", "0", match["label"]))
    printed = match["label"] + (match["suffix"] or "")
    if not digits.strip("0"):
        return None
    clean = line.startswith("Điều ") and match["label"].isdigit() and match["mark"] in (".", "")
    return Mark(printed, digits.lstrip("0") + (match["suffix"] or "").lower(), match["rest"].strip(), not clean)


def find_clause(line: str) -> Mark | None:
    """The clause that this line opens."""
    match = _CLAUSE.match(line)
    if not match:
        return None
    clean = not match["junk"] and match["mark"] == "." and bool(match["space"]) and match["label"][0].isdigit()
    rest = match["rest"]
    if not clean and not rest.lstrip("“\"'(")[:1].isupper():  # "2, 3 và 4 Điều này" is the rest of a wrapped line
        return None
    strange = match["label"] in _DIGITS
    if strange and (is_capitals(rest) or len(rest.split()) < 4):
        return None
    return Mark(match["label"], _DIGITS.get(match["label"], match["label"].lower()), rest, not clean, strange)


def find_point(line: str) -> Mark | None:
    """The point that this line opens."""
    if (old := _OLD_POINT.match(line)) and old["rest"][0].isupper():
        return Mark(old["label"], old["label"], old["rest"], odd=True)
    match = _POINT.match(line)
    if not match or not match["rest"]:
        return None
    label = match["label"].replace("ð", "đ").replace("Ð", "Đ").lower()
    clean = not match["junk"] and not match["space"] and bool(re.fullmatch(r"[a-zđ]\d?", match["label"]))
    return Mark(match["label"], label, match["rest"], not clean, strange=not re.fullmatch(r"[a-zđ]\d?", label))


def number_readings(mark: Mark, *, quoted: bool, suspicious: bool) -> list[Reading]:
    """What a number may say; other digits are thought of only where the number does not go with its neighbours."""
    cost = REPAIR if mark.strange else ODD if mark.odd else 0.0
    own = Reading(number_key(mark.label), mark.label, cost + (QUOTED if quoted else 0))
    readings = [own, _as_text(mark, quoted=quoted)]
    if suspicious and mark.label.isdigit():
        for at in range(len(mark.label)):
            variants = (mark.label[:at] + digit + mark.label[at + 1 :] for digit in "0123456789" if digit != mark.label[at])
            readings += [Reading(number_key(label), label, VARIANT + own.cost) for label in variants if label[0] != "0"]
    return readings


def letter_readings(mark: Mark, *, quoted: bool, scanned: bool) -> list[Reading]:
    """What the letter of a point may say. In a text that was not scanned a clean letter is hardly ever wrong."""
    extra = QUOTED if quoted else 0
    readings = [_as_text(mark, quoted=quoted)]
    letters = {} if mark.strange else {mark.label: ODD if mark.odd else 0.0}
    for letter in mark.label if mark.label.isalpha() else mark.label[0]:
        for other in (letter if len(mark.label) > 1 and letter.isalpha() else "") + _MISTAKEN.get(letter, ""):
            letters.setdefault(other, REPAIR if scanned or mark.odd else VARIANT)
    return readings + [Reading(letter_key(label), label, cost + extra) for label, cost in letters.items()]


def _as_text(mark: Mark, *, quoted: bool) -> Reading:
    return Reading(None, mark.printed, QUOTED_TEXT if quoted else STRANGE_TEXT if mark.strange else TEXT)
