"""Turns what a person says in a conversation into a question that stands alone.

What is carried over is text, so that the question can be asked again without the conversation: what the talk is about (its last whole question),
the last thing that was added to it, and the new words. A whole new question carries nothing over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot import cues
from knowledge.citation import Citation, find_citations, write_place
from knowledge.text import fold, has_accents, nfc, words

JOIN = " – "
_CLAUSE_OR_POINT = re.compile(r"\b(khoan\s+\d{1,2}[a-z]?|diem\s+[a-z]{1,2}\d?)\b[\s,]*(cua\b)?")
_ASKING_END = re.compile(
    r"[ ,](?:(?:thi|la|trong|duoc|mat|het|co|phai|gom|nhung|nhu) )*"
    r"(?:bao lau|bao nhieu(?: tien| ngay| nam)?|khi nao|luc nao|ngay nao|thoi han nao|may (?:nam|ngay|thang|lan)"
    r"|the nao|ra sao|thi sao|gi|ai|lam gi|lam sao|duoc khong|co duoc khong|dung khong|phai khong|khong|o dau|dau|nao)$"
)
_WHICH = "là điều nào của luật cũ"
_NUMBERED = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "nam": 5}
_FITS = 0.15  # by so much a message leans to the field that is only part of a question of it
_KNOWN = 0.6  # share of its pairs of words that people use when they ask of the field
_WHOLE = 0.5  # likelihood from which a message with terms of the field is a whole question, whatever it opens with


class Standing(Protocol):
    """What a message says by itself: terms of the field, known pairs of words (0 to 1), how likely it is of the field, how far it leans to it."""

    @property
    def terms(self) -> int: ...
    @property
    def known(self) -> float: ...
    @property
    def likelihood(self) -> float: ...
    @property
    def nearer(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Past:
    """What a conversation has said: its answered questions as they stand alone, oldest first, and the place of the last answer."""

    questions: Sequence[str] = ()
    place: Citation | None = None


def stands_alone(question: str, standing: Callable[[str], Standing] | None = None, least: float = 0.0) -> bool:
    """Whether a question can be understood without the one before it."""
    if cues.names_law(question) or not words(question):
        return True
    if cues.bare(question) or cues.points_back(question):
        return False
    if standing is None:
        return not cues.goes_on(question)
    found = standing(question)
    if cues.goes_on(question):
        return found.terms > 0 and found.likelihood >= _WHOLE
    if found.terms or len(words(question)) > 2 * cues.SHORT or found.known < _KNOWN:
        return True
    return found.likelihood >= least or found.nearer < _FITS


def hangs_on(text: str, standing: Callable[[str], Standing], least: float) -> bool:
    """Whether a message may have to be read with those before it."""
    own = bool(cues.way_back(text) or cues.correction(text) or cues.asks_where(text) or cues.about_time_only(text))
    return own or not stands_alone(text, standing, least) or any(each.article is None for each in find_citations(text))


def standalone(text: str, past: Past, standing: Callable[[str], Standing] | None = None, least: float = 0.0) -> str:
    """The message with what it leaves out taken from the conversation."""
    if not past.questions:
        return text
    if back := _gone_back(text, past):
        return back
    if past.place and (addressed := _addressed(text, past.place)):
        return addressed
    if meant := cues.correction(text):
        return meant if stands_alone(meant, standing, least) else _joined(_root(past.questions[-1]), meant)
    if cues.about_time_only(text):
        return _at_another_time(past.questions[-1], text, past.place)
    return text if stands_alone(text, standing, least) else _joined(past.questions[-1], text)


def _gone_back(text: str, past: Past) -> str | None:
    """The earlier question that the message goes back to, with what it asks of it."""
    found = cues.way_back(text)
    if found is None:
        return None
    which, rest = found
    earlier = _earlier(which, list(dict.fromkeys(past.questions)))
    if earlier is None:
        return None
    return _joined(earlier, rest) if rest else earlier


def _earlier(which: str, questions: Sequence[str]) -> str | None:
    if which.startswith("dau"):
        return questions[0]
    if which.startswith("thu "):
        number = _NUMBERED.get(which[4:]) or int(which[4:])
        return questions[number - 1] if number <= len(questions) else None
    if which == "truoc nua":
        return questions[max(0, len(questions) - 2)]
    if which in ("truoc", "truoc do", "vua roi", "vua xong", "luc nay", "ban nay", "hoi nay"):
        return questions[-1]
    sought = set(cues.content(which))
    shared = [len(sought & set(cues.content(question))) for question in questions]
    best = max(shared, default=0)
    return (
        next(question for question, count in zip(reversed(questions), reversed(shared), strict=True) if count == best)
        if best
        else None
    )


def _addressed(text: str, place: Citation) -> str | None:
    """A question on a clause or point of the article just cited, or on where the last answer stands, with its full address."""
    if cues.asks_where(text):
        return f"{write_place(replace(place, point=None))} {place.number}"
    named = next((each for each in find_citations(text) if each.article is None and (each.clause or each.point)), None)
    if named is None or cues.names_law(text) or place.article is None:
        return None
    clause = named.clause or (place.clause if named.point else None)
    address = f"{write_place(Citation(None, place.article, clause, named.point))} {place.number}"
    said = cues.without_opening(nfc(text))
    rest = _CLAUSE_OR_POINT.sub(lambda found: " " * len(found[0]), fold(said))
    kept = "".join(" " if rest[at] == " " else letter for at, letter in enumerate(said))
    return " ".join([address, *kept.split()])


def _at_another_time(before: str, text: str, place: Citation | None) -> str:
    """The last question asked again of the law of another time; of a named article: which one it is there."""
    if place and place.article and cues.asks_which(text):
        return f"{write_place(Citation(None, place.article))} {place.number} {_WHICH}"
    return _alike(JOIN.join([*(_subject(turn) for turn in before.split(JOIN)), cues.without_opening(text)]), text)


def _joined(before: str, text: str) -> str:
    """The new words, what was last added before them (unless they stand in its place), and the subject of the talk."""
    turns = [turn.strip() for turn in before.split(JOIN)]
    added = [] if cues.contrasts(text) else [turn for turn in turns[:-1] if cues.content(turn)][:1]
    parts = [cues.without_opening(text), *(_subject(turn) for turn in dict.fromkeys((*added, turns[-1])))]
    return _alike(JOIN.join(parts), text)


def _subject(turn: str) -> str:
    """What a question is about, without the words at its end that ask."""
    kept = turn.rstrip(" ?.!")
    while found := _ASKING_END.search(fold(kept)):
        kept = kept[: found.start()].rstrip(" ,")
    return kept if cues.content(kept) else turn.rstrip(" ?.!")


def _root(before: str) -> str:
    return before.split(JOIN)[-1]


def _alike(joined: str, text: str) -> str:
    """Without accents where the new words have none: half of a question with accents would make the other half count for nothing."""
    return joined if has_accents(text) or not has_accents(joined) or not _has_letters(text) else fold(joined)


def _has_letters(text: str) -> bool:
    return any(letter.isalpha() for letter in text)
