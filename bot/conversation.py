"""Turns a follow-up ("thế còn nhà đang thế chấp?", "mất bao lâu?") into a question that stands alone."""

from __future__ import annotations

import re

from knowledge.citation import find_citations
from knowledge.text import fold, has_accents, place_tones, words

_OPENING = re.compile(
    r"^(thế còn|còn|vậy còn|vậy thì|thế thì|thế|nếu vậy|nếu|vậy|rồi sao|tiếp theo|ngoài ra|nhưng nếu|nhưng)\b(?! chấp\b)"
)
# Typed without accents, "con" may be còn or con (con nợ, con chung), "the" may be thế or thế chấp.
_OPENING_FOLDED = re.compile(
    r"^(the(?! chap\b)|con(?! (no|chua thanh nien|chung|rieng|nuoi|de|ruot|gai|trai|dau|cai|dau|nguoi|cua|toi|em|ho)\b)|vay|neu|roi sao|tiep theo"
    r"|ngoai ra|nhung)\b"
)
_POINTING = re.compile(
    r"\b(truong hop (nay|do)|viec (nay|do)|quy dinh (nay|do)|thoi han (nay|do)|dieu (nay|do)|cai (nay|do)|nhu vay|nhu the|o tren|vua roi"
    r"|cau truoc|ho thi|luc do|khi do)\b"
)
_BARE = re.compile(
    r"^(mat |het |trong )?(bao lau|may ngay|bao nhieu( tien)?|ai tra|ai nop|o dau|nop o dau|tai sao|vi sao|can cu nao|dieu nao"
    r"|ai quyet dinh|the nao)( vay| a| the| ha)?$"
)
SHORT = 9  # words: a longer question mostly stands alone
_JOIN = " – "


def stands_alone(question: str) -> bool:
    """Whether a question can be understood without the one before it."""
    folded = fold(question).strip(" ?.!")
    if find_citations(question):
        return True
    count = len(words(folded))
    return not (
        _BARE.match(folded) or (count <= SHORT and _goes_on(question)) or (count <= 2 * SHORT and _POINTING.search(folded))
    )


def _goes_on(question: str) -> bool:
    """Whether the question opens like one that goes on from another."""
    if has_accents(question):
        return bool(_OPENING.match(place_tones(question).lower().strip()))
    return bool(_OPENING_FOLDED.match(fold(question).strip()))


def standalone(question: str, before: str | None) -> str:
    """The question with what it leaves out taken from the one before: what the talk began with, and its last turn."""
    if before is None or stands_alone(question):
        return question
    turns = before.split(_JOIN)
    return _JOIN.join([*(turn.rstrip(" ?.") for turn in dict.fromkeys((turns[0], turns[-1]))), question])
