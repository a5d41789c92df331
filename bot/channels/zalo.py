"""The Zalo Bot Platform: questions by polling or webhook, answers in plain text with numbered articles."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from bot.assistant import Assistant
from bot.channels.http import public_hook
from bot.channels.intake import Incoming, Intake, Outgoing
from bot.channels.numbered import NumberedConversation
from bot.channels.retry import patiently
from bot.channels.sounds import Ears
from bot.channels.zalo_api import LIMIT, SOUNDS, WRONG_TOKEN, ZaloApi, read_update, webhook_secret
from bot.config import ZALO_TOKEN, Settings
from bot.errors import ChannelEnded, PlatformBusy, PlatformRefused
from bot.people import People
from bot.speech import open_transcriber

log = logging.getLogger(__name__)
HOOK = "/webhook/zalo"
LONG_POLL = 30  # seconds that Zalo may hold a request for news
MOST = 8  # messages of one reply
NO_FAULT_OF_THEIRS = (401, 404)  # a message refused with the token, not with the chat
Result = TypeVar("Result")


class ZaloChannel:
    """One bot account."""

    name = "zalo"
    look_every = 60.0  # seconds of silence after which a webhook in the way is looked for
    rest = 1.0  # seconds between two requests for news that failed; doubles up to a minute

    def __init__(self, settings: Settings) -> None:
        self._token = settings.zalo_token.get_secret_value().strip()
        self._base_url = settings.channels.zalo.base_url
        self._address = public_hook(settings, HOOK)
        self._ears = Ears(open_transcriber(settings.speech, settings.speech_key.get_secret_value()), SOUNDS, self._base_url)
        self.path = HOOK if settings.channels.zalo.mode == "webhook" else ""
        self.trouble = ""
        self._intake: Intake | None = None
        self._api: ZaloApi | None = None
        self._account = ""
        self._silenced = False  # by a webhook that is in the way of fetching

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        async with ZaloApi(self._base_url, self._token) as api:
            talk = NumberedConversation(self.name, assistant, people, LIMIT, MOST, self._ears)

            async def send(chat: str, message: Outgoing) -> None:
                await patiently(lambda: api.call("sendMessage", chat_id=chat, text=message.text))

            async def typing(chat: str) -> None:
                await api.call("sendChatAction", chat_id=chat, action="typing")

            intake = Intake(talk.reply, send, typing=typing)
            try:
                await self._begin(api, stop)
                self._intake, self._api = intake, api
                await (stop.wait() if self.path else self._poll(api, intake, stop))
            finally:
                self._intake = self._api = None
                await intake.finish()

    async def check(self) -> str:
        """What the token may do, and whether anything keeps the bot from hearing. Raises ChannelEnded."""
        async with ZaloApi(self._base_url, self._token) as api:
            bot = await self._asked(api, "getMe")
            url = _text(await self._asked(api, "getWebhookInfo"), "url")
        groups = "may" if isinstance(bot, Mapping) and bot.get("can_join_groups") is True else "may not"
        if url and not self.path:
            raise ChannelEnded(_in_the_way(url))
        way = "webhook" if self.path else "polling"
        return f"bot {_text(bot, 'account_name')!r}, may read and send texts of {LIMIT} characters, {groups} join groups; {way}"

    async def announce(self, chat: str, text: str) -> None:
        """Write to a chat that wrote before. Raises PlatformRefused when it never will arrive, PlatformBusy when it may later."""
        if self._api is None:
            raise PlatformBusy("Zalo is not running")
        try:
            await self._api.call("sendMessage", chat_id=chat, text=text)
        except PlatformRefused as fault:
            if fault.code in NO_FAULT_OF_THEIRS:
                raise PlatformBusy(str(fault)) from None
            raise

    async def receive(self, headers: Mapping[str, str], body: bytes) -> int:
        """One message brought by Zalo: 403 with a wrong secret, 503 while there is no room, 200 for all else."""
        sent = headers.get("x-bot-api-secret-token", "")
        if not hmac.compare_digest(sent.encode("utf-8", "replace"), webhook_secret(self._token).encode()):
            return 403
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if self._intake is None:
            return 503
        # documented as {"ok", "result": {...}}; the same event without its envelope is understood too
        event = update["result"] if isinstance(update, dict) and "result" in update else update
        return 200 if self._taken(event, self._intake) else 503

    async def _begin(self, api: ZaloApi, stop: asyncio.Event) -> None:
        """Learn who the bot is, and have the webhook set; waits while Zalo cannot be reached. Raises ChannelEnded."""
        rest = self.rest
        while not stop.is_set():
            try:
                self._account = _text(await self._asked(api, "getMe"), "account_name")
                if self.path:
                    await self._asked(api, "setWebhook", url=self._address, secret_token=webhook_secret(self._token))
                    log.info("Zalo brings messages to %s", self._address)
                self.trouble = ""
                return
            except PlatformBusy as fault:
                rest = await self._wait_out(fault, rest, stop)

    async def _asked(self, api: ZaloApi, method: str, **values: Any) -> Any:
        """A call that must work before anything else can. Raises ChannelEnded with what to do, or PlatformBusy."""
        try:
            return await api.call(method, **values)
        except PlatformRefused as fault:
            if fault.code in WRONG_TOKEN:
                raise ChannelEnded(f"Zalo refused the token; check {ZALO_TOKEN}") from None
            raise ChannelEnded(f"{fault}; check channels.zalo in config.yaml") from None

    async def _poll(self, api: ZaloApi, intake: Intake, stop: asyncio.Event) -> None:
        """Fetch messages one by one until stopped; only a refused token ends it."""
        rest, looked = self.rest, -self.look_every
        now = asyncio.get_running_loop().time
        while not stop.is_set():
            try:
                if now() - looked >= self.look_every:
                    looked = now()
                    await self._look_for_webhook(api)
                if await self._fetch(api, intake, stop):
                    looked = now()
                rest = self.rest
            except PlatformRefused as fault:
                if fault.code in WRONG_TOKEN[:2]:
                    raise ChannelEnded(f"Zalo refused the token; check {ZALO_TOKEN}") from None
                looked = -self.look_every  # some refuse to be fetched from while a webhook is registered
                rest = await self._wait_out(PlatformBusy(str(fault)), rest, stop)
            except PlatformBusy as fault:
                rest = await self._wait_out(fault, rest, stop)

    async def _fetch(self, api: ZaloApi, intake: Intake, stop: asyncio.Event) -> bool:
        """Ask for news once; returns whether there was any."""
        started = asyncio.get_running_loop().time()
        update = await _unless(stop, api.call("getUpdates", seconds=LONG_POLL + 10, timeout=LONG_POLL))
        self.trouble = self.trouble if self._silenced else ""
        for one in update if isinstance(update, list) else [update]:  # one event is documented; several do no harm
            if one is not None:
                await intake.room()
                self._taken(one, intake)
        if not update and asyncio.get_running_loop().time() - started < 0.2:  # an empty reply that was not waited for
            await asyncio.sleep(0.2)
        return bool(update)

    async def _look_for_webhook(self, api: ZaloApi) -> None:
        """While a webhook is registered Zalo gives nothing to those who fetch, and does not say why."""
        try:
            url = _text(await api.call("getWebhookInfo"), "url")
        except PlatformRefused as fault:
            log.warning("whether a webhook is in the way cannot be seen: %s", fault)
            return
        if url and not self._silenced:
            log.error("%s", _in_the_way(url))
        self._silenced = bool(url)
        self.trouble = _in_the_way(url) if url else ""

    async def _wait_out(self, fault: PlatformBusy, rest: float, stop: asyncio.Event) -> float:
        """Rest after a call that failed; returns how long to rest after the next."""
        if not self.trouble:
            log.warning("%s, trying again", fault)
        self.trouble = self.trouble or str(fault)
        await _unless(stop, asyncio.sleep(rest if fault.wait is None else min(fault.wait, 60.0)))
        return min(rest * 2, 60.0)

    def _taken(self, update: object, intake: Intake) -> bool:
        """Put what Zalo tells of to work; what cannot be read is named in the log and passed over."""
        message = read_update(update)
        if message is None:
            log.info("an event of Zalo was passed over")
            return True
        return intake.take(self._addressed(message))

    def _addressed(self, message: Incoming) -> Incoming:
        """The message without the bot's own name: in a group Zalo passes on only what mentions the bot or replies to it."""
        mention = f"@{self._account}"
        if message.text is None or len(mention) < 2:
            return message
        return replace(message, text=message.text.replace(mention, " ").strip() or message.text)


def _in_the_way(url: str) -> str:
    return (
        f"a webhook is registered at {url}, so fetching brings no messages; set channels.zalo.mode to webhook, "
        "or take it away by the method deleteWebhook (docs/channels.md)"
    )


def _text(values: object, key: str) -> str:
    value = values.get(key) if isinstance(values, Mapping) else None
    return value if isinstance(value, str) else ""


async def _unless(stop: asyncio.Event, work: Awaitable[Result]) -> Result | None:
    """What the work gives, None when the channel is stopped first."""
    doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait((doing, stopping), return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        for task in (doing, stopping):
            task.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)
