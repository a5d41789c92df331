"""The chat page in a real browser shows what is due until it is put away, and asks for nothing where nothing was said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.reminders import DueDay, in_utc, moment_on
from bot.serve import LiveKnowledge
from tests.channels import test_page
from tests.channels.test_page import Faults, ask, served
from tests.conftest import TODAY

if TYPE_CHECKING:
    from playwright.async_api import Browser

browser, pytestmark = test_page.browser, test_page.pytestmark


@pytest.fixture
async def assistant(settings: Settings, live: LiveKnowledge, tmp_path: Path) -> AsyncIterator[Assistant]:
    database = Database("sqlite:///own.sqlite", tmp_path)
    yield Assistant(settings, live, database, today=lambda: TODAY, clock=lambda: time(10))
    database.close()


async def test_shown_until_put_away(settings: Settings, assistant: Assistant, browser: Browser) -> None:
    faults, requests = Faults(), list[str]()
    async with served(settings, assistant) as address:
        page = await (await browser.new_context()).new_page()
        faults.watch(page, address)
        page.on("request", lambda request: requests.append(request.url))
        await page.goto(address)
        await ask(page)
        assert [url for url in requests if "/api/reminders" in url] == [], "before anything was said there is nothing to ask for"
        name = await page.evaluate("JSON.parse(localStorage.getItem('thads-chat')).id")
        assistant.reminders.rows.add(
            f"web:{name}",
            DueDay(TODAY + timedelta(days=3), "hạn <i>nộp đơn</i>"),
            in_utc(moment_on(TODAY)),
            in_utc(moment_on(TODAY)),
        )
        for _ in range(2):
            await page.reload()
            note = page.locator("#reminders .reminder")
            await note.wait_for()
            assert "hạn <i>nộp đơn</i>" in await note.inner_text()
        async with page.expect_response("**/api/reminders"):
            await note.locator("button").click()
        assert await note.count() == 0
        async with page.expect_response("**/api/reminders?*") as answered:
            await page.reload()
        assert await (await answered.value).json() == {"reminders": []}
        await page.close()
    assert faults == []
