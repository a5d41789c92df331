"""A case that lacks the fact it hangs on is asked for it once, and the next message is understood with the question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import answer_texts
from bot.assistant import Assistant
from bot.message import Answer, Question

Say = Callable[[str], Answer]
ASKS = answer_texts.DECIDES.split("{", maxsplit=1)[0]
HOUSE = "Tôi bị cơ quan thi hành án kê biên nhà thì có đúng luật không?"
OLD_JUDGMENT = "Tôi có bản án từ lâu rồi, giờ mới yêu cầu thi hành án thì còn thời hiệu không?"


@pytest.fixture
def say(assistant: Assistant, request: pytest.FixtureRequest) -> Say:
    name = f"missing:{request.node.name}"
    assistant.erase(name)
    return lambda text: assistant.answer(Question(text, conversation=name))


CASES = [
    (HOUSE, "1", "answer", "89"),
    (HOUSE, "là nhà duy nhất", "answer", "89"),
    ("toi bi co quan thi hanh an ke bien nha thi co dung luat khong", "con nha khac", "answer", "80"),
    (OLD_JUDGMENT, "bản án có hiệu lực ngày 3/5/2021", "calculation", "34"),
    (OLD_JUDGMENT, "3/5/2024", "calculation", "34"),
    ("Tôi vừa nhận quyết định thi hành án, tôi được tự nguyện trong bao lâu?", "ngày 13/11/2026", "calculation", "36"),
    ("Tôi có phải nộp phí thi hành án không?", "người được thi hành án", "answer", "53"),
    ("Tôi muốn được miễn khoản tiền phải thi hành án thì cần điều kiện gì?", "1", "answer", "42"),
    ("Tôi muốn khiếu nại thì trong bao lâu?", "biện pháp cưỡng chế", "answer", "96"),
    ("Nhà tôi đứng tên chung với vợ, có bị kê biên không?", "chưa xác định được", "answer", "39"),
]


@pytest.mark.parametrize(("case", "told", "kind", "article"), CASES, ids=[f"{case[:30]} {told[:20]}" for case, told, *_ in CASES])
def test_the_fact_decides(say: Say, case: str, told: str, kind: str, article: str) -> None:
    asked = say(case)
    assert asked.kind == "answer", "the general rule is given all the same"
    assert ASKS in asked.text
    assert all(f"{n}. {option}" in asked.text for n, option in enumerate(asked.options, 1))
    answer = say(told)
    assert answer.kind == kind
    assert article in [cited.article for cited in answer.citations]
    assert ASKS not in answer.text, "one question, once"


@pytest.mark.parametrize(
    "text",
    [
        "Kê biên nhà ở của người phải thi hành án khi nào?",
        "Thời hiệu yêu cầu thi hành án là bao lâu?",
        "Ai phải nộp phí thi hành án?",
        "Tôi bị kê biên nhà ở duy nhất thì có đúng luật không?",
        "Tôi là người được thi hành án, tôi có phải nộp phí không?",
        "Bản án của tôi có hiệu lực từ ngày 3/5/2021, giờ còn thời hiệu yêu cầu thi hành án không?",
    ],
)
def test_general_questions_and_told_facts_are_not_asked_back(say: Say, text: str) -> None:
    assert ASKS not in say(text).text


def test_another_question_is_answered_as_such(say: Say) -> None:
    assert ASKS in say(HOUSE).text
    assert "36" in [cited.article for cited in say("Thời hạn tự nguyện thi hành án là bao lâu?").citations]
    assert not [cited for cited in say("1").citations if cited.article == "89"], "the question is not waited for any more"


def test_who_does_not_know_keeps_the_general_rule(say: Say) -> None:
    say(HOUSE)
    assert say("không biết").text == answer_texts.FACT_UNKNOWN


def test_options_are_awaited_and_days_are_not(assistant: Assistant, say: Say, request: pytest.FixtureRequest) -> None:
    name = f"missing:{request.node.name}"
    say(HOUSE)
    assert assistant.awaits_number(name)
    say(OLD_JUDGMENT)
    assert not assistant.awaits_number(name)


def test_it_is_no_part_of_what_is_proven(assistant: Assistant) -> None:
    """The receipt is that of the rule alone, which can be rebuilt without the conversation."""
    alone, asked = assistant.answer(Question("Kê biên nhà")), assistant.answer(Question(HOUSE, conversation="missing:receipt"))
    again = assistant.answer(Question(HOUSE))
    assert alone.receipt
    assert asked.receipt == again.receipt
