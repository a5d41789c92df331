"""Reads what a message wants of the assistant beside a rule: guidance through a procedure, to go on with it, the list of procedures."""

from __future__ import annotations

import re

from bot.guidance import UNKNOWN
from knowledge.citation import find_citations, find_documents
from knowledge.text import fold

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
_ASKS_THE_WAY = re.compile(
    r"^(cho (toi |em )?hoi |xin hoi |(toi|em) (muon|can) (hoi|biet|lam) )?(ve )?(thu tuc|cac buoc|huong dan( (cho )?(toi|em))?)\b"
    r"|^(lam sao|lam the nao|lam cach nao)\b"
)
_ME = re.compile(r"\b(toi|tui|em|minh|chung toi|ben toi|nha toi|vo chong toi|con toi|me toi|cha toi|ba toi)\b")
_WHAT_TO_DO = re.compile(r"\b(phai|can|nen) lam (gi|sao|the nao)\b|\blam (sao|the nao|gi bay gio)\b|\bgiup toi\b")
_OF_A_RULE = re.compile(
    r"\b(quy dinh|dieu (may|nao)|khoan|theo luat|luat nao|can cu|so sanh|luat cu|luat moi|truoc day|thong tu|ban hanh|tham quyen|van ban"
    r"|co quan nao|(chap hanh vien|chv|thads|co quan|ngan hang|toa|thua hanh vien)( co)? phai lam)\b"
)
_QUESTION = re.compile(
    r"\?|\b(gi|nao|sao|bao nhieu|bao lau|ai|may|o dau|khi nao|dau|hay sao|vi sao|the a)\b|\b(khong|ko|chua|a|ha|nhi)[ .]*$"
    r"|\b(duoc|dung|phai|co) khong\b"
)


def goes_on(text: str) -> bool:
    """Whether the message wants to go on with a procedure that was left."""
    return bool(_GO_ON.fullmatch(_bare(text)))


def accepts(text: str) -> bool:
    """Whether the message takes up an offer."""
    return bool(_ACCEPT.fullmatch(_bare(text)))


def wants_more(text: str) -> bool:
    """Whether the message only asks to be told more of what was just answered."""
    return bool(_MORE.fullmatch(_bare(text)))


def procedure_command(text: str) -> str | None:
    """What stands behind `/thutuc`, empty for the command alone; None for another message."""
    found = _PROCEDURE.match(fold(text))
    if found:
        return text[found.end() :].strip()
    return "" if _LIST.fullmatch(_bare(text)) else None


def written_facts(text: str) -> tuple[str, dict[str, str]]:
    """`request-enforcement way=post` as a procedure's id and facts: how a receipt writes down what was told."""
    id, *pairs = text.split() or [""]
    facts = dict(pair.split("=", 1) for pair in pairs if "=" in pair)
    return (id, facts) if len(facts) == len(pairs) else ("", {})


def write_facts(id: str, facts: dict[str, str]) -> str:
    """The command that shows the same steps again."""
    return " ".join(["/thutuc", id, *(f"{fact}={answer}" for fact, answer in facts.items() if answer != UNKNOWN)])


def wants_guidance(text: str) -> bool:
    """Whether a message asks for the way, or only tells what happened; one that asks for a rule does not."""
    folded = _bare(text)
    if _OF_A_RULE.search(folded) or find_citations(text) or find_documents(text):
        return False
    if _ASKS_THE_WAY.search(folded):
        return True
    return tells_a_story(text) and bool(
        _WHAT_TO_DO.search(folded) or not _QUESTION.search(f"{folded}{'?' if '?' in text else ''}")
    )


def tells_a_story(text: str) -> bool:
    """Whether a person speaks of a case of their own, in more than a few words."""
    folded = _bare(text)
    return bool(_ME.search(folded)) and len(folded.split()) >= 6


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w/ ]+", " ", fold(text)).split())
