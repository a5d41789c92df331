"""Says where a rule or a name went: an old article to its new place, a new article to where it came from, an old term to the new one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot import texts
from bot.evidence import Evidence
from bot.message import Answer, AnswerCitation
from bot.state import Knowledge
from knowledge.citation import Citation, find_citations, find_documents
from knowledge.document import LegalDocument
from knowledge.passages import Passage
from knowledge.store import Library
from knowledge.succession import Succession, Term
from knowledge.text import fold, nfc
from knowledge.timewords import both, search

Places = Sequence[tuple[LegalDocument, Citation]]

_WHERE_NOW = both(
    r"\b(?:nay là|bây giờ là|giờ là|hiện là|hiện nay là|tương ứng|thay bằng|thay thế bằng|ở luật|trong luật|nằm ở|chuyển thành|chuyển sang"
    r"|chuyển đến|số mấy|điều mấy|thành điều|còn không|giờ ở đâu|nay ở đâu)\b"
)
_WHERE_BEFORE = both(
    r"\b(?:trước đây|trước kia|hồi trước|ngày trước|trước là|trước nằm|vốn|kế thừa|lấy từ|từ điều nào|(?:của |trong |ở |thay |là )luật"
    r"|thay (?:thế |cho |thế cho )?điều|tương ứng)\b"
)
_PLACE_ASKED = both(r"\b(?:điều|luật|khoản|chỗ) (?:nào|mấy|bao nhiêu|số mấy)\b|\bở đâu\b|\blà gì\b")
_NAMED_NOW = both(
    r"\b(?:nay|bây giờ|giờ|hiện nay|hiện|từ 0?1/0?7/\d{4})\b.*\b(?:là gì|gọi|tên (?:gì|là|mới)|là ai|là cơ quan nào|đổi tên|đổi thành|thành gì)\b"
    r"|\b(?:đổi tên|đổi thành|gọi lại|tên mới|thay bằng|trở thành)\b.*\b(?:gì|nào|là)\b|\bgọi (?:là gì|thế nào|là sao)\b"
    r"|\bluật mới (?:gọi|là gì)\b|\bcòn (?:tồn tại|gọi là)\b"
)
_NAMED_BEFORE = both(
    r"\b(?:trước đây|trước kia|hồi trước|ngày trước|luật cũ|trước)\b.*\b(?:gọi|là gì|tên (?:gì|là)|là ai|là cơ quan nào)\b|\btên cũ\b"
)
_NOW = both(r"\b(?:nay|bây giờ|hiện nay|giờ)\b")


def asks_where(question: str) -> bool:
    """Whether the question is where an article went, or where it came from."""
    return bool(search(_WHERE_NOW, question)) or _asks_before(question)


def _asks_before(question: str) -> bool:
    return bool(search(_WHERE_BEFORE, question) and search(_PLACE_ASKED, question))


def articles(answer: Answer, question: str, places: Places, knowledge: Knowledge, evidence: Evidence) -> Answer | None:
    """Where the named articles went, those of a new document where they came from; None when the maps speak of none of their documents."""
    maps = knowledge.successions
    later = {c.number for s in maps.articles for c in s.successors} if _asks_before(question) else set()
    lines: list[str] = []
    named: list[Citation] = []
    for document, citation in places:
        if moved := maps.of(document.number, str(citation.article)):
            named += [moved.origin, *moved.successors]
            lines.append(_moved(document, moved, evidence))
        elif document.number in later:
            origins = maps.origins(document.number, str(citation.article))
            named += [Citation(document.number, citation.article), *(o.origin for o in origins)]
            lines.append(_came_from(document, str(citation.article), origins, evidence))
    if not lines:
        return None
    return _written(answer, lines, named, evidence)


def _moved(document: LegalDocument, moved: Succession, evidence: Evidence) -> str:
    origin = f"Điều {moved.origin.article} {document.name}"
    if not moved.successors:
        return f"{origin} không còn điều tương ứng. {moved.change}"
    places = "; ".join(evidence.name(c) for c in moved.successors)
    lines = [f"{origin} nay là {places}.", moved.change]
    if ends := document.effective_to:
        lines.append(texts.not_in_force(document.name, ends, document.effective_from, ends))
    return "\n".join(lines)


def _came_from(document: LegalDocument, article: str, origins: Sequence[Succession], evidence: Evidence) -> str:
    place = f"Điều {article} {document.name}"
    if not origins:
        return texts.no_origin(place)
    lines = [f"{place} trước đây nằm ở {'; '.join(evidence.name(o.origin) for o in origins)} (đã hết hiệu lực)."]
    lines += [f"• {evidence.name(o.origin)}: {o.change}" for o in origins]
    return "\n".join(lines)


def _written(answer: Answer, lines: Sequence[str], named: Sequence[Citation], evidence: Evidence) -> Answer:
    found = [place for citation in named if (place := evidence.place(citation))]
    citations = [evidence.citation(passage, quote) for passage, quote in found]
    citations.sort(key=lambda c: c.in_force_to is not None)  # what holds today first
    passages = [passage for passage, _ in found]
    return replace(
        answer,
        kind="answer",
        text="\n\n".join([*lines, *evidence.not_yet(passages, answer.as_of), texts.as_of(answer.as_of)]),
        citations=tuple(citations),
        warnings=evidence.warnings(passages, answer.as_of),
    )


def term(question: str, terms: Sequence[Term]) -> tuple[Term, bool] | None:
    """The term whose name today (True), or of before (False), the question asks for; the longest that it names."""
    if search(_NAMED_BEFORE, question) and not search(_NOW, question):
        found = [t for t in terms if _names(question, t.new)]
        return (max(found, key=lambda t: len(t.new)), False) if found else None
    if search(_NAMED_NOW, question):
        found = [t for t in terms if _names(question, t.old)]
        return (max(found, key=lambda t: len(t.old)), True) if found else None
    return None


def _names(question: str, name: str) -> bool:
    """Whether the question has the name, in its short form too: «chi cục thi hành án»."""
    asked, wanted = (re.sub(r"\bthi hanh an dan su\b", "thi hanh an", fold(nfc(t))) for t in (question, name))
    return bool(re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", asked))


def term_answer(answer: Answer, found: Term, knowledge: Knowledge, evidence: Evidence, *, now: bool) -> Answer:
    """The other name, since when, and where that stands."""
    places = [c for c in find_citations(found.basis) if c.number and c.article]
    named = {c.number for c in places}
    whole = [d for m in find_documents(found.basis) for d in knowledge.library.numbered(m.number) if d.number not in named]
    basis = _with_names(found.basis, knowledge.library)
    shown: list[tuple[Passage, str]] = [place for c in places if (place := evidence.place(c))]
    first = [next(article for _, article in d.articles()) for d in whole]
    citations: list[AnswerCitation] = [evidence.citation(passage, quote) for passage, quote in shown]
    citations += [evidence.document_citation(d, article.whole_text()) for d, article in zip(whole, first, strict=True)]
    return replace(
        answer,
        kind="answer",
        text="\n\n".join(
            [texts.renamed(found.old, found.new, found.since, basis, found.note, now=now), texts.as_of(answer.as_of)]
        ),
        citations=tuple(citations),
        warnings=evidence.warnings([passage for passage, _ in shown], answer.as_of, [d.key for d in whole]),
    )


def _with_names(basis: str, library: Library) -> str:
    """The basis as one says it: each bare number with the kind of its document."""
    for mention in reversed(find_documents(basis)):
        known = library.numbered(mention.number)
        if mention.kind is None and known:
            basis = f"{basis[: mention.start]}{known[0].name}{basis[mention.end :]}"
    return basis
