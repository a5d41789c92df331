"""A spoken message of Telegram as text, when a transcription server is configured; else the sentence that says what to do instead."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from telegram import Message, error

from bot import channel_texts, texts
from bot.channels.sounds import Unheard
from bot.channels.telegram_heard import Medium
from bot.errors import SpeechUnavailable
from bot.speech import Transcriber

log = logging.getLogger(__name__)
BIGGEST = 20_000_000  # bytes that Telegram lets a bot fetch


@dataclass(frozen=True, slots=True)
class Listener:
    """Fetches what was spoken and has it written down."""

    transcriber: Transcriber | None

    def hears(self, medium: Medium) -> bool:
        return medium == "voice" and self.transcriber is not None

    async def text_of(self, message: Message) -> str:
        """What is said in a voice message. Raises Unheard."""
        sound = message.voice or message.audio
        if self.transcriber is None or sound is None:
            raise Unheard(media_reply("voice"))
        seconds = sound.duration if isinstance(sound.duration, int) else int(sound.duration.total_seconds())
        if seconds > self.transcriber.longest_seconds:
            raise Unheard(channel_texts.voice_too_long(seconds, self.transcriber.longest_seconds))
        if (sound.file_size or 0) > BIGGEST:
            raise Unheard(channel_texts.VOICE_FAILED)
        try:
            file = await sound.get_file()
            name = (file.file_path or "voice.ogg").rsplit("/", 1)[-1].replace(".oga", ".ogg")
            return await self.transcriber.text_of(bytes(await file.download_as_bytearray()), name)
        except (error.BadRequest, error.NetworkError) as fault:
            log.warning("a voice message could not be fetched: %s", type(fault).__name__)
        except SpeechUnavailable as fault:
            log.warning("a voice message could not be written down: %s", fault)
        raise Unheard(channel_texts.VOICE_FAILED)


def media_reply(medium: Medium) -> str:
    """What is said to a message that holds nothing to read."""
    return {"voice": channel_texts.VOICE_MESSAGE, "photo": channel_texts.PHOTO_MESSAGE}.get(medium, texts.OTHER_MESSAGE)
