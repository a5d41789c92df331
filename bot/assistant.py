"""Answers questions: the one thing that all channels know.

A question is cleaned, made to stand alone, looked up by name or searched by meaning, composed, proven and given a receipt.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import commands, compose, conversation, grounding, lookup, receipts, texts
from bot.config import Settings
from bot.database import Database, now
from bot.errors import ModelUnavailable, QuestionError
from bot.message import Answer, AnswerCitation, Kind, Question
from bot.model import ChatModel
from knowledge.citation import Citation, find_citations, write_place
from knowledge.document import LegalDocument, Provision
from knowledge.field import Field
from knowledge.passages import Passage
from knowledge.search import ArticleHit, Reader, Search
from knowledge.spelling import WordLists, wording
from knowledge.store import Library
from knowledge.text import clean, shorten, slug
from knowledge.timeline import holds, state

log = logging.getLogger(__name__)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One state of the law, open for questions."""

    name: str
    library: Library
    lists: WordLists
    search: Search
    field: Field


def today() -> date:
    """The date in Việt Nam."""
    return datetime.now(VIETNAM).date()


class Assistant:
    """Everything between a question and its answer; safe to call from several threads."""

    def __init__(
        self,
        settings: Settings,
        knowledge: Callable[[], Knowledge],
        database: Database,
        model: ChatModel | None = None,
        today: Callable[[], date] = today,
    ) -> None:
        self._settings = settings
        self._knowledge = knowledge
        self._database = database
        self._model = model
        self._today = today

    @property
    def library(self) -> Library:
        """The law as the live build has it, for those who show documents."""
        return self._knowledge().library

    def answer(self, question: Question) -> Answer:
        """The answer to a question; what is wrong with a question is answered, not raised."""
        started = time.perf_counter()
        on = question.as_of or self._today()
        knowledge = self._knowledge()
        answer = Answer(question.text, on, question.role, "refusal", "", build=knowledge.name)
        try:
            text = self._readable(question.text)
        except QuestionError as fault:
            return replace(answer, text=str(fault)).timed((time.perf_counter() - started) * 1000)
        if said := commands.reply(text):
            return replace(answer, kind="answer", text=said).timed((time.perf_counter() - started) * 1000)
        alone = self._standalone(question, text)
        answer = self._reply(answer, alone, knowledge)
        answer = replace(answer, receipt=receipts.number_of(answer))
        self._remember(question, text, alone, answer)
        return answer.timed((time.perf_counter() - started) * 1000)

    def open_article(self, key: str, place: str, role: Reader = "citizen", on: date | None = None) -> Answer:
        """One article as a card, by its document key and place; a place that is gone is said to be."""
        knowledge = self._knowledge()
        on = on or self._today()
        answer = Answer(place, on, role, "refusal", texts.NO_SUCH_PLACE, build=knowledge.name)
        document = knowledge.library.by_key.get(key)
        entry = knowledge.library.articles.get((key, place))
        if document is None or entry is None or (document.audience == "staff" and role != "staff"):
            return answer
        article = entry[1]
        citation = Citation(document.number, article.label if article.level == "article" else None)
        return self._article(answer, [_Shown(document, article, article, citation, place)], (), knowledge, whole=True)

    def erase(self, conversation_name: str) -> int:
        """Forget a conversation; returns how many questions went."""
        return self._database.erase([conversation_name])

    def _readable(self, text: str) -> str:
        """The cleaned question. Raises QuestionError for one that is empty, too long, or not text."""
        limit = self._settings.answers.question_limit
        if len(text) > limit:
            raise QuestionError(texts.too_long(len(text), limit))
        cleaned = clean(text)
        if not cleaned:
            raise QuestionError(texts.EMPTY)
        letters = sum(letter.isalpha() for letter in cleaned)
        if letters < 2 and not re.search(r"\d", cleaned):
            raise QuestionError(texts.UNREADABLE)
        return cleaned

    def _standalone(self, question: Question, text: str) -> str:
        if question.conversation is None or conversation.stands_alone(text):
            return text
        since = now() - timedelta(days=self._settings.conversation.forget_after_days)
        turns = self._database.last_turns(question.conversation, 1, since)
        return conversation.standalone(text, turns[-1]["standalone"] if turns else None)

    def _remember(self, question: Question, text: str, alone: str, answer: Answer) -> None:
        if answer.citations:
            receipts.keep(self._database, answer)
        if question.conversation is not None and self._settings.conversation.turns:
            self._database.add_turn(question.conversation, text, alone, answer.receipt)

    def _reply(self, answer: Answer, text: str, knowledge: Knowledge) -> Answer:
        words = wording(text, knowledge.lists)
        named = lookup.read_names(words.plain, knowledge.library, self._settings.library.main, answer.as_of)
        if named.choices:
            return replace(answer, kind="clarification", text="\n".join(named.choices))
        if named.places and lookup.asks_for_text(words.plain):
            return self._article(answer, _shown(named.places)[:3], named.absent, knowledge)
        if named.documents and not named.places and not named.absent and lookup.asks_for_document(words.plain):
            return self._document(answer, named.documents[0], knowledge)
        if named.absent and (lookup.asks_for_text(words.plain) or not named.places and not named.documents):
            return replace(answer, text="\n".join(named.absent))
        found = knowledge.search.find(words, answer.as_of, answer.role, limit=8)
        found = _named_first(found, named.places)
        outside = knowledge.field.likelihood(words) < self._settings.answers.min_likelihood
        if not found or (outside and not named.places):
            return replace(answer, text=texts.OUT_OF_FIELD)
        return self._rule(answer, text, found, named.absent, knowledge)

    def _rule(
        self, answer: Answer, text: str, found: Sequence[ArticleHit], absent: Sequence[str], knowledge: Knowledge
    ) -> Answer:
        settings = self._settings.answers
        draft = compose.compose(text, found, knowledge.library, limit=settings.answer_limit, citations=settings.citations)
        failures = grounding.check_passages(draft.passages, answer.as_of, answer.role)
        if failures:  # cannot happen while search filters; if it does, silence is better than wrong law
            log.error("composed answer failed its check: %s", failures)
            return replace(answer, text=texts.NOT_FOUND)
        body = self._worded(text, draft) or draft.text
        lines = [*absent, body, texts.as_of(answer.as_of)]
        return replace(
            answer,
            kind="answer",
            text="\n\n".join(lines),
            citations=tuple(self._citation(p, q) for p, q in zip(draft.passages, draft.quotes, strict=True)),
            warnings=self._warnings({p.document: None for p in draft.passages}, draft.passages, answer.as_of, knowledge.library),
        )

    def _worded(self, question: str, draft: compose.Draft) -> str | None:
        """What the chat model makes of the passages, None when there is no model or its text cannot be proven."""
        if self._model is None:
            return None
        try:
            text = self._model.write(question, draft.quotes)
        except ModelUnavailable:
            return None
        failures = grounding.check_figures(text, draft.quotes)
        cited = {int(n) for n in re.findall(r"\[(\d+)\]", text)}
        if failures or not cited or max(cited) > len(draft.passages):
            log.warning("model answer not proven, composed answer used: %s", failures[:3])
            return None
        return re.sub(r"\[(\d+)\]", lambda m: f"({write_place(draft.passages[int(m[1]) - 1].citation)})", text)

    def _article(
        self, answer: Answer, places: Sequence[_Shown], absent: Sequence[str], knowledge: Knowledge, *, whole: bool = False
    ) -> Answer:
        """The named places themselves, with their status; cut to a screen unless the whole is wanted."""
        room = 100_000 if whole else self._settings.answers.answer_limit // len(places)
        blocks, citations, passages = list(absent), [], []
        for place in places:
            passage = place.passage()
            passages.append(passage)
            cut = f" {texts.SHORTENED}" if len(passage.text) > room else ""
            blocks.append(f"{place.title}\n{shorten(passage.text, room)}{cut}")
            if not holds(passage.in_force_from, passage.in_force_to, answer.as_of):
                blocks.append(texts.not_in_force(place.document.name, answer.as_of, passage.in_force_from, passage.in_force_to))
            citations.append(self._citation(passage, passage.text))
        warnings = self._warnings({place.document.key: None for place in places}, passages, answer.as_of, knowledge.library)
        blocks.append(texts.as_of(answer.as_of))
        return replace(answer, kind="article", text="\n\n".join(blocks), citations=tuple(citations), warnings=warnings)

    def _document(self, answer: Answer, document: LegalDocument, knowledge: Knowledge) -> Answer:
        """What a document is and where it stands on the date."""
        standing = {
            "in_force": f"còn hiệu lực tại ngày {texts.day(answer.as_of)} (có hiệu lực từ {texts.day(document.effective_from)})",
            "not_yet": f"chưa có hiệu lực tại ngày {texts.day(answer.as_of)} (có hiệu lực từ {texts.day(document.effective_from)})",
            "expired": f"hết hiệu lực từ {texts.day(document.effective_to or document.effective_from)}",
            "unconfirmed": "chưa xác nhận được còn hiệu lực hay không",
        }[state(document, answer.as_of)]
        count = sum(article.level == "article" for _, article in document.articles())
        lines = [
            f"{document.name} – {document.title}: {standing}.",
            f"{document.issuer} ban hành ngày {texts.day(document.issued)}" + (f", gồm {count} điều." if count else "."),
        ]
        first = next(article for _, article in document.articles())
        lines.append(
            shorten(
                f"{first.name} – {first.heading}: {first.whole_text()}" if first.level == "article" else first.whole_text(), 500
            )
        )
        citation = AnswerCitation(
            document.number, None, None, None, document.title, shorten(first.whole_text(), 500), document.text,
            document.effective_from.isoformat(), document.effective_to.isoformat() if document.effective_to else None, self._url(document.key, None),
        )  # fmt: skip
        warnings = self._warnings({document.key: None}, (), answer.as_of, knowledge.library)
        return replace(
            answer, kind="answer", text="\n\n".join([*lines, texts.as_of(answer.as_of)]), citations=(citation,), warnings=warnings
        )

    def _citation(self, passage: Passage, quote: str) -> AnswerCitation:
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
            url=self._url(passage.document, passage.place),
        )

    def _url(self, document: str, place: str | None) -> str:
        base = self._settings.channels.web.public_url.rstrip("/")
        if place is None:
            return f"{base}/van-ban/{document}"
        return f"{base}/van-ban/{document}/{place.replace('~', 'muc-') if place.startswith('~') else f'dieu-{slug(place)}'}"

    def _warnings(self, documents: dict[str, None], passages: Sequence[Passage], on: date, library: Library) -> tuple[str, ...]:
        warnings: list[str] = []
        for key in documents:
            document = library.by_key[key]
            if state(document, on) == "unconfirmed":
                warnings.append(texts.WARN_UNCONFIRMED.format(name=document.name, on=texts.day(on)))
            if document.notes:
                warnings.append(texts.WARN_NOTES.format(name=document.name, notes=document.notes))
        for passage in passages[:1]:
            entry = library.articles.get(passage.article_key)
            doubts = [doubt for doubt in (entry[1].doubts if entry else ()) if _concerns(doubt, passage.citation)]
            warnings += [texts.WARN_DOUBT.format(place=f"Điều {passage.place}", doubt=doubt.rstrip(".")) for doubt in doubts]
        if any(library.by_key[key].text == "digest" for key in documents):
            warnings.append(texts.WARN_DIGEST)
        return tuple(dict.fromkeys(warnings))


