"""Who asks the way or tells a case is guided; who asks for a rule gets the rule."""

from __future__ import annotations

import json

import pytest

from bot.stories import tells_a_story, wants_guidance
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "tôi thắng kiện mà họ không trả",
        "tôi thắng kiện mà họ không trả tiền, giờ tôi phải làm gì?",
        "toi bi ke bien nha, toi phai lam sao",
        "làm sao để yêu cầu thi hành án",
        "lam the nao de xin hoan thi hanh an",
        "thủ tục xin miễn phí thi hành án",
        "cho tôi hỏi thủ tục khiếu nại",
        "hướng dẫn tôi nộp đơn yêu cầu thi hành án",
        "chồng cũ em không gửi tiền nuôi con",
        "chồng cũ không đưa tiền nuôi con cho hai mẹ con",
        "tôi thắng kiện mà họ không trả, tôi phải làm gì?",
        "em thắng kiện mà bị đơn không trả đồng nào",
        "chong cu khong dua tien nuoi con may thang nay",
        "nhà tôi sắp bị đấu giá, giờ tính sao đây",
        "nhà tôi sắp bị đem bán đấu giá",
        "con trai tôi đang ở tù, gia đình muốn đóng tiền giùm",
        "tôi muốn tố cáo chấp hành viên",
        "em không biết nộp đơn thi hành án ở đâu",
        "mới nhận bản án hình sự có án phí, trình tự ra quyết định thế nào",
        "quy trình cưỡng chế có huy động lực lượng",
        "sợ nó bán nhà tẩu tán mất, chưa ai chặn",
    ],
)
def test_guided(text: str) -> None:
    assert wants_guidance(text)


@pytest.mark.parametrize(
    "text",
    [
        "thời hạn tự nguyện là bao lâu",
        "tôi bị kê biên nhà duy nhất có đúng luật không?",
        "tôi phải nộp phí bao nhiêu",
        "ai phải nộp phí thi hành án",
        "thủ tục bán đấu giá theo Điều 63 Nghị định 152/2026/NĐ-CP",
        "thủ tục cưỡng chế do thông tư nào hướng dẫn",
        "thủ tục tiêu hủy vật chứng thuộc thẩm quyền của ai",
        "Ngân hàng phải làm gì khi nhận quyết định phong tỏa",
        "tôi muốn biết chấp hành viên phải làm gì",
        "họ có phải trả không",
        "Người giao giấy phải làm gì tiếp khi họ không nhận?",
        "tội không chấp hành án bị phạt tù mấy năm",
        "người đến nhà thu nợ theo án là ai",
        "Nghị quyết mới của Đảng về phòng, chống tham nhũng, lãng phí",
        "Liệt kê các kiểu ép buộc trả nợ theo án",
        "câu trước bạn nói lại giúp tôi",
        "thế còn trường hợp họ đã bán nhà rồi",
        "nhưng họ đã bán căn nhà đó rồi",
        "chứng minh điều kiện thi hành án của người phải thi hành án",
        "Em được mua trước căn nhà chung trong bao lâu?",
        "giấy thi hành án dán ở ủy ban xã hay dán trước cửa nhà tôi",
        "tôi",
        "",
    ],
)
def test_not_guided(text: str) -> None:
    assert not wants_guidance(text)


def test_watched_questions_are_not_guided() -> None:
    """The questions whose answers are watched all ask for a rule."""
    rows = [line for path in sorted((ROOT / "knowledge/library/golden").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    questions = [json.loads(row)["question"] for row in rows if row.strip()]
    assert [question for question in questions if wants_guidance(question)] == []
    assert len(questions) > 50


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chấp hành viên là em rể của bên kia, tôi đổi người được không?", True),
        ("toi bi ke bien nha duy nhat co dung khong", True),
        ("xác minh điều kiện thi hành án trong bao nhiêu ngày", False),
        ("toi pham tham nhung bi thi hanh an ra sao", False),
        ("tôi hỏi", False),
    ],
)
def test_story(text: str, expected: bool) -> None:
    assert tells_a_story(text) is expected
