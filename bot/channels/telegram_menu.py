"""The commands of the Telegram menu, and the links that open an article."""

from __future__ import annotations

import re
from collections.abc import Container

from bot import channel_texts, texts
from bot.assistant import Assistant

OWN = ("start", "help", "xoa", "phanhoi")  # answered by the channel; all others are passed on to the assistant as they stand
CALCULATED = ("thoihan", "phi")  # shown only where the assistant knows them
_LINK = re.compile(r"dieu-(?P<label>\d{1,4}[a-z]?)-(?P<document>[a-z0-9-]{3,55})")


def menu(known: Container[str] = tuple(texts.WRITE_AFTER)) -> list[tuple[str, str]]:
    """The commands with their descriptions, in the order in which they are shown; `known` are those of the assistant."""
    return [(name, text) for name, text in channel_texts.COMMANDS.items() if name not in CALCULATED or f"/{name}" in known]


def link_to(key: str, place: str) -> str | None:
    """The parameter of a link that opens an article, None for a place that cannot be written in one."""
    link = f"dieu-{place}-{key}".lower()
    return link if _LINK.fullmatch(link) and len(link) <= 64 else None


def linked(assistant: Assistant, parameter: str) -> tuple[str, str] | None:
    """Document key and place that a link opens; None when the parameter is no link to an article.

    A link may give the beginning of a document's number (`106-2025`), when only one document has it.
    """
    link = _LINK.fullmatch(parameter.lower())
    if link is None:
        return None
    wanted = link["document"]
    keys = [key for key in assistant.library.by_key if key == wanted] or [
        key for key in assistant.library.by_key if key.startswith(f"{wanted}-")
    ]
    return (keys[0] if len(keys) == 1 else wanted), link["label"]