def _named_first(found: list[ArticleHit], places: Sequence[tuple[LegalDocument, Citation]]) -> list[ArticleHit]:
    """Articles that the question names go first."""
    named = [(document.key, citation.article) for document, citation in places]
    return sorted(found, key=lambda hit: hit.best.passage.article_key not in named)


def _concerns(doubt: str, citation: Citation) -> bool:
    """Whether a doubt about an article touches the shown clause; a doubt that names no clause touches all."""
    clauses = {named.clause for named in find_citations(doubt) if named.clause}
    return not clauses or citation.clause is None or citation.clause in clauses


@dataclass(frozen=True, slots=True)
class _Shown:
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
        starts = self.shown.in_force_from or self.article.in_force_from or self.document.effective_from
        ends = self.shown.in_force_to or self.article.in_force_to or self.document.effective_to
        return Passage(
            id=f"{self.document.key}#{self.place}",
            document=self.document.key,
            place=self.place,
            citation=self.citation,
            heading_path=(self.document.title, self.article.heading),
            text=self.shown.whole_text(),
            in_force_from=starts,
            in_force_to=ends,
            audience=self.document.audience,
            digest=self.document.text == "digest",
        )


def _shown(places: Sequence[tuple[LegalDocument, Citation]]) -> list[_Shown]:
    found = []
    for document, citation in places:
        article = document.article(str(citation.article))
        shown = article
        for label in (citation.clause, citation.point):
            shown = shown.child(label) if shown and label else shown
        if article and shown:
            found.append(_Shown(document, article, shown, citation, article.label))
    return found


__all__ = ["Assistant", "Kind", "Knowledge", "today"]
