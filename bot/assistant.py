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

from bot import cards, commands, compose, conversation, finding, grounding, history, lookup, receipts, texts
from bot.config import Settings
from bot.consultation import Consultation
from bot.database import Database, now
from bot.errors import QuestionError
from bot.evidence import Evidence
from bot.leeway import read_leeway
from bot.message import Answer, AnswerCitation, Question
from bot.model import ChatModel
from bot.rewording import Rewording, read_complaints
from bot.state import Knowledge
from knowledge.citation import Citation
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
        fallback: ChatModel | None = None,
    ) -> None:
        self._settings = settings
        self._knowledge = knowledge
        self._database = database
        models = [each for each in (model, fallback) if each]
        self._rewording = Rewording(models, read_leeway(), read_complaints()) if models else None
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
        text = commands.meant(text)
        consulting = self._consultation(question.conversation, knowledge)
        if reply := consulting.reply(answer, text):
            answer, alone, topic = reply.answer, reply.alone, reply.topic
        else:
            alone = topic = self._standalone(question, text)
            answer = self._dated(answer, alone, question.as_of, knowledge)
        answer = replace(answer, receipt=receipts.number_of(answer))
        self._remember(question, text, alone, answer, topic)
        if not reply and (more := consulting.after(answer, text)):
            answer = replace(answer, text=f"{answer.text}\n\n{more}")
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

    def awaits_number(self, conversation_name: str) -> bool:
        """Whether the conversation was asked to choose by a number, which then is no article of the last answer."""
        return self._consultation(conversation_name, self._knowledge()).awaits

    def last_cited(self, conversation_name: str) -> tuple[AnswerCitation, ...]:
        """What the newest answer of a conversation that cites anything stands on; it outlives a restart."""
        return receipts.last_cited(self._database, conversation_name, self._kept_since())

    def find(self, text: str, on: date | None = None) -> finding.Findings:
        """What the library has on some words for anybody to read."""
        settings = self._settings
        return finding.look_up(
            text, on or self._today(), self._knowledge(), settings.library.main, settings.answers.min_likelihood
        )

    def judge(self, conversation_name: str, receipt: str, good: bool, reason: str = "") -> bool:
        """Keep whether an answer helped and why; False when there is no answer with that number; no number is the newest."""
        return self._database.add_feedback(receipt, conversation_name, good, reason)

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
        turns = self._database.last_turns(question.conversation, 1, self._kept_since())
        return conversation.standalone(text, turns[-1]["standalone"] if turns else None)

    def _consultation(self, name: str | None, knowledge: Knowledge) -> Consultation:
        least = self._settings.answers.min_likelihood
        return Consultation(self._database, name, self._kept_since(), knowledge, self._evidence(knowledge), least)

    def _kept_since(self) -> datetime:
        return now() - timedelta(days=self._settings.conversation.forget_after_days)

    def _remember(self, question: Question, text: str, alone: str, answer: Answer, topic: str) -> None:
        if answer.citations:
            as_of = question.as_of.isoformat() if question.as_of else None
            receipts.keep(self._database, answer, {"text": alone, "as_of": as_of, "today": self._today().isoformat()})
        if question.conversation is not None and self._settings.conversation.turns:
            self._database.add_turn(question.conversation, text, topic, answer.receipt)

    def _dated(self, answer: Answer, text: str, as_of: date | None, knowledge: Knowledge) -> Answer:
        """The reply under the law of the date that was given, or that the question speaks of, or of today."""
        answers = self._settings.answers
        words = wording(text, knowledge.lists)
        moment = find_moment(words.plain, self._today(), CHANGED) if as_of is None else None
        if moment and len(rest := words.plain.replace(moment.words, " ").split()) > 2:  # the time is no part of what is searched
            words = replace(wording(" ".join(rest), knowledge.lists), accented=words.accented)
        evidence = self._evidence(knowledge)
        whole = wording(text, knowledge.lists)
        asked = history.Asked(
            whole, moment, knowledge, evidence, self._settings.library.main, answers.min_likelihood, 2 * answers.answer_limit
        )
        if in_time := history.reply(answer, asked):
            return in_time
        if wants_comparison(whole.plain):  # on law that did not change: today's, and that it is so
            return history.not_compared(self._reply(answer, words, knowledge, evidence))
        if as_of is None and not lookup.asks_for_document(whole.plain):
            named = lookup.read_names(whole.plain, knowledge.library, self._settings.library.main, answer.as_of)
            moment = history.of_expired(named.documents, moment, self._today()) if not named.places else moment
        if moment is None or moment.on is None or moment.on >= CHANGED:
            return history.crossing(moment, self._reply(answer, words, knowledge, evidence), self._today(), evidence)
        return self._then(answer, words, moment, moment.on, knowledge)

    def _then(self, answer: Answer, words: Wording, moment: Moment, on: date, knowledge: Knowledge) -> Answer:
        """The reply under an earlier law, with the reason and the rule that carries a case over."""
        evidence = self._evidence(knowledge)
        reply = self._reply(replace(answer, as_of=on), words, knowledge, evidence)
        if not reply.citations:
            return reply
        law = next(iter(knowledge.library.numbered(reply.citations[0].document)), None)
        reply = replace(reply, text=f"{history.reason(moment, law, on)}\n\n{reply.text}")
        return history.crossing(moment, reply, self._today(), evidence)

    def _reply(self, answer: Answer, words: Wording, knowledge: Knowledge, evidence: Evidence) -> Answer:
        named = lookup.read_names(words.plain, knowledge.library, self._settings.library.main, answer.as_of)
        if named.choices:
            return replace(answer, kind="clarification", text="\n".join(named.choices))
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
        if named.places and not lookup.found_among(found, named):  # the rule asked for is nowhere near: the article says it
            places = cards.shown_places(named.places)[:3]
            return cards.article_card(answer, places, named.absent, evidence, self._settings.answers.answer_limit)
        return self._rule(answer, words, lookup.named_first(found, named), named.absent, knowledge)

    def _rule(
        self, answer: Answer, words: Wording, found: Sequence[ArticleHit], absent: Sequence[str], knowledge: Knowledge
    ) -> Answer:
        settings, evidence = self._settings.answers, self._evidence(knowledge)
        draft = compose.compose(words.plain, found, knowledge.library, limit=settings.answer_limit, citations=settings.citations)
        failures = grounding.check_passages(draft.passages, answer.as_of, answer.role)
        if failures:  # cannot happen while search filters; if it does, silence is better than wrong law
            log.error("composed answer failed its check: %s", failures)
            return replace(answer, text=texts.NOT_FOUND)
        worded = self._rewording and self._rewording(words.plain, draft, knowledge.library, answer.as_of, answer.role)
        body = (worded and worded.text) or draft.text
        return replace(
            answer,
            kind="answer",
            text="\n\n".join([*absent, body, texts.as_of(answer.as_of)]),
            citations=tuple(evidence.citation(p, q) for p, q in zip(draft.passages, draft.quotes, strict=True)),
            warnings=evidence.warnings(draft.passages, answer.as_of),
            proof=worded.proof if worded else None,
        )

    def _evidence(self, knowledge: Knowledge) -> Evidence:
        return Evidence(knowledge.library, self._settings.channels.web.public_url)
