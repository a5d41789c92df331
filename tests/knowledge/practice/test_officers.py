"""The officers' sheets: every statement stands on a place in force, every figure in a clause it cites; a broken file is named."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from knowledge.errors import LibraryError
from knowledge.figures import figures
from knowledge.practice.officer_files import read_officer_files
from knowledge.practice.officers import PARTS, Line, Sheet
from knowledge.practice.procedures import Limit
from knowledge.store import Library
from tests.conftest import ROOT
from tests.knowledge.practice.basis import missing, place
from tests.knowledge.practice.test_procedures import limit_told

SHEETS = read_officer_files(ROOT / "knowledge" / "library" / "officers")
ALL = [sheet for sheets in SHEETS.values() for sheet in sheets]
EACH = pytest.mark.parametrize("sheet", ALL, ids=[f"{sheet.subject}-{sheet.id}" for sheet in ALL])


def told(line: Line) -> str:
    """Everything the line says that its basis has to bear."""
    return "\n".join((line.says, line.to, line.how, *limit_told(line.limit)))


# --- the law


@EACH
def test_every_basis_is_in_the_library_and_in_force(sheet: Sheet, law: Library) -> None:
    assert [wrong for line in sheet.lines for wrong in missing(line.basis, law, sheet.in_force_from)] == []


@EACH
def test_every_figure_stands_in_a_clause_it_cites(sheet: Sheet, law: Library) -> None:
    wrong = []
    for line in sheet.lines:
        cited = [found[1].whole_text() for citation in line.basis if (found := place(citation, law))]
        missing = sorted(figures(told(line)).keys() - figures("\n".join(cited)).keys())
        wrong += [f"«{line.says}» says {figure}, which its basis does not" for figure in missing]
    assert wrong == []


@EACH
def test_what_could_not_be_confirmed_is_said(sheet: Sheet, law: Library) -> None:
    cited = {found[0] for line in sheet.lines for citation in line.basis if (found := place(citation, law))}
    silent = " ".join(sheet.silent)
    assert [d.number for d in cited if d.status == "unconfirmed" and d.number not in silent] == []


@EACH
def test_every_line_says_who_or_to_whom(sheet: Sheet) -> None:
    for part, lines in sheet.parts:
        for line in lines:
            assert part not in ("next", "checks", "does") or line.who, line.says
            assert part != "sent" or line.to, line.says
            assert not line.limit or isinstance(line.limit, Limit) or line.limit == "ngay", line.says


# --- what was asked for: a row a lawyer can check (subject, id, a place that has to carry it)

WANTED = [
    ("lists", "able", "3.6"),
    ("lists", "not-yet-able", "38.1.a"),
    ("lists", "postponed", "46.3"),
    ("lists", "suspended", "47.1.a"),
    ("lists", "over-one-year", "20.11"),
    ("lists", "over-three-years", "20.11"),
    ("lists", "credit", "55.2"),
    ("lists", "corruption", "8.2"),
    ("lists", "separate-book", "22.1"),
    ("lists", "sold-not-delivered", "67.1.c"),
    ("files", "receive", "9.6"),
    ("files", "decide", "12.2"),
    ("files", "notify", "35.1"),
    ("files", "verify", "37.1"),
    ("files", "voluntary", "36.1"),
    ("files", "preserve", "67.4"),
    ("files", "coerce", "72.6"),
    ("files", "seize", "80.1"),
    ("files", "value", "82.1.a"),
    ("files", "auction", "83.2.a"),
    ("files", "deliver", "67.1.c"),
    ("files", "pay", "54.6"),
    ("files", "pause", "46.1"),
    ("files", "delegate", "49.2"),
    ("files", "unable", "38.3"),
    ("files", "close", "32.2"),
    ("notices", "seizure", "80.2.a"),
    ("notices", "coercion", "42.7"),
    ("notices", "freezing", "67.4"),
    ("notices", "finished", "32.2"),
    ("cooperation", "police", "46.6"),
    ("cooperation", "procuracy", "35.2"),
    ("cooperation", "court", "13.3"),
    ("cooperation", "bank", "100.1"),
    ("cooperation", "commune", "10.5.a"),
    ("cooperation", "steering", "103.1"),
    ("cooperation", "insurance", "110.1"),
    ("cooperation", "registry", "111.1"),
]


@pytest.mark.parametrize(("subject", "id", "where"), WANTED, ids=[f"{row[0]}-{row[1]}" for row in WANTED])
def test_what_an_agency_works_by_is_there(subject: str, id: str, where: str) -> None:
    (sheet,) = [sheet for sheet in ALL if (sheet.subject, sheet.id) == (subject, id)]
    assert where in {".".join(filter(None, (c.article, c.clause, c.point))) for line in sheet.lines for c in line.basis}


@pytest.mark.parametrize("id", ["over-one-year", "over-three-years", "credit", "corruption", "separate-book"])
def test_where_the_law_is_silent_the_list_says_so(id: str) -> None:
    (sheet,) = [sheet for sheet in SHEETS["lists"] if sheet.id == id]
    assert any("không có trong" in each or "không nói" in each for each in sheet.silent)


# --- the files

WHOLE = """\
one:
  title: "Một danh sách"
  called: ["danh sách một"]
  in_force_from: 2026-07-01
  means:
    - says: "nghĩa"
      basis: ["106/2025/QH15 38.1"]
  enters:
    - says: "vào"
      basis: ["106/2025/QH15 38.1"]
    - says: "vào nữa"
      basis: ["106/2025/QH15 38.2"]
  leaves:
    - says: "ra"
      basis: ["106/2025/QH15 38.2"]
  next:
    - who: "ai"
      says: "làm"
      limit: {count: 5, unit: day, from: "hôm nay"}
      basis: ["106/2025/QH15 38.1"]
