"""What a question with figures may ask to have worked out: a sum, or the one fact that it still lacks.

A sum is worked out only when every word of the question is known to it: a word more may be a fact that changes the result, and then the
rule is the better answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot import sum_texts
from bot.amounts import Figures
from knowledge.practice.book import Practice
from knowledge.practice.step import Step

# Words that ask, greet or name the parties, and add no fact.
_COMMON_WORDS = """
    toi em anh chi minh ban ong ba ho ben thi la bao nhieu may tinh giup cho hoi xin biet voi a nhe nha ha duoc bi phai sau khi neu va co ve
    den tu ngay nao luc het han thoi dan su hanh an quyet dinh quan hien nay theo tien dong so muc toi da nhat cua do vay con khong chua tong
    cong the gio nguoi trong o bang vao ra oi dung roi lam moi thang lay hoac hay nhung cham qd
"""
COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Sum:
    """What came out: a sentence, how, and what to beware of; `on` is the day that the question names for its law.

    `last` is the last day that came out, `limit` the name of what it ends; `how` stands above the steps.
    """

    result: str
    steps: tuple[Step, ...]
    warnings: tuple[str, ...]
    on: date | None = None
    last: date | None = None
    limit: str = ""
    how: str = sum_texts.HOW


@dataclass(frozen=True, slots=True)
class Missing:
    """The question that decides; a number in reply stands for the words of an option."""

    question: str
    options: tuple[str, ...] = ()


Worked = Sum | Missing | None  # None: the question asks for a rule, or tells more than a sum can take in
Worker = Callable[[Figures, date, Practice], Worked]


def asked_by(about: str, words: str) -> Callable[[Worker], Worker]:
    """Keeps a sum to the questions that have the pattern `about` and no word but common ones and `words` (all folded)."""
    pattern, known = re.compile(about), COMMON | frozenset(words.split())

    def kept(work: Worker) -> Worker:
        def asked(figures: Figures, on: date, practice: Practice) -> Worked:
            if pattern.search(figures.rest) and set(re.findall(r"\w+", figures.rest)) <= known:
                return work(figures, on, practice)
            return None

        return asked

    return kept
