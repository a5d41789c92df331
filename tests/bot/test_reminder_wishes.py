"""What people write when they want to be reminded, and what only looks like it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reminder_wishes import Wish, read_wish, says_all, says_cancel, says_no, says_yes, wants_cancel, wants_list
from bot.reminders import Lead
from knowledge.text import fold
from tests.conftest import TODAY

DEC_20, DEC_25 = date(2026, 12, 20), date(2026, 12, 25)

# What is written, and what of it is understood: lead, on, day, about.
WISHES: list[tuple[str, dict[str, Any]]] = [
    ("nhắc tôi trước 3 ngày", {"lead": Lead(3)}),
    ("nhac toi truoc 3 ngay", {"lead": Lead(3)}),
    ("Nhắc tôi trước 03 ngày nhé!", {"lead": Lead(3)}),
    ("nhac toi tr 3 ng", {"lead": Lead(3)}),
    ("nhac minh trc 3 ngay voi", {"lead": Lead(3)}),
    ("nhắc tôi trước ba ngày", {"lead": Lead(3)}),
    ("nhắc tôi trước 1 tuần", {"lead": Lead(7)}),
    ("nhac em truoc 2 tuan le", {"lead": Lead(14)}),
    ("nhắc tôi trước một tháng", {"lead": Lead(1, "month")}),
    ("nhắc tôi trước nửa tháng", {"lead": Lead(15)}),
    ("nhắc tôi trước hạn 2 ngày làm việc", {"lead": Lead(2, "working_day")}),
    ("nhắc mình 5 ngày trước hạn với", {"lead": Lead(5)}),
    ("nhắc trước cho tôi 3 ngày", {"lead": Lead(3)}),
    ("đặt lịch nhắc trước 3 ngày", {"lead": Lead(3)}),
    ("bạn có thể nhắc tôi trước 3 ngày được không", {"lead": Lead(3)}),
    ("nhắc tôi trước 3 ngày hạn tự nguyện", {"lead": Lead(3), "about": "hạn tự nguyện"}),
    ("nhắc tôi trước ngày cuối 3 ngày", {"lead": Lead(3)}),
    ("nhắc tôi đúng ngày", {"lead": Lead(0)}),
    ("nhắc tôi vào ngày cuối", {"lead": Lead(0)}),
    ("nhắc tôi nhé", {}),
    ("nhac toi", {}),
    ("nhắc em trước hạn", {}),
    ("nhắc tôi khi gần đến hạn", {}),
    ("nhắc tôi trước ngày cuối", {}),
    ("nhắc tôi ngày 20/12/2026", {"on": DEC_20}),
    ("nhac toi ngay 20/12", {"on": DEC_20}),
    ("nhắc tôi 20-12-2026", {"on": DEC_20}),
    ("nhắc tôi ngày 20 tháng 12 năm 2026", {"on": DEC_20}),
    ("nhắc tôi lúc 9 giờ sáng ngày 20/12/2026", {"on": DEC_20}),
    ("nhắc tôi ngày 20/11", {"on": date(2027, 11, 20)}),
    ("nhắc tôi ngày mai", {"on": date(2026, 11, 24)}),
    ("nhắc tôi tuần sau", {"on": date(2026, 11, 30)}),
    ("nhắc tôi sau 5 ngày nữa", {"on": date(2026, 11, 28)}),
    ("3 ngày nữa nhắc tôi", {"on": date(2026, 11, 26)}),
    ("nhắc tôi trước 3 ngày hạn nộp đơn 25/12/2026", {"lead": Lead(3), "day": DEC_25, "about": "hạn nộp đơn"}),
    ("nhac toi truoc 3 ngay han nop don 25/12/2026", {"lead": Lead(3), "day": DEC_25, "about": "han nop don"}),
    ("Hạn nộp đơn là 25/12/2026, nhắc tôi trước 3 ngày", {"lead": Lead(3), "day": DEC_25, "about": "Hạn nộp đơn"}),
    ("nhắc tôi trước ngày 25/12/2026 3 ngày", {"lead": Lead(3), "day": DEC_25}),
    ("nhắc tôi trước ngày 25/12/2026", {"day": DEC_25}),
    ("nhắc tôi hạn nộp tiền 25/12", {"day": DEC_25, "about": "hạn nộp tiền"}),
    ("nhắc tôi ngày 20/12/2026 nộp đơn khiếu nại", {"lead": Lead(0), "day": DEC_20, "about": "nộp đơn khiếu nại"}),
    ("nhắc tôi nộp đơn khiếu nại ngày 20/12", {"lead": Lead(0), "day": DEC_20, "about": "nộp đơn khiếu nại"}),
    ("nhắc tôi ngày 20/12 hạn nộp đơn 25/12", {"on": DEC_20, "day": DEC_25, "about": "hạn nộp đơn"}),
    (
        "khi nào hết hạn khiếu nại? nhắc tôi trước 3 ngày",
        {"lead": Lead(3), "about": "nào hết hạn khiếu nại", "unanswered": True},
    ),
    ("nhắc tôi ngày 31/2/2027", {"unreal": "ngày 31/2/2027"}),
]


@pytest.mark.parametrize(("text", "read"), WISHES, ids=[text for text, _ in WISHES])
def test_wish(text: str, read: dict[str, Any]) -> None:
    found = read_wish(text, TODAY)
    assert found
    assert found == Wish(**({"lead": None, "on": None, "day": None, "about": "", "asked": found.asked} | read))


@pytest.mark.parametrize(("text", "read"), WISHES, ids=[text for text, _ in WISHES])
def test_the_same_without_accents(text: str, read: dict[str, Any]) -> None:
    found, bare = read_wish(text, TODAY), read_wish(fold(text), TODAY)
    assert found
    assert bare
    assert (bare.lead, bare.on, bare.day, bare.about) == (found.lead, found.on, found.day, fold(found.about))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "nhắc tôi trước 3 ngày hạn tự nguyện, nhận quyết định ngày 20/11/2026",
            "hạn tự nguyện, nhận quyết định ngày 20/11/2026",
        ),
        (
            "nhận quyết định ngày 20/11/2026 thì hạn tự nguyện đến ngày nào? nhắc tôi trước 3 ngày nhé",
            "nhận quyết định ngày 20/11/2026 thì hạn tự nguyện đến ngày nào nhé",
        ),
    ],
)
def test_question_in_the_same_message_is_left_whole(text: str, asked: str) -> None:
    found = read_wish(text, TODAY)
    assert found
    assert (found.lead, found.asked) == (Lead(3), asked)


@pytest.mark.parametrize(
    "text",
    [
        "nhắc lại câu trên",
        "nhắc lại cho tôi điều 36",
        "nhạc tôi thích trước 3 ngày",
        "nhac",
        "nhắc",
        "chấp hành viên có phải nhắc tôi trước 3 ngày không",
        "nhắc tôi quyền của người phải thi hành án",
        "nhắc tôi thời hạn thông báo trước 03 ngày làm việc là điều nào",
        "thông báo cưỡng chế trước mấy ngày",
        "ai nhắc đương sự nộp tiền",
        "nhắc con nợ trả tiền trước 3 ngày",
        "thời hạn tự nguyện thi hành án là bao lâu",
        "nhận quyết định ngày 3/8/2026 thì hạn tự nguyện đến ngày nào",
        "",
    ],
)
def test_no_wish(text: str) -> None:
    assert read_wish(text, TODAY) is None


@given(
    st.text(max_size=60)
    | st.sampled_from([text for text, _ in WISHES]).flatmap(lambda text: st.text(max_size=9).map(lambda end: f"{text} {end}"))
)
def test_whatever_comes_is_read_or_left(text: str) -> None:
    found = read_wish(text, TODAY)
    assert found is None or len(found.about) <= 170


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("hủy nhắc", True),
        ("huy nhac", True),
        ("huỷ nhắc", True),
        ("Hủy nhắc.", True),
        ("/huynhac", True),
        ("bỏ lời nhắc", True),
        ("thôi nhắc", True),
        ("đừng nhắc nữa", True),
        ("không cần nhắc tôi nữa", True),
        ("hủy tất cả lời nhắc", True),
        ("tôi muốn hủy nhắc", True),
        ("hủy", False),
        ("hủy nhạc", False),
        ("hủy hợp đồng", False),
        ("hủy quyết định thi hành án", False),
        ("nhắc tôi trước 3 ngày", False),
    ],
)
def test_cancel(text: str, wanted: bool) -> None:
    assert wants_cancel(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("xem nhắc", True),
        ("xem nhac", True),
        ("/nhacviec", True),
        ("Các lời nhắc của tôi", True),
        ("danh sách lời nhắc", True),
        ("tôi có lời nhắc nào?", True),
        ("cho xem các lời nhắc", True),
        ("xem nhạc", False),
        ("xem nhắc lại điều 36", False),
        ("nhắc tôi", False),
    ],
)
def test_list(text: str, wanted: bool) -> None:
    assert wants_list(text) == wanted


@pytest.mark.parametrize(
    ("says", "texts"),
    [
        (says_yes, ["đồng ý", "Đồng ý!", "ok", "oke bạn", "có", "vâng ạ", "dạ", "duoc", "ừm", "dong y nhe", "da dong y"]),
        (says_no, ["không", "Không, cảm ơn", "ko", "thôi", "khỏi", "hủy", "không cần", "thôi khỏi", "bỏ đi"]),
        (says_all, ["tất cả", "Tat ca", "hết", "hủy hết", "tất cả đi"]),
        (says_cancel, ["hủy", "Huỷ", "huy."]),
    ],
)
def test_short_words(says: Any, texts: list[str]) -> None:
    assert [text for text in texts if not says(text)] == []


@pytest.mark.parametrize(
    "text", ["có phải nộp phí không", "không có tài sản thì sao", "đồng ý với quyết định thì làm gì", "tất cả tài sản"]
)
def test_a_question_is_no_short_word(text: str) -> None:
    assert [says.__name__ for says in (says_yes, says_no, says_all) if says(text)] == []
