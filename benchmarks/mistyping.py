"""The ways in which people type a question otherwise than the law prints it, each repeatable by its seed.

`half` loses the accents of half the words, `typo` makes one mistake a sentence, `abbreviate` writes what staff write for a term.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from random import Random

from knowledge.text import fold, has_accents, nfc, place_tones, sentences

_WORD = re.compile(r"[^\W\d_]+")
_TELEX = {"\u0302": "", "\u0306": "w", "\u031b": "w", "\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}


def bare(text: str) -> str:
    """The text without its accents; capitals stay."""
    return "".join(f.upper() if letter.isupper() else f for letter, f in zip(nfc(text), fold(text), strict=True))


def half(text: str, chance: Random) -> str:
    """The text with half of its accented words bare, chosen by chance."""
    text = nfc(text)
    accented = [match.span() for match in _WORD.finditer(text) if has_accents(match[0])]
    for start, end in chance.sample(accented, (len(accented) + 1) // 2):
        text = text[:start] + bare(text[start:end]) + text[end:]
    return text


def typo(text: str, chance: Random) -> str:
    """The text with one mistake of typing in each sentence that has a word of three letters or more."""
    return " ".join(_mistyped(sentence, chance) for sentence in sentences(nfc(text)))


def abbreviate(text: str, abbreviations: Mapping[str, str]) -> str:
    """The text with every term that has an abbreviation of one word written as the first such."""
    short: dict[str, str] = {}
    for key, term in abbreviations.items():
        if " " not in key and len(key) < len(term):
            short.setdefault(term.lower(), key)
    longest_first = sorted(short, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda match: short[match[0].lower()], place_tones(text))


def telex(word: str) -> str:
    """The keys of a word as a program without Vietnamese writes them: `điều` becomes `ddieefu`."""
    return "".join(_keys(letter) for letter in nfc(word))


def _keys(letter: str) -> str:
    if letter in "đĐ":
        return "dd" if letter == "đ" else "DD"
    base, *marks = unicodedata.normalize("NFD", letter)
    return base + "".join(base if mark == "\u0302" else _TELEX.get(mark, "") for mark in marks)


def _mistyped(sentence: str, chance: Random) -> str:
    places = [match.span() for match in _WORD.finditer(sentence) if len(match[0]) >= 3]
    if not places:
        return sentence
    start, end = chance.choice(places)
    before, word, behind = sentence[:start], sentence[start:end], sentence[end:]
    n = chance.randrange(len(word) - 1)
    mistakes = [
        word[:n] + word[n + 1] + word[n] + word[n + 2 :] + behind,  # two letters swapped
        word[:n] + word[n + 1 :] + behind,  # one dropped
        word[: n + 1] + word[n:] + behind,  # one doubled
    ]
    if behind.startswith(" "):
        mistakes.append(word + behind[1:])  # the space forgotten
    if has_accents(word):
        mistakes.append(telex(word) + behind)
    return before + chance.choice(mistakes)
