"""The command line of ingest.py, run as an operator runs it: what it prints, what it changes, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "knowledge" / "model"


def document(n: int, words: str = "Lời đầu.") -> str:
    return (
        f"---\nnumber: {n}/2026/NĐ-CP\nkind: Nghị định\ntitle: Nghị định thứ {n}\nissuer: Chính phủ\nissued: 2026-01-05\n"
        "effective_from: 2026-03-01\naudience: public\ntext: digest\n"
        'sources: [{title: "Công báo", url: "", checked: 2026-11-23}]\n'
        f"---\n## Điều 1. Tên\n1. {words}\n2. Khoản hai của {n}.\n"
    )


class Ended(NamedTuple):
    """What a command printed."""

    out: str
    err: str


class Place:
    """A project of its own in a temporary folder: config, library of two documents, index."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.write("library/words/abbreviations.yaml", "CHV: Chấp hành viên\n")
        self.write("library/words/laymen.yaml", "con nợ: người phải thi hành án\n")
        self.write("library/asked/1-2026-nd-cp.yaml", '"1.1": ["câu hỏi một"]\n')
        for n in (1, 2):
            self.put(n, document(n))
        self.configure()

    def configure(self, more: str = "", model: Path = MODEL) -> None:
        rows = f"library: {{path: library}}\nindex: {{path: index, keep: 3}}\nembedding: {{model: {model}}}\n{more}"
        self.write("config.yaml", rows)

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def put(self, n: int, text: str) -> Path:
        return self.write(f"library/documents/nghi-dinh/{n}.md", text)

    def run(self, *words: str, code: int = 0) -> Ended:
        """Run `python ingest.py`; it must end with this code and never with a traceback."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("THADS_")}
        done = subprocess.run(
            [sys.executable, ROOT / "ingest.py", "--config", self.root / "config.yaml", *words],
            cwd=self.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env={**clean, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "HF_HUB_OFFLINE": "1"},
        )
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return Ended(done.stdout, done.stderr)

    @property
    def live(self) -> str | None:
        pointer = self.root / "index" / "current"
        return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None

    def files(self) -> dict[str, bytes]:
        return {str(path.relative_to(self.root)): path.read_bytes() for path in self.root.rglob("*") if path.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A place with a live build that the tests only look at."""
    place = Place(tmp_path_factory.mktemp("built"))
    place.run()
    return place


def test_fresh_build(place: Place) -> None:
    out = place.run().out
    assert place.live
    assert "added     1-2026-nd-cp\n" in out
    assert f"live      {place.live}: 2 documents, 4 passages, 1 asked questions, 5 texts embedded" in out
    assert place.run().out.splitlines() == ["unchanged 2 documents", f"live      {place.live}: nothing to do"]


def test_dry_run_changes_nothing(built: Place, place: Place) -> None:
    before = place.files()
    assert "added     2-2026-nd-cp" in place.run("--dry-run").out
    assert place.files() == before
    kept = built.files()
    assert built.run("--dry-run").out == "unchanged 2 documents\n"
    assert built.files() == kept


def test_status_as_json(built: Place) -> None:
    state = json.loads(built.run("status", "--json").out)
    assert state["live"] == built.live
    assert state["pending"] == {"added": [], "changed": [], "missing": [], "companions": False}
    assert state["faults"] == []
    assert [row["number"] for row in state["documents"]] == ["1/2026/NĐ-CP", "2/2026/NĐ-CP"]
    row = state["documents"][0]
    assert {key: row[key] for key in ("issued", "text", "status", "effective_from", "effective_to", "articles", "checked")} == {
        "issued": "2026-01-05",
        "text": "digest",
        "status": "in_force",
        "effective_from": "2026-03-01",
        "effective_to": None,
        "articles": 1,
        "checked": "2026-11-23",
    }


def test_status_in_words(built: Place) -> None:
    out = built.run("status").out
    assert "1/2026/NĐ-CP" in out
    assert "1 articles, checked 2026-11-23" in out
    assert (
        "2 documents: 2 digests, 0 official texts; 0 of unconfirmed status, 0 not checked against their source for a year" in out
    )
    assert f"live: {built.live}\n" in out


def test_status_says_what_waits_and_what_nobody_checked(place: Place) -> None:
    place.run()
    place.put(1, document(1).replace("checked: 2026-11-23", "checked: 2020-01-01"))
    state = json.loads(place.run("status", "--json").out)
    assert ([row["unchecked"] for row in state["documents"]], state["counts"]["unchecked"]) == ([True, False], 1)
    out = place.run("status").out
    assert "checked 2020-01-01  CHECK AGAIN" in out
    assert f"live: {place.live}; the changes above wait for: python ingest.py\n" in out


