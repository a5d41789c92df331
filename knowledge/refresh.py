"""Refreshes what the assistant knows: plan, guards, build, switch.

It is the only writer of the index.
A refresh can be killed at any moment: until the pointer is replaced the old build serves, and a half-made build has no manifest.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from knowledge.document import LegalDocument
from knowledge.embedding import Embedder
from knowledge.errors import BuildError, KnowledgeError, LibraryError, RefreshRefused
from knowledge.index import FORMAT, Build, build_names, kept_vectors, live_build, open_build, switch, write_index
from knowledge.passages import passages_of
from knowledge.store import Library, Reading, read_library

COMPANIONS = ("words", "asked", "articles")  # folders of the library that go into a build beside its documents
Progress = Callable[[str, int, int], None]  # stage, done, total


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh would change, by document key. Pure: made from two states alone."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    companions_changed: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.added or self.changed or self.missing or self.companions_changed)


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a refresh did."""

    plan: Plan
    build: str | None
    faults: tuple[LibraryError, ...]
    remarks: tuple[str, ...]
    kept_previous: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)


def fingerprint(document: LegalDocument) -> str:
    """A name for the content of a document; it changes when any key or word of it changes."""
    return hashlib.blake2b(repr((document, document.provisions)).encode("utf-8"), digest_size=12).hexdigest()


def companions_fingerprint(library: Path) -> str:
    """A name for all that goes into a build beside the documents: asked questions, word lists, maps of articles."""
    digest = hashlib.blake2b(digest_size=12)
    for part in COMPANIONS:
        for path in sorted((library / part).rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(library).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def make_plan(live: dict[str, str], library: Library, *, companions_changed: bool = False) -> Plan:
    """What differs between the live build (fingerprints by key) and a library."""
    fresh = {document.key: fingerprint(document) for document in library.documents}
    return Plan(
        added=tuple(k for k in fresh if k not in live),
        changed=tuple(k for k in fresh if k in live and live[k] != fresh[k]),
        unchanged=tuple(k for k in fresh if live.get(k) == fresh[k]),
        missing=tuple(k for k in live if k not in fresh),
        companions_changed=companions_changed,
    )


def check_losses(plan: Plan, live_count: int, max_missing: int) -> None:
    """Raises RefreshRefused when more documents would disappear than the configuration allows."""
    if len(plan.missing) > max_missing:
        names = ", ".join(plan.missing[:5])
        raise RefreshRefused(
            f"{len(plan.missing)} of {live_count} documents are missing from the library ({names}…); "
            f"ingest.max_missing allows {max_missing}. Put them back, or run: python ingest.py --allow-missing {len(plan.missing)}"
        )


@dataclass(frozen=True)
class Refresher:
    """Where a refresh reads and writes."""

    library: Path
    index: Path
    embedder: Embedder
    keep: int = 5
    max_missing: int = 2
    progress: Progress = lambda stage, done, total: None

    def plan(self) -> tuple[Plan, Reading]:
        """What a refresh would do now. Raises LibraryError for a library without documents."""
        reading = self._read()
        manifest = self._live_manifest()
        changed = companions_fingerprint(self.library) != manifest.get("companions", "")
        return make_plan(manifest.get("documents", {}), reading.library, companions_changed=changed), reading

    def run(self, *, rebuild: bool = False) -> Refreshed:
        """Do it: build and switch when anything changed.

        Raises RefreshRefused when another refresh is at work or too much is missing, LibraryError for an empty library.
        """
        self.index.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.index / ".lock", timeout=0):
                return self._run(rebuild=rebuild)
        except Timeout:
            raise RefreshRefused(f"Another refresh holds {self.index / '.lock'}; wait for it to end") from None

    def rollback(self, name: str | None = None) -> str:
        """Make an earlier build live again, by default the one before. Raises BuildError when there is none."""
        names, live = build_names(self.index), live_build(self.index)
        target = name or next((n for n in reversed(names) if live and n < live), None)
        if target is None or target not in names:
            raise BuildError(f"No build {name or 'before the live one'} in {self.index}; see: python ingest.py builds")
        open_build(self.index, self.embedder, target).close()
        switch(self.index, target)
        return target

    def _run(self, *, rebuild: bool) -> Refreshed:
        plan, reading = self.plan()
        check_losses(plan, len(plan.unchanged) + len(plan.changed) + len(plan.missing), self.max_missing)
        manifest = self._live_manifest()
        same_model = manifest.get("model") == self.embedder.fingerprint and manifest.get("format") == FORMAT
        kept_previous = tuple(key for key, path in reading.paths.items() if path.is_relative_to(self.index))
        if plan.empty and same_model and not rebuild:
            return Refreshed(plan, live_build(self.index), reading.faults, reading.remarks, kept_previous)
        name, counts = self._build(reading, reuse=same_model and not rebuild)
        switch(self.index, name)
        self._forget_old(name)
        return Refreshed(plan, name, reading.faults, reading.remarks, kept_previous, counts)

    def _read(self) -> Reading:
        """The library, with the previous text of each document whose file is broken now."""
        self.progress("read", 0, 1)
        live, files = live_build(self.index), self._live_manifest().get("files", {})
        kept = self.index / str(live) / "library" / "documents"
        previous = {name: path for name, key in files.items() if (path := kept / f"{key}.md").exists()}
        reading = read_library(self.library, previous)
        self.progress("read", 1, 1)
        return reading

    def _live_manifest(self) -> dict[str, Any]:
        live = live_build(self.index)
        try:
            return dict(json.loads((self.index / str(live) / "manifest.json").read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {}

    def _build(self, reading: Reading, *, reuse: bool) -> tuple[str, dict[str, int]]:
        library = reading.library
        fingerprints = {document.key: fingerprint(document) for document in library.documents}
        now = datetime.now(UTC)
        content = hashlib.blake2b(repr(sorted(fingerprints.items())).encode(), digest_size=4).hexdigest()
        name = f"{now:%Y%m%d-%H%M%S-%f}-{content}"
        folder = self.index / f".{name}.part"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        passages = [passage for document in library.documents for passage in passages_of(document)]
        self.progress("index", 0, len(passages))
        kept = self._kept() if reuse else None
        embedded = write_index(folder, passages, library.asked, self.embedder, kept, library.outside)
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
            "companions": companions_fingerprint(self.library),
            "files": {
                path.relative_to(self.library).as_posix(): key
                for key, path in reading.paths.items()
                if path.is_relative_to(self.library)
            },
            **{f"count_{key}": value for key, value in counts.items()},
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        folder.rename(self.index / name)
        return name, counts

    def _kept(self) -> dict[str, object]:
        try:
            build: Build = open_build(self.index, self.embedder)
        except KnowledgeError:
            return {}
        kept = kept_vectors(build)
        build.close()
        return kept

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
