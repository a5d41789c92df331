"""An administrator adds official texts: what they see before it goes live, what is refused, how it is undone, what a kill leaves."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import ingest
from tests.conftest import ROOT
from tests.fakes.official import KEY, NUMBER, SUFFIXES, circular, write
from tests.knowledge.extract.test_limits import LAUGHS, OLE, PARTS, RAW, XXE
from tests.test_ingest import Ended, Place, document


class Quick(Place):
    """A place whose commands run in this process: the libraries are loaded once."""

    def run(self, *words: str, code: int = 0) -> Ended:
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            ended = ingest.main(["--config", str(self.root / "config.yaml"), *words])
        assert ended == code, out.getvalue() + err.getvalue()
        return Ended(out.getvalue(), err.getvalue())

    def contents(self) -> dict[str, bytes]:
        """All files; Chroma writes its own anew when it is only asked."""
        return {name: content for name, content in self.files().items() if "chroma" not in name}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Quick(tmp_path_factory.mktemp("made"))
    place.run()
    return place.root


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Quick:
    """A place with a live build, a copy of one that was made once."""
    shutil.copytree(made / "index", tmp_path / "index")
    return Quick(tmp_path)


def official(place: Quick) -> list[str]:
    return sorted(path.name for path in (place.root / "var/library").rglob("*.md"))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_add_goes_live(place: Quick, suffix: str) -> None:
    before = place.live
    out = place.run("add", str(write(place.root / f"tt{suffix}")), "--yes").out
    assert (
        f"comes in  {KEY}  Thông tư {NUMBER}, issued 2026-06-15, in force from 2026-08-01, unconfirmed, public: 3 articles" in out
    )
    assert "the library does not have it yet" in out
    assert f"live      {place.live}: 3 documents" in out
    assert place.live != before
    assert official(place) == [f"{KEY}.md"]
    assert "1 of unconfirmed status" in place.run("status").out


def test_dry_run_shows_and_changes_nothing(place: Quick) -> None:
    path = write(place.root / "tt.txt")
    before = place.contents()
    out = place.run("add", str(path), "--dry-run").out
    assert f"added     {KEY}" in out
    assert place.contents() == before


def test_it_is_not_changed_unasked(place: Quick) -> None:
    path = write(place.root / "tt.txt")
    before = place.contents()
    assert "there is no terminal to ask on. Look at it with --dry-run, then add --yes" in place.run("add", str(path), code=1).err
    assert place.contents() == before


class Typed(io.StringIO):
    """A terminal at which somebody typed this."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "live"), [("y", True), ("", False), ("no", False)])
def test_asks_on_a_terminal(place: Quick, monkeypatch: pytest.MonkeyPatch, typed: str, live: bool) -> None:
    path, before = write(place.root / "tt.txt"), place.live
    monkeypatch.setattr("sys.stdin", Typed(f"{typed}\n"))
    ended = place.run("add", str(path), code=0 if live else 1)
    assert "Go live with this? [y/N]" in ended.out
    assert (place.live != before, official(place) == [f"{KEY}.md"], "Nothing changed: not confirmed" in ended.err) == (
        live,
        live,
        not live,
    )


def test_official_text_replaces_the_digest_shows_how_it_differs_and_gives_way(place: Quick) -> None:
    digest = document(3).replace("3/2026/NĐ-CP", NUMBER).replace("Nghị định", "Thông tư").replace("2026-01-05", "2026-06-15")
    place.put(3, digest.replace("2026-03-01", "2026-08-01"))
    place.write(f"library/asked/{KEY}.yaml", '"1.2": ["mức chi thử nghiệm"]\n')
    place.run()
    path = write(place.root / "tt.txt")
    out = place.run("add", str(path), "--yes").out
    assert "    text: digest -> official\n" in out
    assert "heading: 'Tên' -> 'Phạm vi điều chỉnh'" in out
    assert "added    Điều 2" in out
    assert "passages, 2 asked questions, " in out, "the question of the digest is asked of the nearest place"
    write(path, circular(("10 ngày làm việc", "15 ngày làm việc")))
    again = place.run("add", str(path), "--yes").out
    assert "- 2. Thời hạn chi là 10 ngày làm việc, gồm:" in again
    assert "+ 2. Thời hạn chi là 15 ngày làm việc, gồm:" in again
    gone = place.run("remove", NUMBER, "--yes").out
    assert f"goes away {KEY}" in gone
    assert (official(place), "text: official -> digest" in gone) == ([], True)
    assert "is no official text that was added. Official texts: none" in place.run("remove", KEY, "--yes", code=1).err


