"""Questions mistyped for a measurement are those questions still, mistyped in the way that is measured, and the same each time."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from benchmarks.mistyping import abbreviate, bare, half, telex, typo
from knowledge.text import fold, has_accents

QUESTIONS = (
    "Thời hạn tự nguyện thi hành án là bao lâu?",
    "Chấp hành viên kê biên nhà ở trong trường hợp nào? Ai được chứng kiến?",
    "Điều 46 Luật 106/2025/QH15 nói gì về việc cưỡng chế?",
)
SEEDS = range(40)


@pytest.mark.parametrize(
    ("word", "keys"),
    [
        ("điều", "ddieefu"),
        ("thửa", "thuwra"),
        ("được", "dduwowjc"),
        ("Án", "Asn"),
        ("ĐẤT", "DDAAsT"),
        ("lãi", "laxi"),
        ("năm", "nawm"),
        ("cho", "cho"),
    ],
    ids=lambda value: str(value),
)
def test_telex_keys(word: str, keys: str) -> None:
    assert telex(word) == keys


@pytest.mark.parametrize("question", QUESTIONS)
def test_half_of_the_accented_words_are_bare(question: str) -> None:
    accented = sum(has_accents(word) for word in question.split())
    for seed in SEEDS:
        typed = half(question, Random(seed))
        assert fold(typed) == fold(question)
        assert sum(has_accents(word) for word in typed.split()) == accented // 2


@pytest.mark.parametrize("question", QUESTIONS)
def test_one_mistake_a_sentence(question: str) -> None:
    sentences = 2 if question.count("?") == 2 else 1
    for seed in SEEDS:
        typed = typo(question, Random(seed))
        lost = set(question.split()) - set(typed.split())
        assert sentences <= len(lost) <= 2 * sentences, "a mistake touches one word, or joins two"


@pytest.mark.parametrize("mistype", [half, typo])
def test_the_same_chance_mistypes_alike(mistype: Callable[[str, Random], str]) -> None:
    for question in QUESTIONS:
        assert mistype(question, Random(7)) == mistype(question, Random(7))
        assert len({mistype(question, Random(seed)) for seed in SEEDS}) > 5, "chance decides"


def test_capitals_stay_when_accents_go() -> None:
    assert bare("Điều Ấy, VIỆN kiểm sát") == "Dieu Ay, VIEN kiem sat"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Chấp hành viên kê biên tài sản", "CHV KBTS"),  # the longest term first
        ("cơ quan thi hành án dân sự", "CQTHADS"),
        ("nộp bản án", "nộp BA"),
        ("không hẳn là bản ánh sáng", "ko hẳn là bản ánh sáng"),  # whole words only
        ("Toà án", "TA"),  # wherever the tone stands
    ],
)
def test_terms_are_abbreviated(text: str, typed: str) -> None:
    abbreviations = {
        "CHV": "Chấp hành viên",
        "KB": "kê biên",
        "TS": "tài sản",
        "KBTS": "kê biên tài sản",
        "THADS": "thi hành án dân sự",
        "CQTHADS": "cơ quan thi hành án dân sự",
        "BA": "bản án",
        "TA": "Tòa án",
        "ko": "không",
        "k": "không",
        "VP THADS": "văn phòng thi hành án dân sự",
        "phát mãi": "phát mại",
    }
    assert abbreviate(text, abbreviations) == typed
