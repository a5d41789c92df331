"""Finds the rule that answers a question under the law of its date, composes it from the library and proves it."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot import answer_texts, cards, compose, conversation, enough, grounding, history, lookup, premises, texts
from bot.config import Settings
from bot.evidence import Evidence
from bot.message import Answer
from bot.rewording import Rewording
from bot.state import Knowledge
from knowledge.citation import Citation
from knowledge.document import LegalDocument
from knowledge.moments import Moment, find_moment, wants_comparison
from knowledge.search import ArticleHit
from knowledge.spelling import Wording, wording
from knowledge.transition import CHANGED

log = logging.getLogger(__name__)
LEAST_WORDS = 4  # of a subject that can be searched for by itself
FOUND = 8  # articles taken from search
AT_LENGTH = 3  # times the usual length of an answer, for who asks to be told more
MORE_CITATIONS = 8


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
    longer: bool = False  # asked for by who was answered already

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

    def at_length(self, answer: Answer, text: str, as_of: date | None) -> Answer:
        """The longer answer, with everything that the usual one stands on; where there is no more to say, that it is so."""
        short = self.reply(answer, text, as_of)
        longer = replace(self, limit=AT_LENGTH * self.limit, citations=MORE_CITATIONS, longer=True).reply(answer, text, as_of)
        if longer.kind not in ("answer", "article") or len(longer.text) <= len(short.text):
            return replace(answer, kind="answer", text=answer_texts.NO_MORE)
        held = {(each.document, each.article) for each in longer.citations}
        return replace(
            longer, citations=longer.citations + tuple(c for c in short.citations if (c.document, c.article) not in held)
        )

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
        if premises.takes_for_granted(words.plain) and (confirmed := self._confirmed(answer, words, named)):
            return confirmed
        if named.absent and (lookup.asks_for_text(words.plain) or not named.places and not named.documents):
            return replace(answer, text="\n".join(named.absent))
        found = knowledge.search.find(self._subject(words, named), answer.as_of, answer.role, limit=FOUND)
        outside = self._outside(words)
        if not found or (outside and not named.places):
            return replace(answer, text=texts.OUT_OF_FIELD)
        if named.places and not lookup.found_among(found, named):  # the rule asked for is nowhere near: the article says it
            places = cards.shown_places(named.places)[:3]
            return cards.article_card(answer, places, named.absent, evidence, self.limit)
        return self._rule(answer, words, lookup.named_first(found, named), named.absent)

    def _subject(self, words: Wording, named: lookup.Named) -> Wording:
        """What is searched for: a document that is named puts its articles first, and is no part of the subject."""
        rest = lookup.without_documents(words.plain)
        if not named.documents or named.places or len(rest.split()) < LEAST_WORDS:
            return words
        return replace(wording(rest, self.knowledge.lists), accented=words.accented)

    def _confirmed(self, answer: Answer, words: Wording, named: lookup.Named) -> Answer | None:
        """The rule on what the question takes for granted, with what is said of a wrong article; None for a question of another field."""
        asked = replace(wording(premises.asked_alone(words.plain), self.knowledge.lists), accented=words.accented)
        if lookup.asks_for_text(words.plain) or (self._outside(asked) and self._outside(words)):
            return None
        found = self.knowledge.search.find(asked, answer.as_of, answer.role, limit=FOUND)
        if not found:
            return None
        there = lookup.found_among(found, named)
        wrong = () if there else tuple(self._is_about(document, citation) for document, citation in named.places)
        return self._rule(
            answer, asked, lookup.named_first(found, named) if there else found, (*named.absent, *wrong), words.plain
        )

    def _is_about(self, document: LegalDocument, citation: Citation) -> str:
        """What an article that is named is about, when it is not what is asked."""
        article = document.article(str(citation.article))
        place = f"Điều {citation.article} {document.name}"
        return answer_texts.OTHER_ARTICLE.format(named=place, heading=article.heading if article else "")

    def _outside(self, words: Wording) -> bool:
        """Whether the question is of another field; one that goes on from another («… – kê biên nhà ở») is of the field of what it goes on from."""
        least, field = self.settings.answers.min_likelihood, self.knowledge.field
        before = (wording(part, self.knowledge.lists) for part in words.plain.split(conversation.JOIN)[1:])
        return field.likelihood(words) < least and all(field.likelihood(each) < least for each in before)

    def _rule(
        self, answer: Answer, words: Wording, found: Sequence[ArticleHit], absent: Sequence[str], claim: str = ""
    ) -> Answer:
        library, evidence = self.knowledge.library, self.evidence
        draft, beside = self._drafted(answer, words, found)
        failures = grounding.check_passages(draft.passages, answer.as_of, answer.role)
        if failures:  # cannot happen while search filters; if it does, silence is better than wrong law
            log.error("composed answer failed its check: %s", failures)
            return replace(answer, text=texts.NOT_FOUND)
        worded = self.rewording and self.rewording(words.plain, draft, library, answer.as_of, answer.role)
        body = (worded and worded.text) or draft.text
        return replace(
            answer,
            kind="answer",
            text="\n\n".join([*absent, *self._verdict(claim, draft), body, *beside, texts.as_of(answer.as_of)]),
            citations=tuple(evidence.citation(p, q) for p, q in zip(draft.passages, draft.quotes, strict=True)),
            warnings=evidence.warnings(draft.passages, answer.as_of),
            proof=worded.proof if worded else None,
            more=not self.longer and (texts.SHORTENED in draft.text or texts.SEE_ALSO in draft.text),
        )

    def _drafted(self, answer: Answer, words: Wording, found: Sequence[ArticleHit]) -> tuple[compose.Draft, list[str]]:
        """The composed answer with the law that it needs beside, within the limit, and the lines that belong to it."""
        library, limit = self.knowledge.library, self.limit
        most = max(compose.MOST_PARTS, self.citations // 2)
        for _ in range(2):  # again, shorter, when what belongs beside it would make it too long
            made = compose.compose(words.plain, found, library, limit=limit, citations=self.citations, most=most)
            draft = enough.completed(made, library, self.evidence, answer.as_of, self.citations)
            beside = enough.remarks(draft, library)
            added = len(draft.text) - len(made.text) + sum(len(line) + 2 for line in beside)
            if not added or len(draft.text) + added <= self.limit:
                break
            limit = self.limit - added
        return draft, beside

    def _verdict(self, claim: str, draft: compose.Draft) -> list[str]:
        """A line on what the question takes for granted, where the rule says otherwise or the same."""
        ruled = [
            (quote, compose.place_name(each, self.knowledge.library))
            for each, quote in zip(draft.passages, draft.quotes, strict=True)
        ]
        line = premises.verdict(claim, ruled) if claim else ""
        return [line] if line else []