def test_status_before_the_first_build(place: Place) -> None:
    assert "live: no build yet; run: python ingest.py" in place.run("status").out
    state = json.loads(place.run("status", "--json").out)
    assert (state["live"], state["pending"]["added"]) == (None, ["1-2026-nd-cp", "2-2026-nd-cp"])
    assert place.run("builds").out == "no build yet; run: python ingest.py\n"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        pytest.param(document(2).replace("kind:", "kid:"), 3, "unknown key 'kid'", id="misspelt key"),
        pytest.param(document(2).replace("2. Khoản", "1. Khoản"), 14, "clause '1' stands twice", id="clause twice"),
        pytest.param(document(2).replace("issued: 2026-01-05", "issued: 2026-02-30"), 6, "", id="no such day"),
    ],
)
def test_a_broken_document_is_named_and_the_rest_goes_in(place: Place, text: str, line: int, said: str) -> None:
    path = place.put(2, text)
    out = place.run(code=1).out
    assert f"BROKEN    {path}:{line}: " in out
    assert said in out
    assert f"live      {place.live}: 1 documents" in out
    assert json.loads(place.run("status", "--json", code=1).out)["faults"][0].startswith(f"{path}:{line}: ")


def test_a_document_that_breaks_later_keeps_its_previous_text(place: Place) -> None:
    place.run()
    path = place.put(2, document(2).replace("kind:", "kid:"))
    place.put(1, document(1, "Lời sửa."))
    out = place.run(code=1).out
    assert f"BROKEN    {path}:3: " in out
    assert "kept      2-2026-nd-cp: its previous text still serves" in out
    assert "changed   1-2026-nd-cp" in out
    assert f"live      {place.live}: 2 documents" in out
    for words in ("--dry-run", "status"):
        assert f"BROKEN {path}:3: " in place.run(words, code=1).out


def test_builds_and_rollback(place: Place) -> None:
    names = []
    for words in ("một", "hai"):
        place.put(1, document(1, words))
        place.run()
        names.append(str(place.live))
    assert place.run("builds").out == f"{names[0]}\n{names[1]}  (live)\n"
    again = "the next refresh builds what the library says again"
    assert place.run("rollback").out == f"live: {names[0]}; {again}\n"
    assert place.live == names[0]
    assert "No build before the live one" in place.run("rollback", code=1).err
    assert place.run("rollback", names[1]).out == f"live: {names[1]}; {again}\n"
    refused = place.run("rollback", "2020", code=1).err
    assert "No build 2020" in refused
    assert "python ingest.py builds" in refused


def test_losing_too_much_is_refused_and_can_be_allowed(place: Place) -> None:
    place.configure("ingest: {max_missing: 0}\n")
    place.run()
    before = place.live
    (place.root / "library/documents/nghi-dinh/2.md").unlink()
    refused = place.run(code=1)
    assert "python ingest.py --allow-missing 1" in refused.err
    assert (refused.out, place.live) == ("", before)
    assert "missing   2-2026-nd-cp" in place.run("--allow-missing", "1").out


def test_rebuild(place: Place) -> None:
    place.run()
    out = place.run("--rebuild").out
    assert "unchanged 2 documents" in out
    assert "5 texts embedded" in out


@pytest.mark.parametrize(
    ("config", "said"),
    [
        pytest.param(
            f"library: {{path: nowhere}}\nembedding: {{model: {MODEL}}}\n",
            ["the library has no documents", "library.path"],
            id="no library",
        ),
        pytest.param("libary: {path: x}\n", ["unknown key 'libary'", "library", "index", "embedding"], id="unknown section"),
        pytest.param("index: {path: index, kep: 3}\n", ["unknown key 'index.kep'", "path, keep"], id="unknown key"),
        pytest.param("index: {keep: 0}\n", ["index.keep is 0"], id="a value out of range"),
        pytest.param("index: {keep: many}\n", ["index.keep is 'many'"], id="a word for a number"),
        pytest.param("index: [a\n", ["config.yaml cannot be read"], id="not YAML"),
        pytest.param("- index\n", ["is not a map of sections"], id="a list"),
        pytest.param("telegram_token: x\n", ["unknown section 'telegram_token'", "environment"], id="a secret in the file"),
        pytest.param("embedding: {model: no/such/model}\n", ["embedding.model", "embedding.download"], id="no model"),
    ],
)
@pytest.mark.parametrize("command", ["", "status"])
def test_a_wrong_config_is_named(place: Place, config: str, said: list[str], command: str) -> None:
    place.write("config.yaml", config)
    ended = place.run(*([command] if command else []), code=1)
    assert ended.out == ""
    assert [words for words in said if words not in ended.err] == []


def test_no_config_file(place: Place) -> None:
    (place.root / "config.yaml").unlink()
    assert "config.yaml does not exist; copy config.yaml from the project" in place.run(code=1).err


def test_help_names_every_command(place: Place) -> None:
    out = place.run("--help").out
    words = "--dry-run --rebuild --allow-missing --accept add remove status diff builds rollback evaluate"
    assert [word for word in words.split() if word not in out] == []


def test_an_unknown_command_is_refused(place: Place) -> None:
    assert "invalid choice: 'refresh'" in place.run("refresh", code=2).err
