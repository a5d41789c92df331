"""Official texts become library bodies: every level, every repair that leaves one reading, and none that leaves two."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.document import LegalDocument
from knowledge.extract import page_mark
from knowledge.parse import parse_document
from knowledge.sequence import letter_follows, number_follows, settle
from knowledge.source_note import read_source_note, same_number
from knowledge.structure import Structured, structure

FRONT = """---
number: 1/2026/NĐ-CP
kind: Nghị định
title: T
issuer: Chính phủ
issued: 2026-01-01
effective_from: 2026-01-01
audience: public
text: official
---
"""


def read(text: str, number: str | None = None) -> Structured:
    return structure(text.strip("\n").split("\n"), number)


def parsed(found: Structured) -> LegalDocument:
    """What the library's own reader makes of the body: it must read every body."""
    return parse_document(FRONT + found.body, "a.md")


def article(*lines: str) -> str:
    """The lines under one article, between two others, so that its numbers have neighbours."""
    return "\n".join(["Điều 1. Một", "Nội dung.", "Điều 2. Hai", *lines, "Điều 3. Ba", "Nội dung."])


def body_of(found: Structured) -> list[str]:
    lines = found.body.splitlines()
    return lines[lines.index("## Điều 2. Hai") + 1 : lines.index("## Điều 3. Ba")]


FULL = """
CHÍNH PHỦ
Số: 1/2026/NĐ-CP
NGHỊ ĐỊNH
Quy định thử nghiệm
Căn cứ Luật Tổ chức Chính phủ;
Phần thứ nhất
QUY ĐỊNH CHUNG
Chương I
NHỮNG QUY ĐỊNH
CHUNG
Mục 1. PHẠM VI
Tiểu mục 1. Đối tượng
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định:
1. Một.
2. Hai, gồm:
a) Nhỏ một;
tiếp theo của điểm a;
b) Nhỏ hai.
Đoạn cuối của khoản 2.
Chương II. TỔ CHỨC THỰC HIỆN
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2026.
Nơi nhận:
- Ban Bí thư;
TM. CHÍNH PHỦ
Phụ lục I
Điều 1. Mẫu của phụ lục
"""


def test_every_level() -> None:
    found = read(FULL)
    assert found.body == "\n".join(
        [
            "# Phần thứ nhất. QUY ĐỊNH CHUNG",
            "# Chương I. NHỮNG QUY ĐỊNH CHUNG",
            "# Mục 1. PHẠM VI",
            "# Tiểu mục 1. Đối tượng",
            "## Điều 1. Phạm vi điều chỉnh",
            "Nghị định này quy định:",
            "1. Một.",
            "2. Hai, gồm:",
            "a) Nhỏ một;",
            "tiếp theo của điểm a;",
            "b) Nhỏ hai.",
            "",
            "Đoạn cuối của khoản 2.",
            "# Chương II. TỔ CHỨC THỰC HIỆN",
            "## Điều 2. Hiệu lực thi hành",
            "Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2026.",
            "",
        ]
    )
    assert found.articles == ("1", "2")
    assert found.repairs == ()
    clause = parsed(found).article("1").child("2")  # type: ignore[union-attr]
    assert clause is not None
    assert (clause.child("a").text, clause.closing) == ("Nhỏ một;\ntiếp theo của điểm a;", "Đoạn cuối của khoản 2.")  # type: ignore[union-attr]
    assert [each.printed for each in found.left_out] == ["1"]
    assert {each.reason for each in found.dropped} >= {"outside the articles", "signature, recipients or annex"}


HEADINGS = [
    ("Điều 2. Hai", "2", "Hai", False),
    ("Điều 2: Hai", "2", "Hai", True),
    ("Điều 2 Hai", "2", "Hai", False),
    ("ĐIỀU 2. Hai", "2", "Hai", True),
    ("Ðiều 2. Hai", "2", "Hai", True),
    ("Điêu 2. Hai", "2", "Hai", True),
    ("Điểu 2. Hai", "2", "Hai", True),
    ("Điều2. Hai", "2", "Hai", True),
    ("_ Điều 2. Hai", "2", "Hai", True),
    ("**Điều 2. Hai**", "2", "Hai", False),
    ("## Điều 2. Hai", "2", "Hai", False),
    ("### **Điều 2.** Hai", "2", "Hai", False),
    ("Điều 2.[5] Hai", "2", "Hai", False),
    ("Điều 1a. Hai", "1a", "Hai", False),
    ("Điều 1 a. Hai", "1a", "Hai", False),
    ("Điều 02. Hai", "2", "Hai", False),
    ("Điều 2.\nHai", "2", "Hai", False),
    ("Điều 2. Hai và\nba", "2", "Hai và ba", False),
]


