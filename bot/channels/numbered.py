"""A conversation on a channel without buttons: answers with numbered articles, and the article that a number opens."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import channel_texts, form_texts, texts
from bot.assistant import Assistant
from bot.channels.choices import Choice, choices_of, opened
from bot.channels.intake import Incoming, Outgoing
from bot.channels.sounds import Ears, Unheard
from bot.message import Answer, Question
from bot.people import People
from bot.render import link_to, split, utf16_length
from knowledge.text import fold

PARTS = 4  # messages in which an article is shown before the person asks for the rest
_ERASE = re.compile(r"^/?xoa( (het|tat ca|cuoc tro chuyen|lich su|du lieu)( (nay|cua toi))?)?$")
_NUMBER = re.compile(r"^(?:(?:xem|doc|mo)(?: (?:so|muc))?|so|muc)? ?(?P<number>\d{1,2})(?: phan (?P<part>\d{1,3}))?$")


@dataclass(frozen=True, slots=True)
class NumberedConversation:
    """What is said in reply to each message; `limit` is the length of a message in UTF-16 units, `most` how many a reply may be."""

    channel: str
    assistant: Assistant
    people: People
    limit: int
    most: int
    ears: Ears

    async def reply(self, message: Incoming) -> list[Outgoing]:
        """What answers a message, each part within the channel's limit; the options of an answer go with its last part."""
        conversation = f"{self.channel}:{message.chat}"
        if _ERASE.match(_wish(message.text or "")):
            await asyncio.to_thread(self.assistant.erase, conversation)
            return [Outgoing(texts.ERASED)]
        if message.text is None and not (message.sound and self.ears.transcriber):
            return [Outgoing(channel_texts.VOICE_MESSAGE if message.sound else texts.OTHER_MESSAGE)]
        if not self.people.may_ask(self.channel, message.person):
            return [Outgoing(texts.SLOW_DOWN)]
        text, before = message.text, ""
        if text is None:
            try:
                text = await self.ears.text_of(message.sound)
            except Unheard as unheard:
                return [Outgoing(str(unheard))]
            before = channel_texts.heard(text)
        said, options = await self._said(Question(text, self.channel, message.person, conversation=conversation), before)
        return [*map(Outgoing, said[:-1]), Outgoing(said[-1], options)]

    async def _said(self, question: Question, before: str) -> tuple[list[str], tuple[str, ...]]:
        """The messages that answer a question or show the article that a number opens, and what may be replied."""
        role, conversation = self.people.role(self.channel, question.person), question.conversation or ""
        number = _NUMBER.match(_wish(question.text))
        if number and not await asyncio.to_thread(self.assistant.awaits_number, conversation):
            choices = choices_of(await asyncio.to_thread(self.assistant.last_cited, conversation))
            if isinstance(choice := _chosen(choices, int(number["number"])), str):
                return [choice], ()
            article = await asyncio.to_thread(opened, self.assistant, choice.key, choice.mark, role)
            messages = article_messages(article, self.limit)
            return part_of(messages, int(number["number"]), int(number["part"] or 1), self.limit), ()
        answer = await asyncio.to_thread(self.assistant.answer, replace(question, role=role))
        shown = replace(answer, text=f"{before}\n\n{answer.text}") if before else answer
        return shortened(answer_messages(shown, self.limit), self.most, self.limit), answer.options


def answer_messages(answer: Answer, limit: int) -> list[str]:
    """The answer as plain messages: what it says, what to beware of, its articles by number, its receipt."""
    choices = "\n".join(f"{number}. {choice.label}" for number, choice in enumerate(choices_of(answer.citations), 1))
    menu = [f"{texts.CHOICES}\n{choices}"] if choices else []
    more = [channel_texts.MORE_HINT] if answer.more else []
    return _packed([*_said(answer), *menu, *more, *_receipt(answer)], limit)


def article_messages(article: Answer, limit: int) -> list[str]:
    """An opened article as plain messages; there is room left for the line that leads on to the next part."""
    return _packed(_said(article), limit - 100)


def part_of(messages: Sequence[str], number: int, part: int, limit: int) -> list[str]:
    """The messages of one part of an article, with a line that says how to read on."""
    parts = [list(messages[start : start + PARTS]) for start in range(0, len(messages), PARTS)]
    if not 1 <= part <= len(parts):
        return [texts.no_such_part(len(parts))]
    shown = parts[part - 1]
    if left := len(parts) - part:
        return _packed([*shown, texts.MORE_PARTS.format(count=left, number=number, next=part + 1)], limit)
    return shown


def shortened(messages: Sequence[str], most: int, limit: int) -> list[str]:
    """At most so many messages; what is left out is said, and the last one, with the articles, stays."""
    if len(messages) <= most:
        return list(messages)
    return [*messages[: most - 2], *_packed([texts.CUT_HERE], limit), messages[-1]]


def _wish(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text)).strip(" .!)")


def _chosen(choices: Sequence[Choice], number: int) -> Choice | str:
    """The choice with this number, or the sentence that says why there is none."""
    if not choices:
        return texts.NO_CHOICES
    return choices[number - 1] if 1 <= number <= len(choices) else texts.no_such_choice(len(choices))


def _said(answer: Answer) -> list[str]:
    files = (link_to(file, form_texts.NO_LINK) for file in answer.files)
    return [answer.text, *files, *(f"⚠ {warning}" for warning in answer.warnings)]


def _receipt(answer: Answer) -> list[str]:
    return [f"Mã trả lời: {answer.receipt}"] if answer.receipt and answer.citations else []


def _packed(blocks: Iterable[str], limit: int) -> list[str]:
    """The blocks in as few messages as they fit in; one longer than a message is cut at paragraph ends, else lines, else spaces."""
    messages: list[str] = []
    for block in (part for whole in blocks for part in split(whole, limit)):
        if messages and utf16_length(f"{messages[-1]}\n\n{block}") <= limit:
            messages[-1] = f"{messages[-1]}\n\n{block}"
        else:
            messages.append(block)
    return messages
