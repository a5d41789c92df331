"""Holds what a question takes for granted against the rule that answers it: a number, an article, a prohibition without exceptions.

A number is only called wrong when the sentence of the rule that speaks of the same act has one number of that unit, and it is another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot import answer_texts
from knowledge.citation import find_citations, find_documents
from knowledge.text import fold, has_accents, nfc, place_tones, sentences, words

_CONFIRM = re.compile(
    r"\b(dung|phai|chinh xac) (khong|ko|hong|chu|chua|vay|roi)\b|\bco (dung|phai)( la| the)?\b"
    r"|\b(nghe|thay|ai cung|ho|nguoi ta) (noi|bao)\b|\b(a|ha|nhi|nhe|chu)$"
)
_UNIT = r"ngay lam viec|ngay|thang(?! \d)|nam(?! \d)|gio(?! \d)|tuan|lan|%|phan tram|trieu dong|trieu|ty dong|ty|dong"
_QUANTITY = re.compile(
    rf"(?<![\d./,-])0*(?P<number>\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:,\d{{1,2}})?)(?:\s*\([^()]*\))?\s*(?P<unit>{_UNIT})(?![\w/])"
)
# A number behind these words is a fact of the case: «đã 30 ngày», «cách đây 2 năm».
_OF_THE_CASE = re.compile(r"\b(da|da duoc|duoc|hon|gan|(?<!khong )qua|cach day|moi|khoang|con|no|tra|toi|nhan)\s*$")
_ABSOLUTE = re.compile(
    r"\b(tuyet doi|(bi )?cam|moi truong hop|luc nao cung|luon luon|luon|khong bao gio|bat ke|bat cu"
    r"|khong (duoc|the) .{0,30}(trong moi|bat ky|bat cu))\b"
)
_EXCEPTION = re.compile(r"\b(tru (khi|truong hop|viec|cac)|ngoai le|chi .{3,60}\b(neu|khi)\b|neu|khi can|trong truong hop)\b")
# Words that say nothing of the act itself.
_FRAME_WORDS = """
    luat noi theo quy dinh thoi han la dung khong phai co the nghe nguoi ta bao thi trong vong ngay thang nam gio tuan lan duoc bi da va cua cho
    voi toi em minh ban chung nao gi muc toi da thieu nhieu nhat it khong_qua a ha nhi nhe chu roi vay ai cung thay ho dieu khoan nghi dinh thong
    tu bo dan su thads tha hanh an thi viec lam phan tram trieu ty dong ke tu tinh sau truoc khi moi chi con han dai ngan bao lau thoi cac mot
"""
_FRAME = frozenset(_FRAME_WORDS.split())
# Words for another round of an act: a sentence that has them speaks of that act only when the question has them too.
_ANOTHER = (
    "xac minh lai",
    "lan hai",
    "lan thu hai",
    "gia han",
    "keo dai",
    "dinh gia lai",
    "tham dinh gia lai",
    "xac dinh gia lai",
    "bo sung",
)
_SAID_OF_THE_LAW = re.compile(
    r"\b(?:theo |tai |can cu |o )?(?:(?:diem [a-z]{1,2}\d?|khoan \d{1,2}[a-z]?|dieu \d{1,4}[a-z]?)[ ,]*(?:cua )?)+"
    r"|\b(?:theo |trong |tai )?(?:luat|phap luat|quy dinh)(?: (?:hien hanh|moi|nay))?(?: (?:noi|quy dinh|ghi|bao|cho phep))?(?: (?:la|rang))?"
    r"(?=[ ,?]|$)(?! (?:so )?\d)(?! (?:thi hanh|thads|cu\b|nam\b))|\b(?:toi |em )?(?:nghe|thay) (?:noi|bao)(?: la| rang)?\b"
    r"|\b(?:nguoi ta|ho|ai cung) (?:noi|bao)(?: la| rang)?\b"
    r"|[, ]*\b(?:co )?(?:dung|phai|chinh xac) (?:khong|ko|hong|chu|chua|vay khong)\b|\bco (?:dung|phai)(?: la)?\b"
)
_LAW_ITSELF = re.compile(r"\b(?:luật|luat) (?:thads|thi hành án dân sự|thi hanh an dan su|\d+/\d{4}/\w+)(?!\w)", re.IGNORECASE)
_NAMES = {
    "ngay lam viec": "ngày làm việc",
    "ngay": "ngày",
    "thang": "tháng",
    "nam": "năm",
    "gio": "giờ",
    "tuan": "tuần",
    "lan": "lần",
    "trieu": "triệu đồng",
    "ty": "tỷ đồng",
    "dong": "đồng",
}
_TIMES = ("ngay", "thang", "nam", "gio", "tuan")
_SHARE = 0.75  # of the words that name the act, so many stand in the sentence of the rule


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `said` is how the text writes it."""

    number: float
    unit: str
    said: str

    @property
    def base(self) -> str:
        """Units that measure the same thing: days and working days, đồng and millions of them."""
        return "dong" if self.unit in ("dong", "trieu", "ty") else self.unit.split()[0]

    @property
    def size(self) -> float:
        return self.number * {"trieu": 10**6, "ty": 10**9}.get(self.unit, 1)

    def same(self, other: Quantity) -> bool:
        return (
            self.base == other.base
            and self.size == other.size
            and self.unit.endswith("lam viec") == other.unit.endswith("lam viec")
        )


