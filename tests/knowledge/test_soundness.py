"""What is unsound in a document that parses: gaps, double numbers, empty articles, references to nowhere."""

from __future__ import annotations

import pytest

from knowledge.document import LegalDocument
from knowledge.parse import parse_document
from knowledge.soundness import findings, has_place


def document(body: str) -> LegalDocument:
    head = (
        "---\nnumber: 9/2026/NĐ-CP\nkind: Nghị định\ntitle: Thử nghiệm\nissuer: Chính phủ\nissued: 2026-01-05\n"
        "effective_from: 2026-03-01\naudience: public\ntext: digest\n---\n"
    )
    return parse_document(head + body, "thu.md")


def articles(*labels: str) -> str:
    return "".join(f"## Điều {label}. Tên\nLời.\n" for label in labels)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(articles("1", "2", "3"), [], id="sound"),
        pytest.param(articles("1", "2", "2a", "2b", "3"), [], id="inserted articles leave no gap"),
        pytest.param(articles("7", "8"), [], id="a digest may begin later"),
        pytest.param(articles("1", "4"), [("Điều 1", "no article between Điều 1 and Điều 4", False)], id="a gap"),
        pytest.param(articles("1", "2", "2"), [("Điều 2", "the article stands twice", True)], id="an article twice"),
        pytest.param("## Điều 1. Tên\n## Điều 2. Hai\nLời.\n", [("Điều 1", "the article is empty", True)], id="an empty article"),
        pytest.param("## Mẫu số 1\n", [("Mẫu số 1", "the article is empty", True)], id="an empty part"),
        pytest.param("## Điều 1. Tên\n1. A.\n2. B.\n2a. C.\n3. D.\n", [], id="an inserted clause leaves no gap"),
        pytest.param("## Điều 1. Tên\n1. A.\n3. B.\n", [("Điều 1", "clauses are numbered [1, 3]", False)], id="a gap in clauses"),
        pytest.param(
            "## Điều 1. Tên\n2. A.\n1. B.\n", [("Điều 1", "clauses are numbered [2, 1]", False)], id="clauses turned round"
        ),
        pytest.param("## Điều 1. Tên\nTheo khoản 2 Điều 1 của Nghị định này.\n", [], id="a reference that resolves"),
        pytest.param(
            "## Điều 1. Tên\nTheo khoản 2 Điều 9 của Nghị định này.\n",
            [("Điều 1", "refers to khoản 2 Điều 9, which the document does not have", False)],
            id="a reference to nowhere",
        ),
        pytest.param(
            "## Điều 1. Tên\nTheo Điều 9 Luật 106/2025/QH15 và Nghị định này.\n", [], id="a reference to another document"
        ),
        pytest.param("## Điều 1. Tên\nTheo Điều 9 của Luật Đất đai. Nghị định này cũng vậy.\n", [], id="in another sentence"),
        pytest.param(
            "## Điều 1. Tên\nĐổi tên (khoản 5 Điều 116 của Luật Thi hành án dân sự) theo Điều 1 Nghị định này.\n",
            [],
            id="another law by its name in the same sentence, as in Điều 58 of 151/2026/NĐ-CP",
        ),
        pytest.param("## Điều 1. Tên\nTheo Điều 9 của Luật này.\n", [], id="this law, said in a decree"),
        pytest.param(
            "## Điều 1. Tên\nTheo Điều 3 Luật Đất đai và Điều 9 Nghị định này.\n",
            [("Điều 1", "refers to Điều 9, which the document does not have", False)],
            id="a reference to nowhere behind another law",
        ),
        pytest.param(
            articles("44a", "44"), [("Điều 44", "stands after Điều 44a", False)], id="an inserted article before its own"
        ),
        pytest.param(articles("7d", "7đ", "7e", "8"), [], id="đ follows d"),
        pytest.param(
            "## Phụ lục\nA.\n## PHỤ LỤC\nB.\n", [("PHỤ LỤC", "a part with this heading stands twice", True)], id="a part twice"
        ),
        pytest.param("## 1\nA.\n## Điều 1. Một\nB.\n", [], id="a part called like an article's number"),
        pytest.param(
            "## Điều 1. Tên\n1. A:\na) x;\nc) y.\n", [("khoản 1 Điều 1", "points are lettered a c", False)], id="a gap in points"
        ),
        pytest.param("## Điều 1. Tên\na) x;\na1) y;\nb) z.\n", [], id="an inserted point leaves no gap"),
    ],
)
def test_findings(body: str, expected: list[tuple[str, str, bool]]) -> None:
    assert [(f.place, f.problem, f.serious) for f in findings(document(body))] == expected


@pytest.mark.parametrize(
    ("place", "there"),
    [
        (("1",), True),
        (("1", "2"), True),
        (("1", "2", "đ"), True),
        (("1", "2", "d"), False),
        (("1", "3"), False),
        (("2a", None, "a"), True),
        (("2",), False),
        (("9", "1"), False),
    ],
)
def test_has_place(place: tuple[str, ...], there: bool) -> None:
    body = "## Điều 1. Tên\n1. A.\n2. B:\na) x;\nđ) y.\n## Điều 2a. Hai\na) x.\n"
    assert has_place(document(body), *place) is there
