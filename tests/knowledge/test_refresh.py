"""A refresh: its plan, what goes in, what keeps serving when something is broken, lost, locked or killed, and the way back."""

from __future__ import annotations

import re
import shutil
import time
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import docx
import pytest
from filelock import FileLock

from bot.assistant import Knowledge
from bot.serve import LiveKnowledge
from knowledge.embedding import Embedder
from knowledge.errors import BuildError, LibraryError, RefreshRefused
from knowledge.index import build_names, live_build, open_build, switch
from knowledge.plan import Plan, check_losses, fingerprint, make_plan
from knowledge.practice.form_paper import fill
from knowledge.refresh import Refreshed, Refresher
from knowledge.review import Review
from knowledge.spelling import wording
from knowledge.store import read_library

KEYS = {n: f"{n}-2026-nd-cp" for n in (1, 2, 3, 4)}
FIRST = {KEYS[n]: "Lời đầu." for n in (1, 2, 3)}


OFFICIAL = ("text: digest", "text: official")


def document(n: int, words: str = "Lời đầu.") -> str:
    return (
        f"---\nnumber: {n}/2026/NĐ-CP\nkind: Nghị định\ntitle: Nghị định thứ {n}\nissuer: Chính phủ\nissued: 2026-01-05\n"
        f"effective_from: 2026-03-01\naudience: public\ntext: digest\n---\n## Điều 1. Tên\n1. {words}\n2. Khoản hai của {n}.\n"
    )


class Folder:
    """A library of three documents in a temporary folder, and the refreshes of it."""

    def __init__(self, root: Path, embedder: Embedder) -> None:
        self.library, self.index, self.embedder = root / "library", root / "index", embedder
        self.official = root / "official"
        for name in ("abbreviations", "laymen"):
            self.write(f"words/{name}.yaml", "CHV: Chấp hành viên\n")
        for n in (1, 2, 3):
            self.put(n, document(n))
            self.write(f"asked/{KEYS[n]}.yaml", f'"1.1": ["câu hỏi {n}"]\n')

    def write(self, name: str, text: str | bytes) -> None:
        path = self.library / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def put(self, n: int, text: str | bytes) -> None:
        self.write(f"documents/{n}.md", text)

    def take(self, *which: int) -> None:
        for n in which:
            (self.library / f"documents/{n}.md").unlink()
            (self.library / f"asked/{KEYS[n]}.yaml").unlink()

    def run(self, *, rebuild: bool = False, **limits: int) -> Refreshed:
        return self.refresher(**limits).run(rebuild=rebuild)

    def refresher(self, keep: int = 5, max_missing: int = 2) -> Refresher:
        return Refresher(
            self.library, self.index, self.embedder, keep, max_missing, official=self.official, today=date(2026, 11, 23)
        )

    def put_official(self, n: int, text: str | None) -> None:
        path = self.official / f"documents/{KEYS[n]}.md"
        if text is None:
            path.unlink()
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def contents(self) -> dict[str, bytes]:
        """All files of the index; Chroma writes its own anew when it is only asked."""
        files = (path for path in self.index.rglob("*") if path.is_file() and "chroma" not in path.parts)
        return {str(path): path.read_bytes() for path in files}

    def versions(self, *words: str) -> list[str]:
        """A build for each wording of the first document; their names in the order in which they were made."""
        names = []
        for text in words:
            self.put(1, document(1, text))
            names.append(str(self.run().build))
        return names

    def served(self) -> dict[str, str]:
        """The text of each first clause in the live build, by document key."""
        passages = open_build(self.index, self.embedder).passages
        return {passage.document: passage.text for passage in passages if passage.id.endswith("#1.1")}


@pytest.fixture
def folder(tmp_path: Path, embedder: Embedder) -> Folder:
    return Folder(tmp_path, embedder)


def test_plan_is_made_of_two_states_alone(folder: Folder) -> None:
    library = read_library(folder.library).library
    prints = [fingerprint(each) for each in library.documents]
    plan = make_plan({KEYS[1]: prints[0], KEYS[2]: "other", "gone": "x"}, library, companions_changed=True)
    assert plan == Plan((KEYS[3],), (KEYS[2],), (KEYS[1],), ("gone",), companions_changed=True)


