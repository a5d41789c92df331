"""Says how much a message means by itself, each measure taken only when it is asked for: two of them cost as much as a search."""

from __future__ import annotations

from functools import cached_property

from bot.state import Knowledge
from knowledge.spelling import Wording, wording


class Said:
    """A message measured against what people ask of the field."""

    def __init__(self, text: str, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._words: Wording = wording(text, knowledge.lists)

    @property
    def terms(self) -> int:
        """How many terms of the field it has."""
        return self._words.core_terms

    @cached_property
    def known(self) -> float:
        """The share of its pairs of words that people use when they ask of the field, 0 to 1."""
        return self._knowledge.field.known(self._words)

    @cached_property
    def likelihood(self) -> float:
        """How likely it is of the field, 0 to 1."""
        return self._knowledge.field.likelihood(self._words)

    @cached_property
    def nearer(self) -> float:
        """How much nearer it is to the field than to others."""
        return self._knowledge.field.nearer(self._words)
