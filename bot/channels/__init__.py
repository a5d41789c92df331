"""Channels: each takes messages in its own way and knows only the assistant.

Adding one is one file here, one line in the table `CHANNELS`, one section in config.yaml.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any, Protocol, runtime_checkable

from bot.assistant import Assistant
from bot.config import (
    TELEGRAM_TOKEN,
    ZALO_OA_APP_SECRET,
    ZALO_OA_REFRESH_TOKEN,
    ZALO_OA_SECRET,
    ZALO_TOKEN,
    Settings,
)
from bot.errors import ChannelError, PlatformBusy
from bot.people import People

PATIENCE = 15.0  # seconds that a check waits for a platform


class Channel(Protocol):
    """A way to reach people; `trouble` says what keeps it from them now, and is empty while all is well.

    One that ends by a fault keeps its trouble until it is run again and has begun well.
    """

    name: str
    trouble: str

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        """Take messages and answer them until `stop` is set. Raises ChannelError when the channel cannot go on, ChannelEnded for good."""


@runtime_checkable
class Checked(Protocol):
    """A channel whose platform can be asked what its token may do."""

    async def check(self) -> str:
        """One line on that. Raises ChannelError when the channel would not run, PlatformBusy when that cannot be told now."""


@runtime_checkable
class Announcing(Protocol):
    """A channel that can write to a chat first."""

    name: str

    async def announce(self, chat: str, text: str) -> None:
        """Bring a text to a chat, once. Raises PlatformRefused when it never will arrive, PlatformBusy when it may later."""


def _web(settings: Settings) -> tuple[bool, str]:
    web = settings.channels.web
    return web.enabled, f"http://{web.host}:{web.port}" if web.enabled else "channels.web.enabled is false"


def _telegram(settings: Settings) -> tuple[bool, str]:
    section = settings.channels.telegram
    return _platform(settings, "telegram", section.enabled, section.mode == "webhook", {TELEGRAM_TOKEN: settings.telegram_token})


def _zalo(settings: Settings) -> tuple[bool, str]:
    section = settings.channels.zalo
    return _platform(settings, "zalo", section.enabled, section.mode == "webhook", {ZALO_TOKEN: settings.zalo_token})


def _zalo_oa(settings: Settings) -> tuple[bool, str]:
    section = settings.channels.zalo_oa
    if section.enabled and not section.app_id.strip():
        return False, "no application; set channels.zalo_oa.app_id"
    secrets = {
        ZALO_OA_APP_SECRET: settings.zalo_oa_app_secret,
        ZALO_OA_SECRET: settings.zalo_oa_secret,
        ZALO_OA_REFRESH_TOKEN: settings.zalo_oa_refresh_token,
    }
    return _platform(settings, "zalo_oa", section.enabled, False, secrets)


def _platform(settings: Settings, name: str, enabled: bool, hooked: bool, secrets: dict[str, Any]) -> tuple[bool, str]:
    """Whether a channel has what it needs: its secrets, and a public address when the platform is to call it."""
    if not enabled:
        return False, f"channels.{name}.enabled is false"
    missing = [variable for variable, secret in secrets.items() if not secret.get_secret_value().strip()]
    if missing:
        return False, f"no token; set {' and '.join(missing)} in the environment"
    if hooked and not settings.channels.web.public_url.startswith("https://"):
        return False, f"channels.{name}.mode is webhook, which needs channels.web.public_url to begin with https://"
    return True, "token found"


# name -> (module, class, whether it can run and why)
CHANNELS: dict[str, tuple[str, str, Callable[[Settings], tuple[bool, str]]]] = {
    "web": ("bot.channels.web", "WebChannel", _web),
    "telegram": ("bot.channels.telegram", "TelegramChannel", _telegram),
    "zalo": ("bot.channels.zalo", "ZaloChannel", _zalo),
    "zalo_oa": ("bot.channels.zalo_oa", "ZaloOaChannel", _zalo_oa),
}


def channels_for(settings: Settings, wanted: Iterable[str] = ()) -> list[Channel]:
    """The wanted channels, or all that can run. Raises ChannelError for an unknown one, or a wanted one that cannot run.

    All that is brought in by webhook comes through one server: the web channel's, or one of its own when the web does not run.
    """
    names = list(dict.fromkeys(wanted))
    for name in names:
        if name not in CHANNELS:
            raise ChannelError(f"unknown channel {name!r}; there are: {', '.join(CHANNELS)}")
        usable, why = CHANNELS[name][2](settings)
        if not usable:
            raise ChannelError(f"channel {name} cannot run: {why}")
    chosen = names or [name for name, (_, _, can_run) in CHANNELS.items() if can_run(settings)[0]]
    channels: list[Channel] = [_made(name, settings) for name in chosen]
    if "web" not in chosen and any(getattr(channel, "path", "") for channel in channels):
        channels.append(import_module("bot.channels.http").HooksChannel(settings))
    for server in channels:
        if hasattr(server, "beside"):
            server.beside = channels
    return channels


async def report(settings: Settings) -> tuple[list[str], bool]:
    """A line a channel: whether it runs, and why not; and whether all that are set up can run."""
    lines, sound = [], True
    for name, (_, _, can_run) in CHANNELS.items():
        usable, why = can_run(settings)
        channel = _made(name, settings) if usable else None
        if isinstance(channel, Checked):
            try:
                async with asyncio.timeout(PATIENCE):
                    why = await channel.check()
            except (PlatformBusy, TimeoutError) as fault:
                why = f"token found; the platform cannot be asked now: {fault or 'no reply'}"
            except ChannelError as fault:
                usable, sound, why = False, False, str(fault)
        lines.append(f"{name}: {'runs' if usable else 'does not run'} ({why})")
    return lines, sound


def _made(name: str, settings: Settings) -> Channel:
    module, kind, _ = CHANNELS[name]
    channel: Channel = getattr(import_module(module), kind)(settings)
    return channel
