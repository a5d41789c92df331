"""Old law beside new: the pair that answers, both with their dates; what has no counterpart; what did not change at all."""

from __future__ import annotations

import pytest

from bot.assistant import Assistant
from bot.message import Question
from tests.conftest import TODAY

NEW, OLD, DECREE, OLD_DECREE = "106/2025/QH15", "26/2008/QH12", "152/2026/NĐ-CP", "62/2015/NĐ-CP"
row = pytest.param


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        row("mức trừ thu nhập luật cũ và mới", (NEW, "76"), (OLD, "78"), id="income, luật said once"),
        row("muc tru thu nhap luat cu va moi", (NEW, "76"), (OLD, "78"), id="income, unaccented"),
        row("Thời hạn xác minh hiện nay khác gì trước đây?", (NEW, "37"), (OLD, "44"), id="khác gì trước đây"),
        row("hoãn thi hành án từ 1/7/2026 thay đổi thế nào so với trước", (NEW, "46"), (OLD, "48"), id="since the change"),
        row("giảm giá tài sản luật cũ luật mới khác nhau chỗ nào", (NEW, "83"), (OLD, "104"), id="reductions of price"),
        row("nhà ở duy nhất trước đây và hiện nay khác nhau thế nào", (NEW, "78"), (OLD, "95"), id="the only home"),
        row("Luật mới có gì khác luật cũ về thời hiệu yêu cầu thi hành án?", (NEW, "34"), (OLD, "30"), id="time to request"),
        row("phí luật cũ và mới khác gì nhau", (NEW, "53"), (OLD, "60"), id="one word that is a heading"),
        row("Từ ngày 01/7/2026 mức trừ lương thay đổi ra sao", (NEW, "76"), (OLD, "78"), id="a subject in everyday words"),
        row("ngày 30/06/2026 và 01/07/2026 khác gì nhau về phí thi hành án", (NEW, "53"), (OLD, "60"), id="two days"),
        row("trước 1/7/2026 và hiện nay thứ tự thanh toán tiền khác nhau thế nào", (NEW, "54"), (OLD, "47"), id="before a day"),
        row("So sánh tố cáo luật cũ với luật mới", (NEW, "110"), (OLD, "157"), id="với"),
        row("So sánh Điều 76 luật mới với Điều 78 luật cũ", (NEW, "76"), (OLD, "78"), id="by their articles"),
        row("So sánh Nghị định 152 và Nghị định 62 về ủy quyền xác minh", (DECREE, "21"), (OLD_DECREE, "9"), id="two decrees"),
        row(
            "Luật 106/2025/QH15 khác Luật 26/2008/QH12 ở điểm nào về thứ tự thanh toán tiền thi hành án?",
            (NEW, "54"),
            (OLD, "47"),
            id="by their numbers",
        ),
        row("điểm mới của Luật THADS 2025 về thẩm quyền giải quyết khiếu nại", (NEW, "98"), (OLD, "142"), id="điểm mới"),
        row("điều 45 luật 2008 nay là điều nào, khác gì", (NEW, "36"), (OLD, "45"), id="where it went and what differs"),
        row("dieu 104 luat cu nay la dieu nao, khac gi", (NEW, "83"), (OLD, "104"), id="where it went, unaccented"),
        row("đối chiếu Điều 99 Luật 26/2008/QH12 với Điều 82 Luật 106/2025/QH15", (NEW, "82"), (OLD, "99"), id="đối chiếu"),
        row("so sánh điều 22 nghị định 152 với nghị định cũ", (DECREE, "22"), (OLD_DECREE, "9"), id="the old decree"),
        row("điều 12 nghị định 62 cũ khác gì nghị định mới", (DECREE, "15"), (OLD_DECREE, "12"), id="the new decree"),
        row("so sánh điều 9 nghị định 62/2015 với nghị định 152/2026", (DECREE, "21"), (OLD_DECREE, "9"), id="decrees by number"),
        row("đối chiếu điều 71 hai luật", (NEW, "71"), (OLD, "71"), id="hai luật"),
    ],
)
def test_the_pair(assistant: Assistant, text: str, new: tuple[str, str], old: tuple[str, str]) -> None:
    answer = assistant.answer(Question(text))
    found = [(c.document, c.article) for c in answer.citations]
    assert (answer.kind, answer.as_of) == ("answer", TODAY)
    assert new in found
    assert old in found
    assert "(từ 01/7/2026):" in answer.text
    assert "hết hiệu lực từ 01/7/2026):" in answer.text
    assert answer.text.startswith("Khác nhau: ")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        row("so sánh điều 44, điều 44a luật cũ với luật mới", ["37", "44", "38", "44a"], id="two old articles"),
        row("điều 37 và điều 38 luật mới khác gì luật cũ", ["37", "44", "38", "44a"], id="two new articles"),
        row("so sánh điều 46, 47 và 48 luật 106 với luật cũ", ["46", "48", "47", "49", "48", "50"], id="three new articles"),
        row("điều 101, 104 luật 2008 khác điều 83 luật 2025 thế nào", ["83", "101", "104"], id="two that became one"),
        row(
            "đối chiếu Điều 99 Luật 26/2008/QH12 với Điều 82 Luật 106/2025/QH15",
            ["82", "99"],
            id="the one named, not its neighbour",
        ),
    ],
)
def test_each_named_article_has_its_pair(assistant: Assistant, text: str, places: list[str]) -> None:
    """Each beside the one it became or came from, in the order of the question; an article of two pairs is quoted once."""
    answer = assistant.answer(Question(text))
    assert [c.article for c in answer.citations] == places
    assert answer.text.count("Khác nhau: so với ") == len([c for c in answer.citations if c.document == OLD])


