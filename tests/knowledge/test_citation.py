"""Legal addresses found and written: a table of ways in which lawyers print them and people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.citation import Citation, find_citations, find_documents, write_citation, write_place

LAW, DECREE = "106/2025/QH15", "152/2026/NĐ-CP"


def at(article: str | None = None, clause: str | None = None, point: str | None = None, number: str | None = None) -> Citation:
    return Citation(number, article, clause, point)


CITATIONS = [
    pytest.param("Điều 36", [at("36")], id="an article"),
    pytest.param("khoản 1 Điều 36", [at("36", "1")], id="a clause, from below"),
    pytest.param("điểm a khoản 1 Điều 36", [at("36", "1", "a")], id="a point, from below"),
    pytest.param("Điều 36 khoản 1 điểm a", [at("36", "1", "a")], id="from above"),
    pytest.param("Điều 36, khoản 1, điểm a", [at("36", "1", "a")], id="from above with commas"),
    pytest.param("điểm a của khoản 1 thuộc Điều 36", [at("36", "1", "a")], id="with linking words"),
    pytest.param("Điều 44a", [at("44a")], id="an inserted article"),
    pytest.param("khoản 1a Điều 44b", [at("44b", "1a")], id="an inserted clause"),
    pytest.param("điểm d khoản 1 Điều 3", [at("3", "1", "d")], id="d is not đ"),
    pytest.param("điểm đ khoản 1 Điều 3", [at("3", "1", "đ")], id="đ is not d"),
    pytest.param("Điểm Đ Khoản 1 ĐIỀU 3", [at("3", "1", "đ")], id="capitals"),
    pytest.param("điểm a Điều 5", [at("5", None, "a")], id="a point of an article without clauses"),
    pytest.param("điểm b2 khoản 1 Điều 5", [at("5", "1", "b2")], id="an inserted point"),
    pytest.param(
        "điểm a, a1 và aa khoản 1 Điều 5", [at("5", "1", p) for p in ("a", "a1", "aa")], id="list with an inserted point"
    ),
    pytest.param("Ðiều 36", [at("36")], id="Eth printed for Đ"),
    pytest.param("khoản 2", [at(None, "2")], id="a clause alone"),
    pytest.param("Điều 5, 6 và 7", [at("5"), at("6"), at("7")], id="list of articles"),
    pytest.param("các Điều 5, Điều 6 và Điều 7", [at("5"), at("6"), at("7")], id="list with the word repeated"),
    pytest.param("khoản 1, 2 và 3 Điều 5", [at("5", "1"), at("5", "2"), at("5", "3")], id="list of clauses"),
    pytest.param(
        "điểm a, b và đ khoản 2 Điều 46", [at("46", "2", "a"), at("46", "2", "b"), at("46", "2", "đ")], id="list of points"
    ),
    pytest.param("điểm a khoản 1 và khoản 2 Điều 36", [at("36", "1", "a"), at("36", "2")], id="list of two depths"),
    pytest.param("Điều 2 và khoản 3 Điều 4", [at("2"), at("4", "3")], id="two addresses"),
    pytest.param("Điều 36 khoản 1 và Điều 37 khoản 2", [at("36", "1"), at("37", "2")], id="two addresses from above"),
    pytest.param("Điều 10 đến 13", [at("10"), at("11"), at("12"), at("13")], id="range in words"),
    pytest.param("từ Điều 10 đến Điều 12", [at("10"), at("11"), at("12")], id="range with the word repeated"),
    pytest.param("Điều 10-12", [at("10"), at("11"), at("12")], id="range with a hyphen"),
    pytest.param("Điều 10 – 12", [at("10"), at("11"), at("12")], id="range with a dash"),
    pytest.param(
        "các điểm c đến e khoản 1 Điều 4",
        [at("4", "1", label) for label in "cdđe"],
        id="range of points follows the alphabet of points",
    ),
    pytest.param("Điều 36, rồi lại Điều 36", [at("36")], id="each once"),
    pytest.param("dieu 36 khoan 1", [at("36", "1")], id="without accents"),
    pytest.param("diem b khoan 2 dieu 46", [at("46", "2", "b")], id="a point without accents"),
    pytest.param("Đ36 k1 đ.a", [at("36", "1", "a")], id="shorthand"),
    pytest.param("d36 k1", [at("36", "1")], id="shorthand without accents"),
    pytest.param("k.1 Đ.36", [at("36", "1")], id="shorthand with full stops"),
    pytest.param("k2 đ7", [at("7", "2")], id="shorthand from below"),
    pytest.param(f"Điều 36 Luật {LAW}", [at("36", number=LAW)], id="with its law"),
    pytest.param(f"Điều 36 của Luật Thi hành án dân sự số {LAW}", [at("36", number=LAW)], id="with the law's name"),
    pytest.param(f"Luật {LAW} Điều 36", [at("36", number=LAW)], id="the law first"),
    pytest.param(f"theo Nghị định {DECREE}: khoản 2 Điều 5", [at("5", "2", number=DECREE)], id="the decree first, with a colon"),
    pytest.param(
        f"các Điều 10 đến 11 Nghị định {DECREE}", [at("10", number=DECREE), at("11", number=DECREE)], id="range of a decree"
    ),
    pytest.param(
        f"khoản 1 Điều 5, khoản 2 Điều 6 Luật {LAW}", [at("5", "1", number=LAW), at("6", "2", number=LAW)], id="list of a law"
    ),
    pytest.param(
        f"Điều 3 Luật {LAW}, Điều 4 Nghị định {DECREE}", [at("3", number=LAW), at("4", number=DECREE)], id="a law and a decree"
    ),
    pytest.param(
        f"Điều 36 của Luật này và Điều 5 Nghị định {DECREE}", [at("36"), at("5", number=DECREE)], id="this law and a decree"
    ),
    pytest.param("Điều 3 NĐ 152", [at("3", number="152")], id="short number"),
    pytest.param("Điều 5 Quy định 132-QĐ/TW", [at("5", number="132-QĐ/TW")], id="a party rule"),
    pytest.param("Điều 5, 132-QĐ/TW", [at("5", number="132-QĐ/TW")], id="as we write it: 132 is the number, not Điều 132"),
    pytest.param("khoản 1, 04-NQ/TW", [at(None, "1", number="04-NQ/TW")], id="as we write it: 04 is the number, not khoản 04"),
]


@pytest.mark.parametrize(("text", "expected"), CITATIONS)
def test_finds(text: str, expected: list[Citation]) -> None:
    assert find_citations(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "trong 5 ngày",
        "3 điểm cần hỏi",
        "khoản nợ 500 triệu",
        "khoản 5 triệu đồng",
        "k 5 triệu",
        "k10 ngày",
        "k có tiền",
        "điều kiện thi hành án",
        "điều 5 ngày",
        "điều 12/2020",
        "điều tra viên 3",
        "10 khoản nợ",
        "5 điều cần biết",
        "điểm nóng a",
        "điểm 5 sao",
        "d5 người",
        "tài khoản 12345678",
        "vào thời điểm k có tiền",
        "tại địa điểm a",
        "",
    ],
)
def test_finds_no_citation(text: str) -> None:
    assert find_citations(text) == []


DOCUMENTS = [
    pytest.param("Luật 106/2025/QH15", "Luật", "106/2025/QH15", id="law"),
    pytest.param("luat 26/2008/qh12", "Luật", "26/2008/qh12", id="law without accents or capitals"),
    pytest.param("Luật Thi hành án dân sự số 106/2025/QH15", "Luật", "106/2025/QH15", id="law by name"),
    pytest.param("Nghị định số 62/2015/NĐ-CP", "Nghị định", "62/2015/NĐ-CP", id="decree"),
    pytest.param("152/2026/nd-cp", None, "152/2026/nd-cp", id="decree without accents"),
    pytest.param("Thông tư 01/2016/TT-BTP", "Thông tư", "01/2016/TT-BTP", id="circular"),
    pytest.param("22/2014/TT-NHNN", None, "22/2014/TT-NHNN", id="circular of the State Bank"),
    pytest.param(
        "Thông tư liên tịch số 11/2016/TTLT-BTP-TANDTC-VKSNDTC",
        "Thông tư liên tịch",
        "11/2016/TTLT-BTP-TANDTC-VKSNDTC",
        id="joint",
    ),
    pytest.param("Quy định số 132-QĐ/TW", "Quy định", "132-QĐ/TW", id="party rule"),
    pytest.param("Quy định 08-QĐi/TW", "Quy định", "08-QĐi/TW", id="party rule with i"),
    pytest.param("Chỉ thị 26/CT-TTg", "Chỉ thị", "26/CT-TTg", id="instruction of the Prime Minister"),
    pytest.param("Chỉ thị 04-CT/TW", "Chỉ thị", "04-CT/TW", id="party instruction"),
    pytest.param("Kết luận số 21-KL/TW", "Kết luận", "21-KL/TW", id="party conclusion"),
    pytest.param("Nghị quyết 04-NQ/TW", "Nghị quyết", "04-NQ/TW", id="party resolution"),
    pytest.param("Quyết định 1898/QĐ-BTP", "Quyết định", "1898/QĐ-BTP", id="decision of a ministry"),
    pytest.param("tin-thads-2024-q1", None, "tin-thads-2024-q1", id="news under a number of ours"),
]


@pytest.mark.parametrize(("text", "kind", "number"), DOCUMENTS)
def test_finds_document(text: str, kind: str | None, number: str) -> None:
    (mention,) = find_documents(f"theo {text} thì sao")
    assert (mention.kind, mention.number, mention.full) == (kind, number, True)
    assert f"theo {text} thì sao"[mention.start : mention.end] == text


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        pytest.param("NĐ 152", "Nghị định", "152", id="abbreviated"),
        pytest.param("nđ152", "Nghị định", "152", id="run together"),
        pytest.param("nghi dinh 152", "Nghị định", "152", id="without accents"),
        pytest.param("Nghị định số 152/2026", "Nghị định", "152/2026", id="with its year"),
        pytest.param("TT 22", "Thông tư", "22", id="circular"),
        pytest.param("Chỉ thị 26", "Chỉ thị", "26", id="instruction"),
        pytest.param("Luật 2025", "Luật", "2025", id="a law by its year"),
    ],
)
def test_finds_short_document(text: str, kind: str, number: str) -> None:
    (mention,) = find_documents(text)
    assert (mention.kind, mention.number, mention.full) == (kind, number, False)


@pytest.mark.parametrize(
    "text", ["Nghị định 500 triệu", "TT 20 ngày", "106 người", "ngày 01/07/2026", "QH15", "26/2008", "nd 1.500.000"]
)
def test_finds_no_document(text: str) -> None:
    assert find_documents(text) == []


def test_documents_in_the_order_of_the_text() -> None:
    found = find_documents(f"NĐ 62, Luật {LAW} và Nghị định {DECREE}")
    assert [(mention.number, mention.full) for mention in found] == [("62", False), (LAW, True), (DECREE, True)]


POINTS = "abcdđeghiklmnopqrstuvxy"
numbers = st.one_of(
    st.none(),
    st.builds("{}/{}/QH{}".format, st.integers(1, 999), st.integers(1990, 2040), st.integers(9, 20)),
    st.builds(
        "{:02}/{}/{}".format, st.integers(1, 999), st.integers(1990, 2040), st.sampled_from(["NĐ-CP", "TT-BTP", "TTLT-BTP-BTC"])
    ),
    st.builds("{:02}-{}/TW".format, st.integers(1, 999), st.sampled_from(["QĐ", "QĐi", "CT", "KL", "NQ"])),
    st.builds("{}/{}".format, st.integers(1, 2000), st.sampled_from(["CT-TTg", "QĐ-BTP"])),
)
articles = st.builds("{}{}".format, st.integers(1, 300), st.sampled_from(["", "", "", "a", "b", "đ"]))
clauses = st.builds("{}{}".format, st.integers(1, 40), st.sampled_from(["", "", "", "a"]))
citations = st.builds(Citation, numbers, articles, st.none() | clauses, st.none() | st.sampled_from(POINTS))


@settings(deadline=None, max_examples=300)
@given(citations)
def test_what_is_written_is_found(citation: Citation) -> None:
    assert find_citations(write_citation(citation)) == [citation]


@pytest.mark.parametrize(
    ("citation", "place", "whole"),
    [
        (at("36", "1", "a", LAW), "điểm a khoản 1 Điều 36", f"điểm a khoản 1 Điều 36, {LAW}"),
        (at("44a"), "Điều 44a", "Điều 44a"),
        (at(number=LAW), "", LAW),
    ],
)
def test_writes(citation: Citation, place: str, whole: str) -> None:
    assert (write_place(citation), write_citation(citation)) == (place, whole)


@pytest.mark.parametrize(
    ("outer", "inner", "covered"),
    [
        pytest.param(at("36", number=LAW), at("36", "1", "a", LAW), True, id="an article covers its points"),
        pytest.param(at(number=LAW), at("36", number=LAW), True, id="a law covers its articles"),
        pytest.param(at("36", "1"), at("36"), False, id="a clause does not cover its article"),
        pytest.param(at("36", number=LAW), at("36", number=DECREE), False, id="another document"),
        pytest.param(at("3"), at("36"), False, id="another article"),
    ],
)
def test_covers(outer: Citation, inner: Citation, covered: bool) -> None:
    assert outer.covers(inner) is covered
