"""Makes a person's words comparable with the law's: abbreviations written out, layman's words given their legal term.

The word lists are data in `knowledge/library/words/`, which a lawyer edits. What was typed is kept; terms are added behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from knowledge.errors import LibraryError
from knowledge.lists import read_lines
from knowledge.text import fold, has_accents, place_tones, words


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
        return {fold(key): value for key, value in self.laymen.items()}

    @cached_property
    def _laymen_pattern(self) -> re.Pattern[str]:
        return _one_of(self._laymen_folded)

    def core_terms(self, text: str) -> int:
        """How many of the field's own terms stand in the text."""
        folded = f" {' '.join(words(fold(text)))} "
        return sum(f" {fold(term)} " in folded for term in self.core)

    def written_out(self, text: str) -> str:
        """The text with its abbreviations written out."""
        return self._abbreviation_pattern.sub(lambda m: self._lower_abbreviations[m[0].lower()], text)

    def legal_terms(self, text: str) -> list[str]:
        """Legal terms for the layman's words in the text, each once."""
        found = [self._laymen_folded[match[0]] for match in self._laymen_pattern.finditer(fold(text))]
        return list(dict.fromkeys(found))


def _one_of(keys: dict[str, str]) -> re.Pattern[str]:
    alternatives = "|".join(re.escape(key) for key in sorted(keys, key=len, reverse=True))
    return re.compile(rf"(?<![\w/-])(?:{alternatives})(?![\w/]|-\w)" if alternatives else r"(?!)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wording:
    """A question ready for search: as written out, and with legal terms added; `accented` says whether its accents can be trusted."""

    plain: str
    expanded: str
    accented: bool
    core_terms: int = 0


def wording(text: str, lists: WordLists) -> Wording:
    """The searchable wording of a cleaned question."""
    plain = lists.written_out(place_tones(text))
    terms = [term for term in lists.legal_terms(plain) if fold(term) not in fold(plain)]
    return Wording(plain, " ".join([plain, *terms]), has_accents(text), lists.core_terms(plain))


def read_word_lists(folder: Path) -> WordLists:
    """The lists of `abbreviations.yaml`, `laymen.yaml` and `core.txt`. Raises LibraryError when one is missing or not a map of words."""
    return WordLists(_read_map(folder / "abbreviations.yaml"), _read_map(folder / "laymen.yaml"), read_lines(folder / "core.txt"))


def _read_map(path: Path) -> dict[str, str]:
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as fault:
        raise LibraryError(str(path), 1, f"cannot be read ({fault})", "Write 'word: term' lines") from None
    if not isinstance(rows, dict) or not all(isinstance(value, str) for value in rows.values()):
        raise LibraryError(str(path), 1, "not a map of words to terms", "Write 'word: term' lines")
    return {str(key): value for key, value in rows.items()}
