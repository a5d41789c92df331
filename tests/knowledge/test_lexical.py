"""Word search over several views: what each view takes for a word, which row scores best, and an index that is kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.lexical import View, WordIndex, view_terms

ROWS = [
    "Kê biên nhà ở của người phải thi hành án",
    "Hòa giải, ủy thác thi hành án",
    "Khấu trừ tiền trong tài khoản",
    "Định giá tài sản kê biên",
]
VIEWS: tuple[View, ...] = ("accented", "folded", "headings", "asked", "outside")


@pytest.mark.parametrize(
    ("view", "text", "terms"),
    [
        ("accented", "Kê biên nhà", ["kê", "biên", "nhà", "kê_biên", "biên_nhà"]),
        ("accented", "hoà giải", ["hòa", "giải", "hòa_giải"]),
        ("folded", "Kê biên", ["ke", "bien", "ke_bien"]),
        ("folded", "uỷ thác", ["uy", "thac", "uy_thac"]),
        ("headings", "Điều 36.", ["dieu", "36", "dieu_36"]),
        ("asked", "Đồng?", ["dong"]),
        ("asked", "?!", []),
    ],
)
def test_view_terms(view: View, text: str, terms: list[str]) -> None:
    assert view_terms(view, text) == terms


@pytest.mark.parametrize(
    ("view", "question", "best"),
    [
        pytest.param("accented", "kê biên nhà", 0, id="words as printed"),
        pytest.param("accented", "hoà giải", 1, id="tones placed as the keyboard does"),
        pytest.param("folded", "ke bien nha", 0, id="without accents"),
        pytest.param("folded", "dinh gia", 3, id="a pair without accents"),
        pytest.param("asked", "TÀI KHOẢN", 2, id="capitals"),
        pytest.param("asked", "xyz khấu trừ qwerty", 2, id="unknown words do not disturb"),
    ],
)
def test_best_row(tmp_path: Path, view: View, question: str, best: int) -> None:
    scores = WordIndex.build(view, ROWS, tmp_path).scores(question)
    assert scores.shape == (len(ROWS),)
    assert int(scores.argmax()) == best
    assert scores[best] > 0


@pytest.mark.parametrize("question", ["", "?!", "xyz qwerty"])
def test_nothing_known_scores_nothing(tmp_path: Path, question: str) -> None:
    assert not WordIndex.build("folded", ROWS, tmp_path).scores(question).any()


def test_unaccented_words_are_unknown_to_the_accented_view(tmp_path: Path) -> None:
    assert not WordIndex.build("accented", ROWS, tmp_path).scores("ke bien").any()


def test_a_pair_counts_more_than_its_words_apart(tmp_path: Path) -> None:
    scores = WordIndex.build("folded", ["tai san ke bien dinh gia", "ke tai bien san gia dinh"], tmp_path).scores("ke bien")
    assert scores[0] > scores[1]


@pytest.mark.parametrize("view", VIEWS)
def test_an_index_that_is_kept_scores_the_same(tmp_path: Path, view: View) -> None:
    built = WordIndex.build(view, ROWS, tmp_path)
    opened = WordIndex.open(tmp_path)
    assert opened.view == view
    for question in ("kê biên nhà ở", "ke bien", "xyz"):
        assert opened.scores(question).tolist() == built.scores(question).tolist()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([], id="no rows"),
        pytest.param(["", "?!", "Kê biên"], id="rows without words keep their place"),
        pytest.param(["một"], id="one row"),
    ],
)
def test_few_rows(tmp_path: Path, rows: list[str]) -> None:
    for index in (WordIndex.build("folded", rows, tmp_path), WordIndex.open(tmp_path)):
        scores = index.scores("ke bien")
        assert scores.shape == (len(rows),)
        assert [n for n, score in enumerate(scores) if score > 0] == [n for n, row in enumerate(rows) if "Kê" in row]


@pytest.mark.parametrize(
    ("question", "share"),
    [
        pytest.param("ke bien", 1.0, id="a pair of two rows"),
        pytest.param("ke bien nha", 0.5, id="a pair of one row does not count"),
        pytest.param("tai san ke bien", 2 / 3, id="san ke stands in no row"),
        pytest.param("ke bien ke bien", 0.5, id="each pair once: ke bien, bien ke"),
        pytest.param("ke", 0.0, id="one word has no pair"),
        pytest.param("", 0.0, id="nothing"),
    ],
)
def test_known_pairs(tmp_path: Path, question: str, share: float) -> None:
    rows = ["ke bien nha", "dinh gia ke bien", "gia tai san", "tai san chung"]
    built = WordIndex.build("folded", rows, tmp_path)
    assert built.known_pairs(question) == WordIndex.open(tmp_path).known_pairs(question) == share


def test_known_pairs_of_an_empty_view(tmp_path: Path) -> None:
    assert WordIndex.build("asked", [], tmp_path).known_pairs("ke bien") == 0.0


@pytest.mark.parametrize("lost", ["view.json", "vocab.index.json", "params.index.json"])
def test_a_damaged_index_cannot_be_opened(tmp_path: Path, lost: str) -> None:
    WordIndex.build("folded", ROWS, tmp_path)
    (tmp_path / lost).unlink()
    with pytest.raises((OSError, ValueError)):
        WordIndex.open(tmp_path)


def test_the_same_texts_are_taken_over(tmp_path: Path) -> None:
    """An earlier index is copied when its texts are the very same in their order; of others nothing is taken."""
    WordIndex.build("folded", ROWS, tmp_path / "earlier")
    (tmp_path / "earlier" / "mark").touch()
    same = WordIndex.build("folded", ROWS, tmp_path / "same", tmp_path / "earlier")
    assert (tmp_path / "same" / "mark").exists()
    np.testing.assert_array_equal(same.scores("ke bien"), WordIndex.open(tmp_path / "earlier").scores("ke bien"))
    for name, view, rows in (("order", "folded", ROWS[::-1]), ("view", "accented", ROWS), ("fewer", "folded", ROWS[1:])):
        WordIndex.build(view, rows, tmp_path / name, tmp_path / "earlier")  # type: ignore[arg-type]
        assert not (tmp_path / name / "mark").exists()
    WordIndex.build("folded", ROWS, tmp_path / "new", tmp_path / "never was")
    assert (tmp_path / "new" / "view.json").exists()
