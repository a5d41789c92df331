"""What sums are worked out with: the figures of the law and the lists of words, as the library has them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.sums import work_out
from bot.sums.asked import Worked
from knowledge.practice.book import Practice, read_practice
from knowledge.spelling import WordLists, read_word_lists, wording
from tests.conftest import ROOT, TODAY

LIBRARY = ROOT / "knowledge" / "library"


@pytest.fixture(scope="session")
def book() -> Practice:
    return read_practice(LIBRARY / "practice")


@pytest.fixture(scope="session")
def lists() -> WordLists:
    return read_word_lists(LIBRARY / "words")


@pytest.fixture(scope="session")
def worked(book: Practice, lists: WordLists) -> Callable[[str], Worked]:
    """What comes out for a question as it was typed."""
    return lambda question: work_out(wording(question, lists).plain, TODAY, book)
