"""Enough law: the article of an exception is there, which document is higher is said, and what the library lacks is named."""

from __future__ import annotations

from datetime import date

import pytest

from bot import answer_texts, texts
from bot.assistant import Assistant
from bot.compose import Draft
from bot.enough import completed, remarks
from bot.evidence import Evidence
from bot.message import Question
from knowledge.citation import Citation
from knowledge.passages import Passage
from knowledge.store import Library
from tests.conftest import TODAY

LAW, DECREE, OLD = "106/2025/QH15", "152/2026/NĐ-CP", "26/2008/QH12"


@pytest.fixture(scope="module")
def library(assistant: Assistant) -> Library:
    return assistant.library


def place(library: Library, number: str, article: str, clause: str | None = None) -> tuple[Passage, str]:
    found = Evidence(library, "").place(Citation(number, article, clause))
    assert found
    return found


def draft(library: Library, *places: tuple[str, str, str | None], related: int = 0, says: str = "") -> Draft:
    found = [place(library, *each) for each in places]
    quotes = (says or found[0][1], *(quote for _, quote in found[1:]))
    pointers = [f"• {each[0]} {each[1]}" for each in places[len(places) - related :]] if related else []
    text = "\n\n".join([*quotes[: len(quotes) - related], *(["\n".join([texts.SEE_ALSO, *pointers])] if pointers else [])])
    return Draft(text, tuple(passage for passage, _ in found), quotes)


@pytest.mark.parametrize(
    ("says", "number", "added"),
    [
        pytest.param(
            "Đương sự có quyền yêu cầu, trừ những phần nêu tại khoản 2 Điều 33 của Luật này.",
            LAW,
            ("33", "2"),
            id="of the same law",
        ),
        pytest.param("Ra quyết định, trừ trường hợp quy định tại Điều 46.", LAW, ("46", None), id="of the law itself"),
        pytest.param(
            "Chấp hành viên giao, trừ khi thuộc khoản 3 Điều 54 của Luật Thi hành án dân sự.",
            DECREE,
            ("54", "3"),
            id="of the law, in a decree",
        ),
        pytest.param("Ra quyết định theo khoản 2 Điều 33 của Luật này.", LAW, None, id="no exception"),
        pytest.param("Trường hợp tại khoản 4 Điều này thì không, trừ khi khoản 5 Điều này.", LAW, None, id="of the same article"),
        pytest.param("Ra quyết định, trừ trường hợp quy định tại Điều 999.", LAW, None, id="no such article"),
        pytest.param(
            "Ra quyết định, trừ trường hợp tại Điều 12 Bộ luật Dân sự số 91/2015/QH13.", LAW, None, id="of a law we lack"
        ),
    ],
)
def test_the_article_of_an_exception(library: Library, says: str, number: str, added: tuple[str, str | None] | None) -> None:
    before = draft(library, (number, "34", "1") if number == LAW else (number, "67", "1"), says=says)
    after = completed(before, library, Evidence(library, ""), TODAY, 4)
    new = after.passages[len(before.passages) :]
    assert [(each.citation.article, each.citation.clause) for each in new] == ([added] if added else [])
    assert (answer_texts.EXCEPTION.split("{")[0] in after.text) is bool(added)
    assert len(after.quotes) == len(after.passages)


def test_where_there_is_no_more_room_the_last_related_place_gives_way(library: Library) -> None:
    says = "Đương sự có quyền yêu cầu, trừ những phần nêu tại khoản 2 Điều 33 của Luật này."
    before = draft(library, (LAW, "34", "1"), (LAW, "36", "1"), (LAW, "37", "1"), related=2, says=says)
    after = completed(before, library, Evidence(library, ""), TODAY, 3)
    assert [each.citation.article for each in after.passages] == ["34", "36", "33"]
    assert after.text.count("• ") == 2
    assert after.text.count(texts.SEE_ALSO) == 1


def test_what_is_there_already_is_not_added(library: Library) -> None:
    says = "Đương sự có quyền yêu cầu, trừ những phần nêu tại khoản 2 Điều 33 của Luật này."
    before = draft(library, (LAW, "34", "1"), (LAW, "33", "1"), related=1, says=says)
    assert completed(before, library, Evidence(library, ""), TODAY, 4) == before


def test_what_does_not_hold_on_the_day_is_not_added(library: Library) -> None:
    says = "Đương sự có quyền yêu cầu, trừ những phần nêu tại khoản 2 Điều 33 của Luật này."
    before = draft(library, (LAW, "34", "1"), says=says)
    assert completed(before, library, Evidence(library, ""), date(2024, 1, 1), 4) == before


HIGHER = answer_texts.HIGHER.split("{law}")[1].split("{")[0]


@pytest.mark.parametrize(
    ("places", "higher"),
    [
        pytest.param([(LAW, "37", "1"), (DECREE, "21", "1")], True, id="one heading"),
        pytest.param([(DECREE, "21", "1"), (LAW, "37", "1")], True, id="the decree first"),
        pytest.param([(LAW, "70", "1"), (DECREE, "45", "1")], True, id="the decree speaks of the article"),
        pytest.param([(LAW, "36", "1"), (DECREE, "84", "1")], False, id="another point"),
        pytest.param([(LAW, "36", "1"), (LAW, "37", "1")], False, id="the law alone"),
        pytest.param([(DECREE, "21", "1")], False, id="the decree alone"),
        pytest.param([(OLD, "48", "1"), ("62/2015/NĐ-CP", "14", "1")], True, id="old law and old decree"),
    ],
)
def test_which_is_higher(library: Library, places: list[tuple[str, str, str | None]], higher: bool) -> None:
    lines = remarks(draft(library, *places), library)
    assert any(HIGHER in line for line in lines) is higher
    assert all(len(line) <= 140 for line in lines)


@pytest.mark.parametrize(
    ("says", "named"),
    [
        ("Theo Bộ luật Tố tụng dân sự, Tòa án xem xét.", "Bộ luật Tố tụng dân sự"),
        ("Theo Luật Đấu giá tài sản, người mua nộp tiền.", ""),
        ("Theo Luật này, người phải thi hành án nộp tiền.", ""),
    ],
)
def test_what_the_library_lacks(library: Library, says: str, named: str) -> None:
    lines = [line for line in remarks(draft(library, (LAW, "36", "1"), says=says), library) if "kho chưa có" in line]
    assert [named] == [name for name in answer_texts.OTHER_LAWS if any(name in line for line in lines)] if named else lines == []


def test_the_laws_that_are_named_as_lacking_are_no_titles_of_the_library(library: Library) -> None:
    titles = " ".join(document.title for document in library.documents)
    assert not [name for name in answer_texts.OTHER_LAWS if name.removeprefix("Luật ") in titles and name.startswith("Luật ")]


def test_in_an_answer(assistant: Assistant) -> None:
    answer = assistant.answer(Question("Khi nào người phải thi hành án bị tạm hoãn xuất cảnh?"))
    assert HIGHER in answer.text
    assert answer.text.index(HIGHER) < answer.text.index(texts.as_of(TODAY)[:8]), "before the date"
