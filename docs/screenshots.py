"""Takes the pictures of the documentation: serves the web chat on a free port, asks a question, photographs it.

python docs/screenshots.py [--config FILE] [--output DIR] [--chromium FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from playwright.async_api import Browser, ViewportSize, async_playwright  # noqa: E402

from bot.channels.web import WebChannel  # noqa: E402
from bot.config import Settings, load_settings  # noqa: E402
from bot.people import People  # noqa: E402
from bot.serve import open_assistant  # noqa: E402

QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
CHOICE = "Thủ tục hoãn thi hành án"  # asks back, with options
ARTICLE = "/van-ban/106-2025-qh15/dieu-36"
PHONE, DESKTOP = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=860)
PICTURES: dict[
    str, tuple[ViewportSize, Literal["light", "dark"], str, bool]
] = {  # name: window, colours, page, whether the first citation is opened
    "chat-start": (PHONE, "light", "", False),
    "chat-phone": (PHONE, "light", QUESTION, False),
    "chat-options-phone": (PHONE, "dark", CHOICE, False),
    "chat-desktop": (DESKTOP, "light", QUESTION, True),
    "chat-dark": (DESKTOP, "dark", QUESTION, True),
    "article-phone": (PHONE, "light", ARTICLE, False),
    "article-dark": (DESKTOP, "dark", ARTICLE, False),
    "documents-desktop": (DESKTOP, "light", "/van-ban", False),
    "search-phone": (PHONE, "light", "/tim?q=hoan thi hanh an", False),
}


def main() -> int:
    options = _command_line().parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_take(_settings(options.config, Path(folder)), options.output, options.chromium))
    return 0


def _command_line() -> argparse.ArgumentParser:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--config", type=Path, default=HERE.parent / "config.yaml")
    cli.add_argument("--output", type=Path, default=HERE / "images")
    cli.add_argument("--chromium", default="/usr/bin/chromium", help="the browser to photograph with")
    return cli


def _settings(config: Path, folder: Path) -> Settings:
    """The configuration with a free port and a database that is thrown away."""
    settings = load_settings(config, {"THADS_DATABASE_URL": f"sqlite:///{folder / 'thads.sqlite'}"})
    web = settings.channels.web.model_copy(update={"host": "127.0.0.1", "port": 0, "public_url": ""})
    return settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})})


async def _take(settings: Settings, output: Path, chromium: str) -> None:
    stop, channel = asyncio.Event(), WebChannel(settings)
    serving = asyncio.create_task(channel.run(open_assistant(settings), People({}, 1000), stop))
    await asyncio.wait_for(channel.listening.wait(), 10)
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            for name, picture in PICTURES.items():
                await _photograph(browser, channel.address, output / f"{name}.png", *picture)
            await browser.close()
    finally:
        stop.set()
        await serving


async def _photograph(
    browser: Browser, address: str, file: Path, window: ViewportSize, colours: Literal["light", "dark"], shown: str, opened: bool
) -> None:
    page = await browser.new_page(
        viewport=window,
        color_scheme=colours,
        device_scale_factor=2,
        has_touch=window is PHONE,
        is_mobile=window is PHONE,
        reduced_motion="reduce",
    )
    await page.goto(address + (shown if shown.startswith("/") else "/"))
    if shown and not shown.startswith("/"):
        await page.fill("#question", shown)
        await page.click("#send")
        await page.wait_for_selector(".reply .text")
        if opened:
            await page.click(".ground summary")
        await page.evaluate("document.activeElement.blur()")
    await page.screenshot(path=file)
    await page.close()


if __name__ == "__main__":
    sys.exit(main())
