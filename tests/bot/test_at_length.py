"""«Nói rõ hơn»: the longer answer has all that the short one has and more, or it says that there is no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot import answer_texts, channel_texts, texts
from bot.assistant import Assistant
from bot.channels.numbered import answer_messages
from bot.config import Settings
from bot.database import Database
from bot.message import Answer, Question
from bot.proofs import prove_again
from bot.ruling import AT_LENGTH, MORE_CITATIONS
from bot.serve import LiveKnowledge
from tests.conftest import TODAY

Say = Callable[[str], Answer]
QUESTIONS = [
    "Thời hạn tự nguyện thi hành án là bao lâu?",
    "Căn cứ hoãn thi hành án gồm những gì?",
    "Những tài sản nào không được kê biên?",
    "mức phí thi hành án dân sự là bao nhiêu",
    "theo luật cũ khi nào được hoãn thi hành án",
    "Thời hiệu yêu cầu thi hành án là 10 năm phải không?",
    "thu hoi quyet dinh thi hanh an trong truong hop nao",
]


@pytest.fixture
def say(assistant: Assistant, request: pytest.FixtureRequest) -> Say:
    name = f"longer:{request.node.name}"
    assistant.erase(name)
    return lambda text: assistant.answer(Question(text, conversation=name))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_longer_answer_is_never_poorer(say: Say, settings: Settings, question: str) -> None:
    short = say(question)
    assert short.more
    longer = say("nói rõ hơn")
    assert len(longer.text) > len(short.text)
    assert len(longer.text) <= 1.3 * AT_LENGTH * settings.answers.answer_limit
    assert {(c.document, c.article) for c in short.citations} <= {(c.document, c.article) for c in longer.citations}
    assert len(longer.citations) <= MORE_CITATIONS + len(short.citations)
    assert (longer.kind, longer.as_of, longer.more) == (short.kind, short.as_of, False)


@pytest.mark.parametrize(
    "wish", ["giải thích thêm", "noi ro hon di", "chi tiết hơn", "cho tôi xem đầy đủ", "trả lời kỹ hơn giúp tôi"]
)
def test_it_is_asked_for_in_many_words(say: Say, wish: str) -> None:
    short = say(QUESTIONS[0])
    assert len(say(wish).text) > len(short.text)


@pytest.mark.parametrize("wish", ["nói rõ hơn về hoãn thi hành án", "giải thích thêm Điều 36", "chi tiết hơn về kê biên nhà ở"])
def test_more_than_the_wish_is_a_question(say: Say, wish: str) -> None:
    say(QUESTIONS[3])
    assert not [cited for cited in say(wish).citations if cited.document == "216/2016/TT-BTC"]


def test_when_there_is_no_more_it_says_so(say: Say) -> None:
    say(QUESTIONS[0])
    say("nói rõ hơn")
    assert say("nói rõ hơn nữa").text == answer_texts.NO_MORE, "it was told at length already"


def test_a_procedure_is_told_in_full_already(say: Say) -> None:
    answer = say("/thutuc explain-judgment")
    while answer.kind == "clarification":
        answer = say("1")
    assert answer.kind == "procedure"
    assert say("nói rõ hơn").text == answer_texts.NO_MORE


def test_thanks_and_other_fields_do_not_stand_between(say: Say) -> None:
    short = say(QUESTIONS[1])
    say("cảm ơn")
    say("Giá vàng hôm nay bao nhiêu?")
    longer = say("nói rõ hơn")
    assert longer.citations[0].article == short.citations[0].article


def test_nothing_before_it(say: Say) -> None:
    answer = say("nói rõ hơn")
    assert (answer.kind, answer.text) == ("clarification", texts.MORE_OF_WHAT)


@pytest.mark.parametrize("question", [*QUESTIONS[:2], QUESTIONS[5]])
def test_the_receipt_of_a_long_answer_is_rebuilt(
    assistant: Assistant, say: Say, settings: Settings, database: Database, live: LiveKnowledge, question: str
) -> None:
    say(question)
    longer = say("nói rõ hơn")
    proof = prove_again(longer.receipt, database, settings, live(), lambda name: live(), TODAY)
    assert (proof.rebuilt, proof.law_changed) == ("same", False)


def test_by_receipt_and_in_the_conversation_it_is_the_same(assistant: Assistant, say: Say) -> None:
    short = say(QUESTIONS[0])
    assert assistant.at_length(short.receipt).text == say("nói rõ hơn").text


def test_who_cannot_press_is_told_only_when_there_is_more(assistant: Assistant, say: Say) -> None:
    short = say(QUESTIONS[0])
    assert any(channel_texts.MORE_HINT in message for message in answer_messages(short, 2000))
    assert not any(channel_texts.MORE_HINT in message for message in answer_messages(say("nói rõ hơn"), 2000))
    assert not any(channel_texts.MORE_HINT in message for message in answer_messages(say("Điều 36"), 2000))


def test_the_answer_object_does_not_carry_it(assistant: Assistant) -> None:
    answer = assistant.answer(Question(QUESTIONS[0]))
    assert answer.more
    assert "more" not in answer.as_json()