two:
  title: "Hai"
  called: ["danh sách hai"]
  in_force_from: 2026-07-01
  means: [{says: "nghĩa", basis: ["106/2025/QH15 38.1"]}]
  enters: [{says: "vào", basis: ["106/2025/QH15 38.1"]}]
  leaves: [{says: "ra", basis: ["106/2025/QH15 38.1"]}]
  next: [{who: "ai", says: "làm", basis: ["106/2025/QH15 38.1"]}]
"""


def test_reads_a_small_file(tmp_path: Path) -> None:
    (tmp_path / "lists.yaml").write_text(WHOLE, encoding="utf-8")
    read = read_officer_files(tmp_path)
    assert list(read) == ["lists"]
    one, two = read["lists"]
    assert [part for part, _ in one.parts] == list(PARTS["lists"])
    assert one.lines[-1].limit == Limit(5, "day", "hôm nay")
    assert (two.title, two.silent, two.lines[0].who) == ("Hai", (), "")
    assert not one.in_force(one.in_force_from.replace(month=6))


def test_no_folder_has_no_sheets(tmp_path: Path) -> None:
    assert read_officer_files(tmp_path / "officers") == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        pytest.param("two:", "Hai:", 21, "'Hai' is no id", id="an id with a capital"),
        pytest.param("two:", "one:", 21, "key 'one' stands twice", id="a sheet twice"),
        pytest.param('title: "Hai"', 'titel: "Hai"', 21, "unknown field 'titel'", id="a key we do not know"),
        pytest.param('  title: "Hai"\n', "", 21, "field 'title' is missing", id="no title"),
        pytest.param("  means: [{", "  sent: [{", 21, "unknown field 'sent'", id="a part of another subject"),
        pytest.param(
            '["danh sách hai"]', '["Danh sach mot"]', 21, "'one' is called 'danh sach mot' too", id="words of another sheet"
        ),
        pytest.param('["danh sách hai"]', '"danh sách hai"', 21, "'called' is no list of texts", id="no list"),
        pytest.param(
            '["106/2025/QH15 38.2"]\n  leaves', '["38.2"]\n  leaves', 11, "'38.2' is no place", id="the second entry of a part"
        ),
        pytest.param('      basis: ["106/2025/QH15 38.2"]\n  leaves', "  leaves", 11, "'basis' is no list", id="no basis"),
        pytest.param("unit: day", "unit: week", 17, "'unit' is 'week'", id="a unit nobody can count"),
        pytest.param('who: "ai"\n', 'whom: "ai"\n', 17, "unknown field 'whom'", id="a key of an entry"),
        pytest.param("in_force_from: 2026-07-01\n  means: [", "in_force_from: soon\n  means: [", 21, "is no date", id="no date"),
        pytest.param("one:\n", "one: [\n", 3, "not YAML", id="not YAML"),
        pytest.param(
            '  leaves:\n    - says: "ra"\n      basis: ["106/2025/QH15 38.2"]\n', "", 1, "'leaves' is missing", id="no leaves"
        ),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, line: int, problem: str) -> None:
    assert old in WHOLE
    (tmp_path / "lists.yaml").write_text(WHOLE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LibraryError) as fault:
        read_officer_files(tmp_path)
    assert problem in str(fault.value)
    assert f"lists.yaml:{line}:" in str(fault.value)


def test_a_file_of_no_subject_is_named(tmp_path: Path) -> None:
    (tmp_path / "boxes.yaml").write_text(WHOLE, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"boxes\.yaml:1: no subject is called 'boxes'"):
        read_officer_files(tmp_path)


def test_the_guide_shows_a_sheet_that_reads(tmp_path: Path) -> None:
    """The frame in docs/procedures.md is a whole sheet with every field there is."""
    guide = (ROOT / "docs" / "procedures.md").read_text(encoding="utf-8")
    frame = guide.split("# Phiếu công việc", 1)[1].split("```yaml\n", 1)[1].split("```", 1)[0]
    (tmp_path / "lists.yaml").write_text(frame, encoding="utf-8")
    (shown,) = read_officer_files(tmp_path)["lists"]
    assert [part for part, _ in shown.parts] == list(PARTS["lists"])
    assert shown.silent
    assert all(getattr(shown.lines[-1], field.name) for field in fields(Line))
