"""Answers questions: the one thing that all channels know.

A question is cleaned, made to stand alone, given its date, looked up by name or searched by meaning, composed, proven and receipted.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot import cards, commands, compose, conversation, grounding, history, lookup, receipts, texts
from bot.config import Settings
from bot.database import Database, now
from bot.errors import ModelUnavailable, QuestionError
from bot.evidence import Evidence
from bot.message import Answer, Question
from bot.model import ChatModel
from bot.state import Knowledge
from knowledge.citation import Citation, write_place
from knowledge.document import LegalDocument
from knowledge.moments import Moment, find_moment, wants_comparison
from knowledge.search import ArticleHit, Reader
from knowledge.spelling import Wording, wording
from knowledge.store import Library
from knowledge.text import clean
from knowledge.transition import CHANGED

log = logging.getLogger(__name__)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FOUND = 8  # articles taken from search


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

    @property
    def build(self) -> str:
        """The name of the live build."""
        return self._knowledge().name

    def answer(self, question: Question) -> Answer:
        """The answer to a question; what is wrong with a question is answered, not raised."""
        started = time.perf_counter()
        knowledge = self._knowledge()
        knowledge = replace(knowledge, library=knowledge.library.open_to(staff=question.role == "staff"))
        asked = question.text.encode("utf-8", "ignore").decode("utf-8")  # half a letter cannot be written anywhere
        answer = Answer(asked, question.as_of or self._today(), question.role, "refusal", "", build=knowledge.name)
        try:
            text = self._readable(question.text)
        except QuestionError as fault:
            return replace(answer, text=str(fault)).timed((time.perf_counter() - started) * 1000)
        if said := commands.reply(text):
            return replace(answer, kind="answer", text=said).timed((time.perf_counter() - started) * 1000)
        alone = self._standalone(question, text)
        answer = self._dated(answer, alone, question.as_of, knowledge)
        answer = replace(answer, receipt=receipts.number_of(answer))
        self._remember(question, text, alone, answer)
        return answer.timed((time.perf_counter() - started) * 1000)

    def open_article(self, key: str, place: str, role: Reader = "citizen", on: date | None = None) -> Answer:
        """One article as a card, by its document key and place; a place that is gone is said to be."""
        knowledge = self._knowledge()
        answer = Answer(place, on or self._today(), role, "refusal", texts.NO_SUCH_PLACE, build=knowledge.name)
        document = knowledge.library.by_key.get(key)
        entry = knowledge.library.articles.get((key, place))
        if document is None or entry is None or (document.audience == "staff" and role != "staff"):
            return answer
        article = entry[1]
        citation = Citation(document.number, article.label if article.level == "article" else None)
        shown = cards.Shown(document, article, article, citation, place)
        return cards.article_card(answer, [shown], (), self._evidence(knowledge), cards.WHOLE)

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

    def _dated(self, answer: Answer, text: str, as_of: date | None, knowledge: Knowledge) -> Answer:
        """The reply under the law of the date that was given, or that the question speaks of, or of today."""
        words = wording(text, knowledge.lists)
        moment = find_moment(words.plain, self._today(), CHANGED) if as_of is None else None
        if moment and len(rest := words.plain.replace(moment.words, " ").split()) > 2:  # the time is no part of what is searched
            words = replace(wording(" ".join(rest), knowledge.lists), accented=words.accented)
        evidence = self._evidence(knowledge)
        if history.asks_which_law(text) and knowledge.field.likelihood(words) >= self._settings.answers.min_likelihood:
            return history.which_law(answer, text, evidence)
        if wants_comparison(text) and (compared := self._compared(answer, words, knowledge, evidence)):
            return compared
        if moment is None or moment.on is None or moment.on >= CHANGED:
            return history.crossing(moment, self._reply(answer, words, knowledge, evidence), self._today(), evidence)
        return self._then(answer, words, moment, moment.on, knowledge)

    def _then(self, answer: Answer, words: Wording, moment: Moment, on: date, knowledge: Knowledge) -> Answer:
        """The reply under an earlier law, with the reason and the rule that carries a case over."""
        evidence = self._evidence(knowledge)
        if history.asks_where_now(words.plain):
            named = lookup.read_names(words.plain, knowledge.library, self._settings.library.main, on)
            if named.places and (moved := history.where_now(answer, named.places, knowledge, evidence)):
                return moved
        reply = self._reply(replace(answer, as_of=on), words, knowledge, evidence)
        if not reply.citations:
            return reply
        law = next(iter(knowledge.library.numbered(reply.citations[0].document)), None)
        reply = replace(reply, text=f"{history.reason(moment, law, on)}\n\n{reply.text}")
        return history.crossing(moment, reply, self._today(), evidence)

    def _compared(self, answer: Answer, words: Wording, knowledge: Knowledge, evidence: Evidence) -> Answer | None:
        found = knowledge.search.find(words, answer.as_of, answer.role, limit=FOUND)
        if not found or knowledge.field.likelihood(words) < self._settings.answers.min_likelihood:
            return None
        return history.comparison(answer, found, knowledge, evidence, 2 * self._settings.answers.answer_limit)

    def _reply(self, answer: Answer, words: Wording, knowledge: Knowledge, evidence: Evidence) -> Answer:
        named = lookup.read_names(words.plain, knowledge.library, self._settings.library.main, answer.as_of)
        if named.choices:
            return replace(answer, kind="clarification", text="\n".join(named.choices))
        wants_successor = bool(named.places) and history.asks_where_now(words.plain)
        if wants_successor and (moved := history.where_now(answer, named.places, knowledge, evidence)):
            return moved
        if named.places and lookup.asks_for_text(words.plain):
            places = cards.shown_places(named.places)[:3]
            return cards.article_card(answer, places, named.absent, evidence, self._settings.answers.answer_limit)
        if named.documents and not named.places and not named.absent and lookup.asks_for_document(words.plain):
            return cards.document_card(answer, named.documents[0], knowledge.library, evidence)
        if named.absent and (lookup.asks_for_text(words.plain) or not named.places and not named.documents):
            return replace(answer, text="\n".join(named.absent))
        found = knowledge.search.find(words, answer.as_of, answer.role, limit=FOUND)
        outside = knowledge.field.likelihood(words) < self._settings.answers.min_likelihood
        if not found or (outside and not named.places):
            return replace(answer, text=texts.OUT_OF_FIELD)
        return self._rule(answer, words, _named_first(found, named.places), named.absent, knowledge)

    def _rule(
        self, answer: Answer, words: Wording, found: Sequence[ArticleHit], absent: Sequence[str], knowledge: Knowledge
    ) -> Answer:
        settings, evidence = self._settings.answers, self._evidence(knowledge)
        draft = compose.compose(words.plain, found, knowledge.library, limit=settings.answer_limit, citations=settings.citations)
        failures = grounding.check_passages(draft.passages, answer.as_of, answer.role)
        if failures:  # cannot happen while search filters; if it does, silence is better than wrong law
            log.error("composed answer failed its check: %s", failures)
            return replace(answer, text=texts.NOT_FOUND)
        body = self._worded(words.plain, draft) or draft.text
        return replace(
            answer,
            kind="answer",
            text="\n\n".join([*absent, body, texts.as_of(answer.as_of)]),
            citations=tuple(evidence.citation(p, q) for p, q in zip(draft.passages, draft.quotes, strict=True)),
            warnings=evidence.warnings(draft.passages, answer.as_of),
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
        if failures or not cited or min(cited) < 1 or max(cited) > len(draft.passages):
            log.warning("model answer not proven, composed answer used: %s", failures[:3])
            return None
        return re.sub(r"\[(\d+)\]", lambda m: f"({write_place(draft.passages[int(m[1]) - 1].citation)})", text)

    def _evidence(self, knowledge: Knowledge) -> Evidence:
        return Evidence(knowledge.library, self._settings.channels.web.public_url)


def _named_first(found: list[ArticleHit], places: Sequence[tuple[LegalDocument, Citation]]) -> list[ArticleHit]:
    """Articles that the question names go first."""
    named = [(document.key, citation.article) for document, citation in places]
    return sorted(found, key=lambda hit: hit.best.passage.article_key not in named)
