"""Answers questions: the one thing that all channels know.

A question is cleaned, made to stand alone, given its date, looked up by name or searched by meaning, composed, proven and receipted.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from datetime import time as daytime
from typing import Any

from bot import answer_texts, cards, commands, conversation, finding, receipts, texts, wishes
from bot.config import Settings
from bot.database import Database, now
from bot.desk import Visit, notes_of
from bot.errors import QuestionError
from bot.evidence import Evidence
from bot.files import Files
from bot.leeway import read_leeway
from bot.message import Answer, AnswerCitation, Question
from bot.model import ChatModel
from bot.reception import Reception, open_reception
from bot.reminder_book import ReminderBook
from bot.reminder_rows import ReminderRows
from bot.rewording import Rewording, read_complaints
from bot.ruling import Ruling
from bot.standing import Said
from bot.state import Knowledge
from bot.today import clock, today
from knowledge.citation import Citation
from knowledge.search import Reader
from knowledge.store import Library
from knowledge.text import clean


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
        clock: Callable[[], daytime] = clock,
    ) -> None:
        self._settings = settings
        self._knowledge = knowledge
        self._database = database
        models = [each for each in (model, fallback) if each]
        self._rewording = Rewording(models, read_leeway(), read_complaints()) if models else None
        self._today = today
        self._clock = clock
        site = settings.channels.web.public_url
        self._files = Files(database, settings.forms.keep_hours, site, lambda: self._knowledge().forms)

    @property
    def library(self) -> Library:
        """The law as the live build has it, for those who show documents."""
        return self._knowledge().library

    @property
    def build(self) -> str:
        """The name of the live build."""
        return self._knowledge().name

    def answer(self, question: Question, *, at_length: bool = False) -> Answer:
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
        reception = self._reception(question.conversation, knowledge)
        if (said := commands.reply(text)) and not reception.reminding.decides(text):  # «ok» may be thanks, or consent
            return replace(answer, kind="answer", text=said).timed((time.perf_counter() - started) * 1000)
        text = reception.missing.understood(commands.meant(text))
        more = self._last_asked(question.conversation) if wishes.wants_more(text) else None
        if reply := None if more or at_length else reception.reply(answer, text):
            answer, alone, topic = reply.answer, reply.alone, reply.topic
        elif wishes.wants_more(text) and not more:
            alone = topic = text
            answer = replace(answer, kind="clarification", text=texts.MORE_OF_WHAT)
        elif more:
            alone = topic = more["text"]
            answer = self._at_length(answer, more, knowledge)
        else:
            alone = topic = self._standalone(question, text, knowledge)
            ruling = self._ruling(knowledge)
            answer = (ruling.at_length if at_length else ruling.reply)(answer, alone, question.as_of)
            answer = answer if at_length else reception.consultation.with_next_step(answer, alone)
        lasting = reply.kept if reply and reply.kept else answer
        answer = replace(answer, receipt=receipts.number_of(lasting))
        kept = {"text": alone, "as_of": question.as_of.isoformat() if question.as_of else None, "at_length": bool(more)}
        typed = alone if reply and reply.kept else text
        self._remember(question.conversation, typed, replace(lasting, receipt=answer.receipt), kept, topic)
        aside, options = reception.aside(reply, answer, text) if not more else ("", ())
        if aside:
            answer = replace(answer, text=f"{answer.text}\n\n{aside}", options=options or answer.options)
        return answer.timed((time.perf_counter() - started) * 1000)

    def at_length(self, receipt: str, role: Reader = "citizen", conversation_name: str | None = None) -> Answer:
        """The longer answer to what was answered under a receipt; one that is forgotten is said to be."""
        knowledge = self._knowledge()
        knowledge = replace(knowledge, library=knowledge.library.open_to(staff=role == "staff"))
        answer = Answer(texts.MORE_QUESTION, self._today(), role, "refusal", texts.FORGOTTEN, build=knowledge.name)
        asked = receipts.asked_under(self._database, receipt)
        if asked is None:
            return answer
        longer = self._at_length(answer, asked, knowledge)
        longer = replace(longer, receipt=receipts.number_of(longer))
        self._remember(conversation_name, texts.MORE_QUESTION, longer, {**asked, "at_length": True}, asked["text"])
        return longer

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
        return self._reception(conversation_name, self._knowledge()).awaits

    def awaits_option(self, conversation_name: str, receipt: str) -> bool:
        """Whether what the conversation is to choose by a number was asked in the answer with this receipt, the newest one."""
        turns = self._database.last_turns(conversation_name, 1, self._kept_since())
        return self.awaits_number(conversation_name) and all(turn["receipt"] == receipt for turn in turns)

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

    def file(self, key: str) -> tuple[str, bytes] | None:
        """Name and content of a file that was made for somebody; None when it is past its time, erased, or never was."""
        return self._files.find(key)

    def forget_files(self) -> None:
        """Take away the files that are past their time."""
        self._files.forget()

    @property
    def reminders(self) -> ReminderBook:
        """What people are to be reminded of, as it stands now."""
        return ReminderBook(ReminderRows(self._database), datetime.combine(self._today(), self._clock()))

    def _last_asked(self, conversation_name: str | None) -> dict[str, Any] | None:
        """What the newest answer about law of a conversation answered."""
        if conversation_name is None:
            return None
        return receipts.last_asked(self._database, conversation_name, self._kept_since())

    def _at_length(self, answer: Answer, asked: Mapping[str, Any], knowledge: Knowledge) -> Answer:
        if asked.get("at_length") or asked["text"].startswith("/"):  # told in full already
            return replace(answer, kind="answer", text=answer_texts.NO_MORE)
        as_of = date.fromisoformat(asked["as_of"]) if asked["as_of"] else None
        return self._ruling(knowledge).at_length(replace(answer, as_of=as_of or answer.as_of), asked["text"], as_of)

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

    def _standalone(self, question: Question, text: str, knowledge: Knowledge) -> str:
        turns, least = self._settings.conversation.turns, self._settings.answers.min_likelihood
        if question.conversation is None or not turns:
            return text

        def standing(said: str) -> Said:
            return Said(said, knowledge)

        if not conversation.hangs_on(text, standing, least):
            return text
        past = receipts.past(self._database, question.conversation, turns, self._kept_since())
        return conversation.standalone(text, past, standing, least)

    def _reception(self, name: str | None, knowledge: Knowledge) -> Reception:
        limits, evidence = self._settings.answers, self._evidence(knowledge)
        visit = Visit(name, knowledge, evidence, self._today(), limits.min_likelihood, self._clock(), limits.answer_limit)
        return open_reception(visit, self._database, notes_of(self._database, name, self._kept_since()), self._files)

    def _ruling(self, knowledge: Knowledge) -> Ruling:
        answers, evidence = self._settings.answers, self._evidence(knowledge)
        return Ruling(
            self._settings, knowledge, evidence, self._today(), self._rewording, answers.answer_limit, answers.citations
        )

    def _kept_since(self) -> datetime:
        return now() - timedelta(days=self._settings.conversation.forget_after_days)

    def _remember(self, name: str | None, text: str, answer: Answer, asked: Mapping[str, Any], topic: str) -> None:
        if answer.citations:
            receipts.keep(self._database, answer, {**asked, "today": self._today().isoformat()})
        if name is not None and self._settings.conversation.turns:
            self._database.add_turn(name, text, topic, answer.receipt)

    def _evidence(self, knowledge: Knowledge) -> Evidence:
        return Evidence(knowledge.library, self._settings.channels.web.public_url)
