"""Messages that are no question about law: greetings, thanks, help.

They are answered at once, without search.
"""

from __future__ import annotations

import re

from bot import texts
from knowledge.text import fold

_GREETING = re.compile(
    r"^(xin )?(chao|hi|hello|alo|hey)( (ban|anh|chi|em|bot|ad|admin|tro ly|moi nguoi|thads|cac ban|luat su|a|nhe|oi))*$"
    r"|^(bot|tro ly|ban|ad) oi$|^/start$"
)
_THANKS = re.compile(
    r"^(toi |em |minh )?(xin |rat )?(cam on|cam on nhieu|thank(s| you)?|tks|thanks nhieu|da hieu|hieu roi|ok|oke|okay|da|vang)"
    r"( (ban|anh|chi|bot|nhieu|a|nhe|tro ly|lam|rat nhieu))*$"
)
_HELP = re.compile(
    r"^(/help|help|giup|tro giup|huong dan|ban la ai|ban lam duoc gi|ban biet gi|may la ai|bot lam duoc gi|hoi duoc gi|hoi gi duoc)"
    r"( (toi|voi|su dung|nhe|a|vay))*$"
)


def reply(text: str) -> str | None:
    """The fixed reply to a message that is no question, None for anything else."""
    folded = re.sub(r"[^\w/ ]+", " ", fold(text))
    folded = re.sub(r"\s+", " ", folded).strip()
    for pattern, answer in ((_GREETING, texts.GREETING), (_THANKS, texts.THANKS), (_HELP, texts.HELP)):
        if pattern.match(folded):
            return answer
    return None
