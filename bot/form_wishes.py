"""Reads what a message wants of the forms: one of them, a step back, an end; and tells a question about law from an answer to a field."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from knowledge.practice.forms import Field, Form
from knowledge.spelling import WordLists, wording
from knowledge.text import fold, folded_words, nfc, terms, words

Steer = Literal["skip", "back", "stop", "finish"]
LEAST = 0.3  # likeness below which no form is meant
BESIDE = 0.85  # share of the best likeness from which another form may be meant as well
_LONGEST = 25  # words of a wish; a longer message tells a case
_COMMAND = re.compile(r"/(?:bieumau|bieu_mau)(?:@\w+)?(?!\w)\s*")
_LIST = re.compile(r"((cac|danh sach|nhung|xem|co)( nhung| cac)? )?(bieu mau|mau don)( (nao|gi))?")
_PAPER = r"(mau |to |la )?(don|giay( (uy quyen|thoa thuan|cam ket|de nghi|xin))|van ban (thoa thuan|uy quyen|de nghi)|bieu mau)"
_BEFORE = r"^((ban|anh|chi|em|bot|ad|tro ly|oi|toi|minh|tui|hay|nho|lam on|vui long|xin|giup|ho|gium|dum|cho|muon|can|dang|dinh|phai|gio|bay gio) )*"
_MAKE = re.compile(
    rf"{_BEFORE}(viet|soan|thao|soan thao|lam|dien|lap|tao)( (giup|ho|gium|dum|cho))?( (toi|em|minh|tui))?( (mot|1|cai))? {_PAPER}\b"
)
_TEMPLATE = re.compile(
    rf"{_BEFORE}((co|tim|tai|lay|gui|in|xem) )*((toi|em|minh|tui) )?(cac )?(bieu mau|mau (don|giay|van ban|thoa thuan|bien ban))\b"
)
_POLITE = re.compile(r"( (giup|ho|gium|dum|voi|nhe|nha|a|di)( (toi|em|minh|tui))?)+$")
_MAY_YOU = re.compile(r" (co )?(duoc )?(khong|ko|k|hong)$")
_FOR_ME = re.compile(r"\b(giup|ho|gium|dum)\b")
_WHERE_FROM = re.compile(r" (lay |tai |xem |co )*(o dau|khong|ko|k|hong)( vay| a)?$")
# What asks for a rule or the way, or tells what happened, although a paper is named.
_OTHERWISE = re.compile(
    r"\b(the nao|ra sao|lam sao|o dau|bao lau|may (ngay|ban)|bao nhieu|gom|giay to|gi|nao|khi nao|ai|vi sao|tai sao|quy dinh"
    r"|theo (luat|dieu|thong tu|nghi dinh)|thong tu|nghi dinh|thoi han|thoi hieu|khong|ko)\b|\broi( ma)?\b"
)
_TAIL = r"( (nhe|nha|a|di|luon|nua))*"
_NOTHING = r"(khong|chua|ko|k) (co|biet|nho|ro)"
_STEERS: tuple[tuple[Steer, re.Pattern[str]], ...] = (
    ("skip", re.compile(rf"(bo qua|bo trong|de trong|{_NOTHING}|next|skip)( (muc|cau) nay)?{_TAIL}")),
    (
        "back",
        re.compile(
            rf"(quay lai|tro lai|lui lai|sua|sua lai|sua cau (truoc|vua roi)|cau truoc|(viet )?nham( roi)?|sai roi){_TAIL}"
        ),
    ),
    ("stop", re.compile(rf"(dung lai|huy bo|thoat|khong lam nua|stop|cancel|/dung|/huy){_TAIL}")),
    ("finish", re.compile(rf"(xong|lay tep|lay file|xuat tep|xuat file|in luon|in ra|ket thuc){_TAIL}")),
)
_STOP = re.compile(r"(dừng|thôi|hủy|huỷ)( (lại|bỏ|nhé|nha|ạ|đi|luôn|nữa))*")  # with its accents: Dung, Huy and Thoi are names
_INQUIRES = re.compile(r"^(cho (toi |em |minh )?hoi|xin hoi|hoi chut|toi muon hoi|em muon hoi|ad oi)\b")
_SAYS_ASKING = re.compile(
    r"\b(bao lau|bao nhieu|the nao|la gi|o dau|khi nao|vi sao|tai sao|may ngay|(duoc|phai|co) (khong|ko))\b"
)
# Words of any wish: what is left of it says which paper is meant.
_OF_ANY = frozenset(
    re.findall(
        r"\w+",
        "viet soan thao lam dien lap tao in tai lay gui giup ho gium dum cho toi em tui ban bot nho muon can co duoc khong ko voi nhe"
        " mot cai la to mau bieu don giay",
    )
)
_FREE = ("text", "lines")  # fields in which any words may stand


def form_wish(text: str) -> str | None:
    """What stands behind `/bieumau`, or the paper that a message wants to be written; empty for the list; None for another message."""
    if command := _COMMAND.match(fold(text)):
        return text[command.end() :].strip()
    folded = folded_words(text)
    if _LIST.fullmatch(folded):
        return ""
    if len(folded.split()) > _LONGEST:
        return None
    asked = _POLITE.sub("", _MAY_YOU.sub("", folded) if _FOR_ME.search(folded) else folded)
    if _TEMPLATE.search(asked):
        asked = _WHERE_FROM.sub("", asked)
    elif not _MAKE.search(asked):
        return None
    return None if _OTHERWISE.search(asked) else text


def commanded(text: str) -> bool:
    """Whether a message is the command itself, which begins a form wherever a conversation is."""
    return bool(_COMMAND.match(fold(text)))


def steer(text: str, field: Field) -> Steer | None:
    """Where a message wants to go in a form; a mere "no" passes over what may be left out."""
    if _STOP.fullmatch(nfc(text).lower().strip(" .!")):
        return "stop"
    folded = folded_words(text)
    if not field.required and field.kind != "choice" and folded in ("khong", "ko", "chua"):
        return "skip"
    return next((where for where, pattern in _STEERS if pattern.fullmatch(folded)), None)


def asks(text: str, field: Field) -> bool:
    """Whether a message in the middle of a form asks something; in a field of free words only what says so itself is a question."""
    folded = folded_words(text)
    if text.startswith("/") or text.rstrip().endswith("?") or _INQUIRES.search(folded):
        return True
    return field.kind not in _FREE and bool(_SAYS_ASKING.search(folded))


def nearest(said: str, forms: Mapping[str, Form], lists: WordLists, on: date) -> list[Form]:
    """The forms that hold on the day and that some words may mean, the nearest first; one named by its id alone."""
    held = [form for form in forms.values() if form.in_force(on)]
    if named := next((form for form in held if form.id == said.strip().lower()), None):
        return [named]
    lines = {form.id: [_terms(line, lists) for line in (form.title, *form.asks)] for form in held}
    heard = Counter(term for told in lines.values() for term in set().union(*told))
    weights = {term: math.log((len(held) + 1) / count) for term, count in heard.items()}
    unknown = math.log(len(held) + 1)
    wanted = _terms(said, lists)
    scores = {id: max(_likeness(wanted, line, weights, unknown) for line in told) for id, told in lines.items()}
    best = max(scores.values(), default=0.0)
    near = [form for form in held if best >= LEAST and scores[form.id] >= BESIDE * best]
    return sorted(near, key=lambda form: -scores[form.id])


def _terms(text: str, lists: WordLists) -> frozenset[str]:
    return frozenset(terms([word for word in words(fold(wording(text, lists).plain)) if word not in _OF_ANY]))


def _likeness(said: Collection[str], line: Collection[str], weights: Mapping[str, float], unknown: float) -> float:
    """The weight of what two texts share, as a share of the weight of both."""

    def weight(part: Sequence[str]) -> float:
        return sum(weights.get(term, unknown) for term in part)

    both = weight([term for term in said if term in line])
    return 2 * both / max(weight([*said]) + weight([*line]), 1e-9)
