"""Moments in questions: whose law is asked for, what is only a fact of the case, and what merely looks like a date."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.moments import Basis, find_moment, wants_comparison
from knowledge.transition import CHANGED

TODAY = date(2026, 11, 23)
LAST_DAY_OF_OLD = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "basis", "on"),
    [
        pytest.param("Ngày 10/5/2024 thời hạn tự nguyện là bao lâu?", "date", date(2024, 5, 10), id="opens with the day"),
        pytest.param("ngay 10/5/2024 thoi han tu nguyen la bao lau", "date", date(2024, 5, 10), id="unaccented"),
        pytest.param("Tại ngày 10-5-2024 thì tự nguyện mấy ngày?", "date", date(2024, 5, 10), id="hyphens"),
        pytest.param("tại ngày 10.5.2024 thì tự nguyện mấy ngày", "date", date(2024, 5, 10), id="dots"),
        pytest.param("tại ngày 2024-05-10 thì tự nguyện mấy ngày", "date", date(2024, 5, 10), id="the ISO form"),
        pytest.param("Vào ngày 05 tháng 6 năm 2022 phí là bao nhiêu?", "date", date(2022, 6, 5), id="in words"),
        pytest.param("vao ngay 5 thang 6 nam 2022 phi la bao nhieu", "date", date(2022, 6, 5), id="in words, unaccented"),
        pytest.param("khi đó là ngày 01/07/2015 thì trả đơn được không", "date", date(2015, 7, 1), id="khi đó"),
        pytest.param("ở thời điểm 30/6/2026 xác minh mấy ngày", "date", LAST_DAY_OF_OLD, id="no word ngày"),
        pytest.param("Tại ngày 29/2/2024 phí là bao nhiêu?", "date", date(2024, 2, 29), id="a leap day"),
        pytest.param(
            "ngày 31/2/2024 là nhầm, tại ngày 1/3/2024 phí bao nhiêu", "date", date(2024, 3, 1), id="impossible day first"
        ),
        pytest.param(
            "Tại ngày 20/1/2026 Điều 5 Luật 106/2025/QH15 có hiệu lực chưa?", "date", date(2026, 1, 20), id="beside a number"
        ),
        pytest.param("Ngày 10/5/2024 việc này làm trong mấy ngày?", "date", date(2024, 5, 10), id="«này» is not «nay»"),
        pytest.param("Ngày 10/5/2024 được cưỡng chế đến mấy giờ?", "date", date(2024, 5, 10), id="«mấy giờ» is not «giờ» = now"),
        pytest.param(
            "trước ngày 1/7/2026 thì xác minh trong mấy ngày", "date", LAST_DAY_OF_OLD, id="before a day is the day before"
        ),
        pytest.param(
            "Trước 1/7/2026 trừ lương tối đa bao nhiêu?", "date", LAST_DAY_OF_OLD, id="before a day, as a question opens"
        ),
        pytest.param("Tháng 5/2024 phí là bao nhiêu?", "month", date(2024, 5, 15), id="month and year"),
        pytest.param("thang 12/2019 thi phi bao nhieu", "month", date(2019, 12, 15), id="month, unaccented"),
        pytest.param("Vào tháng 3 năm 2021 phí bao nhiêu?", "month", date(2021, 3, 15), id="month in words"),
        pytest.param("hồi tháng 5/2024 thời hạn xác minh là bao lâu", "month", date(2024, 5, 15), id="hồi tháng"),
        pytest.param("Năm 2023 thì trừ lương tối đa bao nhiêu?", "year", date(2023, 6, 30), id="năm … thì"),
        pytest.param("nam 2023 thi tru luong toi da bao nhieu", "year", date(2023, 6, 30), id="năm … thì, unaccented"),
        pytest.param("Vụ việc năm 2023 thì xác minh trong mấy ngày?", "year", date(2023, 6, 30), id="vụ việc năm"),
        pytest.param("vu viec cua nam 2021 xac minh may ngay", "year", date(2021, 6, 30), id="vụ việc của năm, unaccented"),
        pytest.param("hồi năm 2019 cưỡng chế thế nào", "year", date(2019, 6, 30), id="hồi năm"),
        pytest.param("Phí áp dụng cho năm 2018 là bao nhiêu?", "year", date(2018, 6, 30), id="áp dụng cho năm"),
        pytest.param("trong năm 2022 thời hạn xác minh là bao lâu", "year", date(2022, 6, 30), id="trong năm"),
        pytest.param("lúc bấy giờ, năm 2012, phí là bao nhiêu", "year", date(2012, 6, 30), id="lúc bấy giờ is then, not bây giờ"),
        pytest.param(
            "Nghị định 62/2015 vào năm 2023 quy định thế nào?", "year", date(2023, 6, 30), id="a year beside a short number"
        ),
        pytest.param(
            "trước khi luật mới có hiệu lực thì trừ lương bao nhiêu", "old_law", LAST_DAY_OF_OLD, id="before the new law"
        ),
        pytest.param("truoc khi luat moi co hieu luc", "old_law", LAST_DAY_OF_OLD, id="before the new law, unaccented"),
        pytest.param("Năm 2026 phí thi hành án là bao nhiêu?", "year", None, id="this year is today's law"),
        pytest.param("Luật cũ quy định thời hạn xác minh bao lâu?", "old_law", LAST_DAY_OF_OLD, id="luật cũ"),
        pytest.param("theo luat cu xac minh may ngay", "old_law", LAST_DAY_OF_OLD, id="luật cũ, unaccented"),
        pytest.param("Luật THADS cũ quy định thế nào?", "old_law", LAST_DAY_OF_OLD, id="luật THADS cũ"),
        pytest.param("luật thi hành án dân sự cũ quy định gì", "old_law", LAST_DAY_OF_OLD, id="the long name, cũ"),
        pytest.param("theo quy định cũ thì sao", "old_law", LAST_DAY_OF_OLD, id="quy định cũ"),
        pytest.param("Theo luật 2008 thì trừ lương bao nhiêu?", "old_law", LAST_DAY_OF_OLD, id="luật 2008"),
        pytest.param("luật năm 2008 quy định xác minh mấy ngày", "old_law", LAST_DAY_OF_OLD, id="luật năm 2008"),
        pytest.param("Luật Thi hành án dân sự 2008 quy định gì?", "old_law", LAST_DAY_OF_OLD, id="the long name, 2008"),
        pytest.param(
            "Luật cũ quy định mỗi lần giảm giá bao nhiêu?", "old_law", LAST_DAY_OF_OLD, id="«quy định mỗi» is not «quy định mới»"
        ),
        pytest.param("Luật mới quy định xác minh mấy ngày?", "new_law", TODAY, id="luật mới"),
        pytest.param("luat moi xac minh may ngay", "new_law", TODAY, id="luật mới, unaccented"),
        pytest.param("luật hiện hành quy định gì", "new_law", TODAY, id="luật hiện hành"),
        pytest.param("Luật năm 2025 quy định gì?", "new_law", TODAY, id="luật năm 2025"),
    ],
)
def test_the_law_of_a_moment(text: str, basis: Basis, on: date | None) -> None:
    moment = find_moment(text, TODAY, CHANGED)
    assert moment is not None
    if on is None:  # today's law, whether it is said so or left open
        assert moment.on in (None, TODAY)
    else:
        assert (moment.basis, moment.on) == (basis, on)
    assert moment.words in text


@pytest.mark.parametrize(
    ("text", "happened"),
    [
        pytest.param("tôi nhận quyết định ngày 3/8/2026, còn mấy ngày để khiếu nại", date(2026, 8, 3), id="a notice received"),
        pytest.param("toi nhan quyet dinh ngay 3/8/2026 con may ngay de khieu nai", date(2026, 8, 3), id="the same, unaccented"),
        pytest.param(
            "tôi nhận quyết định ngày 3/5/2026, phải tự nguyện mấy ngày", date(2026, 5, 3), id="received before the change"
        ),
        pytest.param(
            "bản án năm 2020, giờ tôi yêu cầu thi hành án được không", date(2020, 6, 30), id="an old judgment, asked now"
        ),
        pytest.param(
            "ban an nam 2020 gio toi yeu cau thi hanh an duoc khong", date(2020, 6, 30), id="the same judgment, unaccented"
        ),
        pytest.param("bản án có hiệu lực từ năm 2019, hiện nay còn thời hiệu không", date(2019, 6, 30), id="since a year, now"),
        pytest.param(
            "vào năm 2021 tòa tuyên, đến nay chưa thi hành thì sao", date(2021, 6, 30), id="then, and still not carried out"
        ),
        pytest.param("nhà tôi bị kê biên tháng 3/2024, nay bán thế nào", date(2024, 3, 15), id="a month, now"),
        pytest.param(
            "bản án năm 2020 mà họ không trả tiền, tôi phải làm gì", date(2020, 6, 30), id="«mà» tells, it does not ask"
        ),
        pytest.param("năm ngoái tòa tuyên tôi được 200 triệu", date(2025, 6, 30), id="last year"),
        pytest.param("nam kia toi co ban an, gio doi the nao", date(2024, 6, 30), id="the year before, unaccented"),
        pytest.param("cách đây 4 năm tôi có bản án, còn yêu cầu được không", date(2022, 6, 30), id="four years ago"),
        pytest.param("bản án 2019 còn thời hiệu không", date(2019, 6, 30), id="a judgment with its bare year"),
        pytest.param("quyết định thi hành án ngày 10/5/2025 còn mấy ngày", date(2025, 5, 10), id="a decision's day"),
        pytest.param("Tại ngày 1/1/2030 thời hạn là bao lâu?", date(2030, 1, 1), id="a day to come"),
        pytest.param("Năm 2027 thì luật nào áp dụng?", date(2027, 6, 30), id="a year to come"),
        pytest.param("ngày 1/7/2027 phải đổi thẻ xong chưa", date(2027, 7, 1), id="a deadline to come"),
    ],
)
def test_a_fact_of_the_case_is_not_asked_law(text: str, happened: date) -> None:
    moment = find_moment(text, TODAY, CHANGED)
    assert moment is not None
    assert (moment.happened, moment.on) == (happened, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Thời hạn tự nguyện là bao lâu?", id="no moment at all"),
        pytest.param("ngày 31/2/2024 thì thế nào", id="no such day"),
        pytest.param("ngày 0/5/2024 phí bao nhiêu", id="day zero"),
        pytest.param("tháng 13/2024 thì sao", id="no such month"),
        pytest.param("ngày 99/99/2023 phí là bao nhiêu", id="nonsense"),
        pytest.param("Nghị định 152/2026/NĐ-CP quy định gì về thông báo?", id="a decree's number"),
        pytest.param("nghi dinh 08/2020/ND-CP noi gi", id="a decree's number like a month"),
        pytest.param("Nghị định 08/2020 còn hiệu lực không?", id="a short number like a month"),
        pytest.param("Thông tư 01/2017 quy định gì?", id="a circular's short number like a month"),
        pytest.param("bản án số 12/2023 thì yêu cầu thi hành án thế nào", id="a judgment's number like a month"),
        pytest.param("luật 106/2025/QH15 quy định gì về kê biên", id="a law's number"),
        pytest.param("62/2015 quy định gì", id="a bare number"),
        pytest.param("luật 26/2008/QH12 điều 78", id="the old law by its number"),
        pytest.param("Thông tư liên tịch 11/2016/TTLT-BTP-TANDTC-VKSNDTC nói gì", id="a joint circular's number"),
        pytest.param("tin-thads-2024-q1 nói gì", id="a number of ours"),
        pytest.param("Nghị quyết 04-NQ/TW năm 2016 còn hiệu lực không?", id="the year of a document"),
        pytest.param("26/CT-TTg ngày 05/9/2016 nói gì", id="the day of a document"),
        pytest.param("Luật 26/2008/QH12 ngày 14/11/2008 còn hiệu lực không", id="the day of a law"),
        pytest.param("nghị định 62 năm 2015 còn hiệu lực không", id="the year of a decree"),
        pytest.param("trả trong 3 năm trước khi yêu cầu", id="3 năm trước khi is a span"),
        pytest.param("thời hiệu yêu cầu là 05 năm phải không", id="05 năm is a span"),
        pytest.param("sau 2 năm chưa có điều kiện thì sao", id="2 năm is a span"),
        pytest.param("thoi hieu 5 nam tinh tu ngay nao", id="5 nam is a span, unaccented"),
        pytest.param("lãi 10%/năm tính thế nào", id="a rate a year"),
        pytest.param("phạt từ 2000 đến 5000 đồng", id="from 2000 is an amount"),
        pytest.param("Luật Cư trú quy định nơi cư trú thế nào?", id="«Luật Cư trú» is not «luật cũ»"),
        pytest.param("Luật Môi trường có áp dụng không?", id="«Luật Môi trường» is not «luật mới»"),
    ],
)
def test_no_moment(text: str) -> None:
    assert find_moment(text, TODAY, CHANGED) is None


def test_the_moment_follows_its_arguments() -> None:
    """The same words on another day: nothing here reads a clock."""
    asked = "tại ngày 10/5/2024 thì sao"
    assert find_moment(asked, date(2024, 5, 9), CHANGED).on is None  # type: ignore[union-attr]
    assert find_moment(asked, date(2024, 5, 10), CHANGED).on == date(2024, 5, 10)  # type: ignore[union-attr]
    assert find_moment("luật cũ", TODAY, date(2009, 7, 1)).on == date(2009, 6, 30)  # type: ignore[union-attr]
    assert find_moment("luật mới", date(2028, 1, 1), CHANGED).on == date(2028, 1, 1)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("So sánh thời hạn khiếu nại luật cũ và luật mới", True, id="so sánh"),
        pytest.param("so sanh thoi han khieu nai luat cu va luat moi", True, id="so sánh, unaccented"),
        pytest.param("Luật mới khác luật cũ thế nào về kê biên?", True, id="khác, new first"),
        pytest.param("Luật cũ và mới khác nhau gì?", True, id="luật said once"),
        pytest.param("Điểm mới của luật mới so với luật cũ", True, id="điểm mới"),
        pytest.param("Luật 2025 thay đổi gì so với luật 2008?", True, id="by their years"),
        pytest.param("luật hiện hành khác luật trước đây chỗ nào", True, id="hiện hành, trước đây"),
        pytest.param("quy định cũ và quy định mới về phí khác nhau thế nào", True, id="quy định cũ, quy định mới"),
        pytest.param("Luật 106/2025/QH15 khác Luật 26/2008/QH12 ở điểm nào?", True, id="by their numbers"),
        pytest.param("luật cũ quy định gì về kê biên", False, id="only the old"),
        pytest.param("luật mới quy định gì về kê biên", False, id="only the new"),
        pytest.param("áp dụng luật cũ hay luật mới", False, id="which of the two, not what differs"),
        pytest.param("Điều 45 luật cũ nay là điều nào ở luật mới?", False, id="where an article went"),
        pytest.param("so sánh kê biên và phong tỏa", False, id="two measures, one law"),
        pytest.param("luật cũ quy định mỗi lần giảm giá và lần đầu bao nhiêu", False, id="«mỗi» is not «mới»"),
        pytest.param("luật cũ: mọi tài sản khác có bị kê biên không", False, id="«mọi» is not «mới»"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_wants_comparison(text: str, expected: bool) -> None:
    assert wants_comparison(text) is expected
