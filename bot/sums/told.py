"""Tells what each sum of money in a question stands for, by the words before it, and whether a question says anything more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bot.amounts import MONEY_MARK

_FIGURE = re.compile(r"[¤§]\d+")
_MONEY = re.compile(rf"{MONEY_MARK}(\d+)")
ASKS_THE_RULE = re.compile(  # how, when, who, which share: the law says it better than one figure
    r"\b(the nao|nhu nao|ra sao|cach nao|cach tinh|khi nao|bao lau|bao gio|may nam|bao nam|bao nhieu nam|vi sao|tai sao|dieu kien gi"
    r"|phan tram|may phan|bao nhieu phan|phan may|moi lan|mot lan|may lan|muc tran|ai (phai |duoc )?(chiu|tra|nop|mien|giam|xet|duyet|quyet)"
    r"|o dau|giay to gi|ho so gi|thu tuc|can gi|thong tu nao|luat nao|dieu nao|theo dieu|can cu)\b|%"
)


def meant(marked: str, meanings: Mapping[str, str]) -> tuple[tuple[int, str], ...]:
    """Each sum of money by its place, and what it stands for: of the meanings (patterns) the one that ends last in the words since the
    sum before it; `""` for none."""
    found, since = [], 0
    for money in _MONEY.finditer(marked):
        before = marked[since : money.start()]
        ends = {name: match.end() for name, words in meanings.items() for match in re.finditer(rf"\b(?:{words})\b", before)}
        found.append((int(money[1]), max(ends, key=lambda name: ends[name]) if ends else ""))
        since = money.end()
    return tuple(found)


def without(marked: str, patterns: Iterable[str]) -> str:
    """The words without phrases that were understood."""
    for pattern in patterns:
        marked = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", " ", marked)
    return marked


def says_only(marked: str, known: frozenset[str]) -> bool:
    """Whether no word is left but known ones; figures that were read are no words."""
    return set(re.findall(r"\w+", _FIGURE.sub(" ", marked))) <= known
