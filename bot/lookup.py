"""Answers questions that name an article or a document: its text and status, or that it does not exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot import texts
from knowledge.citation import Citation, DocumentMention, find_citations, find_documents, write_place
from knowledge.document import LegalDocument
from knowledge.soundness import has_place
from knowledge.store import Library
from knowledge.text import fold, words

# Words that ask for an article as such; a question with more than these asks for a rule.
_ASKING = frozenset(
    [
        "noi",
        "dung",
        "cua",
        "la",
        "gi",
        "quy",
        "dinh",
        "ve",
        "nhu",
        "the",
        "nao",
        "ra",
        "sao",
        "cho",
        "toi",
        "xem",
        "hoi",
        "doc",
        "luat",
        "bo",
        "nghi",
        "thong",
        "tu",
        "lien",
        "tich",
        "chi",
        "thi",
        "quyet",
        "ket",
        "luan",
        "thi",
        "hanh",
        "an",
        "dan",
        "su",
        "so",
        "thads",
        "tha",
        "nam",
        "nay",
        "theo",
        "trong",
        "o",
        "tai",
        "va",
        "hay",
        "giup",
        "voi",
        "a",
        "nhe",
        "noi",
        "gi",
        "van",
        "ban",
        "xin",
        "trich",
        "dan",
        "nguyen",
        "van",
        "toan",
        "full",
        "muc",
        "hien",
        "moi",
        "nhat",
    ]
)
_DOCUMENT_ASKED = re.compile(
    r"\b(con hieu luc|het hieu luc|hieu luc|la van ban gi|noi ve gi|quy dinh gi|van ban nao|ban hanh (ngay|khi) nao|ve viec gi|co noi dung)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names: places that exist, with their documents, and sentences on those that do not."""

    places: tuple[tuple[LegalDocument, Citation], ...]
    absent: tuple[str, ...]
    documents: tuple[LegalDocument, ...]
    choices: tuple[str, ...]  # a number that several documents bear, with their names

    @property
    def nothing(self) -> bool:
        return not (self.places or self.absent or self.documents or self.choices)


def read_names(question: str, library: Library, main: Sequence[str], on: date) -> Named:
    """The documents and places that a question names, resolved against the library on a date."""
    documents, absent, choices = _documents(question, library, on)
    places: list[tuple[LegalDocument, Citation]] = []
    for citation in find_citations(question):
        if citation.article is None:
            continue
        document = _document_for(citation, documents, library, main, on)
        if document is None:
            continue
        if has_place(document, citation.article, citation.clause, citation.point):
            places.append((document, Citation(document.number, citation.article, citation.clause, citation.point)))
        else:
            absent.append(_absence(document, citation))
    return Named(tuple(places), tuple(dict.fromkeys(absent)), tuple(documents.values()), tuple(choices))


def asks_for_text(question: str) -> bool:
    """Whether the question wants the named article itself, not a rule that it takes part in."""
    rest = fold(question)
    for mention in reversed(find_documents(question)):
        rest = rest[: mention.start] + " " + rest[mention.end :]
    rest = re.sub(r"\b(dieu|khoan|diem|cac|[dk]\.?)\s*(so\s+)?[\da-z]{1,4}\b", " ", rest)
    return all(word in _ASKING or word.isdigit() for word in words(rest))


def asks_for_document(question: str) -> bool:
    """Whether the question is about a document as a whole."""
    return bool(_DOCUMENT_ASKED.search(fold(question))) or asks_for_text(question)


def _documents(question: str, library: Library, on: date) -> tuple[dict[str, LegalDocument], list[str], list[str]]:
    """Named documents by the number as written, sentences on unknown ones, and choices for numbers that repeat."""
    found: dict[str, LegalDocument] = {}
    absent: list[str] = []
    choices: list[str] = []
    for mention in find_documents(question):
        candidates = _by_year(library.numbered(mention.number, mention.kind), question)
        if len(candidates) > 1 and len({d.number for d in candidates}) == 1:
            choices.append(
                texts.which_document(mention.number, [f"{d.name} ngày {texts.day(d.issued)} ({d.title})" for d in candidates])
            )
        elif candidates:
            found[mention.number] = _preferred(candidates, on)
        elif mention.full and not _amends_known(mention, library):
            absent.append(texts.no_such_document(mention.number))
    return found, absent, choices


def _by_year(candidates: list[LegalDocument], question: str) -> list[LegalDocument]:
    """Of documents with one number, the one whose year of issue the question names."""
    named = [d for d in candidates if re.search(rf"\b{d.issued.year}\b", question)]
    return named or candidates


def _preferred(candidates: list[LegalDocument], on: date) -> LegalDocument:
    return next(
        (d for d in candidates if d.effective_from <= on and (d.effective_to is None or on < d.effective_to)), candidates[0]
    )


def _amends_known(mention: DocumentMention, library: Library) -> bool:
    return any(fold(a.number) == fold(mention.number) for d in library.documents for a in d.amended_by)


def _document_for(
    citation: Citation, documents: dict[str, LegalDocument], library: Library, main: Sequence[str], on: date
) -> LegalDocument | None:
    if citation.number:
        return documents.get(citation.number)
    if len(documents) == 1:
        return next(iter(documents.values()))
    return library.in_force(main, on)


def _absence(document: LegalDocument, citation: Citation) -> str:
    article = document.article(str(citation.article))
    if article is None:
        last = [a.label for _, a in document.articles() if a.level == "article"]
        return texts.no_such_article(f"Điều {citation.article}", document.name, last[-1] if last else "?")
    count = sum(child.level == "clause" for child in article.children)
    has = f"Điều {citation.article} có {count} khoản." if count else f"Điều {citation.article} không chia khoản."
    return texts.no_such_place(write_place(citation), document.name, has)
