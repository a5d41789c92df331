"""Mistyped words are mended where they fit between their neighbours, and nothing else is touched."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from benchmarks.mistyping import telex, typo
from bot.serve import LiveKnowledge
from knowledge.embedding import Embedder
from knowledge.index import open_build
from knowledge.refresh import Refresher
from knowledge.review import read_golden
from knowledge.spelling import Wording, WordLists, wording
from knowledge.text import fold, words
from knowledge.typos import Typos, meant
from tests.conftest import ROOT

GOLDEN = [each.question for each in read_golden(ROOT / "knowledge" / "library")]


@pytest.fixture(scope="module")
def lists(live: LiveKnowledge) -> WordLists:
    return live().lists


@pytest.fixture(scope="module")
def typos(refresher: Refresher, live: LiveKnowledge, embedder: Embedder) -> Typos:
    return Typos(open_build(refresher.index, embedder, live().name))  # left open: the assistant reads the same one


@pytest.fixture(scope="module")
def mended(typos: Typos, lists: WordLists) -> Callable[[str], Wording]:
    return lambda text: typos.mended(wording(text, lists))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("thời hạn tự ngueyn thi hành án", "thời hạn tự nguyen thi hành án", id="two letters swapped"),
        pytest.param("kê biên tài sảnn thế nào", "kê biên tài san thế nào", id="one doubled"),
        pytest.param("cưỡng chếế giao nhà thế nào", "cưỡng che giao nhà thế nào", id="a vowel doubled"),
        pytest.param("chấp hànhviên xác minh trong mấy ngày", "chấp hanh vien xác minh trong mấy ngày", id="a space forgotten"),
        pytest.param("khieeus nại quyết định kê biên", "khieu nại quyết định kê biên", id="keys of Telex"),
        pytest.param("người dduowjc thi hành án", "người duoc thi hành án", id="keys of Telex with their tone"),
        pytest.param("thoi han tu ngyuen thi hanh an", "thoi han tu nguyen thi hanh an", id="without accents"),
        pytest.param("ke bien taii san the nao", "ke bien tai san the nao", id="without accents, doubled"),
        pytest.param("thời hạn tự nguyện", "thời hạn tự nguyện", id="nothing to mend"),
        pytest.param("án phí Vinfast", "án phí Vinfast", id="a name"),
        pytest.param("ABCXYZ thi hành án", "ABCXYZ thi hành án", id="capitals"),
        pytest.param("blockchain qwrtzp", "blockchain qwrtzp", id="words that fit nowhere"),
        pytest.param("cách nấu phở bò", "cách nấu phở bò", id="a question about something else"),
        pytest.param("xq", "xq", id="too short"),
        pytest.param("", "", id="empty"),
        pytest.param("123 …!?", "123 …!?", id="no words"),
    ],
)
def test_mended(mended: Callable[[str], Wording], typed: str, says: str) -> None:
    assert mended(typed).plain == says


def test_what_was_typed_right_stays(mended: Callable[[str], Wording], lists: WordLists) -> None:
    assert [q for text in GOLDEN for q in (text, fold(text)) if mended(q) != wording(q, lists)] == []


def test_most_mistakes_are_mended(mended: Callable[[str], Wording], lists: WordLists) -> None:
    """Mistakes made by chance, the same each time; some make another word and cannot be seen."""
    right = [words(fold(mended(typo(text, Random(text))).plain)) == words(fold(wording(text, lists).plain)) for text in GOLDEN]
    assert sum(right) / len(right) >= 0.65


@pytest.mark.parametrize("word", ["được", "điều", "nguyện", "cưỡng", "hoãn", "quyền", "đất", "thửa", "bị"])
def test_keys_of_telex_are_read(word: str) -> None:
    assert fold(word) in set(meant(telex(word)))