@pytest.mark.parametrize(("line", "label", "heading", "repaired"), HEADINGS)
def test_article_headings(line: str, label: str, heading: str, repaired: bool) -> None:
    found = read(f"Điều 1. Một\nNội dung.\n{line}\nVăn bản của điều.\nĐiều 3. Ba\nNội dung.")
    assert found.articles == ("1", label, "3")
    assert f"## Điều {label}. {heading}\nVăn bản của điều." in found.body
    assert bool(found.repairs) == repaired
    parsed(found)


NO_HEADINGS = [
    "Điều 5 của Luật này được áp dụng.",
    "Điều 5 Luật Thi hành án dân sự quy định khác.",
    "Điều 5 và Điều 6 Nghị định này.",
    "Điều kiện thi hành án.",
    "Mục họ tên người nộp: ghi theo giấy tờ.",
    "Phần lãi từ tiền gửi được cộng vào.",
    "Chương trình khung do Bộ ban hành.",
    "2, 3 và 4 Điều này.",
    "01 Trưởng ban.",
    "500.000 đồng/người.",
]


@pytest.mark.parametrize("line", NO_HEADINGS)
def test_lines_that_open_nothing(line: str) -> None:
    found = read(article("Mở đầu:", line))
    assert found.articles == ("1", "2", "3")
    assert "\n".join(body_of(found)).replace("Mở đầu:", "").strip() == line
    assert (found.repairs, found.doubts) == ((), ())


NUMBERS = [
    ("between two neighbours", ["84", "85", "56", "87"], ["84", "85", "86", "87"]),
    ("a gap is no misprint", ["44", "45", "49", "50"], ["44", "45", "49", "50"]),
    ("a letter may come in", ["7", "7a", "7b", "8"], ["7", "7a", "7b", "8"]),
    ("too high", ["11", "18", "13", "14"], ["11", "12", "13", "14"]),
    ("the last one", ["57", "58", "53"], ["57", "58", "59"]),
]


@pytest.mark.parametrize(("printed", "expected"), [row[1:] for row in NUMBERS], ids=[row[0] for row in NUMBERS])
def test_article_numbers(printed: list[str], expected: list[str]) -> None:
    found = read("\n".join(f"Điều {number}. Tên điều\nNội dung." for number in printed))
    assert list(found.articles) == expected
    wrong = [(f"Điều {now}", f"Điều {was}.") for was, now in zip(printed, expected, strict=True) if was != now]
    assert [(each.place, each.printed[: len(each.place) + 1]) for each in found.repairs] == wrong


# What is printed, what it says, and how many repairs and doubts are reported.
CLAUSES = [
    (["1. Một", "2. Hai"], ["1. Một", "2. Hai"], 0, 0),
    (["1.Một hai", "2.Đương sự"], ["1. Một hai", "2. Đương sự"], 2, 0),
    (["1. Một", "_2. Hai ba", "3, Ba bốn"], ["1. Một", "2. Hai ba", "3. Ba bốn"], 2, 0),
    (["l. Một hai ba bốn năm", "2. Hai"], ["1. Một hai ba bốn năm", "2. Hai"], 1, 0),
    (["1. Một", "2. Hai", "3. Ba", "4. Bốn", "$. Quyết định khen thưởng cho", "6. Sáu"], None, 1, 0),
    (["1. Một", "2. Hai", "5. Ba", "4. Bốn"], ["1. Một", "2. Hai", "3. Ba", "4. Bốn"], 1, 0),
    (["1. Một", "2. Hai", "5. Năm"], ["1. Một", "2. Hai", "5. Năm"], 0, 1),
    (["1. Một", "2. Hai", "2. Ba"], ["1. Một", "2. Hai", "3. Ba"], 1, 0),
    (["1. Một", "1a. Một a", "2. Hai"], ["1. Một", "1a. Một a", "2. Hai"], 0, 0),
    (["1. Một. 2. Hai ba", "3. Ba"], ["1. Một.", "2. Hai ba", "3. Ba"], 1, 0),
    (["1. a) Nhỏ", "b) Lớn", "2. Hai"], ["1. …", "a) Nhỏ", "b) Lớn", "2. Hai"], 0, 0),
    (["Mở đầu", "1. Một", "2.[12] Hai [3]"], ["Mở đầu", "1. Một", "2. Hai"], 0, 0),
]


