"""The buttons under an answer: its options, its articles, the longer answer, and whether it helped; and what a pressed button says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import channel_texts
from bot.channels.choices import choices_of
from bot.channels.options import labels
from bot.message import Answer
from knowledge.text import shorten

Row = tuple[InlineKeyboardButton, ...]
Act = Literal["article", "more", "good", "bad", "why", "option", "nothing"]
_ACTS: dict[str, Act] = {"a": "article", "m": "more", "+": "good", "-": "bad", "?": "why", "o": "option"}
_CHOSEN = "✅ "


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what it does, and to which article or answer."""

    act: Act
    first: str = ""
    second: str = ""


def read_press(data: str) -> Press:
    """What the data of a button say; `second` is the mark of a place, the key of a reason, the number of an option."""
    head, first, second = (data.split("|") + ["", ""])[:3]
    return Press(_ACTS.get(head, "nothing"), first, second)


def answer_buttons(answer: Answer, *, more: bool) -> InlineKeyboardMarkup | None:
    """The buttons of an answer; only one that cites anything is judged."""
    options: list[Row] = [(_button(text, f"o|{answer.receipt}|{n}"),) for n, text in enumerate(labels(answer), 1)]
    rows = [*options, *_articles(answer)]
    if not answer.citations:
        return InlineKeyboardMarkup(rows) if rows else None
    if more:
        rows.append((InlineKeyboardButton(channel_texts.MORE_BUTTON, callback_data=f"m|{answer.receipt}"),))
    rows.append((_button("👍", f"+|{answer.receipt}"), _button("👎", f"-|{answer.receipt}")))
    return InlineKeyboardMarkup(rows)


def chosen(shown: InlineKeyboardMarkup | None, data: str) -> InlineKeyboardMarkup | None:
    """The buttons as they are shown, of the options only the one with these data, marked; the others are gone."""
    rows: list[Row] = []
    for row in shown.inline_keyboard if shown else ():
        if not str(row[0].callback_data or "").startswith("o|"):
            rows.append(tuple(row))
        elif row[0].callback_data == data:
            rows.append((_button(_CHOSEN + row[0].text.removeprefix(_CHOSEN), data),))
    return InlineKeyboardMarkup(rows) if rows else None


def with_reasons(shown: InlineKeyboardMarkup | None, receipt: str) -> InlineKeyboardMarkup:
    """The buttons as they are shown, with reasons in place of 👍 and 👎."""
    reasons = [_button(text, f"?|{receipt}|{key}") for key, text in channel_texts.FEEDBACK_REASONS.items()]
    return InlineKeyboardMarkup([*_unjudged(shown), tuple(reasons[:2]), tuple(reasons[2:])])


def judged(shown: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """The buttons as they are shown, without those that judge."""
    rows = _unjudged(shown)
    return InlineKeyboardMarkup(rows) if rows else None


def _articles(answer: Answer) -> list[Row]:
    return [
        (_button(f"📖 {shorten(choice.label, 55)}", f"a|{choice.key}|{choice.mark}"),) for choice in choices_of(answer.citations)
    ]


def _unjudged(shown: InlineKeyboardMarkup | None) -> list[Row]:
    rows = shown.inline_keyboard if shown else ()
    return [tuple(row) for row in rows if not any(str(button.callback_data or "")[:1] in ("+", "-", "?") for button in row)]


def _button(text: str, data: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=data)
