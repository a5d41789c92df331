"""What a message wants of the conversation: to go on, to take up an offer, a procedure by its command."""

from __future__ import annotations

import pytest

from bot.wishes import accepts, goes_on, procedure_command, wants_more, write_facts, written_facts


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nói rõ hơn", True),
        ("Nói rõ hơn!", True),
        ("noi ro hon di", True),
        ("bạn nói rõ thêm", True),
        ("giải thích thêm", True),
        ("giải thích chi tiết hơn giúp tôi", True),
        ("chi tiết hơn", True),
        ("cụ thể hơn nhé", True),
        ("cho tôi biết thêm", True),
        ("cho tôi xem đầy đủ", True),
        ("trả lời đầy đủ hơn được không", True),
        ("hãy trình bày kỹ hơn", True),
        ("nói rõ hơn về hoãn thi hành án", False),
        ("giải thích Điều 36", False),
        ("nói rõ khoản 2", False),
        ("rõ rồi", False),
        ("hơn", False),
        ("", False),
    ],
)
def test_wants_more(text: str, expected: bool) -> None:
    assert wants_more(text) is expected
