"""Answers fitted to a channel: the length counts in UTF-16 units, nothing is lost at a cut, a tag is never cut in two."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.message import Answer, AnswerCitation
from bot.render import html_messages, plain, split, utf16_length

CITED = AnswerCitation("106/2025/QH15", "36", "1", None, "Tự nguyện", "10 ngày", "digest", "2026-07-01", None, "/x")
ANSWER = Answer("hỏi", date(2026, 11, 23), "citizen", "answer", "Lời đáp.", (CITED,), ("Một.", "Hai."), "AB12-CD34-EF56")
PIECES = some.lists(
    some.sampled_from(["Điều ", "khoản\n", "\n\n", "a" * 30, "😀", "👨‍👩‍👧", "🇻🇳", " ", "ngày.", "ế", "<b>", "&"]), max_size=60
)
TEXTS = some.one_of(some.text(max_size=300), PIECES.map("".join))
EMOJI = "😀"


def without_spaces(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(text=TEXTS, limit=some.integers(2, 80))
def test_split_holds_the_limit_and_loses_nothing(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < utf16_length(part) <= limit for part in parts)
    assert without_spaces("".join(parts)) == without_spaces(text)


@given(count=some.integers(0, 40), limit=some.integers(2, 9))
def test_emoji_is_never_cut(count: int, limit: int) -> None:
    parts = split(EMOJI * count, limit)
    assert "".join(parts) == EMOJI * count
    assert all(set(part) == {EMOJI} for part in parts)


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        pytest.param("", 10, [], id="nothing"),
        pytest.param("vừa", 10, ["vừa"], id="it fits"),
        pytest.param("một hai", 7, ["một hai"], id="it just fits"),
        pytest.param("một\n\nhai ba", 9, ["một", "hai ba"], id="at a paragraph"),
        pytest.param("một\nhai ba", 8, ["một", "hai ba"], id="at a line"),
        pytest.param("một hai ba", 8, ["một hai", "ba"], id="at a space"),
        pytest.param("mộthaiba", 3, ["một", "hai", "ba"], id="nowhere to cut"),
        pytest.param("lời luật\n(khoản 1 Điều 36)", 22, ["lời luật", "(khoản 1 Điều 36)"], id="a citation stays whole"),
        pytest.param("\n\n  một", 4, ["một"], id="blank at the beginning"),
        pytest.param("a😀b", 2, ["a", EMOJI, "b"], id="an emoji takes two"),
    ],
)
def test_split(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


@pytest.mark.parametrize(
    ("text", "length"),
    [pytest.param("Điều", 4, id="Vietnamese"), pytest.param(EMOJI, 2, id="emoji"), pytest.param("", 0, id="nothing")],
)
def test_utf16_length(text: str, length: int) -> None:
    assert utf16_length(text) == length


def test_plain() -> None:
    assert plain(ANSWER) == "Lời đáp.\n\n⚠ Một.\n\n⚠ Hai.\n\nMã trả lời: AB12-CD34-EF56"


def test_plain_without_citation_has_no_receipt() -> None:
    assert plain(Answer("", date(2026, 1, 1), "citizen", "refusal", "Không rõ.", receipt="AB")) == "Không rõ."


@given(text=PIECES.map("".join), warning=PIECES.map("".join), limit=some.integers(300, 600))
def test_html_messages(text: str, warning: str, limit: int) -> None:
    answer = Answer("", date(2026, 1, 1), "citizen", "answer", text, (CITED,), (warning,), "AB12")
    messages = html_messages(answer, limit)
    tag = re.compile(r"</?(?:blockquote|i)(?: expandable)?>")
    for message in messages:
        shown = html.unescape(tag.sub("", message))
        assert utf16_length(shown) <= limit
        assert message.count("<blockquote") == message.count("</blockquote>")
        assert "<b>" not in message
    assert without_spaces(text) in without_spaces(html.unescape(tag.sub("", "".join(messages))))


CITATIONS = ["khoản 2 Điều 46 Luật 106/2025/QH15", "(điểm a khoản 1 Điều 36 Nghị định 152/2026/NĐ-CP)"]


@pytest.mark.parametrize("cited", CITATIONS)
@pytest.mark.parametrize("before", range(60, 200, 7))
def test_line_too_long_is_cut_beside_its_citations(cited: str, before: int) -> None:
    parts = split(f"{'chữ ' * (before // 4)}theo {cited} thì {'chữ ' * 200}".strip(), 150)
    assert any(cited in part for part in parts)
    assert all(utf16_length(part) <= 150 for part in parts)


def test_line_too_long_is_cut_behind_a_sentence() -> None:
    assert split(f"{'a' * 60}. {'b' * 30} {'c' * 30}", 100) == [f"{'a' * 60}.", f"{'b' * 30} {'c' * 30}"]


def test_article_is_quoted_where_it_stands() -> None:
    words = "1. Một <đoạn>.\n2. Hai. " * 30
    answer = Answer("", date(2026, 1, 1), "citizen", "article", f"Điều 1\n{words}\n\nÁp dụng.", (replace(CITED, quote=words),))
    message = html_messages(answer, 4096)[0]
    assert message.startswith(f"Điều 1\n<blockquote expandable>{html.escape(words)}</blockquote>\n\nÁp dụng.")
    assert "<blockquote" not in html_messages(replace(answer, kind="answer"), 4096)[0]
