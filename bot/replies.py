"""Reads what a chat model wrote as sentences with the numbers of the passages that each stands on: JSON, or text with [n] marks."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from bot.errors import ModelUnavailable
from knowledge.text import clean

MOST_SENTENCES = 12
MOST_CHARACTERS = 12_000
_MARK = re.compile(r"\s*\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_LATE_MARKS = re.compile(r"([.!?…])((?:\s*\[[\d\s,;]+\])+)")  # "… 10 ngày. [1]" is "… 10 ngày [1]."
_CAPITAL = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_SENTENCE_END = re.compile(rf"(?<=[.!?…])\s+(?=[«“\"(]?[{_CAPITAL}])")
_NEXT_POINT = re.compile(r"\s*\n\s*(?=(?:[a-zđ]\d?\)|[-•+])\s)")
_FENCE = re.compile(r"```(?:json)?\s*|<think>.*?</think>", re.DOTALL)

# What the model is asked to write, for providers that can be held to a form.
SCHEMA: dict[str, Any] = {
    "title": "Answer",
    "description": "Câu trả lời, từng câu với số của các đoạn làm căn cứ.",
    "type": "object",
    "properties": {
        "sentences": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "text": {"type": "string"},
                    "passages": {"type": "array", "items": {"type": "integer"}},
                },
                "required": ["text", "passages"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["sentences"],
    "additionalProperties": False,
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the model, and the numbers of the passages that it names as its ground."""

    text: str
    passages: tuple[int, ...]


def read_reply(reply: str) -> list[Sentence]:
    """The sentences of a reply, none when the model says that the passages do not answer. Raises ModelUnavailable when it has no form."""
    text = _FENCE.sub("", reply[:MOST_CHARACTERS]).strip()
    start = text.find("{")
    if start >= 0 and '"sentences"' in text:
        try:
            rows = json.JSONDecoder().raw_decode(text[start:])[0]
        except ValueError:
            raise ModelUnavailable("the reply is broken JSON, or was cut off") from None
        return _from_rows(rows)
    return _from_text(text)


def whole_sentences(text: str) -> list[str]:
    """Sentences from full stop to full stop: a semicolon ends none, so that the points of a list stay together."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def _from_rows(rows: Any) -> list[Sentence]:
    found: list[Sentence] = []
    given = rows.get("sentences") if isinstance(rows, dict) else None
    if not isinstance(given, list) or len(given) > MOST_SENTENCES:
        raise ModelUnavailable("the reply has no list of sentences, or too long a one")
    for row in given:
        if not (isinstance(row, dict) and isinstance(row.get("text"), str) and isinstance(row.get("passages"), list)):
            raise ModelUnavailable("a sentence of the reply has no text or no passages")
        if not all(isinstance(n, int) and not isinstance(n, bool) for n in row["passages"]):
            raise ModelUnavailable("a sentence of the reply names passages that are no numbers")
        numbers = tuple(dict.fromkeys(row["passages"]))
        found += [Sentence(part, numbers) for part in whole_sentences(clean(_MARK.sub("", row["text"])))]
    return found


def _from_text(text: str) -> list[Sentence]:
    found = []
    lines = _NEXT_POINT.sub(" ", _LATE_MARKS.sub(r"\2\1", text)).splitlines()
    for part in (part for line in lines for part in whole_sentences(line)):
        numbers = [int(n) for mark in _MARK.finditer(part) for n in re.findall(r"\d+", mark[1])]
        if said := clean(_MARK.sub("", part)):
            found.append(Sentence(said, tuple(dict.fromkeys(numbers))))
    return found[: MOST_SENTENCES + 1]
