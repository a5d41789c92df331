"""Where a rule went: old article to new article, old term to new term, from the maps in `knowledge/library/articles/`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from knowledge.citation import Citation
from knowledge.errors import LibraryError
from knowledge.lists import read_text
from knowledge.maps import read_map


@dataclass(frozen=True, slots=True)
class Succession:
    """What became of one article; `successors` is empty when there is no counterpart, and `change` says why."""

    origin: Citation
    successors: tuple[Citation, ...]
    change: str


@dataclass(frozen=True, slots=True)
class Term:
    """An old term with the new one; `since` and `basis` are empty where the sources do not give them."""

    old: str
    new: str
    since: str
    basis: str
    note: str


@dataclass(frozen=True)
class Successions:
    """All maps together."""

    articles: tuple[Succession, ...]
    terms: tuple[Term, ...]

    @cached_property
    def _by_origin(self) -> dict[tuple[str | None, str | None], Succession]:
        return {(s.origin.number, s.origin.article): s for s in self.articles}

    def of(self, number: str, article: str) -> Succession | None:
        """What became of an old article, None when the map does not speak of its document."""
        return self._by_origin.get((number, article))

    def origins(self, number: str, article: str) -> list[Succession]:
        """The old articles that a new one took over from, those that name it first before the others."""
        found = [
            (place, s)
            for s in self.articles
            for place, successor in enumerate(s.successors)
            if (successor.number, successor.article) == (number, article)
        ]
        return list(dict.fromkeys(s for _, s in sorted(found, key=lambda pair: pair[0])))


def read_successions(folder: Path) -> Successions:
    """The maps of a folder; an empty folder gives empty maps. Raises LibraryError for a map that cannot be read."""
    articles: list[Succession] = []
    terms: list[Term] = []
    for path in sorted(folder.glob("*.yaml")):
        rows = _rows(path)
        if path.name == "terms.yaml":
            terms = _terms(path, rows)
        else:
            articles += _articles(path, rows)
    return Successions(tuple(articles), tuple(terms))


def _rows(path: Path) -> dict[str, Any]:
    return read_map(read_text(path), str(path), "the map").rows


def _terms(path: Path, rows: dict[str, Any]) -> list[Term]:
    try:
        return [
            Term(str(r["old"]), str(r["new"]), str(r.get("since") or ""), str(r.get("basis") or ""), str(r.get("note") or ""))
            for r in rows["terms"]
        ]
    except (KeyError, TypeError, AttributeError) as fault:
        raise LibraryError(str(path), 1, f"a term cannot be read ({fault})", "Each term has 'old' and 'new'") from None


def _articles(path: Path, rows: dict[str, Any]) -> list[Succession]:
    try:
        return [
            Succession(
                Citation(str(rows["from"]), str(article)), tuple(_target(t) for t in row["to"]), str(row["change"]).strip()
            )
            for article, row in rows["articles"].items()
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise LibraryError(
            str(path), 1, f"an entry cannot be read ({fault})", "Each article has 'to' (a list) and 'change'"
        ) from None


def _target(text: str) -> Citation:
    """`36.1 106/2025/QH15` as a citation."""
    place, _, number = text.partition(" ")
    labels = [*place.split("."), None, None][:3]
    if not number.strip() or not labels[0]:
        raise ValueError(f"{text!r} is not 'article[.clause[.point]] number'")
    return Citation(number.strip(), *labels)
