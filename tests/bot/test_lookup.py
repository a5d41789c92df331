"""Questions that name an article or a document: shown as such, or said not to exist."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant import Assistant
from bot.lookup import asks_for_text, read_names
from bot.message import Question
from bot.serve import LiveKnowledge
from tests.conftest import TODAY

LAW, OLD, DECREE = "106/2025/QH15", "26/2008/QH12", "152/2026/NĐ-CP"
MAIN = (LAW, OLD)
BEFORE = date(2024, 5, 10)


@pytest.mark.parametrize(
    ("text", "on", "place"),
    [
        pytest.param("điều 36", TODAY, (LAW, "36", None, None), id="an article of the law"),
        pytest.param("Điều 36", BEFORE, (OLD, "36", None, None), id="the same article of the law of that day"),
        pytest.param("dieu 36", TODAY, (LAW, "36", None, None), id="no accents"),
        pytest.param("ĐIỀU 36?", TODAY, (LAW, "36", None, None), id="capitals"),
        pytest.param("nội dung Điều 36 khoản 1 là gì", TODAY, (LAW, "36", "1", None), id="a clause, downwards"),
        pytest.param("khoản 1 điều 36 quy định gì", TODAY, (LAW, "36", "1", None), id="a clause, upwards"),
        pytest.param("điểm a khoản 1 Điều 6", TODAY, (LAW, "6", "1", "a"), id="a point"),
        pytest.param("điểm đ khoản 1 điều 46", TODAY, (LAW, "46", "1", "đ"), id="point đ is not d"),
        pytest.param("Đ36 k1", TODAY, (LAW, "36", "1", None), id="shorthand"),
        pytest.param("cho tôi xem điều 79 luật thi hành án dân sự", TODAY, (LAW, "79", None, None), id="please show"),
        pytest.param("dieu 44a luat 26/2008/QH12", TODAY, (OLD, "44a", None, None), id="an inserted article of the old law"),
        pytest.param("Điều 44a Luật số 26/2008/QH12", TODAY, (OLD, "44a", None, None), id="the same in print"),
        pytest.param("NĐ 152 điều 9", TODAY, (DECREE, "9", None, None), id="a decree by its short number"),
        pytest.param("điều 9 nghị định 152/2026", TODAY, (DECREE, "9", None, None), id="number and year"),
        pytest.param("Điều 9 Nghị định 152/2026/NĐ-CP", TODAY, (DECREE, "9", None, None), id="the full number"),
        pytest.param("thông tư 216 điều 4", TODAY, ("216/2016/TT-BTC", "4", None, None), id="a circular"),
        pytest.param("Điều 4 Thông tư 216/2016/TT-BTC", TODAY, ("216/2016/TT-BTC", "4", None, None), id="BTC in a number stays"),
        pytest.param("điều 8 13/2021/TT-BTP", TODAY, ("13/2021/TT-BTP", "8", None, None), id="BTP in a number stays"),
        pytest.param("Đ. 36 k. 1", TODAY, (LAW, "36", "1", None), id="shorthand with dots"),
        pytest.param(
            "dieu 4a nghi dinh 67/2014/ND-CP", TODAY, ("67/2014/NĐ-CP", "4a", None, None), id="the number without accents"
        ),
    ],
)
def test_article(assistant: Assistant, text: str, on: date, place: tuple[str | None, ...]) -> None:
    answer = assistant.answer(Question(text, as_of=on))
    assert answer.kind == "article"
    first = answer.citations[0]
    assert (first.document, first.article, first.clause, first.point) == place
    assert f"Điều {first.article}" in answer.text.splitlines()[0]
    assert first.quote[:60] in answer.text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("Điều 120", ["không có Điều 120", "Điều 116"], id="beyond the last article, which is named"),
        pytest.param("dieu 999", ["không có Điều 999", "Điều 116"], id="far beyond"),
        pytest.param("Điều 36b", ["không có Điều 36b"], id="an article never inserted"),
        pytest.param("khoản 9 Điều 36", ["không có khoản 9 Điều 36", "có 2 khoản"], id="no such clause, they are counted"),
        pytest.param("điểm z khoản 2 Điều 6", ["không có điểm z khoản 2 Điều 6"], id="no such point"),
        pytest.param("khoản 3 Điều 94", ["không có khoản 3 Điều 94", "không chia khoản"], id="an article without clauses"),
        pytest.param("Điều 200 Luật 26/2008/QH12", ["26/2008/QH12", "không có Điều 200"], id="of the old law"),
        pytest.param("Nghị định 999/2024/NĐ-CP", ["không có văn bản số 999/2024/NĐ-CP"], id="unknown document"),
        pytest.param("Điều 36 Luật 99/2020/QH14", ["không có văn bản số 99/2020/QH14"], id="an article of an unknown document"),
        pytest.param("thông tư 77/2019/TT-BTP còn hiệu lực không", ["không có văn bản số 77/2019/TT-BTP"], id="is it in force"),
    ],
)
def test_absent(assistant: Assistant, text: str, says: list[str]) -> None:
    answer = assistant.answer(Question(text))
    assert answer.kind == "refusal"
    assert answer.citations == ()
    assert [part for part in says if part not in answer.text] == []


@pytest.mark.parametrize("text", ["04-NQ/TW", "nghị quyết 04-NQ/TW nói về gì", "nghi quyet so 04-NQ/TW"])
def test_choice(assistant: Assistant, text: str) -> None:
    answer = assistant.answer(Question(text))
    assert answer.kind == "clarification"
    assert "30/10/2016" in answer.text
    assert "01/4/2026" in answer.text


@pytest.mark.parametrize(
    ("text", "number", "says"),
    [
        pytest.param("26/CT-TTg", "26/CT-TTg", "05/9/2016", id="one that the library has"),
        pytest.param("Nghị quyết 04-NQ/TW năm 2016", "04-NQ/TW", "30/10/2016", id="the year decides"),
        pytest.param("04-NQ/TW năm 2026", "04-NQ/TW", "01/4/2026", id="the other year"),
        pytest.param("Luật 106/2025/QH15 còn hiệu lực không?", LAW, "còn hiệu lực", id="in force"),
        pytest.param("Luật 26/2008/QH12 còn hiệu lực không", OLD, "hết hiệu lực từ 01/7/2026", id="expired"),
        pytest.param("132-QĐ/TW", "132-QĐ/TW", "27/10/2023", id="QĐ in a number stays"),
        pytest.param("1898/QĐ-BTP quy định gì", "1898/QĐ-BTP", "25/6/2025", id="QĐ and BTP in a number stay"),
        pytest.param("nghị định 152/2026/NĐ-CP là văn bản gì", DECREE, "gồm 116 điều", id="what is it"),
    ],
)
def test_document(assistant: Assistant, text: str, number: str, says: str) -> None:
    answer = assistant.answer(Question(text))
    assert answer.kind == "answer"
    ruled = [LAW] if "khoản 1 Điều 116 Luật 106/2025/QH15" in answer.text else []  # which says what the old law still governs
    assert [citation.document for citation in answer.citations] == [number, *ruled]
    assert bool(ruled) == (number == OLD)
    assert says in answer.text


def test_not_yet_in_force_is_said(assistant: Assistant) -> None:
    answer = assistant.answer(Question("Điều 36 Luật 106/2025/QH15", as_of=BEFORE))
    assert "chưa có hiệu lực" in answer.text
    answer = assistant.answer(Question("Điều 44a Luật 26/2008/QH12"))
    assert "hết hiệu lực từ 01/7/2026" in answer.text


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("điều 36", True, id="the article alone"),
        pytest.param("nội dung khoản 2 điều 46 luật thi hành án dân sự", True, id="its content"),
        pytest.param("Điều 9 Nghị định 152/2026/NĐ-CP quy định như thế nào", True, id="what it lays down"),
        pytest.param("theo điều 36 thì thời hạn tự nguyện tính từ ngày nào", False, id="a rule of it"),
        pytest.param("điều 36 có áp dụng cho doanh nghiệp phá sản không", False, id="whether it applies"),
    ],
)
def test_asks_for_text(text: str, wanted: bool) -> None:
    assert asks_for_text(text) is wanted


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("theo Điều 36 thì thời hạn tự nguyện là bao lâu", id="rule and article agree"),
        pytest.param("chào bạn cho hỏi điều 36", id="a greeting before it"),
        pytest.param("tôi là bị đơn, điều 36 ảnh hưởng gì đến tôi", id="a story around it"),
    ],
)
def test_named_article_goes_first(assistant: Assistant, text: str) -> None:
    answer = assistant.answer(Question(text))
    assert (answer.citations[0].document, answer.citations[0].article) == (LAW, "36")


@pytest.mark.parametrize("text", ["thời hạn tự nguyện là bao lâu", "10 ngày hay 15 ngày", "36"])
def test_nothing_named(live: LiveKnowledge, text: str) -> None:
    assert read_names(text, live().library, MAIN, TODAY).nothing
