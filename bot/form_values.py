"""Reads what a person says for a field of a form, and says in one sentence what does not fit.

Names stay as they were typed: the tone that a person writes on theirs is not ours to move.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot import form_texts
from bot.amounts import read_figures
from bot.choosing import UNKNOWN, chosen
from knowledge.practice.forms import Field
from knowledge.practice.procedures import Decision
from knowledge.text import fold, nfc

LONGEST_TEXT = 300  # characters of one line on the paper
LONGEST_STORY = 2_000
_FIRST_YEAR = 1900
_MOST_MONEY = 10**15
_INVISIBLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200c\u200e-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)|\b(hom nay|hom qua|hom kia)\b")
_PLAIN_MONEY = re.compile(r"\d{1,15}")
_IDENTITY = re.compile(r"\d{9}|\d{12}|\d{10}(?:-?\d{3})?|[A-Z]{1,2}\d{6,8}")  # the last is a passport's
_PHONE = re.compile(r"(?:\+?84|0)\d{9,10}")


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why an answer cannot stand in the field."""

    reason: str


def read_value(field: Field, said: str, today: date) -> str | Misfit:
    """The answer as a form keeps it, or why it does not fit; `said` is the message as it was typed."""
    text = _typed(said)
    if not any(letter.isalnum() for letter in text):
        return Misfit(form_texts.NOTHING_SAID)
    match field.kind:
        case "date":
            return _date(text, today, past=field.past)
        case "money":
            return _money(text, today)
        case "choice":
            return _choice(field, text, today)
        case "identity":
            return _matching(_IDENTITY, re.sub(r"[\s.]", "", text).upper(), form_texts.NO_IDENTITY)
        case "phone":
            return _matching(_PHONE, re.sub(r"[\s.()-]", "", text), form_texts.NO_PHONE)
        case "lines":
            return text if len(text) <= LONGEST_STORY else Misfit(form_texts.TOO_LONG.format(limit=LONGEST_STORY))
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TEXT else Misfit(form_texts.TOO_LONG.format(limit=LONGEST_TEXT))


def _typed(said: str) -> str:
    """The message without what cannot be seen, its lines kept, spaces collapsed."""
    visible = _INVISIBLE.sub(" ", nfc(said.replace("\r\n", "\n").replace("\r", "\n")))
    lines = (" ".join(line.split()) for line in visible.split("\n"))
    return "\n".join(line for line in lines if line)


def _date(text: str, today: date, *, past: bool) -> str | Misfit:
    """A whole date: one without a year of four digits is asked again, since a paper cannot mean "the last one"."""
    days = read_figures(text, today).days
    if len(days) != 1 or not _YEAR.search(fold(text)):
        return Misfit(form_texts.NO_DATE)
    if past and days[0] > today:
        return Misfit(form_texts.DATE_AHEAD)
    return days[0].isoformat() if days[0].year >= _FIRST_YEAR else Misfit(form_texts.DATE_LONG_AGO)


def _money(text: str, today: date) -> str | Misfit:
    if _PLAIN_MONEY.fullmatch(text) and (len(text) > 3 or int(text) == 0):  # a bare "350" may be meant in millions
        return str(int(text))
    if re.fullmatch(r"0+ ?(dong|d|vnd)", fold(text)):
        return "0"
    money = read_figures(text, today).money
    return str(money[0]) if len(money) == 1 and money[0] < _MOST_MONEY else Misfit(form_texts.NO_MONEY)


def _choice(field: Field, text: str, today: date) -> str | Misfit:
    told = chosen(text, Decision(field.id, field.question, field.options), today)
    return told if told and told != UNKNOWN else Misfit(form_texts.NO_CHOICE)


def _matching(pattern: re.Pattern[str], digits: str, reason: str) -> str | Misfit:
    return digits if pattern.fullmatch(digits) else Misfit(reason)