@pytest.mark.parametrize(("printed", "expected", "repairs", "doubts"), CLAUSES)
def test_clauses(printed: list[str], expected: list[str] | None, repairs: int, doubts: int) -> None:
    found = read(article(*printed))
    assert body_of(found) == (expected or [line.replace("$.", "5.") for line in printed])
    assert (len(found.repairs), len(found.doubts)) == (repairs, doubts)
    parsed(found)


POINTS = [
    ("a b c d đ e g h i k l m n o p q r s t u v x y", None, 0, 0),
    ("8 b c", "a b c", 1, 0),
    ("a b c d đ e 8 h", "a b c d đ e g h", 1, 0),
    ("a b c d đ e g h 1 k 1 m", "a b c d đ e g h i k l m", 2, 0),
    ("a b c d đd e", "a b c d đ e", 1, 0),
    ("a b c đ đ e", "a b c d đ e", 1, 0),
    ("a b e d đ", "a b c d đ", 1, 0),
    ("A b c", "a b c", 1, 0),
    ("a b d", "a b d", 0, 1),
    ("a b c đ", "a b c đ", 0, 1),  # a text that was not scanned: "d" was repealed, "đ" is no misprint
    ("a b c e f", "a b c e f", 0, 1),
]


@pytest.mark.parametrize(("printed", "expected", "repairs", "doubts"), POINTS)
def test_points(printed: str, expected: str | None, repairs: int, doubts: int) -> None:
    found = read(article("1. Gồm:", *(f"{label}) Điểm" for label in printed.split())))
    assert body_of(found)[1:] == [f"{label}) Điểm" for label in (expected or printed).split()]
    assert (len(found.repairs), len(found.doubts)) == (repairs, doubts)


def test_in_a_scanned_text_letters_of_one_shape_are_put_right() -> None:
    scanned = ["1. Gồm:", "_8) Một;", "„ b) Hai;", ".c) Ba;", "đ) Bốn."]
    assert body_of(read(article(*scanned))) == ["1. Gồm:", "a) Một;", "b) Hai;", "c) Ba;", "d) Bốn."]


def test_two_readings_are_no_reading() -> None:
    """ "1)" after "h" and before "m" may be "i", "k" or "l" misprinted: it stays text, and that is said."""
    found = read(article("1. Gồm:", *(f"{label}) Điểm" for label in "abcdđegh1m")))
    assert body_of(found)[8:] == ["h) Điểm", "1) Điểm", "m) Điểm"]
    assert len(found.doubts) == 2
    parsed(found)


def test_point_in_the_middle_of_a_line_is_brought_out() -> None:
    found = read(article("1. Gồm:", "a) Một; b)01 người", "c) Ba"))
    assert body_of(found) == ["1. Gồm:", "a) Một;", "b) 01 người", "c) Ba"]
    assert found.repairs[0].read == "điểm b on a line of its own"


def test_numbers_inside_a_quotation_belong_to_another_document() -> None:
    quoted = [
        "1. Sửa đổi Điều 5 như sau:",
        "“Điều 5. Tên",
        "1. Một;",
        "a) Nhỏ;",
        "Điều 6. Tên khác",
        "2. Hai.”",
        "2. Bãi bỏ Điều 7.",
    ]
    found = read(article(*quoted))
    assert found.articles == ("1", "2", "3")
    assert body_of(found) == [
        "1. Sửa đổi Điều 5 như sau:",
        "“Điều 5. Tên 1. Một; a) Nhỏ;",
        "Điều 6. Tên khác 2. Hai.”",
        "2. Bãi bỏ Điều 7.",
    ]
    assert found.doubts == ()
    parsed(found)


def test_lost_closing_mark_does_not_swallow_the_rest() -> None:
    found = read("\n".join(f"Điều {n}. Tên\nNội “dung." if n == 1 else f"Điều {n}. Tên\nNội dung." for n in range(1, 120)))
    assert len(found.articles) == 119


HEAD_AND_TEXT = [
    (
        "Điều 2. Giải thích từ ngữ Trong Nghị định này, các từ ngữ được hiểu như sau:\n1. Một.",
        "Giải thích từ ngữ",
        "Trong Nghị định này",
    ),
    ("Điều 2. Quyết định này có hiệu lực kể từ ngày ký.", "", "Quyết định này có hiệu lực kể từ ngày ký."),
    ("Điều 2. Nhiệm vụ của Bộ Tư pháp gồm:\n1. Một.", "", "Nhiệm vụ của Bộ Tư pháp gồm:"),
]


