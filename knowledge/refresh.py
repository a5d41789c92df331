"""Refreshes what the assistant knows: plan, guards, build, review, switch.

It is the only writer of the index.
A refresh can be killed at any moment: until the pointer is replaced the old build serves, and what a killed one leaves is cleared by the next.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from knowledge.embedding import Embedder
from knowledge.errors import BuildError, LibraryError, RefreshRefused
from knowledge.index import FORMAT, MANIFEST, build_names, kept_vectors, live_build, open_build, switch, write_index
from knowledge.law_diff import law_diff
from knowledge.official import read_with_official
from knowledge.passages import passages_of
from knowledge.plan import COMPANIONS, Plan, check_losses, companions_fingerprint, fingerprint, make_plan
from knowledge.practice.book import read_practice
from knowledge.practice.deciding import read_deciding
from knowledge.practice.form_files import check_forms
from knowledge.practice.officer_files import read_officer_files
from knowledge.practice.procedure_files import read_procedures
from knowledge.review import Opener, Review, check_gate, compare, read_golden, search_opener
from knowledge.store import Library, Reading, open_library

Progress = Callable[[str, int, int], None]  # stage, done, total
Approve = Callable[[Plan, Review], None]  # raises RefreshRefused when the change is not wanted


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did."""

    plan: Plan
    build: str | None
    faults: tuple[LibraryError, ...]
    remarks: tuple[str, ...]
    kept_previous: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    review: Review = Review()


