"""Looking things up on the web: what the search page finds in the real library, and how an excerpt is cut and marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from bot.assistant import Assistant
from bot.channels.web import make_app
from bot.channels.web_views import EXCERPT, excerpt
from bot.config import Settings
from bot.people import People
from tests.conftest import TODAY

LAW = "/van-ban/106-2025-qh15"


@pytest.fixture(scope="module")
def web(settings: Settings, assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(make_app(assistant, People({}, 10_000), settings)) as client:
        yield client


@pytest.mark.parametrize(
    ("words", "link"),
    [
        pytest.param("thời hạn tự nguyện thi hành án", f"{LAW}/dieu-36", id="a question in short"),
        pytest.param("thoi han tu nguyen thi hanh an", f"{LAW}/dieu-36", id="without accents"),
        pytest.param("hoãn thi hành án", f"{LAW}/dieu-46", id="a term"),
        pytest.param("CƯỠNG CHẾ", f"{LAW}/dieu-71", id="in capitals"),
        pytest.param("điều 36", f'{LAW}/dieu-36"', id="an article"),
        pytest.param("khoản 2 Điều 46 Luật 106/2025/QH15", f'{LAW}/dieu-46"', id="a place of a law"),
        pytest.param("106/2025/QH15", f'{LAW}"', id="a number"),
        pytest.param("nghi dinh 152", "/van-ban/152-2026-nd-cp", id="a number without its end"),
        pytest.param("152/2026", "/van-ban/152-2026-nd-cp", id="the beginning of a number"),
    ],
)
def test_finds(web: TestClient, words: str, link: str) -> None:
    page = web.get("/tim", params={"q": words})
    assert page.status_code == 200
    assert f'href="{link}' in page.text


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param("", "Gõ vài từ", id="nothing"),
        pytest.param("   ", "Gõ vài từ", id="spaces"),
        pytest.param("?!?", "Không thấy gì", id="no word"),
        pytest.param("giá vàng hôm nay", "Không thấy gì", id="another field"),
        pytest.param("điều 999", "không có Điều 999", id="an article that is not there"),
        pytest.param("\ud800 \x00".encode("utf-8", "replace").decode(), "Không thấy gì", id="half a character"),
    ],
)
def test_finds_nothing_and_says_so(web: TestClient, words: str, says: str) -> None:
    page = web.get("/tim", params={"q": words})
    assert page.status_code == 200
    assert says in page.text
    assert 'class="excerpt"' not in page.text


def test_words_are_never_markup(web: TestClient) -> None:
    page = web.get("/tim", params={"q": '"><script>alert(1)</script> hoãn thi hành án'}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_search_without_end_is_cut(web: TestClient) -> None:
    assert web.get("/tim", params={"q": "hoãn thi hành án " * 2000}).status_code == 200


def test_the_date_is_kept_in_links(web: TestClient) -> None:
    page = web.get("/tim", params={"q": "hoãn thi hành án", "ngay": "2026-06-30"}).text
    assert "/van-ban/26-2008-qh12/dieu-48?ngay=2026-06-30" in page
    assert f"{LAW}/dieu-46" not in page  # not in force then
    assert '<input type="hidden" name="q" value="hoãn thi hành án">' in page


def test_every_finding_leads_to_its_place(web: TestClient) -> None:
    addresses = [part.split('"')[0] for part in web.get("/tim?q=hoan thi hanh an").text.split('<li>\n      <a href="')[1:]]
    assert len(addresses) > 5
    for address in addresses:
        assert web.get(address.split("#")[0]).status_code == 200


def test_too_many_searches_are_turned_down(settings: Settings, assistant: Assistant) -> None:
    with TestClient(make_app(assistant, People({}, 2), settings)) as web:
        assert [web.get("/tim?q=phí").status_code for _ in range(3)] == [200, 200, 429]
        refused = web.get("/tim?q=phí")
        assert refused.headers["retry-after"] == "60"
        assert "Chờ một phút" in refused.text
        assert web.get("/tim").status_code == 200  # the empty page asks nothing
        assert web.post("/api/ask", json={"question": "xin chào"}).status_code == 200  # questions have an allowance of their own


def test_nobody_reads_what_is_not_in_force_as_if_it_were(assistant: Assistant) -> None:
    for on in (TODAY, date(2020, 5, 10)):
        for place in assistant.find("hoãn thi hành án", on).places:
            starts = place.article.in_force_from or place.document.effective_from
            assert starts <= on, place


ROWS = [
    pytest.param("Ra quyết định hoãn thi hành án.", "hoan thi hanh an", "hoãn thi hành án", id="without accents"),
    pytest.param("Ra quyết định hoãn thi hành án.", "HOÃN", "hoãn", id="one word"),
    pytest.param("Ra quyết định hoãn việc thi hành.", "hoãn thi hành", "thi hành", id="pairs only"),
    pytest.param("Ra quyết định.", "hoãn thi hành", "", id="nothing to mark"),
    pytest.param("", "hoãn", "", id="no text"),
    pytest.param("Ra quyết định.", "", "", id="no words"),
]


@pytest.mark.parametrize(("text", "words", "marked"), ROWS)
def test_excerpt_marks(text: str, words: str, marked: str) -> None:
    pieces = excerpt(text, words)
    assert "".join(piece for piece, sort in pieces if sort) == marked
    assert "".join(piece for piece, _ in pieces) == text


@pytest.mark.parametrize("before", [0, 3, 200])
def test_excerpt_is_cut_around_what_was_looked_for(before: int) -> None:
    pieces = excerpt("một hai ba " * before + "hoãn thi hành án " + "bốn năm sáu " * 200, "hoãn thi hành án")
    whole = "".join(piece for piece, _ in pieces)
    assert "hoãn thi hành án" in whole[:100]
    assert len(whole) <= EXCERPT + 10
    assert whole.startswith("…") == (before == 200)
    assert whole.endswith("…")
