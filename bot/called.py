"""Finds the document that a question means without its number: luật cũ, the law of today, the decrees that detail a law."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import texts
from bot.evidence import Evidence
from bot.message import Answer, AnswerCitation
from knowledge.citation import Citation, find_citations, find_documents
from knowledge.document import LegalDocument
from knowledge.store import Library
from knowledge.text import fold, words
from knowledge.timeline import state
from knowledge.timewords import NEW, NEW_NAME, OLD, OLD_NAME, both, replace_all, search

_STANDING = both(
    r"\bhiệu lực\b|\bcòn (?:được )?(?:áp dụng|dùng)\b|\bbị (?:thay|bãi bỏ)|\b(?:thay|bãi bỏ) (?:bằng|bởi)\b"
    r"|\b(?:áp dụng|thi hành) (?:từ )?(?:khi nào|ngày nào|bao giờ|lúc nào)\b"
)
_STILL = both(r"\b(?:còn|hết|mất|bị|thay|bãi bỏ)\b")
_WHICH = both(
    r"\b(?:là luật (?:nào|gì|số)|số (?:mấy|bao nhiêu|hiệu|nào)|luật nào|tên (?:gì|là gì)|ban hành (?:khi nào|ngày nào|năm nào))\b"
)
_LAW = both(r"\bluật (?:về )?(?:thads|thi hành án dân sự|thi hành án|tha)\b")
_DETAILS = both(
    r"\b(?:văn bản|nghị định|thông tư|những gì)(?: \w+){0,3} (?:quy định chi tiết|hướng dẫn|chi tiết hóa|cụ thể hóa)\b"
    r"|\b(?:quy định chi tiết|hướng dẫn)(?: thi hành)? .*\b(?:bởi|là|có) (?:văn bản|nghị định|thông tư)(?: nào)?\b"
    r"|\b(?:văn bản|nghị định|thông tư) (?:hướng dẫn|quy định chi tiết)\b"
)
_ASKING_WORDS = (
    "luat thi hanh an dan su thads tha cu moi nhat hien hanh 2008 2025 con het co mat hieu luc khong chua khi ngay nam nao tu luc la so may "
    "bao nhieu hieu gi ten ve ap dung duoc nua nay bay gio vay a the nhi ban hanh toi hoi cho xin biet dang bi thay bai bo bang boi van ban "
    "viec nhung truong hop"
)
_ASKING = frozenset(_ASKING_WORDS.split())
_SCOPE = re.compile(r"\b(?:quy dinh chi tiet|huong dan|cu the hoa|bien phap thi hanh)\b[^.]*\bluat thi hanh an dan su\b")


def main_laws(main: Sequence[str], library: Library, today: date) -> tuple[LegalDocument | None, LegalDocument | None]:
    """The main law in force and the one that it replaced."""
    current = library.in_force(main, today)
    before = [d for number in main for d in library.numbered(number) if current and d.number in current.replaces]
    return current, before[0] if before else None


def with_numbers(question: str, current: LegalDocument | None, before: LegalDocument | None) -> str:
    """The question with «luật mới» and «luật cũ» by their numbers, so that an article beside them belongs to the right one."""
    known = [(pair, law.name) for pair, law in ((OLD_NAME, before), (NEW_NAME, current)) if law]
    return replace_all(question, *known)


def law_meant(
    question: str, current: LegalDocument | None, before: LegalDocument | None, held: LegalDocument | None
) -> LegalDocument | None:
    """The main law whose standing is asked for by its everyday name; None when the question names a number, an article or a rule.

    `held` is the main law in force on the day of the answer: what the law without «cũ» or «mới» means.
    """
    if find_documents(question) or any(c.article for c in find_citations(question)) or not _short(question):
        return None
    if not (search(_STANDING, question) or search(_WHICH, question)):
        return None
    if search(OLD, question):
        return before
    if search(NEW, question):
        return current
    return held if search(_LAW, question) and (search(_STILL, question) or search(_WHICH, question)) else None


def _short(question: str) -> bool:
    """Whether the question asks for the law alone: a rule of it takes more words."""
    return not set(words(fold(question))) - _ASKING


def replaced_unseen(question: str, library: Library) -> tuple[str, LegalDocument] | None:
    """A document that the library does not have but another one says to have replaced: its number, and the one that replaced it."""
    if not search(_STANDING, question):
        return None
    for mention in find_documents(question):
        if library.numbered(mention.number, mention.kind):
            continue
        for document in library.documents:
            for number in document.replaces:
                if mention.kind in (None, document.kind) and f"{fold(number)}/".startswith(f"{fold(mention.number)}/"):
                    return number, document
    return None


def ended_card(answer: Answer, number: str, heir: LegalDocument, evidence: Evidence) -> Answer:
    """That a document was replaced, when and by which, from what the other one says."""
    text = texts.replaced(f"{heir.kind} {number}", heir.name, heir.effective_from)
    return replace(
        answer,
        kind="answer",
        text=f"{text}\n\n{texts.as_of(answer.as_of)}",
        citations=(evidence.document_citation(heir, _scope(heir)),),
        warnings=evidence.warnings((), answer.as_of, [heir.key]),
    )


def asks_for_details(question: str) -> bool:
    """Whether the question is which documents detail the law."""
    law_named = any(search(pair, question) for pair in (_LAW, OLD, NEW)) or bool(find_documents(question))
    return law_named and bool(search(_DETAILS, question))


def details(answer: Answer, law: LegalDocument, library: Library, evidence: Evidence) -> Answer:
    """The decrees and circulars that detail a law, with where each stands."""
    theirs = [d for d in library.documents if _details(d, law, library)]
    theirs.sort(key=lambda d: (d.kind != "Nghị định", law.title not in d.title, d.issued))  # the decree named after the law first
    known = [d for d in theirs if state(d, answer.as_of) != "unconfirmed"]
    doubtful = [d for d in theirs if state(d, answer.as_of) == "unconfirmed"]
    lines = [f"{d.name} – {d.title} ({texts.span(d.effective_from, d.effective_to)})" for d in known]
    text = texts.detailed_by(law.name, lines, [d.name for d in doubtful], answer.as_of)
    return replace(
        answer,
        kind="answer",
        text=f"{text}\n\n{texts.as_of(answer.as_of)}",
        citations=tuple(_scope_citation(d, evidence) for d in known),
        warnings=evidence.warnings((), answer.as_of, [d.key for d in known]),
    )


def _details(document: LegalDocument, law: LegalDocument, library: Library) -> bool:
    """Whether a document says in its title or its first article that it details this law: the one in force when it was issued."""
    if document.kind not in ("Nghị định", "Thông tư", "Thông tư liên tịch"):
        return False
    heirs = [d for d in library.documents if law.number in d.replaces]
    mine = document.issued >= law.issued and not any(document.issued >= heir.issued for heir in heirs)
    return mine and bool(_SCOPE.search(fold(f"{document.title}. {_scope(document)}")))


def _scope_citation(document: LegalDocument, evidence: Evidence) -> AnswerCitation:
    """The article in which a document says what it details; the document as a whole when that part has no number."""
    first = next(article for _, article in document.articles())
    place = evidence.place(Citation(document.number, first.label)) if first.level == "article" else None
    return evidence.citation(*place) if place else evidence.document_citation(document, _scope(document))


def _scope(document: LegalDocument) -> str:
    return next(article for _, article in document.articles()).whole_text()