@pytest.mark.parametrize(("lines", "heading", "begins"), HEAD_AND_TEXT)
def test_text_run_into_the_heading(lines: str, heading: str, begins: str) -> None:
    found = read(f"Điều 1. Một\nNội dung.\n{lines}\nĐiều 3. Ba\nNội dung.")
    written = found.body.splitlines()
    at = next(n for n, line in enumerate(written) if line.startswith("## Điều 2."))
    assert written[at] == f"## Điều 2. {heading}".rstrip()
    assert written[at + 1].startswith(begins)
    assert len(found.repairs) == 1


DIVISIONS = [
    (["Chương ]", "Chương TH", "Chương IV"], ["Chương I", "Chương II", "Chương IV"], 2),
    (["Chương I", "Chương II", "Chương FV", "Chương IV"], ["Chương I", "Chương II", "Chương III", "Chương IV"], 1),
    (["Mục 1", "Mạc; 2", ": Mục 3"], ["Mục 1", "Mục 2", "Mục 3"], 0),
    (["Chương I", ",ChươngIH -"], ["Chương I", "Chương II"], 1),
]


@pytest.mark.parametrize(("printed", "expected", "repairs"), DIVISIONS)
def test_divisions(printed: list[str], expected: list[str], repairs: int) -> None:
    found = read("\n".join(f"{mark} TÊN GỌI\nĐiều {n}. Tên\nNội dung." for n, mark in enumerate(printed, 1)))
    assert [line for line in found.body.splitlines() if line.startswith("# ")] == [f"# {mark}. TÊN GỌI" for mark in expected]
    assert len(found.repairs) == repairs


CODIFIED = """
# Số hiệu: 26/2008/QH12
Điều 7. Quyền
(Điều 7 Luật số 26/2008/QH12, có hiệu lực thi hành kể từ ngày 01/07/2009, có nội dung được sửa đổi, có nội dung
được bổ sung bởi Điều 1 Luật số 64/2014/QH13 có hiệu lực thi hành kể từ ngày 01/07/2015)
Nội dung bảy.
(Điều này có nội dung liên quan đến Điều 5 của Nghị định 62/2015/NĐ-CP;
Điều 6 của Thông tư 1/2016/TT-BTP ban hành ngày 01/02/2016)
Điều 7a. Nghĩa vụ
(Điều 7a Luật số 64/2014/QH13, có hiệu lực thi hành kể từ ngày 01/07/2015)
Nội dung bảy a.Chương IV
BIỆN PHÁP
Điều 8. Bỏ
(Điều 8 Luật số 26/2008/QH12, có hiệu lực thi hành kể từ ngày 01/07/2009, bị bãi bỏ
bởi Điều 1 Luật số 64/2014/QH13 có hiệu lực thi hành kể từ ngày 01/07/2015)
Điều 9. Chín
(Điều 9 Luật số 26/2008/QH12, có hiệu lực thi hành kể từ ngày 01/07/2009)
Nội dung chín.
danh mục kèm theo
ban hành ngày 16/05/2017)
(Điều 10 Luật số 26/2008/QH12, có hiệu lực thi hành kể từ ngày 01/07/2009)
1. Nội dung mười.
Điều 11. Hiệu lực
(Điều 2 Luật số 64/2014/QH13 Sửa đổi, bổ sung một số điều ngày 25/11/2014 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/07/2015 )
Luật này có hiệu lực từ 2015.
[Phần dưới là của văn bản khác]
(03/2022, điều 10) Chuyển tiếp
(Điều 10 Luật số 03/2022/QH15, có hiệu lực thi hành kể từ ngày 01/03/2022)
Nội dung khác.
Phụ lục I.doc
"""


