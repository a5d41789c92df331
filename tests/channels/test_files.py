"""A paper reaches the person on every channel: as a document, as a link, or with the way to it; and whoever lacks its address gets nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import docx
import pytest
import yaml
from pydantic import SecretStr
from sqlalchemy import update
from starlette.testclient import TestClient

from bot import form_texts
from bot.__main__ import main
from bot.assistant import Assistant
from bot.channels.http import HooksChannel
from bot.channels.numbered import answer_messages
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_menu import menu
from bot.channels.web import SECURITY, make_app
from bot.channels.web_files import WORD
from bot.config import Settings
from bot.database import FILES, Database, now
from bot.message import Answer, Question
from bot.people import People
from bot.render import plain
from bot.serve import LiveKnowledge
from tests.channels.lines import LINES, Setting, TelegramLine
from tests.conftest import TODAY
from tests.fakes.telegram import TOKEN, fake_telegram

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
PEOPLE = People({}, 10_000)
SITE = "https://thads.example.vn"
SAID = ("/bieumau denunciation", "Thủ trưởng cơ quan thi hành án dân sự tỉnh A", "Nguyễn Thị Hoà", "xong")
TITLE, NAME = "Đơn tố cáo trong thi hành án dân sự", "don-to-cao-trong-thi-hanh-an-dan-su.docx"


def on_site(settings: Settings, url: str) -> Settings:
    web = settings.channels.web.model_copy(update={"public_url": url})
    return settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})})


def assistant_on(url: str, settings: Settings, live: LiveKnowledge, database: Database) -> Assistant:
    return Assistant(on_site(settings, url), live, database, today=lambda: TODAY)


def made(assistant: Assistant, conversation: str) -> Answer:
    *_, answer = [assistant.answer(Question(said, "test", conversation=conversation)) for said in SAID]
    assert answer.files
    return answer


def first_line(data: bytes) -> str:
    return docx.Document(BytesIO(data)).paragraphs[0].text


# ---- the contract: a row for each channel, with a public address and without ----


@pytest.mark.parametrize("url", [SITE, ""], ids=["with a public address", "without"])
@pytest.mark.parametrize("line", LINES)
async def test_a_paper_on_every_channel(
    line: str,
    url: str,
    settings: Settings,
    live: LiveKnowledge,
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assistant = assistant_on(url, settings, live, database)
    setting = Setting(on_site(settings, url), tmp_path, monkeypatch, capsys)
    async with LINES[line](setting, assistant, PEOPLE) as channel:
        for said in SAID:
            text = "\n".join(await channel.say("hoa", said))
        assert form_texts.DONE.format(title=TITLE) in text
        if isinstance(channel, TelegramLine):
            [chat] = channel.fake._chats
            await channel.fake.until(lambda: channel.fake.documents(chat))
            [(name, caption, data)] = channel.fake.documents(chat)
            assert (name, caption, first_line(data)) == (NAME, TITLE, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            assert "/tep/" not in text
        elif line == "web":
            pass  # the object has the file, the page its link: the tests below
        elif url:
            link = next(word for word in text.split() if word.startswith(f"{SITE}/tep/"))
            assert assistant.file(urlsplit(link).path.split("/")[2])
        elif line == "terminal":
            key = text.partition("python -m bot file ")[2].partition("»")[0]
            assert assistant.file(key)
        else:
            assert form_texts.NO_LINK.format(title=TITLE) in text


def test_every_channel_says_what_it_does(settings: Settings, live: LiveKnowledge, database: Database) -> None:
    """The pure part: the same answer as it is shown where files cannot be sent."""
    there, nowhere = (made(assistant_on(url, settings, live, database), f"pure {url}") for url in (SITE, ""))
    assert f"📄 {TITLE}: {there.files[0].url}" in plain(there)
    assert f"📄 {TITLE}: {there.files[0].url}" in "\n".join(answer_messages(there, 2000))
    assert f"python -m bot file {nowhere.files[0].key}" in plain(nowhere)
    assert nowhere.files[0].key not in "\n".join(answer_messages(nowhere, 2000))


# ---- the web ----


@pytest.fixture
def web(assistant: Assistant, settings: Settings) -> Iterator[TestClient]:
    with TestClient(make_app(assistant, PEOPLE, settings)) as client:
        yield client


def test_web_answer_names_its_file_and_the_site_hands_it_out(web: TestClient) -> None:
    for said in SAID:
        body = web.post("/api/ask", json={"question": said, "conversation": "a" * 32}).json()
    [file] = body["files"]
    assert (file["name"], file["title"], file["url"]) == (NAME, TITLE, f"/tep/{file['key']}/{NAME}")
    fetched = web.get(file["url"])
    assert fetched.status_code == 200
    assert first_line(fetched.content) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    headers = fetched.headers
    assert headers["content-type"] == WORD
    assert headers["content-disposition"] == f"attachment; filename*=UTF-8''{NAME}"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert headers["content-security-policy"] == SECURITY["Content-Security-Policy"]
    assert int(headers["content-length"]) == len(fetched.content)
    assert web.head(file["url"]).content == b""
    assert web.post(file["url"]).status_code == 405


def test_blank_template_for_who_only_asks(web: TestClient) -> None:
    body = web.post("/api/ask", json={"question": "mẫu giấy ủy quyền thi hành án"}).json()
    assert first_line(web.get(body["files"][0]["url"]).content) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda key, name: f"/tep/{key[:-1]}/{name}", id="a key cut short"),
        pytest.param(lambda key, name: f"/tep/{key[:-1]}{'A' if key[-1] != 'A' else 'B'}/{name}", id="one letter off"),
        pytest.param(lambda key, name: f"/tep/{key.swapcase()}/{name}", id="another case"),
        pytest.param(lambda key, name: f"/tep/{key}/khac.docx", id="another name"),
        pytest.param(lambda key, name: f"/tep/{key}%00/{name}", id="a zero byte"),
        pytest.param(lambda key, name: "/tep/mau-khong-co/don.docx", id="no such template"),
        pytest.param(lambda key, name: f"/tep/..%2f..%2fconfig.yaml/{name}", id="a way out of the folder"),
        pytest.param(lambda key, name: f"/tep/{'%25' * 500}/{name}", id="a long key"),
    ],
)
def test_a_file_is_found_by_its_whole_address_alone(change, web: TestClient, assistant: Assistant) -> None:
    [file] = made(assistant, "guessed").files
    assert web.get(f"/tep/{file.key}/{file.name}").status_code == 200
    refused = web.get(change(file.key, file.name))
    assert refused.status_code == 404
    assert "text/html" in refused.headers["content-type"]


def test_gone_in_vietnamese(web: TestClient, assistant: Assistant, database: Database) -> None:
    [file] = made(assistant, "gone").files
    with database.transaction() as connection:
        connection.execute(update(FILES).where(FILES.c.key == file.key).values(at=now() - timedelta(hours=25)))
    page = web.get(f"/tep/{file.key}/{file.name}")
    assert page.status_code == 404
    assert form_texts.FILE_GONE in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "Không tìm thấy trang này" in web.get("/khong-co-trang-nay").text, "other pages keep their own sentence"


def test_erased_over_the_web(web: TestClient) -> None:
    for said in SAID:
        body = web.post("/api/ask", json={"question": said, "conversation": "b" * 32}).json()
    url = body["files"][0]["url"]
    assert web.get(url).status_code == 200
    web.post("/api/erase", json={"conversation": "b" * 32})
    assert web.get(url).status_code == 404


def test_fetching_has_its_allowance(assistant: Assistant, settings: Settings) -> None:
    with TestClient(make_app(assistant, People({}, 2), settings)) as client:
        assert [client.get("/tep/mau-complaint/x").status_code for _ in range(3)] == [404, 404, 429]


async def test_without_the_web_channel_the_links_work_too(assistant: Assistant, settings: Settings) -> None:
    web = settings.channels.web.model_copy(update={"host": "127.0.0.1", "port": 0})
    server = HooksChannel(settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})}))
    [file] = made(assistant, "hooks").files
    stop = asyncio.Event()
    running = asyncio.create_task(server.run(assistant, PEOPLE, stop))
    await asyncio.wait_for(server.server.listening.wait(), 20)
    import httpx

    async with httpx.AsyncClient(base_url=server.server.address, trust_env=False) as client:
        fetched = await client.get(f"/tep/{file.key}/{file.name}")
        gone = await client.get(f"/tep/{file.key}x/{file.name}")
    stop.set()
    await running
    assert (fetched.status_code, fetched.headers["x-content-type-options"]) == (200, "nosniff")
    assert (gone.status_code, gone.text) == (404, form_texts.FILE_GONE)


# ---- Telegram ----


@pytest.mark.parametrize(("status", "sent"), [(500, 1), (429, 1), (403, 0)], ids=["out of order", "too fast", "blocked"])
async def test_telegram_that_cannot_take_the_document(status: int, sent: int, assistant: Assistant, settings: Settings) -> None:
    async with fake_telegram() as fake:
        section = settings.channels.telegram.model_copy(update={"base_url": fake.base_url})
        channels = settings.channels.model_copy(update={"telegram": section})
        own = settings.model_copy(update={"channels": channels, "telegram_token": SecretStr(TOKEN)})
        stop = asyncio.Event()
        running = asyncio.create_task(TelegramChannel(own).run(assistant, PEOPLE, stop))
        fake.misbehave("sendDocument", status, retry_after=1 if status == 429 else 0, times=9 if status == 403 else 1)
        for said in (*SAID, "/help"):
            fake.push_text(31_000 + status, said)
        await fake.replies(31_000 + status, len(SAID) + sent + 1)
        stop.set()
        await running
    assert len(fake.documents(31_000 + status)) == sent


def test_the_command_stands_in_the_menu() -> None:
    assert "bieumau" in dict(menu())


# ---- the command line ----


def test_saved_by_the_command_line(
    settings: Settings, assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = settings.model_dump(mode="json")
    rows["library"]["path"] = str(settings.path(settings.library.path))
    rows["embedding"]["model"] = str(settings.path(settings.embedding.model))
    rows["database"]["url"] = settings.database.url
    (tmp_path / "config.yaml").write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    [file] = made(assistant, "command line").files
    monkeypatch.chdir(tmp_path)
    assert main(["file", file.key, "--config", "config.yaml"]) == 0
    assert capsys.readouterr().out.strip() == NAME
    assert first_line((tmp_path / NAME).read_bytes()) == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert main(["file", file.key, "--config", "config.yaml", "--output", "khac.docx"]) == 0
    assert (tmp_path / "khac.docx").exists()
    assert main(["file", f"{file.key}x", "--config", "config.yaml"]) == 1
    assert "no file is kept under" in capsys.readouterr().err