def test_official_text_without_a_digest_goes_away_whole(place: Quick) -> None:
    place.run("add", str(write(place.root / "tt.txt")), "--yes")
    assert f"removed   {KEY}" in place.run("remove", KEY, "--yes").out
    assert place.run().out.splitlines()[-1] == f"live      {place.live}: nothing to do"


def make_bad(folder: Path) -> dict[Path, str]:
    """Every kind of file that must not be opened, with what is said of it."""
    bad: dict[Path, str] = {}
    folder.mkdir()
    for name, content, problem in RAW:
        (folder / name).write_bytes(content)
        bad[folder / name] = problem
    for name, parts, problem in PARTS:
        with zipfile.ZipFile(folder / f"p-{name}", "w", zipfile.ZIP_DEFLATED) as package:
            needed = (
                {"META-INF/manifest.xml": "<m/>", "content.xml": "<o/>"}
                if name.endswith(".odt")
                else {"word/document.xml": "<w/>"}
            )
            for part, inside in {**needed, **parts}.items():
                package.writestr(part, inside)
        bad[folder / f"p-{name}"] = problem
    huge = folder / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    return {
        **bad,
        huge: "more than 50",
        folder / "none.pdf": "no such file",
        write(folder / "menu.html", ["Trang chủ"]): "number was not found",
    }


def test_bad_files_are_named_each_and_nothing_changes(place: Quick, tmp_path: Path) -> None:
    assert OLE
    assert XXE != LAUGHS
    bad = make_bad(tmp_path / "bad")
    before = place.contents()
    ended = place.run("add", *map(str, bad), "--yes", code=1)
    assert place.contents() == before
    said = {line.removeprefix("refused   ").split(": ")[0]: line for line in ended.err.splitlines()}
    assert [f"{path.name}: {problem}" for path, problem in bad.items() if problem not in said.get(str(path), "")] == []
    assert ended.out == ""


def test_a_folder_that_cannot_be_written_is_named(place: Quick) -> None:
    place.write("var", "a file where the folder should be")
    live = place.live
    assert (
        "cannot be used: Not a directory; check its place"
        in place.run("add", str(write(place.root / "tt.txt")), "--yes", code=1).err
    )
    assert (place.live, list((place.root / "index").glob(".*.part"))) == (live, [])


def test_good_files_among_bad_ones_go_in(place: Quick) -> None:
    empty = place.write("empty.pdf", "")
    ended = place.run("add", str(empty), str(write(place.root / "tt.txt")), "--yes", code=1)
    assert ended.err.startswith(f"refused   {empty}: the file is empty")
    assert official(place) == [f"{KEY}.md"]


def test_one_document_in_two_files_comes_in_once(place: Quick) -> None:
    first, second = write(place.root / "a.txt"), write(place.root / "b.docx")
    out = place.run("add", str(first), str(second), "--yes").out
    assert f"left      {second}: {NUMBER} comes in from {first}" in out
    assert official(place) == [f"{KEY}.md"]


GOLDEN = '{"id": "g1", "question": "Điều 1 Nghị định 1/2026/NĐ-CP", "gold": [{"document": "1/2026/NĐ-CP", "article": "1"}]}\n'


