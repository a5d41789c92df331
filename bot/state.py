"""One state of the law, open for questions: what the assistant holds between two refreshes."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.field import Field
from knowledge.practice.book import Practice
from knowledge.search import Search
from knowledge.situations import Situations
from knowledge.spelling import WordLists
from knowledge.store import Library
from knowledge.succession import Successions


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything of one build."""

    name: str
    library: Library
    lists: WordLists
    search: Search
    field: Field
    successions: Successions
    practice: Practice | None  # None in a library without rules as code
    situations: Situations
