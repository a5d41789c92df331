"""Receipts: the same answer has the same number, any other answer another, and an answer can be read again by it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from bot import receipts
from bot.assistant import Assistant
from bot.database import Database
from bot.message import Answer, AnswerCitation, Question

CITED = AnswerCitation("106/2025/QH15", "36", "1", None, "Tự nguyện", "10 ngày", "digest", "2026-07-01", None, "/x")
ANSWER = Answer("hỏi", date(2026, 11, 23), "citizen", "answer", "10 ngày", (CITED,), ("coi chừng",), "", "b1", 3.5)
QUESTION = Question("Thời hạn tự nguyện thi hành án là bao lâu?")


def test_form() -> None:
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}", receipts.number_of(ANSWER))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(ANSWER, elapsed_ms=900.0), id="how long it took"),
        pytest.param(replace(ANSWER, receipt="ABCD"), id="the receipt itself"),
    ],
)
def test_same_number(changed: Answer) -> None:
    assert receipts.number_of(changed) == receipts.number_of(ANSWER)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(replace(ANSWER, question="hỏi khác"), id="the question"),
        pytest.param(replace(ANSWER, text="15 ngày"), id="what it says"),
        pytest.param(replace(ANSWER, as_of=date(2026, 11, 24)), id="the date"),
        pytest.param(replace(ANSWER, build="b2"), id="the build"),
        pytest.param(replace(ANSWER, role="staff"), id="the reader"),
        pytest.param(replace(ANSWER, citations=()), id="no citation"),
        pytest.param(replace(ANSWER, citations=(replace(CITED, point="đ"),)), id="a point"),
        pytest.param(replace(ANSWER, warnings=()), id="the warnings"),
    ],
)
def test_another_number(changed: Answer) -> None:
    assert receipts.number_of(changed) != receipts.number_of(ANSWER)


def test_kept_and_read_again(database: Database) -> None:
    answer = replace(ANSWER, receipt=receipts.number_of(ANSWER))
    receipts.keep(database, answer)
    kept = database.receipt(answer.receipt)
    assert kept is not None
    assert json.loads(kept["answer"]) == answer.as_json()
    assert kept["build"] == "b1"


def test_given_answers_are_kept(assistant: Assistant, database: Database) -> None:
    first, second = assistant.answer(QUESTION), assistant.answer(QUESTION)
    assert first.receipt == second.receipt
    kept = database.receipt(first.receipt)
    assert kept is not None
    assert json.loads(kept["answer"])["answer"] == first.text
