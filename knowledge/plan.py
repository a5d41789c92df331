"""Says what a refresh would change, from two states alone: no file is written here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.document import LegalDocument
from knowledge.errors import RefreshRefused
from knowledge.store import Library

COMPANIONS = (
    "words",
    "asked",
    "articles",
    "practice",
    "procedures",
    "officers",
    "deciding",
    "forms",
)  # folders of the library that go into a build beside its documents


@dataclass(frozen=True, slots=True)
class Plan:
    """What a refresh would change, by document key."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    companions_changed: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.added or self.changed or self.missing or self.companions_changed)


def fingerprint(document: LegalDocument) -> str:
    """A name for the content of a document; it changes when any key or word of it changes."""
    return hashlib.blake2b(repr((document, document.provisions)).encode("utf-8"), digest_size=12).hexdigest()


def companions_fingerprint(folders: Iterable[Path]) -> str:
    """A name for all that goes into a build beside the documents: the files of every folder of COMPANIONS."""
    digest = hashlib.blake2b(digest_size=12)
    for folder in folders:
        for part in COMPANIONS:
            for path in sorted((folder / part).rglob("*")):
                if path.is_file():
                    digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
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
