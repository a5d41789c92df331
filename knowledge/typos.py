"""Mends words that were mistyped: what stands nowhere in the library becomes the one known word that fits between its neighbours.

A word is mended only when the mended one stands beside a neighbour of it somewhere in the library or its asked questions: a name or a
foreign word, which fits nowhere, stays as it was typed, and so do a word in capitals and a question in which much is unknown. Mended
words have no accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from string import ascii_lowercase

from knowledge.build import Build
from knowledge.spelling import Wording
from knowledge.text import fold

SHORTEST = 3  # letters: a shorter word has too many neighbours
MOST = 0.25  # of the words: a question in which as many are unknown is about something else
_WORD = re.compile(r"[^\W\d_]+")
_VOWEL, _DOUBLED, _TONE = re.compile(r"[aeiouy]"), re.compile(r"([daeo])\1"), "sfrxj"  # keys of Telex


class Typos:
    """Mends questions with the words of one open build."""

    def __init__(self, build: Build) -> None:
        self._views = (build.views["articles"], build.views["asked"])

    def mended(self, question: Wording) -> Wording:
        """The question with its mistyped words mended; itself where there is none."""
        expanded = self._mended(question.expanded)
        if expanded == question.expanded:
            return question
        return replace(question, plain=self._mended(question.plain), expanded=expanded)

    def _mended(self, text: str) -> str:
        typed = list(_WORD.finditer(text))
        folded = [fold(word[0]) for word in typed]
        unknown = [place for place, word in enumerate(folded) if not self._known(word)]
        if len(unknown) >= MOST * len(folded):
            return text
        for place in reversed(unknown):
            word = folded[place]
            if len(word) < SHORTEST or typed[place][0].isupper():
                continue
            before, after = folded[place - 1] if place else "", folded[place + 1] if place + 1 < len(folded) else ""
            fitting = {each: self._fits(each, before, after) for each in set(meant(word)) if all(map(self._known, each.split()))}
            best = max(sorted(fitting), key=lambda each: fitting[each], default=word)
            if fitting.get(best):
                text = text[: typed[place].start()] + best + text[typed[place].end() :]
                folded[place] = best.split()[0]  # what the word before it is measured by
        return text

    def _fits(self, meant: str, before: str, after: str) -> int:
        """How often the words stand beside their neighbours; two that were written as one, beside each other or both beside a neighbour."""
        first, *second = meant.split()
        last = second[0] if second else first
        beside = [self._times(f"{before}_{first}") if before else 0, self._times(f"{last}_{after}") if after else 0]
        if not second:
            return sum(beside)
        together = self._times(f"{first}_{last}")
        return together + sum(beside) if together or all(beside) else 0

    def _known(self, word: str) -> bool:
        return any(word in view for view in self._views)

    def _times(self, term: str) -> int:
        """In how many articles and asked questions a word or a pair stands."""
        return sum(len(view.postings(term)[0]) for view in self._views)


def meant(word: str) -> Iterator[str]:
    """What a folded word may have been meant for: one letter more, less or other, two swapped, a space forgotten, keys of Telex left standing."""
    cuts = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    for left, right in cuts:
        if min(len(left), len(right)) > 1:
            yield f"{left} {right}"
        if len(right) > 1:
            yield left + right[1] + right[0] + right[2:]
        if right:
            yield left + right[1:]
            yield from (left + letter + right[1:] for letter in ascii_lowercase)
        yield from (left + letter + right for letter in ascii_lowercase)
    yield from _without_keys(word)


def _without_keys(word: str) -> Iterator[str]:
    """The word that keys of Telex make, with and without its tone: `dduowjc` is `duoc`."""
    word = word.replace("w", "")
    yield _DOUBLED.sub(r"\1", word)
    vowel = _VOWEL.search(word)
    for place, letter in enumerate(word):
        if vowel and place > vowel.start() and letter in _TONE:
            yield _DOUBLED.sub(r"\1", word[:place] + word[place + 1 :])
