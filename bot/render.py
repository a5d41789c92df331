"""Fits an answer to what a channel can show: plain text, length in the channel's units, parts split at paragraph ends."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from bot import form_texts
from bot.message import Answer, AnswerFile

_SENTENCE_END = re.compile(r"[.;] ")
# what a cut must not stand behind: an open parenthesis, or the first words of a citation whose number is still to come
_CITING = re.compile(
    r"\([^()\n]{0,300}\Z|\b(?:điểm|khoản|điều|luật|bộ luật|nghị định|thông tư|quyết định|chỉ thị|nghị quyết|số)\Z"
    r"|\b(?:điểm|khoản|điều) [\wđ]{1,5},?\Z",
    re.IGNORECASE,
)
WORDS_BACK = 60  # words that a cut may be moved back by to keep a citation whole
FOLDED = 300  # characters from which an article is folded away


def plain(answer: Answer) -> str:
    """The whole answer as plain text: what it says, its files, what to beware of, its receipt."""
    lines = [answer.text, *(link_to(file, form_texts.BY_COMMAND) for file in answer.files)]
    lines += [f"⚠ {warning}" for warning in answer.warnings]
    if answer.receipt and answer.citations:
        lines.append(f"Mã trả lời: {answer.receipt}")
    return "\n\n".join(lines)


def link_to(file: AnswerFile, otherwise: str) -> str:
    """How a file is fetched where none can be sent: by its address, or what there is to do when the site has none."""
    said = form_texts.LINK if file.url.startswith(("https://", "http://")) else otherwise
    return said.format(title=file.title, url=file.url, key=file.key, name=file.name)


def html_messages(answer: Answer, limit: int) -> list[str]:
    """The answer as messages of Telegram HTML: what it says, its warnings folded away, its receipt; a tag is never cut in two."""
    room = limit - 100  # leaves place for the words around a part
    blocks = _text_blocks(answer, room)
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


def _text_blocks(answer: Answer, room: int) -> list[str]:
    """The text in parts, escaped; the words of an article that is shown as such stand in a quotation that opens at a touch."""
    quotes = [c.quote for c in answer.citations if answer.kind == "article" and len(c.quote) > FOLDED]
    spans = [(at, at + len(quote)) for quote in quotes if (at := answer.text.find(quote)) >= 0]
    blocks, at = [], 0
    for part in split(answer.text, room):
        at = answer.text.index(part, at)
        inside = [
            (max(start, at) - at, min(end, at + len(part)) - at) for start, end in spans if start < at + len(part) and end > at
        ]
        blocks.append(_quoting(part, inside))
        at += len(part)
    return blocks


def _quoting(part: str, spans: Sequence[tuple[int, int]]) -> str:
    """Part of a text with these spans, which do not overlap, in quotations."""
    written, done = "", 0
    for start, end in sorted(spans):
        if start >= done:
            written += html.escape(part[done:start]) + f"<blockquote expandable>{html.escape(part[start:end])}</blockquote>"
            done = end
    return written + html.escape(part[done:])


def utf16_length(text: str) -> int:
    """Length in UTF-16 units, in which Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int) -> list[str]:
    """The text in parts of at most `limit` UTF-16 units, cut at paragraph ends, else at line ends, else sentence ends, else spaces.

    A citation is never cut in two unless it alone is longer than the limit.
    """
    parts: list[str] = []
    rest = text
    while utf16_length(rest) > limit:
        head = _head(rest, limit)
        at = max(head.rfind("\n\n"), 0) or max(head.rfind("\n"), 0) or _inside_a_line(head) or len(head)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return [part for part in [*parts, rest] if part]


def _inside_a_line(head: str) -> int:
    """Where a line too long for one part is cut: behind a sentence, else at a space that no citation stands around; 0 for nowhere."""
    ends = (end.start() + 1 for end in reversed(list(_SENTENCE_END.finditer(head))))
    at = next((at for at in ends if at <= len(head) // 2 or not _citing(head, at)), 0)
    if at > len(head) // 2:
        return at
    spaces = [space.start() for space in re.finditer(" ", head)][:0:-1] or [0]
    return next((space for space in spaces[:WORDS_BACK] if not _citing(head, space)), spaces[0])


def _citing(text: str, at: int) -> bool:
    """Whether a cut here would stand in the middle of a citation."""
    return bool(_CITING.search(text, max(0, at - 400), at))


def _head(text: str, limit: int) -> str:
    """The longest beginning of at most `limit` UTF-16 units that does not cut a character."""
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
