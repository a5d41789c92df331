"""Reads which answer a message gives to a question: by its number, its words, an amount or a time, or that it is not known."""

from __future__ import annotations

import re
from datetime import date

from bot.amounts import read_figures
from bot.stories import asks
from knowledge.practice.procedures import Decision, Option, Procedure
from knowledge.text import fold

Span = tuple[float, float]  # from … to …, both inside
UNKNOWN = "?"  # the answer of who does not know: what hangs on it is shown with its condition
_SHORT = 3  # words in which a yes or no is all that is said
LONGEST = 14  # words; a longer message tells or asks something else
ENOUGH = 0.5  # share of what a message says that one answer has to say too
_NUMBER = re.compile(r"(?:(?:so|chon|cau|dap an|muc) )*(\d{1,2})[.)]?")
_DO_NOT_KNOW = re.compile(
    r"(da |thua )?(toi |em |minh |tui )?(cung )?(khong|chua|ko|k|hong|hok|hem) (biet|ro|chac|nho|nam ro)( nua| ro| ngay| lam)?( a| nha)?|bo qua|\?"
)
_ASKS = re.compile(r"\?|\b(bao (lau|nhieu|gio)|the nao|la gi|vi sao|tai sao|(duoc|phai|dung|co) (khong|ko|chua|hong))\b")
_NO = frozenset(["khong", "chua", "chang", "ko", "k", "hong", "hok", "hem"])
_YES = frozenset(["co", "da", "roi", "dung", "vang", "u", "uh", "duoc", "con", "phai"])
_POLITE = frozenset(["da", "vang", "u", "uh"])
_SAME = {"het": frozenset({"het", "toan"}), "du": frozenset({"du", "toan", "het"})}  # words that say what others say
_EMPTY_WORDS = "toi tui em minh anh chi a nhe nha ma thi la cai do nay di o thua dang gi ca nua chu vay ay no ho qua bang cach"
_EMPTY = frozenset(_EMPTY_WORDS.split())
_BELOW = r"(?:duoi|chua du|chua qua|chua den|chua toi|chua het|it hon|gan|khong qua)"
_ABOVE = r"(?:tren|hon|da het|da qua|qua|het)"
_JUST = 0.01  # below and above leave out the size itself: it is on neither side
_YEARS = re.compile(rf"(?:({_BELOW})|({_ABOVE}))? ?(\d+) nam\b")


def number_in(text: str, count: int) -> int | None:
    """The place of the option, from 0, that a message names by its number."""
    found = _NUMBER.fullmatch(_plain(text))
    return int(found[1]) - 1 if found and 1 <= int(found[1]) <= count else None


def chosen(text: str, decision: Decision, today: date) -> str | None:
    """The answer that a message gives to a question, None for a message that gives none, or more than one."""
    said = _plain(text)
    if decision.kind == "date":
        return _day(text, said, today)
    if (place := number_in(text, len(decision.options))) is not None:
        return decision.options[place].value
    if _DO_NOT_KNOW.fullmatch(said):
        return UNKNOWN
    told, spans = _sizes(text, today), [_sizes(option.says, today) for option in decision.options]
    if len(told) == 1 and any(spans) and not _ASKS.search(said):
        found = _by_size(told[0], spans, decision.options)
        return found.value if found else None
    named = [option for option in decision.options if said and f" {said} " in f" {_plain(option.says)} "]
    if len(named) > 1 and not _NO & set(said.split()):  # «đến nhận» is not «không đến nhận»
        named = [option for option in named if _plain(option.says).split()[0] not in _NO]
    if len(named) == 1:
        return named[0].value
    count = len(said.split())
    if not said or count > LONGEST or _ASKS.search(said) or (count > _SHORT and asks(text)):
        return None
    found = _by_words(said, decision.options)
    return found.value if found else None


def heard(text: str, procedure: Procedure, today: date) -> dict[str, str]:
    """The answers that a person has given with their first words, by the words that the questions listen for."""
    said, days = f" {_plain(text)} ", read_figures(text, today).days
    found = {}
    for decision in procedure.decides:
        if decision.kind == "date":
            told = [days[0].isoformat()] if len(days) == 1 and _any_in(decision.heard, said) else []
        else:
            told = [option.value for option in decision.options if _any_in(option.heard, said)]
        if len(told) == 1:
            found[decision.id] = told[0]
    return found


