"""Tells who asks the way, or tells a case of their own, from who asks for a rule.

A question for a rule gets the rule; who says what happened to them, or what they want to be done, is taken through a procedure.
"""

from __future__ import annotations

import re

from knowledge.citation import find_citations, find_documents
from knowledge.text import folded_words, has_accents, nfc

FEWEST = 6  # words of a story
WISH = 4  # words of a wish
UNNAMED = 9  # words of a case in which nobody is named
ASKED = 8  # words of a case that ends in the question what to do; fewer go on with something said before
_WAY = r"thu tuc|trinh tu|quy trinh|cac buoc|huong dan( (cho )?(toi|em|minh))?"
_ASKS_THE_WAY = re.compile(
    rf"^((anh|chi|ban|ad|luat su) )?(cho (toi |em |minh )?hoi |xin hoi |(toi|em|minh) (muon|can) (hoi|biet|lam) )?(ve )?(cac )?({_WAY})\b"
    r"|^(lam sao|lam the nao|lam cach nao)\b"
)
# With accents «tôi» is not «tội» or «tới»; without them the words around it tell.
_SPEAKER = re.compile(
    r"\b(tôi|tui|tao|mình|chúng tôi|chúng em|chúng mình|bên em|bên tôi|em(?! (rể|dâu|chồng|vợ|gái|bé)\b(?! (tôi|tui|em|mình))))\b"
)
_SPEAKER_FOLDED = re.compile(
    r"(?<!pham )(?<!bi )(?<!ket )\b(toi(?! (pham|da|cao|thieu|danh|mat|han)\b)|tui|tao|chung em|ben em"
    r"|(?<!xac )(?<!chung )(?<!thong )(?<!chi )(?<!giai )minh(?! (bach|thi|duong)\b)|(?<!tre )em(?! (re|dau|chong|vo|gai|be)\b))\b"
)
_OTHERS = re.compile(
    r"\b((vợ|chồng|ba|cha|mẹ|má|con|anh|chị|em|ông|bà|cháu) (cũ|trai|gái|tôi|em|mình|chồng|vợ|nội|ngoại|rể|dâu|ấy|ta)|vợ chồng|ba má|ba mẹ"
    r"|hàng xóm|bị đơn|nguyên đơn|bên kia|người ta|con nợ|chủ nợ|ổng|bả|nó|họ)\b"
)
_OTHERS_FOLDED = re.compile(
    r"\b((vo|chong) cu|con (trai|gai)|(anh|em) (trai|gai|re)|chi gai|ong ay|anh ay|ba ay|ong ta|ba ta|hang xom|bi don|nguyen don|ben kia"
    r"|nguoi ta|con no|chu no|(ho|no) (khong|chua|da|dang|cu|ban|tra|bo|giau))\b"
)
_BEGUN = re.compile(r"^(hom qua |hom nay |sang nay )?(moi|vua|da|dang) (nhan|nop|thu|ke bien|duoc|bi)\b")
_HAPPENED = re.compile(
    r"\b(mà|nhưng|rồi|vừa|đã|không (chịu|cho|trả)|chưa được)\b"
)  # words with which a case is told without naming anybody
_HAPPENED_FOLDED = re.compile(r"\b(ma|nhung|roi|vua|khong (chiu|cho|tra)|chua duoc)\b")
_HOW = re.compile(r"\blam (sao|the nao|cach nao) (de|cho)(?! (biet|hieu)\b)")
_CONTINUES = re.compile(
    r"^(the|con(?! (trai|gai|no|toi|em|tui|cua)\b)|nhung|neu|vay|va|ma(?! (toi|em|tui|chong|vo|chau)\b)|truong hop|khi|roi|thi(?! hanh\b)|a|u"
    r"|gia su|y (toi|em|minh)|cau (truoc|tra loi|nay))\b"
)
_WISHES = re.compile(r"\b(muon|can|dinh|tinh|xin|dang xin|nho|yeu cau)\b(?! (hoi|biet|ro|duoc biet|tim hieu|xem)\b)")
_WHAT_TO_DO = re.compile(
    r"\b(lam|(?<!du )(?<!duoc )tinh|lieu|xoay xo|go|chuoc|doi lai|lay lai|khieu nai|to cao)( (lai|no|cho dung))?"
    r" (gi(?! (thi|ma)\b)|sao|ra sao|the nao|cach nao|nhu the nao)\b"
    r"|\b(toi|em|minh|tui) (phai |can |nen )?(xu ly|giai quyet)( \w+)? (sao|ra sao|the nao)\b"
    r"|\blam( \w+){0,2} buoc (nao|gi)\b|\bbuoc (tiep theo|gi|nao)\b"
    r"|\b(lam|viet|nop|dem|mang|can|chuan bi|xin)( \w+){0,3} (giay to|giay|don|ho so|thu tuc)( \w+)? (gi|sao|the nao|nao|o dau)\b"
    rf"|\b(giay to|giay|don|ho so|{_WAY})( \w+){{0,6}} (sao|ra sao|the nao|nhu the nao|gi|lam sao)$"
    r"|\b(toi|em|minh|tui) (?!duoc|bi|co)\w+( \w+){0,9} ((?<!thi )sao|the nao|nhu the nao|ra sao|kieu gi)$"
    r"|\bgio( \w+){0,4} (sao|lam sao|the nao|gi|gi nua)$|\bsao (day|gio|bay gio|nua)\b"
    r"|\b(nop|gui|xin|go|nhan|lay|doi|khieu nai|to cao)( \w+){0,4} (o dau|cho ai)$"
    r"|\b(huong dan|chi dan|chi cach|chi giup) (giup |cho )?(toi|em|minh|tui)\b|\bcan chuan bi (nhung )?gi\b"
)
_OF_A_RULE = re.compile(
    r"\b(quy dinh|dieu (\d|may|nao)|khoan (\d|may|nao)|theo luat|luat nao|can cu|so sanh|luat cu|luat moi|truoc day|thong tu|ban hanh"
    r"|tham quyen|van ban (nao|gi|so)|co quan nao"
    r"|(chap hanh vien|chv|thads|co quan|ngan hang|toa|thua hanh vien)( co)? phai lam)\b"
)
_FIGURE = re.compile(r"\b(bao (lau|nhieu|gio)|may (ngay|nam|thang|lan)|khi nao|ai (phai|chiu|tra|duyet))\b")
_NEGATED = re.compile(
    r"\b(khong|chua|chang|ko|hong|hok|hem)(?! (biet|ro|hieu))"
    r"( lam|( (?!(toi|em|minh|tui|gio|thi|phai|can|nen|lam)\b)\w+){0,5}?) (gi|nao|ai|dau)\b"
)
_QUESTION = re.compile(
    r"\?|\b(gi|nao|sao(?! (luc|chep|y)\b)|bao (nhieu|lau|gio)|ai|o dau|di dau|dau roi|vi sao|hay(?! (giup|lam|cho|no|bi)\b)|the a"
    r"|may (ngay|nam|thang|lan|phan|ban|tuan|gio|nguoi)(?! (nay|roi|lien|qua)\b))\b"
    r"|\b(khong|ko|chua|hong|a|ha|nhi|dau)[ .]*$|\b(duoc|dung|phai|co) (khong|ko|hong)\b"
)


