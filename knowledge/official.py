"""Puts the official texts that an administrator added in the place of the digests of the same documents.

The digest stays on disk and comes back when the official file is gone. What people ask of the digest is asked of the official text, at the
same place or, where the text does not go so deep, at the nearest place around it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from knowledge.document import LegalDocument
from knowledge.store import Asked, Library, Reading, read_library
from knowledge.text import slug


def read_with_official(
    library: Path, official: Path | None, previous: Mapping[str, Path], previous_official: Mapping[str, Path]
) -> Reading:
    """The library as it stands with the official texts; `previous…` have the texts that stand in for broken files, by file name.

    Raises LibraryError when the library has no document at all.
    """
    reading = read_library(library, previous)
    if official is None or not any((official / "documents").rglob("*.md")):
        return reading
    return supersede(reading, read_library(official, previous_official))


def supersede(digests: Reading, official: Reading) -> Reading:
    """The two readings as one, in which an official text stands where the digest of the same document stood."""
    documents = {**digests.library.by_key, **official.library.by_key}
    gone = tuple(f"{path.name}:" for key, path in digests.paths.items() if key in official.paths)
    asked = (moved for each in digests.library.asked if (moved := _moved(each, documents[each.document])))
    return Reading(
        library=Library(tuple(documents.values()), (*asked, *official.library.asked), digests.library.outside),
        paths={**digests.paths, **official.paths},
        faults=(*digests.faults, *official.faults),
        remarks=(*(each for each in digests.remarks if not each.startswith(gone)), *official.remarks),
    )


def _moved(asked: Asked, document: LegalDocument) -> Asked | None:
    """The question at the deepest part of its place that the document has, None when it does not have the article."""
    if not asked.place:
        return asked
    first, *deeper = asked.place.split(".")
    found = next((a for _, a in document.articles() if first in (a.label, f"~{slug(a.label)}")), None)
    if found is None:
        return None
    kept = [first]
    for label in deeper:
        child = found.child(label)
        if child is None:
            break
        found = child
        kept.append(label)
    return replace(asked, place=".".join(kept))
