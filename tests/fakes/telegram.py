"""A Bot API on loopback that is as strict as Telegram's, with chats that tests write into and faults that they ask for."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "123456789:AAfakeTokenForTestsOnly_0123456789abcde"
BOT = {"id": 123456789, "is_bot": True, "first_name": "Trợ lý THADS", "username": "ThadsTestBot"}
PATIENCE = 60.0  # seconds until a test that waits for the bot gives up; a machine under load is not a fault
POLL = 0.2  # the longest that getUpdates holds on, whatever the bot asks for
TAGS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline", "s": "strikethrough",
    "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "code": "code", "pre": "pre", "blockquote": "blockquote",
    "a": "text_link",
}  # fmt: skip
START_TAG = re.compile(rf"<(?P<plain>{'|'.join(set(TAGS) - {'a'})})>|<(?P<quote>blockquote) expandable>|<a href=\"[^\"<>]+\">")
MEDIA: dict[str, Any] = {
    "photo": [{"file_id": "p", "file_unique_id": "p1", "width": 90, "height": 90}],
    "voice": {"file_id": "v", "file_unique_id": "v1", "duration": 3},
    "sticker": {
        "file_id": "s",
        "file_unique_id": "s1",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },  # fmt: skip
    "document": {"file_id": "d", "file_unique_id": "d1", "file_name": "don.pdf"},
    "location": {"latitude": 21.03, "longitude": 105.85},
}


@dataclass(frozen=True)
class Upload:
    """A file that the bot brings."""

    name: str
    data: bytes


class Refusal(Exception):
    """What the API answers instead of a result."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def units(text: str) -> int:
    """UTF-16 units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """What a message in HTML shows, and its entities; refuses what Telegram documents as not allowed."""
    text = ""
    entities: list[dict[str, Any]] = []
    open_tags: list[tuple[str, int]] = []
    for token in re.findall(r"<[^<>]*>|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);|[^<>&]+|.", source, re.DOTALL):
        if token in ("<", ">", "&"):
            raise _unparsable(f"character {token!r} must be escaped")
        if not token.startswith("<"):
            text += unescape(token)
        elif token.startswith("</"):
            name, start = open_tags.pop() if open_tags else ("", 0)
            if token != f"</{name}>":
                raise _unparsable(f"unexpected end tag {token!r}")
            entities.append({"type": TAGS[name], "offset": start, "length": units(text) - start})
        else:
            open_tags.append((_start_tag(token, [outer for outer, _ in open_tags]), units(text)))
    if open_tags:
        raise _unparsable(f"can't find end tag corresponding to start tag {open_tags[-1][0]!r}")
    return text, entities


def _start_tag(token: str, outer: list[str]) -> str:
    """The name of a tag that may stand here."""
    match = START_TAG.fullmatch(token)
    if match is None:
        raise _unparsable(f"unsupported start tag {token!r}")
    name = match["plain"] or match["quote"] or "a"
    if name == "blockquote" and name in outer:
        raise _unparsable("blockquote can't be nested")
    return name


def _unparsable(reason: str) -> Refusal:
    return Refusal(400, f"Bad Request: can't parse entities: {reason}")


@dataclass
class Fault:
    """What the next calls of a method meet."""

    method: str
    status: int
    times: int
    chat_id: int | None
    retry_after: int
    after: bool  # the call is carried out, but the bot gets the fault for an answer


@dataclass
class FakeTelegram:
    """One bot account, its chats and the people in them; `base_url` is what the bot is configured with."""

    base_url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    commands: list[dict[str, str]] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    toasts: dict[str, str] = field(default_factory=dict)  # what was shown to who pressed a button
    written: Counter[int] = field(default_factory=Counter)  # messages of the bot, by chat
    _updates: list[dict[str, Any]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _allowed: list[str] = field(default_factory=list)
    _messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    _chats: dict[int, dict[str, Any]] = field(default_factory=dict)
    _blocked: set[int] = field(default_factory=set)
    _queries: set[str] = field(default_factory=set)
    _faults: list[Fault] = field(default_factory=list)
    _last: int = 1000
    webhook: dict[str, Any] = field(default_factory=dict)
    offered: dict[str, dict[str, Any]] = field(default_factory=dict)  # what answered each inline query
    revoked: bool = False
    files: dict[str, bytes] = field(default_factory=dict)
    stall: float = 0.0  # seconds for which a call that meets the status 0 gets no reply
    _inline: set[str] = field(default_factory=set)
    _moved: dict[int, int] = field(default_factory=dict)
    _topics: set[tuple[int, int]] = field(default_factory=set)
    _polls: int = 0

    # what tests do

    async def bring(self, address: str, *, secret: str | None = None, body: bytes | None = None) -> list[int]:
        """Bring what waits to the webhook, as Telegram does; gives the status of each reply."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"] if secret is None else secret}
        bodies = [json.dumps(update).encode() for update in self._updates] if body is None else [body]
        self._updates.clear()
        async with httpx.AsyncClient(trust_env=False, timeout=30) as web:
            return [(await web.post(address, content=one, headers=headers)).status_code for one in bodies]

    def push_text(
        self, chat_id: int, text: str, *, kind: str = "private", reply_to: int | None = None, times: int = 1, **more: Any
    ) -> int:
        """Someone writes; returns the message's number. `times` is how often Telegram delivers the update, `more` its other fields.

        `topic` puts it into a topic of a forum, `via_bot` says that it was put there through a bot.
        """
        message: dict[str, Any] = {"text": text} | _entities(text, "entities") | more
        if topic := message.pop("topic", None):
            self._topics.add((chat_id, topic))
            message |= {"message_thread_id": topic, "is_topic_message": True}
        if reply_to is not None:
            message["reply_to_message"] = self._messages[chat_id, reply_to]
        return self._push_message(chat_id, kind, message, times)

    def edit_text(self, chat_id: int, message_id: int, text: str, *, times: int = 1) -> None:
        """Someone changes what they wrote; the same text again is a change of something else."""
        message = self._messages[chat_id, message_id]
        message |= {"text": text, "edit_date": int(time.time())} | _entities(text, "entities")
        self._push("edited_message", dict(message), times)

    def push_media(self, chat_id: int, name: str, *, kind: str = "private", caption: str = "", **more: Any) -> int:
        said = {"caption": caption} | _entities(caption, "caption_entities") if caption else {}
        return self._push_message(chat_id, kind, {name: MEDIA[name]} | said | more, 1)

    def push_inline(self, person: int, query: str) -> str:
        """Someone types behind the bot's name in any chat; returns the number of the query."""
        number = str(self._next())
        self._inline.add(number)
        self._push("inline_query", {"id": number, "from": _person(person), "query": query, "offset": ""})
        return number

    def choose(self, chat_id: int, query: str, result: int) -> int:
        """Someone puts an offered card into a chat that the bot sees; returns the message's number."""
        content = self.offered[query]["results"][result]["input_message_content"]
        shown, entities = parse_html(content["message_text"])
        return self._push_message(chat_id, "private", {"text": shown, "entities": entities, "via_bot": BOT}, 1)

    def migrate(self, old: int, new: int) -> None:
        """A group becomes a supergroup: the old number is told of the new one, and can no longer be written to."""
        self._push_message(old, "group", {"migrate_to_chat_id": new}, 1)
        self._moved[old] = new
        self._chats[new] = self._chats[old] | {"id": new, "type": "supergroup"}

    def close_topic(self, chat_id: int, topic: int) -> None:
        self._topics.discard((chat_id, topic))

    def push_callback(
        self, chat_id: int, data: str, message_id: int, *, expired: bool = False, inaccessible: bool = False, person: int = 0
    ) -> str:
        """Someone presses a button; an expired press can no longer be confirmed, an inaccessible message is too old to be shown."""
        query = str(self._next())
        message = self._messages[chat_id, message_id]
        if inaccessible:
            message = {"chat": message["chat"], "message_id": message_id, "date": 0}
        if not expired:
            self._queries.add(query)
        self._push(
            "callback_query",
            {"id": query, "from": _person(person or chat_id), "chat_instance": "1", "message": message, "data": data},
        )
        return query

    def sent(self, chat_id: int) -> list[dict[str, Any]]:
        """The bot's messages in a chat, in order."""
        return [m for (chat, _), m in sorted(self._messages.items()) if chat == chat_id and m["from"]["id"] == BOT["id"]]

    def texts(self, chat_id: int) -> list[str]:
        return [message["text"] for message in self.sent(chat_id) if "text" in message]

    def documents(self, chat_id: int) -> list[tuple[str, str, bytes]]:
        """Name, caption and content of the files that the bot sent."""
        sent = [message for message in self.sent(chat_id) if "document" in message]
        return [
            (each["document"]["file_name"], each.get("caption", ""), self.files[each["document"]["file_id"]]) for each in sent
        ]

    def forget(self, chat_id: int, message_id: int) -> None:
        """Someone deletes a message."""
        del self._messages[chat_id, message_id]

    def block(self, chat_id: int) -> None:
        self._blocked.add(chat_id)

    def misbehave(
        self, method: str, status: int, *, times: int = 1, chat_id: int | None = None, retry_after: int = 0, after: bool = False
    ) -> None:
        """The next calls of a method fail with this status; 429 says to come again after `retry_after` seconds."""
        self._faults.append(Fault(method, status, times, chat_id, retry_after, after))

    async def until(self, reached: Callable[[], object]) -> None:
        """Wait for something to come about. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while not reached():  # noqa: ASYNC110 - any state of the fake may be asked for, so there is no one event to wait for
                await asyncio.sleep(0.01)

    async def replies(self, chat_id: int, count: int = 1) -> list[dict[str, Any]]:
        """The bot's messages in a chat, once there are so many."""
        await self.until(lambda: len(self.sent(chat_id)) >= count)
        return self.sent(chat_id)

    # what the bot does

    async def respond(self, request: Request) -> JSONResponse:
        token, name = request.path_params["token"], request.path_params["method"]
        method = getattr(self, f"_{name}", None) if name in METHODS else None
        try:
            if self.revoked and token == TOKEN:
                raise Refusal(401, "Unauthorized")
            if token != TOKEN:
                raise Refusal(401, "Unauthorized") if re.fullmatch(r"\d+:[\w-]{30,50}", token) else Refusal(404, "Not Found")
            if method is None:
                raise Refusal(404, "Not Found")
            values = await _values(request)
            self.calls.append((name, values))
            fault = self._fault(name, values)
            if fault is None or fault.after:
                result = await method(**values) if name == "getUpdates" else method(**values)
            if fault and fault.status == 0:
                await asyncio.sleep(self.stall)
            if fault:
                raise _refusal(fault)
        except Refusal as refusal:
            body = {"ok": False, "error_code": refusal.status, "description": refusal.description}
            return JSONResponse(body | ({"parameters": refusal.parameters} if refusal.parameters else {}), refusal.status)
        return JSONResponse({"ok": True, "result": result})

    def _getMe(self) -> dict[str, Any]:
        return BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}

    async def _getUpdates(self, offset: int = 0, limit: int = 100, **others: Any) -> list[dict[str, Any]]:
        _known(others, "timeout", "allowed_updates")
        if self.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
            )
        self._polls += 1
        turn = self._polls
        self._allowed = others.get("allowed_updates", self._allowed)
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        if not self._updates and others.get("timeout"):
            self._news.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(others["timeout"], POLL))
        if turn != self._polls:
            raise Refusal(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        return [update for update in self._updates if update["update_id"] >= offset][:limit]

    def _sendMessage(
        self, chat_id: int, text: str = "", reply_parameters: dict[str, Any] | None = None, **others: Any
    ) -> dict[str, Any]:
        _known(others, "parse_mode", "link_preview_options", "reply_markup", "disable_notification", "message_thread_id")
        topic = others.pop("message_thread_id", None)
        message: dict[str, Any] = {"message_id": self._next(), "date": int(time.time()), "chat": self._chat(chat_id), "from": BOT}
        message |= self._written(text, **others)
        if topic is not None:
            if (chat_id, topic) not in self._topics:
                raise Refusal(400, "Bad Request: message thread not found")
            message |= {"message_thread_id": topic, "is_topic_message": True}
        if reply_parameters:
            replied = self._messages.get((chat_id, reply_parameters["message_id"]))
            if replied is None and not reply_parameters.get("allow_sending_without_reply"):
                raise Refusal(400, "Bad Request: message to be replied not found")
            message |= {"reply_to_message": replied} if replied else {}
        self._messages[chat_id, message["message_id"]] = message
        self.written[chat_id] += 1
        return message

    def _sendDocument(self, chat_id: int, document: Any = None, caption: str = "", **others: Any) -> dict[str, Any]:
        _known(others, "parse_mode", "disable_notification", "message_thread_id", "link_preview_options")
        if not isinstance(document, Upload):
            raise Refusal(400, "Bad Request: there is no document in the request")
        if not 0 < len(document.data) <= 50 * 2**20:
            raise Refusal(
                413 if document.data else 400,
                "Request Entity Too Large" if document.data else "Bad Request: file must be non-empty",
            )
        if not document.name or "/" in document.name:
            raise Refusal(400, "Bad Request: wrong file name")
        shown, _ = parse_html(caption) if others.get("parse_mode") == "HTML" else (caption, [])
        if units(shown) > 1024:
            raise Refusal(400, "Bad Request: message caption is too long")
        topic = others.get("message_thread_id")
        if topic is not None and (chat_id, topic) not in self._topics:
            raise Refusal(400, "Bad Request: message thread not found")
        number = self._next()
        self.files[f"sent{number}"] = document.data
        kept = {
            "file_id": f"sent{number}",
            "file_unique_id": f"u{number}",
            "file_name": document.name,
            "file_size": len(document.data),
        }
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": self._chat(chat_id),
            "from": BOT,
            "document": kept,
            "caption": shown,
        }
        self._messages[chat_id, number] = message
        return message

    def _editMessageText(self, chat_id: int, message_id: int, text: str = "", **others: Any) -> dict[str, Any]:
        _known(others, "parse_mode", "link_preview_options", "reply_markup")
        self._chat(chat_id)
        message = self._messages.get((chat_id, message_id))
        if message is None or message["from"]["id"] != BOT["id"]:
            raise Refusal(
                400, "Bad Request: message to edit not found" if message is None else "Bad Request: message can't be edited"
            )
        written = self._written(text, **others)
        if all(message.get(key) == written.get(key) for key in ("text", "entities", "reply_markup")):
            raise Refusal(400, "Bad Request: message is not modified")
        message |= written | {"edit_date": int(time.time())}
        return message

    def _editMessageReplyMarkup(
        self, chat_id: int, message_id: int, reply_markup: dict[str, Any] | None = None, **others: Any
    ) -> dict[str, Any]:
        _known(others, "parse_mode", "link_preview_options")  # the library sends its defaults along; Telegram passes over them
        self._chat(chat_id)
        message = self._messages.get((chat_id, message_id))
        if message is None or message["from"]["id"] != BOT["id"]:
            raise Refusal(400, "Bad Request: message to edit not found")
        if message.get("reply_markup") == reply_markup:
            raise Refusal(400, "Bad Request: message is not modified")
        self._written("-", reply_markup=reply_markup)
        message.pop("reply_markup", None)
        message |= {"reply_markup": reply_markup} if reply_markup else {}
        return message

    def _answerInlineQuery(self, inline_query_id: str | int, results: list[dict[str, Any]], **others: Any) -> bool:
        _known(others, "cache_time", "is_personal", "next_offset", "button")
        if str(inline_query_id) not in self._inline:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        if len(results) > 50:
            raise Refusal(400, "Bad Request: RESULTS_TOO_MUCH")
        if len({result["id"] for result in results}) < len(results):
            raise Refusal(400, "Bad Request: RESULT_ID_DUPLICATE")
        for result in results:
            content = result["input_message_content"]
            self._written(content["message_text"], content.get("parse_mode", ""), result.get("reply_markup"))
            if not 1 <= len(result["id"].encode()) <= 64 or result["type"] != "article" or not result["title"]:
                raise Refusal(400, "Bad Request: can't parse inline query result")
        button = others.get("button")
        if button and (not button["text"] or not re.fullmatch(r"[A-Za-z0-9_-]{1,64}", button.get("start_parameter", ""))):
            raise Refusal(400, "Bad Request: START_PARAM_INVALID")
        self._inline.remove(str(inline_query_id))
        self.offered[str(inline_query_id)] = {"results": results} | others
        return True

    def _getFile(self, file_id: str) -> dict[str, Any]:
        if file_id not in self.files:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        return {"file_id": file_id, "file_unique_id": f"{file_id}1", "file_path": f"voice/{file_id}.oga"}

    def _answerCallbackQuery(self, callback_query_id: str | int, text: str = "", **others: Any) -> bool:
        _known(others, "show_alert", "url", "cache_time")
        if units(text) > 200:
            raise Refusal(400, "Bad Request: MESSAGE_TOO_LONG")
        if str(callback_query_id) not in self._queries:
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self._queries.remove(str(callback_query_id))  # a second confirmation finds nothing
        self.answered.append(str(callback_query_id))
        self.toasts[str(callback_query_id)] = text
        return True

    def _sendChatAction(self, chat_id: int, action: str = "", message_thread_id: int | None = None) -> bool:
        self._chat(chat_id)
        if message_thread_id is not None and (chat_id, message_thread_id) not in self._topics:
            raise Refusal(400, "Bad Request: message thread not found")
        if action not in (
            "typing",
            "upload_photo",
            "upload_document",
            "find_location",
            "record_voice",
            "upload_voice",
            "choose_sticker",
        ):
            raise Refusal(400, "Bad Request: wrong parameter action in request")
        return True

    def _setMyCommands(self, commands: list[dict[str, str]]) -> bool:
        if len(commands) > 100:
            raise Refusal(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands = commands
        return True

    def _setWebhook(self, url: str = "", secret_token: str = "", **others: Any) -> bool:
        _known(others, "allowed_updates", "max_connections", "drop_pending_updates", "ip_address")
        if not url.startswith("https://"):
            raise Refusal(400, "Bad Request: bad webhook: an HTTPS URL must be provided for webhook")
        if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret_token):
            raise Refusal(400, "Bad Request: secret token contains illegal characters")
        self.webhook = {"url": url, "secret_token": secret_token}
        self._allowed = others.get("allowed_updates", self._allowed)
        return True

    def _deleteWebhook(self, drop_pending_updates: bool = False) -> bool:
        if drop_pending_updates:
            self._updates.clear()
        self.webhook = {}
        return True

    def _getWebhookInfo(self) -> dict[str, Any]:
        seen = {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": len(self._updates)}
        return seen | {key: value for key, value in self.webhook.items() if key.startswith("last_error")}

    # inside

    async def download(self, request: Request) -> Response:
        """A file by the path that getFile gave."""
        path = request.path_params["path"]
        sound = self.files.get(path.removeprefix("voice/").removesuffix(".oga"))
        return Response(sound) if sound is not None and request.path_params["token"] == TOKEN else Response(status_code=404)

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _push_message(self, chat_id: int, kind: str, content: dict[str, Any], times: int) -> int:
        chat = {"id": chat_id, "type": kind} | ({"first_name": "Lan"} if kind == "private" else {"title": "Phòng nghiệp vụ"})
        self._chats[chat_id] = chat
        number = self._next()
        message = {"message_id": number, "date": int(time.time()), "chat": chat, "from": _person(chat_id)} | content
        self._messages[chat_id, number] = message
        self._push("message", message, times)
        return number

    def _push(self, kind: str, content: dict[str, Any], times: int = 1) -> None:
        if not self._allowed or kind in self._allowed:
            self._updates += [{"update_id": self._next(), kind: content}] * times
            self._news.set()

    def _chat(self, chat_id: int) -> dict[str, Any]:
        """A chat that the bot may write to: someone wrote there first, and has not blocked it."""
        if not isinstance(chat_id, int) or chat_id not in self._chats:
            raise Refusal(400, "Bad Request: chat not found")
        if chat_id in self._moved:
            raise Refusal(
                400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=self._moved[chat_id]
            )
        if chat_id in self._blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return self._chats[chat_id]

    def _written(self, text: str, parse_mode: str = "", reply_markup: dict[str, Any] | None = None, **_: Any) -> dict[str, Any]:
        if parse_mode not in ("", "HTML"):
            raise Refusal(400, f"Bad Request: this fake does not know parse mode {parse_mode!r}")
        shown, entities = parse_html(text) if parse_mode else (text, [])
        if not shown.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if units(shown) > 4096:
            raise Refusal(400, "Bad Request: message is too long")
        written: dict[str, Any] = {"text": shown} | ({"entities": entities} if entities else {})
        if reply_markup is None:
            return written
        for button in (button for row in reply_markup["inline_keyboard"] for button in row):
            if not button["text"] or len(button) != 2 or not {"callback_data", "url"} & set(button):
                raise Refusal(400, "Bad Request: can't parse inline keyboard button: text and exactly one action are needed")
            if not 1 <= len(button.get("callback_data", "-").encode()) <= 64:
                raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
        return written | {"reply_markup": reply_markup}

    def _fault(self, method: str, values: dict[str, Any]) -> Fault | None:
        for fault in self._faults:
            if fault.method == method and fault.times > 0 and fault.chat_id in (None, values.get("chat_id")):
                fault.times -= 1
                return fault
        return None


METHODS = frozenset(name[1:] for name in vars(FakeTelegram) if re.fullmatch(r"_(get|send|edit|answer|set|delete)[A-Z]\w+", name))


async def _values(request: Request) -> dict[str, Any]:
    """The parameters of a call; in forms everything but plain text is JSON."""
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return _parts(request.headers["content-type"], await request.body())
    body = (await request.body()).decode()
    if request.headers.get("content-type", "").startswith("application/json"):
        return dict(json.loads(body))
    return {
        key: value if key in ("text", "parse_mode", "action", "url", "secret_token", "file_id") else _value(value)
        for key, value in parse_qsl(body, keep_blank_values=True)
    }


def _parts(kind: str, body: bytes) -> dict[str, Any]:
    """The fields of a form that brings a file; `attach://name` stands for the part of that name."""
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
    fields: dict[str, Any] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        fields[name] = Upload(part.get_filename(), content) if part.get_filename() else content.decode()
    plain = ("text", "caption", "parse_mode")
    return {
        name: fields[value.removeprefix("attach://")]
        if isinstance(value, str) and value.startswith("attach://")
        else value
        if isinstance(value, Upload) or name in plain
        else _value(value)
        for name, value in fields.items()
        if f"attach://{name}" not in fields.values()
    }


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _known(values: dict[str, Any], *names: str) -> None:
    """Telegram passes over parameters that it does not know; here they are a fault of the test or of the bot."""
    if unknown := set(values) - set(names):
        raise Refusal(400, f"Bad Request: this fake does not know {sorted(unknown)}")


def _person(chat_id: int) -> dict[str, Any]:
    return {"id": abs(chat_id), "is_bot": False, "first_name": "Lan", "language_code": "vi"}


def _refusal(fault: Fault) -> Refusal:
    if fault.status == 429:
        return Refusal(429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after)
    return Refusal(
        fault.status or 504,
        {500: "Internal Server Error", 502: "Bad Gateway", 401: "Unauthorized"}.get(fault.status, "Bad Request"),
    )


class _Server(uvicorn.Server):
    """Uvicorn without its signal handlers, which belong to pytest."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield


@contextlib.asynccontextmanager
async def fake_telegram() -> AsyncIterator[FakeTelegram]:
    """The fake, listening on a free port of this machine."""
    fake = FakeTelegram()
    app = Starlette(
        routes=[
            Route("/bot{token}/{method}", fake.respond, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", fake.download),
        ]
    )
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        fake.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}/bot"
        config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, ws="none", timeout_graceful_shutdown=1)
        server = _Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield fake
        finally:
            server.should_exit = True
            await serving


def all_buttons(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and data of each button under a message."""
    for row in message.get("reply_markup", {}).get("inline_keyboard", ()):
        for button in row:
            yield button["text"], button["callback_data"]


def buttons(message: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Label and data of each button that opens an article."""
    return ((label, data) for label, data in all_buttons(message) if label.startswith("📖"))


def _entities(text: str, name: str) -> dict[str, Any]:
    """The commands and mentions in a text, as Telegram marks them."""
    found = [
        {
            "type": "bot_command" if match[0][0] == "/" else "mention",
            "offset": units(text[: match.start()]),
            "length": units(match[0]),
        }
        for match in re.finditer(r"^/\w+(@\w+)?|(?<!\w)@\w+", text, re.ASCII)
    ]
    return {name: found} if found else {}
