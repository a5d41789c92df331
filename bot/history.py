"""Ties an answer to its time: the questions that are themselves about law in time, why a past law answers, what carries a case over."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot import called, cards, comparison, lookup, moved, named_pairs, texts, which_law
from bot.evidence import Evidence
from bot.message import Answer
from bot.state import Knowledge
from knowledge.citation import find_documents
from knowledge.document import LegalDocument
from knowledge.moments import Moment, wants_comparison
from knowledge.search import ArticleHit
from knowledge.spelling import Wording, wording
from knowledge.text import fold
from knowledge.timewords import timeless
from knowledge.transition import CHANGED, DECREE, NEW, OLD, ruling

_ENFORCEMENT = (OLD, NEW, DECREE, "62/2015/NĐ-CP")  # law that the transition rules speak of
STRONG = 0.6  # likeness in meaning that no question outside the field reached; see tests/bot/test_comparison.py
NEARER = 0.2  # a question of old law and new alone is taken for ours when it is this much nearer to our field than to others
COMPARED = 15  # articles of each law among which a pair is looked for


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about law in time, with what it is answered from."""

    words: Wording
    moment: Moment | None
    knowledge: Knowledge
    evidence: Evidence
    main: Sequence[str]
    least: float  # likelihood below which a question is not of the field
    room: int  # characters

    def of_the_field(self, words: Wording) -> bool:
        return self.knowledge.field.likelihood(words) >= self.least

    def names_no_field(self) -> bool:
        """Whether the question speaks of old law and new alone («việc đang dở thì theo luật cũ hay luật mới»), of no other law."""
        return which_law.speaks_of_laws(self.words.plain) and self.knowledge.field.nearer(self.words) >= NEARER


def reply(answer: Answer, asked: Asked) -> Answer | None:
    """The answer to a question that is itself about law in time; None when it asks for a rule."""
    knowledge, evidence, question = asked.knowledge, asked.evidence, asked.words.plain
    current, before = called.main_laws(asked.main, knowledge.library, max(answer.as_of, CHANGED))
    held = knowledge.library.in_force(asked.main, answer.as_of)
    numbered = called.with_numbers(question, current, before)
    comparing = wants_comparison(question)
    if not comparing and (found := _where(answer, asked, numbered)):
        return found
    if found := _document(answer, asked, numbered, (current, before, held)):
        return found
    rules = which_law.rules_for(question, asked.moment)
    if which_law.of_another_law(question) and not asked.words.core_terms:
        return replace(answer, text=texts.OUT_OF_FIELD)
    if rules and (asked.of_the_field(asked.words) or asked.names_no_field()):
        return which_law.stated(answer, rules, evidence)
    if term := moved.term(question, knowledge.successions.terms):
        return moved.term_answer(answer, term[0], knowledge, evidence, now=term[1])
    return _compared(answer, asked, numbered, current, before) if comparing else None


def _where(answer: Answer, asked: Asked, numbered: str) -> Answer | None:
    """Where a named article went or came from, or that there is no such article."""
    if not moved.asks_where(asked.words.plain):
        return None
    named = lookup.read_names(numbered, asked.knowledge.library, asked.main, answer.as_of)
    if named.absent and not named.places:
        return replace(answer, text="\n".join(named.absent))
    return moved.articles(answer, asked.words.plain, named.places, asked.knowledge, asked.evidence)


def _document(
    answer: Answer, asked: Asked, numbered: str, laws: tuple[LegalDocument | None, LegalDocument | None, LegalDocument | None]
) -> Answer | None:
    """A document that is asked for by what it is: the decrees of a law, the law in force, one that only its heir names."""
    library, question = asked.knowledge.library, asked.words.plain
    current, before, held = laws  # held: on the day of the answer, which the law without «cũ» or «mới» means
    if called.asks_for_details(question):
        law = next((d for d in lookup.read_names(numbered, library, asked.main, answer.as_of).documents), held)
        return called.details(answer, law, library, asked.evidence) if law else None
    if law := called.law_meant(question, current, before, held):
        return cards.document_card(answer, law, library, asked.evidence)
    ended = called.replaced_unseen(question, library)
    return called.ended_card(answer, *ended, asked.evidence) if ended else None


