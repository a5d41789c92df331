"""Tells the names of people and bodies from the words beside an amount: a title with a name, a body, a letter, «người thứ hai»."""

from __future__ import annotations

import re
from collections.abc import Collection

from knowledge.text import fold

NAME = "@"  # stands in the words for the name that was taken out of them
SELF = "bạn"
_ACCENTED = frozenset({"ông", "bà", "chị", "cô", "chú", "bác", "cậu", "dì"})
_TITLES = _ACCENTED | {fold(title) for title in _ACCENTED} | {"anh", "bên", "ben"}
_BODY = re.compile(r"(?:ngan hang|cong ty(?: tnhh| co phan)?|doanh nghiep|quy tin dung|hop tac xa|bidv|acb|mb|\w+bank)\b")
_OTHER = re.compile(
    r"(?:nguoi|chu no|ben|ong|ba)(?: duoc thi hanh an)? (?:thu )?(?:nhat|hai|ba|tu|nam|[1-9])\b"
    r"|(?:nguoi|chu no|ben) (?:khac|kia|con lai)\b|nguyen don\b|bi don\b"
)
_WRITTEN = "ông bà anh chị cô chú bác cậu dì bên ngân hàng công ty doanh nghiệp người khác kia thứ nhất hai ba tư năm chủ nợ"
_ACCENTS = {fold(word): word for word in _WRITTEN.split() if word != "bà"} | {"ba": "bà"}
_GIVES_TO = frozenset({"no", "cho", "cua", "tra"})  # a word of one's own behind these is a name, capital or not
_SELF = frozenset({"toi", "minh"})
_MOST = 6


def named(words: str, known: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The folded words with `@` in the place of each name, and the names; a word that is `known` is no part of one."""
    typed, found, rest = words.split(), list[str](), list[str]()
    place = 0
    while place < len(typed):
        length = _length(typed[place:], known, before=rest[-1] if rest else "")
        if length:
            found.append(_shown(typed[place : place + length]))
        rest.append(NAME if length else _plain(typed[place]))
        place += length or 1
    return " ".join(rest), tuple(found)


def _plain(word: str) -> str:
    """The folded word; one that says a person, and no longer does without its accent, keeps it («cô» is not «có», «bạn» not «bán»)."""
    return word.lower() if word.lower() in _ACCENTED or word.lower() in ("bạn", "bản") else fold(word)


def _length(typed: list[str], known: Collection[str], before: str) -> int:
    """How many words the name takes that a text begins with; 0 for none."""
    folded = fold(" ".join(typed))
    if fixed := _OTHER.match(folded):
        return len(fixed[0].split())
    if fixed := _BODY.match(folded):
        fixed_length = len(fixed[0].split())
        return fixed_length + _capitals(typed[fixed_length:], known)
    if typed[0].lower() in _TITLES:
        certain = (
            typed[0].lower() in (*_ACCENTED, "anh") and len(typed) > 1 and typed[1].istitle()
        )  # «bà Thu» is one, whatever «thu» means
        following = _capitals(typed[1:], () if certain else known) or int(
            before in _GIVES_TO and len(typed) > 1 and fold(typed[1]) not in known
        )
        return following and 1 + following
    if fold(typed[0]) in _SELF or (_is_letter(typed[0]) and folded[:4] != "y te"):
        return 1
    capitals = _capitals(typed, known)
    return capitals if capitals > 1 or (capitals and before in _GIVES_TO) else 0


def _capitals(typed: list[str], known: Collection[str]) -> int:
    """How many words at the beginning are written like parts of a name."""
    count = 0
    for word in typed[:_MOST]:
        named = (
            word.istitle() if count else word[0].isupper() and fold(word) not in known
        )  # «Trần Thị Thu»: what began as a name goes on
        if not (named or _is_letter(word)):
            break
        count += 1
    return count


def _is_letter(word: str) -> bool:
    """«A», «b»; «đ» stands for đồng."""
    return len(word) == 1 and word.isalpha() and word.lower() != "đ"


def _shown(typed: list[str]) -> str:
    """The name as it is said back: titles small and with their accents, letters large."""
    if fold(typed[0]) in _SELF:
        return SELF
    shown = [word.upper() if _is_letter(word) else word for word in typed]
    for place, word in enumerate(shown):
        if fold(word) in _ACCENTS and (place == 0 or word.islower()):
            shown[place] = word.lower() if word.lower() != fold(word) else _ACCENTS[fold(word)]
    return " ".join(shown)