@pytest.mark.parametrize("number", [None, "26/2008/QH12", "1/1999/QH10"])
def test_codified_text(number: str | None) -> None:
    found = read(CODIFIED, number)
    assert found.articles == ("7", "7a", "8", "9", "10")
    assert "64/2014" not in found.body.replace("Điều 1 của 64/2014/QH13", "")
    assert "## Điều 8. Bỏ\n(Điều này bị bãi bỏ bởi Điều 1 của 64/2014/QH13 từ ngày 01/07/2015.)\n" in found.body
    assert "## Điều 9. Chín\nNội dung chín.\n## Điều 10.\n1. Nội dung mười.\n" in found.body
    assert "Chương" not in found.body
    assert [(each.printed, each.reason) for each in found.left_out] == [
        ("11", "an article of 64/2014/QH13"),
        ("", "an article of 03/2022/QH15"),
    ]
    assert found.source_dates["7"].effective_from == date(2009, 7, 1)
    assert found.source_dates["7"].changes[0].actions == ("supplemented", "amended")
    assert found.source_dates["7a"].number == "64/2014/QH13"
    assert [each.place for each in found.repairs] == ["Điều 10"]
    parsed(found)


NOTES = [
    (
        "(Điều 1 Luật số 01/2016/QH14 Đấu giá tài sản ngày 17/11/2016 của Quốc hội, có hiệu lực thi hành kể từ ngày 01/07/2017)",
        "Đấu giá tài sản",
        "Quốc hội",
        (),
    ),
    ("(Điều 7b Luật số 64/2014/QH13, có hiệu lực thi hành kể từ ngày 01/07/2015.)", "", "", ()),
    ("(Điều 2 Nghị định số 89/2015/NÐ-CP, có hiệu lực thi hành kể từ ngày 25/11/2015)", "", "", ()),
    (
        "(Điều 7a Thông tư số 22/2014/TT-NHNN, có hiệu lực thi hành kể từ ngày 25/08/2014, được bổ sung bởi Điều 1 Thông tư số 21/2015/TT-NHNN"
        " có hiệu lực thi hành kể từ ngày 25/11/2015; Điều 1 Thông tư số 12/2018/TT-NHNN có hiệu lực thi hành kể từ ngày 27/04/2018)",
        "",
        "",
        (("supplemented", "21/2015/TT-NHNN"), ("supplemented", "12/2018/TT-NHNN")),
    ),
    (
        "(Điều 6 Thông tư số 22/2014/TT-NHNN, có hiệu lực thi hành kể từ ngày 25/08/2014,"
        " có nội dung bị bãi bỏ bởi Điều 1 Thông tư số 12/2018/TT-NHNN)",
        "",
        "",
        (("amended", "12/2018/TT-NHNN"),),
    ),
]


@pytest.mark.parametrize(("line", "title", "issuer", "changes"), NOTES)
def test_source_notes(line: str, title: str, issuer: str, changes: tuple[tuple[str, str], ...]) -> None:
    note = read_source_note(line)
    assert note is not None
    assert (note.title, note.issuer) == (title, issuer)
    assert tuple((change.actions[0], change.number) for change in note.changes) == changes
    assert "Ð" not in note.number
    assert note.repeal is None


@pytest.mark.parametrize("line", ["(Điều này có hiệu lực từ 2015)", "Điều 1. Phạm vi", "(sau đây gọi là Luật số 26/2008/QH12)"])
def test_other_lines_are_no_source_notes(line: str) -> None:
    assert read_source_note(line) is None


