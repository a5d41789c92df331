"""Cards: where every document stands on a day, what replaced it, what is unconfirmed, which of two is meant, an article out of its time."""

from __future__ import annotations

from datetime import date

import pytest

from bot import texts
from bot.assistant import Assistant
from bot.cards import WHOLE, article_card, document_card, shown_places
from bot.evidence import Evidence
from bot.message import Answer, Question
from knowledge.citation import Citation
from knowledge.document import LegalDocument
from knowledge.store import Library
from tests.conftest import TODAY

NEW, OLD = "106/2025/QH15", "26/2008/QH12"
DAYS = (date(2010, 1, 1), date(2016, 6, 1), date(2024, 5, 10), date(2026, 6, 30), TODAY)
row = pytest.param


@pytest.fixture(scope="module")
def library(assistant: Assistant) -> Library:
    return assistant.library


def card(document: LegalDocument, library: Library, on: date) -> Answer:
    return document_card(Answer("?", on, "citizen", "refusal", ""), document, library, Evidence(library, ""))


def standing(document: LegalDocument, on: date) -> str:
    """What must be said, from the document's own dates."""
    if on < document.effective_from:
        return f"chưa có hiệu lực tại ngày {texts.day(on)} (có hiệu lực từ {texts.day(document.effective_from)})."
    if document.effective_to is not None and on >= document.effective_to:
        return f"hết hiệu lực từ {texts.day(document.effective_to)}."
    if document.status == "unconfirmed":
        return f"có hiệu lực từ {texts.day(document.effective_from)}; chưa xác nhận được còn hiệu lực tại ngày {texts.day(on)} hay không."
    return f"còn hiệu lực tại ngày {texts.day(on)} (có hiệu lực từ {texts.day(document.effective_from)})."


@pytest.mark.parametrize("day", [row(day, id=str(day)) for day in DAYS])
def test_every_document_says_where_it_stands(library: Library, day: date) -> None:
    assert len(library.documents) >= 30
    for document in library.documents:
        answer = card(document, library, day)
        head = answer.text.splitlines()[0]
        assert head == f"{document.name} – {document.title}: {standing(document, day)}"
        assert answer.kind == "answer"
        assert answer.text.endswith(texts.as_of(day))
        assert texts.day(document.issued) in answer.text
        assert answer.citations[0].document == document.number
        assert (texts.WARN_UNCONFIRMED.format(name=document.name, on=texts.day(day)) in answer.warnings) is (
            "chưa xác nhận" in head
        )


@pytest.mark.parametrize(
    ("key", "stands"),  # not yet, in force, expired, unconfirmed, on each of the days
    [
        row("26-2008-qh12", "iiiie", id="the old law"),
        row("106-2025-qh15", "nnnni", id="the new law"),
        row("62-2015-nd-cp", "niiie", id="the old decree"),
        row("152-2026-nd-cp", "nnnni", id="the new decree"),
        row("08-2020-nd-cp", "nniie", id="the old decree on bailiffs"),
        row("151-2026-nd-cp", "nnnni", id="the new one"),
        row("67-2014-nd-cp", "niiii", id="fishing boats"),
        row("37-qd-tw-2021", "nniie", id="what Party members must not do, 2021"),
        row("207-qd-tw-2026", "nnnni", id="the same, 2026"),
        row("132-qd-tw-2023", "nniii", id="control of power"),
        row("04-nq-tw-2016", "nnuuu", id="the resolution of 2016"),
        row("04-nq-tw-2026", "nnnii", id="the resolution of 2026"),
        row("216-2016-tt-btc", "nnuuu", id="fees"),
        row("11-2016-ttlt-btp-tandtc-vksndtc", "nnuuu", id="coordination"),
        row("01-2016-qh14", "nnuuu", id="auctions: published, not yet in force in 2016"),
    ],
)
def test_where_a_document_stands(library: Library, key: str, stands: str) -> None:
    said = {"n": "chưa có hiệu lực tại", "i": ": còn hiệu lực tại", "e": ": hết hiệu lực từ", "u": "chưa xác nhận được còn"}
    for day, letter in zip(DAYS, stands, strict=True):
        assert said[letter] in card(library.by_key[key], library, day).text.splitlines()[0], day


