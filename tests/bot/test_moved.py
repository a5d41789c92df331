"""Where rules and names went: old article to new, new article to old, terms in both directions."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant import Assistant
from bot.message import Question
from bot.moved import asks_where, term
from knowledge.succession import read_successions
from tests.conftest import ROOT, TODAY

NEW, OLD, DECREE, OFFICES = "106/2025/QH15", "26/2008/QH12", "152/2026/NĐ-CP", "151/2026/NĐ-CP"
TERMS = read_successions(ROOT / "knowledge" / "library" / "articles").terms
row = pytest.param


@pytest.mark.parametrize(
    ("text", "first", "origin"),
    [
        row("Điều 7a Luật 26/2008 giờ nằm ở đâu", (NEW, "7"), (OLD, "7a"), id="giờ nằm ở đâu"),
        row("dieu 7a luat 26/2008 gio nam o dau", (NEW, "7"), (OLD, "7a"), id="unaccented"),
        row("Điều 78 luật cũ nằm ở đâu trong luật mới?", (NEW, "76"), (OLD, "78"), id="nằm is not năm"),
        row("Điều 140 luật cũ bây giờ là điều bao nhiêu?", (NEW, "96"), (OLD, "140"), id="bây giờ là"),
        row("Điều 39 Nghị định 08/2020 nay là điều nào?", (OFFICES, "30"), ("08/2020/NĐ-CP", "39"), id="bailiffs"),
    ],
)
def test_forwards(assistant: Assistant, text: str, first: tuple[str, str], origin: tuple[str, str]) -> None:
    answer = assistant.answer(Question(text))
    found = [(c.document, c.article) for c in answer.citations]
    assert (answer.kind, answer.as_of, found[0], found[-1]) == ("answer", TODAY, first, origin)
    assert "đã hết hiệu lực từ 01/7/2026" in answer.text


@pytest.mark.parametrize(
    ("text", "place", "origin"),
    [
        row("Điều 36 luật mới trước đây là điều nào?", (NEW, "36"), (OLD, "45"), id="trước đây là"),
        row("dieu 76 luat moi truoc day la dieu nao", (NEW, "76"), (OLD, "78"), id="unaccented"),
        row("Điều 54 Luật 106/2025/QH15 trong luật cũ là điều mấy?", (NEW, "54"), (OLD, "47"), id="trong luật cũ"),
        row("Điều 21 Nghị định 152/2026 trước kia nằm ở đâu?", (DECREE, "21"), ("62/2015/NĐ-CP", "9"), id="a decree"),
        row("Điều 30 luật mới trước đây là điều nào?", (NEW, "30"), ("08/2020/NĐ-CP", "3"), id="from the decree on bailiffs"),
        row("Điều 36 luật mới thay cho điều nào của luật cũ?", (NEW, "36"), (OLD, "45"), id="thay cho, both laws"),
    ],
)
def test_backwards(assistant: Assistant, text: str, place: tuple[str, str], origin: tuple[str, str]) -> None:
    answer = assistant.answer(Question(text))
    found = [(c.document, c.article) for c in answer.citations]
    assert (answer.kind, answer.as_of, found[0]) == ("answer", TODAY, place)
    assert origin in found
    assert "(đã hết hiệu lực)" in answer.text
    assert answer.text.startswith(f"Điều {place[1]} ")


def test_before_its_day_the_new_place_is_said_not_to_hold_yet(assistant: Assistant) -> None:
    answer = assistant.answer(Question("Điều 45 luật cũ nay là điều nào?", as_of=date(2026, 6, 30)))
    assert (answer.citations[0].document, answer.citations[0].article) == (NEW, "36")
    assert "Luật 106/2025/QH15 chưa có hiệu lực vào ngày 30/6/2026" in answer.text


@pytest.mark.parametrize("text", ["Điều 90 Nghị định 62/2015 nay là điều nào", "Điều 200 luật cũ nay nằm ở đâu"])
def test_an_article_that_never_was_is_said_not_to_be(assistant: Assistant, text: str) -> None:
    answer = assistant.answer(Question(text))
    assert (answer.kind, answer.citations) == ("refusal", ())
    assert "không có Điều" in answer.text


def test_a_new_article_without_origin_is_said_to_be_without(assistant: Assistant) -> None:
    answer = assistant.answer(Question("Điều 5 Luật 106/2025/QH15 trước đây là điều nào?"))
    assert "không ghi điều cũ nào" in answer.text
    assert [(c.document, c.article) for c in answer.citations] == [(NEW, "5")]


@pytest.mark.parametrize("text", ["Điều 36 áp dụng thế nào", "khoản 1 Điều 46", "trước đây tôi đã nộp tiền theo Điều 36"])
def test_other_questions_on_an_article(text: str) -> None:
    assert not asks_where(text)


@pytest.mark.parametrize(
    ("text", "old", "new", "since", "place"),
    [
        row("thừa phát lại nay gọi là gì", "Thừa phát lại", "Thừa hành viên", "01/7/2026", (NEW, "116"), id="bailiffs"),
        row("thua phat lai nay goi la gi", "Thừa phát lại", "Thừa hành viên", "01/7/2026", (NEW, "116"), id="unaccented"),
        row(
            "chi cục THADS nay là gì",
            "Chi cục Thi hành án dân sự",
            "Phòng Thi hành án dân sự khu vực",
            "01/7/2025",
            (NEW, "19"),
            id="an abbreviation",
        ),
        row(
            "Tổng cục Thi hành án dân sự nay đổi tên là gì?",
            "Tổng cục Thi hành án dân sự",
            "Cục Quản lý Thi hành án dân sự",
            "01/7/2025",
            (NEW, "18"),
            id="not the shorter Cục",
        ),
        row(
            "Văn phòng Thừa phát lại bây giờ gọi là gì?",
            "Văn phòng Thừa phát lại",
            "văn phòng thi hành án dân sự",
            "01/7/2026",
            (NEW, "116"),
            id="the office, not the person",
        ),
        row(
            "cục thi hành án giờ tên là gì",
            "Cục Thi hành án dân sự",
            "Thi hành án dân sự tỉnh, thành phố",
            "01/7/2025",
            (NEW, "17"),
            id="the short form",
        ),
    ],
)
def test_a_term(assistant: Assistant, text: str, old: str, new: str, since: str, place: tuple[str, str]) -> None:
    answer = assistant.answer(Question(text))
    assert answer.text.startswith(f"«{old}» nay là «{new}» (từ {since}).")
    assert "Căn cứ: " in answer.text
    assert (answer.citations[0].document, answer.citations[0].article) == place


@pytest.mark.parametrize(
    ("text", "says"),
    [
        row("Thừa hành viên trước đây gọi là gì?", "«Thừa hành viên» trước đây là «Thừa phát lại»", id="back to the old term"),
        row("tòa án nhân dân cấp huyện nay là gì", "nguồn không cho ngày đổi", id="the sources give no day"),
    ],
)
def test_what_is_said_of_a_term(assistant: Assistant, text: str, says: str) -> None:
    assert says in assistant.answer(Question(text)).text


@pytest.mark.parametrize(
    "text",
    [
        row("Thừa phát lại là gì?", id="what it is, not what it became"),
        row("Chấp hành viên nay gọi là gì?", id="a term that stayed"),
        row("Chi cục thi hành án giải quyết khiếu nại thế nào?", id="a rule"),
    ],
)
def test_no_term_is_asked_for(text: str) -> None:
    assert term(text, TERMS) is None
