"""Writes an answer from the found passages, without any language model: the rule first, its place behind it, related places at the end.

Every sentence comes from the library as it stands; nothing is reworded, so nothing can be invented.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import texts
from knowledge.citation import Citation, write_place
from knowledge.document import LegalDocument, Provision
from knowledge.passages import Passage
from knowledge.search import ArticleHit, Hit
from knowledge.store import Library
from knowledge.text import fold, sentences, shorten, terms, words

SAME_ARTICLE = 0.6  # a further clause of the best article is shown when it scores this share of the best
OTHER_ARTICLE = 0.8  # likewise a clause of another article
RELATED = 0.3  # an article is named as related from this share on
MOST_PARTS = 3
SAID = 1  # so many of the related places are named with what they say on the question
_ROOMY = 1_000  # characters from which an answer has room for that
_SAYING = 160  # characters of it
_HINT = 80  # characters of a point that does not fit
_HEADING = 90  # characters of an article's heading behind its place
_FRAME = 150  # characters for places, headings, dates
_NARROW = 70  # characters of them more where an answer is short: names do not shrink with it
_LEAST = 150  # a part shorter than this says too little
_LONG = 300  # characters from which a point of a clause that is cut is taken sentence by sentence
_WORTH = 0.5  # of a long clause a piece is shown when it is worth this share of the best one
_QUANTITY = re.compile(
    r"\b(bao lau|may ngay|bao nhieu|muc nao|khi nao|thoi han|toi da|toi thieu|may lan|may thang|may nam|han)\b"
)
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of an answer and the passages it stands on, in order; `quotes` says what each of them says."""

    text: str
    passages: tuple[Passage, ...]
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Part:
    """A clause that is shown."""

    passage: Passage
    text: str
    cut: bool


