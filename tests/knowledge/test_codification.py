"""The codification's page: many documents in one, each article under its own number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.codification import CodifiedDocument, is_codification, read_codification
from knowledge.errors import ExtractError


def article(code: str, heading: str, source: str, *paragraphs: str, related: str = "") -> str:
    """An article as the portal writes it, with its paragraphs inside a paragraph, which HTML takes apart."""
    inner = "".join(each if each.startswith("<table") else f'<p style="text-align: justify;">{each}</p>' for each in paragraphs)
    note = f"<p class='pGhiChu'><a href='http://vbpl.vn/x'>({source})</a></p>"
    more = f"<p class='pChiDan'>(Điều này có nội dung liên quan đến {related})</p>" if related else ""
    return f"<p class='pDieu'><a name='3'></a>Điều {code}. {heading}</p>{note}<p class='pNoiDung'>{inner}</p>{more}"


SINCE = "có hiệu lực thi hành kể từ ngày"
ARTICLES = [
    article(
        "30.2.LQ.1",
        "Phạm vi",
        f"Điều 1 Luật số 26/2008/QH12, {SINCE} 01/07/2009",
        "1.Một hai;",
        "2. Hai:",
        "a) Nhỏ.",
        related="<a>Điều 2 A</a>; <a>Điều 3 B</a>",
    ),
    article(
        "30.2.NĐ.1.1",
        "Phạm vi của Nghị định",
        f"Điều 1 Nghị định số 62/2015/NĐ-CP Quy định chi tiết ngày 18/07/2015 của Chính phủ, {SINCE} 01/09/2015 ",
        "Nghị định này quy định.",
    ),
    "<p class='pChuong'>Chương II</p><p class='pChuong'>HỆ THỐNG</p>",
    article(
        "30.2.NĐ.1.49",
        "Thủ tục",
        f"Điều 49 Nghị định số 62/2015/NĐ-CP, {SINCE} 01/09/2015",
        "<table><tr><td>Việc</td><td>Mức</td></tr></table>",
    ),
    article(
        "30.2.LQ.7",
        "Quyền",
        f"Điều 7 Luật số 26/2008/QH12, {SINCE} 01/07/2009, bị bãi bỏ bởi Điều 1 Luật số 64/2014/QH13 {SINCE} 01/07/2015",
    ),
    article("30.2.LQ.7a", "Nghĩa vụ", f"Điều 7a Luật số 64/2014/QH13, {SINCE} 01/07/2015", "Nội dung bảy a.", "Phụ lục I.doc"),
    article("30.2.NĐ.1.2", "Đối tượng", f"Điều 2 Nghị định số 62/2015/NĐ-CP, {SINCE} 01/09/2015", "Áp dụng với."),
    article(
        "30.2.LQ.184",
        "",
        f"Điều 2 Luật số 64/2014/QH13 Sửa đổi, bổ sung một số điều ngày 25/11/2014 của Quốc hội, {SINCE} 01/07/2015 ",
        "Chuyển tiếp.",
    ),
]
PAGE = f"<h3>Đề mục 30.2 <br /> Thi hành án dân sự</h3><div class='_content'>{''.join(ARTICLES)}</div>"


@pytest.fixture(scope="module")
def documents() -> dict[str, CodifiedDocument]:
    return {document.number: document for document in read_codification(PAGE, "page.html")}


def test_articles_go_to_their_documents(documents: dict[str, CodifiedDocument]) -> None:
    assert {number: found.structured.articles for number, found in documents.items()} == {
        "26/2008/QH12": ("1", "7", "7a"),
        "62/2015/NĐ-CP": ("1", "2", "49"),
        "64/2014/QH13": ("2",),
    }


IDENTITIES = [
    ("26/2008/QH12", "Luật", "Thi hành án dân sự", "", None, date(2009, 7, 1)),
    ("62/2015/NĐ-CP", "Nghị định", "Quy định chi tiết", "Chính phủ", date(2015, 7, 18), date(2015, 9, 1)),
    ("64/2014/QH13", "Luật", "Sửa đổi, bổ sung một số điều", "Quốc hội", date(2014, 11, 25), date(2015, 7, 1)),
]


@pytest.mark.parametrize("row", IDENTITIES)
def test_what_the_page_says_of_each(documents: dict[str, CodifiedDocument], row: tuple[object, ...]) -> None:
    found = documents[str(row[0])]
    assert (found.number, found.kind, found.title, found.issuer, found.issued, found.effective_from) == row


def test_bodies(documents: dict[str, CodifiedDocument]) -> None:
    law = documents["26/2008/QH12"].structured
    repealed = "(Điều này bị bãi bỏ bởi Điều 1 của 64/2014/QH13 từ ngày 01/07/2015.)"
    assert (
        law.body
        == f"## Điều 1. Phạm vi\n1. Một hai;\n2. Hai:\na) Nhỏ.\n## Điều 7. Quyền\n{repealed}\n## Điều 7a. Nghĩa vụ\nNội dung bảy a.\n"
    )
    assert "## Điều 49. Thủ tục\nViệc | Mức\n" in documents["62/2015/NĐ-CP"].structured.body
    assert documents["64/2014/QH13"].structured.body == "## Điều 2.\nChuyển tiếp.\n"


def test_dates_and_related_places(documents: dict[str, CodifiedDocument]) -> None:
    first, second, third = documents["26/2008/QH12"].articles
    assert first.related == ("Điều 2 A", "Điều 3 B")
    assert second.source.repeal is not None
    assert second.source.repeal.effective_from == date(2015, 7, 1)
    assert third.source.effective_from == date(2015, 7, 1)
    assert documents["26/2008/QH12"].structured.source_dates["7a"].number == "64/2014/QH13"


def test_article_that_stands_twice_is_a_doubt() -> None:
    twice = [
        article(f"1.1.TT.1.{n}", "Tên", f"Điều {label} Thông tư số 1/2017/TT-BTP, {SINCE} 01/01/2017", "Nội dung.")
        for n, label in ((1, 1), (2, 1))
    ]
    found = read_codification(f"<div>{''.join(twice)}</div>", "p")
    assert any("twice" in doubt.problem for doubt in found[0].structured.doubts)


BROKEN = [
    ("<p>Không có gì</p>", "no articles"),
    ("<p class='pDieu'>Điều 30.2.LQ.1. Phạm vi</p><p class='pGhiChu'>(nguồn lạ)</p>", "no source line"),
    ("<p class='pDieu'>Điều lạ</p><p class='pGhiChu'>(Điều 1 Luật số 26/2008/QH12)</p>", "no source line"),
]


@pytest.mark.parametrize(("page", "problem"), BROKEN)
def test_broken_pages_are_refused(page: str, problem: str) -> None:
    with pytest.raises(ExtractError, match=f"page.html: .*{problem}"):
        read_codification(page, "page.html")


@pytest.mark.parametrize(("page", "expected"), [(PAGE, True), (PAGE.replace("'", '"'), True), ("<p>Điều 1. Phạm vi</p>", False)])
def test_is_codification(page: str, expected: bool) -> None:
    assert is_codification(page) is expected


def test_no_official_file_is_in_the_tests() -> None:
    """Official texts never come into the repository: every input here is written in a test."""
    suffixes = {".docx", ".doc", ".odt", ".pdf", ".html", ".txt"}
    assert [path.name for path in Path(__file__).parent.rglob("*") if path.suffix in suffixes] == []
