"""Reads what a message wants of the conversation itself: to go on, to take up an offer, to be told more, a procedure by its command."""

from __future__ import annotations

import re

from bot.choosing import UNKNOWN
from knowledge.text import fold, folded_words

_GO_ON = re.compile(r"(tiep tuc|lam tiep|quay lai|hoi tiep|huong dan tiep)( huong dan| thu tuc| di| nhe| a)*")
_ACCEPT = re.compile(r"(bat dau|dong y|co|duoc|ok|oke|lam di|giup toi)( huong dan| di| nhe| a| toi| luon| giup toi| voi)*")
_MORE = re.compile(
    r"(ban |anh |chi |em )?(hay |cu |xin |lam on |vui long )?"
    r"(cho (toi |em )?(biet|xem) (ro|chi tiet|them|day du)|(ro|ky|chi tiet|cu the|day du) hon"
    r"|(noi|giai thich|trinh bay|viet|tra loi)( \w+)?( ro| ky| chi tiet| cu the| day du| them)+)"
    r"( hon| them| nua| di| nhe| a| giup toi| duoc khong| cho toi)*"
)
_PROCEDURE = re.compile(r"/(?:thutuc|thu_tuc)\b\s*")
_LIST = re.compile(r"(cac|danh sach|nhung|xem)( cac)? thu tuc( nao)?|thu tuc|co( nhung)? thu tuc (gi|nao)")


def goes_on(text: str) -> bool:
    """Whether the message wants to go on with a procedure that was left."""
    return bool(_GO_ON.fullmatch(folded_words(text)))


def accepts(text: str) -> bool:
    """Whether the message takes up an offer."""
    return bool(_ACCEPT.fullmatch(folded_words(text)))


def wants_more(text: str) -> bool:
    """Whether the message only asks to be told more of what was just answered."""
    return bool(_MORE.fullmatch(folded_words(text)))


def procedure_command(text: str) -> str | None:
    """What stands behind `/thutuc`, empty for the command alone; None for another message."""
    found = _PROCEDURE.match(fold(text))
    if found:
        return text[found.end() :].strip()
    return "" if _LIST.fullmatch(folded_words(text)) else None


def written_facts(text: str) -> tuple[str, dict[str, str]]:
    """`request-enforcement way=post` as a procedure's id and facts: how a receipt writes down what was told."""
    id, *pairs = text.split() or [""]
    facts = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    return (id, facts) if len(facts) == len(pairs) else ("", {})


def write_facts(id: str, facts: dict[str, str]) -> str:
    """The command that shows the same steps again."""
    return " ".join(["/thutuc", id, *(f"{fact}={answer}" for fact, answer in facts.items() if answer != UNKNOWN)])
