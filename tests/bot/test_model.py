"""The chat model, over a real server on this machine: what it writes is used only when it can be proven."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest

from bot.assistant import Assistant
from bot.config import ModelSettings, Settings
from bot.database import Database
from bot.errors import ConfigError
from bot.message import Answer, Question
from bot.model import PROMPT, open_model
from bot.serve import LiveKnowledge
from tests.conftest import TODAY
from tests.fakes.openai import BROKEN, MODEL, SILENCE, FakeOpenAI, fake_openai

KEY = "sk-khoa-bi-mat-0123456789"
QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
GOOD = "Bạn có 10 ngày để tự nguyện thi hành án, tính từ khi được thông báo hợp lệ [1]."


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeOpenAI]:
    with fake_openai() as running:
        yield running


@pytest.fixture
def worded(fake: FakeOpenAI, settings: Settings, live: LiveKnowledge, database: Database) -> Assistant:
    """The assistant with the chat model of the fake server, which has half a second."""
    fake.requests.clear()
    fake.keys.clear()
    model = open_model(ModelSettings(name=MODEL, base_url=fake.base_url, timeout=0.5), KEY)
    return Assistant(settings, live, database, model, today=lambda: TODAY)


@pytest.fixture(scope="module")
def composed(assistant: Assistant) -> Answer:
    """What is said without any model."""
    return assistant.answer(Question(QUESTION))


def ask(worded: Assistant, fake: FakeOpenAI, reply: object, text: str = QUESTION) -> Answer:
    fake.reply = reply
    return worded.answer(Question(text))


@pytest.mark.parametrize(
    ("reply", "written"),
    [
        pytest.param(GOOD, "hợp lệ (khoản 1 Điều 36", id="one citation"),
        pytest.param(
            "Thời hạn là 10 ngày [1]. Không tự nguyện thì bị cưỡng chế [1].", "10 ngày (khoản 1 Điều 36", id="two sentences"
        ),
        pytest.param("  Thời hạn là 10 ngày [1].\n", "10 ngày (khoản 1 Điều 36", id="spaces around"),
    ],
)
def test_good_answer_is_used(worded: Assistant, fake: FakeOpenAI, composed: Answer, reply: str, written: str) -> None:
    answer = ask(worded, fake, reply)
    assert written in answer.text
    assert "[1]" not in answer.text
    assert answer.text != composed.text
    assert "Áp dụng tại ngày" in answer.text
    assert answer.citations == composed.citations
    assert answer.warnings == composed.warnings


@pytest.mark.parametrize(
    ("reply", "logged"),
    [
        pytest.param(GOOD.replace("10 ngày", "15 ngày"), "not proven", id="a changed number"),
        pytest.param(GOOD.replace("10 ngày", "10 ngày làm việc"), "not proven", id="a changed unit"),
        pytest.param(GOOD + " Mức phạt là 3% [1].", "not proven", id="a figure of its own"),
        pytest.param(GOOD.replace(" [1]", ""), "not proven", id="no citation"),
        pytest.param(GOOD.replace("[1]", "[9]"), "not proven", id="a citation out of range"),
        pytest.param(GOOD.replace("[1]", "[0]"), "not proven", id="citation zero"),
        pytest.param(GOOD + " Quá hạn thì bị phạt tù.", "not proven", id="a sentence without a citation beside one with"),
        pytest.param(GOOD.replace("[1]", "[2]"), "not proven", id="the figure stands in another passage than the cited"),
        pytest.param("KHÔNG ĐỦ CĂN CỨ", "not proven", id="the model says that it cannot"),
        pytest.param("", "not proven", id="nothing"),
        pytest.param(500, "chat model failed", id="HTTP 500"),
        pytest.param(429, "chat model failed", id="HTTP 429"),
        pytest.param(401, "chat model failed", id="a refused key"),
        pytest.param(404, "chat model failed", id="an unknown model"),
        pytest.param(SILENCE, "chat model failed", id="silence"),
        pytest.param(BROKEN, "chat model failed", id="broken JSON"),
    ],
)
def test_composed_answer_instead(
    worded: Assistant, fake: FakeOpenAI, composed: Answer, caplog: pytest.LogCaptureFixture, reply: object, logged: str
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = ask(worded, fake, reply)
    assert answer.text == composed.text
    assert answer.citations == composed.citations
    warnings = [r.getMessage() for r in caplog.records if r.name.startswith("bot.") and r.levelno >= logging.WARNING]
    assert any(logged in line for line in warnings), warnings
    assert KEY not in caplog.text


def test_request(worded: Assistant, fake: FakeOpenAI, composed: Answer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(worded, fake, GOOD)
    (request,) = fake.requests
    assert request["model"] == MODEL
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert request["messages"][0]["content"] == PROMPT
    asked = request["messages"][1]["content"]
    assert QUESTION in asked
    assert f"[1] {composed.citations[0].quote}" in asked
    assert fake.keys == [f"Bearer {KEY}"]
    assert KEY not in caplog.text
    assert KEY not in str(request)


def test_figures_are_said_in_the_log(worded: Assistant, fake: FakeOpenAI, caplog: pytest.LogCaptureFixture) -> None:
    ask(worded, fake, GOOD.replace("10 ngày", "15 ngày"))
    assert "15 ngay" in caplog.text


@pytest.mark.parametrize("text", ["Điều 36", "chào bạn", "04-NQ/TW", "Cách nấu phở bò ngon tại nhà", ""])
def test_model_is_not_asked(worded: Assistant, fake: FakeOpenAI, text: str) -> None:
    ask(worded, fake, GOOD, text)
    assert fake.requests == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("đảng viên không được làm những gì", id="a part without an article number"),
        pytest.param("kết quả thi hành án Quý I/2024 tại Thanh Hóa", id="news"),
    ],
)
def test_place_without_article_is_named(worded: Assistant, fake: FakeOpenAI, text: str) -> None:
    answer = ask(worded, fake, "Nội dung như văn bản đã nêu [1].", text)
    assert "Nội dung như văn bản đã nêu" in answer.text
    written = re.search(r"đã nêu \((.*?)\)", answer.text)
    assert written is not None
    assert written[1].strip()


def test_document_of_a_place_is_named(worded: Assistant, fake: FakeOpenAI, composed: Answer) -> None:
    """`khoản 1 Điều 36` alone could be of any document."""
    assert composed.citations[0].document in ask(worded, fake, GOOD).text


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        pytest.param(ModelSettings(), type(None), id="none is named"),
        pytest.param(ModelSettings(name="x", provider="khongco"), ConfigError, id="an unknown provider"),
        pytest.param(ModelSettings(name="x", provider="anthropic"), ConfigError, id="a provider that is not installed"),
    ],
)
def test_open_model(settings: ModelSettings, kind: type) -> None:
    if kind is ConfigError:
        with pytest.raises(ConfigError, match=re.escape(settings.provider)):
            open_model(settings, KEY)
    else:
        assert isinstance(open_model(settings, KEY), kind)


def test_no_key_is_no_fault(fake: FakeOpenAI) -> None:
    model = open_model(ModelSettings(name=MODEL, base_url=fake.base_url), "")
    fake.reply = GOOD
    assert model is not None
    assert model.write(QUESTION, ["đoạn"]) == GOOD
