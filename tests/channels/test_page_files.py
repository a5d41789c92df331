"""A filled form in a real browser: its link stands in the answer, the file comes down, and what is no address of ours is no link."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest

from tests.channels.test_page import Faults, address, ask, browser, faults, page, pytestmark

if TYPE_CHECKING:
    from playwright.async_api import Page, Route

__all__ = ["address", "browser", "faults", "page", "pytestmark"]  # what the tests below run with


def lines_of(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs]


async def test_filled_in_the_page(page: Page, faults: Faults) -> None:
    await ask(page, "/bieumau complaint")
    assert await page.locator(".turn:nth-child(1) .options button").all_inner_texts() == ["lần đầu", "lần hai"]
    assert await page.locator(".files").count() == 0
    await ask(page, "1")
    await ask(page, "xong")
    async with page.expect_download() as coming:
        link = page.locator(".turn:nth-child(3) .files a")
        assert await link.inner_text() == "📄 Đơn khiếu nại về thi hành án dân sự"
        await link.click()
    download = await coming.value
    assert download.suggested_filename == "don-khieu-nai-ve-thi-hanh-an-dan-su.docx"
    assert "(về thi hành án dân sự – khiếu nại lần đầu)" in lines_of(await download.path())
    assert faults == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example/x", "data:text/html,x", "/khac", ""])
async def test_no_link_to_anywhere_else(url: str, page: Page) -> None:
    async def answered(route: Route) -> None:
        said = {
            "question": "q",
            "kind": "answer",
            "answer": "Đây.",
            "citations": [],
            "warnings": [],
            "as_of": "2026-11-23",
            "receipt": "",
        }
        await route.fulfill(
            body=json.dumps(said | {"files": [{"name": "a", "title": "Đơn", "key": "k", "url": url}]}),
            content_type="application/json",
        )

    await page.route("**/api/ask", answered)
    await ask(page, "đơn")
    assert await page.locator(".reply a").count() == 0
