"""Which law a case falls under, and the rules on what there was before 01/7/2026: each asked in words, each with its place."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant import Assistant
from bot.message import Question
from bot.which_law import rules_for
from knowledge import transition
from knowledge.moments import Moment
from tests.conftest import TODAY

NEW, OLD, DECREE, OFFICES = "106/2025/QH15", "26/2008/QH12", "152/2026/NĐ-CP", "151/2026/NĐ-CP"
row = pytest.param


@pytest.mark.parametrize(
    ("text", "first", "says"),
    [
        row("Việc của tôi thụ lý ngày 5/8/2026 thì theo luật nào?", (NEW, "115", "1"), "từ 01/7/2026", id="begun after, a day"),
        row("an phat sinh tu 1/7/2026 thi ap dung luat nao", (NEW, "115", "1"), "từ 01/7/2026", id="begun after, unaccented"),
        row(
            "Vụ của tôi làm đơn từ năm 2024 đến giờ chưa xong, luật mới ra thì áp dụng luật cũ hay luật mới?",
            (NEW, "116", "3"),
            "thi hành tiếp",
            id="of a case and of law, of no field",
        ),
        row("Vụ việc năm 2023 thi hành án theo luật nào?", (NEW, "116", "3"), "thi hành tiếp", id="begun before, both stages"),
        row(
            "thừa phát lại bổ nhiệm năm 2020 có phải bổ nhiệm lại không",
            (NEW, "116", "5"),
            "không phải bổ nhiệm lại",
            id="4: person",
        ),
        row("Khi nào phải đổi thẻ thừa hành viên?", (NEW, "116", "5"), "trước 01/7/2027", id="4: card"),
        row(
            "Văn phòng thừa phát lại phải đổi tên trước ngày nào?",
            (NEW, "116", "5"),
            "văn phòng thi hành án dân sự",
            id="4: office",
        ),
        row(
            "Kết quả thi hành án do thừa phát lại làm có được công nhận không?",
            (NEW, "116", "5"),
            "được công nhận",
            id="4: results",
        ),
        row(
            "Vi bằng Thừa phát lại lập trước 01/7/2026 còn giá trị không?", (NEW, "116", "5"), "không nói riêng", id="8.6: silent"
        ),
        row("Thừa phát lại 70 tuổi có được hành nghề tiếp không?", (OFFICES, "58", "7"), "đến 01/7/2027", id="7: age"),
        row("thua phat lai tu 69 tuoi thi sao", (OFFICES, "58", "7"), "đến 01/7/2027", id="7: age, unaccented"),
        row(
            "Chứng chỉ đào tạo nghề thừa phát lại cũ còn dùng được không?",
            (OFFICES, "58", "2"),
            "vẫn dùng được",
            id="7: training",
        ),
        row(
            "kết quả kiểm tra tập sự thừa phát lại có còn hiệu lực", (OFFICES, "58", "4"), "05 năm kể từ 01/7/2026", id="7: test"
        ),
        row("Hồ sơ thừa phát lại đang giải quyết thì làm tiếp thế nào?", (OFFICES, "58", "6"), "08/2020/NĐ-CP", id="7: files"),
        row("Kho vật chứng ngoài trụ sở bao giờ chuyển cho Bộ Công an?", (NEW, "116", "6"), "trước 01/7/2028", id="5: stores"),
        row(
            "vật chứng cơ quan thi hành án đã nhận trước 1/7/2026 thì ai giữ",
            (NEW, "116", "6"),
            "tiếp tục bảo quản",
            id="5: kept",
        ),
        row("Tiền tạm thu mà chưa nhận được bản án thì xử lý sao?", (NEW, "57", "4"), "quá 05 năm", id="6: money"),
        row(
            "Người phải thi hành án tự yêu cầu thi hành án, quyết định ngày 10/5/2026, có phải nộp phí không?",
            (NEW, "53", "1"),
            "không phải chịu phí",
            id="6: fee, decided before",
        ),
        row(
            "Người phải thi hành án yêu cầu thi hành án, quyết định ngày 5/8/2026 có phải chịu phí không?",
            (NEW, "53", "1"),
            "người đó nộp phí",
            id="6: fee, decided after",
        ),
        row(
            "Khiếu nại thi hành án đang giải quyết dở thì theo luật nào?",
            (NEW, "116", "3"),
            "không có câu riêng",
            id="8.2: silent",
        ),
        row("Việc bị trả đơn yêu cầu năm 2013 nay áp dụng luật nào?", (NEW, "34", "2"), "Luật không nói", id="8.3: silent"),
        row(
            "thủ tục thi hành án trên môi trường số áp dụng luật nào", (DECREE, "115", "2"), "Bộ Tư pháp công bố", id="7: digital"
        ),
    ],
)
def test_rules_asked_in_words(assistant: Assistant, text: str, first: tuple[str, str, str], says: str) -> None:
    answer = assistant.answer(Question(text))
    assert (answer.kind, answer.as_of) == ("answer", TODAY)
    assert (answer.citations[0].document, answer.citations[0].article, answer.citations[0].clause) == first
    assert says in answer.text
    assert answer.citations[0].quote


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        row("Thừa phát lại được làm những việc gì?", None, id="what they do"),
        row("Vật chứng bị tịch thu giao cho ai?", None, id="exhibits in general"),
        row("Ai phải nộp phí thi hành án?", None, id="fees in general"),
        row("Kê biên nhà ở thế nào?", None, id="a rule"),
        row(
            "năm 2021 hồ sơ thừa phát lại đã nộp giải quyết mấy ngày",
            Moment("year", date(2021, 6, 30), date(2021, 6, 30), "năm 2021"),
            id="the law of then",
        ),
    ],
)
def test_no_rule_of_transition_is_asked(text: str, moment: Moment | None) -> None:
    assert list(rules_for(text, moment)) == []


@pytest.mark.parametrize(
    "text",
    [
        row("Sổ đỏ cấp năm 2010 thì áp dụng luật đất đai cũ hay luật mới?", id="a law of another field"),
        row("Hợp đồng lao động ký năm 2018 thì theo luật cũ hay luật mới?", id="a matter of another field"),
        row("ly hon nam 2013 theo luat cu hay luat moi", id="unaccented"),
    ],
)
def test_the_transition_of_other_law_is_not_ours(assistant: Assistant, text: str) -> None:
    answer = assistant.answer(Question(text))
    assert (answer.kind, answer.citations) == ("refusal", ())


def test_every_rule_can_be_reached() -> None:
    """No rule is kept that no question leads to."""
    asked = [
        "thua phat lai chuyen tiep",
        "thua phat lai 69 tuoi",
        "thua phat lai vi bang con gia tri",
        "thua phat lai chung chi dao tao con dung",
        "thua phat lai ho so do dang",
        "doi the thua hanh vien",
        "kho vat chung chuyen tiep",
        "tien tam thu chuyen tiep",
        "tra don yeu cau luat nao",
        "khieu nai dang giai quyet theo luat nao",
        "nguoi phai thi hanh an yeu cau co phai nop phi truoc 1/7/2026",
    ]
    reached = [rule for text in asked for rule in rules_for(text, None)]
    after = Moment("date", TODAY, None, "")
    reached += rules_for("nguoi phai thi hanh an yeu cau co phai nop phi", after)
    kept = [v for v in vars(transition).values() if isinstance(v, transition.BailiffRule)]
    assert [rule.sentence for rule in (*kept, *transition.BAILIFF_RULES) if rule not in reached] == []
