"""Staff documents on the web: only for a request that asks as staff and carries the token; judgements of answers beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.channels.web import make_app
from bot.config import Settings
from bot.people import People
from knowledge.embedding import Embedder
from tests.fakes.closed import PUBLIC_KEY, SECRET, STAFF_KEY, closed_assistant

TOKEN = "mã-cán-bộ-0123456789"
WIRE = TOKEN.encode()  # headers are bytes
ASKED = "mật khẩu nội bộ khi kê biên nhà ở là gì"


@pytest.fixture(scope="module")
def closed(settings: Settings, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with closed_assistant(tmp_path_factory.mktemp("closed"), settings, embedder) as assistant:
        yield assistant


def site(closed: Assistant, settings: Settings, token: str = TOKEN) -> TestClient:
    return TestClient(make_app(closed, People({}, 10_000), settings.model_copy(update={"web_staff_token": SecretStr(token)})))


@pytest.fixture(scope="module")
def web(closed: Assistant, settings: Settings) -> Iterator[TestClient]:
    with site(closed, settings) as client:
        yield client


def streamed(text: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(text.partition("event: answer\ndata: ")[2].partition("\n\n")[0])
    return answer


@pytest.mark.parametrize(
    ("role", "header", "reader"),
    [
        pytest.param("staff", b"Bearer " + WIRE, "staff", id="asked as staff, with the token"),
        pytest.param("staff", b"bearer  " + WIRE + b" ", "staff", id="the scheme in small letters, spaces around"),
        pytest.param("staff", None, "citizen", id="asked as staff, without a token"),
        pytest.param("staff", b"", "citizen", id="an empty header"),
        pytest.param("staff", b"Bearer ", "citizen", id="an empty token"),
        pytest.param("staff", b"Bearer " + WIRE[:-1], "citizen", id="a token that is too short"),
        pytest.param("staff", b"Bearer " + WIRE + b"0", "citizen", id="a token that is too long"),
        pytest.param("staff", b"Bearer " + WIRE.upper(), "citizen", id="a token in other letters"),
        pytest.param("staff", b"Basic " + WIRE, "citizen", id="another scheme"),
        pytest.param("staff", WIRE, "citizen", id="no scheme"),
        pytest.param("staff", b"Bearer \xff\xfe", "citizen", id="bytes that are no text"),
        pytest.param("citizen", b"Bearer " + WIRE, "citizen", id="asked as a citizen, with the token"),
        pytest.param(None, b"Bearer " + WIRE, "citizen", id="no role, with the token"),
    ],
)
def test_reader(web: TestClient, role: str | None, header: bytes | None, reader: str) -> None:
    headers = [(b"Authorization", header)] if header is not None else []
    posted = web.post("/api/ask", json={"question": ASKED, "role": role}, headers=headers)  # type: ignore[arg-type]
    params = {"question": ASKED} | ({"role": role} if role else {})
    stream = web.get("/api/ask/stream", params=params, headers=headers)  # type: ignore[arg-type]
    for answer in (posted.json(), streamed(stream.text)):
        assert answer["role"] == reader
        assert (SECRET in f"{answer}") == (reader == "staff")


@pytest.mark.parametrize("token", [pytest.param("", id="no token is set"), pytest.param("  ", id="only spaces are set")])
@pytest.mark.parametrize("header", ["Bearer ", "Bearer  ", "Bearer", "Bearer None"])
def test_without_a_secret_nobody_is_staff(closed: Assistant, settings: Settings, token: str, header: str) -> None:
    with site(closed, settings, token) as web:
        answer = web.post("/api/ask", json={"question": ASKED, "role": "staff"}, headers={"Authorization": header}).json()
    assert answer["role"] == "citizen"
    assert SECRET not in f"{answer}"


@pytest.mark.parametrize("path", [f"/van-ban/{STAFF_KEY}", f"/van-ban/{STAFF_KEY}/dieu-1", "/van-ban", "/api/documents"])
def test_pages_show_no_staff_document_even_with_the_token(web: TestClient, path: str) -> None:
    response = web.get(path, headers=[(b"Authorization", b"Bearer " + WIRE)])  # type: ignore[arg-type]
    assert response.status_code == (404 if STAFF_KEY in path else 200)
    assert SECRET not in response.text
    assert STAFF_KEY not in response.text


@pytest.mark.parametrize(
    "words", ["kê biên nhà ở", ASKED, "77/2026/TT-BQP", "thông tư 77/2026", "77/2026", "Điều 1 Thông tư 77/2026/TT-BQP"]
)
def test_search_shows_no_staff_document(web: TestClient, words: str) -> None:
    page = web.get("/tim", params={"q": words})
    assert page.status_code == 200
    assert SECRET not in page.text
    assert STAFF_KEY not in page.text


def test_search_shows_the_public_one(web: TestClient) -> None:
    assert f'href="/van-ban/{PUBLIC_KEY}/dieu-1"' in web.get("/tim?q=ke bien nha o").text


# ---- judgements ----


def receipt_of(web: TestClient, conversation: str) -> str:
    receipt = web.post("/api/ask", json={"question": "kê biên nhà ở thế nào", "conversation": conversation}).json()["receipt"]
    assert isinstance(receipt, str)
    return receipt


def judge(web: TestClient, **body: Any) -> Any:
    return web.post("/api/feedback", json=body)


def test_a_judgement_is_kept_and_counted_and_may_change(web: TestClient) -> None:
    receipt = receipt_of(web, "judge-1")
    for good in (True, False, False):
        assert judge(web, conversation="judge-1", receipt=receipt, good=good).json() == {"kept": True}
    metrics = web.get("/metrics").text
    assert 'thads_judged_answers_total{helped="yes"} 1' in metrics
    assert 'thads_judged_answers_total{helped="no"} 2' in metrics


def test_only_who_got_the_answer_may_judge_it(web: TestClient) -> None:
    receipt = receipt_of(web, "judge-2")
    response = judge(web, conversation="judge-3", receipt=receipt, good=True)
    assert response.status_code == 404
    assert response.json() == {"error": "Không có câu trả lời mang mã này trong cuộc trò chuyện."}
    web.post("/api/erase", json={"conversation": "judge-2"})
    assert judge(web, conversation="judge-2", receipt=receipt, good=True).status_code == 404


@pytest.mark.parametrize(
    ("body", "names"),
    [
        pytest.param({"receipt": "AB12", "good": True}, "conversation", id="no conversation"),
        pytest.param({"conversation": "telegram:1", "receipt": "AB12", "good": True}, "conversation", id="another channel's"),
        pytest.param({"conversation": "a", "good": True}, "receipt", id="no receipt"),
        pytest.param({"conversation": "a", "receipt": 12, "good": True}, "receipt", id="a receipt that is a number"),
        pytest.param({"conversation": "a", "receipt": "' OR 1=1", "good": True}, "receipt", id="a receipt with other signs"),
        pytest.param({"conversation": "a", "receipt": "AB12"}, "good", id="no judgement"),
        pytest.param({"conversation": "a", "receipt": "AB12", "good": "yes"}, "good", id="a word"),
        pytest.param({"conversation": "a", "receipt": "AB12", "good": 1}, "good", id="a number"),
    ],
)
def test_a_bad_judgement_is_told_in_one_sentence(web: TestClient, body: dict[str, Any], names: str) -> None:
    response = judge(web, **body)
    assert response.status_code == 400
    assert names in response.json()["error"]
