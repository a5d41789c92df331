"""Turns a follow-up ("thế còn nhà đang thế chấp?", "mất bao lâu?") into a question that stands alone."""

from __future__ import annotations

import re

from knowledge.citation import find_citations
from knowledge.text import fold, words

_OPENING = re.compile(r"^(the con|con|vay con|vay thi|the thi|the|neu vay|neu|vay|roi sao|tiep theo|ngoai ra|nhung neu|nhung)\b")
_POINTING = re.compile(
    r"\b(truong hop (nay|do)|viec (nay|do)|quy dinh (nay|do)|thoi han (nay|do)|dieu (nay|do)|cai (nay|do)|nhu vay|nhu the|o tren|vua roi"
    r"|cau truoc|ho thi|luc do|khi do)\b"
)
_BARE = re.compile(
    r"^(mat |het |trong )?(bao lau|may ngay|bao nhieu( tien)?|ai tra|ai nop|o dau|nop o dau|tai sao|vi sao|can cu nao|dieu nao"
    r"|ai quyet dinh|the nao)( vay| a| the| ha)?$"
)
SHORT = 9  # words: a longer question mostly stands alone


def stands_alone(question: str) -> bool:
    """Whether a question can be understood without the one before it."""
    folded = fold(question).strip(" ?.!")
    if find_citations(question):
        return True
    count = len(words(folded))
    return not (
        _BARE.match(folded) or (count <= SHORT and _OPENING.match(folded)) or (count <= 2 * SHORT and _POINTING.search(folded))
    )


def standalone(question: str, before: str | None) -> str:
    """The question with what it leaves out taken from the one before."""
    if before is None or stands_alone(question):
        return question
    return f"{before.rstrip(' ?.')} – {question}"
