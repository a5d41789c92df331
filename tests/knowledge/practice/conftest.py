"""The tables of the library, and the cases that were worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.practice.book import Practice, read_practice
from knowledge.practice.step import Step
from knowledge.store import Library, read_library
from tests.conftest import ROOT
from tests.knowledge.practice.run import Case

FOLDER = ROOT / "knowledge" / "library" / "practice"
CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="session")
def book() -> Practice:
    return read_practice(FOLDER)


@pytest.fixture(scope="session")
def law() -> Library:
    return read_library(ROOT / "knowledge" / "library").library


def cases(name: str) -> list[Any]:
    """The rows of a table as parameters, each named by its place and its first values."""
    rows = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    return [
        pytest.param(row, id=f"{n}-" + "-".join(str(value) for value in list(row.values())[:2])) for n, row in enumerate(rows, 1)
    ]


def places(steps: Iterable[Step]) -> set[str]:
    """The places that the steps cite, as the tables write them: `36.1 106/2025/QH15`."""
    return {f"{'.'.join(filter(None, (c.article, c.clause, c.point)))} {c.number}" for step in steps for c in step.basis}


def check_told(case: Case, result: Any) -> None:
    """The place that decides is cited, and what the case says stands in what people read."""
    if "basis" in case:
        assert case["basis"] in places(result.steps)
    told = "\n".join([*(step.sentence for step in result.steps), *result.warnings])
    assert case.get("says", "") in told
    assert not any(mark in told for mark in ("None", "{", "}"))
