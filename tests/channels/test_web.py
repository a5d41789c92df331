"""The web API and the library pages over a real server on this machine and the real assistant."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.channels import web_api
from bot.channels.web import WebChannel, make_app
from bot.channels.web_metrics import Metrics
from bot.config import Settings
from bot.errors import ChannelError
from bot.message import Answer, Question
from bot.people import People
from knowledge.store import Library

QUESTION = "thời hạn tự nguyện thi hành án là bao lâu"
JSON = {"Content-Type": "application/json"}
LAW = "/van-ban/106-2025-qh15"


def on_any_port(settings: Settings, port: int = 0) -> Settings:
    web = settings.channels.web.model_copy(update={"host": "127.0.0.1", "port": port})
    return settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})})


@pytest.fixture(scope="module")
async def address(settings: Settings, assistant: Assistant) -> AsyncIterator[str]:
    channel, stop = WebChannel(on_any_port(settings)), asyncio.Event()
    running = asyncio.create_task(channel.run(assistant, People({}, 10_000), stop))
    await asyncio.wait_for(channel.listening.wait(), 10)
    yield channel.address
    stop.set()
    await asyncio.wait_for(running, 10)


@pytest.fixture(scope="module")
async def web(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as client:
        yield client


async def ask(web: httpx.AsyncClient, **body: Any) -> dict[str, Any]:
    response = await web.post("/api/ask", json=body)
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


# ---- asking ----


async def test_an_answer_has_the_fixed_form(web: httpx.AsyncClient) -> None:
    answer = await ask(web, question=QUESTION)
    assert set(answer) == {
        *("question", "as_of", "role", "kind", "answer", "citations", "warnings", "receipt", "build", "elapsed_ms")
    }  # fmt: skip
    assert answer["kind"] == "answer"
    assert "10 ngày" in answer["answer"]
    assert (answer["citations"][0]["article"], answer["citations"][0]["clause"]) == ("36", "1")
    assert answer["role"] == "citizen"


async def test_every_citation_leads_to_a_page_that_shows_it(web: httpx.AsyncClient) -> None:
    for question in (
        QUESTION,
        "khi nào được hoãn thi hành án",
        "quy định 37-QĐ/TW là gì",
        "kết quả thi hành án ở Quảng Ninh quý I/2024",
    ):
        for citation in (await ask(web, question=question))["citations"]:
            page = await web.get(citation["url"])
            assert page.status_code == 200, citation["url"]
            if citation["clause"]:
                anchor = f"k{citation['clause']}" + (f"-{citation['point']}" if citation["point"] else "")
                assert f'id="{anchor}"' in page.text


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ({"as_of": "2020-05-10"}, "as_of", "2020-05-10"),
        ({"role": "staff"}, "role", "citizen"),  # without the token; tests/channels/test_web_staff.py has the rest
        ({"role": None, "as_of": None, "conversation": None}, "role", "citizen"),
        ({"unknown": "field"}, "role", "citizen"),
        ({"question": ""}, "kind", "refusal"),
        ({"question": "a" * 3000}, "kind", "refusal"),
        ({"question": "???"}, "kind", "refusal"),
        ({"question": "<script>alert(1)</script> điều 36"}, "role", "citizen"),
    ],
)
async def test_fields_are_passed_on(web: httpx.AsyncClient, body: dict[str, Any], field: str, value: str) -> None:
    assert (await ask(web, **{"question": QUESTION, **body}))[field] == value


async def test_half_a_character_is_no_fault(web: httpx.AsyncClient) -> None:
    response = await web.post("/api/ask", content=b'{"question": "\\ud800 \\u0000 dieu 36"}', headers=JSON)
    assert response.status_code == 200
    assert response.json()["question"].startswith("?")


BAD = [
    (b"", JSON, 400, "JSON"),
    (b"not json", JSON, 400, "JSON"),
    (b'{"question": "a"', JSON, 400, "JSON"),
    (b"\xff\xfe\xff", JSON, 400, "JSON"),
    (b"[" * 50_000, JSON, 400, "JSON"),
    (b'{"question": ' + b"9" * 5000 + b"}", JSON, 400, "JSON"),
    (b'"a string"', JSON, 400, "JSON"),
    (b'[{"question": "a"}]', JSON, 400, "JSON"),
    (b"null", JSON, 400, "JSON"),
    (b"{}", JSON, 400, "question"),
    (b'{"question": null}', JSON, 400, "question"),
    (b'{"question": 36}', JSON, 400, "question"),
    (b'{"question": ["a"]}', JSON, 400, "question"),
    (b'{"question": "a", "role": "admin"}', JSON, 400, "role"),
    (b'{"question": "a", "role": ["staff"]}', JSON, 400, "role"),
    (b'{"question": "a", "role": ""}', JSON, 400, "role"),
    (b'{"question": "a", "as_of": "01/07/2026"}', JSON, 400, "as_of"),
    (b'{"question": "a", "as_of": "2026-02-30"}', JSON, 400, "as_of"),
    (b'{"question": "a", "as_of": "0000-01-01"}', JSON, 400, "as_of"),
    (b'{"question": "a", "as_of": "20260701"}', JSON, 400, "as_of"),
    (b'{"question": "a", "as_of": 20260701}', JSON, 400, "as_of"),
    (b'{"question": "a", "as_of": ""}', JSON, 400, "as_of"),
    (b'{"question": "a", "conversation": 1}', JSON, 400, "conversation"),
    (b'{"question": "a", "conversation": ""}', JSON, 400, "conversation"),
    (b'{"question": "a", "conversation": "a:b"}', JSON, 400, "conversation"),
    (b'{"question": "a", "conversation": "a\\n"}', JSON, 400, "conversation"),
    (b'{"question": "a", "conversation": "' + b"a" * 65 + b'"}', JSON, 400, "conversation"),
    (b'{"question": "' + b"a" * 64_000 + b'"}', JSON, 413, "64 kB"),
    (b'{"question": "a"}', {}, 415, "JSON"),
    (b"question=a", {"Content-Type": "application/x-www-form-urlencoded"}, 415, "JSON"),
    (b'{"question": "a"}', {"Content-Type": "text/plain"}, 415, "JSON"),
    (b"\x89PNG", {"Content-Type": "image/png"}, 415, "chỉ đọc được chữ"),
    (b"OggS", {"Content-Type": "audio/ogg; codecs=opus"}, 415, "chỉ đọc được chữ"),
    (b"--x--", {"Content-Type": "multipart/form-data; boundary=x"}, 415, "chỉ đọc được chữ"),
]


@pytest.mark.parametrize(("content", "headers", "status", "names"), BAD)
async def test_a_bad_request_is_told_in_one_sentence(
    web: httpx.AsyncClient, content: bytes, headers: dict[str, str], status: int, names: str
) -> None:
    response = await web.post("/api/ask", content=content, headers=headers)
    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert names in response.json()["error"]
    assert "Traceback" not in response.text


async def test_a_body_without_a_length_is_limited_too(web: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 10_000

    assert (await web.post("/api/ask", content=pieces(), headers=JSON)).status_code == 413


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/ask", 405),
        ("PUT", "/api/ask", 405),
        ("POST", "/api/ask/stream", 405),
        ("GET", "/api/nothing", 404),
        ("GET", "/api/erase", 405),
        ("GET", "/api/feedback", 405),
        ("DELETE", "/api/feedback", 405),
        ("POST", "/healthz", 405),
    ],
)
async def test_unknown_addresses_of_the_api_answer_in_json(web: httpx.AsyncClient, method: str, path: str, status: int) -> None:
    response = await web.request(method, path)
    assert response.status_code == status
    assert response.json()["error"].endswith(".")
    assert "Not" not in response.text


# ---- streaming ----


def events(text: str) -> list[tuple[str, Any]]:
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(name.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for name, data in blocks]


async def test_the_stream_sends_the_answer_then_done(web: httpx.AsyncClient) -> None:
    response = await web.get("/api/ask/stream", params={"question": QUESTION, "conversation": "stream-1"})
    assert response.headers["content-type"].startswith("text/event-stream")
    (first, answer), (last, nothing) = events(response.text)
    assert (first, last, nothing) == ("answer", "done", {})
    assert "10 ngày" in answer["answer"]


@pytest.mark.parametrize(
    "params", [{}, {"question": "a", "as_of": "x"}, {"question": "a", "role": "x"}, {"question": "a", "conversation": "a b"}]
)
async def test_a_bad_stream_request_is_refused(web: httpx.AsyncClient, params: dict[str, str]) -> None:
    response = await web.get("/api/ask/stream", params=params)
    assert response.status_code == 400
    assert response.json()["error"]


# ---- conversations ----


async def test_a_conversation_is_remembered_until_erased(web: httpx.AsyncClient) -> None:
    await ask(web, question=QUESTION, conversation="talk-1")
    await ask(web, question="điều 37", conversation="talk-1")
    erased = await web.post("/api/erase", json={"conversation": "talk-1"})
    assert erased.json() == {"erased": 2}
    assert (await web.post("/api/erase", json={"conversation": "talk-1"})).json() == {"erased": 0}


@pytest.mark.parametrize("body", [{}, {"conversation": None}, {"conversation": "telegram:1"}, {"conversation": ["a"]}, []])
async def test_erasing_needs_a_conversation_of_the_web(web: httpx.AsyncClient, body: Any) -> None:
    assert (await web.post("/api/erase", json=body)).status_code == 400


# ---- allowance and faults ----


def test_too_many_questions_are_turned_down(settings: Settings, assistant: Assistant) -> None:
    with TestClient(make_app(assistant, People({}, 2), settings)) as web:
        bodies = [{"question": "xin chào"}, {"question": 1}, {"question": "xin chào"}, {"question": "xin chào"}]
        assert [web.post("/api/ask", json=body).status_code for body in bodies] == [200, 400, 200, 429]
        refused = web.get("/api/ask/stream", params={"question": "xin chào"})
        assert refused.status_code == 429
        assert refused.headers["retry-after"] == "60"
        assert "chờ" in refused.json()["error"]
        assert 'thads_refused_requests_total{status="429"} 2' in web.get("/metrics").text


class BrokenAssistant:
    """An assistant whose build and database are gone."""

    def answer(self, question: object) -> None:
        raise RuntimeError("secret detail")

    def erase(self, conversation: str) -> None:
        raise RuntimeError("secret detail")

    def find(self, text: str, on: object) -> None:
        raise RuntimeError("secret detail")

    def judge(self, conversation: str, receipt: str, good: bool) -> None:
        raise RuntimeError("secret detail")

    @property
    def library(self) -> Library:
        raise RuntimeError("secret detail")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/api/ask", 503),
        ("POST", "/api/erase", 503),
        ("POST", "/api/feedback", 503),
        ("GET", "/tim?q=a", 500),
        ("GET", "/readyz", 503),
        ("GET", "/api/documents", 500),
        ("GET", "/van-ban", 500),
        ("GET", "/healthz", 200),
        ("GET", "/metrics", 200),
        ("GET", "/", 200),
    ],
)
def test_a_fault_of_ours_shows_no_detail(settings: Settings, method: str, path: str, status: int) -> None:
    app = make_app(BrokenAssistant(), People({}, 100), settings)  # type: ignore[arg-type]
    web = TestClient(app, raise_server_exceptions=False)
    body = {"question": "a", "conversation": "a", "receipt": "AB12", "good": True}
    response = web.request(method, path, json=body if method == "POST" else None)
    assert response.status_code == status
    assert "secret" not in response.text
    assert "frame-ancestors" in response.headers["content-security-policy"]


def test_a_slow_answer_keeps_its_stream_alive(settings: Settings, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow:
        def answer(self, question: Question) -> Answer:
            time.sleep(0.3)
            return assistant.answer(question)

    monkeypatch.setattr(web_api, "KEEP_ALIVE", 0.05)
    text = TestClient(make_app(Slow(), People({}, 100), settings)).get("/api/ask/stream?question=xin chào").text  # type: ignore[arg-type]
    assert text.startswith(": ")
    assert [name for name, _ in events("".join(block + "\n\n" for block in text.split("\n\n") if block.startswith("event")))] == [
        "answer",
        "done",
    ]


def test_a_stream_that_fails_says_so_in_an_event(settings: Settings) -> None:
    web = TestClient(make_app(BrokenAssistant(), People({}, 100), settings))  # type: ignore[arg-type]
    names = [name for name, _ in events(web.get("/api/ask/stream?question=a").text)]
    assert names == ["error", "done"]


# ---- for machines ----


async def test_health_readiness_and_metrics(web: httpx.AsyncClient) -> None:
    answer = await ask(web, question="xin chào")
    assert (await web.get("/healthz")).json() == {"status": "ok", "channels": {}}
    assert (await web.get("/readyz")).json() == {"status": "ok", "build": answer["build"], "channels": {}}
    metrics = await web.get("/metrics")
    assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert f'thads_build_info{{build="{answer["build"]}"}} 1' in metrics.text
    assert 'thads_questions_total{kind="answer"}' in metrics.text


def test_metrics_count_in_buckets() -> None:
    metrics = Metrics()
    for seconds in (0.005, 0.2, 99.0):
        metrics.answered("answer", seconds)
    lines = metrics.text('a"b').splitlines()
    assert 'thads_answer_seconds_bucket{le="0.01"} 1' in lines
    assert 'thads_answer_seconds_bucket{le="0.25"} 2' in lines
    assert 'thads_answer_seconds_bucket{le="30.0"} 2' in lines
    assert 'thads_answer_seconds_bucket{le="+Inf"} 3' in lines
    assert 'thads_questions_total{kind="answer"} 3' in lines
    assert 'thads_build_info{build="a\\"b"} 1' in lines


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/khung", "/tim?q=phí", "/van-ban", f"{LAW}/dieu-36", "/nothing", "/api/nothing", "/healthz"),
        *("/static/chat.js", "/widget.js", "/metrics"),
    ],
)
async def test_every_response_is_guarded(web: httpx.AsyncClient, path: str) -> None:
    response = await web.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"]
    assert "server" not in response.headers


# ---- pages ----


@pytest.mark.parametrize(
    ("path", "shows"),
    [
        ("/", ["Nhập câu hỏi", "noscript", "/static/chat.js"]),
        ("/van-ban", ["Luật 106/2025/QH15", "còn hiệu lực", "hết hiệu lực", "diễn giải"]),
        ("/van-ban?ngay=2026-06-30", ["chưa có hiệu lực"]),
        (LAW, ["Điều 116", "Chương I", "05/12/2025", "01/7/2026", "Nguồn đã đối chiếu"]),
        (
            f"{LAW}/dieu-36",
            [
                *("Điều 36.", "Tự nguyện và thỏa thuận", 'id="k1"', "còn hiệu lực", "dieu-35", "dieu-37", "Chương III"),
                *('action="/tim"', 'class="printed">Trợ lý THADS: http://127.0.0.1'),
            ],
        ),
        (f"{LAW}/dieu-36?ngay=2026-06-30", ["chưa có hiệu lực", "dieu-37?ngay=2026-06-30"]),
        (f"{LAW}/dieu-46", ['id="k1-c"', 'id="k1-đ"', 'href="#k1-%C4%91"']),
        (f"{LAW}/dieu-37", ["Chỗ cần đối chiếu", "09 ngày"]),
        (f"{LAW}/dieu-5?ngay=2026-02-01", ["còn hiệu lực", 'datetime="2026-01-20"']),
        (f"{LAW}/dieu-3?ngay=2026-02-01", ["chưa có hiệu lực", "còn hiệu lực", 'datetime="2026-01-20"']),
        (
            "/van-ban/37-qd-tw-2021?ngay=2026-11-23",
            ["hết hiệu lực", "26/7/2026", "207-qd-tw-2026", "Ghi chú", "https://en.vietnamplus.vn"],
        ),
        ("/van-ban/tin-thads-2024-q1", ["tin, không phải luật", "Tin ngày"]),
        ("/van-ban/04-ct-tw-2021", ["chưa xác nhận hiệu lực"]),
        ("/van-ban/37-qd-tw-2021/muc-xu-ly-vi-pham-nguon-bao-chi", ["Xử lý vi phạm"]),
    ],
)
async def test_pages_show_the_law(web: httpx.AsyncClient, path: str, shows: list[str]) -> None:
    response = await web.get(path)
    assert response.status_code == 200
    for text in shows:
        assert text in response.text, text


async def test_all_articles_of_all_documents_have_a_page(web: httpx.AsyncClient, assistant: Assistant) -> None:
    for document in assistant.library.documents:
        contents = (await web.get(f"/van-ban/{document.key}")).text
        addresses = [part.split('"')[0] for part in contents.split('<li><a href="')[1:]]
        addresses = [address for address in addresses if address.startswith("/van-ban/")]
        assert len(set(addresses)) == sum(1 for _ in document.articles()), document.key
        for address in (addresses[0], addresses[-1]):
            assert (await web.get(address)).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/van-ban/999-2026-qh15", 404),
        (f"{LAW}/dieu-999", 404),
        (f"{LAW}/muc-36", 404),
        (f"{LAW}/dieu-", 404),
        (f"{LAW}/dieu-36/k1", 404),
        ("/van-ban/..%2f..%2fetc%2fpasswd", 404),
        ("/static/../web_api.py", 404),
        ("/static/nothing.css", 404),
        ("/van-ban?ngay=30-6-2026", 400),
        (f"{LAW}/dieu-36?ngay=2026-02-30", 400),
        ("/<script>alert(1)</script>", 404),
    ],
)
async def test_a_wrong_address_gets_a_vietnamese_page_that_leads_home(web: httpx.AsyncClient, path: str, status: int) -> None:
    response = await web.get(path)
    assert response.status_code == status
    assert 'href="/"' in response.text
    assert "<script>" not in response.text
    assert "Not Found" not in response.text


def closed_library(assistant: Assistant) -> Library:
    """The real library with one document for staff, whose text would break out of the page if it could."""
    first, *others = assistant.library.documents
    other = replace(others[0], title='<img src=x onerror="alert(1)">', notes="<script>alert(2)</script>")
    return Library((replace(first, audience="staff"), other, *others[1:]))


@pytest.mark.parametrize("place", ["", "/dieu-1", "/muc-thong-tin-chung-ve-van-ban"])
def test_documents_for_staff_are_shown_to_nobody(settings: Settings, assistant: Assistant, place: str) -> None:
    library = closed_library(assistant)
    app = make_app(SimpleNamespace(library=library), People({}, 100), settings)  # type: ignore[arg-type]
    with TestClient(app) as web:
        hidden = library.documents[0].key
        assert web.get(f"/van-ban/{hidden}{place}").status_code == 404
        assert hidden not in web.get("/van-ban").text
        assert hidden not in [row["key"] for row in web.get("/api/documents").json()]


def test_what_the_library_says_is_escaped(settings: Settings, assistant: Assistant) -> None:
    library = closed_library(assistant)
    app = make_app(SimpleNamespace(library=library), People({}, 100), settings)  # type: ignore[arg-type]
    with TestClient(app) as web:
        for page in (web.get("/van-ban").text, web.get(f"/van-ban/{library.documents[1].key}").text):
            assert "<img" not in page
            assert "alert(2)</script>" not in page
            assert "&lt;img" in page


# ---- the server ----


async def test_a_taken_port_is_said_in_a_sentence(settings: Settings, assistant: Assistant, address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    with pytest.raises(ChannelError, match=f"port {port}.*channels.web.port"):
        await WebChannel(on_any_port(settings, port)).run(assistant, People({}, 10), asyncio.Event())


async def test_the_server_stops_when_told_and_frees_its_port(settings: Settings, assistant: Assistant) -> None:
    for _ in range(2):
        channel, stop = WebChannel(on_any_port(settings)), asyncio.Event()
        running = asyncio.create_task(channel.run(assistant, People({}, 10), stop))
        await asyncio.wait_for(channel.listening.wait(), 10)
        async with httpx.AsyncClient(trust_env=False) as web:
            assert (await web.get(f"{channel.address}/healthz")).status_code == 200
            stop.set()
            await asyncio.wait_for(running, 10)
            with pytest.raises(httpx.ConnectError):
                await web.get(f"{channel.address}/healthz")
