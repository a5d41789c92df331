"""Answers questions that name an article or a document: its text and status, or that it does not exist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot import texts
from knowledge.citation import Citation, DocumentMention, find_citations, find_documents, write_place
from knowledge.document import LegalDocument
from knowledge.moments import Issue, issue_named
from knowledge.search import ArticleHit
from knowledge.soundness import has_place
from knowledge.store import Library
from knowledge.text import fold, words

# Words that ask for an article as such; a question with more than these asks for a rule.
_ASKING_WORDS = """
    noi dung cua la gi quy dinh ve nhu the nao ra sao cho toi xem hoi doc luat bo nghi thong tu lien tich chi thi quyet ket
    luan hanh an dan su so thads tha nam nay theo trong o tai va hay giup voi a nhe van ban xin trich nguyen toan full muc
    hien moi nhat chao em anh oi cam on biet dum can muon
"""
_ASKING = frozenset(_ASKING_WORDS.split())
_DOCUMENT_ASKED = re.compile(
    r"\b(con hieu luc|het hieu luc|hieu luc|la van ban gi|noi ve gi|quy dinh gi|van ban nao|ban hanh (ngay|khi) nao|ve viec gi|co noi dung)\b"
)

NAMED_DOCUMENT = 0.5  # an article of a document that the question names goes first from this share of the best on


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
        issue = issue_named(question, mention)
        rest = rest[: mention.start] + " " + rest[issue.end if issue else mention.end :]
    rest = re.sub(r"\b(dieu|khoan|diem|cac|[dk]\.?)\s*(so\s+)?[\da-z]{1,4}\b", " ", rest)
    return all(word in _ASKING or word.isdigit() for word in words(rest))


def without_documents(question: str) -> str:
    """The question without the documents that it names: their numbers say nothing of its subject."""
    rest = question
    for mention in reversed(find_documents(question)):
        issue = issue_named(question, mention)
        rest = rest[: mention.start] + " " + rest[issue.end if issue else mention.end :]
    return " ".join(rest.split())


def asks_for_document(question: str) -> bool:
    """Whether the question is about a document as a whole."""
    return bool(_DOCUMENT_ASKED.search(fold(question))) or asks_for_text(question)


def _documents(question: str, library: Library, on: date) -> tuple[dict[str, LegalDocument], list[str], list[str]]:
    """Named documents by the number as written, sentences on unknown ones, and choices for numbers that repeat."""
    found: dict[str, LegalDocument] = {}
    absent: list[str] = []
    choices: list[str] = []
    for mention in find_documents(question):
        known = library.numbered(mention.number, mention.kind)
        issue = issue_named(question, mention)
        candidates = _issued_then(known, issue) if issue else _by_year(known, question)
        if known and not candidates and issue:
            absent.append(
                texts.no_such_issue(mention.number, issue.year, [f"{d.name} ngày {texts.day(d.issued)}" for d in known])
            )
        elif len(candidates) > 1 and len({d.number for d in candidates}) == 1:
            choices.append(
                texts.which_document(mention.number, [f"{d.name} ngày {texts.day(d.issued)} ({d.title})" for d in candidates])
            )
        elif candidates:
            found[mention.number] = _preferred(candidates, on)
        elif mention.full and not _amends_known(mention, library):
            absent.append(texts.no_such_document(mention.number))
    return found, absent, choices


def _issued_then(candidates: list[LegalDocument], issue: Issue) -> list[LegalDocument]:
    """Of documents with one number, those issued on the day that the question says, else in its year."""
    on_the_day = [d for d in candidates if d.issued == issue.day]
    return on_the_day or [d for d in candidates if d.issued.year == issue.year]


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


def named_first(found: list[ArticleHit], named: Named) -> list[ArticleHit]:
    """Articles that the question names go first, then those of a document that it names when they answer well enough."""
    places = _keys(named.places)
    documents = {document.key for document in named.documents}
    best = found[0].score

    def of_named(hit: ArticleHit) -> bool:
        return hit.best.passage.document in documents and hit.score >= NAMED_DOCUMENT * best

    ordered = sorted(found, key=lambda hit: (hit.best.passage.article_key not in places, not of_named(hit)))
    if places or not of_named(ordered[0]):
        return ordered
    return [hit for hit in ordered if of_named(hit) or hit.score <= ordered[0].score]


def found_among(found: list[ArticleHit], named: Named) -> bool:
    """Whether an article that the question names was found."""
    return not _keys(named.places).isdisjoint(hit.best.passage.article_key for hit in found)


def _keys(places: Sequence[tuple[LegalDocument, Citation]]) -> set[tuple[str, str]]:
    return {(document.key, str(citation.article)) for document, citation in places}
