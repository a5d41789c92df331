"""Cuts a provision into the statements that it makes, each in one comparable form, and tells whether a sentence makes one of them.

Two texts make the same statement when nothing but what `Leeway` allows lies between them: words that are the same, words that say nothing,
a phrase of time or condition moved from the head of the sentence to its end, points of a list left out. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.leeway import Leeway, one_of
from bot.replies import whole_sentences
from knowledge.text import place_tones

Phrase = tuple[str, ...]
Tokens = tuple[str, ...]

_CLAUSE = re.compile(r"^\d{1,3}[a-zđ]?\.\s+")
_POINT = re.compile(r"^[a-zđ]\d?\)\s+")
_LABEL = re.compile(r"(?<!\w)[a-zđ]\d?\)\s")
_STOP = re.compile(r"(?<!\d)[,;:.!?()…\n]|[,;:.!?()…\n](?!\d)")
_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|%|\w+")
_UNITS = r"(?=\s+(?:ngày|tháng|năm|giờ|tuần|lần|người|đồng|%|phần trăm|triệu|tỷ)\b)"
_TENS = {"mười": 10, "hai mươi": 20, "ba mươi": 30, "bốn mươi": 40, "năm mươi": 50, "sáu mươi": 60, "chín mươi": 90}
_ONES = {"hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
_NUMBER_WORDS = {**_ONES, **_TENS, **{f"{t} {o}": _TENS[t] + _ONES[o] for t in _TENS for o in _ONES}}
_WRITTEN = re.compile(r"(?<!\w)(" + "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)) + r")(?!\w)" + _UNITS)
_LONG_DAY = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_SHORT_DAY = re.compile(r"(?:ngày\s+)?\b(\d{1,2})/(\d{1,2})/(\d{4})")
_SPELLED = re.compile(r"(\d)\s*\([^()\d]{1,30}\)")
_SEGMENT = re.compile(r";\s+(?!(?:trừ|nhưng|tuy nhiên|riêng|trường hợp|nếu|khi|và|hoặc)\b)")
_JOINS = ("và", "hoặc")


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence of the law says: its phrases, and the points that it announces, all of which are needed when `whole`."""

    phrases: tuple[Phrase, ...]
    points: tuple[Tokens, ...] = ()
    tail: Tokens = ()
    whole: bool = False

    @property
    def tokens(self) -> Tokens:
        return tuple(t for phrase in self.phrases for t in phrase) + tuple(t for p in self.points for t in p) + self.tail

    def says(self, said: Tokens, leeway: Leeway) -> bool:
        """Whether these words make this statement."""
        if not self.points:
            return any(said == order for order in orders(self.phrases, leeway))
        stem = tuple(t for phrase in self.phrases for t in phrase)
        return said[: len(stem)] == stem and self._follow(said[len(stem) :], 0, given=False)

    def _follow(self, rest: Tokens, place: int, *, given: bool) -> bool:
        """Whether `rest` is some of the points from `place` on, in their order, and the tail."""
        if given and rest == self.tail and (place == len(self.points) or not self.whole):
            return True
        for n in range(place, len(self.points)):
            point = self.points[n]
            for form in (point, point[:-1]) if point[-1:] and point[-1] in _JOINS else (point,):
                if rest[: len(form)] == form and self._follow(rest[len(form) :], n + 1, given=True):
                    return True
            if self.whole:
                return False
        return False


def orders(phrases: Sequence[Phrase], leeway: Leeway) -> Iterator[Tokens]:
    """The statement as it stands, and with its opening or closing phrases of time or condition moved to the other end."""
    yield tuple(t for phrase in phrases for t in phrase)
    for cut in range(1, len(phrases)):
        head, rest = phrases[:cut], phrases[cut:]
        if _moves(head[0], leeway) or _moves(rest[0], leeway):
            yield tuple(t for phrase in (*rest, *head) for t in phrase)


def _moves(phrase: Phrase, leeway: Leeway) -> bool:
    text = f"{' '.join(phrase)} "
    return any(text.startswith(f"{' '.join(form)} ") for form in _openings(leeway))


