"""What an update of Telegram says to the bot, and where its answer belongs: chat, topic, message replied to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from telegram import InaccessibleMessage, Message, MessageEntity, Update, User
from telegram.constants import ChatType, MessageEntityType

Medium = Literal["", "voice", "photo", "other"]
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,32})(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?\Z", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class Heard:
    """What is said: a command or none, the words, and what came along that is no text; `album` joins pictures sent at once."""

    text: str
    command: str = ""
    medium: Medium = ""
    album: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an answer goes; `thread` is a topic of a forum, `reply_to` the message that it answers."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None

    @property
    def conversation(self) -> str:
        """The name of the conversation; each topic has its own."""
        return f"telegram:{self.chat}" + (f":{self.thread}" if self.thread else "")


def hear(message: Message, bot: User) -> Heard | None:
    """What is said to the bot: everything in private; in a group what mentions it, replies to it, or is a command for it."""
    if message.via_bot and message.via_bot.id == bot.id:  # a card that someone put here through the bot itself
        return None
    text, medium = message.text or message.caption or "", _medium(message)
    private, own = message.chat.type == ChatType.PRIVATE, f"{bot.username}".casefold()
    command = _COMMAND.match(text)
    if command and command["bot"] and command["bot"].casefold() != own:
        return None
    answered = message.reply_to_message
    ours = answered is not None and answered.from_user is not None and answered.from_user.id == bot.id
    mentions = [name for name in _mentions(message) if name.casefold() == f"@{own}"]
    if not (private or command or ours or mentions):
        return None
    if not private and medium and not text and not (medium == "voice" and ours):
        return None  # pictures and stickers among people are not for the bot
    for name in mentions:
        text = text.replace(name, " ")
    said, name = (command["rest"] or "", command["name"].lower()) if command else (text, "")
    said = said.strip() if (command or not private) else said
    if not said.strip() and answered and not ours and not medium:  # "@bot" in reply to someone: that message is the question
        said = (message.quote.text if message.quote else answered.text) or ""
    return Heard(said, name, medium, message.media_group_id or "")


def spot_of(update: Update) -> Spot | None:
    """Where the answer to an update belongs: in a group, and to what was edited or forwarded, it shows what it answers."""
    message = update.effective_message or (update.callback_query.message if update.callback_query else None)
    if message is None:
        return None
    if isinstance(message, InaccessibleMessage) or not isinstance(message, Message):
        return Spot(message.chat.id)
    shows = message.chat.type != ChatType.PRIVATE or update.edited_message or message.forward_origin
    thread = message.message_thread_id if message.is_topic_message else None  # else it is only a chain of replies
    return Spot(message.chat.id, thread, message.message_id if shows else None)


def is_whole(update: Update) -> bool:
    """Whether what is read of an update has the types that it is documented to have; the library takes in anything."""
    query, inline = update.callback_query, update.inline_query
    pressed = query.message if query else None
    message = update.message or update.edited_message or (pressed if isinstance(pressed, Message) else None)
    wanted: list[tuple[object, type]] = [(update.update_id, int)]
    if message:
        wanted += [
            (message.message_id, int),
            (getattr(message.chat, "id", None), int),
            (getattr(message.chat, "type", None), str),
            (message.text or "", str),
            (message.caption or "", str),
            (getattr(message.from_user, "id", 0), int),
            (message.message_thread_id or 0, int),
            (message.media_group_id or "", str),
            (message.reply_to_message.text or "" if message.reply_to_message else "", str),
            (message.quote.text if message.quote else "", str),
        ]
        entities = (*message.entities, *message.caption_entities)
        wanted += [(number, int) for entity in entities for number in (entity.offset, entity.length)]
    if query:
        wanted += [(getattr(query.from_user, "id", None), int), (query.data or "", str), (getattr(query, "id", None), str)]
    if pressed:
        wanted += [(getattr(pressed.chat, "id", None), int), (pressed.message_id, int)]
    if inline:
        wanted += [(getattr(inline.from_user, "id", None), int), (inline.query, str), (inline.id, str)]
    return all(isinstance(value, kind) for value, kind in wanted)


def _medium(message: Message) -> Medium:
    if message.voice or message.audio:
        return "voice"
    if message.photo:
        return "photo"
    return "" if message.text else "other"


def _mentions(message: Message) -> list[str]:
    wanted: list[str | None] = [MessageEntityType.MENTION]
    found: Mapping[MessageEntity, Any] = (
        message.parse_entities(wanted) if message.text else message.parse_caption_entities(wanted) if message.caption else {}
    )
    return list(found.values())
