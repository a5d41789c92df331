"""The chat model, over a real server on this machine: what it writes is used only when it can be proven."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from langchain.chat_models import init_chat_model

from bot.assistant import Assistant
from bot.config import ModelSettings, Settings
from bot.database import Database
from bot.errors import ConfigError, ModelUnavailable
from bot.message import Answer, Question
from bot.model import MOST_AT_ONCE, LangChainModel, open_model, read_prompt
from bot.replies import SCHEMA
from bot.serve import LiveKnowledge
from knowledge.text import sentences
from tests.conftest import TODAY
from tests.fakes.openai import BROKEN, ENDLESS, MODEL, SILENCE, FakeOpenAI, fake_openai

SCHEMA_SENT = {key: value for key, value in SCHEMA.items() if key not in ("title", "description")}
KEY = "sk-khoa-bi-mat-0123456789"
QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
RULE = "Người phải thi hành án có thời hạn tự nguyện thi hành án là 10 ngày, tính từ ngày họ được thông báo hợp lệ quyết định thi hành án"
GOOD = f"Theo quy định, người{RULE[5:]} [1]."
EXCEPTION = "Trường hợp thi hành quyết định áp dụng biện pháp khẩn cấp tạm thời thì không áp dụng thời hạn này"


def as_json(*sentences: tuple[str, list[int]]) -> str:
    return json.dumps({"sentences": [{"text": text, "passages": numbers} for text, numbers in sentences]}, ensure_ascii=False)


@pytest.fixture(scope="module")
def fake() -> Iterator[FakeOpenAI]:
    with fake_openai() as running:
        yield running


@pytest.fixture
def worded(fake: FakeOpenAI, settings: Settings, live: LiveKnowledge, database: Database) -> Assistant:
    """The assistant with the chat model of the fake server, which has three seconds: a busy machine needs one."""
    fake.requests.clear()
    fake.keys.clear()
    model = open_model(ModelSettings(name=MODEL, base_url=fake.base_url, timeout=3), KEY)
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
        pytest.param(GOOD, "Theo quy định, người phải thi hành án", id="text with marks"),
        pytest.param(f"{RULE} [1]. {EXCEPTION} [1].", "thì không áp dụng thời hạn này (khoản 1 Điều 36", id="two sentences"),
        pytest.param(f"  {RULE} [1].\n", "quyết định thi hành án (khoản 1 Điều 36", id="spaces around"),
        pytest.param(f"{RULE}. [1]", "quyết định thi hành án (khoản 1 Điều 36", id="the mark behind the full stop"),
        pytest.param(as_json((RULE + ".", [1])), "quyết định thi hành án (khoản 1 Điều 36", id="JSON"),
        pytest.param(f"```json\n{as_json((RULE, [1]))}\n```", "quyết định thi hành án (khoản 1 Điều 36", id="JSON in a fence"),
        pytest.param(f"<think>hỏi gì?</think>{as_json((RULE, [1]))}", "thi hành án (khoản 1 Điều 36", id="thoughts before it"),
        pytest.param(
            as_json((f"Theo khoản 1 Điều 36 Luật 106/2025/QH15, n{RULE[1:]}", [1])), "Theo khoản 1 Điều 36", id="its own address"
        ),
        pytest.param(as_json((RULE.replace("10", "mười"), [1])), "mười ngày", id="a number in words"),
        pytest.param(
            as_json((RULE, [1]), (EXCEPTION, [1]), ("Quá hạn thì bị phạt tù", [1])),
            "thời hạn này (khoản",
            id="two of three proven",
        ),
    ],
)
def test_good_answer_is_used(worded: Assistant, fake: FakeOpenAI, composed: Answer, reply: str, written: str) -> None:
    answer = ask(worded, fake, reply)
    assert written in answer.text
    assert "[1]" not in answer.text
    assert "phạt tù" not in answer.text
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
        pytest.param(GOOD.replace("[1]", "[1][2]"), "not proven", id="a citation too many"),
        pytest.param(
            "Bạn có 10 ngày để tự nguyện thi hành án [1].", "not proven", id="a loose restatement: what it leaves out may decide"
        ),
        pytest.param(GOOD.replace("phải thi hành án có", "được thi hành án có"), "authority", id="the other party"),
        pytest.param(f"{EXCEPTION.replace('không áp dụng', 'áp dụng')} [1].", "modality 'không'", id="a negation less"),
        pytest.param(f"{RULE.replace('được thông báo', 'không được thông báo')} [1].", "modality", id="a negation more"),
        pytest.param(GOOD.replace("tự nguyện", "cưỡng chế"), "procedure", id="another procedure"),
        pytest.param(f"Theo khoản 2 Điều 36, {RULE} [1].", "address", id="another address"),
        pytest.param(f"Luật viết «{RULE} và nộp phạt» [1].", "quote", id="a quote that is none"),
        pytest.param(as_json((RULE, [1]))[:-9], "not proven", id="JSON that was cut off"),
        pytest.param(as_json(), "composed answer given", id="no sentence"),
        pytest.param('{"sentences": [{"text": "x"}]}', "not proven", id="JSON of another form"),
        pytest.param(GOOD + " Quá hạn thì bị phạt tù.", "not proven", id="a sentence without a citation beside one with"),
        pytest.param(GOOD.replace("[1]", "[2]"), "not proven", id="the figure stands in another passage than the cited"),
        pytest.param("KHÔNG ĐỦ CĂN CỨ", "uncited", id="the model says that it cannot"),
        pytest.param("", "composed answer given", id="nothing"),
        pytest.param(500, "chat model failed", id="HTTP 500"),
        pytest.param(429, "chat model failed", id="HTTP 429"),
        pytest.param(401, "chat model failed", id="a refused key"),
        pytest.param(404, "chat model failed", id="an unknown model"),
        pytest.param(SILENCE, "chat model failed", id="silence"),
        pytest.param(ENDLESS, "chat model failed: TimeoutError", id="a body without end"),
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
    assert QUESTION not in "".join(warnings)


def test_request(worded: Assistant, fake: FakeOpenAI, composed: Answer, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        ask(worded, fake, GOOD)
    (request,) = fake.requests
    assert request["model"] == MODEL
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert request["messages"][0]["content"] == read_prompt()
    assert request["response_format"]["json_schema"]["schema"] == SCHEMA_SENT
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
    quoted = ask(worded, fake, 500, text).citations[0].quote.splitlines()[0]
    said = sentences(quoted.removeprefix("1. "))[0].rstrip(" .;")
    answer = ask(worded, fake, as_json((said, [1])), text)
    written = re.search(re.escape(said) + r" \((.*?)\)", answer.text)
    assert written is not None, (said, answer.text)
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


def test_faults_are_named_once_and_then_it_is_right(worded: Assistant, fake: FakeOpenAI) -> None:
    def reply(request: dict[str, Any]) -> str:
        return GOOD if len(request["messages"]) > 2 else GOOD.replace("10 ngày", "15 ngày")

    answer = ask(worded, fake, reply)
    assert "Theo quy định, người phải thi hành án có thời hạn tự nguyện thi hành án là 10 ngày" in answer.text
    first, second = fake.requests
    assert [m["role"] for m in second["messages"]] == ["system", "user", "assistant", "user"]
    assert "15 ngay" in second["messages"][3]["content"]
    assert answer.proof is not None
    assert answer.proof["used"]
    assert [len(faults) for faults in answer.proof["attempts"]] == [1, 0]


def test_asked_twice_at_most(worded: Assistant, fake: FakeOpenAI) -> None:
    ask(worded, fake, GOOD.replace("10 ngày", "15 ngày"))
    assert len(fake.requests) == 2


def test_server_without_forms(worded: Assistant, fake: FakeOpenAI, composed: Answer) -> None:
    """A server that refuses to be held to a form is asked for plain text, at once the next time."""
    fake.forms = False
    try:
        assert ask(worded, fake, GOOD).text != composed.text
        assert ask(worded, fake, GOOD).text != composed.text
    finally:
        fake.forms = True
    assert ["response_format" in request for request in fake.requests] == [True, False, False]


@pytest.mark.parametrize(
    ("first", "second", "used"),
    [
        pytest.param(500, GOOD, True, id="the first is down"),
        pytest.param(GOOD.replace("10 ngày", "15 ngày"), GOOD, True, id="the first is wrong"),
        pytest.param(500, 500, False, id="both are down"),
        pytest.param(SILENCE, GOOD.replace("10 ngày", "11 ngày"), False, id="silence, and wrong"),
    ],
)
def test_fallback_model(
    settings: Settings, live: LiveKnowledge, database: Database, composed: Answer, first: object, second: object, used: bool
) -> None:
    with fake_openai() as one, fake_openai() as two:
        one.reply, two.reply = first, second
        models = [open_model(ModelSettings(name=MODEL, base_url=each.base_url, timeout=3), KEY) for each in (one, two)]
        assistant = Assistant(settings, live, database, models[0], today=lambda: TODAY, fallback=models[1])
        answer = assistant.answer(Question(QUESTION))
        assert (answer.text != composed.text) is used
        assert len(two.requests) >= 1
        assert KEY not in str(two.requests)


def test_no_server(settings: Settings, live: LiveKnowledge, database: Database, composed: Answer) -> None:
    model = open_model(ModelSettings(name=MODEL, base_url="http://127.0.0.1:9/v1", timeout=5), KEY)
    assistant = Assistant(settings, live, database, model, today=lambda: TODAY)
    assert assistant.answer(Question(QUESTION)).text == composed.text


def test_calls_that_never_end_are_bounded(fake: FakeOpenAI) -> None:
    """A server that never answers holds so many calls at most; the next one is refused at once.

    The connection has patience, so that none of the calls ends before the last is made, however busy the machine.
    """
    patient = init_chat_model(MODEL, model_provider="openai", base_url=fake.base_url, api_key=KEY, timeout=600)
    model = LangChainModel(patient, read_prompt(), seconds=0.02)
    fake.reply = ENDLESS
    for _ in range(MOST_AT_ONCE):
        with pytest.raises(ModelUnavailable, match="TimeoutError"):
            model.write(QUESTION, ["đoạn"])
    assert len([t for t in threading.enumerate() if t.name == "chat-model"]) >= MOST_AT_ONCE
    with pytest.raises(ModelUnavailable, match="TooManyCalls"):
        model.write(QUESTION, ["đoạn"])