@dataclass(frozen=True)
class Refresher:
    """Where a refresh reads and writes, and what it allows; `ask` opens a build for the golden questions, by search when left out."""

    library: Path
    index: Path
    embedder: Embedder
    keep: int = 5
    max_missing: int = 2
    progress: Progress = lambda stage, done, total: None
    official: Path | None = None
    max_golden_losses: int = 0
    ask: Opener | None = None
    today: date = field(default_factory=lambda: datetime.now(UTC).date())

    def plan(self) -> tuple[Plan, Reading]:
        """What a refresh would do now. Raises LibraryError for a library without documents, or with a broken rule, procedure, sheet or form."""
        reading = self._read()
        if (rules := self.library / "practice").exists():
            read_practice(rules)
        read_procedures(self.library / "procedures")
        read_officer_files(self.library / "officers")
        read_deciding(self.library / "deciding")
        live = live_build(self.index)
        check_forms(self.library, self.index / live / "library" if live else None)
        manifest = self._live_manifest()
        changed = self._companions() != manifest.get("companions", "")
        return make_plan(manifest.get("documents", {}), reading.library, companions_changed=changed), reading

    def preview(self) -> tuple[Plan, Reading, Review]:
        """What a refresh would change, with the answers that would change; makes a build to see them, and throws it away."""
        plan, reading = self.plan()
        if plan.empty or live_build(self.index) is None:
            return plan, reading, Review()
        with self._alone():
            part, _ = self._build(reading, reuse=self._same_model())
            try:
                return plan, reading, self._review(part, reading.library)
            finally:
                shutil.rmtree(part, ignore_errors=True)

    def run(self, *, rebuild: bool = False, accept: bool = False, approve: Approve = lambda plan, review: None) -> Refreshed:
        """Do it: build, review and switch when anything changed; `accept` lets golden questions lose their article.

        Raises RefreshRefused when another refresh is at work, too much is missing or lost, or `approve` raises it; LibraryError for an empty library.
        """
        with self._alone():
            plan, reading = self.plan()
            check_losses(plan, len(plan.unchanged) + len(plan.changed) + len(plan.missing), self.max_missing)
            kept_previous = tuple(key for key, path in reading.paths.items() if path.is_relative_to(self.index))
            if plan.empty and self._same_model() and not rebuild:
                return Refreshed(plan, live_build(self.index), reading.faults, reading.remarks, kept_previous)
            part, counts = self._build(reading, reuse=self._same_model() and not rebuild)
            try:
                review = self._review(part, reading.library)
                if not accept:
                    check_gate(review, self.max_golden_losses)
                approve(plan, review)
            except BaseException:
                shutil.rmtree(part, ignore_errors=True)
                raise
            name = part.name[1 : -len(".part")]
            part.rename(self.index / name)
            switch(self.index, name)
            self._forget_old(name)
            return Refreshed(plan, name, reading.faults, reading.remarks, kept_previous, counts, review)

    def rollback(self, name: str | None = None) -> str:
        """Make an earlier build live again, by default the one before. Raises BuildError when there is none."""
        names, live = build_names(self.index), live_build(self.index)
        target = name or next((n for n in reversed(names) if live and n < live), None)
        if target is None or target not in names:
            raise BuildError(f"No build {name or 'before the live one'} in {self.index}; see: python ingest.py builds")
        with self._alone():
            open_build(self.index, self.embedder, target).close()
            switch(self.index, target)
        return target

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock, and clear what a killed refresh left. Raises RefreshRefused when another process holds it."""
        self.index.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.index / ".lock", timeout=0):
                for part in self.index.glob(".*.part"):
                    shutil.rmtree(part, ignore_errors=True)
                yield
        except Timeout:
            raise RefreshRefused(f"Another refresh holds {self.index / '.lock'}; wait for it to end") from None

    def _read(self) -> Reading:
        """The library, with the previous text of each document whose file is broken now."""
        self.progress("read", 0, 1)
        kept = self.index / str(live_build(self.index)) / "library" / "documents"
        manifest = self._live_manifest()

        def previous(files: str) -> dict[str, Path]:
            return {name: path for name, key in manifest.get(files, {}).items() if (path := kept / f"{key}.md").exists()}

        reading = read_with_official(self.library, self.official, previous("files"), previous("official_files"))
        self.progress("read", 1, 1)
        return reading

    def _companions(self) -> str:
        return companions_fingerprint([self.library, *([self.official] if self.official else [])])

    def _same_model(self) -> bool:
        manifest = self._live_manifest()
        return manifest.get("model") == self.embedder.fingerprint and manifest.get("format") == FORMAT

    def _live_manifest(self) -> dict[str, Any]:
        live = live_build(self.index)
        try:
            return dict(json.loads((self.index / str(live) / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    def _build(self, reading: Reading, *, reuse: bool) -> tuple[Path, dict[str, int]]:
        """A whole build under a name that nobody serves."""
        library = reading.library
        fingerprints = {document.key: fingerprint(document) for document in library.documents}
        now = datetime.now(UTC)
        content = hashlib.blake2b(repr(sorted(fingerprints.items())).encode(), digest_size=4).hexdigest()
        folder = self.index / f".{now:%Y%m%d-%H%M%S-%f}-{content}.part"
        folder.mkdir(parents=True)
        passages = [passage for document in library.documents for passage in passages_of(document)]
        self.progress("index", 0, len(passages))
        earlier = self.index / str(live_build(self.index)) if reuse else None
        kept = kept_vectors(earlier) if earlier else None
        embedded = write_index(folder, passages, library.asked, self.embedder, kept, library.outside, earlier)
        self.progress("index", len(passages), len(passages))
        self._copy_library(reading, folder / "library")
        counts = {
            "documents": len(library.documents),
            "passages": len(passages),
            "asked": len(library.asked),
            "embedded": embedded,
        }
        manifest = {
            "format": FORMAT,
            "created": now.isoformat(timespec="seconds"),
            "model": self.embedder.fingerprint,
            "documents": fingerprints,
            "companions": self._companions(),
            "files": _files(reading, self.library),
            "official_files": _files(reading, self.official) if self.official else {},
            **{f"count_{key}": value for key, value in counts.items()},
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        return folder, counts

    def _review(self, part: Path, library: Library) -> Review:
        """What the build changes beside the live one; nothing is compared where none is live or its model is another."""
        live, golden = live_build(self.index), read_golden(self.library)
        ask = self.ask or search_opener(self.embedder, self.today)
        if live is None:
            if golden:
                with ask(self.index, part.name) as after:  # an asker that keeps what it heard spares the next refresh this half
                    for each in golden:
                        after(each)
            return Review(remark="first build: no answers to compare with")
        try:
            law = law_diff(open_library(self.index / live / "library").documents, library.documents)
        except LibraryError as fault:
            return Review(remark=f"the live build cannot be read, nothing was compared: {fault}")
        if not golden:
            return Review(law, remark="no golden questions: no answers were compared")
        self.progress("review", 0, len(golden))
        try:
            with ask(self.index, live) as before, ask(self.index, part.name) as after:
                changes = compare(golden, before, after)
        except BuildError as fault:
            return Review(law, remark=f"the live build cannot be opened, no answers were compared: {fault}")
        self.progress("review", len(golden), len(golden))
        return Review(law, changes, len(golden))

    def _copy_library(self, reading: Reading, target: Path) -> None:
        """Copy what the bot quotes from: documents under their key, word lists, asked questions."""
        (target / "documents").mkdir(parents=True)
        for key, path in reading.paths.items():
            shutil.copyfile(path, target / "documents" / f"{key}.md")
        for part in COMPANIONS:
            if (self.library / part).exists():
                shutil.copytree(self.library / part, target / part)

    def _forget_old(self, live: str) -> None:
        for name in build_names(self.index)[: -self.keep]:
            if name != live:
                shutil.rmtree(self.index / name, ignore_errors=True)


def _files(reading: Reading, folder: Path) -> dict[str, str]:
    """Documents by the name of their file in the folder, so that the text of one that breaks can be found again."""
    return {path.relative_to(folder).as_posix(): key for key, path in reading.paths.items() if path.is_relative_to(folder)}