SAME = [
    ("11/2016/TTLT-BTP-TANDTC-VKSNDT", "11/2016/TTLT-BTP-TANDTC-VKSNDTC", True),
    ("89/2015/NÐ-CP", "89/2015/NĐ-CP", True),
    ("26/2008/QH12", "24/2008/QH12", False),
    ("62/2015/NĐ-CP", "62/2015/TT-BTC", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_same_number(one: str, other: str, same: bool) -> None:
    assert same_number(one, other) is same


def paged(*pages: list[str]) -> str:
    return "\n".join(line for n, page in enumerate(pages, 1) for line in [page_mark(n), *page])


FURNITURE = [
    ("page numbers", paged(["Điều 1. Một", "Nội", "1"], ["2", "dung một;", "b", "c"], ["- 3 -", "hai."]), ("1", "2", "- 3 -")),
    (
        "headers",
        paged(
            *(
                ["CÔNG BÁO/Số 1/Ngày 2", f"Điều {n}. Tên", f"Nội dung {w}.", f"{w} và.", "Trang web X"]
                for n, w in enumerate("abc", 1)
            )
        ),
        ("Trang web X",),
    ),
    ("numbers alone", "Điều 1. Một\nNội\n1\ndung\n2\nhai\n3\nba.", ("1", "2", "3")),
    ("footnotes", "Điều 1. Một\nNội dung.[1]\n[1] Khoản này được sửa đổi theo Luật 64/2014/QH13.", ("[1] Khoản này",)),
    ("specks", "Điều 1. Một\nNội dung.\n.-À z .ˆ + li\nỊ", (".-À", "Ị")),
    ("attached files", "Điều 1. Một\nNội dung.\n1. danhmucphuluc VI.doc", ("1. danhmucphuluc",)),
    ("headings of the page", "Điều 1. Một\nNội dung.\n## Danh sách điều khoản", ("Danh sách",)),
]


@pytest.mark.parametrize(("text", "gone"), [row[1:] for row in FURNITURE], ids=[row[0] for row in FURNITURE])
def test_furniture_goes_and_is_reported(text: str, gone: tuple[str, ...]) -> None:
    found = read(text)
    for line in gone:
        assert f"\n{line}" not in found.body
        assert any(each.text.startswith(line) for each in found.dropped)
    assert "Nội" in found.body


def test_wrapped_lines_become_paragraphs() -> None:
    found = read(
        paged(
            [
                "Điều 1. Phạm vi điều chỉnh của",
                "nghị định",
                "Nghị định này quy định theo",
                "Luật Thi hành án:",
                "1. Một và",
                "hai;",
                "2. Ba.",
            ]
        )
    )
    assert (
        found.body
        == "## Điều 1. Phạm vi điều chỉnh của nghị định\nNghị định này quy định theo Luật Thi hành án:\n1. Một và hai;\n2. Ba.\n"
    )


def test_table_rows_stay_lines() -> None:
    assert body_of(read(article("Mức chi:", "Việc | Mức", "Xác minh | 100.000"))) == [
        "Mức chi:",
        "Việc | Mức",
        "Xác minh | 100.000",
    ]


def test_contents_are_no_articles() -> None:
    listed = [f"Điều {n}. Tên {n}" for n in range(1, 6)]
    found = read("\n".join(["MỤC LỤC", *listed, *(f"{line}\nNội dung." for line in listed)]))
    assert found.articles == ("1", "2", "3", "4", "5")
    assert found.body.count("Nội dung.") == 5


def test_attached_regulation_is_a_series_of_its_own() -> None:
    decision = "Điều 1. Ban hành Quy chế.\nĐiều 2. Hiệu lực.\nNơi nhận:\nBỘ TRƯỞNG\nChương I\nQUY ĐỊNH CHUNG\n"
    regulation = "\n".join(f"Điều {n}. Tên\nNội dung {n}." for n in range(1, 6))
    found = read(decision + regulation)
    assert found.articles == ("1", "2", "3", "4", "5")
    assert [each.printed for each in found.left_out] == ["1", "2"]
    assert "2 series" in found.doubts[0].problem


def test_text_without_articles() -> None:
    found = read("Báo cáo quý\nKhông có điều nào.")
    assert (found.articles, found.body.strip()) == ((), "")


def test_article_without_text_is_said() -> None:
    found = read("Điều 1. Một\nĐiều 2. Hai (được bãi bỏ)\nĐiều 3. Ba\nNội dung.")
    assert "## Điều 2. Hai (được bãi bỏ)\n(Điều này đã bị bãi bỏ.)\n" in found.body
    assert [each.place for each in found.doubts] == ["Điều 1", "Điều 2"]


def test_stray_mark_before_the_first_clause_stays_readable() -> None:
    """A line left over from elsewhere must not become a second clause 5: the library's reader would refuse the document."""
    found = read(article("5. Thừa", "1. Một", "2. Hai", "3. Ba", "4. Bốn", "5. Năm"))
    assert body_of(found) == ["… 5. Thừa", "1. Một", "2. Hai", "3. Ba", "4. Bốn", "5. Năm"]
    assert len(found.doubts) == 1
    parsed(found)


def test_article_zero_is_none() -> None:
    assert read(article("Nội dung;", "Điều 0. Không có")).articles == ("1", "2", "3")


def test_many_misprints_are_not_repaired() -> None:
    """A text that is misprinted throughout leaves more than one reading, and takes no longer for it."""
    found = read(article("1. Gồm:", *["8) Nội dung"] * 500))
    assert found.repairs == ()
    assert len(found.doubts) == 500


def test_settle_of_nothing() -> None:
    assert settle([], number_follows) == []
    assert letter_follows((5, 0), (7, 0))  # "g" after "e": "f" is not in the alphabet
    assert not letter_follows((3, 0), (5, 0))  # "e" after "d": "đ" is
