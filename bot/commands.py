"""Messages that are no question about law (greetings, thanks, help), answered at once, and the commands that stand for a question."""

from __future__ import annotations

import re

from bot import texts
from knowledge.text import fold

_GREETING = re.compile(
    r"^(xin )?(chao|hi|hello|alo|hey)( (ban|anh|chi|em|bot|ad|admin|tro ly|moi nguoi|thads|cac ban|luat su|a|nhe|oi))*$"
    r"|^(bot|tro ly|ban|ad) oi$|^/start$"
)
_THANKS = re.compile(
    r"^((ok|oke|okay|da|vang|the|vay) )?(toi |em |minh )?(xin |rat )?"
    r"(cam on|cam on nhieu|thank(s| you)?|tks|thanks nhieu|da hieu|hieu roi|ok|oke|okay|da|vang)"
    r"( (ban|anh|chi|bot|nhieu|a|nhe|tro ly|lam|rat nhieu))*$"
)
_HELP = re.compile(
    r"^(/help|help|giup|tro giup|huong dan|ban la ai|ban lam duoc gi|ban biet gi|may la ai|bot lam duoc gi|hoi duoc gi|hoi gi duoc)"
    r"( (toi|voi|su dung|nhe|a|vay))*$"
)
_COMMAND = re.compile(r"(?P<name>/[a-z_]+)(?:@\w+)?\s*")
_FIGURE = re.compile(r"\d")


def reply(text: str) -> str | None:
    """The fixed reply to a message that is no question, None for anything else."""
    name, rest = _command(text)
    if name in texts.WRITE_AFTER and not rest:
        return texts.WRITE_AFTER[name]
    folded = re.sub(r"[^\w/ ]+", " ", fold(text))
    folded = re.sub(r"\s+", " ", folded).strip()
    for pattern, answer in ((_GREETING, texts.GREETING), (_THANKS, texts.THANKS), (_HELP, texts.HELP)):
        if pattern.match(folded):
            return answer
    return None


def meant(text: str) -> str:
    """The question that a command with its words stands for; any other message as it is."""
    name, rest = _command(text)
    if not rest or name not in texts.WRITE_AFTER:
        return f"{name} {rest}".strip() if name else text
    said = fold(rest)
    if name == "/thoihan":
        limit = rest if re.search(r"\b(han|thoi hieu|khi nao|bao lau|ngay nao)\b", said) else f"thời hạn {rest}"
        return limit if re.search(r"\bthi hanh an\b|\d", said) else f"{limit} thi hành án"
    if name == "/phi":
        about = rest if re.search(r"\bphi\b", said) else f"phí thi hành án {rest}"
        return f"{about} bao nhiêu" if _FIGURE.search(said) and "bao nhieu" not in said else about
    if name == "/dieu":
        return rest if re.search(r"\bdieu\b", said) else f"Điều {rest}"
    if name == "/luatcu":
        return f"{rest}: luật cũ và luật mới khác nhau thế nào"
    return f"{rest} là văn bản gì" if name == "/vanban" else rest


def _command(text: str) -> tuple[str, str]:
    """The command that a message begins with, without the bot's name behind it, and the rest; an empty name where there is none."""
    found = _COMMAND.match(fold(text).strip())
    return (found["name"].replace("_", ""), text.strip()[found.end() :].strip()) if found else ("", text)
