"""What a chat model wrote, read as sentences with the passages that each stands on; anything else is refused."""

from __future__ import annotations

import json

import pytest

from bot.errors import ModelUnavailable
from bot.replies import MOST_SENTENCES, Sentence, read_reply


def as_json(*rows: object) -> str:
    return json.dumps({"sentences": rows}, ensure_ascii=False)


ROW = {"text": "Thời hạn là 10 ngày.", "passages": [1]}
ONE = [Sentence("Thời hạn là 10 ngày.", (1,))]


@pytest.mark.parametrize(
    ("reply", "sentences"),
    [
        pytest.param(as_json(ROW), ONE, id="JSON"),
        pytest.param(f"Đây là câu trả lời:\n{as_json(ROW)}\nChúc bạn khỏe.", ONE, id="JSON between words"),
        pytest.param(f"```json\n{as_json(ROW)}\n```", ONE, id="JSON in a fence"),
        pytest.param(f"<think>{{}} hỏi gì nhỉ</think>{as_json(ROW)}", ONE, id="JSON behind thoughts"),
        pytest.param(as_json({**ROW, "text": "Thời hạn là 10 ngày [2]."}), ONE, id="marks in JSON do not count"),
        pytest.param(as_json({**ROW, "passages": [1, 1]}), ONE, id="a number twice"),
        pytest.param(as_json({**ROW, "passages": []}), [Sentence("Thời hạn là 10 ngày.", ())], id="JSON without a ground"),
        pytest.param(
            as_json({**ROW, "text": "Một câu. Hai câu; ba vế."}),
            [Sentence("Một câu.", (1,)), Sentence("Hai câu; ba vế.", (1,))],
            id="two sentences in one",
        ),
        pytest.param(as_json(), [], id="no sentence"),
        pytest.param("", [], id="nothing"),
        pytest.param("Thời hạn là 10 ngày [1].", ONE, id="text"),
        pytest.param("Thời hạn là 10 ngày. [1]", ONE, id="the mark behind the full stop"),
        pytest.param("Thời hạn là 10 ngày [1][2].", [Sentence("Thời hạn là 10 ngày.", (1, 2))], id="two marks"),
        pytest.param("Thời hạn là 10 ngày [1, 2].", [Sentence("Thời hạn là 10 ngày.", (1, 2))], id="two numbers in a mark"),
        pytest.param(
            "Có 10 ngày. [1] Phạt tù.", [Sentence("Có 10 ngày.", (1,)), Sentence("Phạt tù.", ())], id="one with, one without"
        ),
        pytest.param(
            "Hồ sơ gồm:\na) Đơn;\nb) Bản án [1].", [Sentence("Hồ sơ gồm: a) Đơn; b) Bản án.", (1,))], id="a list is one"
        ),
        pytest.param("KHÔNG ĐỦ CĂN CỨ", [Sentence("KHÔNG ĐỦ CĂN CỨ", ())], id="words without a ground"),
    ],
)
def test_read(reply: str, sentences: list[Sentence]) -> None:
    assert read_reply(reply) == sentences


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(as_json(ROW)[:-2], id="cut off at the end"),
        pytest.param(as_json(ROW)[:40], id="cut off in the middle"),
        pytest.param(as_json("Thời hạn là 10 ngày."), id="a sentence that is a text"),
        pytest.param(as_json({"text": "x"}), id="no passages"),
        pytest.param(as_json({"text": 1, "passages": [1]}), id="a text that is a number"),
        pytest.param(as_json({**ROW, "passages": 1}), id="passages that are a number"),
        pytest.param(as_json({**ROW, "passages": ["1"]}), id="numbers as text"),
        pytest.param(as_json({**ROW, "passages": [True]}), id="true is not one"),
        pytest.param(as_json({**ROW, "passages": [1.5]}), id="half a passage"),
        pytest.param(json.dumps({"sentences": {"text": "x"}}), id="no list"),
        pytest.param(as_json(*[ROW] * (MOST_SENTENCES + 1)), id="too many sentences"),
    ],
)
def test_refused(reply: str) -> None:
    with pytest.raises(ModelUnavailable):
        read_reply(reply)


def test_endless_text_is_cut() -> None:
    assert len(read_reply("Thời hạn là 10 ngày [1]. " * 100_000)) == MOST_SENTENCES + 1
