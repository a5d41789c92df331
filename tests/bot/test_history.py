"""Law in time, asked in words: which law a case falls under, where an old article went, what changed, the law of a day, what crosses over."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant import Assistant
from bot.message import Answer, Question
from tests.conftest import TODAY

NEW, OLD, DECREE, OFFICES = "106/2025/QH15", "26/2008/QH12", "152/2026/NĐ-CP", "151/2026/NĐ-CP"
OLD_DECREE, OLD_OFFICES = "62/2015/NĐ-CP", "08/2020/NĐ-CP"
KEEPS_ON = [(NEW, "116", "3"), (NEW, "116", "4")]
ENDED = (NEW, "116", "1")
PROTEST = [(NEW, "116", "2"), (NEW, "112", "2")]
DONE = [(NEW, "116", "4"), (DECREE, "115", "1")]
CROSSING = "Chuyển tiếp:"
row = pytest.param


def ask(assistant: Assistant, text: str, on: date | None = None) -> Answer:
    return assistant.answer(Question(text, as_of=on))


def places(answer: Answer) -> list[tuple[str, str | None, str | None]]:
    return [(c.document, c.article, c.clause) for c in answer.citations]


def articles(answer: Answer) -> list[tuple[str, str | None]]:
    return [(c.document, c.article) for c in answer.citations]


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        row("Việc thi hành án của tôi chưa xong thì theo luật nào?", KEEPS_ON, id="unfinished"),
        row("viec cua toi chua xong thi ap dung luat cu hay luat moi", KEEPS_ON, id="unfinished, unaccented"),
        row("Khiếu nại việc chưa kết thúc thì áp dụng luật nào?", KEEPS_ON, id="unfinished, a complaint"),
        row("Việc đã thi hành xong trước 1/7/2026 mà tôi khiếu nại thì theo luật nào?", [ENDED], id="finished"),
        row("tố cáo việc thi hành án đã kết thúc thì theo luật nào", [ENDED], id="finished, a denunciation"),
        row("Viện kiểm sát kháng nghị việc đã kết thúc theo luật nào?", [ENDED, *PROTEST], id="8.4: protest"),
        row("thời hạn kháng nghị việc đã kết thúc trước 01/7/2026 theo luật nào", PROTEST, id="its time"),
        row("Đã kê biên xong năm 2025 thì có phải làm lại không?", DONE, id="a step done"),
        row("da ke bien xong nam 2025 thi co phai lam lai khong", DONE, id="a step done, unaccented"),
        row("Đã thẩm định giá tháng 6/2026 thì có phải làm lại theo luật mới không?", DONE, id="a valuation done"),
        row("Việc của tôi theo luật nào?", [*KEEPS_ON, ENDED], id="no stage named: both"),
        row("Việc thi hành án phát sinh sau 1/7/2026 theo luật nào?", [(NEW, "115", "1")], id="begun after"),
        row("Thừa phát lại chuyển tiếp thế nào?", [(NEW, "116", "5"), (OFFICES, "58", None)], id="bailiffs"),
        row("Kho vật chứng ngoài trụ sở chuyển tiếp thế nào?", [(NEW, "116", "6")], id="exhibit stores"),
    ],
)
def test_which_law(assistant: Assistant, text: str, cited: list[tuple[str, str, str | None]]) -> None:
    answer = ask(assistant, text)
    assert answer.kind == "answer"
    assert places(answer) == cited
    assert answer.as_of == TODAY
    assert "Áp dụng tại ngày 23/11/2026." in answer.text
    for place in answer.citations:
        assert place.quote
        assert f"Điều {place.article} " in answer.text


@pytest.mark.parametrize(
    "text",
    [
        row("Thời hạn khiếu nại về thi hành án đang chạy dở qua 01/7/2026 tính theo luật nào?", id="to complain"),
        row("Thời hạn thông báo ưu tiên mua đang chạy dở thì áp dụng luật cũ hay luật mới?", id="to buy first"),
    ],
)
def test_what_the_law_leaves_open_is_said_to_be_open(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert "Luật không nói rõ" in answer.text
    assert "thì thi hành tiếp theo Luật" not in answer.text


@pytest.mark.parametrize("text", ["Hôm nay ăn gì theo luật nào?", "Tội trộm cắp chuyển tiếp thế nào?"])
def test_which_law_outside_the_field(assistant: Assistant, text: str) -> None:
    answer = ask(assistant, text)
    assert (answer.kind, answer.citations) == ("refusal", ())


@pytest.mark.parametrize(
    ("text", "origin", "now"),
    [
        row("Điều 45 luật cũ nay là điều nào?", (OLD, "45"), [(NEW, "36"), (NEW, "72")], id="luật cũ"),
        row("dieu 45 luat cu nay la dieu nao", (OLD, "45"), [(NEW, "36"), (NEW, "72")], id="luật cũ, unaccented"),
        row("Khoản 1 Điều 78 luật cũ nay là điều nào?", (OLD, "78"), [(NEW, "76"), (DECREE, "51")], id="a clause"),
        row("dieu 44a luat 26/2008/QH12 tuong ung dieu nao", (OLD, "44a"), [(NEW, "38"), (NEW, "38"), (DECREE, "23")], id="44a"),
        row("Điều 140 Luật 26/2008/QH12 hiện là điều mấy?", (OLD, "140"), [(NEW, "96")], id="by its number"),
        row("Điều 10 Nghị định 62/2015/NĐ-CP nay là điều nào?", (OLD_DECREE, "10"), [(DECREE, "13"), (NEW, "6")], id="decree"),
        row("dieu 6 nghi dinh 62/2015 bay gio la dieu nao", (OLD_DECREE, "6"), [(DECREE, "8")], id="decree, unaccented"),
        row("Điều 62 Nghị định 08/2020/NĐ-CP chuyển thành điều nào?", (OLD_OFFICES, "62"), [(OFFICES, "53")], id="bailiffs"),
        row("dieu 35 nghi dinh 08/2020/ND-CP nay la dieu nao", (OLD_OFFICES, "35"), [(OFFICES, "25")], id="unaccented"),
        row("Điều 45 luật cũ nay là điều nào trong luật mới?", (OLD, "45"), [(NEW, "36"), (NEW, "72")], id="both laws"),
        row("Điều 78 luật cũ nằm ở đâu trong luật mới?", (OLD, "78"), [(NEW, "76"), (DECREE, "51")], id="where"),
        row("Điều 45 Luật Thi hành án dân sự 2008 nay là điều nào?", (OLD, "45"), [(NEW, "36"), (NEW, "72")], id="by its year"),
        row("Điều 62 nghị định 08/2020 hiện là điều mấy?", (OLD_OFFICES, "62"), [(OFFICES, "53")], id="no month"),
    ],
)
def test_where_an_old_article_went(assistant: Assistant, text: str, origin: tuple[str, str], now: list[tuple[str, str]]) -> None:
    answer = ask(assistant, text)
    assert answer.kind == "answer"
    assert articles(answer) == [*now, origin]
    assert f"Điều {origin[1]} " in answer.text.splitlines()[0]
    assert " nay là " in answer.text.splitlines()[0]
    assert answer.as_of == TODAY
    assert CROSSING not in answer.text


@pytest.mark.parametrize(
    ("text", "origin", "why"),
    [
        row("Điều 51 Luật 26/2008/QH12 nay là điều nào?", (OLD, "51"), "khoản 4 Điều 38", id="returned requests"),
        row("dieu 26 luat cu nay la dieu nao", (OLD, "26"), "quyền yêu cầu thi hành án", id="unaccented"),
        row("Điều 57 Nghị định 62/2015/NĐ-CP nay là điều nào?", (OLD_DECREE, "57"), "điều kiện dự thi", id="the decree"),
        row("Điều 22 Nghị định 08/2020/NĐ-CP nay là điều nào?", (OLD_OFFICES, "22"), "doanh nghiệp", id="bailiffs"),
    ],
)
def test_an_article_without_counterpart(assistant: Assistant, text: str, origin: tuple[str, str], why: str) -> None:
    answer = ask(assistant, text)
    assert articles(answer) == [origin]
    assert f"Điều {origin[1]} " in answer.text.splitlines()[0]
    assert "không còn điều tương ứng" in answer.text
    assert why in answer.text


@pytest.mark.parametrize(
    ("text", "new", "old"),
    [
        row("So sánh thời hạn khiếu nại luật cũ và luật mới", "102", "146", id="complaints"),
        row("so sanh thoi han khieu nai luat cu va luat moi", "102", "146", id="complaints, unaccented"),
        row("Luật mới khác luật cũ thế nào về thời hạn xác minh?", "37", "44", id="verification"),
        row("So sánh phí thi hành án luật cũ và luật mới", "53", "60", id="fees"),
        row("Luật cũ và luật mới khác nhau thế nào về thứ tự thanh toán tiền?", "54", "47", id="order of payment"),
        row("So sánh mức trừ thu nhập giữa luật cũ và luật mới", "76", "78", id="income"),
        row("Luật hiện hành khác luật trước đây chỗ nào về ưu tiên mua tài sản kê biên?", "83", "74", id="buying first"),
    ],
)
def test_comparison(assistant: Assistant, text: str, new: str, old: str) -> None:
    answer = ask(assistant, text)
    assert answer.kind == "answer"
    assert articles(answer)[0] == (NEW, new)
    assert (OLD, old) in articles(answer)
    assert "Luật mới – " in answer.text
    assert "Luật cũ – " in answer.text
    assert "Khác nhau: " in answer.text
    for place in answer.citations:  # a pair that is only named as related is named by its article
        named = f"Điều {place.article} " in answer.text.partition("Liên quan: ")[2]
        assert named or place.quote[:60] in answer.text


def test_comparison_outside_the_field(assistant: Assistant) -> None:
    assert ask(assistant, "So sánh cách nấu phở luật cũ và luật mới").kind == "refusal"


@pytest.mark.parametrize(
    ("text", "on", "first", "day"),
    [
        row("năm 2023 thì trừ lương tối đa bao nhiêu", None, (OLD, "78"), date(2023, 6, 30), id="a year"),
        row("nam 2023 thi tru luong toi da bao nhieu", None, (OLD, "78"), date(2023, 6, 30), id="a year, unaccented"),
        row("Ngày 30/6/2026 trừ lương thi hành án tối đa bao nhiêu?", None, (OLD, "78"), date(2026, 6, 30), id="the last day"),
        row(
            "Ngày 1/7/2026 trừ thu nhập thì phải để lại cho người phải thi hành án bao nhiêu?",
            None,
            (DECREE, "51"),
            TODAY,
            id="the first day",
        ),
        row("Trước 1/7/2026 trừ lương thi hành án tối đa bao nhiêu?", None, (OLD, "78"), date(2026, 6, 30), id="before"),
        row(
            "Năm 2026 trừ thu nhập thì phải để lại cho người phải thi hành án bao nhiêu?",
            None,
            (DECREE, "51"),
            TODAY,
            id="this year is today",
        ),
        row("Luật cũ trừ thu nhập tối đa bao nhiêu?", None, (OLD, "78"), date(2026, 6, 30), id="luật cũ"),
        row("Luật mới trừ thu nhập tối đa bao nhiêu?", None, (NEW, "76"), TODAY, id="luật mới"),
        row(
            "trước khi luật mới có hiệu lực thì trừ lương tối đa bao nhiêu",
            None,
            (OLD, "78"),
            date(2026, 6, 30),
            id="before the new law",
        ),
        row("hồi 2012 ai phải nộp phí thi hành án", None, (OLD, "60"), date(2012, 6, 30), id="hồi and a bare year"),
        row("Luật 26/2008 quy định xác minh trong mấy ngày?", None, (OLD, "44"), date(2026, 6, 30), id="the old law's number"),
        row(
            "Luật cũ quy định mỗi tháng trừ lương thi hành án bao nhiêu?", None, (OLD, "78"), date(2026, 6, 30), id="mỗi, not mới"
        ),
        row("hồi năm 2021 chi phí tống đạt bao nhiêu", None, (OLD_OFFICES, "62"), date(2021, 6, 30), id="bailiffs"),
        row("Trừ thu nhập tối đa bao nhiêu?", date(2026, 6, 30), (OLD, "78"), date(2026, 6, 30), id="given"),
        row("Trừ thu nhập tối đa bao nhiêu?", date(2026, 7, 1), (NEW, "76"), date(2026, 7, 1), id="given, new"),
        row("Bộ Tư pháp quản lý cơ sở dữ liệu nào?", date(2026, 1, 20), (NEW, "5"), date(2026, 1, 20), id="early"),
        row("Thời hạn tự nguyện thi hành án là bao lâu?", date(2026, 1, 20), (OLD, "45"), date(2026, 1, 20), id="not all early"),
        row("Thời hạn tự nguyện thi hành án là bao lâu?", date(2016, 5, 1), (OLD, "45"), date(2016, 5, 1), id="2016: as amended"),
        row("Thời hiệu yêu cầu thi hành án là bao lâu?", date(2010, 5, 1), (OLD, "30"), date(2010, 5, 1), id="2010: not amended"),
        row(
            "Ngày 10/5/2024 việc trừ lương thi hành án này tối đa bao nhiêu?",
            None,
            (OLD, "78"),
            date(2024, 5, 10),
            id="«này» is not now",
        ),
    ],
)
def test_the_law_of_a_day(assistant: Assistant, text: str, on: date | None, first: tuple[str, str], day: date) -> None:
    answer = ask(assistant, text, on)
    assert (articles(answer)[0], answer.as_of) == (first, day)
    assert f"Áp dụng tại ngày {day:%d}/{day.month}/{day.year}." in answer.text
    explained = answer.text.startswith("Câu hỏi nói «")
    assert explained is (on is None and day != TODAY)
    assert not explained or first[0] in answer.text.splitlines()[0]


@pytest.mark.parametrize(
    ("on", "text", "absent"),
    [
        row(date(2026, 1, 19), "Bộ Tư pháp quản lý cơ sở dữ liệu nào?", {NEW}, id="the day before the early provisions"),
        row(date(2026, 6, 30), "Người phải thi hành án có nghĩa vụ gì?", {NEW, DECREE, OFFICES}, id="the last day"),
        row(date(2026, 7, 1), "Người phải thi hành án có nghĩa vụ gì?", {OLD, OLD_DECREE, OLD_OFFICES}, id="the first day"),
    ],
)
def test_nothing_of_the_other_law(assistant: Assistant, on: date, text: str, absent: set[str]) -> None:
    assert not absent & {c.document for c in ask(assistant, text, on).citations}


@pytest.mark.parametrize(
    ("text", "article", "since"),
    [
        row("Xác minh điều kiện thi hành án thế nào?", "44", date(2015, 7, 1), id="2010 and 2016: verification"),
        row("Ủy thác thi hành án được thực hiện thế nào?", "57", date(2022, 3, 1), id="2021 and 2022: delegation"),
    ],
)
def test_an_amended_article_answers_from_its_amendment_on(assistant: Assistant, text: str, article: str, since: date) -> None:
    assert (OLD, article) not in articles(ask(assistant, text, date(since.year - 1, 12, 31)))
    assert (OLD, article) in articles(ask(assistant, text, since))


def test_the_reason_names_the_law_that_is_cited(assistant: Assistant) -> None:
    """Between 20/01 and 30/6/2026 the new law's digital provisions hold beside the old law."""
    answer = ask(assistant, "tại ngày 20/1/2026 cơ sở dữ liệu thi hành án dân sự do ai quản lý")
    assert articles(answer)[0] == (NEW, "5")
    assert NEW in answer.text.splitlines()[0]


