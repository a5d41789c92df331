"""The pages in a real browser: asked, read, opened, printed, framed, used by keyboard alone, photographed, and checked by axe-core."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from bot.assistant import Assistant
from bot.channels.web import WebChannel
from bot.config import Settings, SpeechSettings
from bot.message import Question
from bot.people import People
from tests.fakes.speech import FakeSpeech, fake_speech

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page, ViewportSize

playwright = pytest.importorskip("playwright.async_api", reason="install playwright: pip install playwright")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="install chromium: apt-get install chromium")

QUESTION = "thời hạn tự nguyện thi hành án là bao lâu"
WINDOWS: dict[str, ViewportSize] = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}


@asynccontextmanager
async def served(settings: Settings, assistant: Assistant, **section: Any) -> AsyncIterator[str]:
    web = settings.channels.web.model_copy(update={"host": "127.0.0.1", "port": 0} | section)
    there = settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})})
    channel, stop = WebChannel(there), asyncio.Event()
    running = asyncio.create_task(channel.run(assistant, People({}, 10_000), stop))
    await asyncio.wait_for(channel.listening.wait(), 10)
    yield channel.address
    stop.set()
    await asyncio.wait_for(running, 10)


@pytest.fixture(scope="module")
async def address(settings: Settings, assistant: Assistant) -> AsyncIterator[str]:
    async with served(settings, assistant) as opened:
        yield opened


@pytest.fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with playwright.async_playwright() as started:
        opened = await started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        await opened.close()


class Faults(list[str]):
    """What the browser complained about: script errors, refused content, requests to other places."""

    def watch(self, page: Page, address: str) -> None:
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("console", lambda message: self.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: None if request.url.startswith(address) else self.append(request.url))


@pytest.fixture
async def faults() -> Faults:
    return Faults()


@pytest.fixture(params=["desktop"])
async def page(browser: Browser, address: str, faults: Faults, request: pytest.FixtureRequest) -> AsyncIterator[Page]:
    phone = request.param == "phone"
    context = await browser.new_context(
        viewport=WINDOWS[request.param], has_touch=phone, is_mobile=phone, reduced_motion="reduce"
    )
    opened = await context.new_page()
    opened.set_default_timeout(20_000)
    faults.watch(opened, address)
    await opened.goto(address)
    yield opened
    await context.close()


async def ask(page: Page, question: str = QUESTION) -> None:
    before = await page.locator(".reply .text").count()
    await page.fill("#question", question)
    await page.press("#question", "Enter")
    await page.locator(".reply .text").nth(before).wait_for()


async def test_a_question_is_answered_with_its_article(page: Page, address: str, faults: Faults) -> None:
    await ask(page)
    assert await page.locator("#welcome").is_hidden()
    reply = page.locator(".reply")
    assert "10 ngày" in await reply.locator(".text").inner_text()
    assert "Áp dụng tại ngày 23/11/2026." in await reply.inner_text()
    ground = reply.locator(".ground").first
    assert "Khoản 1 Điều 36" in await ground.inner_text()
    assert "Luật 106/2025/QH15" in await ground.inner_text()
    assert await ground.locator(".state").inner_text() == "còn hiệu lực"
    assert await ground.locator("blockquote").is_hidden()
    await ground.locator("summary").click()
    assert "10 ngày" in await ground.locator("blockquote").inner_text()
    assert "01/7/2026" in await ground.locator(".dates").inner_text()
    assert await ground.locator(".text-kind").inner_text() == "diễn giải"
    await ground.locator("a.more").click()
    await page.wait_for_url(f"{address}/van-ban/106-2025-qh15/dieu-36#k1")
    assert "Điều 36" in await page.locator("h1").inner_text()
    assert await page.locator("#k1").is_visible()
    assert faults == []


async def test_the_keyboard_is_enough(page: Page, address: str, faults: Faults) -> None:
    await page.focus("#question")
    await _back_to(page, ".skip")
    await page.keyboard.press("Enter")
    assert await page.evaluate("document.activeElement.id") == "question"
    await page.keyboard.type("thời hạn tự nguyện")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("thi hành án là bao lâu")
    assert await page.locator(".turn").count() == 0
    await page.keyboard.press("Enter")
    await page.locator(".ground").first.wait_for()
    assert await page.evaluate("document.activeElement.id") == "question"
    await _back_to(page, ".ground summary")
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{address}/van-ban/106-2025-qh15/dieu-36#k1")
    assert faults == []


async def _back_to(page: Page, wanted: str) -> None:
    """Press Shift+Tab until the first such element has the focus."""
    for _ in range(40):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("wanted => document.activeElement === document.querySelector(wanted)", wanted):
            return
    raise AssertionError(f"{wanted} cannot be reached with the keyboard")


async def test_enter_does_not_send_while_an_input_method_composes(page: Page) -> None:
    await page.fill("#question", "thời hạn")
    await page.dispatch_event("#question", "keydown", {"key": "Enter", "isComposing": True})
    assert await page.locator(".turn").count() == 0
    assert await page.input_value("#question") == "thời hạn"


async def test_a_click_on_an_example_asks_it(page: Page) -> None:
    await page.locator("#examples button").first.click()
    await page.locator(".ground").first.wait_for()
    assert await page.locator(".said p").inner_text() == "Thời hạn tự nguyện thi hành án là bao lâu?"


async def test_every_example_gets_an_answer_with_its_grounds(page: Page) -> None:
    for question in await page.locator("#examples button").all_inner_texts():
        await ask(page, question)
        assert await page.locator(".turn:last-child .ground").count() > 0, question


async def test_the_talk_stays_until_a_new_one_begins(page: Page, assistant: Assistant) -> None:
    await ask(page)
    await page.reload()
    await page.locator(".ground").first.wait_for()
    assert await page.locator("#welcome").is_hidden()
    old = await page.evaluate("JSON.parse(localStorage.getItem('thads-chat')).id")
    assert re.fullmatch("[0-9a-f]{32}", old)
    async with page.expect_response("**/api/erase") as erased:
        await page.click("#new")
    assert await (await erased.value).json() == {"erased": 1}
    assert await page.locator(".turn").count() == 0
    assert await page.locator("#welcome").is_visible()
    assert await page.evaluate("JSON.parse(localStorage.getItem('thads-chat')).id") != old
    assert assistant.erase(f"web:{old}") == 0


async def test_only_the_talk_scrolls_however_long_it_is(page: Page) -> None:
    for _ in range(2):
        await ask(page)
        await page.reload()
        await page.locator(".ground").first.wait_for()
    assert await page.evaluate("[scrollY, document.documentElement.scrollHeight - innerHeight]") == [0, 0]
    assert await page.locator("header.top").is_visible()


async def test_a_follow_up_is_understood_from_the_question_before(page: Page) -> None:
    await ask(page)
    await ask(page, "mất bao lâu vậy?")
    assert "10 ngày" in await page.locator(".turn:last-child .text").inner_text()


async def test_an_answer_is_judged_and_the_judgement_stays(page: Page, faults: Faults) -> None:
    await ask(page, "xin chào")
    assert await page.locator(".judge").count() == 0, "a greeting is no answer"
    await ask(page)
    good, poor = page.get_by_role("button", name="Có ích"), page.get_by_role("button", name="Chưa đúng hoặc chưa đủ")
    await good.click()
    await page.get_by_text("Cảm ơn bạn").wait_for()
    assert await good.get_attribute("aria-pressed") == "true"
    await poor.click()
    await page.locator('.judge [value="false"][aria-pressed="true"]').wait_for()
    await page.reload()
    await page.locator('.judge [value="false"][aria-pressed="true"]').wait_for()
    assert await good.get_attribute("aria-pressed") == "false"
    assert faults == []


BROUGHT = """([type, files, text]) => {
  const data = new DataTransfer();
  if (files) data.items.add(new File(['x'], 'anh.png', { type: 'image/png' }));
  if (text) data.items.add(text, 'text/plain');
  const kept = { bubbles: true, cancelable: true };
  const event = type === 'paste' ? new ClipboardEvent(type, { ...kept, clipboardData: data }) : new DragEvent(type, { ...kept, dataTransfer: data });
  return document.getElementById('question').dispatchEvent(event);
}"""


@pytest.mark.parametrize(
    ("brought", "taken"),
    [
        pytest.param(["paste", True, ""], False, id="a picture is pasted"),
        pytest.param(["drop", True, ""], False, id="a file is dropped"),
        pytest.param(["paste", False, "điều 36"], True, id="words are pasted"),
        pytest.param(["paste", True, "điều 36"], True, id="words with a picture of them, as word processors paste"),
    ],
)
async def test_only_words_are_taken(page: Page, brought: list[Any], taken: bool) -> None:
    assert await page.evaluate(BROUGHT, brought) == taken
    said = await page.locator("#only-text").inner_text()
    assert ("chỉ đọc được chữ" in said) != taken
    await page.locator("#question").press_sequentially("a")
    assert await page.locator("#only-text").inner_text() == ""


async def test_warnings_are_folded_and_refusals_cite_nothing(page: Page) -> None:
    await ask(page)
    notes = page.locator(".notes")
    assert re.fullmatch(r"Lưu ý \(\d+\)", await notes.locator("summary").inner_text())
    assert await notes.locator("li").first.is_hidden()
    await notes.locator("summary").click()
    assert await notes.locator("li").first.is_visible()
    await ask(page, "???")
    assert await page.locator(".turn:last-child .ground").count() == 0
    assert "refusal" in str(await page.locator(".turn:last-child .reply").get_attribute("class"))


@pytest.mark.parametrize(
    ("question", "document", "says"),
    [
        ("kết quả thi hành án ở Quảng Ninh quý I/2024", "tin-thads-2024-q1", "tin, không phải luật"),
        ("chỉ thị 04-CT/TW về thu hồi tài sản", "04-ct-tw-2021", "chưa xác nhận hiệu lực"),
    ],
)
async def test_a_citation_claims_no_more_than_is_known(page: Page, question: str, document: str, says: str) -> None:
    await ask(page, question)
    ground = page.locator(".ground", has=page.locator(f'a[href*="{document}"]')).first
    assert await ground.locator(".state").inner_text() == says


async def test_a_lost_connection_is_told_and_can_be_tried_again(page: Page) -> None:
    await page.route("**/api/ask", lambda route: route.abort())
    await page.fill("#question", QUESTION)
    await page.click("#send")
    failed = page.locator(".failed")
    assert "mạng" in await failed.locator("p").inner_text()
    await page.unroute("**/api/ask")
    await failed.locator("button").click()
    await page.locator(".ground").first.wait_for()
    assert await failed.count() == 0


async def test_a_refusal_of_the_server_is_shown_in_its_words(page: Page) -> None:
    refused: dict[str, Any] = {"status": 429, "content_type": "application/json", "body": '{"error": "Xin chờ một phút."}'}
    await page.route("**/api/ask", lambda route: route.fulfill(**refused))
    await page.fill("#question", QUESTION)
    await page.click("#send")
    assert await page.locator(".failed p").inner_text() == "Xin chờ một phút."


async def test_while_waiting_dots_are_shown_and_nothing_is_sent_twice(page: Page) -> None:
    held = asyncio.Event()

    async def hold(route: Any) -> None:
        await held.wait()
        await route.continue_()

    await page.route("**/api/ask", hold)
    await page.fill("#question", QUESTION)
    await page.press("#question", "Enter")
    await page.locator(".waiting").wait_for()
    assert await page.locator("#send").is_disabled()
    await page.fill("#question", "câu thứ hai")
    await page.press("#question", "Enter")
    assert await page.locator(".turn").count() == 1
    held.set()
    await page.locator(".ground").first.wait_for()
    assert await page.locator("#send").is_enabled()
    assert await page.input_value("#question") == "câu thứ hai"


async def test_what_a_person_types_is_never_markup(page: Page, faults: Faults) -> None:
    await ask(page, '<img src=x onerror="document.title=1"> điều 36')
    assert await page.locator(".turn img").count() == 0
    assert "<img" in await page.locator(".said p").inner_text()
    assert faults == []


async def test_a_broken_history_does_not_break_the_page(page: Page, faults: Faults) -> None:
    for kept in ("{", "null", '{"id": 1}', '{"id": "a", "turns": [{"question": "a"}, null]}'):
        await page.evaluate("kept => localStorage.setItem('thads-chat', kept)", kept)
        await page.reload()
        await ask(page)
    assert faults == []


async def test_screen_readers_are_served(page: Page) -> None:
    await ask(page)
    assert await page.locator("html").get_attribute("lang") == "vi"
    assert await page.locator("#turns").get_attribute("aria-live") == "polite"
    assert await page.get_by_label("Câu hỏi của bạn").count() == 1
    assert await page.get_by_role("button", name="Gửi câu hỏi").count() == 1
    assert await page.get_by_role("button", name="Nói chuyện mới").count() == 1
    unnamed = """[...document.querySelectorAll('button, a, input, textarea')]
        .filter(e => e.type !== 'hidden' && !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).length"""
    assert await page.evaluate(unnamed) == 0


# ---- options and speech ----

CHOICE = "/thutuc yêu cầu thi hành án"


async def test_an_option_is_chosen_by_its_button(page: Page, assistant: Assistant, faults: Faults) -> None:
    turns = [assistant.answer(Question(text, conversation="as on the page")) for text in (CHOICE, "2")]
    await ask(page, CHOICE)
    options = page.locator(".turn:nth-child(1) .options button")
    assert await options.all_inner_texts() == list(turns[0].options)
    shown = await page.locator(".reply .text").inner_text()
    assert turns[0].options[0] not in shown, "the list is not said twice"
    assert turns[0].text.splitlines()[0] in shown
    async with page.expect_request("**/api/ask") as asked:
        await options.nth(1).click()
    assert (await asked.value).post_data_json["question"] == "2"
    await page.locator(".turn:nth-child(2) .reply .text").wait_for()
    assert await page.locator(".turn:nth-child(2) .said p").inner_text() == turns[0].options[1]
    for _ in range(2):  # the same after a reload
        assert await options.evaluate_all("all => all.map(one => [one.disabled, one.classList.contains('chosen')])") == [
            [True, place == 1] for place in range(3)
        ]
        assert await page.locator(".turn:nth-child(2) .options button:enabled").count() == len(turns[1].options)
        await page.reload()
        await page.locator(".turn:nth-child(2) .reply .text").wait_for()
    assert faults == []


async def test_options_are_reached_by_keyboard_and_named_for_screen_readers(page: Page) -> None:
    await ask(page, CHOICE)
    group = page.get_by_role("group", name="Chọn một câu trả lời")
    first = await group.get_by_role("button").first.inner_text()
    await _back_to(page, ".options button")
    await page.keyboard.press("Enter")
    await page.locator(".turn:nth-child(2) .reply .text").wait_for()
    assert await page.evaluate("document.activeElement.id") == "question"
    assert await group.first.get_by_role("button", name="đã chọn").all_text_contents() == [f"{first} (đã chọn)"]


async def test_a_number_can_still_be_typed(page: Page) -> None:
    await ask(page, CHOICE)
    await ask(page, "3")
    assert await page.locator(".turn:nth-child(1) .options button.chosen").count() == 1
    assert await page.locator(".turn:nth-child(1) .options button:enabled").count() == 0


@asynccontextmanager
async def speaking(
    settings: Settings, assistant: Assistant, allowed: bool = True
) -> AsyncIterator[tuple[Page, FakeSpeech, Faults]]:
    """A page that may listen, in a browser whose microphone brings a tone."""
    fake = ["--use-fake-device-for-media-stream", *(["--use-fake-ui-for-media-stream"] if allowed else [])]
    async with fake_speech() as speech, playwright.async_playwright() as started:
        own = settings.model_copy(update={"speech": SpeechSettings(base_url=speech.base_url, longest_seconds=60)})
        browser = await started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *fake])
        async with served(own, assistant) as address:
            page, faults = await browser.new_page(viewport=WINDOWS["phone"], reduced_motion="reduce"), Faults()
            page.set_default_timeout(20_000)
            faults.watch(page, address)
            await page.goto(address)
            yield page, speech, faults
            await browser.close()


async def test_a_question_is_spoken_and_read_before_it_is_sent(settings: Settings, assistant: Assistant) -> None:
    async with speaking(settings, assistant) as (page, speech, faults):
        await page.fill("#question", "Xin hỏi:")
        await page.get_by_role("button", name="Nói câu hỏi").click()
        await page.get_by_text("Đang nghe").wait_for()
        stop = page.get_by_role("button", name="Dừng nói")
        assert await stop.get_attribute("aria-pressed") == "true"
        await page.wait_for_timeout(400)
        await stop.click()
        await page.get_by_text("Đã viết ra chữ").wait_for()
        assert await page.input_value("#question") == f"Xin hỏi: {speech.heard}"
        assert await page.locator(".turn").count() == 0
        ((name, sound),) = speech.sounds
        assert (name, sound[:4]) == ("voice.webm", b"\x1aE\xdf\xa3"), "a WebM file begins so"
        await page.press("#question", "Enter")
        await page.locator(".ground").first.wait_for()
        assert await page.locator("#hearing").inner_text() == ""
        speech.heard = ""
        await page.get_by_role("button", name="Nói câu hỏi").click()
        await page.get_by_role("button", name="Dừng nói").click()
        await page.get_by_text("không nghe rõ").wait_for()
        assert [fault for fault in faults if "422" not in fault] == []  # the browser names a refusal in its console


async def test_a_forbidden_microphone_is_said(settings: Settings, assistant: Assistant) -> None:
    async with speaking(settings, assistant, allowed=False) as (page, speech, faults):
        await page.get_by_role("button", name="Nói câu hỏi").click()
        await page.get_by_text("chưa cho dùng micro").wait_for()
        assert speech.sounds == []
        assert faults == []


PLACES = [
    *("/", "/khung", "/van-ban", "/van-ban/37-qd-tw-2021", "/van-ban/106-2025-qh15/dieu-37#k1"),
    *("/tim", "/tim?q=hoan thi hanh an", "/tim?q=152/2026", "/tim?q=%3F", "/nothing"),
]


async def unfold(page: Page, address: str, path: str) -> None:
    """The page with all that it can show."""
    await page.goto(address + path)
    if path in ("/", "/khung"):
        await ask(page, CHOICE)
        await ask(page, "2")
        await ask(page)
        await page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
        await page.evaluate("document.getElementById('welcome').hidden = false")


CONTRAST = """() => {
  const parse = (c) => c.match(/[\\d.]+/g).map(Number);
  const light = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
    if (!own || !e.checkVisibility() || e.closest('[aria-hidden], .unseen, .skip, template, noscript')) continue;
    const [a, b] = [light(parse(getComputedStyle(e).color).slice(0, 3)), light(behind(e).slice(0, 3))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) poor.push(`${e.className || e.tagName}: ${ratio.toFixed(2)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("path", PLACES)
async def test_text_stands_out_from_its_ground(page: Page, address: str, path: str, colours: Any) -> None:
    await page.emulate_media(color_scheme=colours)
    await unfold(page, address, path)
    assert await page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("page", ["phone", "desktop"], indirect=True)
@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_axe_finds_nothing_serious(page: Page, address: str, colours: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="install axe: pip install axe-playwright-python")
    script = resources.files(axe).joinpath("axe.min.js").read_text(encoding="utf-8")
    await page.emulate_media(color_scheme=colours)
    found = []
    for path in PLACES:
        await unfold(page, address, path)
        await page.evaluate(f"{script}; 0")
        result = await page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        assert len(result["passes"]) > 10, "axe did not run"
        found += [(path, v["impact"], v["id"], v["nodes"][0]["target"]) for v in result["violations"]]
    assert [row for row in found if row[1] in ("serious", "critical")] == []


async def test_in_the_dark_the_page_is_dark(page: Page, address: str) -> None:
    lightness = {}
    for colours in ("light", "dark"):
        await page.emulate_media(color_scheme=colours)
        await unfold(page, address, "/")
        *_, spread, mean = await _picture(page)
        assert spread > 12, "the page is blank"
        lightness[colours] = mean
    assert lightness["dark"] < 70 < 180 < lightness["light"]


@pytest.mark.parametrize("page", ["phone", "desktop"], indirect=True)
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/khung",
        "/van-ban",
        "/van-ban/106-2025-qh15",
        "/van-ban/106-2025-qh15/dieu-46",
        "/tim?q=hoan thi hanh an",
        "/nothing",
    ],
)
async def test_pages_fit_their_window_and_are_not_blank(page: Page, address: str, path: str) -> None:
    window = page.viewport_size
    assert window is not None
    await unfold(page, address, path)
    widths = await page.evaluate("[document.documentElement.scrollWidth, document.querySelector('main').scrollWidth, innerWidth]")
    assert max(widths) == window["width"], "the page is wider than the window"
    width, height, spread, _ = await _picture(page)
    assert (width, height) == (window["width"], window["height"])
    assert spread > 12, "the page is blank"
    if window["width"] == WINDOWS["phone"]["width"]:
        small = "[...document.querySelectorAll('button, summary, .button')].filter(e => e.checkVisibility() && e.offsetHeight < 32).length"
        assert await page.evaluate(small) == 0, "too small for a finger"


async def _picture(page: Page) -> tuple[int, int, float, float]:
    """Width, height, spread and mean of the greens of a photograph of the window; the browser reads it, so no image library is needed."""
    taken = base64.b64encode(await page.screenshot(scale="css")).decode()
    blank = await page.context.new_page()
    width, height, spread, mean = await blank.evaluate(
        """async (data) => {
          const image = new Image(); image.src = 'data:image/png;base64,' + data; await image.decode();
          const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext('2d');
          pen.drawImage(image, 0, 0);
          const greens = pen.getImageData(0, 0, image.width, image.height).data.filter((_, place) => place % 4 === 1);
          const mean = greens.reduce((sum, green) => sum + green, 0) / greens.length;
          const spread = Math.sqrt(greens.reduce((sum, green) => sum + (green - mean) ** 2, 0) / greens.length);
          return [image.width, image.height, spread, mean];
        }""",
        taken,
    )
    await blank.close()
    return width, height, spread, mean


async def test_without_scripts_the_page_says_so(browser: Browser, address: str) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(address)
    assert "JavaScript" in await page.locator("main").inner_text()
    await context.close()


async def test_the_library_is_searched_without_scripts(browser: Browser, address: str) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{address}/van-ban")
    await page.get_by_label("Tìm trong văn bản").fill("thoi han tu nguyen thi hanh an")
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{address}/tim?q=thoi+han+tu+nguyen+thi+hanh+an")
    assert "tự nguyện" in " ".join(await page.locator("mark").all_inner_texts())
    await page.get_by_role("link", name="Điều 36. Tự nguyện và thỏa thuận thi hành án").click()
    assert "Tự nguyện" in await page.locator("h1").inner_text()
    assert await page.locator("#share").is_hidden(), "its buttons need scripts"
    await context.close()


# ---- on paper ----


async def printed(page: Page) -> str:
    """The words on the sheets, spaces aside."""
    reader = PdfReader(io.BytesIO(await page.pdf(format="A4")))
    return "".join("".join(sheet.extract_text() for sheet in reader.pages).split())


async def test_an_article_prints_with_its_address_and_without_controls(page: Page, address: str) -> None:
    await page.goto(f"{address}/van-ban/106-2025-qh15/dieu-36?ngay=2026-11-23")
    paper = await printed(page)
    for words in ("Điều36.", "Tựnguyệnvàthỏathuậnthihànhán", "cònhiệulực", "Cóhiệulựctừ01/7/2026", "10ngày"):
        assert words in paper
    assert f"{address}/van-ban/106-2025-qh15/dieu-36?ngay=2026-11-23" in paper
    for words in ("Tìm", "Sau›", "Intrangnày", "Saochép", "Tìnhtrạngtạingày"):
        assert words not in paper


async def test_in_the_dark_paper_stays_white(page: Page, address: str) -> None:
    await page.emulate_media(color_scheme="dark", media="print")
    await page.goto(f"{address}/van-ban/106-2025-qh15/dieu-36")
    colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('.law .body p')).color]"
    assert await page.evaluate(colours) == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]


async def test_a_talk_prints_with_what_is_folded(page: Page) -> None:
    await ask(page)
    folded = await page.locator(".ground blockquote").all_text_contents()
    paper = await printed(page)
    assert "Nhậpcâuhỏi" not in paper
    for quote in folded:
        assert "".join(quote.split())[:60] in paper


async def test_the_address_of_an_article_is_copied(page: Page, address: str) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.goto(f"{address}/van-ban/106-2025-qh15/dieu-36#k1")
    await page.get_by_role("button", name="Sao chép liên kết").click()
    await page.get_by_role("button", name="Đã sao chép").wait_for()
    assert await page.evaluate("navigator.clipboard.readText()") == f"{address}/van-ban/106-2025-qh15/dieu-36#k1"


# ---- in a page of another site ----


@asynccontextmanager
async def another_site() -> AsyncIterator[tuple[str, dict[str, str]]]:
    """A site of its own whose strict page includes the script; `script` is its address, given later."""
    page = {"script": ""}

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = (
            f'<!doctype html><html lang="vi"><title>Sở</title><h1>Sở</h1><script src="{page["script"]}" defer></script>'.encode()
        )
        policy = f"default-src 'none'; script-src {page['script']}; frame-src *"
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\nContent-Security-Policy: {policy}\r\n"
        )
        writer.write(f"{head}Connection: close\r\n\r\n".encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(reply, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", page


@pytest.mark.parametrize("allowed", [True, False], ids=["an allowed site", "any other site"])
async def test_the_chat_in_another_site(browser: Browser, settings: Settings, assistant: Assistant, allowed: bool) -> None:
    async with another_site() as (there, html), served(settings, assistant, allowed_origins=[there] if allowed else []) as here:
        html["script"] = f"{here}/widget.js"
        page = await browser.new_page(viewport=WINDOWS["phone"], reduced_motion="reduce")
        page.set_default_timeout(20_000)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        await page.goto(there)
        bubble = page.get_by_role("button", name="Hỏi Trợ lý THADS")
        await bubble.focus()
        await page.keyboard.press("Enter")
        frame = page.frame_locator("iframe")
        if allowed:
            await frame.locator("#question").fill(QUESTION)
            await frame.locator("#question").press("Enter")
            await frame.locator(".ground").first.wait_for()
            await frame.locator("#question").press("Escape")
            await bubble.wait_for()
            assert await page.locator("iframe").is_hidden()
            assert said == []
        else:
            await page.wait_for_timeout(500)
            assert await frame.locator("#question").count() == 0
            assert any("frame-ancestors" in line for line in said)
        await page.close()