@pytest.mark.parametrize(
    ("key", "last_day", "successor"),
    [
        row("26-2008-qh12", date(2026, 6, 30), "Luật 106/2025/QH15 (từ 01/7/2026)", id="the law"),
        row("62-2015-nd-cp", date(2026, 6, 30), "Nghị định 152/2026/NĐ-CP (từ 01/7/2026)", id="the decree"),
        row("08-2020-nd-cp", date(2026, 6, 30), "Nghị định 151/2026/NĐ-CP (từ 01/7/2026)", id="the decree on bailiffs"),
        row("37-qd-tw-2021", date(2026, 7, 25), "Quy định 207-QĐ/TW (từ 26/7/2026)", id="the Party rule"),
    ],
)
def test_what_replaced_it(library: Library, key: str, last_day: date, successor: str) -> None:
    document = library.by_key[key]
    assert document.effective_to is not None
    assert f"Văn bản thay thế: {successor}." in card(document, library, document.effective_to).text
    assert "Văn bản thay thế" not in card(document, library, last_day).text
    assert "còn hiệu lực" in card(document, library, last_day).text


def test_what_nothing_replaced(library: Library) -> None:
    replaced = [d.key for d in library.documents if "Văn bản thay thế" in card(d, library, TODAY).text]
    assert sorted(replaced) == ["08-2020-nd-cp", "26-2008-qh12", "37-qd-tw-2021", "62-2015-nd-cp"]


@pytest.mark.parametrize(
    ("on", "exception"),
    [
        row(date(2026, 6, 30), False, id="while in force"),
        row(date(2026, 7, 1), True, id="once over"),
        row(TODAY, True, id="today"),
    ],
)
def test_the_old_law_still_governs_what_ended_under_it(library: Library, on: date, exception: bool) -> None:
    answer = card(library.by_key["26-2008-qh12"], library, on)
    assert ("khoản 1 Điều 116 Luật 106/2025/QH15" in answer.text) is exception
    assert ((NEW, "116", "1") in [(c.document, c.article, c.clause) for c in answer.citations]) is exception


@pytest.mark.parametrize(
    ("text", "document", "says"),
    [
        row("Luật 26/2008 còn hiệu lực không?", OLD, "hết hiệu lực từ 01/7/2026", id="the old law"),
        row("luat 26/2008 con hieu luc khong", OLD, "hết hiệu lực từ 01/7/2026", id="unaccented"),
        row("Luật 26/2008/QH12 hết hiệu lực khi nào?", OLD, "hết hiệu lực từ 01/7/2026", id="when did it end"),
        row("luật cũ còn hiệu lực không", OLD, "hết hiệu lực từ 01/7/2026", id="as people call it"),
        row("Luật 106/2025/QH15 còn hiệu lực không?", NEW, "còn hiệu lực tại ngày 23/11/2026", id="the new law"),
        row("Nghị định 62 còn hiệu lực không", "62/2015/NĐ-CP", "Nghị định 152/2026/NĐ-CP (từ 01/7/2026)", id="short number"),
        row("Quy định 207-QĐ/TW còn hiệu lực không?", "207-QĐ/TW", "còn hiệu lực tại ngày 23/11/2026", id="207"),
        row("Quy định 37-QĐ/TW còn hiệu lực không?", "37-QĐ/TW", "Quy định 207-QĐ/TW (từ 26/7/2026)", id="37 gave way to 207"),
        row("quy dinh 37-QD/TW con hieu luc khong", "37-QĐ/TW", "hết hiệu lực từ 26/7/2026", id="37, unaccented"),
        row("37-QĐ/TW còn hiệu lực không?", "37-QĐ/TW", "hết hiệu lực từ 26/7/2026", id="37 without its kind"),
        row("Thông tư 216/2016/TT-BTC còn hiệu lực không?", "216/2016/TT-BTC", "chưa xác nhận được", id="a circular"),
        row("Nghị quyết 04-NQ/TW năm 2016 còn hiệu lực không?", "04-NQ/TW", "30/10/2016; chưa xác nhận", id="04 of 2016"),
        row("Nghị quyết 04-NQ/TW năm 2026 còn hiệu lực không?", "04-NQ/TW", "có hiệu lực từ 01/4/2026", id="04 of 2026"),
    ],
)
def test_is_it_in_force(assistant: Assistant, text: str, document: str, says: str) -> None:
    answer = assistant.answer(Question(text))
    assert answer.kind == "answer"
    assert (answer.citations[0].document, answer.citations[0].article) == (document, None)
    assert says in answer.text
    assert answer.as_of == TODAY


