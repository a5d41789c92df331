"""Documents that a question names: «theo Nghị định 30/2020», «Điều 6 Luật Tiếp cận thông tin».

A name says where to look, not what for: left in the question its words speak for every article of that document that repeats its title. So
they are taken out of what is searched, and the document itself counts as named, with the articles whose numbers are said beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.citation import find_citations
from knowledge.text import fold

LEFT = 6  # words a question must have beside the names: with fewer the name is what it asks about
NUMBER_AND_YEAR = 2  # words of a number that name a document: «30/2020» for 30/2020/NĐ-CP
_WORD = re.compile(r"[^\W_]+")
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """Documents, by their places among the names, and the numbers of the articles said of them."""

    documents: frozenset[int] = frozenset()
    articles: frozenset[str] = frozenset()


class NamedDocuments:
    """The names or numbers of documents, found in questions however they are typed."""

    def __init__(self, names: Sequence[str]) -> None:
        """One name a document: `30/2020/NĐ-CP` or `Luật Tiếp cận thông tin`; one of a single word is never found."""
        self._by_beginning: dict[Pair, list[tuple[int, list[str]]]] = {}
        for document, name in enumerate(names):
            said = _WORD.findall(fold(name))
            if len(said) > 1:
                self._by_beginning.setdefault((said[0], said[1]), []).append((document, said))

    def taken_out(self, text: str) -> tuple[str, Named]:
        """The text without the names in it, and what they name; the text as it is where too little would be left."""
        typed = list(_WORD.finditer(fold(text)))
        said = [word[0] for word in typed]
        documents: set[int] = set()
        spans: list[tuple[int, int]] = []
        for place, beginning in enumerate(zip(said, said[1:], strict=False)):
            found = list(self._at(said[place:], beginning))
            longest = max((length for _, length in found), default=0)
            documents.update(document for document, length in found if length == longest)
            if found:
                spans.append((place, place + longest))
        named = Named(frozenset(documents), _articles(text)) if documents else Named()
        if len(said) - len({place for span in spans for place in range(*span)}) < LEFT:
            return text, named
        for first, last in reversed(_apart(spans)):
            text = text[: typed[first].start()] + " " + text[typed[last - 1].end() :]
        return text, named

    def _at(self, said: Sequence[str], beginning: Pair) -> Iterator[tuple[int, int]]:
        """The documents whose names begin there, with how many words of them are said."""
        for document, name in self._by_beginning.get(beginning, ()):
            length = next((n for n, (a, b) in enumerate(zip(said, name, strict=False)) if a != b), min(len(said), len(name)))
            if length == len(name) or (name[0].isdigit() and length >= NUMBER_AND_YEAR):
                yield document, length


def _articles(text: str) -> frozenset[str]:
    return frozenset(citation.article for citation in find_citations(text) if citation.article)


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with those that overlap joined."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
