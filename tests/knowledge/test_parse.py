"""The body of a library file: every level, closing words, doubts, dates of single places, and what is refused with file and line."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from knowledge.document import LegalDocument, Provision
from knowledge.errors import LibraryError
from knowledge.parse import parse_document

HEAD = """---
number: 9/2026/NĐ-CP
kind: Nghị định
title: Thử nghiệm
issuer: Chính phủ
issued: 2026-01-05
effective_from: 2026-03-01
audience: public
text: digest
---
"""

BODY = """
# Phần thứ nhất. Quy định chung
# Chương I. Phạm vi
# Mục 1. Đối tượng
# Tiểu mục 2. Người phải thi hành án
## Điều 1. Giải thích từ ngữ.
<!-- ngờ: số khoản in dính chữ -->
Trong Nghị định này:
1. Người phải thi hành án gồm:
a) Cá nhân;
kể cả người chưa thành niên;
b) Tổ chức <!-- ngờ: bản quét mờ --> khác.

Những người này gọi chung là đương sự.
2. Khoản hai.
dòng tiếp của khoản hai.
đ) Điểm không theo thứ tự.
# Chương II
Tên chương viết ở dòng dưới
## Điều 7a. Điều chèn thêm
a) Điểm của điều không có khoản;
a1) Điểm chèn thêm.