def _any_in(phrases: tuple[str, ...], said: str) -> bool:
    return any(f" {_plain(phrase)} " in said for phrase in phrases)


def _day(text: str, said: str, today: date) -> str | None:
    """The one day that a message names, as it is kept."""
    if number_in(text, 1) is not None or _DO_NOT_KNOW.fullmatch(said) or said in ("chua", "chua co", "chua nhan"):
        return UNKNOWN
    days = read_figures(text, today).days
    return days[0].isoformat() if len(days) == 1 else None


def _by_size(told: Span, spans: list[list[Span]], options: tuple[Option, ...]) -> Option | None:
    """The one option whose span holds the amount, or the number of years, that a message names."""
    low, high = told
    size = (low + high) / 2 if high < float("inf") else low
    fit = [option for option, span in zip(options, spans, strict=True) if span and _holds(span, size)]
    return fit[0] if len(fit) == 1 else None


def _holds(span: list[Span], size: float) -> bool:
    return max(low for low, _ in span) <= size <= min(high for _, high in span)


def _sizes(text: str, today: date) -> list[Span]:
    """Every amount or number of years of a text as a span: `dưới 5 năm` ends there, `hơn 10 năm` begins there."""
    folded = fold(text)
    found = [_span(match[1], match[2], int(match[3])) for match in _YEARS.finditer(folded)]
    if found:
        return found
    money = read_figures(text, today).money
    if len(money) == 2:  # from … to …
        return [(money[0], money[1])]
    below, above = re.search(rf"\b{_BELOW} \d", folded), re.search(rf"\b(?:{_ABOVE}) \d", folded)
    return [_span(below and below[0], above and above[0], money[0])] if money else []


def _span(below: str | None, above: str | None, size: int) -> Span:
    if below:
        return (0, size - _JUST)
    return (size + _JUST, float("inf")) if above else (size, size)


def _by_words(said: str, options: tuple[Option, ...]) -> Option | None:
    """The option that shares most of what a message says, and more than any other; yes and no leave out those that say the opposite."""
    words = [word for word in said.split() if word not in _EMPTY]
    if len(words) > 1 and words[0] in _POLITE and words[1] in _NO | _YES:
        words = words[1:]  # «dạ không»
    first = words[0] if words else ""
    left = [each for each in options if not _opposite(first, _plain(each.says).split()[0])] or list(options)
    content = [word for word in words if word not in _NO | _YES]
    spoken = [frozenset(_plain(each.says).split()) for each in left]
    common = frozenset.intersection(*spoken) if len(left) > 1 else frozenset()
    shared = [sum(bool(_SAME.get(word, frozenset({word})) & words_of - common) for word in content) for words_of in spoken]
    best, *others = sorted(range(len(left)), key=lambda n: (shared[n], -len(spoken[n])), reverse=True)
    if shared[best] == 0 or shared[best] < ENOUGH * len(content):
        return _agreeing(first, left) if len(words) <= _SHORT else None
    if others and (shared[others[0]], len(spoken[others[0]])) == (shared[best], len(spoken[best])):
        return None
    return left[best]


def _agreeing(first: str, options: list[Option]) -> Option | None:
    """The one option that begins as the message does, or says yes or no as it does."""
    if first not in _NO | _YES:
        return None
    openings = [_plain(each.says).split()[0] for each in options]
    for side in ({first}, _NO if first in _NO else _YES):
        found = [option for option, opening in zip(options, openings, strict=True) if opening in side]
        if len(found) == 1:
            return found[0]
    return options[0] if len(options) == 1 else None


def _opposite(first: str, other: str) -> bool:
    return (first in _YES and other in _NO) or (first in _NO and other in _YES)


def _plain(text: str) -> str:
    """Folded words; `05 năm` is `5 năm`."""
    return re.sub(r"\b0+(?=\d)", "", " ".join(re.findall(r"[\w?]+", fold(text))))
