"""The one server for all that listens: webhooks beside the pages or alone, and which channel is down."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from bot import texts
from bot.assistant import Assistant
from bot.channels import CHANNELS, Channel, channels_for, report
from bot.channels.http import HooksChannel
from bot.config import Settings
from bot.errors import ChannelError
from bot.people import People
from bot.upkeep import Upkeep
from tests.fakes.server import until
from tests.fakes.telegram import TOKEN as TELEGRAM
from tests.fakes.telegram import fake_telegram
from tests.fakes.zalo import TOKEN as ZALO
from tests.fakes.zalo import fake_zalo
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, FIRST, OA_SECRET, fake_zalo_oa

SECRETS = {"telegram_token": TELEGRAM, "zalo_token": ZALO, "zalo_oa_app_secret": APP_SECRET, "zalo_oa_secret": OA_SECRET} | {
    "zalo_oa_refresh_token": FIRST
}
PRESS_NOWHERE = (
    b'{"update_id": 6, "callback_query": {"id": "1", "from": {"id": 78, "is_bot": false, "first_name": "Lan"}, "chat_instance": "1", '
    b'"data": "o|x|1", "message": {"message_id": 3, "date": 5, "chat": null}}}'
)
pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


def settings_with(settings: Settings, folder: Path, secrets: dict[str, str], **sections: dict[str, Any]) -> Settings:
    """The session's settings with other sections of channels, on any free port."""
    every = {
        "web": {"host": "127.0.0.1", "port": 0, "public_url": "https://thads.example.vn"},
        "zalo_oa": {"tokens": folder / "t.json"},
    }
    made = {}
    for name in CHANNELS:
        values = every.get(name, {}) | sections.get(name, {})
        made[name] = getattr(settings.channels, name).model_copy(update=values)
    update: dict[str, Any] = {"channels": settings.channels.model_copy(update=made)}
    return settings.model_copy(update=update | {name: SecretStr(secret) for name, secret in secrets.items()})


