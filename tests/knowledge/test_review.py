"""Golden questions across a refresh: what is lost, won, moved, said no longer, and when that stops it."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from knowledge.citation import Citation
from knowledge.errors import LibraryError, RefreshRefused
from knowledge.review import Change, Golden, Review, Said, change_lines, check_gate, compare, read_golden
from knowledge.store import Reading, read_library
from tests.conftest import ROOT

LAW = "106/2025/QH15"
LIBRARY = ROOT / "knowledge" / "library"
GOLDEN = Golden("g", "Thời hạn?", ((LAW, "36"), (LAW, None)), ("10 ngày",))
ONLY = Golden("h", "Thời hạn?", ((LAW, "36"),), ("10 ngày",))


def said(article: str | None, text: str = "10 ngày", number: str = LAW) -> Said:
    return Said((Citation(number, article),), text) if article else Said((), text)


@pytest.mark.parametrize(
    ("golden", "before", "after", "verdict"),
    [
        pytest.param(ONLY, said("36"), said("37"), ("lost", ()), id="another article"),
        pytest.param(ONLY, said("36"), said(None, "không biết"), ("lost", ("10 ngày",)), id="no answer any more"),
        pytest.param(ONLY, said("37"), said("36"), ("won", ()), id="found now"),
        pytest.param(ONLY, said("37"), said("38"), ("moved", ()), id="wrong before and after"),
        pytest.param(ONLY, said("36"), said("36", "mười ngày"), ("facts", ("10 ngày",)), id="a fact is gone"),
        pytest.param(ONLY, said("36"), said("36", "là 10 ngày"), ("words", ()), id="other words"),
        pytest.param(ONLY, said("36"), said("36", number="106/2025/qh15"), ("moved", ()), id="the number written otherwise"),
        pytest.param(GOLDEN, said("36"), said("37"), ("moved", ()), id="any article of the document will do"),
    ],
)
def test_change(golden: Golden, before: Said, after: Said, verdict: tuple[str, tuple[str, ...]]) -> None:
    (change,) = compare([golden], lambda _: before, lambda _: after)
    assert (next(iter(change_lines([change]))).split()[0], change.facts_lost) == verdict
    assert change.lost == (verdict[0] == "lost")


def test_the_same_answer_is_no_change() -> None:
    assert compare([ONLY], lambda _: said("36"), lambda _: said("36")) == ()


def test_losses_come_first_and_others_only_by_their_id() -> None:
    changes = [
        Change(GOLDEN, said("36"), said("36", "là 10 ngày")),
        Change(ONLY, said("37"), said("38")),
        Change(ONLY, said("36"), said("37")),
    ]
    assert [line.split()[0] for line in change_lines(changes)] == ["lost", "moved", "words"]


@pytest.mark.parametrize(("losses", "allowed", "stops"), [(0, 0, False), (1, 1, False), (1, 0, True), (3, 2, True)])
def test_gate(losses: int, allowed: int, stops: bool) -> None:
    review = Review(changes=(Change(ONLY, said("36"), said("37")),) * losses, watched=9)
    with pytest.raises(RefreshRefused, match=f"{losses} of 9 golden questions .*allows {allowed}") if stops else nullcontext():
        check_gate(review, allowed)


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{",
        '{"id": "x"}',
        '{"id": "x", "question": "q", "gold": [{"article": "1"}]}',
        '{"id": 1, "question": "q", "gold": [], "as_of": "x"}',
    ],
)
def test_a_line_that_is_no_golden_question_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "golden").mkdir()
    (tmp_path / "golden/a.jsonl").write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"a\.jsonl:2: not a golden question"):
        read_golden(tmp_path)


@pytest.fixture(scope="module")
def library() -> Reading:
    return read_library(LIBRARY)


def test_the_librarys_golden_questions(library: Reading) -> None:
    golden = read_golden(LIBRARY)
    assert len(golden) >= 60
    assert len({each.id for each in golden}) == len(golden)
    for each in golden:
        for number, article in each.gold:
            (document,) = library.library.numbered(number)
            assert article is None or document.article(article), each.id
        where = [document.article(a) for n, a in each.gold if a for document in library.library.numbered(n)]
        law = " ".join(f"{p.heading} {p.whole_text()}" for p in where if p).lower()
        assert [fact for fact in each.must if law and fact.lower() not in law] == [], f"{each.id}: the law does not say it"
