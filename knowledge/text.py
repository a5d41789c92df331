"""Makes Vietnamese text comparable: Unicode form, tone placement, accents, words, sentences.

`fold` keeps the length of an NFC text, so that a place found in the folded text is the same place in the original.
"""

from __future__ import annotations

import re
import unicodedata

# The tone stands on the first vowel of an open "oa", "oe", "uy" in the law's print (hòa, khỏe, thủy); many keyboards put it on the
# second (hoà, khoẻ, thuỷ). "qu" is a consonant: "quý" stays.
_LATE_TONE = re.compile(r"(o)([àáảãạèéẻẽẹ])(?!\w)|(?<![qQ])(u)([ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
# Some keyboards send the hat or horn after the tone; Unicode does not see one letter in that order.
_LATE_HAT = re.compile("([\u0300\u0301\u0303\u0309\u0323])([\u0302\u0306\u031b])")
_LOOSE_HAT = re.compile("[\u0302\u0306\u031b]")
_SIGNS = {
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "Ð": "d",
    "\u2010": "-",
    "\u2011": "-",
}  # Eth is printed for Đ; two hyphens of word processors
_WORD = re.compile(r"\w+")
_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"  # À-Ỹ would hold small letters too
_SENTENCE_END = re.compile(rf"(?<=[.;!?…])\s+(?=[\"“(]?[{_CAPITAL}0-9])|\n+")


def nfc(text: str) -> str:
    """The text in composed Unicode form, in which one Vietnamese letter is one character."""
    if text.isascii():
        return text
    composed = unicodedata.normalize("NFC", text)
    if not _LOOSE_HAT.search(composed):  # one that was typed in its place is part of its letter now
        return composed
    if not _LATE_HAT.search(parts := unicodedata.normalize("NFD", composed)):
        return composed
    return unicodedata.normalize("NFC", _LATE_HAT.sub(r"\2\1", parts))


def place_tones(text: str) -> str:
    """The text with its tones where the law prints them: `hoà` becomes `hòa`, `uỷ` becomes `ủy`."""
    return _LATE_TONE.sub(_early_tone, nfc(text))


def _early_tone(match: re.Match[str]) -> str:
    first, second = (match[1], match[2]) if match[1] else (match[3], match[4])
    base, tone = unicodedata.normalize("NFD", second)[0], unicodedata.normalize("NFD", second)[1:]
    return nfc(first + tone) + base


def fold(text: str) -> str:
    """Lower case without accents, one character for each character of the NFC text (`Đ` and `đ` become `d`)."""
    return nfc(text).translate(_FOLDED)


class _Folded(dict[int, str]):
    """The folded form of each letter met so far: a text has few letters and is long."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_letter(chr(code))
        return folded


_FOLDED = _Folded()


def _fold_letter(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    if letter in _SIGNS:
        return _SIGNS[letter]
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def has_accents(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark; a text without any was probably typed without them."""
    return any(not letter.isascii() and _FOLDED[ord(letter)] != letter.lower() for letter in nfc(text))


def clean(text: str) -> str:
    """A person's input without control characters and invisible marks, spaces collapsed, tones placed."""
    visible = _CONTROL.sub(" ", text.encode("utf-8", "ignore").decode("utf-8").replace("\xad", ""))
    return re.sub(r"\s+", " ", place_tones(visible)).strip()


def words(text: str) -> list[str]:
    """Lower-case words (syllables, in Vietnamese) with their tones placed."""
    return _WORD.findall(place_tones(text).lower())


def folded_words(text: str) -> str:
    """The folded words of a message with single spaces between them; a command keeps its `/`."""
    return " ".join(re.sub(r"[^\w/ ]+", " ", fold(text)).split())


def terms(syllables: list[str]) -> list[str]:
    """Search terms of a run of syllables: each one, and each neighbouring pair, since most Vietnamese words have two."""
    return syllables + [f"{a}_{b}" for a, b in zip(syllables, syllables[1:], strict=False)]


def sentences(text: str) -> list[str]:
    """Sentences (a semicolon ends one too: legal lists are cut there), without empty ones."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part and part.strip()]


def shorten(text: str, limit: int) -> str:
    """The text, cut at a word's end with an ellipsis when longer than `limit` characters."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def slug(text: str) -> str:
    """A form for addresses and file names: `106/2025/QH15` becomes `106-2025-qh15`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
