"""Fits an answer to what a channel can show: plain text, length in the channel's units, parts split at paragraph ends."""

from __future__ import annotations

from bot.message import Answer


def plain(answer: Answer) -> str:
    """The whole answer as plain text: what it says, what to beware of, its receipt."""
    lines = [answer.text]
    lines += [f"⚠ {warning}" for warning in answer.warnings]
    if answer.receipt and answer.citations:
        lines.append(f"Mã trả lời: {answer.receipt}")
    return "\n\n".join(lines)


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