@pytest.mark.parametrize(("missing", "allowed", "refused"), [(0, 0, False), (2, 2, False), (3, 2, True), (1, 0, True)])
def test_losses(missing: int, allowed: int, refused: bool) -> None:
    plan = Plan(missing=tuple(f"d{n}" for n in range(missing)))
    said = rf"{missing} of 9 documents are missing .*--allow-missing {missing}"
    with pytest.raises(RefreshRefused, match=said) if refused else nullcontext():
        check_losses(plan, 9, allowed)


def test_planning_changes_nothing_and_the_first_build_takes_all(folder: Folder) -> None:
    plan, _ = folder.refresher().plan()
    assert not folder.index.exists()
    done = folder.run()
    assert plan == done.plan == Plan(added=tuple(FIRST), companions_changed=True)
    assert done.counts == {"documents": 3, "passages": 6, "asked": 3, "embedded": 9}
    assert (done.build, folder.served()) == (live_build(folder.index), FIRST)
    assert {path.stem for path in folder.index.glob("*/library/documents/*")} == set(FIRST)


def test_unchanged_is_nothing_to_do(folder: Folder) -> None:
    first, again = folder.run(), folder.run()
    assert (again.plan, again.counts) == (Plan(unchanged=tuple(FIRST)), {})
    assert build_names(folder.index) == [first.build] == [again.build]


@pytest.mark.parametrize(
    ("n", "text", "plan", "embedded"),
    [
        pytest.param(4, document(4), {"added": (KEYS[4],)}, 2, id="a new document: its two clauses"),
        pytest.param(2, document(2, "Lời sửa."), {"changed": (KEYS[2],)}, 1, id="a changed clause: itself alone"),
        pytest.param(2, document(2).replace("public", "staff"), {"changed": (KEYS[2],)}, 0, id="another reader: no word"),
        pytest.param(2, document(2).replace("thứ 2", "thứ nhì"), {"changed": (KEYS[2],)}, 2, id="a title: it is in all passages"),
    ],
)
def test_only_what_changed_is_embedded(folder: Folder, n: int, text: str, plan: dict[str, tuple[str]], embedded: int) -> None:
    folder.run()
    folder.put(n, text)
    done = folder.run()
    assert {"added": done.plan.added, "changed": done.plan.changed} == {"added": (), "changed": (), **plan}
    assert done.counts["embedded"] == embedded
    assert folder.served() == {**FIRST, KEYS[n]: "Lời sửa." if "Lời sửa." in text else "Lời đầu."}


def test_removed_and_asked_anew(folder: Folder) -> None:
    folder.run()
    folder.take(1, 2)
    folder.write(f"asked/{KEYS[3]}.yaml", '"1.1": ["câu hỏi 3", "câu khác"]\n')
    done = folder.run()
    assert (done.plan.missing, done.faults, folder.served()) == ((KEYS[1], KEYS[2]), (), {KEYS[3]: "Lời đầu."})
    assert (done.plan.companions_changed, done.plan.changed, done.counts["embedded"]) == (True, (), 1), "the new question alone"


def test_builds_made_in_one_second_do_not_collide(folder: Folder) -> None:
    assert [folder.run(rebuild=True).build for _ in range(4)] == build_names(folder.index), "oldest first"


