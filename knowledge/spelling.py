"""Makes a person's words comparable with the law's: abbreviations written out, layman's words given their legal term.

The word lists are data in `knowledge/library/words/`, which a lawyer edits. What was typed is kept; terms are added behind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from knowledge.errors import LibraryError
from knowledge.lists import read_lines, read_text
from knowledge.maps import read_map
from knowledge.text import fold, has_accents, place_tones, words

_SYLLABLE = re.compile(r"[a-zđ][aeiouy]", re.IGNORECASE)  # ba, ca, ta: words, and abbreviations only in capitals

# The share of words with accents that tells a question in print from one that lost half of them: of 9,897 asked questions of the library
# of six words and more 0.4 % lie below it, of the same with half of their accents lost 99.9 %. In fewer words any accent counts.
ACCENTED, ENOUGH = 0.55, 6


@dataclass(frozen=True)
class WordLists:
    """Abbreviations ("CHV" -> "Chấp hành viên") and layman's words ("xiết nhà" -> "kê biên nhà ở")."""

    abbreviations: dict[str, str]
    laymen: dict[str, str]
    core: tuple[str, ...] = ()

    @cached_property
    def _abbreviation_pattern(self) -> re.Pattern[str]:
        return _one_of(self.abbreviations)

    @cached_property
    def _lower_abbreviations(self) -> dict[str, str]:
        return {key.lower(): value for key, value in self.abbreviations.items()}

    @cached_property
    def _laymen_folded(self) -> dict[str, str]:
        return {fold(key): key for key in self.laymen}

    @cached_property
    def _laymen_pattern(self) -> re.Pattern[str]:
        return _one_of(self._laymen_folded)

    @cached_property
    def _core_folded(self) -> tuple[str, ...]:
        return tuple(f" {fold(term)} " for term in self.core)

    @cached_property
    def worded(self) -> Callable[[str], Wording]:
        """The wording of a text; the last ones are kept, since a question is worded at every desk it is shown to."""
        return lru_cache(maxsize=256)(lambda text: _worded(text, self))

    def core_terms(self, text: str) -> int:
        """How many of the field's own terms stand in the text."""
        folded = f" {' '.join(words(fold(text)))} "
        return sum(term in folded for term in self._core_folded)

    def written_out(self, text: str) -> str:
        """The text with its abbreviations written out."""
        return self._abbreviation_pattern.sub(self._meaning, text)

    def without_abbreviations(self, text: str) -> str:
        """The text without its abbreviations, which say nothing of how the rest was typed."""
        return self._abbreviation_pattern.sub(" ", text)

    def _meaning(self, match: re.Match[str]) -> str:
        if match[0].upper() in self.abbreviations and _SYLLABLE.fullmatch(match[0]) and not match[0].isupper():
            return match[0]
        return self._lower_abbreviations[match[0].lower()]

    def legal_terms(self, text: str, *, accented: bool) -> list[str]:
        """Legal terms for the layman's words in the text, each once; in an accented text "thửa" is not "thưa"."""
        spoken = place_tones(text).lower()
        found = []
        for match in self._laymen_pattern.finditer(fold(spoken)):
            key, typed = self._laymen_folded[match[0]], spoken[match.start() : match.end()]
            if not accented or typed == place_tones(key).lower() or (" " in typed and not has_accents(typed)):
                found.append(self.laymen[key])
        return list(dict.fromkeys(found))


def _one_of(keys: dict[str, str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
    return re.compile(rf"(?<![\w/-])(?:{alternatives})(?![\w/]|-\w|\.\s?\d)" if alternatives else r"(?!)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question ready for search: as written out, and with legal terms added; `accented` says whether it was typed with its accents."""

    plain: str
    expanded: str
    accented: bool
    core_terms: int = 0


def wording(text: str, lists: WordLists) -> Wording:
    """The searchable wording of a cleaned question."""
    return lists.worded(text)


def _worded(text: str, lists: WordLists) -> Wording:
    plain = lists.written_out(place_tones(text))
    terms = [term for term in lists.legal_terms(plain, accented=has_accents(text)) if fold(term) not in fold(plain)]
    return Wording(plain, " ".join([plain, *terms]), _typed_with_accents(text, lists), lists.core_terms(plain))


def _typed_with_accents(text: str, lists: WordLists) -> bool:
    """Whether as many of its words have accents as in print; a question that lost half of them is found better without the rest."""
    typed = [has_accents(word) for word in words(lists.without_abbreviations(text)) if word.isalpha()]
    return sum(typed) >= ACCENTED * len(typed) if len(typed) >= ENOUGH else any(typed)


def read_word_lists(folder: Path) -> WordLists:
    """The lists of `abbreviations.yaml`, `laymen.yaml` and `core.txt`.

    Raises LibraryError when one is missing or not a map of words, or when a word stands twice in it.
    """
    abbreviations = _read_words(folder / "abbreviations.yaml", str.lower)
    return WordLists(abbreviations, _read_words(folder / "laymen.yaml", fold), read_lines(folder / "core.txt"))


def _read_words(path: Path, form: Callable[[str], str]) -> dict[str, str]:
    """The words of one file; `form` is that in which they are looked up and must differ."""
    written = read_map(read_text(path), str(path), "the list")
    if not written.rows:
        raise LibraryError(str(path), 1, "not a map of words to terms", "Write 'word: term' lines")
    seen: dict[str, str] = {}
    for key, term in written.rows.items():
        if not isinstance(term, str) or not term.strip() or not key.strip():
            raise written.fault(key, f"{key!r} has no term", "Write 'word: term' lines")
        if other := seen.get(form(key)):
            raise written.fault(key, f"{key!r} is the same word as {other!r}", "Keep one of the two")
        seen[form(key)] = key
    return written.rows
