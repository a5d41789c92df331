"""Fits an answer to what a channel can show: plain text, length in the channel's units, parts split at paragraph ends."""

from __future__ import annotations

import html

from bot.message import Answer


def plain(answer: Answer) -> str:
    """The whole answer as plain text: what it says, what to beware of, its receipt."""
    lines = [answer.text]
    lines += [f"⚠ {warning}" for warning in answer.warnings]
    if answer.receipt and answer.citations:
        lines.append(f"Mã trả lời: {answer.receipt}")
    return "\n\n".join(lines)


def html_messages(answer: Answer, limit: int) -> list[str]:
    """The answer as messages of Telegram HTML: what it says, its warnings folded away, its receipt; a tag is never cut in two."""
    room = limit - 100  # leaves place for the words around a part
    blocks = [html.escape(part) for part in split(answer.text, room)]
    warnings = "\n".join(f"• {warning}" for warning in answer.warnings)
    blocks += [f"<blockquote expandable>Lưu ý\n{html.escape(part)}</blockquote>" for part in split(warnings, room)]
    if answer.receipt and answer.citations:
        blocks.append(f"<i>Mã trả lời: {html.escape(answer.receipt)}</i>")
    messages: list[str] = []
    for block in blocks:  # the limit counts what is shown, so a length with tags is on the safe side
        if messages and utf16_length(f"{messages[-1]}\n\n{block}") <= limit:
            messages[-1] = f"{messages[-1]}\n\n{block}"
        else:
            messages.append(block)
    return messages


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` UTF-16 units, cut at paragraph ends, else at line ends, else at spaces.

    A citation stands in parentheses on a line of its own, so it is never cut in two unless it alone is longer than the limit.
    """
    parts: list[str] = []
    rest = text
    while utf16_length(rest) > limit:
        head = _head(rest, limit)
        at = max(head.rfind("\n\n"), 0) or max(head.rfind("\n"), 0) or max(head.rfind(" "), 0) or len(head)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [part for part in [*parts, rest] if part]


def _head(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` UTF-16 units that does not cut a character."""
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