BROKEN = [
    pytest.param(document(2).replace("2. Khoản hai", "1. Khoản hai"), id="body"),
    pytest.param(document(2).replace("kind:", "kid:"), id="misspelt key"),
    pytest.param(document(2).replace("title: Nghị", "title: Nghị: "), id="not YAML"),
    pytest.param(document(2).replace("2/2026/NĐ-CP", '"2/2026/NĐ-CP"').replace("kind:", "kid:"), id="number between quotes"),
    pytest.param(document(2).replace("number: 2/2026/NĐ-CP\n", ""), id="number lost"),
    pytest.param(document(2).partition("---\n## ")[2], id="front matter lost"),
    pytest.param(document(2).encode("utf-16"), id="not UTF-8"),
    pytest.param("", id="emptied"),
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_document_keeps_its_previous_text_and_is_named(folder: Folder, text: str | bytes) -> None:
    folder.run()
    folder.put(2, text)
    folder.put(3, document(3, "Lời sửa."))
    done = folder.run()
    assert str(folder.library / "documents/2.md") in [fault.path for fault in done.faults]
    assert (done.kept_previous, done.plan.missing) == ((KEYS[2],), ())
    assert folder.served() == {**FIRST, KEYS[3]: "Lời sửa."}


def test_a_kept_document_keeps_its_asked_questions_and_comes_back(folder: Folder) -> None:
    folder.run()
    folder.put(2, document(2).replace("kind:", "kid:"))
    folder.put(3, document(3, "Lời sửa."))
    kept = folder.run()
    assert [Path(fault.path).name for fault in kept.faults] == ["2.md"], "its asked questions are no fault of their own"
    assert kept.counts["asked"] == 3
    folder.put(2, document(2, "Lời sửa."))
    folder.write("documents/4.md", "x")  # new and broken: stays out
    back = folder.run()
    assert ([Path(fault.path).name for fault in back.faults], back.kept_previous) == (["4.md"], ())
    assert folder.served() == {**FIRST, KEYS[2]: "Lời sửa.", KEYS[3]: "Lời sửa."}


def test_losing_documents_is_refused(folder: Folder) -> None:
    folder.run()
    folder.take(1, 2)
    with pytest.raises(RefreshRefused, match="2 of 3 documents are missing"):
        folder.run(max_missing=1)
    shutil.rmtree(folder.library / "documents")
    with pytest.raises(LibraryError, match="no documents"):
        folder.run()
    assert folder.served() == FIRST


def test_one_writer_at_a_time(folder: Folder) -> None:
    folder.index.mkdir()
    with FileLock(folder.index / ".lock"), pytest.raises(RefreshRefused, match="Another refresh holds .*wait for it to end"):
        folder.run()
    assert folder.run().counts["documents"] == 3


def test_killed_before_the_switch(folder: Folder) -> None:
    name = str(folder.run().build)
    shutil.copytree(folder.index / name, folder.index / ".20990101-000000-deadbeef.part")
    (folder.index / ".current.new").write_text("20990101-000000-deadbeef\n", encoding="utf-8")
    assert ([live_build(folder.index)], folder.served()) == (build_names(folder.index), FIRST)
    folder.put(4, document(4))
    assert folder.run().counts["documents"] == 4
    assert list(folder.index.glob(".*.part")) == [], "what the killed one left is cleared"


def test_official_text_stands_before_the_digest_and_gives_way_again(folder: Folder) -> None:
    folder.run()
    folder.put_official(2, document(2, "Nguyên văn.").replace(*OFFICIAL))
    done = folder.run()
    assert (done.plan.changed, done.counts["asked"], folder.served()[KEYS[2]]) == ((KEYS[2],), 3, "Nguyên văn.")
    (change,) = done.review.law
    assert ("text", "digest", "official") in change.keys
    passage = next(p for p in open_build(folder.index, folder.embedder).passages if p.document == KEYS[2])
    assert not passage.digest
    folder.put_official(2, None)
    assert (folder.run().plan.changed, folder.served()) == ((KEYS[2],), FIRST)


def test_a_broken_official_text_keeps_its_previous_text(folder: Folder) -> None:
    folder.put_official(2, document(2, "Nguyên văn.").replace(*OFFICIAL))
    folder.run()
    folder.put_official(2, "hỏng")
    done = folder.run()
    assert (done.kept_previous, folder.served()[KEYS[2]]) == ((KEYS[2],), "Nguyên văn.")
    assert [Path(fault.path).name for fault in done.faults] == [f"{KEYS[2]}.md"]


GOLDEN = (
    '{"id": "g1", "question": "nghị định thứ 1", "gold": [{"document": "1/2026/NĐ-CP", "article": "1"}], "must": ["Lời đầu"]}\n'
)


def golden(folder: Folder, *questions: str) -> None:
    folder.write("golden/a.jsonl", "".join(questions) or GOLDEN)


def test_a_refresh_that_loses_golden_questions_stops_before_the_switch(folder: Folder) -> None:
    golden(folder)
    live = folder.run().build
    folder.take(1)
    said = "1 of 1 golden questions lose their article; ingest.max_golden_losses allows 0:\n  lost   g1 'nghị định thứ 1': .*--accept"
    with pytest.raises(RefreshRefused, match=re.compile(said, re.DOTALL)):
        folder.run()
    assert ([live_build(folder.index)], list(folder.index.glob(".*.part"))) == (build_names(folder.index), [])
    accepted = folder.refresher().run(accept=True)
    assert (accepted.build, len(accepted.review.lost)) == (live_build(folder.index), 1)
    assert accepted.build != live


def test_a_preview_says_what_would_be_answered_and_changes_nothing(folder: Folder) -> None:
    golden(folder)
    folder.run()
    folder.put(1, document(1, "Lời sửa."))
    before = folder.contents()
    plan, _, review = folder.refresher().preview()
    assert (plan.changed, [change.facts_lost for change in review.changes]) == ((KEYS[1],), [("Lời đầu",)])
    assert review.law[0].articles[0].lines == ("- 1. Lời đầu.", "+ 1. Lời sửa.")
    assert folder.contents() == before


def test_the_first_build_compares_nothing(folder: Folder) -> None:
    golden(folder)
    done = folder.run()
    assert (done.review.watched, done.review.remark) == (0, "first build: no answers to compare with")


def test_what_is_not_approved_does_not_go_live(folder: Folder) -> None:
    live = folder.run().build
    folder.put(1, document(1, "Lời sửa."))

    def refuse(plan: Plan, review: Review) -> None:
        raise RefreshRefused(f"no: {len(review.law)}")

    with pytest.raises(RefreshRefused, match="no: 1"):
        folder.refresher().run(approve=refuse)
    assert (live_build(folder.index), folder.served(), list(folder.index.glob(".*.part"))) == (live, FIRST, [])


def test_rollback_waits_for_nobody(folder: Folder) -> None:
    one, two = folder.versions("một", "hai")
    with FileLock(folder.index / ".lock"), pytest.raises(RefreshRefused, match="Another refresh holds"):
        folder.refresher().rollback()
    assert live_build(folder.index) == two
    assert folder.refresher().rollback() == one


def test_rollback(folder: Folder) -> None:
    one, two, three = folder.versions("một", "hai", "ba")
    assert folder.refresher().rollback() == two
    assert folder.served()[KEYS[1]] == "hai"
    assert folder.refresher().rollback() == one
    with pytest.raises(BuildError, match="No build before the live one .*python ingest.py builds"):
        folder.refresher().rollback()
    with pytest.raises(BuildError, match="No build 2020"):
        folder.refresher().rollback("2020")
    assert folder.refresher().rollback(three) == live_build(folder.index) == three


def test_old_builds_are_forgotten_but_never_the_live_one(folder: Folder) -> None:
    folder.versions("một", "hai")
    future = folder.index / "20990101-000000-ffffffff"  # as after a clock that was set back
    shutil.copytree(folder.index / str(live_build(folder.index)), future)
    folder.put(1, document(1, "ba"))
    done = folder.run(keep=1)
    assert build_names(folder.index) == [done.build, future.name]


def test_a_running_bot_follows_the_pointer(folder: Folder) -> None:
    folder.run()
    live = LiveKnowledge(folder.index, folder.embedder)
    before = live()
    folder.versions("Lời sửa.")
    for _ in range(400):  # it looks at the pointer every other second
        if live().name != before.name:
            break
        time.sleep(0.05)

    def answer(of: Knowledge) -> str:
        return of.search.find(wording("nghị định thứ 1, lời", of.lists), date(2026, 11, 23), "citizen")[0].best.passage.text

    assert (answer(before), answer(live())) == ("Lời đầu.", "Lời sửa."), "a question in flight ends on the build it began with"


def test_a_pointer_to_nowhere_leaves_the_old_build_serving(folder: Folder) -> None:
    name, live = folder.run().build, LiveKnowledge(folder.index, folder.embedder)
    switch(folder.index, "20990101-000000-deadbeef")
    assert live().name == name


PROCEDURE = (
    'id: one\ntitle: "Thủ tục một"\ngroup: "nhóm"\nasks: ["làm sao"]\nwho: "đương sự"\nbefore: "cơ quan"\n'
    'basis: ["1/2026/NĐ-CP 1.1"]\nin_force_from: 2026-03-01\nsteps:\n  - {id: go, who: "đương sự", does: "Nộp.", basis: ["1/2026/NĐ-CP 1.1"]}\n'
)


def test_procedures_go_into_a_build(folder: Folder) -> None:
    folder.write("procedures/one.yaml", PROCEDURE)
    folder.run()
    live = LiveKnowledge(folder.index, folder.embedder)()
    assert list(live.situations.procedures) == ["one"]
    assert live.practice is None, "a library without rules as code"
    folder.write("procedures/one.yaml", PROCEDURE.replace("Thủ tục một", "Thủ tục hai"))
    done = folder.run()
    assert (done.plan.companions_changed, done.plan.changed) == (True, ())
    assert LiveKnowledge(folder.index, folder.embedder)().situations.procedures["one"].title == "Thủ tục hai"


SHEETS = (
    'one:\n  title: "Phiếu một"\n  called: ["một"]\n  in_force_from: 2026-03-01\n'
    '  sent:\n    - {to: "đương sự", says: "Quyết định.", basis: ["1/2026/NĐ-CP 1.1"]}\n'
)


FORM = (
    'id: paper\ntitle: "Đơn một"\nasks: ["đơn một"]\nwho: "ai"\nbefore: "nơi"\nbasis: ["1/2026/NĐ-CP 1.1"]\nofficial: "mẫu chính thức"\n'
    'in_force_from: 2026-03-01\nfields:\n  - {id: name, label: "Tên", question: "Ai?", kind: text, required: true}\n'
)


def write_template(folder: Folder, words: str) -> None:
    paper = docx.Document()
    paper.add_paragraph(words)
    paper.save(str(folder.library / "forms" / "paper.docx"))


def test_forms_go_into_a_build(folder: Folder) -> None:
    """With their Word templates: one that changes makes a new build, and the old build keeps its own."""
    folder.write("forms/paper.yaml", FORM)
    write_template(folder, "Kính gửi {{ name }}")
    folder.run()
    first = LiveKnowledge(folder.index, folder.embedder)().forms["paper"]
    assert (first.title, fill(first, {"name": "Lan"})[:2]) == ("Đơn một", b"PK")
    write_template(folder, "Thưa {{ name }}")
    assert folder.run().plan.companions_changed
    assert LiveKnowledge(folder.index, folder.embedder)().forms["paper"].template != first.template
    write_template(folder, "Thưa {{ nam }}")
    with pytest.raises(LibraryError, match=r"paper\.docx:1: \{\{ nam \}\} is no field of the form"):
        folder.run()
    assert "paper" in LiveKnowledge(folder.index, folder.embedder)().forms


def test_officers_sheets_go_into_a_build(folder: Folder) -> None:
    folder.write("officers/notices.yaml", SHEETS)
    folder.run()
    assert [sheet.title for sheet in LiveKnowledge(folder.index, folder.embedder)().sheets["notices"]] == ["Phiếu một"]
    folder.write("officers/notices.yaml", SHEETS.replace("Phiếu một", "Phiếu hai"))
    assert folder.run().plan.companions_changed
    assert [sheet.title for sheet in LiveKnowledge(folder.index, folder.embedder)().sheets["notices"]] == ["Phiếu hai"]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        pytest.param("forms/paper.yaml", FORM.replace("kind: text", "kind: song"), r"paper\.yaml:10: name: 'kind'", id="a form"),
        pytest.param("forms/paper.yaml", FORM, r"paper\.yaml:1: .*paper\.docx is not there", id="a form without its paper"),
        pytest.param("officers/notices.yaml", SHEETS.replace("to:", "two:"), r"notices\.yaml:6:", id="an officers' sheet"),
        pytest.param("procedures/one.yaml", PROCEDURE.replace("steps:", "stops:"), r"one\.yaml:\d+", id="an unknown field"),
        pytest.param(
            "procedures/one.yaml", PROCEDURE.replace("id: one", "id: two"), r"one\.yaml:1", id="another id than the file"
        ),
        pytest.param("procedures/one.yaml", "id: [", r"one\.yaml:\d+", id="no YAML"),
        pytest.param("practice/fees.yaml", "schedule: {}\n", r"practice/\w+\.yaml:\d+", id="a table of the rules"),
    ],
)
def test_broken_rule_refuses_the_refresh(folder: Folder, name: str, text: str, place: str) -> None:
    """File, line and remedy are named, and the build that serves goes on serving."""
    folder.write("procedures/one.yaml", PROCEDURE)
    before = folder.run().build
    folder.write(name, text)
    with pytest.raises(LibraryError, match=place):
        folder.run()
    assert live_build(folder.index) == before
    assert list(LiveKnowledge(folder.index, folder.embedder)().situations.procedures) == ["one"]
