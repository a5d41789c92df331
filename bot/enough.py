"""Sees to it that an answer has all the law it needs: the article of an exception, which of two documents is higher, what the library lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from bot import answer_texts, texts
from bot.compose import Draft
from bot.evidence import Evidence
from knowledge.citation import Citation, find_citations
from knowledge.passages import Passage
from knowledge.store import Library
from knowledge.text import fold, words
from knowledge.timeline import passage_holds
from knowledge.transition import NEW, OLD

_EXCEPT = re.compile(r"\b(?:trừ (?:khi|trường hợp|các trường hợp|những|phần|quy định)|ngoại lệ:)[^.;\n]*", re.IGNORECASE)
_LAW = "luat thi hanh an dan su"
_POINTER = "• "
_EVERYWHERE = frozenset(
    ["thi", "hanh", "an", "dan", "su", "quyen", "va", "cua", "trong", "viec", "nghia", "vu", "nhiem", "han", "doi", "voi", "de"]
)  # words of any heading
_ALIKE = 0.75  # share of the words of the shorter heading that two articles on the same point have in common
NEAREST = 3  # places among which a law and a decree are told apart: those behind are only named
MOST_ABSENT = 2  # laws that are named as absent


def completed(draft: Draft, library: Library, evidence: Evidence, on: date, citations: int) -> Draft:
    """The draft with the article that an exception in it refers to, in the place of the last related one where there is no more room."""
    for citation in _exceptions(draft):
        if any((each.citation.number, each.citation.article) == (citation.number, citation.article) for each in draft.passages):
            continue
        found = evidence.place(citation)
        if found and passage_holds(found[0], on) and found[0].document in library.by_key:
            return _with(draft, found, f"{evidence.name(citation)} – {found[0].heading}", citations)
    return draft


def remarks(draft: Draft, library: Library) -> list[str]:
    """A line on which document is higher, and one on what the first place refers to and the library lacks; both only where there is such."""
    near = draft.passages[:NEAREST], draft.quotes[:NEAREST]
    return [line for line in (_ranking(*near, library), _absent(draft.quotes[:1], library)) if line]


def _shown(draft: Draft) -> int:
    """How many of the passages are shown with their text; the others are named as related."""
    _, _, behind = draft.text.partition(texts.SEE_ALSO)
    return len(draft.passages) - sum(line.startswith(_POINTER) for line in behind.splitlines())


def _exceptions(draft: Draft) -> Iterator[Citation]:
    """The articles that exceptions in what is shown refer to, in the order of the text."""
    for passage, quote in list(zip(draft.passages, draft.quotes, strict=True))[: _shown(draft)]:
        old = passage.citation.number in (OLD, "62/2015/NĐ-CP")
        for said in _EXCEPT.findall(quote):
            law = (OLD if old else NEW) if _LAW in fold(said) else passage.citation.number
            for each in find_citations(said):
                if each.article and (each.number is None or each.number == law):
                    yield replace(each, number=law)


def _with(draft: Draft, found: tuple[Passage, str], name: str, citations: int) -> Draft:
    """The draft with one more related place."""
    body, passages, quotes = draft.text, draft.passages, draft.quotes
    if len(passages) >= citations and _shown(draft) < len(passages):
        body, passages, quotes = body.rpartition("\n")[0], passages[:-1], quotes[:-1]
    head = "" if texts.SEE_ALSO in body else f"\n\n{texts.SEE_ALSO}"
    if body.endswith(texts.SEE_ALSO):
        head = ""
    line = f"{_POINTER}{answer_texts.EXCEPTION.format(place=name)}"
    return Draft(f"{body}{head}\n{line}", (*passages, found[0]), (*quotes, found[1]))


def _ranking(passages: Sequence[Passage], quotes: Sequence[str], library: Library) -> str:
    """Which of two documents on the same point is higher and which is nearer to it."""
    documents = {each.document: library.by_key[each.document] for each in passages}
    for law in (each for each in passages if documents[each.document].rank == 0):
        for place, other in enumerate(passages):
            lower = documents[other.document]
            if lower.rank > 0 and lower.audience == "public" and other.confirmed and _same_point(law, other, quotes[place]):
                return answer_texts.HIGHER.format(law=documents[law.document].name, other=lower.name)
    return ""


def _same_point(law: Passage, other: Passage, quote: str) -> bool:
    """Whether a decree's place speaks of an article of the law, or bears a heading like its own."""
    if _LAW in fold(quote) and any(each.article == law.citation.article for each in find_citations(quote) if each.number is None):
        return True
    mine, theirs = (set(words(fold(each.heading))) - _EVERYWHERE for each in (law, other))
    return bool(mine and theirs) and len(mine & theirs) >= _ALIKE * min(len(mine), len(theirs))


def _absent(quotes: Sequence[str], library: Library) -> str:
    """The laws that the first place refers to and the library does not have."""
    said = " ".join(quotes)
    titles = " ".join(fold(document.title) for document in library.documents)
    named = [name for name in answer_texts.OTHER_LAWS if name in said and fold(name).removeprefix("luat ") not in titles]
    return answer_texts.ABSENT.format(names=", ".join(named[:MOST_ABSENT])) if named else ""
