"""Answers about law in time: which law a case falls under, where an old article went, what differs between old law and new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot import texts
from bot.compose import whole_clause
from bot.evidence import Evidence
from bot.message import Answer
from bot.state import Knowledge
from knowledge.citation import Citation, write_place
from knowledge.document import LegalDocument
from knowledge.moments import Moment
from knowledge.passages import Passage
from knowledge.search import ArticleHit
from knowledge.succession import Succession
from knowledge.text import fold, shorten
from knowledge.transition import CHANGED, DECREE, NEW, OLD, Matter, Ruling, Stage, ruling

_ENFORCEMENT = (OLD, NEW, DECREE, "62/2015/NĐ-CP")  # law that the transition rules speak of
_WHICH_LAW = re.compile(
    r"\b(theo luat nao|ap dung luat (nao|cu|moi)|luat cu hay luat moi|luat moi hay luat cu|luat cu hay moi|chuyen tiep"
    r"|theo luat cu hay|van theo luat cu|co phai lam lai)\b"
)
_FINISHED = re.compile(r"\b(da (thi hanh )?xong|thi hanh xong|da ket thuc|ket thuc roi|xong roi|da thi hanh xong)\b")
_UNFINISHED = re.compile(
    r"\b(chua xong|chua thi hanh|dang thi hanh|chua ket thuc|con do|do dang|dang giai quyet|dang lam do|da ke bien"
    r"|da (tham )?dinh gia)\b"
)
_MATTERS: tuple[tuple[Matter, re.Pattern[str]], ...] = (
    ("running_time_limit", re.compile(r"\b(dang chay|chay do|con dang tinh|tinh do)\b")),
    ("protest_time_limit", re.compile(r"\bthoi han khang nghi\b")),
    ("protest", re.compile(r"\b(khang nghi|kien nghi)\b")),
    ("complaint", re.compile(r"\b(khieu nai|to cao)\b")),
    ("done_step", re.compile(r"\b(lam lai|da ke bien|da (tham )?dinh gia|thu tuc da|buoc da)\b")),
)
_WHERE_NOW = re.compile(
    r"\b(nay la|bay gio la|hien la|tuong ung|thay bang|o luat moi|trong luat moi|nam o dau|chuyen thanh|so may)\b"
)


def asks_which_law(question: str) -> bool:
    """Whether the question is which law a case falls under."""
    return bool(_WHICH_LAW.search(fold(question)))


def asks_where_now(question: str) -> bool:
    """Whether the question is where an old article went."""
    return bool(_WHERE_NOW.search(fold(question)))


def which_law(answer: Answer, question: str, evidence: Evidence) -> Answer:
    """The transition rules that decide, for the stage and the matter that the question names; all of them when it names none."""
    folded = fold(question)
    matter: Matter = next((name for name, pattern in _MATTERS if pattern.search(folded)), "enforcement")
    stages: tuple[Stage, ...] = (
        ("finished",)
        if _FINISHED.search(folded)
        else ("unfinished",)
        if _UNFINISHED.search(folded)
        else ("unfinished", "finished")
    )
    rulings = list(dict.fromkeys(ruling(stage, matter) for stage in stages))
    if matter == "protest":
        rulings.append(ruling("finished", "protest_time_limit"))
    return _stated(answer, rulings, evidence)


def _stated(answer: Answer, rulings: Sequence[Ruling], evidence: Evidence) -> Answer:
    found = [place for r in rulings for basis in r.basis if (place := evidence.place(basis))]
    passages = [passage for passage, _ in found]
    lines = [f"{r.sentence}\n({'; '.join(evidence.name(b) for b in r.basis)})" for r in rulings]
    return replace(
        answer,
        kind="answer",
        text="\n\n".join([*lines, texts.as_of(answer.as_of)]),
        citations=tuple(dict.fromkeys(evidence.citation(passage, quote) for passage, quote in found)),
        warnings=evidence.warnings(passages, answer.as_of),
    )


def reason(moment: Moment, law: LegalDocument | None, on: date) -> str:
    """Why the answer stands on the law of that date."""
    name = f"{law.name} ({_span(law)})" if law else f"luật có hiệu lực ngày {texts.day(on)}"
    return f"Câu hỏi nói «{moment.words.strip()}», nên trả lời theo {name}."


def crossing(moment: Moment | None, answer: Answer, today: date, evidence: Evidence) -> Answer:
    """The answer with the transition rule added, when the case began before the law changed and goes on after it."""
    if answer.kind != "answer" or not answer.citations or not answer.citations[0].article:
        return answer
    if answer.citations[0].document not in _ENFORCEMENT:  # a decree on boats or a Party rule has no such transition
        return answer
    if (
        moment is None
        or moment.basis in ("old_law", "new_law")
        or moment.happened is None
        or moment.happened >= CHANGED
        or today < CHANGED
    ):
        return answer
    rule = ruling("unfinished", "enforcement")
    found = [place for basis in rule.basis if (place := evidence.place(basis))]
    places = "; ".join(evidence.name(b) for b in rule.basis)
    citations = answer.citations + tuple(evidence.citation(passage, quote) for passage, quote in found)
    return replace(answer, text=f"{answer.text}\n\nChuyển tiếp: {rule.sentence} ({places})", citations=citations)


def where_now(
    answer: Answer, old: Sequence[tuple[LegalDocument, Citation]], knowledge: Knowledge, evidence: Evidence
) -> Answer | None:
    """Where the named old articles went; None when the maps do not speak of their documents."""
    lines, found = [], []
    for document, citation in old:
        succession = knowledge.successions.of(document.number, str(citation.article))
        if succession is None:
            continue
        places = [place for c in (succession.origin, *succession.successors) if (place := evidence.place(c))]
        found += places
        lines.append(_moved(document, succession, evidence))
    if not lines:
        return None
    passages = [passage for passage, _ in found]
    citations = [evidence.citation(passage, quote) for passage, quote in found]
    citations.sort(key=lambda c: c.in_force_to is not None)  # what holds today first
    return replace(
        answer,
        kind="answer",
        text="\n\n".join([*lines, texts.as_of(answer.as_of)]),
        citations=tuple(citations),
        warnings=evidence.warnings(passages, answer.as_of),
    )


def _moved(document: LegalDocument, succession: Succession, evidence: Evidence) -> str:
    origin = f"Điều {succession.origin.article} {document.name}"
    if not succession.successors:
        return f"{origin} không còn điều tương ứng. {succession.change}"
    places = "; ".join(evidence.name(c) for c in succession.successors)
    return f"{origin} nay là {places}.\n{succession.change}"


def comparison(answer: Answer, found: Sequence[ArticleHit], knowledge: Knowledge, evidence: Evidence, room: int) -> Answer | None:
    """The rule of today beside the old one it took over from; None when the found article has no known origin."""
    for hit in found[:3]:
        passage = hit.best.passage
        origins = knowledge.successions.origins(str(passage.citation.number), str(passage.citation.article))
        old = [(o, place) for o in origins[:2] if (place := evidence.place(o.origin))]
        if old:
            return _side_by_side(answer, passage, old, knowledge, evidence, room)
    return None


def _side_by_side(
    answer: Answer,
    passage: Passage,
    old: list[tuple[Succession, tuple[Passage, str]]],
    knowledge: Knowledge,
    evidence: Evidence,
    room: int,
) -> Answer:
    each = room // (1 + len(old))
    new_text = whole_clause(passage, knowledge.library)
    document = knowledge.library.by_key[passage.document]
    blocks = [f"Luật mới – {write_place(passage.citation)} {document.name} ({_span(document)}):\n{shorten(new_text, each)}"]
    for succession, (old_passage, old_text) in old:
        old_document = knowledge.library.by_key[old_passage.document]
        blocks.append(
            f"Luật cũ – Điều {old_passage.place} {old_document.name} ({_span(old_document)}):\n{shorten(old_text, each)}"
        )
        blocks.append(f"Khác nhau: {succession.change}")
    passages = [passage, *(p for _, (p, _) in old)]
    citations = (evidence.citation(passage, new_text), *(evidence.citation(p, text) for _, (p, text) in old))
    blocks.append(texts.as_of(answer.as_of))
    return replace(
        answer, kind="answer", text="\n\n".join(blocks), citations=citations, warnings=evidence.warnings(passages, answer.as_of)
    )


def _span(document: LegalDocument) -> str:
    starts = f"từ {texts.day(document.effective_from)}"
    return f"{starts}, hết hiệu lực từ {texts.day(document.effective_to)}" if document.effective_to else starts
