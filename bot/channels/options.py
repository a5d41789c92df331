"""The options of an answer on a channel with buttons: what stands on them, and the text without the list that they repeat."""

from __future__ import annotations

from dataclasses import replace

from bot import texts
from bot.message import Answer
from knowledge.text import shorten

MOST = 12  # options shown as buttons; a longer list is read and answered by number
WIDE = 34  # characters that a button shows on a phone


def labels(answer: Answer) -> list[str]:
    """What stands on the buttons, in the order of the numbers; none when there are too many."""
    if len(answer.options) > MOST:
        return []
    if _fit(answer):
        return list(answer.options)
    return [shorten(f"{number}. {option}", WIDE) for number, option in enumerate(answer.options, 1)]


def unlisted(answer: Answer) -> Answer:
    """The answer without the numbered list at the end of its text, where buttons show every option whole."""
    lines = [f"{number}. {option}" for number, option in enumerate(answer.options, 1)]
    listed = "\n".join([*lines, texts.CHOOSE_NUMBER])
    before, found, after = answer.text.partition(f"\n{listed}")
    return replace(answer, text=before + after) if found and before.strip() and _fit(answer) else answer


def _fit(answer: Answer) -> bool:
    return 0 < len(answer.options) <= MOST and all(len(option) <= WIDE for option in answer.options)
