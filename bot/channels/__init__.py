"""Channels: each takes messages in its own way and knows only the assistant.

Adding one is one file here, one line in the table `CHANNELS`, one section in config.yaml.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Protocol

from bot.assistant import Assistant
from bot.config import TELEGRAM_TOKEN, Settings
from bot.errors import ChannelError
from bot.people import People


class Channel(Protocol):
    """A way to reach people."""

    name: str

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        """Take messages and answer them until `stop` is set. Raises ChannelError when the channel cannot go on."""


def _web(settings: Settings) -> tuple[bool, str]:
    web = settings.channels.web
    return web.enabled, f"http://{web.host}:{web.port}" if web.enabled else "channels.web.enabled is false"


def _telegram(settings: Settings) -> tuple[bool, str]:
    if not settings.channels.telegram.enabled:
        return False, "channels.telegram.enabled is false"
    has_token = bool(settings.telegram_token.get_secret_value())
    return has_token, "token found" if has_token else f"no token; set {TELEGRAM_TOKEN} in the environment"


# name -> (module, class, whether it can run and why)
CHANNELS: dict[str, tuple[str, str, Callable[[Settings], tuple[bool, str]]]] = {
    "web": ("bot.channels.web", "WebChannel", _web),
    "telegram": ("bot.channels.telegram", "TelegramChannel", _telegram),
}


def channels_for(settings: Settings, wanted: Iterable[str] = ()) -> list[Channel]:
    """The wanted channels, or all that can run. Raises ChannelError for an unknown one, or a wanted one that cannot run."""
    names = list(wanted)
    for name in names:
        if name not in CHANNELS:
            raise ChannelError(f"unknown channel {name!r}; there are: {', '.join(CHANNELS)}")
        usable, why = CHANNELS[name][2](settings)
        if not usable:
            raise ChannelError(f"channel {name} cannot run: {why}")
    chosen = names or [name for name, (_, _, can_run) in CHANNELS.items() if can_run(settings)[0]]
    return [getattr(import_module(CHANNELS[name][0]), CHANNELS[name][1])(settings) for name in chosen]


def report(settings: Settings) -> list[str]:
    """A line a channel: whether it runs, and why not."""
    lines = []
    for name, (_, _, can_run) in CHANNELS.items():
        usable, why = can_run(settings)
        lines.append(f"{name}: {'runs' if usable else 'does not run'} ({why})")
    return lines
