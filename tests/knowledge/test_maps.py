"""YAML maps that people edit: keys as written, each once, and every fault with its line."""

from __future__ import annotations

import pytest

from knowledge.errors import LibraryError
from knowledge.maps import read_map


@pytest.mark.parametrize(
    ("text", "rows", "lines"),
    [
        pytest.param("a: 1\n\n# lời ghi\nb: [x]\n", {"a": 1, "b": ["x"]}, {"a": 11, "b": 14}, id="lines are those of the file"),
        pytest.param("1.10: x\nno: y\n2026-01-01: z\n", {"1.10": "x", "no": "y", "2026-01-01": "z"}, None, id="keys as written"),
        pytest.param("a: {a: 1}\nb: {a: 2}\n", {"a": {"a": 1}, "b": {"a": 2}}, None, id="a key again in another map"),
        pytest.param("\ufeffhoa\u0300: hoa\u0300\n", {"hoà": "hoà"}, None, id="composed, without byte order mark"),
        pytest.param("# lời ghi\n", {}, {}, id="nothing but a comment"),
        pytest.param("", {}, {}, id="nothing"),
    ],
)
def test_reads(text: str, rows: dict[str, object], lines: dict[str, int] | None) -> None:
    found = read_map(text, "a.yaml", "the list", lines_above=10)
    assert found.rows == rows
    assert lines in (None, found.lines)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", 13, "key 'a' stands twice", id="a key twice"),
        pytest.param("a:\n  b: 1\n  b: 2\n", 13, "key 'b' stands twice", id="a key twice inside"),
        pytest.param("a: 1\nb: 2026-02-30\n", 12, "'2026-02-30' cannot be read", id="a day that does not exist"),
        pytest.param("a: 1\nb: c: d\n", 12, "not YAML", id="not YAML"),
        pytest.param("a: 1\n---\nb: 2\n", 12, "not YAML", id="two documents"),
        pytest.param("- a\n", 1, "not a list of keys", id="a list"),
        pytest.param("a\n", 1, "not a list of keys", id="a word"),
        pytest.param("a: &x [1]\nb: *x\n", 12, "refers to another place", id="a reference"),
        pytest.param("a: &x [*x]\n", 11, "refers to another place", id="a reference to itself"),
        pytest.param("[" * 100_000, 11, "nested too deep", id="nesting that brings the reader down"),
        pytest.param("- " * 100_000, 11, "nested too deep", id="nesting of dashes"),
        pytest.param("a: \x00\n", 11, "not YAML", id="a NUL byte"),
        pytest.param("{a: b}: c\n", 11, "a key is no text", id="a map for a key"),
    ],
)
def test_refuses(text: str, line: int, problem: str) -> None:
    with pytest.raises(LibraryError) as caught:
        read_map(text, "a.yaml", "the list", lines_above=10)
    assert (caught.value.path, caught.value.line) == ("a.yaml", line)
    assert problem in caught.value.problem
    assert caught.value.remedy
