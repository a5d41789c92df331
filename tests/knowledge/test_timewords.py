"""Words of time: what is left of a question without them, and when a question asks what differs."""

from __future__ import annotations

import pytest

from knowledge.timewords import NEW_NAME, OLD_NAME, compares, replace_all, timeless

row = pytest.param


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        row("So sánh mức trừ thu nhập giữa luật cũ và luật mới", "mức trừ thu nhập", id="so sánh giữa"),
        row("so sanh muc tru thu nhap giua luat cu va luat moi", "muc tru thu nhap", id="unaccented"),
        row("mức trừ thu nhập luật cũ và mới", "mức trừ thu nhập", id="luật said once"),
        row("Luật hiện hành khác luật trước đây chỗ nào về ưu tiên mua?", "ưu tiên mua", id="what only then stands together"),
        row("Thời hạn xác minh hiện nay khác gì trước đây", "Thời hạn xác minh", id="hiện nay, trước đây"),
        row("Ngày 10/5/2024 trừ thu nhập bao nhiêu?", "trừ thu nhập bao nhiêu", id="a day"),
        row("tại ngày 2024-05-10 phí bao nhiêu", "phí bao nhiêu", id="an ISO day"),
        row("vào ngày 5 tháng 6 năm 2022 phí bao nhiêu", "phí bao nhiêu", id="a day in words"),
        row("từ 01/7/2026 phí thi hành án thay đổi thế nào?", "phí thi hành án", id="since a day"),
        row("hồi năm 2019 cưỡng chế thế nào", "cưỡng chế thế nào", id="a year"),
        row("Thời hạn khiếu nại đang chạy dở tính theo luật nào?", "Thời hạn khiếu nại", id="which law"),
        row("điểm mới của Luật THADS 2025 về kê biên", "kê biên", id="the law by its year"),
        row("Luật mới có gì khác luật cũ?", "", id="nothing but time"),
        row("kê biên tài sản khác của vợ chồng", "kê biên tài sản khác của vợ chồng", id="khác as other stays"),
        row("Luật Cư trú quy định gì", "Luật Cư trú quy định gì", id="«cư» is not «cũ»"),
        row("Nghị định 62/2015 quy định gì", "Nghị định 62/2015 quy định gì", id="a number stays"),
        row("", "", id="nothing at all"),
        row("İ luật cũ phí", "İ phí", id="a letter whose small form is longer"),
    ],
)
def test_timeless(text: str, rest: str) -> None:
    assert timeless(text) == rest
    assert timeless(rest) == rest


@pytest.mark.parametrize(
    ("text", "documents", "expected"),
    [
        row("mức trừ thu nhập luật cũ và mới", 0, True, id="no verb, both laws"),
        row("Thời hạn xác minh hiện nay khác gì trước đây", 0, True, id="khác gì trước đây"),
        row("thoi han xac minh hien nay khac gi truoc day", 0, True, id="the same, unaccented"),
        row("luật mới thay đổi gì về phí", 0, True, id="the new law alone, thay đổi gì"),
        row("phí từ 1/7/2026 thay đổi thế nào", 0, True, id="since a day"),
        row("hoãn thi hành án so với trước có gì thay đổi", 0, True, id="so với trước"),
        row("trước 1/7/2026 và bây giờ khác nhau thế nào về phí", 0, True, id="before a day"),
        row("cái này khác cái kia ở điểm nào", 2, True, id="two documents named"),
        row("cái này khác cái kia ở điểm nào", 1, False, id="one document named"),
        row("Quy định về những điều đảng viên không được làm có gì mới?", 0, False, id="no law of then or now"),
        row("luật mới quy định thay đổi Chấp hành viên khi nào", 0, False, id="thay đổi as a matter of law"),
        row("trước đây tôi thay đổi nơi ở khác thì sao", 0, False, id="a fact of the case"),
        row("so sánh kê biên và phong tỏa", 0, False, id="two measures of one law"),
    ],
)
def test_compares(text: str, documents: int, expected: bool) -> None:
    assert compares(text, documents=documents) is expected


@pytest.mark.parametrize(
    ("text", "named"),
    [
        row("Điều 45 luật cũ nay là điều nào trong luật mới?", "Điều 45 CŨ nay là điều nào trong MỚI?", id="both"),
        row("dieu 45 luat cu o luat moi", "dieu 45 CŨ o MỚI", id="unaccented"),
        row("Điều 3 Luật THADS 2008, Luật năm 2025", "Điều 3 CŨ, MỚI", id="by their years"),
        row("trước khi luật mới có hiệu lực", "trước khi luật mới có hiệu lực", id="a moment is no name"),
    ],
)
def test_names_of_the_laws(text: str, named: str) -> None:
    assert replace_all(text, (OLD_NAME, "CŨ"), (NEW_NAME, "MỚI")) == named
