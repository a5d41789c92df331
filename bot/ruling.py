"""Finds the rule that answers a question under the law of its date, composes it from the library and proves it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import cards, compose, grounding, history, lookup, texts
from bot.config import Settings
from bot.evidence import Evidence
from bot.message import Answer
from bot.rewording import Rewording
from bot.state import Knowledge
from knowledge.moments import Moment, find_moment, wants_comparison
from knowledge.search import ArticleHit
from knowledge.spelling import Wording, wording
from knowledge.transition import CHANGED

log = logging.getLogger(__name__)
FOUND = 8  # articles taken from search


@dataclass(frozen=True, slots=True)
class Ruling:
    """Answers about law on one state of the knowledge; `limit` is about the most characters of an answer."""

    settings: Settings
    knowledge: Knowledge
    evidence: Evidence
    today: date
    rewording: Rewording | None
    limit: int
    citations: int

    def reply(self, answer: Answer, text: str, as_of: date | None) -> Answer:
        """The reply under the law of the date that was given, or that the question speaks of, or of today."""
        knowledge, evidence = self.knowledge, self.evidence
        words = wording(text, knowledge.lists)
        moment = find_moment(words.plain, self.today, CHANGED) if as_of is None else None
        if moment and len(rest := words.plain.replace(moment.words, " ").split()) > 2:  # the time is no part of what is searched
            words = replace(wording(" ".join(rest), knowledge.lists), accented=words.accented)
        whole = wording(text, knowledge.lists)
        least = self.settings.answers.min_likelihood
        asked = history.Asked(whole, moment, knowledge, evidence, self.settings.library.main, least, 2 * self.limit)
        if in_time := history.reply(answer, asked):
            return in_time
        if wants_comparison(whole.plain):  # on law that did not change: today's, and that it is so
            return history.not_compared(self._reply(answer, words))
        if as_of is None and not lookup.asks_for_document(whole.plain):
            named = lookup.read_names(whole.plain, knowledge.library, self.settings.library.main, answer.as_of)
            moment = history.of_expired(named.documents, moment, self.today) if not named.places else moment
        if moment is None or moment.on is None or moment.on >= CHANGED:
            return history.crossing(moment, self._reply(answer, words), self.today, evidence)
        return self._then(answer, words, moment, moment.on)

    def _then(self, answer: Answer, words: Wording, moment: Moment, on: date) -> Answer:
        """The reply under an earlier law, with the reason and the rule that carries a case over."""
        reply = self._reply(replace(answer, as_of=on), words)
        if not reply.citations:
            return reply
        law = next(iter(self.knowledge.library.numbered(reply.citations[0].document)), None)
        reply = replace(reply, text=f"{history.reason(moment, law, on)}\n\n{reply.text}")
        return history.crossing(moment, reply, self.today, self.evidence)

    def _reply(self, answer: Answer, words: Wording) -> Answer:
        knowledge, evidence = self.knowledge, self.evidence
        named = lookup.read_names(words.plain, knowledge.library, self.settings.library.main, answer.as_of)
        if named.choices:
            return replace(answer, kind="clarification", text="\n".join(named.choices))
        if named.places and lookup.asks_for_text(words.plain):
            places = cards.shown_places(named.places)[:3]
            return cards.article_card(answer, places, named.absent, evidence, self.limit)
        if named.documents and not named.places and not named.absent and lookup.asks_for_document(words.plain):
            return cards.document_card(answer, named.documents[0], knowledge.library, evidence)
        if named.absent and (lookup.asks_for_text(words.plain) or not named.places and not named.documents):
            return replace(answer, text="\n".join(named.absent))
        found = knowledge.search.find(words, answer.as_of, answer.role, limit=FOUND)
        outside = knowledge.field.likelihood(words) < self.settings.answers.min_likelihood
        if not found or (outside and not named.places):
            return replace(answer, text=texts.OUT_OF_FIELD)
        if named.places and not lookup.found_among(found, named):  # the rule asked for is nowhere near: the article says it
            places = cards.shown_places(named.places)[:3]
            return cards.article_card(answer, places, named.absent, evidence, self.limit)
        return self._rule(answer, words, lookup.named_first(found, named), named.absent)

    def _rule(self, answer: Answer, words: Wording, found: Sequence[ArticleHit], absent: Sequence[str]) -> Answer:
        library, evidence = self.knowledge.library, self.evidence
        draft = compose.compose(
            words.plain,
            found,
            library,
            limit=self.limit,
            citations=self.citations,
            most=max(compose.MOST_PARTS, self.citations // 2),
        )
        failures = grounding.check_passages(draft.passages, answer.as_of, answer.role)
        if failures:  # cannot happen while search filters; if it does, silence is better than wrong law
            log.error("composed answer failed its check: %s", failures)
            return replace(answer, text=texts.NOT_FOUND)
        worded = self.rewording and self.rewording(words.plain, draft, library, answer.as_of, answer.role)
        body = (worded and worded.text) or draft.text
        return replace(
            answer,
            kind="answer",
            text="\n\n".join([*absent, body, texts.as_of(answer.as_of)]),
            citations=tuple(evidence.citation(p, q) for p, q in zip(draft.passages, draft.quotes, strict=True)),
            warnings=evidence.warnings(draft.passages, answer.as_of),
            proof=worded.proof if worded else None,
        )
