"""The real library: every file parses, fits its place, says its dates in order, and holds whole laws."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from knowledge.citation import find_documents
from knowledge.document import LegalDocument
from knowledge.soundness import findings
from knowledge.store import Reading, read_library
from knowledge.text import nfc, slug

LIBRARY = Path(__file__).parents[2] / "knowledge" / "library"
FILES = sorted((LIBRARY / "documents").rglob("*.md"))
TEXTS = sorted(path for path in LIBRARY.rglob("*") if path.suffix in (".md", ".yaml", ".jsonl"))
FOLDERS = {
    "Luật": "luat",
    "Nghị định": "nghi-dinh",
    "Thông tư": "thong-tu",
    "Thông tư liên tịch": "thong-tu-lien-tich",
    "Chỉ thị": "chi-thi",
    "Kết luận": "ket-luan",
    "Nghị quyết": "nghi-quyet",
    "Quy định": "quy-dinh",
    "Quyết định": "quyet-dinh",
    "Tin": "tin",
}


def short(path: Path) -> str:
    return str(path.relative_to(LIBRARY))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_library(LIBRARY)


@pytest.fixture(scope="module")
def documents(reading: Reading) -> tuple[LegalDocument, ...]:
    return reading.library.documents


def named(documents: tuple[LegalDocument, ...], number: str) -> LegalDocument:
    (found,) = [document for document in documents if document.number == number]
    return found


def test_every_file_goes_in(reading: Reading) -> None:
    assert [str(fault) for fault in reading.faults] == []
    assert sorted(reading.paths.values()) == FILES
    assert len(reading.library.by_key) == len(reading.library.documents) == len(FILES)


def test_nothing_serious_is_found(documents: tuple[LegalDocument, ...]) -> None:
    assert [(d.number, f) for d in documents for f in findings(d) if f.serious] == []


def test_every_file_lies_where_its_kind_and_number_say(reading: Reading) -> None:
    for document in reading.library.documents:
        path = reading.paths[document.key]
        assert path.parent.name == FOLDERS[document.kind], short(path)
        assert slug(path.stem) in (document.key, slug(document.number)), short(path)


def test_numbers_are_found_where_people_write_them(documents: tuple[LegalDocument, ...]) -> None:
    found = {d.number: [m.number for m in find_documents(f"theo {d.number} thì sao") if m.full] for d in documents}
    assert found == {d.number: [d.number] for d in documents}


def test_every_asked_file_is_of_a_document(reading: Reading) -> None:
    files = {path.stem for path in (LIBRARY / "asked").rglob("*.yaml")}
    assert files - set(reading.library.by_key) == set()
    assert {asked.document for asked in reading.library.asked} == files


def test_asked_questions_are_questions(reading: Reading) -> None:
    assert [asked for asked in reading.library.asked if len(asked.question.split()) < 2 or len(asked.question) > 300] == []
    once = Counter((asked.document, asked.place, asked.question) for asked in reading.library.asked)
    assert [asked for asked, times in once.items() if times > 1] == []


@pytest.mark.parametrize("path", TEXTS, ids=short)
def test_text_is_clean(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert text == nfc(text), "not in composed Unicode form"
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd\t\r]", text)
    assert "\n" in text[-1:], "no line end at the end of the file"


@pytest.mark.parametrize("path", FILES, ids=short)
def test_no_html_besides_comments(path: Path) -> None:
    text = re.sub(r"<!--.*?-->", "", path.read_text(encoding="utf-8"))
    assert re.findall(r"<[a-zA-Z/!][^\n]{0,40}|-->|&[a-z]+;|&#\d+;", text) == []


@pytest.mark.parametrize("path", FILES, ids=short)
def test_comments_are_doubts_and_checks_on_one_line(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    comments = re.findall(r"<!--(.*?)-->", text)
    assert [comment for comment in comments if not comment.strip().startswith(("ngờ:", "checked:"))] == []
    assert len(comments) == text.count("<!--") == text.count("-->")


def test_no_comment_is_quoted(documents: tuple[LegalDocument, ...]) -> None:
    quoted = [
        (d.number, a.name) for d in documents for _, a in d.articles() if re.search("<!--|-->|ngờ:|checked:", a.whole_text())
    ]
    assert quoted == []


def test_headings_are_plain_text(documents: tuple[LegalDocument, ...]) -> None:
    headings = [(d.number, p.heading) for d in documents for above, article in d.articles() for p in (*above, article)]
    assert [pair for pair in headings if re.search(r"[#<>*]|\s{2}|^\s|\s$", pair[1])] == []


def test_dates_are_in_order(documents: tuple[LegalDocument, ...]) -> None:
    for document in documents:
        assert document.kind == "Tin" or document.issued <= document.effective_from, document.number
        assert document.effective_to is None or document.effective_from < document.effective_to, document.number
        for effect in document.partial_effect:
            starts = effect.effective_from or document.effective_from
            ends = effect.effective_to or document.effective_to
            assert document.issued <= starts, (document.number, effect)
            assert ends is None or starts < ends, (document.number, effect)
        for amendment in document.amended_by:
            assert amendment.effective_from is None or document.issued < amendment.effective_from, document.number


def test_every_document_says_where_it_comes_from(documents: tuple[LegalDocument, ...]) -> None:
    for document in documents:
        assert document.sources, document.number
        assert all(source.title and source.checked for source in document.sources), document.number
        assert all(re.match(r"https?://\S+$|$", source.url) for source in document.sources), document.number


def test_status_fits_the_dates(documents: tuple[LegalDocument, ...]) -> None:
    replaced = {number for document in documents for number in document.replaces}
    for document in documents:
        assert (document.status in ("replaced", "expired")) == (document.effective_to is not None), document.number
        assert document.status != "replaced" or document.number in replaced, document.number


def test_the_old_ends_where_the_new_begins(documents: tuple[LegalDocument, ...]) -> None:
    for new in documents:
        for old in documents:
            if old.number in new.replaces and old.issued < new.issued:
                assert old.effective_to == new.effective_from, f"{old.number} and {new.number}"


@pytest.mark.parametrize(
    ("old", "new", "day"),
    [
        ("26/2008/QH12", "106/2025/QH15", date(2026, 7, 1)),
        ("62/2015/NĐ-CP", "152/2026/NĐ-CP", date(2026, 7, 1)),
        ("37-QĐ/TW", "207-QĐ/TW", date(2026, 7, 26)),
    ],
)
def test_replaced(documents: tuple[LegalDocument, ...], old: str, new: str, day: date) -> None:
    assert old in named(documents, new).replaces
    assert named(documents, old).effective_to == named(documents, new).effective_from == day


@pytest.mark.parametrize(
    ("number", "last", "inserted", "count"),
    [
        pytest.param("106/2025/QH15", 116, set(), 116, id="the law of 2025"),
        pytest.param("152/2026/NĐ-CP", 116, set(), 116, id="its decree"),
        pytest.param("26/2008/QH12", 183, {"7a", "7b", "44a"}, 186, id="the law of 2008"),
    ],
)
def test_whole_laws(documents: tuple[LegalDocument, ...], number: str, last: int, inserted: set[str], count: int) -> None:
    labels = [article.label for _, article in named(documents, number).articles() if article.level == "article"]
    assert len(labels) == count
    assert set(labels) == {str(n) for n in range(1, last + 1)} | inserted
    assert [int(label) for label in labels if label.isdigit()] == list(range(1, last + 1)), "in the order of the law"


def test_a_number_that_repeats_has_a_key_for_each(documents: tuple[LegalDocument, ...]) -> None:
    assert {d.key: d.issued for d in documents if d.number == "04-NQ/TW"} == {
        "04-nq-tw-2016": date(2016, 10, 30),
        "04-nq-tw-2026": date(2026, 4, 1),
    }
