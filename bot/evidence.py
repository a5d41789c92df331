"""Turns passages into what an answer shows of them: citations with addresses, and what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot import texts
from bot.message import AnswerCitation
from knowledge.citation import Citation, find_citations, write_place
from knowledge.document import LegalDocument
from knowledge.passages import Passage
from knowledge.store import Library
from knowledge.text import shorten, slug
from knowledge.timeline import state

NOTE = 260  # characters of a document's notes in an answer


class Evidence:
    """Shows passages of one library, with addresses under one public address."""

    def __init__(self, library: Library, public_url: str) -> None:
        self._library = library
        self._base = public_url.rstrip("/")

    def citation(self, passage: Passage, quote: str) -> AnswerCitation:
        """The citation of a passage with what it says."""
        cited = passage.citation
        return AnswerCitation(
            document=str(cited.number),
            article=cited.article,
            clause=cited.clause,
            point=cited.point,
            title=passage.heading,
            quote=quote,
            text="digest" if passage.digest else "official",
            in_force_from=passage.in_force_from.isoformat(),
            in_force_to=passage.in_force_to.isoformat() if passage.in_force_to else None,
            url=self.url(passage.document, passage.place),
        )

    def document_citation(self, document: LegalDocument, quote: str) -> AnswerCitation:
        """The citation of a document as a whole."""
        return AnswerCitation(
            document=document.number,
            article=None,
            clause=None,
            point=None,
            title=document.title,
            quote=shorten(quote, 500),
            text=document.text,
            in_force_from=document.effective_from.isoformat(),
            in_force_to=document.effective_to.isoformat() if document.effective_to else None,
            url=self.url(document.key, None),
        )

    def place(self, citation: Citation) -> tuple[Passage, str] | None:
        """A place by its address, with its whole text; None when the library does not have it."""
        for document in self._library.numbered(citation.number or ""):
            article = document.article(citation.article or "")
            shown = article
            for label in (citation.clause, citation.point):
                shown = shown.child(label) if shown and label else shown
            if article and shown:
                return passage_at(document, (article.label, article.heading), citation, shown.whole_text()), shown.whole_text()
        return None

    def name(self, citation: Citation) -> str:
        """A place with the name of its document: `khoản 1 Điều 116 Luật 106/2025/QH15`."""
        documents = self._library.numbered(citation.number or "")
        return f"{write_place(citation)} {documents[0].name if documents else citation.number}".strip()

    def url(self, document: str, place: str | None) -> str:
        """The address of a document's page or of an article's."""
        if place is None:
            return f"{self._base}/van-ban/{document}"
        return (
            f"{self._base}/van-ban/{document}/{place.replace('~', 'muc-', 1) if place.startswith('~') else f'dieu-{slug(place)}'}"
        )

    def warnings(self, passages: Sequence[Passage], on: date, documents: Iterable[str] = ()) -> tuple[str, ...]:
        """What to beware of: status that could not be confirmed, what a source lacks, doubts about the first place, digests."""
        keys = list(dict.fromkeys([*(p.document for p in passages), *documents]))
        warnings: list[str] = []
        for place, document in enumerate(self._library.by_key[key] for key in keys):
            if state(document, on) == "unconfirmed":
                warnings.append(texts.WARN_UNCONFIRMED.format(name=document.name, on=texts.day(on)))
            if document.notes and place == 0:  # what the main source lacks; the page of each document says the rest
                warnings.append(texts.WARN_NOTES.format(name=document.name, notes=shorten(document.notes, NOTE)))
        if passages:
            warnings += self._doubts(passages[0])
        if any(self._library.by_key[key].text == "digest" for key in keys):
            warnings.append(texts.WARN_DIGEST)
        return tuple(dict.fromkeys(warnings))

    def not_yet(self, passages: Sequence[Passage], on: date) -> list[str]:
        """A sentence on each document of the passages that does not hold yet on the date."""
        early = {p.document: p for p in passages if on < p.in_force_from}
        return [
            texts.not_in_force(self._library.by_key[key].name, on, p.in_force_from, p.in_force_to) for key, p in early.items()
        ]

    def _doubts(self, passage: Passage) -> list[str]:
        entry = self._library.articles.get(passage.article_key)
        doubts = [doubt for doubt in (entry[1].doubts if entry else ()) if _concerns(doubt, passage.citation)]
        return [texts.WARN_DOUBT.format(place=f"Điều {passage.place}", doubt=doubt.rstrip(".")) for doubt in doubts]


def passage_at(document: LegalDocument, article: tuple[str, str], citation: Citation, text: str) -> Passage:
    """A passage made for a place that is shown as such; `article` is its place and heading."""
    place, heading = article
    provision = document.article(place)
    parts = [provision] if provision else []
    for label in (citation.clause, citation.point):
        child = parts[-1].child(label) if parts and label else None
        parts += [child] if child else []
    return Passage(
        id=f"{document.key}#{place}",
        document=document.key,
        place=place,
        citation=citation,
        heading_path=(document.title, heading),
        text=text,
        in_force_from=next((p.in_force_from for p in reversed(parts) if p.in_force_from), document.effective_from),
        in_force_to=next((p.in_force_to for p in reversed(parts) if p.in_force_to), document.effective_to),
        audience=document.audience,
        digest=document.text == "digest",
        confirmed=document.status != "unconfirmed",
    )


def _concerns(doubt: str, citation: Citation) -> bool:
    """Whether a doubt about an article touches the shown clause; a doubt that names no clause touches all."""
    clauses = {named.clause for named in find_citations(doubt) if named.clause}
    return not clauses or citation.clause is None or citation.clause in clauses