def _compared(
    answer: Answer, asked: Asked, numbered: str, current: LegalDocument | None, before: LegalDocument | None
) -> Answer | None:
    """Old law beside new on the subject of the question; None when it is not of the field, or of law that did not change."""
    knowledge, library = asked.knowledge, asked.knowledge.library
    named = lookup.read_names(numbered, library, asked.main, answer.as_of)
    addresses = [(d.number, str(c.article)) for d, c in named.places]
    if len(set(addresses)) > 1 and (several := named_pairs.named_pairs(addresses, knowledge)):
        return named_pairs.beside(answer, several, knowledge, asked.evidence, asked.room)
    subject = " ".join(a.heading for d, c in named.places if (a := d.article(str(c.article)))) or timeless(
        _unnumbered(asked.words.plain)
    )
    if not subject and current and before:
        spans = [f"{d.name} ({texts.span(d.effective_from, d.effective_to)})" for d in (current, before)]
        return comparison.without_subject(answer, *spans)
    words = replace(wording(subject, knowledge.lists), accented=asked.words.accented)
    if _is_a_heading(subject, (current, before)):
        words = replace(wording(f"{subject} thi hành án", knowledge.lists), accented=asked.words.accented)
    if not (asked.of_the_field(words) or _strong(answer, words, knowledge)):
        return replace(answer, text=texts.OUT_OF_FIELD)
    numbers = {d.number for d in lookup.read_names(asked.words.plain, library, asked.main, answer.as_of).documents}
    found = _pairs(answer, words, named, numbers, knowledge)
    return comparison.side_by_side(answer, found, knowledge, asked.evidence, asked.room) if found else None


def _pairs(answer: Answer, words: Wording, named: lookup.Named, numbers: Set[str], knowledge: Knowledge) -> list[comparison.Pair]:
    """Pairs on the subject; of the documents and articles that the question names, when there are such."""
    new = knowledge.search.find(words, max(answer.as_of, CHANGED), answer.role, limit=COMPARED)
    old = knowledge.search.find(words, CHANGED - timedelta(days=1), answer.role, limit=COMPARED)
    maps = knowledge.successions.articles
    later, earlier = {c.number for s in maps for c in s.successors}, {s.origin.number for s in maps}
    found = comparison.pairs(_of(later, new), _of(earlier, old), knowledge)
    places = {(d.number, str(c.article)) for d, c in named.places}
    exact = [p for p in found if places & p.addresses]
    within = [p for p in found if _within({number for number, _ in p.addresses}, numbers)]
    return exact or within or found


def _strong(answer: Answer, words: Wording, knowledge: Knowledge) -> bool:
    """Whether a rule of today is so near to a short subject that it is of the field, however little the subject says of its field."""
    found = knowledge.search.find(words, max(answer.as_of, CHANGED), answer.role, limit=1)
    return bool(found) and found[0].strength >= STRONG


def _within(pair: Set[str], named: Set[str]) -> bool:
    """Whether a pair lies in the documents that the question names; a single one is half of a pair."""
    return pair <= named or (len(named) == 1 and named <= pair)


def _of(numbers: Set[str | None], hits: Sequence[ArticleHit]) -> list[ArticleHit]:
    """The hits in documents of these numbers: those that the maps speak of."""
    return [hit for hit in hits if hit.best.passage.citation.number in numbers]


def _unnumbered(question: str) -> str:
    """The question without the numbers of documents."""
    for mention in reversed(find_documents(question)):
        question = f"{question[: mention.start]} {question[mention.end :]}"
    return " ".join(question.split())


def _is_a_heading(subject: str, laws: Sequence[LegalDocument | None]) -> bool:
    """Whether a word or two stand in a heading of the laws compared: too little to judge a field by, enough to know the subject."""
    wanted = f" {fold(subject)} "
    headings = (a.heading for law in laws if law for _, a in law.articles())
    return len(subject.split()) <= 2 and any(wanted in f" {fold(heading).replace(',', ' ')} " for heading in headings)


def not_compared(answer: Answer) -> Answer:
    """Today's rule with a word that there is no older one to set beside it."""
    return replace(answer, text=f"{texts.NOTHING_TO_COMPARE}\n\n{answer.text}") if answer.kind == "answer" else answer


def of_expired(documents: Sequence[LegalDocument], moment: Moment | None, today: date) -> Moment | None:
    """A question on a rule of a document that no longer holds asks for the law of its last day."""
    ended = [d for d in documents if d.effective_to and d.effective_to <= today]
    if moment is not None or not ended or len(ended) < len(documents):
        return moment
    last = max(d.effective_to for d in ended if d.effective_to)
    return Moment("old_law", None, last - timedelta(days=1), ended[0].name)


def reason(moment: Moment, law: LegalDocument | None, on: date) -> str:
    """Why the answer stands on the law of that date."""
    name = f"{law.name} ({texts.span(law.effective_from, law.effective_to)})" if law else f"luật có hiệu lực ngày {texts.day(on)}"
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