def test_answers_that_would_be_lost_stop_it_and_can_be_accepted(place: Quick) -> None:
    place.configure("ingest: {max_golden_losses: 0}\n")
    place.write("library/golden/a.jsonl", GOLDEN)
    (place.root / "library/documents/nghi-dinh/1.md").unlink()
    (place.root / "library/asked/1-2026-nd-cp.yaml").unlink()
    live = place.live
    seen = place.run("--dry-run").out
    assert "answers   1 golden questions: 1 answered otherwise, 1 lost, 0 won" in seen
    assert "lost   g1 'Điều 1 Nghị định 1/2026/NĐ-CP': Điều 1, 1/2026/NĐ-CP -> no answer" in seen
    assert "repeat the command with --accept" in place.run(code=1).err
    assert place.live == live
    assert "1 lost" in place.run("--accept").out
    assert place.live != live


def test_diff_of_builds(place: Quick) -> None:
    first = str(place.live)
    assert "There is no build before the live one" in place.run("diff", code=1).err
    place.put(1, document(1, "Lời sửa.").replace("2026-03-01", "2026-04-01"))
    place.run()
    out = place.run("diff").out
    assert out.splitlines() == [
        f"{first} -> {place.live}: 1 documents differ",
        "changed   1-2026-nd-cp  Nghị định 1/2026/NĐ-CP",
        "    effective_from: 2026-03-01 -> 2026-04-01",
        "    changed  Điều 1",
        "        - 1. Lời đầu.",
        "        + 1. Lời sửa.",
    ]
    back = json.loads(place.run("diff", str(place.live), first, "--json").out)
    assert (back["after"], back["documents"][0]["articles"][0]["lines"]) == (first, ["- 1. Lời sửa.", "+ 1. Lời đầu."])
    assert "No build 2020" in place.run("diff", "2020", first, code=1).err
    assert "Name two builds" in place.run("diff", first, code=1).err


PLACE = "Điều 1 Nghị định 1/2026/NĐ-CP"
QUESTIONS = [
    {"id": "a", "question": PLACE, "gold": [{"document": "1/2026/NĐ-CP", "article": "1"}], "facts": ["Lời đầu"], "style": "x"},
    {"id": "b", "question": PLACE, "gold": [{"doc": "2/2026/NĐ-CP", "article": "1"}], "style": "y"},
    {"id": "c", "question": PLACE.replace("1", "99", 1), "refuse": True, "style": "y"},
]


def test_evaluate(place: Quick) -> None:
    path = str(place.write("q.jsonl", "\n".join(json.dumps(each) for each in QUESTIONS)))
    report = json.loads(place.run("evaluate", path, "--json").out)
    assert (report["n"], report["failing"], report["passed"], report["first"], report["facts"]) == (3, ["b"], 0.667, 0.5, 1.0)
    assert report["by_style"]["y"]["refused"] == 0.5
    out = place.run("evaluate", path).out
    assert "all          3 questions: passed 66.7%, first 50.0%" in out
    assert "failing      b\n" in out
    for text, said in (("{", "q.jsonl:1: not a question to judge"), ("\n", "has no questions")):
        place.write("q.jsonl", text)
        assert said in place.run("evaluate", path, code=1).err


def test_killed_in_the_middle_the_old_build_serves_and_the_next_refresh_works(place: Quick) -> None:
    live = place.live
    place.put(1, document(1, "Lời sửa."))
    command = [sys.executable, str(ROOT / "ingest.py"), "--config", str(place.root / "config.yaml")]
    refresh = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    index = place.root / "index"
    deadline = time.monotonic() + 60
    while not list(index.glob(".*.part")) and refresh.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    refresh.send_signal(signal.SIGKILL)
    assert refresh.wait() == -signal.SIGKILL, "it was still at work"
    assert list(index.glob(".*.part")), "and left a half-made build"
    assert (place.live, f"{live}  (live)" in place.run("builds").out) == (live, True)
    assert f"live: {live}" in place.run("status").out
    assert "changed   1-2026-nd-cp" in place.run().out
    assert (list(index.glob(".*.part")), place.live != live) == ([], True)