Đoạn kết của điều.
## Phụ lục mẫu biểu
1. Khoản của phần không đánh số điều.
"""
FIRST = HEAD.count("\n") + 1  # line of the body


@pytest.fixture(scope="module")
def document() -> LegalDocument:
    return parse_document(HEAD + BODY, "thu.md")


def first_article(document: LegalDocument) -> Provision:
    found = document.article("1")
    assert found
    return found


def test_divisions_stand_above_their_articles(document: LegalDocument) -> None:
    (above, article), (other, inserted), (nothing, appendix) = document.articles()
    assert [(p.name, p.heading) for p in above] == [
        ("Phần thứ nhất", "Quy định chung"),
        ("Chương I", "Phạm vi"),
        ("Mục 1", "Đối tượng"),
        ("Tiểu mục 2", "Người phải thi hành án"),
    ]
    assert (article.name, article.heading) == ("Điều 1", "Giải thích từ ngữ")
    assert [(p.name, p.heading) for p in other][1:] == [("Chương II", "Tên chương viết ở dòng dưới")]
    assert (inserted.label, inserted.heading) == ("7a", "Điều chèn thêm")
    assert (appendix.level, appendix.name) == ("heading", "Phụ lục mẫu biểu")
    assert nothing == other


def test_clauses_and_points(document: LegalDocument) -> None:
    article = first_article(document)
    assert article.text == "Trong Nghị định này:"
    first, second = article.children
    assert (first.level, first.name, first.text) == ("clause", "khoản 1", "Người phải thi hành án gồm:")
    assert [(p.level, p.label, p.text) for p in first.children] == [
        ("point", "a", "Cá nhân;\nkể cả người chưa thành niên;"),
        ("point", "b", "Tổ chức  khác."),
    ]
    assert (second.text, [p.label for p in second.children]) == ("Khoản hai.\ndòng tiếp của khoản hai.", ["đ"])


def test_closing_words_belong_to_the_whole(document: LegalDocument) -> None:
    assert first_article(document).children[0].closing == "Những người này gọi chung là đương sự."
    inserted = document.article("7a")
    assert inserted
    assert ([p.label for p in inserted.children], inserted.closing) == (["a", "a1"], "Đoạn kết của điều.")


def test_doubts_are_kept_apart_from_the_text(document: LegalDocument) -> None:
    article = first_article(document)
    assert article.doubts == ("số khoản in dính chữ", "bản quét mờ")
    assert "<!--" not in article.whole_text()
    assert "ngờ" not in article.whole_text()


def test_whole_text_prints_the_article(document: LegalDocument) -> None:
    assert first_article(document).whole_text() == (
        "Trong Nghị định này:\n"
        "1. Người phải thi hành án gồm:\na) Cá nhân;\nkể cả người chưa thành niên;\nb) Tổ chức  khác.\n"
        "Những người này gọi chung là đương sự.\n"
        "2. Khoản hai.\ndòng tiếp của khoản hai.\nđ) Điểm không theo thứ tự."
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param((HEAD + BODY).replace("\n", "\r\n"), id="line ends of Windows"),
        pytest.param(HEAD + BODY.replace("ố", "ố").replace("ệ", "ệ"), id="decomposed letters"),
        pytest.param(HEAD + BODY.replace("## Điều 1. ", "## ĐIỀU 1: "), id="capitals and a colon"),
        pytest.param("\ufeff" + HEAD + BODY, id="byte order mark, as Notepad saves"),
        pytest.param((HEAD + BODY).replace("\n", "\r"), id="line ends of old Macs"),
        pytest.param(unicodedata.normalize("NFD", HEAD + BODY), id="decomposed throughout"),
        pytest.param(HEAD + BODY.replace("## Điều", "## Ðiều"), id="Eth printed for Đ"),
        pytest.param(HEAD + BODY.replace("1. ", "\u200c1.\t").replace("a) ", "\ta)\u00a0"), id="tabs and invisible marks"),
        pytest.param(HEAD + BODY.replace("2. Khoản", "2.Khoản").replace("b) ", "b)"), id="no space after a number"),
        pytest.param(HEAD + BODY.replace("\n", "  \n"), id="spaces at the ends of lines"),
    ],
)
def test_reads_the_same_document(document: LegalDocument, text: str) -> None:
    assert parse_document(text, "thu.md").provisions == document.provisions


def dated(effects: str) -> LegalDocument:
    return parse_document(HEAD.replace("text: digest", f"text: digest\npartial_effect:\n{effects}") + BODY, "thu.md")


def spans(document: LegalDocument) -> dict[str, tuple[date | None, date | None]]:
    """The dates that were set, by the place they stand at."""
    found: dict[str, tuple[date | None, date | None]] = {}

    def walk(provision: Provision, name: str) -> None:
        if provision.in_force_from or provision.in_force_to:
            found[name] = (provision.in_force_from, provision.in_force_to)
        for child in provision.children:
            walk(child, f"{name}.{child.label}")

    for _, article in document.articles():
        walk(article, article.label)
    return found


EARLY, LATE = date(2026, 2, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        pytest.param('  - {articles: ["Điều 1"], from: 2026-02-01, to: null}', {"1": (EARLY, None)}, id="an article"),
        pytest.param('  - {articles: ["Điều 7a"], to: 2027-01-01}', {"7a": (None, LATE)}, id="an inserted article that ends"),
        pytest.param('  - {articles: ["khoản 2 Điều 1"], from: 2026-02-01}', {"1.2": (EARLY, None)}, id="a clause"),
        pytest.param(
            '  - {articles: ["điểm a, b khoản 1 Điều 1"], from: 2026-02-01, to: 2027-01-01}',
            {"1.1.a": (EARLY, LATE), "1.1.b": (EARLY, LATE)},
            id="a list of points",
        ),
        pytest.param(
            '  - {articles: ["Điều 1"], from: 2026-02-01}\n  - {articles: ["khoản 1 Điều 1", "Điều 7a"], to: 2027-01-01}',
            {"1": (EARLY, None), "1.1": (None, LATE), "7a": (None, LATE)},
            id="several entries; khoản 1 of the unnumbered part is another place",
        ),
    ],
)
def test_partial_effect(effects: str, expected: dict[str, tuple[date | None, date | None]]) -> None:
    assert spans(dated(effects)) == expected


@pytest.mark.parametrize(
    "place",
    ["Điều 9", "khoản 8 Điều 1", "điểm h khoản 1 Điều 1", "điểm a Điều 1", "Phụ lục II", "ba điều đầu", "Điều 1 và Điều 9"],
)
def test_partial_effect_of_a_place_that_is_not_there(place: str) -> None:
    with pytest.raises(LibraryError) as caught:
        dated(f'  - {{articles: ["{place}"], from: 2026-02-01}}')
    assert (caught.value.path, caught.value.line) == ("thu.md", 10)
    assert place in caught.value.problem


@pytest.mark.parametrize(
    ("body", "line", "problem"),
    [
        pytest.param("", 1, "no text", id="no body"),
        pytest.param("# Chương I. Rỗng\n", FIRST, "no text", id="divisions alone: nothing to quote"),
        pytest.param("Lời nói đầu.\n## Điều 1. Một\nx\n", FIRST, "before the first heading", id="text before the first heading"),
        pytest.param("1. Khoản.\n## Điều 1. Một\nx\n", FIRST, "before the first heading", id="a clause before the first heading"),
        pytest.param("### Điều 1. Một\n", FIRST, "not understood", id="three number signs"),
        pytest.param("# Điều 1. Một\n", FIRST, "not understood", id="an article with one number sign"),
        pytest.param("# Lời nói đầu\n", FIRST, "not understood", id="an unknown division"),
        pytest.param("\n##Điều 1. Một\n", FIRST + 1, "not understood", id="no space"),
        pytest.param("## Điều 1Một\nx\n", FIRST, "not understood", id="a number glued to its heading"),
        pytest.param("## Điều II. Một\nx\n", FIRST, "not understood", id="an article in Roman numbers"),
        pytest.param("## Chương I. Một\n", FIRST, "not understood", id="a division with two number signs"),
        pytest.param("# Chương I. Một\n1. Khoản.\n", FIRST + 1, "before the first heading", id="a clause without its article"),
        pytest.param("# Chương I. Một\n\nLời.\n", FIRST + 2, "before the first heading", id="a paragraph without its article"),
        pytest.param("## Điều 1. Một\nx\n<!-- ngờ: y\n## Điều 2. z\n", FIRST + 2, "does not end", id="a comment without end"),
        pytest.param("## Điều 1. Một\nx -->\n", FIRST + 1, "where none belongs", id="an end without a comment"),
        pytest.param("## Điều 1. Một\n<!-- a <!-- b -->\n", FIRST + 1, "where none belongs", id="a comment in a comment"),
        pytest.param("## Điều 1. Một\n1a. Một.\n1A. Lại.\n", FIRST + 2, "'1a' stands twice", id="a clause twice, in capitals"),
        pytest.param("## Điều 1. Một\nx\x00y\n", FIRST + 1, "U+0000", id="a NUL byte"),
        pytest.param("## Điều 1. Một\n1. x\x0b2. y\n", FIRST + 1, "U+000B", id="two clauses on a soft line break"),
        pytest.param("## Điều 1. Một\n1. Một.\n1. Lại một.\n", FIRST + 2, "clause '1' stands twice", id="a clause twice"),
        pytest.param("## Điều 1. Một\n1. Một:\na) x;\na) y.\n", FIRST + 3, "point 'a' stands twice", id="a point twice"),
    ],
)
def test_refuses(body: str, line: int, problem: str) -> None:
    with pytest.raises(LibraryError) as caught:
        parse_document(HEAD + body, "thu.md")
    assert problem in caught.value.problem
    assert str(caught.value).startswith(f"thu.md:{line}: ")
    assert caught.value.remedy


def test_a_comment_over_several_lines_is_no_text() -> None:
    document = parse_document(HEAD + "## Điều 1. Một\nLời.\n<!-- ngờ: dòng một\ndòng hai -->\nLời nữa.\n", "thu.md")
    article = first_article(document)
    assert article.whole_text() == "Lời.\nLời nữa."
    assert len(article.doubts) == 1


@pytest.mark.parametrize(
    ("lines", "clauses"),
    [
        pytest.param("1. Nộp\n1.000.000 đồng.\n", [("1", "Nộp\n1.000.000 đồng.")], id="an amount at the start of a line"),
        pytest.param("1.\nMột.\n2. Hai.\n", [("1", "Một."), ("2", "Hai.")], id="a clause whose text stands on the next line"),
        pytest.param("2. Hai.\n1. Một.\n", [("2", "Hai."), ("1", "Một.")], id="clauses turned round stay as they stand"),
    ],
)
def test_clauses_as_people_type_them(lines: str, clauses: list[tuple[str, str]]) -> None:
    article = first_article(parse_document(HEAD + "## Điều 1. Một\n" + lines, "thu.md"))
    assert [(clause.label, clause.text) for clause in article.children] == clauses


def test_points_go_on_after_y() -> None:
    article = first_article(parse_document(HEAD + "## Điều 1. Một\ny) Cuối.\naa) Hơn.\nđđ) Nữa.\nbo) Không.\n", "thu.md"))
    assert [(point.label, point.text) for point in article.children] == [
        ("y", "Cuối."),
        ("aa", "Hơn."),
        ("đđ", "Nữa.\nbo) Không."),
    ]


def test_a_doubt_above_an_article_is_not_lost() -> None:
    document = parse_document(HEAD + "# Chương I. Một\n<!-- NGỜ: mất trang -->\n## Điều 1. Một\nLời.\n", "thu.md")
    assert first_article(document).doubts == ("mất trang",)
