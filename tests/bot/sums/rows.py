"""Rows of a lawyer's table: what is said in chat, and what comes out, is asked for, or is left to the law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.sums import Missing, Sum
from bot.sums.asked import Worked
from tests.knowledge.practice.conftest import places

Row = dict[str, Any]
Work = Callable[[str], Worked]


def rows(name: str) -> list[Row]:
    found: list[Row] = yaml.safe_load((Path(__file__).parent / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def params(found: list[Row]) -> list[Any]:
    return [pytest.param(row, id=row["says"]) for row in found]


def check(row: Row, worked: Work, questions: Mapping[str, str]) -> None:
    """The result with its place and warnings, the question that is asked (by its name in the table), or nothing."""
    found = worked(row["says"])
    if "result" in row:
        assert isinstance(found, Sum)
        assert row["result"] in found.result
        assert "basis" not in row or row["basis"] in places(found.steps)
        told = "\n".join([found.result, *(step.sentence for step in found.steps), *found.warnings])
        assert row.get("warns", "") in told
        assert "denies" not in row or row["denies"] not in told
        assert not any(mark in told for mark in ("None", "{", "}"))
    else:
        check_no_sum(row, found, questions)


def check_no_sum(row: Row, found: Worked, questions: Mapping[str, str]) -> None:
    """The question that is asked (by its name in the table), or nothing: the rule is the answer."""
    if "asks" in row:
        assert isinstance(found, Missing)
        assert found.question == questions[row["asks"]]
    else:
        assert found is None


def check_options(row: Row, worked: Work) -> None:
    """Each reply that is offered leads to a result or to another question."""
    missing = worked(row["says"])
    assert isinstance(missing, Missing)
    for option in missing.options:
        after = worked(f"{row['says']} – {option}")
        assert isinstance(after, Sum) or (isinstance(after, Missing) and after.question != missing.question), option


def amounts(sentence: str) -> list[int]:
    """The sums of money that a sentence names."""
    return [int(word.replace(".", "")) for word in sentence.split() if word.replace(".", "").isdigit()]
