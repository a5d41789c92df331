"""Watches golden questions across a refresh: what is answered before and after, and whether the change may go live.

The middle compares two askers, whatever they are: search over a build here, the whole assistant where `ingest.py` passes it in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.citation import Citation, write_citation
from knowledge.embedding import Embedder
from knowledge.errors import LibraryError, RefreshRefused
from knowledge.index import open_build
from knowledge.law_diff import DocumentDiff
from knowledge.search import Reader, Search
from knowledge.spelling import read_word_lists, wording
from knowledge.text import fold

Place = tuple[str, str | None]  # number of the document, article


@dataclass(frozen=True, slots=True)
class Golden:
    """A question whose answer is watched: the places it should stand on, and facts that it should say."""

    id: str
    question: str
    gold: tuple[Place, ...]
    must: tuple[str, ...] = ()
    as_of: date | None = None
    role: Reader = "citizen"


@dataclass(frozen=True, slots=True)
class Said:
    """What was answered: the places cited, the first one first, and the words."""

    places: tuple[Citation, ...]
    text: str


Asker = Callable[[Golden], Said]
Opener = Callable[[Path, str], AbstractContextManager[Asker]]  # the folder of all builds, the name of one


@dataclass(frozen=True, slots=True)
class Change:
    """A golden question that is answered otherwise."""

    golden: Golden
    before: Said
    after: Said

    @property
    def lost(self) -> bool:
        """Whether the answer stood on its gold article and does no longer."""
        return stands_on_gold(self.golden, self.before) and not stands_on_gold(self.golden, self.after)

    @property
    def won(self) -> bool:
        return stands_on_gold(self.golden, self.after) and not stands_on_gold(self.golden, self.before)

    @property
    def moved(self) -> bool:
        """Whether the answer stands first on another place than before."""
        return self.before.places[:1] != self.after.places[:1]

    @property
    def facts_lost(self) -> tuple[str, ...]:
        """Facts that the answer must say, said before and not said now."""
        return tuple(f for f in self.golden.must if _says(self.before, f) and not _says(self.after, f))


@dataclass(frozen=True, slots=True)
class Review:
    """What a refresh changes: the law, and the answers to the golden questions; `remark` says why no answers were compared."""

    law: tuple[DocumentDiff, ...] = ()
    changes: tuple[Change, ...] = field(default=())
    watched: int = 0
    remark: str = ""

    @property
    def lost(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.lost)


def stands_on_gold(golden: Golden, said: Said) -> bool:
    """Whether the first place cited is a gold one; a gold place without an article is met by its document."""
    if not said.places:
        return False
    first = said.places[0]
    return any(fold(first.number or "") == fold(number) and article in (None, first.article) for number, article in golden.gold)


def _says(said: Said, fact: str) -> bool:
    return " ".join(fold(fact).split()) in " ".join(fold(said.text).split())


def compare(golden: Sequence[Golden], before: Asker, after: Asker) -> tuple[Change, ...]:
    """The questions that are answered otherwise, in their order."""
    changes = (Change(each, before(each), after(each)) for each in golden)
    return tuple(change for change in changes if change.before != change.after)


def check_gate(review: Review, most: int) -> None:
    """Raises RefreshRefused, with what was lost, when more golden questions than allowed lose their article."""
    if len(review.lost) > most:
        lost = "\n".join(f"  {line}" for line in change_lines(review.lost))
        raise RefreshRefused(
            f"{len(review.lost)} of {review.watched} golden questions lose their article; ingest.max_golden_losses allows {most}:\n{lost}\n"
            "Nothing went live. Mend the text or its asked questions; or, when this is as it should be, repeat the command with --accept"
        )


def change_lines(changes: Sequence[Change]) -> Iterator[str]:
    """The changes that touch more than words, the losses first: question, where the answer stood, where it stands; then ids of the others."""
    touching = [change for change in changes if change.moved or change.facts_lost]
    for change in sorted(touching, key=lambda each: (not each.lost, not each.facts_lost, not each.won)):
        name = "lost" if change.lost else "won" if change.won else "moved" if change.moved else "facts"
        facts = f"; no longer said: {', '.join(change.facts_lost)}" if change.facts_lost else ""
        yield f"{name:6} {change.golden.id} {change.golden.question!r}: {_first(change.before)} -> {_first(change.after)}{facts}"
    if others := [change.golden.id for change in changes if change not in touching]:
        yield f"words  the same place first, said otherwise: {', '.join(others)}"


def _first(said: Said) -> str:
    return write_citation(said.places[0]) if said.places else "no answer"


def read_golden(library: Path) -> tuple[Golden, ...]:
    """The questions of `golden/*.jsonl`. Raises LibraryError, with the line, for one that cannot be read."""
    found: list[Golden] = []
    for path in sorted((library / "golden").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                found.append(_golden(line, path, number))
    return tuple(found)


def _golden(line: str, path: Path, number: int) -> Golden:
    try:
        row: dict[str, Any] = json.loads(line)
        day = row.get("as_of")
        return Golden(
            id=str(row["id"]),
            question=str(row["question"]),
            gold=tuple((str(gold["document"]), str(gold["article"]) if gold.get("article") else None) for gold in row["gold"]),
            must=tuple(str(fact) for fact in row.get("must", ())),
            as_of=date.fromisoformat(day) if day else None,
            role=row.get("role", "citizen"),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        remedy = 'Write {"id", "question", "gold": [{"document", "article"}], "must": [facts]} on one line'
        raise LibraryError(str(path), number, f"not a golden question ({fault!r})", remedy) from None


def search_opener(embedder: Embedder, today: date) -> Opener:
    """Asks by search alone: the best articles, and the words of the best place."""

    @contextmanager
    def opened(index: Path, name: str) -> Iterator[Asker]:
        build = open_build(index, embedder, name)
        search, lists = Search(build, embedder), read_word_lists(build.folder / "library" / "words")

        def ask(golden: Golden) -> Said:
            hits = search.find(wording(golden.question, lists), golden.as_of or today, golden.role)
            return Said(tuple(hit.best.passage.citation for hit in hits), hits[0].best.passage.text if hits else "")

        try:
            yield ask
        finally:
            build.close()

    return opened
