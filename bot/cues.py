"""Reads in the words of a message how it hangs on those before it: what it opens with, points at, corrects or goes back to."""

from __future__ import annotations

import re

from knowledge.citation import find_citations, find_documents
from knowledge.text import fold, has_accents, place_tones, words
from knowledge.timewords import timeless

SHORT = 9  # words: a longer message mostly stands alone
_OPENING = re.compile(
    r"^((thế|vậy|rồi|và|nhưng|à)\s+)?(thế còn|còn|vậy còn|vậy thì|thế thì|thế|nếu vậy|nếu|vậy|rồi sao|rồi|tiếp theo|ngoài ra|nhưng nếu|nhưng"
    r"|với|đối với|trường hợp|giả sử|lỡ|nhỡ|thì)\b(?! chấp\b)"
)
# Typed without accents, "con" may be còn or con (con nợ, con chung), "the" may be thế or thế chấp.
_OPENING_FOLDED = re.compile(
    r"^((the|vay|roi|va|nhung|a)\s+)?"
    r"(the(?! chap\b)|con(?! (no|chua thanh nien|chung|rieng|nuoi|de|ruot|gai|trai|dau|cai|nguoi|cua|toi|em|ho)\b)|vay|neu|roi"
    r"|tiep theo|ngoai ra|nhung|voi|doi voi|truong hop|gia su|lo|nho)\b"
)
_CONTRAST = re.compile(r"^((the|vay|roi|va|nhung|a)\s+)?(con|voi|doi voi)\b")
_LEADING = re.compile(  # what an opening says of its own account: nothing that is searched
    r"^((a|va|ma|roi|the|vay|nhung|thi|con|ngoai ra|tiep theo)\s+)+(?!chap\b)"
)
_ENDING = re.compile(
    r"\b(thi sao|thi the nao|thi nhu the nao|thi lam sao|thi lam gi|thi xu ly the nao|thi tinh sao|ra sao)( a| vay| ha| nhi)?$"
)
_POINTING = re.compile(
    r"\b(truong hop (nay|do)|(viec|quy dinh|thoi han|dieu|cai|khoan|so tien|quyet dinh|bien phap|tai san|loai|nguoi|ong|ba|anh|chi|chuyen)"
    r" (nay|do|ay|kia)|nhu vay|nhu the|o tren|vua roi|vua noi|ho thi|luc do|khi do|luc ay|khi ay)\b"
)
_AGAIN = r"(?:cau|y|cau hoi|van de|chuyen|viec|noi dung) "
_BACK = re.compile(
    rf"^(?:(?:cho (?:toi|em) )?(?:quay (?:lai|ve)|tro (?:lai|ve)|xem lai|noi lai|nhac lai|doc lai)(?: voi| cho toi)? )?(?:{_AGAIN})?"
    r"(?P<which>(?:hoi )?(?:dau tien|dau|truoc nua|truoc do|truoc|vua roi|vua xong|luc nay|ban nay|hoi nay|thu (?:\d|nhat|hai|ba|tu|nam)))\b"
)
_BACK_TO = re.compile(rf"^(?:quay (?:lai|ve)|tro (?:lai|ve))(?: voi)? {_AGAIN}(?:ve )?(?P<what>[^,:;.?]+)[,:;.?]*")
_ASKS_AGAIN = re.compile(r"\b(cau|y|cau hoi) |\b(quay|tro) (lai|ve)\b|\b(noi|nhac|xem|doc) lai\b")
_POLITE = re.compile(
    r"\b(quay lai|tro lai|noi lai|nhac lai|xem lai|doc lai|giup toi|giup em|cho toi|cho em|toi hoi|em hoi|minh hoi|nhe|nha|voi|a|di|la|thi"
    r"|cau|hoi|sao)\b"
)
_CORRECTING = re.compile(
    r"^(khong phai( vay| the| y do| cai do)?[,.: ]+(ma )?)?(khong[,. ]+)?"
    r"(y (toi|em|minh) (la|muon noi( la)?|hoi( la)?)|(toi|em|minh) (muon |dinh )?(hoi|noi)( la| ve)?(?! (them|tiep))|sua lai( la)?|nham)[,: ]+"
)
_WHERE = re.compile(
    r"^(the |vay |con |nhung )?((dieu|cai|viec|quy dinh|noi dung) (do|nay|ay|tren) )?((duoc )?(ghi|quy dinh|nam|noi|neu) (o|tai|trong) "
    r"(dau|dieu (may|nao)|luat nao|van ban nao|khoan nao|cho nao)|(theo |can cu |la )?(dieu|khoan|luat|van ban) (nao|may)"
    r"( vay| quy dinh( vay| the)?| noi( vay| the)?)?"
    r"|can cu (nao|(vao )?dau|phap ly( nao| la gi| o dau)?)|(co )?can cu gi|dua (vao|tren) (dau|dieu nao|luat nao))( vay| a| the| ha| nhi)?$"
)
_TIME = re.compile(
    r"\b(luat|quy dinh|phap luat)( thads| thi hanh an( dan su)?)? (cu|moi|hien hanh|truoc day|truoc kia|nam \d{4}|2008|2025)\b"
    r"|\b(truoc|sau|tu|ngay|nam|thang|hoi)\b[\d ]* \d{4}\b|\b(truoc (day|kia)|hien nay|hoi truoc|ngay truoc)\b"
)
# Words that ask, and words of any procedure: a message with no others says nothing of its subject.
_GENERIC_WORDS = """
    ai gi nao sao dau may bao nhieu lau khi the thi la co khong ko duoc phai can hay hoac va voi cho cua o tai tu den toi
    trong ngoai ngay thang nam gio tuan han thoi muc tien dong luc ra mat het tinh nop gui tra chiu thu chi phi lap lam ho
    so giay to gom nhung cac don viet nguoi minh em anh ban no nay do ay kia vay a ha nhi nhe xin hoi quyet dinh xu ly giai
    tuc trinh buoc dieu kien truong hop hinh thuc dung sai bat lan da thieu qua keo dai gia cham nhat som sau truoc nua them
    tiep theo nhu hien nhan giao tham quyen trach nhiem lien he mang noi cach ap vi hon nghia ro con y chap thanh van bang
    ky
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())


def bare(text: str) -> bool:
    """Whether the message has nothing but words that ask, and words of any procedure: «trong bao lâu?», «ai quyết định?»."""
    said = words(fold(text))
    return 0 < len(said) <= SHORT and all(word in _GENERIC or word.isdigit() for word in said)


def goes_on(text: str) -> bool:
    """Whether the message opens or ends like one that goes on from another, and is short."""
    if len(words(text)) > SHORT:
        return False
    return _opens(text) or bool(_ENDING.search(_plain(text)))


def _opens(text: str) -> bool:
    """Whether the message opens with words by which talk goes on."""
    accented = has_accents(text)
    return bool(_OPENING.match(place_tones(text).lower().strip()) if accented else _OPENING_FOLDED.match(fold(text).strip()))


def contrasts(text: str) -> bool:
    """Whether the message asks the same of something else: «thế còn tạm đình chỉ?»."""
    return _opens(text) and bool(_CONTRAST.match(fold(text).strip()))


def points_back(text: str) -> bool:
    """Whether the message points at what was said: «trường hợp đó», «thời hạn này»."""
    return len(words(text)) <= 2 * SHORT and bool(_POINTING.search(_plain(text)))


def names_law(text: str) -> bool:
    """Whether the message names an article or a document itself."""
    return bool(find_documents(text)) or any(citation.article for citation in find_citations(text))


def about_time_only(text: str) -> bool:
    """Whether the message asks for the same under the law of another time: «còn theo luật cũ?», «trước ngày 01/7/2026 thì sao?»."""
    rest = timeless(without_opening(text))
    return bool(_TIME.search(_plain(text))) and all(word in _GENERIC for word in words(fold(rest)))


def asks_which(text: str) -> bool:
    """Whether the message asks which article it is: «luật cũ là điều nào?»."""
    return bool(re.search(r"\b(dieu|khoan) (nao|may)\b", _plain(text)))


def asks_where(text: str) -> bool:
    """Whether the message asks only in which place the last answer stands: «điều đó ghi ở đâu?», «điều nào?»."""
    return bool(_WHERE.match(_plain(text)))


def correction(text: str) -> str | None:
    """What is meant, where the message corrects the one before: «ý tôi là …»; None for another."""
    found = _CORRECTING.match(fold(text))
    rest = text[found.end() :].strip() if found else ""
    return rest or None


def way_back(text: str) -> tuple[str, str] | None:
    """Which earlier question is gone back to («đầu», «trước», or words of it), and what is asked of it beside; None for another message."""
    folded = fold(text)
    if (found := _BACK_TO.match(folded)) and not _BACK.match(folded):
        return found["what"].strip(), _rest(text, found.end())
    found = _BACK.match(folded)
    if found is None or not _ASKS_AGAIN.search(folded[: found.end() + 1] + " "):
        return None
    return found["which"].removeprefix("hoi ").strip(), _rest(text, found.end())


def _rest(text: str, start: int) -> str:
    """What stands behind the way back, empty when it is only politeness."""
    rest = text[start:].strip(" ,:;.?!–-")
    *_, last = re.split(r"[,;:] ", rest)
    if about_time_only(last):  # «câu đầu là theo luật mới, còn luật cũ thì sao?»
        return last
    return rest if _POLITE.sub(" ", fold(rest)).strip(" ,.?!") else ""


def without_opening(text: str) -> str:
    """The message without the words by which it goes on."""
    found = _LEADING.match(fold(text))
    rest = text[found.end() :] if found and _opens(text) else text
    return rest.strip(" ,:") or text


def content(text: str) -> list[str]:
    """The folded words of a text that say what it is about."""
    return [word for word in words(fold(text)) if word not in _GENERIC and not word.isdigit()]


def _plain(text: str) -> str:
    return " ".join(words(fold(text)))
