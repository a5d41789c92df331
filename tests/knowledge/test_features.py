"""What the ranker is told of an article says what it claims, on a small library indexed for real."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from knowledge.build import Build
from knowledge.citation import Citation
from knowledge.embedding import Embedder
from knowledge.features import NAMES, Features
from knowledge.index import index_passages
from knowledge.passages import Passage
from knowledge.signals import Rows
from knowledge.text import fold

# document, article, heading, clauses, rank
ARTICLES = [
    ("01/2020/QH14", "1", "Phạm vi điều chỉnh", ["Luật này quy định về đấu giá tàu cá."], 0),
    (
        "01/2020/QH14",
        "2",
        "Giải thích từ ngữ",
        ["Tàu cá là phương tiện khai thác thủy sản.", "Người mua là người trúng đấu giá."],
        0,
    ),
    ("01/2020/QH14", "3", "Hồ sơ", ["Hồ sơ gồm đơn và giấy tờ.", "Hồ sơ nộp tại nơi có tài sản."], 0),
    ("02/2024/NĐ-CP", "1", "Phạm vi điều chỉnh", ["Nghị định này quy định về nhà ở xã hội."], 1),
    ("02/2024/NĐ-CP", "2", "Hồ sơ", ["Hồ sơ gồm đơn và giấy tờ."], 1),
    ("tin-thads", "1", "Tin", ["Kết quả quý một."], 2),
]
SHIP_FILE, HOUSE_FILE = 2, 4


@pytest.fixture(scope="module")
def build(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    root = tmp_path_factory.mktemp("features")
    passages = [
        Passage(f"{document}#{article}.{n}", document, article, Citation(document, article, str(n)), (heading,), text,
                date(2020, 1, 1), None, "public", True, rank=rank)
        for document, article, heading, clauses, rank in ARTICLES
        for n, text in enumerate(clauses, 1)
    ]  # fmt: skip
    opened = index_passages(root, passages, embedder)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def articles(build: Build) -> Rows:
    numbers: dict[tuple[str, str], int] = {}
    return np.array([numbers.setdefault(p.article_key, len(numbers)) for p in build.passages], dtype=np.int64)


@pytest.fixture(scope="module")
def features(build: Build, articles: Rows) -> Features:
    return Features(build, articles)


def told(features: Features, question: str, name: str) -> list[float]:
    """One number of all articles, which are all alike in meaning."""
    table = features.of(question, np.arange(len(ARTICLES)), np.full(len(ARTICLES), 0.5, dtype=np.float32))
    assert table.shape == (len(ARTICLES), len(NAMES))
    assert np.isfinite(table).all()
    return [float(value) for value in table[:, NAMES.index(name)]]


def test_the_scope_tells_two_files_apart(features: Features) -> None:
    """Word for word the same articles; only what their documents are about differs."""
    question = "Hồ sơ đấu giá tàu cá gồm những gì?"
    scope, both = told(features, question, "scope_pairs"), told(features, question, "with_scope_pairs")
    assert scope[SHIP_FILE] > scope[HOUSE_FILE]
    assert both[SHIP_FILE] > both[HOUSE_FILE]


@pytest.mark.parametrize("name", NAMES)
def test_accents_change_nothing(features: Features, name: str) -> None:
    question = "Tàu cá được hiểu như thế nào trong hồ sơ đấu giá?"
    assert told(features, question, name) == told(features, fold(question), name)


def test_definitions_speak_for_themselves_when_asked_for(features: Features) -> None:
    assert told(features, "Tàu cá là gì?", "definitions") == [0, 1, 0, 0, 0, 0]
    assert told(features, "Hồ sơ nộp ở đâu?", "definitions") == [0, -1, 0, 0, 0, 0]
    defines = told(features, "Tàu cá là gì?", "defines")
    assert defines[1] == max(defines) > 0
    assert told(features, "Hồ sơ nộp ở đâu?", "defines") == [0] * len(ARTICLES)


def test_place_year_and_rank(features: Features) -> None:
    assert told(features, "hồ sơ", "position") == [0, 1, 2, 0, 1, 0]
    assert told(features, "hồ sơ", "year") == [2020, 2020, 2020, 2024, 2024, 2010]
    assert told(features, "hồ sơ", "rank") == [0, 0, 0, 1, 1, 2]


def test_titles(features: Features) -> None:
    used = told(features, "hồ sơ đấu giá tàu cá", "title_pairs_used")
    assert used[SHIP_FILE] == used[HOUSE_FILE] == pytest.approx(1)
    assert told(features, "hồ sơ", "title_pairs_share")[SHIP_FILE] == pytest.approx(1)
    assert told(features, "hồ sơ", "title_pairs_share")[0] == 0


def test_runs_are_broken_by_what_stands_between(features: Features) -> None:
    """«đơn và giấy tờ» stands in one piece, «giấy tờ … tài sản» in two."""
    whole, broken = told(features, "đơn và giấy tờ", "longest_run"), told(features, "giấy tờ tài sản", "longest_run")
    assert whole[SHIP_FILE] == pytest.approx(1)
    assert 0 < broken[SHIP_FILE] < 1


def test_the_best_clause_counts_not_words_all_over_an_article(features: Features) -> None:
    """Both definitions have «tàu cá … trúng đấu giá» between them; neither has all of it."""
    together, apart = (told(features, q, "clause_pairs")[1] for q in ("người trúng đấu giá", "tàu cá trúng đấu giá"))
    assert together == pytest.approx(1)
    assert apart < 1
    assert told(features, "tàu cá trúng đấu giá", "two_clauses_single")[1] == pytest.approx(1)
    assert told(features, "người trúng đấu giá", "clause_place")[1] == 1


def test_a_named_document(features: Features) -> None:
    text, named = features.names.taken_out("hồ sơ gồm những giấy tờ gì theo Nghị định 02/2024")
    table = features.of(text, np.arange(len(ARTICLES)), np.full(len(ARTICLES), 0.5, dtype=np.float32), named)
    assert table[:, NAMES.index("document_named")].tolist() == [0, 0, 0, 1, 1, 0]


def test_a_named_article(features: Features) -> None:
    _, named = features.names.taken_out("hồ sơ gồm những giấy tờ gì theo Điều 2 Nghị định 02/2024")
    assert features.are_named(named).tolist() == [0, 0, 0, 0, 1, 0]


@pytest.mark.parametrize(
    "question",
    ["", "a_b", "giấy_tờ tàu_cá", "?!", "xyzzy", "là gì", "hồ", "a" * 5000],
    ids=["empty", "joined", "joined words", "signs", "no known word", "only a cue", "one", "long"],
)
def test_any_text_has_numbers(features: Features, question: str) -> None:
    for name in NAMES:
        told(features, question, name)


def test_only_some_of_the_articles(features: Features) -> None:
    cosine = np.array([0.2, 0.9], dtype=np.float32)
    table = features.of("hồ sơ nhà ở", np.array([SHIP_FILE, HOUSE_FILE]), cosine)
    assert table[:, NAMES.index("meaning_place")].tolist() == [0.5, 1]
    assert table[:, NAMES.index("position")].tolist() == [2, 1]
