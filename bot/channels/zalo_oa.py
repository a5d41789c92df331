"""A Zalo Official Account: questions by webhook, answers in plain text within the hours in which a reply costs nothing."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.channels.intake import Incoming, Intake, Outgoing
from bot.channels.numbered import NumberedConversation
from bot.channels.sounds import Ears
from bot.channels.zalo_api import SOUNDS
from bot.channels.zalo_oa_api import FREE_HOURS, FREE_REPLIES, LIMIT, ZaloOaApi, is_signed, moment_of, read_event
from bot.channels.zalo_oa_tokens import Application, TokenKeeper
from bot.config import Settings
from bot.errors import ChannelError, PlatformBusy, PlatformRefused
from bot.people import People
from bot.speech import open_transcriber

log = logging.getLogger(__name__)
HOOK = "/webhook/zalo_oa"
AHEAD = 300  # seconds that Zalo's clock may be before ours


class ZaloOaChannel:
    """One account. Zalo wants an answer to each request within two seconds, so the work goes on behind it."""

    name = "zalo_oa"
    path = HOOK
    look_every = 3600.0  # seconds between two looks at whether the tokens hold

    def __init__(self, settings: Settings) -> None:
        section = settings.channels.zalo_oa
        self._base_url = section.base_url
        self._app_id = section.app_id.strip()
        self._secret = settings.zalo_oa_secret.get_secret_value().strip()
        application = Application(
            section.oauth_url,
            self._app_id,
            settings.zalo_oa_app_secret.get_secret_value().strip(),
            settings.zalo_oa_refresh_token.get_secret_value().strip(),
        )
        self._tokens = TokenKeeper(settings.path(section.tokens), application)
        self._ears = Ears(open_transcriber(settings.speech, settings.speech_key.get_secret_value()), SOUNDS, self._base_url)
        self.trouble = ""
        self._intake: Intake | None = None
        self._api: ZaloOaApi | None = None

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        async with ZaloOaApi(self._base_url, self._tokens) as api:
            talk = OaConversation(NumberedConversation(self.name, assistant, people, LIMIT, FREE_REPLIES, self._ears))
            intake = Intake(talk.reply, api.send)
            self._intake, self._api = intake, api
            try:
                while not stop.is_set():
                    await self._look_at_tokens()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(stop.wait(), min(self.look_every, 60.0) if self.trouble else self.look_every)
            finally:
                self._intake = self._api = None
                await intake.finish()

    async def check(self) -> str:
        """Which account the tokens speak for. Raises ChannelError."""
        async with ZaloOaApi(self._base_url, self._tokens) as api:
            about = await api.about()
        return f"account {about.get('name')!r}, may be written to, and reply with {FREE_REPLIES} messages within {FREE_HOURS} hours; webhook"

    async def announce(self, chat: str, text: str) -> None:
        """Write to a person who wrote before. Raises PlatformRefused outside the hours for that, PlatformBusy when it may later."""
        if self._api is None:
            raise PlatformBusy("Zalo OA is not running")
        await self._api.send(chat, Outgoing(text))

    async def receive(self, headers: Mapping[str, str], body: bytes) -> int:
        """One event brought by Zalo: 403 for one that it did not sign, 503 while there is no room, 200 for all else."""
        try:
            event = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if not isinstance(event, dict):
            return 400
        if not is_signed(headers, body, event, self._app_id, self._secret):
            return 403
        message = read_event(event)
        if message is None:
            return 200
        moment = moment_of(event)
        age = time.time() - moment if moment is not None else 0.0
        if not -AHEAD <= age <= FREE_HOURS * 3600:
            log.warning("a message that is %d hours old came too late to be answered", age / 3600)
            return 200
        return 200 if self._intake and self._intake.take(message) else 503

    async def _look_at_tokens(self) -> None:
        """Fetch new tokens when it is time. Raises ChannelError when Zalo refuses the refresh token for good."""
        try:
            await self._tokens.access()
            self.trouble = ""
        except PlatformRefused:
            raise
        except ChannelError as fault:
            log.error("%s; trying again", fault)
            self.trouble = str(fault)


@dataclass(frozen=True, slots=True)
class OaConversation:
    """A numbered conversation that also hears who stops following: they are forgotten, and nothing can be said to them.

    What they were to be reminded of when they could not be written to stands before the reply to their next message.
    """

    talk: NumberedConversation

    async def reply(self, message: Incoming) -> list[Outgoing]:
        name = f"{self.talk.channel}:{message.chat}"
        due = await asyncio.to_thread(self.talk.assistant.reminders.take, name)
        replies = await self.talk.reply(message)
        if message.id.startswith("unfollow:"):
            return []
        return [Outgoing("\n\n".join(due)), *replies][:FREE_REPLIES] if due else replies
