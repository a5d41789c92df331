"""Who asks the way or tells a case is guided; who asks for a rule gets the rule."""

from __future__ import annotations

import json

import pytest

from bot.wishes import accepts, goes_on, procedure_command, wants_guidance, write_facts, written_facts
from tests.conftest import ROOT


@pytest.mark.parametrize(
    "text",
    [
        "tôi thắng kiện mà họ không trả",
        "tôi thắng kiện mà họ không trả tiền, giờ tôi phải làm gì?",
        "toi bi ke bien nha, toi phai lam sao",
        "làm sao để yêu cầu thi hành án",
        "lam the nao de xin hoan thi hanh an",
        "thủ tục xin miễn phí thi hành án",
        "cho tôi hỏi thủ tục khiếu nại",
        "hướng dẫn tôi nộp đơn yêu cầu thi hành án",
        "chồng cũ em không gửi tiền nuôi con",
    ],
)
def test_guided(text: str) -> None:
    assert wants_guidance(text)


@pytest.mark.parametrize(
    "text",
    [
        "thời hạn tự nguyện là bao lâu",
        "tôi bị kê biên nhà duy nhất có đúng luật không?",
        "tôi phải nộp phí bao nhiêu",
        "ai phải nộp phí thi hành án",
        "thủ tục bán đấu giá theo Điều 63 Nghị định 152/2026/NĐ-CP",
        "thủ tục cưỡng chế do thông tư nào hướng dẫn",
        "thủ tục tiêu hủy vật chứng thuộc thẩm quyền của ai",
        "Ngân hàng phải làm gì khi nhận quyết định phong tỏa",
        "tôi muốn biết chấp hành viên phải làm gì",
        "họ có phải trả không",
        "tôi",
        "",
    ],
)
def test_not_guided(text: str) -> None:
    assert not wants_guidance(text)


def test_watched_questions_are_not_guided() -> None:
    """The questions whose answers are watched all ask for a rule."""
    rows = [line for path in sorted((ROOT / "knowledge/library/golden").glob("*.jsonl")) for line in path.open(encoding="utf-8")]
    questions = [json.loads(row)["question"] for row in rows if row.strip()]
    assert [question for question in questions if wants_guidance(question)] == []
    assert len(questions) > 50


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("/thutuc", ""),
        ("/thutuc hoãn thi hành án", "hoãn thi hành án"),
        ("các thủ tục", ""),
        ("danh sách thủ tục", ""),
        ("thủ tục hoãn thi hành án", None),
        ("hoãn thi hành án", None),
    ],
)
def test_command(text: str, asked: str | None) -> None:
    assert procedure_command(text) == asked


@pytest.mark.parametrize(
    ("text", "expected"), [("tiếp tục", True), ("Tiếp tục nhé", True), ("tiep tuc", True), ("tiếp tục kê biên", False)]
)
def test_goes_on(text: str, expected: bool) -> None:
    assert goes_on(text) is expected


@pytest.mark.parametrize(("text", "expected"), [("Có", True), ("bắt đầu đi", True), ("có phải nộp phí không", False)])
def test_accepts(text: str, expected: bool) -> None:
    assert accepts(text) is expected


def test_facts_are_written_and_read_again() -> None:
    facts = {"way": "post", "time": "in_time"}
    written = write_facts("request-enforcement", {**facts, "other": "?"})
    assert written_facts(written.removeprefix("/thutuc ")) == ("request-enforcement", facts)
    assert written_facts("hoãn thi hành án") == ("", {})
    assert written_facts("") == ("", {})
