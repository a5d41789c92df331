"""Answers proven before they leave: figures that must stand in the evidence, places that must be in force and open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.grounding import Fault, Ground, check_passages, prove
from bot.leeway import read_leeway
from bot.replies import Sentence
from bot.serve import LiveKnowledge
from knowledge.citation import Citation
from knowledge.figures import figures
from knowledge.passages import Passage
from knowledge.search import Reader
from knowledge.spelling import wording

TODAY = date(2026, 11, 23)
LEEWAY = read_leeway()
PASSAGE = Passage(
    "106-2025-qh15#36.1",
    "106-2025-qh15",
    "36",
    Citation("106/2025/QH15", "36", "1"),
    ("Luật", "Tự nguyện"),
    "",
    date(2026, 7, 1),
    None,
    "public",
    digest=True,
)
CLAUSE = """Trong thời hạn 05 ngày làm việc kể từ ngày nhận được đơn, Chấp hành viên phải thông báo cho người phải thi hành án, \
trừ trường hợp tài sản đã bị kê biên. Đương sự không được tẩu tán tài sản hoặc hủy hoại tài sản.
Khi có một trong các căn cứ sau đây, Tòa án ra quyết định:
a) Người phải thi hành án chết, bị bệnh nặng;
b) Tài sản bị tranh chấp từ 02 tháng trở lên hoặc
c) Có căn cứ khác.
Hồ sơ gồm:
a) Đơn;
b) Bản án."""
FIRST = (
    "Trong thời hạn 05 ngày làm việc kể từ ngày nhận được đơn, Chấp hành viên phải thông báo cho người phải thi hành án, "
    "trừ trường hợp tài sản đã bị kê biên."
)
LAST = "Đương sự không được tẩu tán tài sản hoặc hủy hoại tài sản."
STEM = "Khi có một trong các căn cứ sau đây, Tòa án ra quyết định: "
FAULTS = [
    pytest.param(FIRST.replace("05", "15"), "figure", "15 ngay lam viec", id="a number"),
    pytest.param(FIRST.replace(" làm việc", ""), "figure", "5 ngay", id="working days become days"),
    pytest.param(FIRST.replace("ngày làm việc", "tháng"), "figure", "5 thang", id="a unit"),
    pytest.param(FIRST.replace("phải thông báo", "có quyền thông báo"), "modality", "có quyền", id="must becomes may"),
    pytest.param(FIRST.replace("phải thông báo", "thông báo"), "modality", "phải", id="must is left out"),
    pytest.param(FIRST.replace("Chấp hành viên", "Thủ trưởng"), "authority", "thủ trưởng", id="an officer"),
    pytest.param(
        FIRST.replace("Chấp hành viên", "Tòa án"), "authority", "chấp hành viên", id="an officer that the clause names elsewhere"
    ),
    pytest.param(FIRST.replace("người phải thi", "người được thi"), "authority", "người được thi hành án", id="the other party"),
    pytest.param(FIRST.replace("kê biên", "phong tỏa"), "procedure", "phong tỏa", id="a procedure"),
    pytest.param(FIRST.partition(", trừ")[0], "modality", "trừ", id="the exception is left out"),
    pytest.param("Chấp hành viên" + FIRST.partition("Chấp hành viên")[2], "modality", "được", id="the time limit is left out"),
    pytest.param(LAST.replace("không được", "được"), "modality", "không được", id="a negation is left out"),
    pytest.param(LAST.replace("hoặc", "và"), "modality", "và", id="or becomes and"),
    pytest.param(LAST.replace("tẩu tán tài sản hoặc ", ""), "modality", "hoặc", id="half of a rule"),
    pytest.param(LAST.replace("Đương sự", "Ngân hàng"), "words", "", id="another subject"),
    pytest.param(f"Điều 99 nói: {LAST}", "address", "Điều 99", id="another article"),
    pytest.param(f"Theo khoản 2 Điều 36, {LAST}", "address", "khoản 2 Điều 36", id="another clause before it"),
    pytest.param(f"{LAST[:-1]} (khoản 1 Điều 63).", "address", "khoản 1 Điều 63", id="another article behind it"),
    pytest.param(
        f"{LAST[:-1]} (Điều 36 Luật 26/2008/QH12).", "address", "Điều 36 Luật 26/2008/QH12", id="another document behind it"
    ),
    pytest.param(f"Luật viết: «{LAST[:-1]} của mình».", "quote", "", id="a quote with a word more"),
    pytest.param(STEM + "có đơn.", "words", "", id="a point that is not in the list"),
    pytest.param(
        STEM + "c) Có căn cứ khác; a) Người phải thi hành án chết, bị bệnh nặng.", "words", "", id="points in another order"
    ),
    pytest.param("Tòa án ra quyết định: c) Có căn cứ khác.", "words", "", id="a list without its condition"),
    pytest.param("Hồ sơ gồm: a) Đơn.", "words", "", id="a list of all, not given whole"),
    pytest.param("Người phải thi hành án chết, bị bệnh nặng.", "words", "", id="a point without its opening words"),
]
PROVEN = [
    pytest.param(FIRST, id="as it stands"),
    pytest.param(FIRST.replace("05", "5"), id="a zero less"),
    pytest.param(FIRST.replace("05", "năm"), id="a number in words"),
    pytest.param(FIRST.replace("05", "05 (năm)"), id="a number twice"),
    pytest.param(FIRST.replace("kể từ", "tính từ").replace("Trong thời hạn", "Trong vòng"), id="words that are the same"),
    pytest.param(f"Theo quy định, t{FIRST[1:]}", id="led into"),
    pytest.param(f"Theo khoản 1 Điều 36 Luật 106/2025/QH15, t{FIRST[1:]}", id="its own address before it"),
    pytest.param(f"Khoản 1 Điều 36 quy định: {FIRST}", id="what the clause lays down"),
    pytest.param(f"{FIRST[:-1]} (khoản 1 Điều 36).", id="its own address behind it"),
    pytest.param(
        "Chấp hành viên phải thông báo cho người phải thi hành án, trừ trường hợp tài sản đã bị kê biên, trong thời hạn 05 ngày làm "
        "việc kể từ ngày nhận được đơn.",
        id="the time limit at the end",
    ),
    pytest.param(f"«{LAST[:-1]}».", id="an exact quote"),
    pytest.param(STEM + "c) Có căn cứ khác.", id="one point of a list"),
    pytest.param(STEM + "a) Người phải thi hành án chết, bị bệnh nặng; c) Có căn cứ khác.", id="two points of a list"),
    pytest.param("Hồ sơ gồm: a) Đơn; b) Bản án.", id="a whole list"),
]


def test_an_address_that_the_law_names_is_no_frame() -> None:
    law = "Theo Điều 51 của Luật khác, Tòa án ra quyết định."
    assert faults_of(law, law) == ()


def faults_of(said: str, law: str) -> tuple[Fault, ...]:
    """Why the law does not say it."""
    (verdict,) = prove([Sentence(said, (1,))], [Ground(PASSAGE, law)], TODAY, "citizen", LEEWAY)
    return verdict.faults


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("05 ngày", "5 ngày", id="a leading zero"),
        pytest.param("5 ngay", "5 ngày", id="without accents"),
        pytest.param("05  NGÀY LÀM VIỆC", "5 ngày làm việc", id="capitals and spaces"),
        pytest.param("5\nngày", "5 ngày", id="over a line's end"),
        pytest.param("2.000.000 đồng", "2000000 đồng", id="dots between thousands"),
        pytest.param("5.000.000.000 đồng", "5000000000 đồng", id="thousands of millions"),
        pytest.param("01/7/2026", "1/7/2026", id="a day with a zero"),
        pytest.param("01/07/2026", "1/7/2026", id="day and month with a zero"),
        pytest.param("3%", "03%", id="a percentage with a zero"),
        pytest.param("3 %", "3%", id="a percentage with a space"),
        pytest.param("24 giờ.", "24 giờ", id="a full stop behind"),
        pytest.param("02 lần", "2 lần", id="times"),
    ],
)
def test_equal_figures(one: str, other: str) -> None:
    assert figures(one) == figures(other)
    assert figures(one)
    unaccented = "ngay" in one  # a sentence without accents is none of the law's, whatever it says
    faults = faults_of(f"Thời hạn, mức là {one}", f"Thời hạn, mức là {other}.")
    assert [fault.kind for fault in faults] == (["words"] if unaccented else [])


@pytest.mark.parametrize(
    ("said", "law"),
    [
        pytest.param("10 ngày", "10 ngày làm việc", id="days are not working days"),
        pytest.param("10 ngày làm việc", "10 ngày", id="nor the other way round"),
        pytest.param("15 ngày", "10 ngày", id="another number"),
        pytest.param("1 ngày", "10 ngày", id="a digit less"),
        pytest.param("10 tháng", "10 ngày", id="another unit"),
        pytest.param("05 năm", "05 tháng", id="years are not months"),
        pytest.param("30%", "3%", id="ten times the share"),
        pytest.param("2,5%", "2%", id="half a percent more"),
        pytest.param("200.000 đồng", "2.000.000 đồng", id="a tenth of the amount"),
        pytest.param("5 tỷ đồng", "5 triệu đồng", id="another unit of money"),
        pytest.param("01/7/2025", "01/7/2026", id="another year"),
        pytest.param("11/7/2026", "01/7/2026", id="another day"),
        pytest.param("24 giờ", "24 ngày", id="hours are not days"),
    ],
)
def test_other_figures(said: str, law: str) -> None:
    (fault,) = faults_of(f"Thời hạn, mức là {said}.", f"Thời hạn, mức là {law}.")
    assert fault.kind == "figure"
    assert fault.detail in figures(said)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Điều 36 khoản 1", id="an article"),
        pytest.param("Luật 106/2025/QH15", id="a document"),
        pytest.param("Nghị định 152/2026/NĐ-CP", id="a decree"),
        pytest.param("có ba ngạch", id="a word"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_figures(text: str) -> None:
    assert not figures(text)


@pytest.mark.parametrize(("said", "kind", "detail"), FAULTS)
def test_fault_is_named(said: str, kind: str, detail: str) -> None:
    faults = faults_of(said, CLAUSE)
    assert (kind, detail) in [(fault.kind, fault.detail) for fault in faults]


@pytest.mark.parametrize("said", PROVEN)
def test_proven(said: str) -> None:
    assert faults_of(said, CLAUSE) == ()


@pytest.mark.parametrize(
    ("passages", "kinds"),
    [
        pytest.param((), ["uncited"], id="none"),
        pytest.param((0,), ["unknown_passage"], id="zero"),
        pytest.param((3,), ["unknown_passage"], id="beyond the last"),
        pytest.param((-1,), ["unknown_passage"], id="from behind"),
        pytest.param((1,), [], id="the right one"),
        pytest.param((2,), ["figure"], id="another"),
        pytest.param((1, 2), ["figure"], id="another beside the right one"),
    ],
)
def test_every_passage_that_is_named_says_it(passages: tuple[int, ...], kinds: list[str]) -> None:
    grounds = [Ground(PASSAGE, "Thời hạn là 10 ngày."), Ground(PASSAGE, "Mức phí là 3%.")]
    (verdict,) = prove([Sentence("Thời hạn là 10 ngày.", passages)], grounds, TODAY, "citizen", LEEWAY)
    assert sorted({fault.kind for fault in verdict.faults} - {"words"}) == kinds


@pytest.mark.parametrize(
    ("change", "reader", "kinds"),
    [
        pytest.param({}, "citizen", [], id="in force and open"),
        pytest.param({"in_force_to": TODAY}, "citizen", ["not_in_force"], id="expired today"),
        pytest.param({"in_force_from": date(2027, 1, 1)}, "staff", ["not_in_force"], id="not yet in force"),
        pytest.param({"audience": "staff"}, "citizen", ["not_open"], id="staff only, to a citizen"),
        pytest.param({"audience": "staff"}, "staff", [], id="staff only, to staff"),
    ],
)
def test_the_passage_must_hold_and_be_open(change: dict[str, object], reader: Reader, kinds: list[str]) -> None:
    ground = Ground(replace(PASSAGE, **change), "Thời hạn là 10 ngày.")  # type: ignore[arg-type]
    (verdict,) = prove([Sentence("Thời hạn là 10 ngày.", (1,))], [ground], TODAY, reader, LEEWAY)
    assert [fault.kind for fault in verdict.faults] == kinds


@pytest.mark.parametrize(
    ("change", "on", "reader", "reasons"),
    [
        pytest.param({}, TODAY, "citizen", [], id="in force and public"),
        pytest.param({}, date(2026, 6, 30), "citizen", ["not in force on the date"], id="the day before it holds"),
        pytest.param({}, date(2026, 7, 1), "citizen", [], id="the first day"),
        pytest.param({"in_force_to": TODAY}, TODAY, "citizen", ["not in force on the date"], id="the day it no longer holds"),
        pytest.param({"audience": "staff"}, TODAY, "citizen", ["not open to this reader"], id="staff only, to a citizen"),
        pytest.param({"audience": "staff"}, TODAY, "staff", [], id="staff only, to staff"),
        pytest.param(
            {"audience": "staff"}, date(2026, 1, 1), "citizen", ["not in force on the date", "not open to this reader"], id="both"
        ),
    ],
)
def test_check_passages(live: LiveKnowledge, change: dict[str, object], on: date, reader: Reader, reasons: list[str]) -> None:
    knowledge = live()
    found = knowledge.search.find(wording("thời hạn tự nguyện thi hành án", knowledge.lists), TODAY, "citizen")
    passage = replace(found[0].best.passage, **change)  # type: ignore[arg-type]
    assert [failure.reason for failure in check_passages([passage], on, reader)] == reasons
