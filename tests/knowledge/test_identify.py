"""Which document a text says it is, from every layout, and what speaks against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from knowledge.document import LegalDocument
from knowledge.identify import Basis, Identity, check_authenticity, doubts_about, identify
from knowledge.issuers import issuers_in, said_by

DECREE = """
CHÍNH PHỦ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 62/2015/NĐ-CP | Hà Nội, ngày 18 tháng 7 năm 2015
NGHỊ ĐỊNH
Quy định chi tiết và hướng dẫn thi hành một số điều
của Luật Thi hành án dân sự
Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001;
Căn cứ Luật Thi hành án dân sự số 26/2008/QH12 ngày 14 tháng 11 năm 2008;
Chính phủ ban hành Nghị định quy định chi tiết.
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định chi tiết.
Điều 2. Hiệu lực
1. Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 9 năm 2015.
"""
LAW = """
QUỐC HỘI
Luật số: 106/2025/QH15
LUẬT
THI HÀNH ÁN DÂN SỰ
Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;
Quốc hội ban hành Luật Thi hành án dân sự.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Luật này quy định nguyên tắc.
Điều 2. Hiệu lực
1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026, trừ quy định tại khoản 2.
Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, Kỳ họp thứ 10 thông qua ngày 05 tháng 12 năm 2025.
"""
JOINT = """
BỘ TƯ PHÁP - BỘ CÔNG AN
Số: 03/2012/TTLT-BTP-BCA
Hà Nội, ngày 30 tháng 3 năm 2012
THÔNG TƯ LIÊN TỊCH
Quy định cụ thể việc phối hợp bảo vệ cưỡng chế
Điều 1. Phạm vi
Điều 2. Hiệu lực
Thông tư liên tịch này có hiệu lực sau 45 ngày, kể từ ngày ký.
"""
PARTY = """
BAN CHẤP HÀNH TRUNG ƯƠNG | ĐẢNG CỘNG SẢN VIỆT NAM
Số 132-QĐ/TW | Hà Nội, ngày 27 tháng 10 năm 2023
QUY ĐỊNH
về kiểm soát quyền lực
Điều 1. Phạm vi
Quy định này có hiệu lực kể từ ngày ký.
"""
REMARKS = """
# Thông tư quản lý kho vật chứng (bản chép)
# Số hiệu: 01/2017/TT-BTP (sửa đổi sau)
# Cơ quan ban hành: Bộ Tư pháp, Vụ pháp luật
# Ngày ban hành: 23/01/2017?
# Ngày hiệu lực: 15/3/2017
Điều 1. Phạm vi
Nội dung.
"""
CODIFIED = """
# Luật gì đó
# Số hiệu: 01/2016/QH14
Điều 1. Phạm vi
(Điều 1 Luật số 01/2016/QH14 Đấu giá tài sản ngày 17/11/2016 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/07/2017)
Nội dung.
"""
SCAN = """
# Nghị định quy định về văn phòng thi hành án dân sự
# Số hiệu: 151/2026/NĐ-CP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
Số: 151/2026/NÐ-CP Hà Nội, ngày 13 tháng 5 năm 2026
NGHỊ ĐỊNH CHÍNH PHỦ uy định về tổ chức
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026.
"""

ROWS = [
    (
        DECREE,
        Identity(
            "62/2015/NĐ-CP",
            "Nghị định",
            "Quy định chi tiết và hướng dẫn thi hành một số điều của Luật Thi hành án dân sự",
            "Chính phủ",
            date(2015, 7, 18),
            date(2015, 9, 1),
            (Basis("Luật Thi hành án dân sự", "26/2008/QH12"),),
        ),
    ),
    (LAW, Identity("106/2025/QH15", "Luật", "Thi hành án dân sự", "Quốc hội", date(2025, 12, 5), date(2026, 7, 1))),
    (
        JOINT,
        Identity(
            "03/2012/TTLT-BTP-BCA",
            "Thông tư liên tịch",
            "Quy định cụ thể việc phối hợp bảo vệ cưỡng chế",
            "Bộ Tư pháp, Bộ Công an",
            date(2012, 3, 30),
            date(2012, 5, 14),
        ),
    ),
    (
        PARTY,
        Identity(
            "132-QĐ/TW", "Quy định", "Về kiểm soát quyền lực", "Ban Chấp hành Trung ương", date(2023, 10, 27), date(2023, 10, 27)
        ),
    ),
    (
        REMARKS,
        Identity(
            "01/2017/TT-BTP",
            "Thông tư",
            "Quản lý kho vật chứng",
            "Bộ Tư pháp",
            date(2017, 1, 23),
            date(2017, 3, 15),
            doubts=("the remarks are not sure of 'ngay ban hanh': '23/01/2017?'",),
        ),
    ),
    (CODIFIED, Identity("01/2016/QH14", "Luật", "Đấu giá tài sản", "Quốc hội", date(2016, 11, 17), date(2017, 7, 1))),
    (
        SCAN,
        Identity(
            "151/2026/NĐ-CP",
            "Nghị định",
            "Quy định về văn phòng thi hành án dân sự",
            "Chính phủ",
            date(2026, 5, 13),
            date(2026, 7, 1),
        ),
    ),
    ("Không có gì ở đây cả.", Identity()),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_identify(text: str, expected: Identity) -> None:
    assert identify(text.strip("\n").split("\n")) == expected


def test_what_text_and_remarks_say_apart_is_a_doubt() -> None:
    remarks = "# Số hiệu: 63/2015/NĐ-CP\n# Ngày ban hành: 19/7/2015\n# Ngày hiệu lực: 02/9/2015"
    doubts = identify((remarks + DECREE).split("\n")).doubts
    assert [doubt.split(",")[0] for doubt in doubts] == [
        "the number is printed as '62/2015/NĐ-CP'",
        "the text was signed on 2015-07-18",
        "the text takes effect on 2015-09-01",
    ]


def document(number: str, kind: str, title: str, issued: date, replaces: tuple[str, ...] = ()) -> LegalDocument:
    return LegalDocument(number, kind, title, "X", issued, issued, None, "in_force", "public", "digest", replaces)


LIBRARY = [
    document("106/2025/QH15", "Luật", "Thi hành án dân sự", date(2025, 12, 5), ("26/2008/QH12",)),
    document("152/2026/NĐ-CP", "Nghị định", "Quy định chi tiết", date(2026, 5, 13)),
    document("26/CT-TTg", "Chỉ thị", "Kỷ cương", date(2016, 9, 5)),
]
GOOD = Identity("9/2026/NĐ-CP", "Nghị định", "T", "Chính phủ", date(2026, 5, 1), date(2026, 7, 1))
LAW_BASIS = "Luật Thi hành án dân sự"

# What differs from a good one, and the words of the reason; "" where there is nothing against it.
AGAINST = [
    ({}, ""),
    ({"number": ""}, "the number was not found"),
    ({"kind": ""}, "the kind was not found"),
    ({"issued": None}, "the date of issue was not found"),
    ({"effective_from": None}, "the date of effect was not found"),
    ({"kind": "Thông tư"}, "the text is a Thông tư, but its number 9/2026/NĐ-CP is that of a Nghị định"),
    ({"issuer": "Bộ Tư pháp"}, "issued by Bộ Tư pháp, but its number"),
    ({"number": "9/2026/TT-BTP", "kind": "Thông tư", "issuer": "Bộ trưởng Bộ Tư pháp"}, ""),
    ({"number": "9/2026/TT-BTP", "kind": "Thông tư", "issuer": "Bộ Tài chính"}, "that of Bộ Tư pháp"),
    ({"number": "9/2026/QH15", "kind": "Luật", "issuer": "Quốc hội"}, ""),
    ({"number": "9/2026/QH13", "kind": "Luật", "issuer": "Quốc hội"}, "sat from 2011 to 2016, not in 2026"),
    ({"number": "183-QĐ/TW", "kind": "Quy định", "issuer": "Bộ Chính trị"}, ""),
    ({"issued": date(2025, 5, 1)}, "is of 2026, but the text was issued on 2025-05-01"),
    ({"effective_from": date(2026, 4, 1)}, "before it was issued"),
    ({"number": "152/2026/NĐ-CP"}, "the library has 152/2026/NĐ-CP as issued on 2026-05-13"),
    ({"number": "152/2026/NĐ-CP", "issued": date(2026, 5, 13)}, ""),
    ({"number": "26/CT-TTg", "kind": "Chỉ thị", "issuer": "Thủ tướng Chính phủ", "issued": date(2017, 1, 1)}, ""),
    ({"number": "26/CT-TTg", "kind": "Quyết định", "issuer": "Thủ tướng Chính phủ"}, "as a Chỉ thị, the text says Quyết định"),
    ({"bases": (Basis(LAW_BASIS, "106/2025/QH15"),)}, ""),
    ({"bases": (Basis(LAW_BASIS, "26/2008/QH12"),)}, ""),
    ({"bases": (Basis(LAW_BASIS, "24/2027/QH16"),)}, "which is later than itself (2026)"),
    ({"bases": (Basis(LAW_BASIS, "24/2017/QH13"),)}, "that National Assembly sat from 2011 to 2016"),
    ({"bases": (Basis(LAW_BASIS, "24/2026/QH15"),)}, "the library has that title as 106/2025/QH15"),
    ({"bases": (Basis(LAW_BASIS, "5/1995/QH9"),)}, ""),
    ({"bases": (Basis("Luật Doanh nghiệp", "59/2020/QH14"),)}, ""),
]


@pytest.mark.parametrize(("changes", "reason"), AGAINST)
def test_check_authenticity(changes: dict[str, object], reason: str) -> None:
    found = check_authenticity(replace(GOOD, **changes), LIBRARY)  # type: ignore[arg-type]
    if reason:
        assert any(reason in each for each in found)
    else:
        assert found == []


def test_wrong_basis_beside_the_right_one_is_a_doubt_only() -> None:
    """A scan of 152/2026/NĐ-CP carries a basis of its website before the printed one."""
    head = [
        "NGHỊ ĐỊNH",
        "Quy định chi tiết",
        "Căn cứ Luật Thi hành án dân sự số 24/2026/QH15 và Luật sửa đổi, bổ sung một số điều của Luật Thi hành án dân sự số 26/2025/QH15;",
        "Căn cứ Luật Tổ chức Chính phủ số 63/2025/QH15; Căn cứ Luật Thi hành án dân sự số 106/2025/QH15; Theo đề nghị của Bộ trưởng;",
        "Căn cứ Luật Doanh nghiệp số 59/2020/QH14 được sửa đổi bởi Luật số 03/2022/QH15 và Luật số 76/2025/QH15,",
        "Điều 1. Phạm vi",
    ]
    bases = identify(head).bases
    assert [(basis.title, basis.number) for basis in bases] == [
        ("Luật Thi hành án dân sự", "24/2026/QH15"),
        ("Luật sửa đổi, bổ sung một số điều của Luật Thi hành án dân sự", "26/2025/QH15"),
        ("Luật Tổ chức Chính phủ", "63/2025/QH15"),
        ("Luật Thi hành án dân sự", "106/2025/QH15"),
        ("Luật Doanh nghiệp", "59/2020/QH14"),
    ]
    identity = replace(GOOD, bases=bases, doubts=("seen before",))
    assert check_authenticity(identity, LIBRARY) == []
    doubts = doubts_about(identity, LIBRARY)
    assert doubts[0] == "seen before"
    assert "24/2026/QH15" in doubts[1]
    assert len(doubts) == 2


SAID = [
    ("62/2015/NĐ-CP", ("Nghị định",), ("Chính phủ",), 2015),
    ("106/2025/QH15", ("Luật", "Bộ luật", "Nghị quyết"), ("Quốc hội",), 2025),
    ("11/2016/TTLT-BTP-TANDTC", ("Thông tư liên tịch",), ("Bộ Tư pháp", "Tòa án nhân dân tối cao"), 2016),
    ("26/CT-TTg", ("Chỉ thị",), ("Thủ tướng Chính phủ",), None),
    (
        "08-QĐi/TW",
        ("Quy định",),
        ("Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương", "Trung ương Đảng Cộng sản Việt Nam"),
        None,
    ),
    ("tin-thads-2024-q1", (), (), 2024),
    ("", (), (), None),
]


@pytest.mark.parametrize(("number", "kinds", "issuers", "year"), SAID)
def test_what_a_number_says(number: str, kinds: tuple[str, ...], issuers: tuple[str, ...], year: int | None) -> None:
    said = said_by(number)
    assert (said.kinds, said.issuers, said.year) == (kinds, issuers, year)


def test_issuers_in_a_head() -> None:
    assert issuers_in("THỦ TƯỚNG CHÍNH PHỦ CỘNG HÒA") == ("Thủ tướng Chính phủ",)
    assert issuers_in("không có ai") == ()