@pytest.mark.parametrize(
    "text", ["04-NQ/TW nói gì", "Nghị quyết 04-NQ/TW còn hiệu lực không?", "nghi quyet 04 cua trung uong noi gi"]
)
def test_a_number_of_two_documents_is_asked_back(assistant: Assistant, text: str) -> None:
    answer = assistant.answer(Question(text))
    assert (answer.kind, answer.citations) == ("clarification", ())
    assert "Nghị quyết 04-NQ/TW ngày 30/10/2016" in answer.text
    assert "Nghị quyết 04-NQ/TW ngày 01/4/2026" in answer.text


@pytest.mark.parametrize(
    ("place", "on", "warned"),
    [
        row(Citation(OLD, "45"), TODAY, "Luật 26/2008/QH12 đã hết hiệu lực từ 01/7/2026.", id="after the law's end"),
        row(Citation(OLD, "45"), date(2026, 6, 30), None, id="on its last day"),
        row(
            Citation(NEW, "36"),
            date(2026, 6, 30),
            "chưa có hiệu lực vào ngày 30/6/2026 (có hiệu lực từ 01/7/2026)",
            id="too early",
        ),
        row(Citation(NEW, "36"), date(2026, 7, 1), None, id="on its first day"),
        row(
            Citation(NEW, "5"),
            date(2026, 1, 19),
            "chưa có hiệu lực vào ngày 19/1/2026 (có hiệu lực từ 20/1/2026)",
            id="early, before",
        ),
        row(Citation(NEW, "5"), date(2026, 1, 20), None, id="an early article"),
        row(Citation(NEW, "27", "8"), date(2026, 1, 20), None, id="an early clause"),
        row(Citation(NEW, "27", "7"), date(2026, 1, 20), "có hiệu lực từ 01/7/2026", id="the clause before it"),
        row(Citation(OLD, "44"), date(2016, 5, 1), None, id="amended in 2015, in 2016"),
        row(Citation(OLD, "44"), date(2010, 5, 1), "01/7/2015", id="amended in 2015, in 2010"),
        row(Citation(OLD, "55"), date(2021, 5, 1), "01/3/2022", id="amended in 2022, in 2021"),
        row(Citation(OLD, "30"), date(2010, 5, 1), None, id="never amended"),
    ],
)
def test_an_article_out_of_its_time_is_shown_and_said(library: Library, place: Citation, on: date, warned: str | None) -> None:
    (document,) = library.numbered(str(place.number))
    empty = Answer("?", on, "citizen", "refusal", "")
    answer = article_card(empty, shown_places([(document, place)]), (), Evidence(library, ""), WHOLE)
    assert answer.kind == "article"
    assert answer.citations[0].quote in answer.text
    said = answer.text.split("\n\n")[-2]
    if warned is None:
        assert "hiệu lực" not in said.replace(answer.citations[0].quote, "")
    else:
        assert warned in said
    assert (
        on < document.effective_from or f"{document.name} chưa có hiệu lực" not in said
    )  # the law was in force, its wording was not
