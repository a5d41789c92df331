"""Gives each amount of a question the words that stand with it, as they were typed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.amounts import DAY_MARK, MONEY_MARK, Figures
from knowledge.text import fold

_MONEY, _DAY = re.compile(rf"{MONEY_MARK}\d*"), re.compile(rf"{DAY_MARK}\d*")
_STOP = re.compile(r"[,;.:!?()\n–—\"“”/+]|(?<=\s)[-=](?=\s)|\b(?:va|thi(?! hanh)|ma|nhung|trong khi)\b")
_THI = re.compile(r"\b(?:[Tt]hị|THỊ|Thi)\b")  # part of a name («Trần Thị Hoa»), where «thì» is a stop
_REPLY = re.compile(r"–\s*$")  # a reply to what was asked back stands behind a dash
_COLON = re.compile(r"(?:\s*:|\s[-=])\s*$")  # «A: 300 triệu», «A - 300 triệu»


@dataclass(frozen=True, slots=True)
class WordedAmount:
    """An amount and its words; `bare` when it is the reply to a question and has no words of its own."""

    amount: int
    label: str
    bare: bool = False


def labelled(figures: Figures, aside: re.Pattern[str]) -> tuple[tuple[WordedAmount, ...], tuple[str, ...]]:
    """The amounts of a question with their words, and the words that stand with none; what matches `aside` (folded) is of neither.

    Words between two amounts belong to the second up to the first stop before it («A 300 triệu, B 700 triệu»), and to the first
    where the question begins with an amount («300 triệu cho A 700 triệu cho B»).
    """
    if not figures.money:
        return (), tuple(_pieces(_without(figures.typed, aside)))
    lead, *gaps, tail = _MONEY.split(_without(figures.typed, aside))
    before, after, loose = [" ".join(_pieces(lead))], list[str](), list[str]()
    for gap in gaps:
        behind, ahead = _parted(gap, leads=bool(before[0]))
        if _REPLY.search(gap):
            loose, ahead = [*loose, ahead], ""
        after.append(behind)
        before.append(ahead)
    ends = _STOP.search(_low(tail))
    after.append(tail[: ends.start()] if ends else tail)
    loose += _pieces(tail[ends.end() :]) if ends else []
    labels = [" ".join(f"{ahead} {behind}".split()) for ahead, behind in zip(before, after, strict=True)]
    replied = [False, *(bool(_REPLY.search(gap)) for gap in gaps)]
    return tuple(
        WordedAmount(amount, label, bare and not label)
        for amount, label, bare in zip(figures.money, labels, replied, strict=True)
    ), tuple(piece for piece in loose if piece)


def _without(typed: str, aside: re.Pattern[str]) -> str:
    """The text without its days, and with a stop for each phrase that is laid aside."""
    typed = " ".join(_DAY.sub(" ", typed).split())
    for found in reversed(list(aside.finditer(fold(typed)))):
        typed = f"{typed[: found.start()]};{typed[found.end() :]}"
    return typed


def _parted(gap: str, *, leads: bool) -> tuple[str, str]:
    """The words behind the amount before a gap, and those before the amount behind it."""
    gap = _COLON.sub("", gap)
    if stop := _STOP.search(_low(gap)):
        return gap[: stop.start()], " ".join(_pieces(gap[stop.end() :]))
    return ("", gap) if leads else (gap, "")


def _pieces(text: str) -> list[str]:
    """The pieces of a text between its stops, without empty ones."""
    ends = [(found.start(), found.end()) for found in _STOP.finditer(_low(text))]
    starts = [0, *(end for _, end in ends)]
    pieces = [text[start:end].strip() for start, end in zip(starts, [*(start for start, _ in ends), len(text)], strict=True)]
    return [piece for piece in pieces if piece]


def _low(text: str) -> str:
    """The folded text, as long as the text, in which no part of a name looks like a stop."""
    return fold(_THI.sub("___", text))
