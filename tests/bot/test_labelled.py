"""Each amount of a question is given with the words that stand with it."""

from __future__ import annotations

import re

import pytest

from bot.amounts import read_figures
from bot.labelled import WordedAmount, labelled
from tests.conftest import TODAY

MILLION = 10**6
ASIDE = re.compile(r"chia the nao|cho hoi")
ROWS = [
    pytest.param("A 300tr B 700tr", ["A", "B"], [], id="before"),
    pytest.param("300tr cho A 700tr cho B", ["cho A", "cho B"], [], id="behind"),
    pytest.param("phải trả 300tr cho A, 700tr cho B", ["phải trả cho A", "cho B"], [], id="behind, with a stop"),
    pytest.param("A: 300tr; B - 700tr", ["A", "B"], [], id="with a colon or a dash"),
    pytest.param("nợ A 300tr và nợ B 700tr", ["nợ A", "nợ B"], [], id="a word that stops"),
    pytest.param("300tr và 700tr", ["", ""], [], id="no words"),
    pytest.param("chi phí kê biên, đấu giá 300tr", ["chi phí kê biên đấu giá"], [], id="pieces before an amount are one"),
    pytest.param("cho hỏi A 300tr chia thế nào", ["A"], [], id="what is laid aside"),
    pytest.param("A 300tr chia thế nào, B chưa nhận", ["A"], ["B chưa nhận"], id="words of no amount"),
    pytest.param("Trần Thị Hoa 300tr thì B 700tr", ["Trần Thị Hoa", "B"], [], id="a name that sounds like a stop"),
    pytest.param("ngày 3/8/2026 thu 300tr", ["thu"], [], id="a day"),
    pytest.param("thi hành án 300tr", ["thi hành án"], [], id="no stop inside a word"),
]


@pytest.mark.parametrize(("says", "labels", "loose"), ROWS)
def test_words_of_each_amount(says: str, labels: list[str], loose: list[str]) -> None:
    amounts, rest = labelled(read_figures(says, TODAY), ASIDE)
    assert [amount.label for amount in amounts] == labels
    assert list(rest) == loose


def test_a_reply_stands_behind_a_dash() -> None:
    amounts, loose = labelled(read_figures("A 300tr, B 700tr chia thế nào – 500tr", TODAY), ASIDE)
    assert amounts == (
        WordedAmount(300 * MILLION, "A"),
        WordedAmount(700 * MILLION, "B"),
        WordedAmount(500 * MILLION, "", bare=True),
    )
    assert loose == ()


def test_without_amounts_all_words_are_loose() -> None:
    assert labelled(read_figures("cho hỏi A, B", TODAY), ASIDE) == ((), ("A", "B"))
