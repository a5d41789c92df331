"""Vietnamese text made comparable: composed form, tone placement, folding, cleaning, sentences, addresses."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.text import clean, fold, has_accents, nfc, place_tones, sentences, shorten, slug, terms, words


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(decomposed("Cưỡng chế"), "Cưỡng chế", id="decomposed, as macOS types it"),
        pytest.param("Cưỡng chế", "Cưỡng chế", id="already composed"),
        pytest.param("cu\u031bo\u0303\u031bng che\u0301\u0302", "cưỡng chế", id="hat and horn typed after the tone"),
        pytest.param("a\u0323\u0306 é\u0302 ọ\u0302", "ặ ế ộ", id="a letter with its tone, the hat behind"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_nfc(text: str, expected: str) -> None:
    assert nfc(text) == expected


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        pytest.param("hoà giải", "hòa giải", id="oa, open"),
        pytest.param("hòa giải", "hòa giải", id="oa, as printed"),
        pytest.param("HOÀ GIẢI", "HÒA GIẢI", id="capitals"),
        pytest.param("Hoà Bình", "Hòa Bình", id="one capital"),
        pytest.param("toà án, hoạ, khoả, xoã, khoá", "tòa án, họa, khỏa, xõa, khóa", id="every tone on oa"),
        pytest.param("khoẻ", "khỏe", id="oe"),
        pytest.param("uỷ quyền", "ủy quyền", id="uy alone"),
        pytest.param("thuỷ sản", "thủy sản", id="uy after th"),
        pytest.param("tuỳ tiện, thuý, luỵ", "tùy tiện, thúy, lụy", id="more tones on uy"),
        pytest.param("quý, quỳ, quỷ, quỹ, quỵ", "quý, quỳ, quỷ, quỹ, quỵ", id="qu is a consonant"),
        pytest.param("QUÝ I, Quỹ", "QUÝ I, Quỹ", id="qu in capitals"),
        pytest.param("toàn, hoàn, thoát, hoãn", "toàn, hoàn, thoát, hoãn", id="closed by a consonant: the tone stays"),
        pytest.param("ngoài, xoáy, huýt, suỵt", "ngoài, xoáy, huýt, suỵt", id="a vowel or consonant follows"),
        pytest.param(decomposed("hoà"), "hòa", id="decomposed input"),
    ],
)
def test_place_tones(typed: str, printed: str) -> None:
    assert place_tones(typed) == printed
    assert place_tones(printed) == printed


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("Đồng đô la ĐỎ", "dong do la do", id="Đ and đ"),
        pytest.param("Cưỡng chế thi hành án", "cuong che thi hanh an", id="marks and tones"),
        pytest.param("106/2025/QH15 – 5%", "106/2025/qh15 – 5%", id="other signs stay"),
        pytest.param(decomposed("Ưu đãi"), "uu dai", id="decomposed input"),
        pytest.param("Ðiều 36, NÐ\u2011CP", "dieu 36, nd-cp", id="Eth for Đ, the hyphen of word processors"),
        pytest.param("İ ß ﬁ Å", "i ß ﬁ a", id="letters of other scripts keep their place"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@settings(deadline=None)
@given(st.text())
def test_fold_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))


@settings(deadline=None)
@given(st.text(alphabet="aàáảãạăằâầbcdđeèéêềghiìíklmnoòóôồơờpqrstuùúưừvxyỳý AĐƠƯ,.0123"))
def test_fold_twice_is_fold(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(text).isascii()


@settings(deadline=None)
@given(st.text())
def test_place_tones_twice_is_once(text: str) -> None:
    assert place_tones(place_tones(text)) == place_tones(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("ke bien nha", False), ("kê bien nha", True), ("đ", True), ("KE BIEN – № 5", False), ("", False)],
)
def test_has_accents(text: str, expected: bool) -> None:
    assert has_accents(text) is expected


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        pytest.param("  kê   biên\n\t nhà ", "kê biên nhà", id="spaces and lines"),
        pytest.param("kê\u200bbiên", "kê biên", id="zero-width space"),
        pytest.param("\ufeffkê biên", "kê biên", id="byte order mark"),
        pytest.param("kê\x00\x1b biên\x7f", "kê biên", id="control characters"),
        pytest.param("kê \u202ebiên\u202c", "kê biên", id="writing direction turned round"),
        pytest.param("kê\u00a0biên", "kê biên", id="no-break space"),
        pytest.param("cưỡng ch\u00adế", "cưỡng chế", id="soft hyphen"),
        pytest.param("kê \ud800biên", "kê biên", id="half of a surrogate pair"),
        pytest.param("hoà giải", "hòa giải", id="tones placed"),
        pytest.param("\u200b\u200d", "", id="nothing visible"),
    ],
)
def test_clean(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


@settings(deadline=None)
@given(st.text(st.characters(codec=None)))
def test_clean_leaves_nothing_invisible(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert cleaned == cleaned.strip()
    assert not any(unicodedata.category(letter) == "Cc" or letter in "\u200b\u200e\u202e\ufeff" for letter in cleaned)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Kê biên nhà. Định giá.", ["Kê biên nhà.", "Định giá."], id="full stops"),
        pytest.param("Nộp tiền; Giao nhà", ["Nộp tiền;", "Giao nhà"], id="semicolon before a capital"),
        pytest.param("nộp tiền; giao nhà", ["nộp tiền; giao nhà"], id="semicolon inside a sentence"),
        pytest.param("Một\n\nHai", ["Một", "Hai"], id="lines"),
        pytest.param(
            "Vì sao? “Đúng vậy”, họ nói! Xong…", ["Vì sao?", "“Đúng vậy”, họ nói!", "Xong…"], id="quotes and other ends"
        ),
        pytest.param("Mức 1.500.000 đồng. Năm 2026.", ["Mức 1.500.000 đồng.", "Năm 2026."], id="full stops in numbers"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        pytest.param("kê biên nhà", 20, "kê biên nhà", id="short enough"),
        pytest.param("kê biên nhà", 11, "kê biên nhà", id="just fits"),
        pytest.param("kê biên nhà ở", 11, "kê biên…", id="cut at a word's end"),
        pytest.param("kê biên, định giá", 11, "kê biên…", id="no comma before the ellipsis"),
        pytest.param("nghiêng", 5, "nghi…", id="one long word"),
    ],
)
def test_shorten(text: str, limit: int, expected: str) -> None:
    assert shorten(text, limit) == expected


@settings(deadline=None)
@given(st.text(), st.integers(1, 60))
def test_shorten_keeps_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("106/2025/QH15", "106-2025-qh15"),
        ("152/2026/NĐ-CP", "152-2026-nd-cp"),
        ("08-QĐi/TW", "08-qdi-tw"),
        ("  Phụ lục: mẫu A–B  ", "phu-luc-mau-a-b"),
        ("…", ""),
    ],
)
def test_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_words_and_terms() -> None:
    assert words("Hoà giải, 5 ngày!") == ["hòa", "giải", "5", "ngày"]
    assert terms(["kê", "biên", "nhà"]) == ["kê", "biên", "nhà", "kê_biên", "biên_nhà"]
    assert terms(["nhà"]) == ["nhà"]
