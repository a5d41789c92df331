"""The answer object has exactly the keys that others rely on."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bot.assistant import Assistant
from bot.message import Answer, AnswerCitation, Question

# The contract: a key more or less breaks programs outside the project.
ANSWER_KEYS = ["question", "as_of", "role", "kind", "answer", "citations", "warnings", "receipt", "build", "elapsed_ms"]
CITATION_KEYS = ["document", "article", "clause", "point", "title", "quote", "text", "in_force_from", "in_force_to", "url"]
KINDS = {"answer", "article", "procedure", "calculation", "clarification", "refusal"}
CITATION = AnswerCitation(
    "26/2008/QH12", "44a", "2", "đ", "Tiêu đề", "Lời trích", "digest", "2009-07-01", "2026-07-01", "/van-ban/x"
)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Thời hạn tự nguyện thi hành án là bao lâu?", id="an answer"),
        pytest.param("Điều 36", id="an article"),
        pytest.param("04-NQ/TW", id="a choice"),
        pytest.param("26/CT-TTg", id="a document"),
        pytest.param("Cách nấu phở bò ngon tại nhà", id="a refusal"),
        pytest.param("chào bạn", id="a greeting"),
        pytest.param("", id="nothing"),
    ],
)
def test_keys(assistant: Assistant, text: str) -> None:
    given = assistant.answer(Question(text)).as_json()
    assert list(given) == ANSWER_KEYS
    assert all(list(citation) == CITATION_KEYS for citation in given["citations"])
    assert json.loads(json.dumps(given, ensure_ascii=False)) == given
    assert given["question"] == text
    assert given["kind"] in KINDS
    assert date.fromisoformat(given["as_of"])
    assert isinstance(given["elapsed_ms"], float)
    for citation in given["citations"]:
        assert citation["text"] in ("digest", "official")
        assert all(citation[key] is None or isinstance(citation[key], str) for key in ("article", "clause", "point"))


def test_citation_is_kept_as_the_law_writes_it() -> None:
    answer = Answer("hỏi", date(2026, 7, 1), "staff", "answer", "đáp", (CITATION,), ("coi chừng",), "AB", "build", 1.25)
    given = answer.as_json()
    assert given["as_of"] == "2026-07-01"
    assert given["role"] == "staff"
    assert given["warnings"] == ["coi chừng"]
    assert given["citations"] == [
        {
            "document": "26/2008/QH12", "article": "44a", "clause": "2", "point": "đ", "title": "Tiêu đề", "quote": "Lời trích",
            "text": "digest", "in_force_from": "2009-07-01", "in_force_to": "2026-07-01", "url": "/van-ban/x",
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("article", "clause", "point", "place"),
    [
        pytest.param("44a", "2", "đ", "điểm đ khoản 2 Điều 44a", id="a point"),
        pytest.param("36", None, None, "Điều 36", id="an article"),
        pytest.param(None, None, None, "Tiêu đề", id="a document without articles is its title"),
    ],
)
def test_place(article: str | None, clause: str | None, point: str | None, place: str) -> None:
    cited = AnswerCitation("X", article, clause, point, "Tiêu đề", "Lời", "digest", "2026-01-01", None, "")
    assert cited.place == place


def test_timed_rounds() -> None:
    assert Answer("", date(2026, 1, 1), "citizen", "refusal", "").timed(8.4499).elapsed_ms == 8.4
