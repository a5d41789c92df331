"""What differs between two states of the law."""

from __future__ import annotations

import json

import pytest

from knowledge.document import LegalDocument
from knowledge.law_diff import ArticleDiff, diff_json, diff_lines, document_diff, law_diff
from knowledge.parse import parse_document

HEAD = (
    "---\nnumber: 1/2026/NĐ-CP\nkind: Nghị định\ntitle: Tên\nissuer: Chính phủ\nissued: 2026-01-05\n"
    "effective_from: 2026-03-01\naudience: public\ntext: digest\n---\n"
)
BODY = "## Điều 1. Phạm vi\nVề mức chi.\n## Điều 2. Mức chi\n1. Chi 5% số tiền.\n2. Chi trong 10 ngày.\n"


def document(*changes: tuple[str, str]) -> LegalDocument:
    text = HEAD + BODY
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    return parse_document(text, "a.md")


OFFICIAL = ("text: digest", "text: official")


@pytest.mark.parametrize(
    ("changes", "articles"),
    [
        pytest.param(
            [("10 ngày", "15 ngày")], [("Điều 2", "changed", ("- 2. Chi trong 10 ngày.", "+ 2. Chi trong 15 ngày."))], id="a line"
        ),
        pytest.param([("Mức chi\n", "Mức thu\n")], [("Điều 2", "changed", ("- Mức chi", "+ Mức thu"))], id="a heading"),
        pytest.param(
            [("## Điều 2.", "## Điều 3.")],
            [("Điều 3", "added", ("Mức chi",)), ("Điều 2", "removed", ("Mức chi",))],
            id="a number",
        ),
        pytest.param([OFFICIAL, ("Về mức", "Nói về mức")], [], id="official words: the rule is the same"),
        pytest.param([OFFICIAL, ("Phạm vi\n", "Phạm vi.\n")], [], id="a full stop behind a heading"),
        pytest.param(
            [OFFICIAL, ("10 ngày", "15 ngày"), ("Mức chi\n", "Mức thu\n")],
            [
                (
                    "Điều 2",
                    "changed",
                    ("heading: 'Mức chi' -> 'Mức thu'", "figures only before: 10 ngay", "figures only now: 15 ngay"),
                )
            ],
            id="official figures",
        ),
    ],
)
def test_articles(changes: list[tuple[str, str]], articles: list[tuple[str, str, tuple[str, ...]]]) -> None:
    found = document_diff(document(), document(*changes))
    assert found
    assert found.articles == tuple(ArticleDiff(*each) for each in articles)  # type: ignore[arg-type]


def test_nothing_differs() -> None:
    assert document_diff(document(), document()) is None
    assert law_diff([document()], [document()]) == ()


def test_documents_and_dates() -> None:
    other, later = document(("1/2026", "2/2026")), document(("2026-03-01", "2026-04-01"))
    added, removed = law_diff([document()], [other])
    assert ((added.key, added.done), (removed.key, removed.done)) == (("2-2026-nd-cp", "added"), ("1-2026-nd-cp", "removed"))
    (changed,) = law_diff([document()], [later])
    assert changed.keys == (("effective_from", "2026-03-01", "2026-04-01"),)


def test_lines_are_bounded_and_json_is_whole() -> None:
    differences = law_diff([document()], [document(("Về mức", "Nói về mức"), ("10 ngày", "15 ngày"))])
    assert list(diff_lines(differences, 1))[-1] == "    … and 1 more articles that differ"
    assert len([line for line in diff_lines(differences) if line.startswith("    changed")]) == 2
    assert [a["place"] for a in json.loads(json.dumps(diff_json(differences)))[0]["articles"]] == ["Điều 1", "Điều 2"]
