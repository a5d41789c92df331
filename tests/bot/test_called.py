"""Documents without their number: the old law, the law of today, what details a law; and numbers that several documents bear."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant import Assistant
from bot.message import Question
from tests.conftest import TODAY

NEW, OLD, DECREE, OFFICES = "106/2025/QH15", "26/2008/QH12", "152/2026/NĐ-CP", "151/2026/NĐ-CP"
row = pytest.param


@pytest.mark.parametrize(
    ("text", "document", "says"),
    [
        row("luật cũ còn hiệu lực không", OLD, "hết hiệu lực từ 01/7/2026", id="luật cũ"),
        row("luat cu con hieu luc khong", OLD, "hết hiệu lực từ 01/7/2026", id="luật cũ, unaccented"),
        row("Luật thi hành án dân sự cũ hết hiệu lực khi nào?", OLD, "hết hiệu lực từ 01/7/2026", id="when it ended"),
        row("Luật THADS 2008 còn áp dụng không?", OLD, "khoản 1 Điều 116 Luật 106/2025/QH15", id="what it still governs"),
        row("luật thi hành án dân sự mới nhất là luật nào", NEW, "còn hiệu lực tại ngày 23/11/2026", id="the newest"),
        row("Luật THADS hiện hành là luật số mấy?", NEW, "còn hiệu lực tại ngày 23/11/2026", id="which number"),
        row("luật cũ còn áp dụng cho việc nào", OLD, "khoản 1 Điều 116 Luật 106/2025/QH15", id="for which cases"),
        row("luật mới có hiệu lực từ ngày nào", NEW, "có hiệu lực từ 01/7/2026", id="since when"),
        row("luat moi ap dung tu khi nao", NEW, "có hiệu lực từ 20/1/2026", id="its early provisions"),
        row("Luật thi hành án dân sự còn hiệu lực không", NEW, "có hiệu lực từ 01/7/2026", id="only the name"),
        row(
            "nghị định 62 năm 2015 còn hiệu lực không", "62/2015/NĐ-CP", "Nghị định 152/2026/NĐ-CP (từ 01/7/2026)", id="its year"
        ),
        row("Luật 26/2008/QH12 ngày 14/11/2008 còn hiệu lực không", OLD, "hết hiệu lực từ 01/7/2026", id="its day"),
    ],
)
def test_where_it_stands(assistant: Assistant, text: str, document: str, says: str) -> None:
    answer = assistant.answer(Question(text))
    assert (answer.kind, answer.as_of) == ("answer", TODAY)
    assert (answer.citations[0].document, answer.citations[0].article) == (document, None)
    assert says in answer.text


@pytest.mark.parametrize("text", ["Nghị định 152/2024 còn hiệu lực không", "nghi dinh 33/2020/ND-CP het hieu luc chua"])
def test_a_document_that_only_its_heir_names(assistant: Assistant, text: str) -> None:
    answer = assistant.answer(Question(text))
    assert answer.kind == "answer"
    assert "không có trong kho" in answer.text
    assert "hết hiệu lực từ 01/7/2026" in answer.text
    assert [(c.document, c.article) for c in answer.citations] == [(DECREE, None)]


@pytest.mark.parametrize(
    "text",
    [
        row("luật cũ quy định thời hạn tự nguyện có hiệu lực mấy ngày", id="a rule of the old law"),
        row("bản án có hiệu lực thì yêu cầu thi hành án theo luật nào", id="which law a case falls under"),
    ],
)
def test_a_rule_is_no_document(assistant: Assistant, text: str) -> None:
    assert assistant.answer(Question(text)).citations[0].article is not None


@pytest.mark.parametrize(
    ("text", "on", "documents"),
    [
        row("văn bản nào quy định chi tiết Luật THADS", None, [DECREE, OFFICES], id="today's law"),
        row("nghị định nào hướng dẫn luật 106", None, [DECREE, OFFICES], id="by its number"),
        row("van ban nao huong dan luat thi hanh an dan su", None, [DECREE, OFFICES], id="unaccented"),
        row("Nghị định nào quy định chi tiết luật cũ?", None, ["62/2015/NĐ-CP"], id="the old law's decree"),
        row("văn bản nào quy định chi tiết Luật THADS", date(2024, 5, 10), ["62/2015/NĐ-CP"], id="of a day: the law that held"),
    ],
)
def test_what_details_a_law(assistant: Assistant, text: str, on: date | None, documents: list[str]) -> None:
    answer = assistant.answer(Question(text, as_of=on))
    assert [c.document for c in answer.citations][: len(documents)] == documents
    assert "Có thể còn văn bản khác mà kho chưa có." in answer.text
    assert all(f"{c.document} – " in answer.text for c in answer.citations)


def test_the_old_laws_details_are_said_to_be_over_or_unconfirmed(assistant: Assistant) -> None:
    answer = assistant.answer(Question("văn bản nào hướng dẫn Luật 26/2008/QH12"))
    assert "hết hiệu lực từ 01/7/2026" in answer.text
    assert "Chưa xác nhận được còn hiệu lực vào ngày 23/11/2026 hay không" in answer.text
    assert DECREE not in answer.text


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        row("04-NQ/TW", "clarification", "Nghị quyết 04-NQ/TW ngày 01/4/2026", id="two in the library: asked back"),
        row("nghị quyết 04-NQ/TW ngày 01/4/2026 nói gì", "answer", "ban hành ngày 01/4/2026", id="its day"),
        row("nghi quyet 04-NQ/TW nam 2016 con hieu luc khong", "answer", "ban hành ngày 30/10/2016", id="its year, unaccented"),
        row("Nghị quyết 04-NQ/TW năm 2019 nói gì", "refusal", "Nghị quyết 04-NQ/TW ngày 30/10/2016", id="a year without one"),
        row("26/CT-TTg", "answer", "có thể trùng với văn bản của năm khác", id="one in the library, others elsewhere"),
        row("Chỉ thị 26/CT-TTg ngày 05/9/2016 nói gì", "answer", "05/9/2016", id="the one that is there"),
        row("Chỉ thị 26/CT-TTg năm 2024 nói gì", "refusal", "kho có: Chỉ thị 26/CT-TTg ngày 05/9/2016", id="not the other"),
        row("chi thi 26/CT-TTg ngay 15/9/2025", "refusal", "năm 2025", id="nor that of 2025"),
        row("Chỉ thị 04-CT/TW năm 2021 nói gì", "answer", "ngày 02/6/2021", id="a Party directive"),
        row("04-CT/TW năm 2016 còn hiệu lực không", "refusal", "năm 2016", id="of a year that is not there"),
    ],
)
def test_a_number_that_repeats(assistant: Assistant, text: str, kind: str, says: str) -> None:
    answer = assistant.answer(Question(text))
    assert answer.kind == kind
    assert says in answer.text
    assert bool(answer.citations) is (kind == "answer")
