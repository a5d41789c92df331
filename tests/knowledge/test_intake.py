"""What becomes of an official file: a library document that reads back, or a refusal in a sentence."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.document import Amendment, LegalDocument, PartialEffect
from knowledge.intake import Candidate, Given, Refusal, take_in
from knowledge.parse import parse_document
from tests.fakes.official import NUMBER, SUFFIXES, circular, converted, missing, write
from tests.knowledge.extract.conftest import image_pdf as image_pdf  # a fixture
from tests.knowledge.test_codification import PAGE

TODAY = date(2026, 11, 23)
BODY = """# Chương I. QUY ĐỊNH CHUNG
## Điều 1. Phạm vi điều chỉnh
Thông tư này quy định mức chi thử nghiệm.
## Điều 2. Mức chi
1. Mức chi là 5% của số tiền thu được.
2. Thời hạn chi là 10 ngày làm việc, gồm:
a) Chi lần đầu;
b) Chi lần sau.
## Điều 3. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 8 năm 2026.
"""


def taken(path: Path, known: tuple[LegalDocument, ...] = (), **given: object) -> Candidate:
    (found,) = take_in(path, Given(**given), known, TODAY)  # type: ignore[arg-type]
    assert isinstance(found, Candidate), found
    return found


def refused(path: Path, known: tuple[LegalDocument, ...] = (), **given: object) -> str:
    (found,) = take_in(path, Given(**given), known, TODAY)  # type: ignore[arg-type]
    assert isinstance(found, Refusal)
    return str(found)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_kind_of_file(tmp_path: Path, suffix: str) -> None:
    found = taken(write(tmp_path / f"tt{suffix}"))
    document = found.document
    assert found.text.partition("---\n\n")[2] == BODY
    assert (document.number, document.kind, document.title) == (NUMBER, "Thông tư", "Quy định mức chi thử nghiệm")
    assert (document.issuer, document.issued, document.effective_from) == ("Bộ Tư pháp", date(2026, 6, 15), date(2026, 8, 1))
    assert (document.text, document.status, document.audience) == ("official", "unconfirmed", "public")
    assert document.sources[0].checked == TODAY
    assert parse_document(found.text, "again") == document


@pytest.mark.skipif(missing("soffice"), reason="needs Debian package libreoffice-writer-nogui")
def test_old_word_file(tmp_path: Path) -> None:
    assert taken(converted(write(tmp_path / "tt.docx"), "doc")).text.endswith(BODY)


@pytest.mark.skipif(
    missing("soffice", "pdftoppm", "tesseract"),
    reason="needs libreoffice-writer-nogui poppler-utils tesseract-ocr tesseract-ocr-vie",
)
def test_scanned_file_says_so(tmp_path: Path, image_pdf: Callable[[bytes], Path]) -> None:
    printed = converted(write(tmp_path / "tt.docx"), "pdf")
    subprocess.run(["pdftoppm", "-r", "200", "-gray", "-singlefile", str(printed), str(tmp_path / "p")], check=True)
    found = taken(image_pdf((tmp_path / "p.pgm").read_bytes()))
    assert (found.document.number, found.articles) == (NUMBER, 3)
    assert "Trang 1 được đọc từ ảnh" in found.document.notes
    assert "1 of 1 pages were read from images" in found.doubts[0]


HELD = [
    pytest.param([("07/2026", "07/2025")], {}, "is of 2025, but the text was issued on 2026-06-15", id="number of another year"),
    pytest.param(
        [("01 tháng 8 năm 2026", "01 tháng 8 năm 2025")], {}, "takes effect on 2025-08-01, before it was issued", id="dates"
    ),
    pytest.param([("BỘ TƯ PHÁP", "BỘ TÀI CHÍNH")], {}, "issued by Bộ Tài chính, but its number", id="issuer"),
    pytest.param([(f"Số: {NUMBER}", "")], {}, "the number was not found in the text: give it by hand", id="no number"),
    pytest.param(
        [("Điều ", "Mục ")], {"number": NUMBER, "effective_from": TODAY}, "no article (Điều …) was found", id="no article"
    ),
]


@pytest.mark.parametrize(("changes", "given", "reason"), HELD)
def test_what_is_held_back(tmp_path: Path, changes: list[tuple[str, str]], given: dict[str, object], reason: str) -> None:
    path = write(tmp_path / "tt.txt", circular(*changes))
    assert reason in refused(path, **given)
    assert str(path) in refused(path, **given)


def test_what_the_text_does_not_say_is_given(tmp_path: Path) -> None:
    path = write(tmp_path / "tt.txt", circular((f"Số: {NUMBER}", "")))
    document = taken(path, number=NUMBER, audience="staff", status="in_force", effective_to=date(2027, 1, 1)).document
    assert (document.number, document.audience, document.status) == (NUMBER, "staff", "in_force")
    assert document.effective_to == date(2027, 1, 1)
    assert (
        "the text says effective_from 2026-08-01, you give 2026-09-01: what you give goes in"
        in taken(path, number=NUMBER, effective_from=date(2026, 9, 1)).doubts
    )


def test_what_the_library_knows_of_the_document_goes_on_holding(tmp_path: Path) -> None:
    path = write(tmp_path / "tt.txt")
    digest = replace(
        taken(path).document,
        text="digest",
        status="in_force",
        audience="staff",
        title="Tên đã soát",
        effective_to=date(2030, 1, 1),
        amended_by=(Amendment("09/2026/TT-BTP", TODAY),),
        partial_effect=(PartialEffect(("khoản 2 Điều 2", "khoản 7 Điều 2"), date(2027, 1, 1), None),),
    )
    document = taken(path, (digest,)).document
    kept = ("status", "audience", "title", "effective_to", "amended_by")
    assert [getattr(document, name) for name in kept] == [getattr(digest, name) for name in kept]
    assert document.partial_effect == (PartialEffect(("khoản 2 Điều 2",), date(2027, 1, 1), None),), "as far as the text has them"


def test_status_is_that_of_a_replaced_one_when_the_library_has_what_replaced_it(tmp_path: Path) -> None:
    path = write(tmp_path / "tt.txt")
    heir = replace(taken(path).document, number="08/2027/TT-BTP", replaces=(NUMBER,), effective_from=date(2027, 3, 1))
    document = taken(path, (heir,)).document
    assert (document.status, document.effective_to) == ("replaced", date(2027, 3, 1))


def test_number_that_the_library_has_with_another_day_is_held_back(tmp_path: Path) -> None:
    path = write(tmp_path / "tt.txt")
    other = replace(taken(path).document, issued=date(2026, 6, 1))
    assert f"the library has {NUMBER} as issued on 2026-06-01" in refused(path, (other,))


def test_doubtful_article_says_so(tmp_path: Path) -> None:
    lines = circular(("2. Thời hạn chi là 10 ngày làm việc, gồm:", "4. Thời hạn chi là 10 ngày làm việc, gồm:"))
    found = taken(write(tmp_path / "tt.txt", lines))
    article = found.document.article("2")
    assert article
    assert "cần đối chiếu với bản chính" in article.doubts[0]
    assert any(doubt.startswith("Điều 2: ") for doubt in found.doubts)


def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_one_page_of_the_codification_brings_many_documents(tmp_path: Path) -> None:
    law = replace(taken(write(tmp_path / "x.txt")).document, number="26/2008/QH12", kind="Luật", issued=date(2008, 11, 14))
    law = replace(law, issuer="Quốc hội", effective_from=date(2009, 7, 1), status="replaced", text="digest")
    found = take_in(page(tmp_path), Given(), (law,), TODAY)
    assert [(c.document.number, c.articles) for c in found if isinstance(c, Candidate)] == [
        ("26/2008/QH12", 3),
        ("62/2015/NĐ-CP", 3),
        ("64/2014/QH13", 1),
    ]
    document = next(c.document for c in found if isinstance(c, Candidate))
    assert document.amended_by == (Amendment("64/2014/QH13", date(2015, 7, 1)),)
    assert document.partial_effect == (PartialEffect(("Điều 7", "Điều 7a"), date(2015, 7, 1), None),)
    assert document.status == "replaced"
    assert "<!-- nguồn: bãi bỏ bởi Điều 1 64/2014/QH13 từ 01/07/2015 -->" in next(
        c.text for c in found if isinstance(c, Candidate)
    )


def test_one_document_of_a_page_can_be_named(tmp_path: Path) -> None:
    many = take_in(page(tmp_path), Given(), (), TODAY)
    assert [each.origin for each in many if isinstance(each, Refusal)] == [f"{tmp_path / 'page.html'} (26/2008/QH12)"]
    law = taken(page(tmp_path), number="26/2008/QH12", issued=date(2008, 11, 14))
    assert (law.document.issued, law.articles) == (date(2008, 11, 14), 3)
    assert "1/2020/NĐ-CP is not one of them" in refused(page(tmp_path), number="1/2020/NĐ-CP")
    assert "Name one with --number" in refused(page(tmp_path), audience="staff")
