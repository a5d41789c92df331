"""One scorer for all: what is right in an answer, which questions do not pass, and the answers of any build."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ConfigError
from bot.evaluation import judge, read_questions, share
from bot.message import Answer, AnswerCitation, Kind

LAW = "106/2025/QH15"
GOLD = [{"document": LAW, "article": "36"}]


def answer(*articles: str, text: str = "Là 10 ngày.", kind: Kind = "answer") -> Answer:
    cited = tuple(
        AnswerCitation(LAW, a, "1", None, "Tên", "Thời hạn 05 ngày", "digest", "2026-07-01", None, "") for a in articles
    )
    return Answer("Hỏi?", date(2026, 11, 23), "citizen", kind, text, cited)


@pytest.mark.parametrize(
    ("row", "given", "right"),
    [
        pytest.param({"gold": GOLD}, answer("36"), {"first": True, "cited": True, "passed": True}, id="first"),
        pytest.param({"gold": GOLD}, answer("37", "36"), {"first": False, "cited": True, "passed": False}, id="cited behind"),
        pytest.param({"gold": GOLD}, answer(), {"first": False, "cited": False, "passed": False}, id="nothing cited"),
        pytest.param({"gold": [{"doc": LAW.lower()}]}, answer("1"), {"first": True, "all_cited": True}, id="any article of it"),
        pytest.param({"gold": GOLD, "facts": ["10 ngày"]}, answer("36"), {"facts": True, "passed": True}, id="a fact"),
        pytest.param(
            {"must": ["5 ngày"]}, answer("36"), {"facts": True, "first": None, "passed": True}, id="a fact in the quote"
        ),
        pytest.param({"must_say": ["9 ngày"]}, answer("36"), {"facts": False, "passed": False}, id="a fact that is not said"),
        pytest.param({"must_say": [["9 ngày", "10 ngày"]]}, answer("36"), {"facts": True}, id="one of two facts"),
        pytest.param({"must_not_say": ["10 ngày"]}, answer("36"), {"wrong": True, "passed": False}, id="what is wrong"),
        pytest.param({"refuse": True}, answer(kind="refusal"), {"refused": True, "passed": True}, id="rightly refused"),
        pytest.param({"gold": GOLD}, answer("36", kind="refusal"), {"refused": True, "passed": False}, id="wrongly refused"),
        pytest.param({"refuse": True}, answer("36"), {"refused": False, "passed": False}, id="should have been refused"),
    ],
)
def test_judge(row: dict[str, Any], given: Answer, right: dict[str, Any]) -> None:
    result = judge(row, given)
    assert {key: result[key] for key in right} == right


def test_share_counts_only_those_that_were_asked() -> None:
    assert (share([{"x": True}, {"x": None}, {"x": False}], "x"), share([{"x": None}], "x")) == (0.5, None)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "q.jsonl:1: not a question"),
        ("[1]", "it needs 'id' and 'question'"),
        ('{"id": 1, "question": "q", "role": "king"}', "role is 'king'"),
        ('{"id": 1, "question": "q", "as_of": "mai"}', "mai"),
        ('{"id": 1, "question": "q", "gold": [{"article": "1"}]}', "'doc'"),
        ("", "has no questions"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "q.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        read_questions(tmp_path / "q.jsonl")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_questions(tmp_path / "none.jsonl")
