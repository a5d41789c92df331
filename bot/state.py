"""One state of the law, open for questions: what the assistant holds between two refreshes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as having

from knowledge.field import Field
from knowledge.practice.book import Practice
from knowledge.practice.deciding import Deciding
from knowledge.practice.forms import Form
from knowledge.practice.officers import Sheets
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
    sheets: Sheets = having(default_factory=dict)  # what officers work by
    forms: Mapping[str, Form] = having(default_factory=dict)
    deciding: tuple[Deciding, ...] = ()  # what is asked of who tells a case without the fact it hangs on
