"""The tables are checked when they are read: a fault is named with its file and line, and nothing of it goes in."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from knowledge.errors import LibraryError
from knowledge.practice.book import read_practice
from tests.knowledge.practice.conftest import FOLDER

BROKEN = [
    ("time_limits.yaml", "count: 10\n", "count: ten\n", "'count' is no whole number"),
    ("time_limits.yaml", "count: 10\n", "count: 0\n", "a limit of 0"),
    ("time_limits.yaml", "unit: working_day", "unit: workday", "'unit' is 'workday'"),
    ("time_limits.yaml", "      to: 2026-07-01\n", "      to: 2027-07-01\n", "two versions hold at the same time"),
    ("time_limits.yaml", "      to: 2026-07-01\n", "      to: null\n", "two versions hold at the same time"),
    ("time_limits.yaml", "      from: 2015-07-01\n", "      from: 2026-07-01\n", "before it begins"),
    ("time_limits.yaml", "      from: 2015-07-01\n", "      from: soon\n", "'from' is no date"),
    ("time_limits.yaml", '      basis: "28.1"\n', '      basis: "28.1.a.b"\n', "is no place"),
    ("time_limits.yaml", '      basis: "28.1"\n', "      basis: 28\n", "is no place"),
    ("time_limits.yaml", "      kind: duration\n", "      kind: always\n", "'kind' is 'always'"),
    ("time_limits.yaml", "      start: ", "      begin: ", "unknown field 'begin'"),
    ("time_limits.yaml", "judgment_transfer:", "notice:", "stands twice"),
    ("time_limits.yaml", "  versions:\n", "  version:\n", "unknown field 'version'"),
    ("days_off.yaml", "day: 2024-04-29", "day: 2023-04-29", "is in another year"),
    ("days_off.yaml", "day: 2024-04-29", "day: 2024-04-28", "cannot be under 'off'"),
    ("days_off.yaml", "day: 2024-05-04", "day: 2024-05-06", "cannot be under 'worked'"),
    ("days_off.yaml", '"2024":', '"year 2024":', "no year"),
    ("amounts.yaml", "amount: 1210000", "amount: 1.210.000", "no whole number"),
    ("amounts.yaml", "amount: 1210000", "amount: -1", "no whole number"),
    ("amounts.yaml", "from: 2017-07-01", "from: 2016-05-01", "do not follow one another"),
    ("amounts.yaml", "confirmed: false", "confirmed: perhaps", "neither true nor false"),
    ("fees.yaml", "plus: 190000000", "plus: 190000001", "ends with 190000000"),
    ("fees.yaml", "above: 7000000000", "above: 4000000000", "do not go up"),
    ("fees.yaml", "above: 0,", "above: 1,", "does not begin at 0"),
    ("fees.yaml", "percent: 80", "percent: 180", "180 per cent"),
    ("fees.yaml", "settled_divisor: 3", "settled_divisor: 0", "'settled_divisor' is 0"),
    ("fees.yaml", "schedule:", "fees:", "not one entry 'schedule'"),
    ("costs.yaml", "least: 65000, most: 130000", "least: 65000, most: 13000", "under 'least'"),
    ("costs.yaml", "to: 2026-07-01, amount: 150000", "to: null, amount: 150000", "two versions hold at the same time"),
    ("costs.yaml", 'unit: "người/ngày"', "unit: ''", "'unit' is no text"),
]


def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "practice"))


@pytest.mark.parametrize(("name", "good", "bad", "problem"), BROKEN, ids=[f"{row[0]}-{row[3]}" for row in BROKEN])
def test_a_fault_is_named_with_its_line(tmp_path: Path, name: str, good: str, bad: str, problem: str) -> None:
    path = copy(tmp_path) / name
    text = path.read_text(encoding="utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(LibraryError, match=re.escape(problem)) as fault:
        read_practice(path.parent)
    assert str(fault.value).startswith(f"{path}:{fault.value.line}: ")


@pytest.mark.parametrize("name", ["time_limits.yaml", "days_off.yaml", "amounts.yaml", "fees.yaml", "costs.yaml"])
def test_a_table_that_is_missing_or_no_text_is_named(tmp_path: Path, name: str) -> None:
    path = copy(tmp_path) / name
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LibraryError, match=name):
        read_practice(path.parent)
    path.unlink()
    with pytest.raises(LibraryError, match="cannot be read"):
        read_practice(path.parent)


def test_the_line_is_that_of_the_entry(tmp_path: Path) -> None:
    path = copy(tmp_path) / "time_limits.yaml"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = lines.index("voluntary:")
    entry = next(n for n in range(at, len(lines)) if "count: 10" in lines[n])
    lines[entry] = "      count: many"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(LibraryError) as fault:
        read_practice(path.parent)
    assert fault.value.line == at + 1
