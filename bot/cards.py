"""Cards: a named article with its status, a document with where it stands.

What is shown is the library's text, never a summary of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import texts
from bot.evidence import Evidence, passage_at
from bot.message import Answer
from knowledge.citation import Citation, write_place
from knowledge.document import LegalDocument, Provision
from knowledge.passages import Passage
from knowledge.store import Library
from knowledge.text import shorten
from knowledge.timeline import holds, replaced_by, state
from knowledge.transition import OLD, ruling

WHOLE = 100_000  # characters: no cutting


@dataclass(frozen=True, slots=True)
class Shown:
    """A place that is shown as such."""

    document: LegalDocument
    article: Provision
    shown: Provision
    citation: Citation
    place: str

    @property
    def title(self) -> str:
        head = f"{write_place(self.citation)} {self.document.name}".strip()
        return f"{head} – {self.article.heading}"

    def passage(self) -> Passage:
        return passage_at(self.document, (self.place, self.article.heading), self.citation, self.shown.whole_text())


def shown_places(places: Sequence[tuple[LegalDocument, Citation]]) -> list[Shown]:
    """The places that exist, with their text."""
    found = []
    for document, citation in places:
        article = document.article(str(citation.article))
        shown = article
        for label in (citation.clause, citation.point):
            shown = shown.child(label) if shown and label else shown
        if article and shown:
            found.append(Shown(document, article, shown, citation, article.label))
    return found


def article_card(answer: Answer, places: Sequence[Shown], absent: Sequence[str], evidence: Evidence, room: int) -> Answer:
    """The places with their status on the answer's date; each at most its share of `room` characters."""
    each = room // len(places)
    blocks, passages = list(absent), [place.passage() for place in places]
    for place, passage in zip(places, passages, strict=True):
        cut = f" {texts.SHORTENED}" if len(passage.text) > each else ""
        blocks.append(f"{place.title}\n{shorten(passage.text, each)}{cut}")
        if not holds(passage.in_force_from, passage.in_force_to, answer.as_of):
            whole = holds(place.document.effective_from, place.document.effective_to, answer.as_of)
            name = f"Lời văn này của {write_place(place.citation)}" if whole else place.document.name
            blocks.append(texts.not_in_force(name, answer.as_of, passage.in_force_from, passage.in_force_to))
    blocks.append(texts.as_of(answer.as_of))
    citations = tuple(evidence.citation(passage, passage.text) for passage in passages)
    return replace(
        answer, kind="article", text="\n\n".join(blocks), citations=citations, warnings=evidence.warnings(passages, answer.as_of)
    )


def document_card(answer: Answer, document: LegalDocument, library: Library, evidence: Evidence) -> Answer:
    """What a document is, where it stands on the answer's date, and what came after it."""
    count = sum(article.level == "article" for _, article in document.articles())
    lines = [
        f"{document.name} – {document.title}: {_standing(document, answer.as_of)}.",
        f"{document.issuer} ban hành ngày {texts.day(document.issued)}" + (f", gồm {count} điều." if count else "."),
    ]
    lines += [texts.issued_then(document.number, document.issued)] if "trùng" in document.notes else []
    early = [part for part in document.partial_effect if part.effective_from and part.effective_from < document.effective_from]
    lines += [texts.in_part(part.places, part.effective_from) for part in early if part.effective_from]
    successors = replaced_by(document, library.documents)
    if successors and answer.as_of >= (document.effective_to or answer.as_of):
        lines.append("Văn bản thay thế: " + "; ".join(f"{d.name} (từ {texts.day(d.effective_from)})" for d in successors) + ".")
    citations = []
    if document.number == OLD and answer.as_of >= (document.effective_to or date.max):
        exception = ruling("finished", "complaint")
        lines.append(f"{exception.sentence} ({evidence.name(exception.basis[0])})")
        found = evidence.place(exception.basis[0])
        citations += [evidence.citation(*found)] if found else []
    first = next(article for _, article in document.articles())
    head = f"{first.name} – {first.heading}: " if first.level == "article" else f"{first.heading}: "
    lines.append(shorten(head + first.whole_text(), 450))
    lines.append(texts.as_of(answer.as_of))
    citations.insert(0, evidence.document_citation(document, first.whole_text()))
    warnings = evidence.warnings((), answer.as_of, [document.key])
    return replace(answer, kind="answer", text="\n\n".join(lines), citations=tuple(citations), warnings=warnings)


def _standing(document: LegalDocument, on: date) -> str:
    since = f"có hiệu lực từ {texts.day(document.effective_from)}"
    return {
        "in_force": f"còn hiệu lực tại ngày {texts.day(on)} ({since})",
        "not_yet": f"chưa có hiệu lực tại ngày {texts.day(on)} ({since})",
        "expired": f"hết hiệu lực từ {texts.day(document.effective_to or document.effective_from)}",
        "unconfirmed": f"{since}; chưa xác nhận được còn hiệu lực tại ngày {texts.day(on)} hay không",
    }[state(document, on)]
