"""A person's words made comparable with the law's: abbreviations written out, layman's words given their legal term."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import LibraryError
from knowledge.spelling import WordLists, read_word_lists, wording
from knowledge.text import fold, nfc

LISTS = WordLists(
    abbreviations={
        "THA": "thi hành án",
        "THADS": "thi hành án dân sự",
        "CHV": "Chấp hành viên",
        "VP THADS": "văn phòng thi hành án dân sự",
        "QĐ": "quyết định",
        "BA": "bản án",
        "ko": "không",
    },
    laymen={
        "xiết nhà": "kê biên nhà ở",
        "con nợ": "người phải thi hành án",
        "bên thua": "người phải thi hành án",
        "thưa": "khiếu nại",
        "nhà chung": "sở hữu chung",
        "khoá sổ": "phong tỏa",
    },
)


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        pytest.param("CHV làm gì", "Chấp hành viên làm gì", id="written out"),
        pytest.param("chv làm gì", "Chấp hành viên làm gì", id="small letters"),
        pytest.param("THADS và THA", "thi hành án dân sự và thi hành án", id="the longer one first"),
        pytest.param("VP THADS ở đâu", "văn phòng thi hành án dân sự ở đâu", id="of two words"),
        pytest.param("CHV, QĐ.", "Chấp hành viên, quyết định.", id="beside a comma or full stop"),
        pytest.param("THADSX, aTHA, qđ1", "THADSX, aTHA, qđ1", id="only as a word of its own"),
        pytest.param("hoà giải ko?", "hòa giải không?", id="tones are placed too"),
        pytest.param("BA, ba tháng, Ba tôi", "bản án, ba tháng, Ba tôi", id="a word in small letters is a word"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_plain(typed: str, plain: str) -> None:
    assert wording(typed, LISTS).plain == plain


@pytest.mark.parametrize(
    ("typed", "expanded"),
    [
        pytest.param("bị xiết nhà", "bị xiết nhà kê biên nhà ở", id="the term comes behind; what was typed stays"),
        pytest.param("bi xiet nha", "bi xiet nha kê biên nhà ở", id="without accents"),
        pytest.param("Xiết Nhà", "Xiết Nhà kê biên nhà ở", id="capitals"),
        pytest.param("con nợ là bên thua", "con nợ là bên thua người phải thi hành án", id="one term for two words once"),
        pytest.param("kê biên nhà ở hay xiết nhà", "kê biên nhà ở hay xiết nhà", id="the term is there already"),
        pytest.param("xiết nhàn", "xiết nhàn", id="only as whole words"),
        pytest.param("thửa đất, tôi thua", "thửa đất, tôi thua", id="thửa and thua are not thưa"),
        pytest.param("thua o dau", "thua o dau khiếu nại", id="without accents it may be"),
        pytest.param("nhà chúng tôi", "nhà chúng tôi", id="nhà chúng is not nhà chung"),
        pytest.param("CHV xiet nha", "Chấp hành viên xiet nha kê biên nhà ở", id="an abbreviation brings no accents"),
        pytest.param("tôi bị xiet nha", "tôi bị xiet nha kê biên nhà ở", id="half without accents"),
        pytest.param("khóa sổ", "khóa sổ phong tỏa", id="the list itself may place its tones late"),
    ],
)
def test_expanded(typed: str, expanded: str) -> None:
    assert wording(typed, LISTS).expanded == expanded


@pytest.mark.parametrize(
    ("typed", "accented"),
    [
        ("kê biên", True),
        ("ke bien", False),
        ("chv ke bien", False),
        ("đ", True),
        ("Ai phải nộp phí thi hành án?", True),
        ("Ai phai nộp phi thi hành an?", False),  # half of them lost: the rest would mislead
        ("CHV xác minh THADS", True),  # an abbreviation is no word without accents
        ("dieu 36 là gi", True),  # too few words to tell
        ("CHV THADS", False),
    ],
)
def test_accented_is_of_what_was_typed(typed: str, accented: bool) -> None:
    assert wording(typed, LISTS).accented is accented


def test_empty_lists_change_nothing() -> None:
    made = wording("CHV xiết nhà", WordLists({}, {}))
    assert (made.plain, made.expanded) == ("CHV xiết nhà", "CHV xiết nhà")


def put(folder: Path, abbreviations: str | None, laymen: str | None) -> Path:
    for name, text in (("abbreviations", abbreviations), ("laymen", laymen)):
        if text is not None:
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_word_that_yaml_takes_for_no_is_a_word(tmp_path: Path) -> None:
    lists = read_word_lists(put(tmp_path, "NO: nợ\n1.10: x\n", "on: y\n"))
    assert (lists.abbreviations, lists.laymen) == ({"NO": "nợ", "1.10": "x"}, {"on": "y"})


def test_reads_lists(tmp_path: Path) -> None:
    lists = read_word_lists(put(tmp_path, "CHV: Chấp hành viên\n5tr: năm triệu\n", "xiết nhà: kê biên nhà ở\n"))
    assert lists == WordLists({"CHV": "Chấp hành viên", "5tr": "năm triệu"}, {"xiết nhà": "kê biên nhà ở"})


@pytest.mark.parametrize(
    ("abbreviations", "laymen", "file"),
    [
        pytest.param(None, "a: b\n", "abbreviations.yaml", id="missing"),
        pytest.param("a: b\n", None, "laymen.yaml", id="the other missing"),
        pytest.param("- a\n", "a: b\n", "abbreviations.yaml", id="a list"),
        pytest.param("a: 5\n", "a: b\n", "abbreviations.yaml", id="a number for a term"),
        pytest.param("a: [b\n", "a: b\n", "abbreviations.yaml", id="not YAML"),
        pytest.param("", "a: b\n", "abbreviations.yaml", id="empty"),
        pytest.param("CHV: a\nCHV: b\n", "a: b\n", r"abbreviations\.yaml:2: .*'CHV' stands twice", id="twice"),
        pytest.param(
            "CHV: a\nchv: b\n", "a: b\n", r"abbreviations\.yaml:2: 'chv' is the same word as 'CHV'", id="in small letters"
        ),
        pytest.param(
            "a: b\n", "x: y\nmãi: a\nmại: b\n", r"laymen\.yaml:3: 'mại' is the same word as 'mãi'", id="but for accents"
        ),
        pytest.param("a: b\n", 'x: ""\n', r"laymen\.yaml:1: 'x' has no term", id="no term"),
    ],
)
def test_refuses_a_broken_list(tmp_path: Path, abbreviations: str | None, laymen: str | None, file: str) -> None:
    with pytest.raises(LibraryError, match=file):
        read_word_lists(put(tmp_path, abbreviations, laymen))


def test_lists_of_the_library() -> None:
    lists = read_word_lists(Path(__file__).parents[2] / "knowledge" / "library" / "words")
    assert lists.abbreviations["THADS"] == "thi hành án dân sự"
    assert len({key.lower() for key in lists.abbreviations}) == len(lists.abbreviations), "an abbreviation stands twice"
    assert len({fold(key) for key in lists.laymen}) == len(lists.laymen), "a layman's word stands twice without accents"
    assert all(text == nfc(text) for pair in (*lists.abbreviations.items(), *lists.laymen.items()) for text in pair)