def wants_guidance(text: str) -> bool:
    """Whether a message asks for the way, or only tells what happened or is wished; one that asks for a rule does not."""
    folded = folded_words(text)
    if _OF_A_RULE.search(folded) or _CONTINUES.search(folded):
        return False
    asked = asks(text)
    if any(found.article for found in find_citations(text)) or (asked and find_documents(text)):
        return False
    to_do = _asks_what_to_do(text)
    if _ASKS_THE_WAY.search(folded):
        return to_do or not asked or folded.startswith("lam ")
    count, self_told = len(folded.split()), _speaks_of_self(text, folded) or bool(_BEGUN.search(folded))
    if asked or to_do:
        return count >= ASKED and ((to_do and self_told) or bool(_HOW.search(folded)))
    if self_told:
        return count >= (WISH if _WISHES.search(folded) else FEWEST)
    return count >= (FEWEST if _named(text, folded, _OTHERS, _OTHERS_FOLDED) else UNNAMED) and _tells(text, folded)


def asks(text: str) -> bool:
    """Whether a message asks something; «không trả đồng nào» does not."""
    return bool(_QUESTION.search(_NEGATED.sub(" ", f"{folded_words(text)}{'?' if '?' in text else ''}")))


def _tells(text: str, folded: str) -> bool:
    """Whether a message without a question tells of somebody, or of something that happened."""
    return _named(text, folded, _OTHERS, _OTHERS_FOLDED) or _named(text, folded, _HAPPENED, _HAPPENED_FOLDED)


def _asks_what_to_do(text: str) -> bool:
    """Whether the last that a message asks is what to do, and not how much, when or who."""
    sentences = [found for sentence in re.split(r"[.!?;]\s", f"{text} ") if (found := folded_words(sentence))]
    last = _NEGATED.sub(" ", sentences[-1]) if sentences else ""
    return bool(_WHAT_TO_DO.search(last)) and not _FIGURE.search(last)


def tells_a_story(text: str) -> bool:
    """Whether a person speaks of a case of their own, in more than a few words."""
    folded = folded_words(text)
    return _speaks_of_self(text, folded) and len(folded.split()) >= FEWEST


def _speaks_of_self(text: str, folded: str) -> bool:
    return _named(text, folded, _SPEAKER, _SPEAKER_FOLDED)


def _named(text: str, folded: str, accented: re.Pattern[str], unaccented: re.Pattern[str]) -> bool:
    return bool(accented.search(nfc(text).lower()) if has_accents(text) else unaccented.search(folded))
