"""Answers written from found passages alone: short enough, each paragraph with its place, each word the library's."""

from __future__ import annotations

import re

import pytest

from bot import texts
from bot.compose import SAID, Draft, compose, place_name
from bot.serve import LiveKnowledge
from knowledge.spelling import wording
from knowledge.text import nfc
from tests.conftest import TODAY

FRAME = 350  # places, headings and related places around the rule
QUESTIONS = [
    "Thời hạn tự nguyện thi hành án là bao lâu?",
    "Căn cứ hoãn thi hành án gồm những gì?",
    "Những tài sản nào không được kê biên?",
    "Người được thi hành án có những quyền gì?",
    "mức phí thi hành án dân sự là bao nhiêu",
    "khi nào được tạm đình chỉ thi hành án",
    "chủ tàu vay vốn đóng tàu lãi suất bao nhiêu theo nghị định 67",
    "đảng viên không được làm những gì",
    "Các biện pháp cưỡng chế thi hành án gồm những gì?",
    "nhiệm vụ của Ủy ban nhân dân cấp tỉnh trong thi hành án",
    "người đang chấp hành hình phạt tù được thông báo thi hành án thế nào",
    "thu hồi quyết định thi hành án trong trường hợp nào",
]


def drafted(live: LiveKnowledge, question: str, limit: int = 1400, citations: int = 4) -> Draft:
    knowledge = live()
    found = knowledge.search.find(wording(question, knowledge.lists), TODAY, "citizen", limit=8)
    return compose(question, found, knowledge.library, limit=limit, citations=citations)


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", nfc(text)).strip()


@pytest.mark.parametrize("limit", [300, 600, 1400, 4000])
@pytest.mark.parametrize("question", QUESTIONS)
def test_limit(live: LiveKnowledge, question: str, limit: int) -> None:
    assert 0 < len(drafted(live, question, limit).text) <= limit + FRAME


@pytest.mark.parametrize("citations", [1, 2, 4, 10])
@pytest.mark.parametrize("question", QUESTIONS[:4])
def test_citations(live: LiveKnowledge, question: str, citations: int) -> None:
    draft = drafted(live, question, citations=citations)
    assert 1 <= len(draft.passages) <= citations
    assert len(draft.quotes) == len(draft.passages)


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_paragraph_has_its_place(live: LiveKnowledge, question: str) -> None:
    draft = drafted(live, question)
    paragraphs = [part for part in draft.text.split("\n\n") if not part.startswith(texts.SEE_ALSO)]
    headed: set[tuple[str, str]] = set()  # the heading of an article is said once
    for paragraph, passage in zip(paragraphs, draft.passages, strict=False):
        last = paragraph.splitlines()[-1]
        heading = "" if passage.article_key in headed else " – .+"
        assert re.fullmatch(rf"\([^–]+{heading}\)( \(Trích;.*\))?", last), last
        headed.add(passage.article_key)
        number = live().library.by_key[passage.document].name
        assert number in last
        if passage.citation.article:
            assert f"Điều {passage.citation.article} " in last
    assert 1 <= len(paragraphs) <= len(draft.passages)


@pytest.mark.parametrize("question", QUESTIONS)
def test_related_places_are_named(live: LiveKnowledge, question: str) -> None:
    draft = drafted(live, question)
    named = [part for part in draft.text.split("\n\n") if part.startswith(texts.SEE_ALSO)]
    shown = draft.text.count("\n(")
    assert len(named) == (len(draft.passages) > shown)
    if named:
        lines = named[0].splitlines()[1:]
        assert len(lines) == len(draft.passages) - shown
        for line, passage in zip(lines, draft.passages[shown:], strict=True):
            assert live().library.by_key[passage.document].name in line


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_related_place_says_what_the_library_says(live: LiveKnowledge, question: str) -> None:
    """The words before the place stand in the clause that is named, whole or cut at a word's end."""
    draft = drafted(live, question)
    named = [part for part in draft.text.split("\n\n") if part.startswith(texts.SEE_ALSO)]
    related = draft.passages[draft.text.count("\n(") :]
    lines = named[0].splitlines()[1:] if named else []
    speaking = [p for p in related if p.confirmed][:SAID]
    for line, passage, quote in zip(lines, related, draft.quotes[-len(related) :], strict=False):
        words, place, _ = line.removeprefix("• ").partition(f" ({place_name(passage, live().library)}")
        assert bool(place) == (passage in speaking), "what may no longer hold is named, and no more"
        assert not place or one_line(words.removesuffix("…")) in one_line(quote)


@pytest.mark.parametrize("question", QUESTIONS)
def test_quotes_are_the_library(live: LiveKnowledge, question: str) -> None:
    draft = drafted(live, question)
    for passage, quote in zip(draft.passages, draft.quotes, strict=True):
        article = live().library.articles[passage.article_key][1]
        assert quote
        assert quote in article.whole_text()


@pytest.mark.parametrize("limit", [300, 1400])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_line_is_the_library(live: LiveKnowledge, question: str, limit: int) -> None:
    draft = drafted(live, question, limit)
    source = one_line(" ".join(live().library.articles[passage.article_key][1].whole_text() for passage in draft.passages))
    for paragraph in draft.text.split("\n\n"):
        if paragraph.startswith(texts.SEE_ALSO):
            continue
        for line in paragraph.splitlines()[:-1]:
            assert one_line(line).rstrip("…") in source, line


@pytest.mark.parametrize(
    ("question", "article", "last"),
    [
        pytest.param("Các biện pháp cưỡng chế thi hành án gồm những gì?", "71", "6.", id="measures of coercion"),
        pytest.param("vi bằng có giá trị pháp lý thế nào", "27", "4.", id="a record's value"),
        pytest.param("cưỡng chế mở khóa, mở gói", "53", "3.", id="opening locks"),
    ],
)
def test_short_list_is_whole(live: LiveKnowledge, question: str, article: str, last: str) -> None:
    draft = drafted(live, question)
    first = draft.passages[0]
    assert (first.citation.article, first.citation.clause) == (article, None)
    whole = live().library.articles[first.article_key][1].whole_text()
    assert whole in draft.text
    assert draft.quotes[0] == whole
    assert f"\n{last} " in whole


def test_long_clause_is_cut_and_says_so(live: LiveKnowledge) -> None:
    assert texts.SHORTENED in drafted(live, "Căn cứ hoãn thi hành án gồm những gì?", 600).text


def test_a_list_that_is_opened_has_a_point(live: LiveKnowledge) -> None:
    """«… khi thuộc một trong các trường hợp sau:» stood with nothing behind it."""
    text = drafted(live, "ai được miễn phí thi hành án, tôi được miễn phí không").text
    assert not re.search(r":\n\(", text), text


def test_fitting_clause_is_not_cut(live: LiveKnowledge) -> None:
    draft = drafted(live, "Thời hạn tự nguyện thi hành án là bao lâu?")
    assert texts.SHORTENED not in draft.text
    assert draft.text.startswith(draft.quotes[0])