@pytest.mark.parametrize(
    ("text", "on", "crosses"),
    [
        row("bản án năm 2020, giờ tôi yêu cầu thi hành án được không", None, True, id="a judgment of then, asked now"),
        row("nhà tôi bị kê biên từ năm 2024, nay bán đấu giá thế nào", None, True, id="seized then, sold now"),
        row("vụ việc năm 2023 thì xác minh trong mấy ngày", None, True, id="a case of a year"),
        row("bản án năm 2019 còn thời hiệu yêu cầu thi hành án không", None, True, id="a judgment of a year"),
        row("quyết định thi hành án ngày 10/5/2025 thì phải tự nguyện trong bao lâu", None, True, id="a decision of a day"),
        row("năm ngoái tòa tuyên tôi được 200 triệu, giờ yêu cầu thi hành án thế nào", None, True, id="last year"),
        row("nhà tôi bị kê biên cách đây 3 năm, giờ bán đấu giá thế nào", None, True, id="three years ago"),
        row("tôi nhận quyết định thi hành án ngày 30/6/2026, muốn xin hoãn thì cần căn cứ gì", None, True, id="the last day"),
        row("năm 2023 thì trừ lương tối đa bao nhiêu", None, True, id="the law of then, too"),
        row("tôi nhận quyết định thi hành án ngày 01/7/2026, phải tự nguyện mấy ngày", None, False, id="the first day"),
        row("tôi nhận quyết định thi hành án ngày 3/8/2026, phải tự nguyện mấy ngày", None, False, id="after the change"),
        row("Thời hạn tự nguyện thi hành án là bao lâu?", None, False, id="no moment"),
        row("Thời hạn tự nguyện thi hành án là bao lâu?", date(2024, 5, 10), False, id="a date that was given"),
        row("Luật cũ quy định thời hạn tự nguyện bao lâu?", None, False, id="luật cũ is no case"),
        row("hôm qua năm 2020 trời mưa", None, False, id="outside the field"),
        row("Nghị quyết 04-NQ/TW năm 2016 nói gì?", None, False, id="a document named with its year"),
        row("Kết quả thi hành án dân sự quý I năm 2024 tại Thanh Hóa", None, False, id="figures of a year"),
        row("Nghị định 08/2020 còn hiệu lực không?", None, False, id="a number that looks like a month"),
    ],
)
def test_the_crossing_rule(assistant: Assistant, text: str, on: date | None, crosses: bool) -> None:
    answer = ask(assistant, text, on)
    assert (CROSSING in answer.text) is crosses
    assert not crosses or (NEW, "116", "3") in places(answer)