@contextlib.asynccontextmanager
async def running(channels: list[Channel], assistant: Assistant) -> AsyncIterator[str]:
    """All channels as `serve` runs them; gives the address of the one that listens."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(Upkeep(assistant, People({}, 99)).run(channels, stop))]
    try:
        (server,) = [channel.server for channel in channels if hasattr(channel, "server")]
        await asyncio.wait_for(server.listening.wait(), 20)
        yield server.address
    finally:
        stop.set()
        await asyncio.gather(*tasks)


@pytest.mark.parametrize("with_web", [True, False], ids=["beside the pages", "alone"])
async def test_three_webhooks_share_one_port(settings: Settings, assistant: Assistant, tmp_path: Path, with_web: bool) -> None:
    async with fake_telegram() as telegram, fake_zalo() as zalo, fake_zalo_oa() as oa:
        own = settings_with(
            settings,
            tmp_path,
            SECRETS,
            web={"host": "127.0.0.1", "port": 0, "public_url": "https://thads.example.vn", "enabled": with_web},
            telegram={"base_url": telegram.base_url, "mode": "webhook"},
            zalo={"base_url": zalo.base_url, "mode": "webhook"},
            zalo_oa={
                "base_url": oa.address,
                "oauth_url": f"{oa.address}/v4/oa/access_token",
                "app_id": APP_ID,
                "tokens": tmp_path / "t.json",
            },
        )
        channels = channels_for(own)
        assert [channel.name for channel in channels] == (
            ["web", "telegram", "zalo", "zalo_oa"] if with_web else ["telegram", "zalo", "zalo_oa", "webhooks"]
        )
        async with running(channels, assistant) as address:
            oa.hook, zalo.forward = f"{address}/webhook/zalo_oa", address
            await until(lambda: telegram.webhook and zalo.webhook and oa.access)
            assert telegram.webhook["url"] == "https://thads.example.vn/webhook/telegram"
            telegram.push_text(77, "/help")
            await until(lambda: channels[1 if with_web else 0]._running)  # type: ignore[attr-defined]
            assert await telegram.bring(f"{address}/webhook/telegram") == [200]
            assert await zalo.bring(zalo.event("an", "/help")) == 200
            assert await oa.push("an", "/help") == 200
            await telegram.replies(77)
            assert (telegram.texts(77), await zalo.replies("an"), await oa.replies("an")) == ([texts.HELP],) * 3
            async with httpx.AsyncClient(base_url=address, trust_env=False) as web:
                states = (await web.get("/readyz")).json()["channels"]
                assert states == dict.fromkeys([channel.name for channel in channels], "ok")
                assert (await web.get("/webhook/zalo")).status_code == 405
                assert (await web.post("/webhook/viber")).status_code == 404
                assert (await web.get("/")).status_code == (200 if with_web else 404)


@pytest.mark.parametrize(
    ("secret", "body", "status"),
    [
        pytest.param("wrong", None, 403, id="another secret"),
        pytest.param("", None, 403, id="no secret"),
        pytest.param(None, b"{", 400, id="half a JSON"),
        pytest.param(None, b'{"update_id": {}, "message": {"chat": 5}}', 400, id="a message that is none"),
        pytest.param(None, PRESS_NOWHERE, 400, id="a button pressed in no chat"),
        pytest.param(None, b'{"update_id": 5}', 200, id="an update of nothing"),
    ],
)
async def test_telegram_webhook_refuses(
    settings: Settings, assistant: Assistant, tmp_path: Path, secret: str | None, body: bytes | None, status: int
) -> None:
    async with fake_telegram() as telegram:
        own = settings_with(
            settings, tmp_path, {"telegram_token": TELEGRAM}, telegram={"base_url": telegram.base_url, "mode": "webhook"}
        )
        channels = channels_for(own, ["telegram"])
        async with running(channels, assistant) as address:
            await until(lambda: channels[0]._running)  # type: ignore[attr-defined]
            telegram.push_text(78, "/start")
            assert await telegram.bring(f"{address}/webhook/telegram", secret=secret, body=body) == [status]
            telegram.push_text(78, "/help")
            await telegram.bring(f"{address}/webhook/telegram")
            await until(lambda: texts.HELP in telegram.texts(78))
            assert texts.GREETING not in telegram.texts(78)


async def test_no_server_of_its_own_without_webhooks(settings: Settings, tmp_path: Path) -> None:
    own = settings_with(settings, tmp_path, {"zalo_token": ZALO})
    assert [channel.name for channel in channels_for(own, ["zalo"])] == ["zalo"]
    assert [channel.name for channel in channels_for(own)] == ["web", "zalo"]
    assert [channel.name for channel in channels_for(own, ["web", "web"])] == ["web"]


async def test_channel_that_is_down_is_named_and_the_others_go_on(
    settings: Settings, assistant: Assistant, tmp_path: Path
) -> None:
    async with fake_telegram() as telegram, fake_zalo() as zalo:
        own = settings_with(
            settings,
            tmp_path,
            {"telegram_token": "123456789:AAanotherTokenThatIsNotTheOne_123456", "zalo_token": ZALO},
            telegram={"base_url": telegram.base_url},
            zalo={"base_url": zalo.base_url},
        )
        channels = channels_for(own)
        async with running(channels, assistant) as address:
            await until(lambda: channels[1].trouble)
            zalo.push("an", "/help")
            assert await zalo.replies("an") == [texts.HELP]
            async with httpx.AsyncClient(base_url=address, trust_env=False) as web:
                for page in ("/healthz", "/readyz"):
                    response = await web.get(page)
                    assert response.status_code == 200
                    assert response.json()["channels"] == {"web": "ok", "telegram": "down", "zalo": "ok"}
                    assert "token" not in response.text


async def test_port_that_is_taken(settings: Settings, assistant: Assistant, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        own = settings_with(settings, tmp_path, {}, web={"host": "127.0.0.1", "port": taken.getsockname()[1]})
        with pytest.raises(ChannelError, match=r"channels\.web\.port"):
            await HooksChannel(own).run(assistant, People({}, 1), asyncio.Event())


@pytest.mark.parametrize(
    ("secrets", "sections", "name", "why"),
    [
        pytest.param({}, {}, "zalo", "THADS_ZALO_TOKEN", id="no token"),
        pytest.param({"zalo_token": "  "}, {}, "zalo", "THADS_ZALO_TOKEN", id="a blank token"),
        pytest.param(
            {"zalo_token": ZALO}, {"zalo": {"enabled": False}}, "zalo", "channels.zalo.enabled is false", id="switched off"
        ),
        pytest.param(
            {"zalo_token": ZALO},
            {"zalo": {"mode": "webhook"}, "web": {"public_url": "http://thads.example.vn"}},
            "zalo",
            "public_url to begin with https://",
            id="a webhook without https",
        ),
        pytest.param(
            {"telegram_token": TELEGRAM},
            {"telegram": {"mode": "webhook"}, "web": {"public_url": ""}},
            "telegram",
            "public_url to begin with https://",
            id="a webhook without an address",
        ),
        pytest.param(SECRETS, {}, "zalo_oa", "channels.zalo_oa.app_id", id="no application"),
        pytest.param(
            {"zalo_oa_secret": OA_SECRET},
            {"zalo_oa": {"app_id": APP_ID}},
            "zalo_oa",
            "THADS_ZALO_OA_APP_SECRET and THADS_ZALO_OA_REFRESH_TOKEN",
            id="two secrets missing",
        ),
    ],
)
async def test_channel_that_cannot_run(
    settings: Settings, tmp_path: Path, secrets: dict[str, str], sections: dict[str, Any], name: str, why: str
) -> None:
    own = settings_with(settings, tmp_path, secrets, **sections)
    with pytest.raises(ChannelError) as caught:
        channels_for(own, [name])
    assert f"channel {name} cannot run" in str(caught.value)
    assert why in str(caught.value)
    usable = {**sections, "telegram": {"enabled": False}, "zalo": {"enabled": False}} if name == "zalo_oa" else sections
    lines, sound = await report(settings_with(settings, tmp_path, secrets if name != "zalo_oa" else {}, **usable))
    assert sound
    assert any(line.startswith(f"{name}: does not run (") for line in lines)


async def test_check_says_what_each_token_may_do(settings: Settings, tmp_path: Path) -> None:
    async with fake_telegram() as telegram, fake_zalo() as zalo, fake_zalo_oa() as oa:
        sections: dict[str, dict[str, Any]] = {
            "telegram": {"base_url": telegram.base_url},
            "zalo": {"base_url": zalo.base_url},
            "zalo_oa": {"base_url": oa.address, "oauth_url": f"{oa.address}/v4/oa/access_token", "app_id": APP_ID},
        }
        own = settings_with(settings, tmp_path, SECRETS, **sections)
        lines, sound = await report(own)
        assert sound
        assert lines[1:] == [
            "telegram: runs (@ThadsTestBot, may read and send texts, buttons and files, may join groups, inline mode on; polling)",
            "zalo: runs (bot 'bot.ThadsTest', may read and send texts of 2000 characters, may join groups; polling)",
            "zalo_oa: runs (account 'THADS thử nghiệm', may be written to, and reply with 8 messages within 48 hours; webhook)",
        ]
        assert lines[0].startswith("web: runs (http://127.0.0.1:")
        telegram.revoked, oa.refresh = True, "another"
        (tmp_path / "t.json").unlink()
        lines, sound = await report(settings_with(settings, tmp_path, SECRETS | {"zalo_token": "1:wrong"}, **sections))
        assert not sound
        assert lines[1] == "telegram: does not run (Telegram refused the token; check THADS_TELEGRAM_TOKEN)"
        assert lines[2] == "zalo: does not run (Zalo refused the token; check THADS_ZALO_TOKEN)"
        assert "set THADS_ZALO_OA_REFRESH_TOKEN" in lines[3]
    lines, sound = await report(own)  # all are away: nothing is known to be wrong
    assert sound
    assert all("cannot be asked now" in line for line in lines[1:])