@lru_cache(maxsize=8)
def _openings(leeway: Leeway) -> tuple[Tokens, ...]:
    return tuple(tuple(t for phrase in phrases_of(entry, leeway) for t in phrase) for entry in leeway.moving)


@lru_cache(maxsize=4096)
def statements(provision: str, leeway: Leeway) -> tuple[Statement, ...]:
    """The statements of a provision as the library prints it: its sentences, and its lists with their opening words."""
    found: list[Statement] = []
    for lead, points, tail in _blocks(provision):
        *plain, last = whole_sentences(lead) or [""]
        found += [Statement(phrases_of(text, leeway)) for sentence in plain for text in _with_segments(sentence)]
        if not points:
            found += [Statement(phrases_of(text, leeway)) for text in _with_segments(last)]
            continue
        parts = [whole_sentences(point) for point in points]
        found += [Statement(phrases_of(text, leeway)) for _, *rest in parts for text in rest]
        items = tuple(tokens_of(head, leeway) for head, *_ in parts)
        for text in _with_segments(last)[
            -2:
        ]:  # the whole sentence, or what stands behind its last semicolon, announces the points
            whole = bool(one_of(leeway.whole_lists).search(place_tones(text).lower()))
            found.append(Statement(phrases_of(text, leeway), items, tokens_of(tail, leeway), whole))
    return tuple(statement for statement in found if statement.tokens)


def _blocks(provision: str) -> Iterator[tuple[str, list[str], str]]:
    """Lines with the points under them; a line after points that goes on in a small letter is the end of their sentence."""
    lead, points, tail = "", list[str](), ""
    for line in provision.splitlines():
        text = _CLAUSE.sub("", line.strip())
        if _POINT.match(text) and lead:
            points.append(_POINT.sub("", text))
        elif points and text[:1].islower():
            tail = f"{tail} {text}".strip()
        elif text:
            if lead:
                yield lead, points, tail
            lead, points, tail = text, [], ""
    if lead:
        yield lead, points, tail


def _with_segments(sentence: str) -> list[str]:
    """The sentence, and its parts between semicolons, except where an exception or a condition follows one."""
    parts = [part for part in _SEGMENT.split(sentence) if part.strip()]
    return parts if len(parts) == 1 else [*parts[:-1], sentence, parts[-1]]


def tokens_of(text: str, leeway: Leeway) -> Tokens:
    """The words of a text in comparable form."""
    return tuple(t for phrase in phrases_of(text, leeway) for t in phrase)


@lru_cache(maxsize=8192)
def phrases_of(text: str, leeway: Leeway) -> tuple[Phrase, ...]:
    """The phrases between marks, their words in comparable form: numbers as digits, same words as one, empty words gone."""
    plain = re.sub(r"[«»“”\"]", " ", place_tones(text).lower())
    plain = re.sub(r"[ \t]+", " ", _digits(_LABEL.sub(" ", f" {plain}")))
    same = dict(leeway.same)
    if same:
        plain = one_of(tuple(same)).sub(lambda m: same[m[0]], plain)
    plain = one_of(leeway.empty).sub(" ", plain)
    phrases = (tuple(_TOKEN.findall(part)) for part in _STOP.split(plain))
    return tuple(phrase for phrase in phrases if phrase)


def _digits(text: str) -> str:
    """Numbers in one form: `05`, `năm` before a unit and `5 (năm)` are `5`, `2.000.000` is `2000000`, days are `1/7/2026`."""
    text = _SPELLED.sub(r"\1", text)
    text = _WRITTEN.sub(lambda m: str(_NUMBER_WORDS[m[1]]), text)
    text = _LONG_DAY.sub(lambda m: f"{int(m[1])}/{int(m[2])}/{m[3]}", text)
    text = _SHORT_DAY.sub(lambda m: f"{int(m[1])}/{int(m[2])}/{m[3]}", text)
    text = re.sub(r"(?<=\d)\.(?=\d{3}(?!\d))", "", text)
    return re.sub(r"(?<![\d/.,])0+(?=\d)", "", text)