def asks_to_confirm(question: str) -> bool:
    """Whether a question wants to hear whether what it says is so."""
    return bool(_CONFIRM.search(" ".join(re.findall(r"[\w%]+", fold(question)))))


def takes_for_granted(question: str) -> bool:
    """Whether a question wants to hear whether a number, an article or something without exceptions is so."""
    if not asks_to_confirm(question):
        return False
    return bool(_claims(question) or _ABSOLUTE.search(fold(question)) or any(each.article for each in find_citations(question)))


def verdict(question: str, ruled: Sequence[tuple[str, str]]) -> str:
    """A line on what the question takes for granted, held against the clauses that answer: their text and place."""
    if not asks_to_confirm(question) or not ruled:
        return ""
    clause, place = ruled[0]
    claims = _claims(question)
    if len(claims) != 1:
        return _on_absolute(question, clause)
    found = _ruled(claims[0], question, clause)
    if found is None:
        return ""
    if claims[0].same(found):
        return answer_texts.RIGHT.format(said=found.said, place=place)
    if any((other := _ruled(claims[0], question, each)) and claims[0].same(other) for each, _ in ruled[1:]):
        return ""  # another place that answers has the number: which of the two is meant is not known
    return answer_texts.WRONG_NUMBER.format(claimed=claims[0].said, ruled=found.said, place=place)


def _ruled(claim: Quantity, question: str, clause: str) -> Quantity | None:
    """The one number that a clause sets for the act the question names, in the unit of the claim; None where it sets none, or several."""
    spoken = [
        (share, found)
        for sentence in sentences(clause)
        if (found := _of_base(sentence, claim.base)) and (share := _shared(question, sentence)) >= _SHARE
    ]
    best = max((share for share, _ in spoken), default=0.0)
    said = {(each.size, each.unit): each for share, found in spoken if share == best for each in found}
    return next(iter(said.values())) if len(said) == 1 else None


def _on_absolute(question: str, clause: str) -> str:
    """A line on a prohibition or a rule that the question takes to be without exceptions, when the clause that answers has one."""
    return answer_texts.NOT_ABSOLUTE if _ABSOLUTE.search(fold(question)) and _EXCEPTION.search(fold(clause)) else ""


def asked_alone(question: str) -> str:
    """What a question asks without what it says of the law («theo Điều 120», «luật nói», «đúng không»), with «bao lâu» for its number."""
    folded, text = fold(question), nfc(question)
    spans = [(*found.span(), "") for found in _SAID_OF_THE_LAW.finditer(folded)]
    for found in _QUANTITY.finditer(_blanked(question)):
        if not _OF_THE_CASE.search(folded[: found.start()]):
            timed = _quantity(found, question).base in _TIMES
            spans.append((*found.span(), "bao lâu" if timed else "bao nhiêu"))
    for start, end, by in sorted(spans, reverse=True):
        text = f"{text[:start]} {by} {text[end:]}"
    rest = " ".join(_LAW_ITSELF.sub("thi hành án", text).split()).strip(" ,;:.?")
    return rest if len(words(rest)) > 1 else question


def _claims(question: str) -> list[Quantity]:
    """The numbers that a question takes for granted, without those that are facts of a case, places or names of documents."""
    blanked = _blanked(question)
    found = []
    for match in _QUANTITY.finditer(blanked):
        if not _OF_THE_CASE.search(blanked[: match.start()]):
            found.append(_quantity(match, question))
    return found


def _blanked(text: str) -> str:
    """The folded text with the numbers of documents blanked."""
    folded = fold(text)
    for mention in find_documents(text):
        folded = folded[: mention.start] + " " * (mention.end - mention.start) + folded[mention.end :]
    return folded


def _of_base(sentence: str, base: str) -> list[Quantity]:
    return [each for match in _QUANTITY.finditer(_blanked(sentence)) if (each := _quantity(match, sentence)).base == base]


def _quantity(match: re.Match[str], text: str) -> Quantity:
    number = float(re.sub(r"\.(?=\d{3})", "", match["number"]).replace(",", "."))
    unit = {"phan tram": "%", "trieu dong": "trieu", "ty dong": "ty"}.get(match["unit"], match["unit"])
    written = nfc(text)[match.start() : match.end()].split()[0].rstrip("%")
    return Quantity(number, unit, f"{written}{'' if unit == '%' else ' '}{_NAMES.get(unit, unit)}")


def _shared(question: str, sentence: str) -> float:
    """How much of the words that name the act in a question stand in a sentence, 0 to 1; nothing where it speaks of another round of it."""
    form: Callable[[str], str] = (lambda text: place_tones(text).lower()) if has_accents(question) else fold
    act = {word for word in words(form(question)) if fold(word) not in _FRAME and not word.isdigit()}
    said = set(words(form(sentence)))
    folded, asked = f" {' '.join(words(fold(sentence)))} ", f" {' '.join(words(fold(question)))} "
    if not act or any(f" {each} " in folded and f" {each} " not in asked for each in _ANOTHER):
        return 0.0
    return len(act & said) / len(act)