def test_what_the_new_law_added_is_said_to_be_new(assistant: Assistant) -> None:
    answer = assistant.answer(Question("So sánh chuyển đổi số trong thi hành án dân sự giữa luật cũ và luật mới"))
    assert [(c.document, c.article) for c in answer.citations] == [(NEW, "5")]
    assert "không ghi điều nào của luật cũ" in answer.text


def test_what_the_new_law_dropped_is_said_to_be_gone(assistant: Assistant) -> None:
    answer = assistant.answer(
        Question("So sánh việc nhận, xử lý yêu cầu thi hành án khi trả đơn: Điều 51 luật cũ khác gì luật mới")
    )
    assert "không còn điều tương ứng" in answer.text
    assert (OLD, "51") in [(c.document, c.article) for c in answer.citations]


def test_law_that_did_not_change_is_said_to_be_so(assistant: Assistant) -> None:
    answer = assistant.answer(Question("Hỗ trợ đóng tàu cá luật cũ và luật mới khác gì"))
    assert answer.text.startswith("Quy định này không nằm trong những luật đã thay nhau")
    assert answer.citations[0].document == "67/2014/NĐ-CP"
    assert answer.as_of == TODAY


@pytest.mark.parametrize("text", ["Luật mới có gì khác luật cũ?", "Luật 106/2025/QH15 khác Luật 26/2008/QH12 ở điểm nào?"])
def test_no_subject_is_asked_back(assistant: Assistant, text: str) -> None:
    answer = assistant.answer(Question(text))
    assert (answer.kind, answer.citations) == ("clarification", ())
    assert "hết hiệu lực từ 01/7/2026" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "So sánh tiền ăn phở luật cũ và mới",
        "giá vàng trước đây khác gì bây giờ",
        "So sánh án treo luật cũ và luật mới",
        "phạt vượt đèn đỏ luật mới khác luật cũ thế nào",
        "thời hạn nghỉ thai sản luật cũ và luật mới",
    ],
)
def test_outside_the_field(assistant: Assistant, text: str) -> None:
    assert assistant.answer(Question(text)).kind == "refusal"
