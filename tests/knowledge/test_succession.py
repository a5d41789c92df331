"""The maps of old articles and terms: complete, every target there, every basis resolved; a broken map is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.serve import LiveKnowledge
from knowledge.citation import Citation, find_citations, find_documents
from knowledge.errors import LibraryError
from knowledge.soundness import has_place
from knowledge.store import Library
from knowledge.succession import Successions, read_successions
from tests.conftest import ROOT, TODAY

MAPS = ROOT / "knowledge" / "library" / "articles"
NEW, OLD, DECREE, OFFICES = "106/2025/QH15", "26/2008/QH12", "152/2026/NĐ-CP", "151/2026/NĐ-CP"
OLD_DECREE, OLD_OFFICES = "62/2015/NĐ-CP", "08/2020/NĐ-CP"
KEPT = read_successions(MAPS)


@pytest.fixture(scope="module")
def library(live: LiveKnowledge) -> Library:
    return live().library


def exists(citation: Citation, library: Library) -> bool:
    return any(
        has_place(document, str(citation.article), citation.clause, citation.point)
        for document in library.numbered(citation.number or "")
    )


@pytest.mark.parametrize(
    ("number", "count"),
    [
        pytest.param(OLD, 186, id="the old law, with 7a, 7b and 44a"),
        pytest.param(OLD_DECREE, 82, id="the old decree, without 46 to 48, which no source has"),
        pytest.param(OLD_OFFICES, 75, id="the old decree on bailiffs"),
    ],
)
def test_every_old_article_is_in_the_map(library: Library, number: str, count: int) -> None:
    (document,) = library.numbered(number)
    articles = [a.label for _, a in document.articles() if a.level == "article"]
    mapped = [str(s.origin.article) for s in KEPT.articles if s.origin.number == number]
    assert sorted(mapped) == sorted(articles)
    assert len(mapped) == count


def test_the_build_serves_the_maps_of_the_library(live: LiveKnowledge) -> None:
    assert live().successions == KEPT


def test_every_target_exists_and_holds_today(library: Library) -> None:
    targets = [(s.origin, target) for s in KEPT.articles for target in s.successors]
    assert [pair for pair in targets if not exists(pair[1], library)] == []
    expired = [
        pair
        for pair in targets
        for d in library.numbered(pair[1].number or "")
        if d.effective_to is not None and d.effective_to <= TODAY
    ]
    assert expired == []


def test_every_succession_says_what_changed() -> None:
    assert [s.origin for s in KEPT.articles if len(s.change) < 20] == []
    assert [s.origin for s in KEPT.articles if len(set(s.successors)) < len(s.successors)] == []
    assert [s.origin for s in KEPT.articles if s.successors and s.change.startswith("Không còn quy định tương ứng")] == []
    assert [s.origin for s in KEPT.articles if not s.successors and not s.change.startswith("Không còn quy định tương ứng")] == []


def test_every_place_named_in_a_change_exists(library: Library) -> None:
    """What a change cites with its document can be looked up."""
    named = [(s.origin, c) for s in KEPT.articles for c in find_citations(s.change) if c.number and c.article]
    assert [pair for pair in named if library.numbered(pair[1].number or "") and not exists(pair[1], library)] == []


@pytest.mark.parametrize(
    ("number", "article", "first"),
    [
        pytest.param(OLD, "1", Citation(NEW, "1"), id="the first article"),
        pytest.param(OLD, "7a", Citation(NEW, "7"), id="an inserted article"),
        pytest.param(OLD, "30", Citation(NEW, "34", "2"), id="the time limit to request"),
        pytest.param(OLD, "44a", Citation(NEW, "38", "1"), id="no means to pay"),
        pytest.param(OLD, "45", Citation(NEW, "36", "1"), id="voluntary compliance"),
        pytest.param(OLD, "47", Citation(NEW, "54"), id="order of payment"),
        pytest.param(OLD, "78", Citation(NEW, "76"), id="deduction from income"),
        pytest.param(OLD, "84", Citation(NEW, "78", "3", "e"), id="down to the point"),
        pytest.param(OLD, "140", Citation(NEW, "96"), id="complaints"),
        pytest.param(OLD, "183", Citation(NEW, "115", "4"), id="the last article"),
        pytest.param(OLD_DECREE, "9", Citation(DECREE, "21"), id="verification in the decree"),
        pytest.param(OLD_DECREE, "65", Citation(NEW, "24", "9"), id="from the decree into the law"),
        pytest.param(OLD_OFFICES, "39", Citation(OFFICES, "30", "1"), id="how a vi bằng is made"),
        pytest.param(OLD_OFFICES, "70", Citation(NEW, "96"), id="from the bailiff decree into the law"),
    ],
)
def test_of(number: str, article: str, first: Citation) -> None:
    found = KEPT.of(number, article)
    assert found is not None
    assert (found.origin, found.successors[0]) == (Citation(number, article), first)


@pytest.mark.parametrize(
    ("number", "articles"),
    [
        pytest.param(OLD, "26 27 32 33 34 51 138 139 149 164 174", id="the old law"),
        pytest.param(OLD_DECREE, "2 36 57 58 59 60 61 63 64 66 67 68 71 75 76 77 79 81 83", id="the old decree"),
        pytest.param(OLD_OFFICES, "22 23 24 25 26 27 28 34 63", id="the old decree on bailiffs"),
    ],
)
def test_articles_without_counterpart(number: str, articles: str) -> None:
    assert [s.origin.article for s in KEPT.articles if s.origin.number == number and not s.successors] == articles.split()


@pytest.mark.parametrize(
    ("number", "article"),
    [
        pytest.param(OLD, "184", id="beyond the last"),
        pytest.param(OLD, "44b", id="never inserted"),
        pytest.param(OLD_DECREE, "46", id="not in our source"),
        pytest.param(NEW, "36", id="a new article went nowhere"),
        pytest.param("26/2008", "45", id="half a number"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_of_unknown(number: str, article: str) -> None:
    assert KEPT.of(number, article) is None


@pytest.mark.parametrize(
    ("number", "article", "origins"),
    [
        pytest.param(NEW, "76", [(OLD, "78")], id="one origin"),
        pytest.param(NEW, "85", [(OLD, "102")], id="one origin, one target"),
        pytest.param(NEW, "999", [], id="no such article"),
        pytest.param(OLD, "45", [], id="old articles have no origin here"),
    ],
)
def test_origins(number: str, article: str, origins: list[tuple[str, str]]) -> None:
    assert [(s.origin.number, s.origin.article) for s in KEPT.origins(number, article)] == origins


@pytest.mark.parametrize(
    ("number", "article", "among", "not_first"),
    [
        pytest.param(NEW, "36", (OLD, "45"), (OLD, "9"), id="voluntary compliance: 45 names it first, 9 only second"),
        pytest.param(NEW, "53", (OLD, "60"), (OLD, "3"), id="fees"),
        pytest.param(NEW, "102", (OLD, "146"), (OLD_OFFICES, "70"), id="time to settle a complaint"),
        pytest.param(DECREE, "21", (OLD_DECREE, "9"), (OLD, "44"), id="the decree's own predecessor first"),
    ],
)
def test_origins_that_name_it_first_go_first(
    number: str, article: str, among: tuple[str, str], not_first: tuple[str, str]
) -> None:
    found = [(s.origin.number, s.origin.article) for s in KEPT.origins(number, article)]
    assert found.index(among) < found.index(not_first)
    places = [[(c.number, c.article) for c in s.successors].index((number, article)) for s in KEPT.origins(number, article)]
    assert places == sorted(places)


def test_origins_undo_of() -> None:
    for succession in KEPT.articles:
        for target in succession.successors:
            assert succession in KEPT.origins(str(target.number), str(target.article))


@pytest.mark.parametrize("term", [pytest.param(t, id=t.old) for t in KEPT.terms])
def test_term(library: Library, term: object) -> None:
    """Every basis names a document of the library; every address in it resolves; a day of change is a day."""
    basis = str(term.basis)  # type: ignore[attr-defined]
    cited = [c for c in find_citations(basis) if c.number and c.article]
    assert cited
    assert [c for c in cited if library.numbered(c.number or "") and not exists(c, library)] == []
    assert [m.number for m in find_documents(basis) if not library.numbered(m.number)] == []
    assert term.old != term.new  # type: ignore[attr-defined]
    assert term.since in ("", "2025-07-01", "2026-07-01")  # type: ignore[attr-defined]


def test_terms() -> None:
    new = {t.old: t.new for t in KEPT.terms}
    assert len(new) == len(KEPT.terms) > 40
    assert new["Thừa phát lại"] == "Thừa hành viên"
    assert new["Tổng cục Thi hành án dân sự"] == "Cục Quản lý Thi hành án dân sự"
    assert new["Văn phòng Thừa phát lại"] == "văn phòng thi hành án dân sự"


def test_an_empty_folder_gives_empty_maps(tmp_path: Path) -> None:
    assert read_successions(tmp_path) == Successions((), ())


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.yaml", "from: 1/2020/QH14\narticles: {'1': {to: ['2 3/2020/QH14']", id="not YAML"),
        pytest.param("a.yaml", "- 1\n- 2\n", id="a list"),
        pytest.param("a.yaml", "", id="empty"),
        pytest.param("a.yaml", "articles: {'1': {to: [], change: x}}", id="no document it maps from"),
        pytest.param("a.yaml", "from: 1/2020/QH14", id="no articles"),
        pytest.param("a.yaml", "from: 1/2020/QH14\narticles: {'1': {to: []}}", id="no word on what changed"),
        pytest.param("a.yaml", "from: 1/2020/QH14\narticles: {'1': {change: x}}", id="no targets"),
        pytest.param("a.yaml", "from: 1/2020/QH14\narticles: {'1': {to: ['36'], change: x}}", id="a target without document"),
        pytest.param(
            "a.yaml", "from: 1/2020/QH14\narticles: {'1': {to: [' 3/2020/QH14'], change: x}}", id="a target without article"
        ),
        pytest.param("a.yaml", "from: 1/2020/QH14\narticles: [1, 2]", id="articles as a list"),
        pytest.param("terms.yaml", "terms: [{new: x}]", id="a term without its old form"),
        pytest.param("terms.yaml", "words: []", id="terms under another name"),
        pytest.param("terms.yaml", "terms: [một]", id="a term that is a word only"),
    ],
)
def test_a_broken_map_is_refused_with_its_file(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LibraryError, match=name):
        read_successions(tmp_path)


def test_a_map_that_is_not_text_is_refused_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xff\xfe\x00from")
    with pytest.raises(LibraryError, match=r"a\.yaml"):
        read_successions(tmp_path)