def compose(
    question: str, found: Sequence[ArticleHit], library: Library, *, limit: int, citations: int, most: int = MOST_PARTS
) -> Draft:
    """The answer to a question from the articles found for it, in at most `most` parts and about `limit` characters."""
    asked = set(terms(words(fold(question))))
    numbers = bool(_QUANTITY.search(fold(question)))
    said = SAID if limit >= _ROOMY else 0
    room = limit - _FRAME - (said * _SAYING or _NARROW)
    parts: list[_Part] = []
    whole = _whole_article(found[0], library, room)
    if whole:
        parts.append(whole)
    for hit in _worth_showing(found, most):
        if whole and hit.passage.article_key == whole.passage.article_key:
            continue
        left = room - sum(len(part.text) + _FRAME // 2 for part in parts)
        if parts and (left < _LEAST or len(parts) >= citations):
            break
        part = _part(hit.passage, library, asked, left, numbers=numbers)
        if not any(part.text == shown.text for shown in parts):
            parts.append(part)
    related = _related(found, [part.passage for part in parts], citations)
    headed = {part.passage.article_key: part for part in reversed(parts)}  # the first part of each article
    lines = [_paragraph(part, library, headed=headed[part.passage.article_key] is part) for part in parts]
    if related:
        speaking = [p for p in related if p.confirmed][:said]  # what may no longer hold is named, and no more
        pointers = [_pointer(p, library, asked, numbers=numbers) if p in speaking else _named(p, library) for p in related]
        lines.append("\n".join([texts.SEE_ALSO, *(f"• {pointer}" for pointer in pointers)]))
    passages = [part.passage for part in parts] + related
    quotes = [part.text if part is whole else whole_clause(part.passage, library) for part in parts]
    quotes += [whole_clause(p, library) for p in related]
    return Draft("\n\n".join(lines), tuple(passages), tuple(quotes))


def whole_clause(passage: Passage, library: Library) -> str:
    """The full text of the clause (or the article without clauses) that a passage is from."""
    clause = _clause_of(passage, library)
    return clause.whole_text() if clause else passage.text


def _clause_of(passage: Passage, library: Library) -> Provision | None:
    entry = library.articles.get(passage.article_key)
    if entry is None:
        return None
    article = entry[1]
    labels = passage.id.partition("#")[2].split(".")[1:]
    clause = article.child(labels[0]) if labels else None
    if clause is not None and clause.level == "clause":
        return clause
    return article if not any(child.level == "clause" for child in article.children) else None


def _worth_showing(found: Sequence[ArticleHit], most: int) -> list[Hit]:
    """The places that may be shown, the best first: one a clause, nearly as good as the best of all."""
    best = found[0].best
    hits = [(hit, hit.score / best.score) for hit in found[0].hits if hit.score >= SAME_ARTICLE * best.score]
    for article in found[1:most]:
        if article.score >= OTHER_ARTICLE * found[0].score:
            hits.append((article.best, min(article.score / found[0].score, 0.99)))  # one that was named stays first
    hits.sort(key=lambda pair: -pair[1])
    shown: dict[tuple[str, str, str | None], Hit] = {}
    for hit, _ in hits:
        shown.setdefault((*hit.passage.article_key, hit.passage.citation.clause), hit)
    return list(shown.values())[:most]


def _whole_article(found: ArticleHit, library: Library, room: int) -> _Part | None:
    """A short article as a whole, when several of its clauses answer: a list is read as a list."""
    best = found.best
    entry = library.articles.get(best.passage.article_key)
    clauses = {hit.passage.citation.clause for hit in found.hits if hit.score >= SAME_ARTICLE * best.score}
    if entry is None or len(clauses) < 2:
        return None
    text = entry[1].whole_text()
    if len(text) > room:
        return None
    cited = best.passage.citation
    return _Part(replace(best.passage, citation=Citation(cited.number, cited.article)), text, cut=False)


def _part(passage: Passage, library: Library, asked: set[str], room: int, *, numbers: bool) -> _Part:
    clause = _clause_of(passage, library)
    if clause is None:
        return _opening(passage, library, room)
    whole = clause.whole_text()
    if len(whole) <= room:
        return _Part(passage, whole, cut=False)
    text, points = _extract(clause, passage, asked, room, numbers=numbers)
    cited = passage.citation
    if points - {cited.point}:  # what stands there is more than the point that was found
        passage = replace(passage, citation=Citation(cited.number, cited.article, cited.clause))
    return _Part(passage, text, cut=True)


def _opening(passage: Passage, library: Library, room: int) -> _Part:
    """The opening words of an article with the beginnings of its clauses, which they announce."""
    entry = library.articles.get(passage.article_key)
    clauses = entry[1].children if entry else ()
    each = max(60, (room - len(passage.text)) // max(1, len(clauses)) - 4)
    lines = [passage.text, *(f"{clause.label}. {shorten(clause.text, each)}" for clause in clauses)]
    text = "\n".join(lines)
    return _Part(passage, text if len(text) <= room + each else shorten(passage.text, room), cut=True)


def _extract(clause: Provision, passage: Passage, asked: set[str], room: int, *, numbers: bool) -> tuple[str, set[str]]:
    """The pieces of a long clause that answer, in the clause's order: its opening words, the found point, then what shares most words.

    Returns them with the labels of the points they are from.
    """
    point = passage.citation.point
    labels, pieces = [], []
    for piece in _pieces(clause):
        label = next((child.label for child in clause.children if piece.startswith(f"{child.label}) ")), "")
        for part in sentences(piece) if len(piece) > min(room, _LONG) else [piece]:
            labels.append(label)
            pieces.append(part)
    worth = [_worth(piece, n, asked, point, numbers=numbers) for n, piece in enumerate(pieces)]
    saying = [value for value, piece in zip(worth, pieces, strict=True) if not _opens_list(piece)]
    least = _WORTH * max(saying, default=0)  # measured by what says something by itself: a list that is opened has a point too
    kept: list[int] = []
    used = 0
    for n in sorted(range(len(pieces)), key=lambda n: -worth[n]):
        size = len(pieces[n]) + 1
        if kept and (used + size > room or worth[n] < least):
            continue
        kept.append(n)
        used += size
    text = [shorten(pieces[n], room) for n in sorted(kept)]
    if saying and all(_opens_list(pieces[n]) for n in kept):  # no point fits: the beginning of the best one
        best = max((n for n in range(len(pieces)) if not _opens_list(pieces[n])), key=lambda n: worth[n])
        text.append(shorten(pieces[best], max(_HINT, room - used)))
        kept.append(best)
    return "\n".join(text), {labels[n] for n in kept if labels[n]}


def _pointer(passage: Passage, library: Library, asked: set[str], *, numbers: bool) -> str:
    """A related place with the one piece of it that answers best."""
    clause = _clause_of(passage, library)
    point = clause.child(passage.citation.point) if clause and passage.citation.point else None
    pieces = sentences(point.whole_text()) if point else _pieces(clause) if clause else [passage.text]
    pieces = [piece for piece in pieces if not _opens_list(piece)] or pieces
    best = max(pieces, key=lambda piece: _worth(piece, 1, asked, None, numbers=numbers)).replace("\n", " ")
    return f"{shorten(best, _SAYING)} ({_named(passage, library)})"


def _opens_list(piece: str) -> bool:
    """Whether a piece only announces what follows, and says nothing by itself."""
    return piece.rstrip().endswith(":")


def _pieces(clause: Provision) -> list[str]:
    if clause.children:
        lines = [f"{child.label}) {child.whole_text()}" for child in clause.children]
        return [line for line in (clause.text, *lines, clause.closing) if line]
    return sentences(clause.whole_text())


def _worth(piece: str, place: int, asked: set[str], point: str | None, *, numbers: bool) -> float:
    own = terms(words(fold(piece)))
    shared = sum(term in asked for term in set(own))
    worth = shared / (len(own) ** 0.5 or 1)
    worth += 1.0 if point and piece.startswith(f"{point}) ") else 0
    worth += 0.6 if place == 0 else 0  # the opening words say who must do what
    return worth + (0.4 if numbers and _NUMBER.search(piece) else 0)


def _paragraph(part: _Part, library: Library, *, headed: bool) -> str:
    """A clause with its place, and the heading of its article where that was not said yet."""
    note = f" {texts.SHORTENED}" if part.cut else ""
    name = _named(part.passage, library) if headed else place_name(part.passage, library)
    return f"{part.text}\n({name}){note}"


def place_name(passage: Passage, library: Library) -> str:
    """`khoản 1 Điều 36 Luật 106/2025/QH15`; a part without a number is called by its heading."""
    document: LegalDocument | None = library.by_key.get(passage.document)
    name = document.name if document else passage.citation.number or ""
    place = write_place(passage.citation)
    return f"{place} {name}" if place else f"{name} – {passage.heading}"


def _named(passage: Passage, library: Library) -> str:
    """The place with the heading of its article, the beginning of a long one."""
    name = place_name(passage, library)
    return f"{name} – {shorten(passage.heading, _HEADING)}" if passage.citation.article else name


def _related(found: Sequence[ArticleHit], shown: Sequence[Passage], citations: int) -> list[Passage]:
    keys = {passage.article_key for passage in shown}
    related = [
        hit.best.passage for hit in found if hit.score >= RELATED * found[0].score and hit.best.passage.article_key not in keys
    ]
    return related[: max(0, citations - len(shown))]
