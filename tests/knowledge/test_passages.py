"""Documents cut into passages: where a clause is split, which dates and address each piece bears, and ids that stay."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from bot.serve import LiveKnowledge
from knowledge.citation import Citation
from knowledge.document import LegalDocument
from knowledge.parse import parse_document
from knowledge.passages import SPLIT_ABOVE, Passage, passages_of
from knowledge.text import words

LONG = "rất dài " * (SPLIT_ABOVE // 8 + 1)


def document(body: str, keys: str = "") -> LegalDocument:
    head = (
        "---\nnumber: 9/2026/NĐ-CP\nkind: Nghị định\ntitle: Thử nghiệm\nissuer: Chính phủ\nissued: 2026-01-05\n"
        "effective_from: 2026-03-01\neffective_to: 2030-01-01\naudience: staff\ntext: digest\n"
    )
    return parse_document(f"{head}{keys}---\n{body}", "thu.md")


def cut(body: str, keys: str = "") -> dict[str, Passage]:
    """The passages by what their id says after the document."""
    return {passage.id.partition("#")[2]: passage for passage in passages_of(document(body, keys))}


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        pytest.param("## Điều 1. Một\nLời.\n", {"1": "Lời."}, id="an article without clauses is one"),
        pytest.param("## Điều 1. Một\n1. A.\n2. B.\n", {"1.1": "A.", "1.2": "B."}, id="one a clause"),
        pytest.param("## Điều 1. Một\nMở:\n1. A.\n", {"1": "Mở:", "1.1": "A."}, id="the opening words are one of their own"),
        pytest.param("## Điều 1. Một\n1. A:\na) x;\nb) y.\n", {"1.1": "A:\na) x;\nb) y."}, id="points stay with a short clause"),
        pytest.param("## Điều 1. Một\na) x;\nb) y.\n", {"1": "a) x;\nb) y."}, id="points of an article without clauses"),
        pytest.param(
            "## Điều 1. Một\n1. A:\na) x;\nb) y.\n\nKết.\n", {"1.1": "A:\na) x;\nb) y.\nKết."}, id="closing words of a clause"
        ),
        pytest.param(
            f"## Điều 1. Một\n1. A:\na) {LONG};\nđ) y.\n",
            {"1.1.a": f"A: {LONG};", "1.1.đ": "A: y."},
            id="a long clause is split at its points, each with the opening words",
        ),
        pytest.param(
            f"## Điều 1. Một\n1. A:\na) {LONG};\nb) y.\n\nKết.\n",
            {"1.1": "A:\nKết.", "1.1.a": f"A: {LONG};", "1.1.b": "A: y."},
            id="closing words of a long clause are kept",
        ),
        pytest.param(f"## Điều 1. Một\n1. {LONG}\n", {"1.1": LONG.strip()}, id="a long clause without points stays whole"),
        pytest.param("## Mẫu số 1\n1. A.\n", {"~mau-so-1.1": "A."}, id="a part without article number"),
        pytest.param("# Chương I. X\n## Điều 44a. Một\nLời.\n", {"44a": "Lời."}, id="an inserted article"),
        pytest.param(
            "## Điều 1. Một\na) x.\n1. A.\n", {"1": "a) x.", "1.1": "A."}, id="points before the first clause are not lost"
        ),
        pytest.param(
            f"## Điều 1. Một\nMở:\na) {LONG};\nb) y.\n1. A.\n",
            {"1.a": f"Mở: {LONG};", "1.b": "Mở: y.", "1.1": "A."},
            id="many words before the first clause are split at their points",
        ),
    ],
)
def test_cut(body: str, texts: dict[str, str]) -> None:
    assert {place: passage.text for place, passage in cut(body).items()} == texts


def test_what_a_passage_bears() -> None:
    (passage,) = passages_of(document("# Chương I. Chung\n# Mục 2. Riêng\n## Điều 3. Ba\n1. A.\n"))
    assert passage == Passage(
        id="9-2026-nd-cp#3.1",
        document="9-2026-nd-cp",
        place="3",
        citation=Citation("9/2026/NĐ-CP", "3", "1"),
        heading_path=("Thử nghiệm", "Chung", "Riêng", "Ba"),
        text="A.",
        in_force_from=date(2026, 3, 1),
        in_force_to=date(2030, 1, 1),
        audience="staff",
        digest=True,
        rank=1,
    )
    assert (passage.heading, passage.article_key) == ("Ba", ("9-2026-nd-cp", "3"))


def test_an_unnumbered_part_is_cited_by_its_document() -> None:
    (passage,) = passages_of(document("## Mẫu số 1\n1. A.\n"))
    assert passage.citation == Citation("9/2026/NĐ-CP")
    assert passage.heading == "Mẫu số 1"


FROM, TO = date(2026, 3, 1), date(2030, 1, 1)
EARLY, LATE = date(2026, 2, 1), date(2027, 1, 1)
BODY = f"## Điều 1. Một\n1. A:\na) {LONG};\nb) y.\n2. B.\n## Điều 2. Hai\nLời.\n"


@pytest.mark.parametrize(
    ("effects", "expected"),
    [
        pytest.param("[]", {"1.1.a": (FROM, TO), "1.2": (FROM, TO), "2": (FROM, TO)}, id="those of the document"),
        pytest.param(
            '[{articles: ["Điều 1"], from: 2026-02-01}]',
            {"1.1.a": (EARLY, TO), "1.2": (EARLY, TO), "2": (FROM, TO)},
            id="the article's beginning, the document's end",
        ),
        pytest.param(
            '[{articles: ["khoản 1 Điều 1"], to: 2027-01-01}]',
            {"1.1.a": (FROM, LATE), "1.2": (FROM, TO)},
            id="the clause's end goes down to its points",
        ),
        pytest.param(
            '[{articles: ["Điều 1"], from: 2026-02-01}, {articles: ["điểm b khoản 1 Điều 1"], to: 2027-01-01}]',
            {"1.1.a": (EARLY, TO), "1.1.b": (EARLY, LATE)},
            id="each date from the nearest that has one",
        ),
    ],
)
def test_dates_are_inherited(effects: str, expected: dict[str, tuple[date, date]]) -> None:
    passages = cut(BODY, f"partial_effect: {effects}\n")
    assert {place: (passages[place].in_force_from, passages[place].in_force_to) for place in expected} == expected


def test_ids_do_not_move_when_a_neighbour_changes() -> None:
    before = cut(BODY)
    after = cut(BODY.replace("2. B.\n", "1a. Chèn.\n2. B đã sửa.\n3. C.\n"))
    assert set(after) - set(before) == {"1.1a", "1.3"}
    assert set(before) <= set(after)


@pytest.fixture(scope="module")
def documents(live: LiveKnowledge) -> tuple[LegalDocument, ...]:
    """The documents of the real library."""
    return live().library.documents


def test_ids_are_unique_over_the_real_library(documents: tuple[LegalDocument, ...]) -> None:
    ids = [passage.id for each in documents for passage in passages_of(each)]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert [name for name in ids if " " in name or name.count("#") != 1] == []


def test_ids_of_the_real_library_are_made_of_the_address(documents: tuple[LegalDocument, ...]) -> None:
    for each in documents:
        for passage in passages_of(each):
            citation = passage.citation
            labels = [label for label in (citation.article, citation.clause, citation.point) if label]
            place = passage.id.partition("#")[2].removesuffix(".cuối")
            assert place == ".".join(labels) or (not labels and place.startswith("~")), passage.id


def test_no_word_of_the_real_library_is_lost(documents: tuple[LegalDocument, ...]) -> None:
    for each in documents:
        cut_words: dict[tuple[str, ...], Counter[str]] = {}
        for passage in passages_of(each):
            cut_words.setdefault(passage.heading_path, Counter()).update(words(passage.text))
        for above, article in each.articles():
            path = (each.title, *(p.heading for p in above if p.heading), article.heading)
            said = [word for word in words(article.whole_text()) if len(word) > 2 and not word[0].isdigit()]
            assert not set(said) - set(cut_words[path]), f"{each.key} {article.name}"
