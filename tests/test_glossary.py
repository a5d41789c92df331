"""The glossary names what the code names, and the code names things in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

GLOSSARY = ROOT / "docs" / "glossary.md"
COLUMNS = ["Tiếng Việt", "English identifier", "Where"]
SOURCES = sorted(path for folder in ("bot", "knowledge") for path in (ROOT / folder).rglob("*.py"))
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*")
# Vietnamese words without accents that are no English words; a name that has one of them as a part is not English.
VIETNAMESE = frozenset(
    re.findall(
        r"\w+",
        "dieu khoan diem nghi dinh nghidinh thong thongtu luat vanban bien cuong nguoi nghia thoi hieu quyet khieu chap hanh vien thua "
        "phi tien ngan cau hoi tra loi giai kiem ngay duoc phai khong trich chuong huong toaan coquan taisan thihanh",
    )
)


def rows() -> list[list[str]]:
    """The cells of the glossary's table, without heading and rule."""
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines]


def identifiers() -> list[str]:
    """The identifiers of the second column: what stands in backticks, else every word that can be a name."""
    if not GLOSSARY.exists():
        return []
    found: list[str] = []
    for row in rows()[2:]:
        cell = row[1] if len(row) > 1 else ""
        found += [name for part in (re.findall(r"`([^`]+)`", cell) or [cell]) for name in _NAME.findall(part)]
    return sorted(set(found))


@cache
def words_of_the_code() -> frozenset[str]:
    """Every name in the code: of modules, of things defined and used, and the words of literals such as "in_force"."""
    found: set[str] = set()
    for path in SOURCES:
        found |= set(re.findall(r"[A-Za-z_]\w*", path.read_text(encoding="utf-8"))) | set(
            path.relative_to(ROOT).with_suffix("").parts
        )
    return frozenset(found)


def names_given(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Names that the code gives: of functions, classes, arguments, variables and fields."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno
        elif isinstance(node, ast.alias) and node.asname:
            yield node.asname, node.lineno


def parts_of(name: str) -> list[str]:
    """`enforcement_officer` and `EnforcementOfficer` are two words each."""
    return re.findall(r"[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]+", name)


def test_table() -> None:
    table = rows()
    assert table[0] == COLUMNS
    assert len(table) > 20
    assert [row for row in table if len(row) != len(COLUMNS)] == []
    assert [row for row in table[2:] if not row[0] or not row[1]] == []
    assert len(identifiers()) > 20


@pytest.mark.parametrize("name", identifiers())
def test_identifier_is_in_the_code(name: str) -> None:
    assert [part for part in name.split(".") if part not in words_of_the_code()] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_names_are_english(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    given = [*names_given(tree), *((part, 0) for part in path.relative_to(ROOT).with_suffix("").parts)]
    assert [f"{path}:{line}: {name}" for name, line in given if not name.isascii()] == []
    assert [f"{path}:{line}: {name}" for name, line in given if {part.lower() for part in parts_of(name)} & VIETNAMESE] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("def dieu(): pass", True, id="a function"),
        pytest.param("class NghiDinh: pass", True, id="a class"),
        pytest.param("def f(so_khoan): pass", True, id="an argument"),
        pytest.param("diem = 1", True, id="a variable"),
        pytest.param("for khoan in []: pass", True, id="of a loop"),
        pytest.param("x = 'dieu khoan diem'", False, id="only in a string"),
        pytest.param("article = clause = point = 1", False, id="English"),
    ],
)
def test_the_rule_itself(source: str, found: bool) -> None:
    given = {part.lower() for name, _ in names_given(ast.parse(source)) for part in parts_of(name)}
    assert bool(given & VIETNAMESE) == found
