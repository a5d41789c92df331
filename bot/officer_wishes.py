"""Reads what an officer wants to work by: a command, or words that name a checklist, a list of cases, who is told, who works with whom.

Only such words are taken: a question for the rule itself («khi nào được hoãn») is left to the search of the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import stories
from knowledge.citation import find_citations, find_documents
from knowledge.practice.officers import Sheet, Subject
from knowledge.text import folded_words

COMMANDS: dict[str, Subject] = {"/danhsach": "lists", "/hoso": "files", "/thongbao": "notices", "/phoihop": "cooperation"}
_COMMAND = re.compile(r"(?P<name>/[a-zA-Z_]+)(?:@\w+)?\s*(?P<words>.*)", re.DOTALL)
_PAGE = re.compile(r"\s*\b(?:phần|phan|trang)\s+(\d{1,2})\s*$", re.IGNORECASE)
_ON = re.compile(r"(xem )?tiep( tuc| theo| nua| di| phan sau)*|phan (tiep|sau)|con nua khong")
_OF_LAW = re.compile(
    r"\b(luat (cu|moi)|truoc day|so sanh|khac (gi|nhau)|nghi dinh|thong tu|dieu \d|khoan \d|truoc (ngay )?1 7|to cao|^khieu nai"
    r"|thua (phat lai|hanh vien)|van phong thi hanh an)\b"
)
_TOLD_FIRST = re.compile(r"(?:\S+\s+){9,}\S+[.?!]\s+\S")  # a case is told, and asked about in a sentence of its own
_WHOM = r"(?:nhung |cac )?(?:ai|co quan nao|noi nao|don vi nao|doi tuong nao|chu the nao)"
_WHEN = r"(?:khi nao|luc nao|bao gio|bao lau|may ngay|(?:thoi )?han (?:nao|may|bao)|(?:bang )?(?:cach|hinh thuc) nao)"
_HOW = r"(?:the nao|ra sao|nhu nao|lam gi|(?:viec|nhung) gi|bao lau|may ngay|han nao|truoc (?:bao|may)|khi nao)"
_PAPER = r"(?:quyet dinh|thong bao|ke hoach|ket qua|giay|van ban|bien ban)"
# What may stand before «phối hợp với …» of somebody who works on a case; who else works with whom is a question of law.
_WORK = (
    r"(?:(?:cho|xin|hoi|toi|em|khi|luc|de|viec|cach|thi|phai|can|nen|co quan|thi hanh an|dan su|chap hanh vien|thu truong|cuong che|ke bien"
    r"|xac minh|giao tai san|phong toa|huy dong luc luong|tru luong|khau tru|thong bao|duoc) )*"
)
_CHECK = r"(?:check ?list|bang kiem|danh muc kiem tra)"
# A name stands in the group `name` where the form has one, else anywhere in the message; `whole`: without a name all sheets are meant.
_FORMS: tuple[tuple[Subject, str], ...] = (
    ("files", rf"\b{_CHECK}\b.*\bho so\b|\bho so\b.*\b{_CHECK}\b|^{_CHECK} "),
    ("files", rf"^(?P<whole>(cho xem |xem |toi can |can )?{_CHECK}( ho so)?( thi hanh an( dan su)?)?)$"),
    ("files", r"\bkiem tra (thanh phan )?ho so (o |tai )?(giai doan|thi hanh an|viec)\b"),
    ("files", r"\b(danh muc|thanh phan)( cac| nhung)?( (tai lieu|giay to|but luc|ho so))+ .*\bgiai doan\b"),
    ("files", r"\bho so\b.*\bgiai doan\b|\bgiai doan\b.*\b(ho so|giay to|tai lieu)\b"),
    ("lists", r"^(?P<whole>(cac|nhung) danh sach( \w+){0,6} (theo doi|quan ly))$"),
    ("lists", r"\bdanh sach( cac| nhung)? (viec|an|vu|vu viec|tai san)\b"),
    ("lists", r"\b(vao|khoi|thuoc|cac|nhung|trong|cung|sang) dien (?P<name>(?!hoan xuat canh)(viec |an )?\w+( \w+){0,6})"),
    ("lists", r"\b(qua|tren|hon) (\d+|mot|ba) nam( ma| van)? (chua|khong)( \w+){0,3} xong\b"),
    ("lists", r"\ban tin dung\b.*\btren 20 ty\b|\ban tham nhung\b.*\bban chi dao theo doi\b"),
    ("lists", r"\bdau gia thanh\b.*\bchua giao\b.*\blam gi\b"),
    (
        "notices",
        rf"\b(thong bao|gui|tong dat|giao)\b.*\bcho {_WHOM}\b.*\b{_WHEN}\b|\b{_WHEN}\b.*\b(thong bao|gui|tong dat)\b.*\bcho {_WHOM}\b",
    ),
    (
        "notices",
        rf"\bnoi nhan( cua)?( cac)? {_PAPER}\b|\bdanh sach (noi nhan|nguoi nhan|(nguoi|noi) (duoc|phai) (thong bao|gui))\b",
    ),
    ("cooperation", rf"^{_WORK}phoi hop (voi|cung) (?P<name>\w+( \w+){{0,6}}).*\b{_HOW}\b"),
    ("cooperation", rf"^(?P<whole>{_WORK}phoi hop (voi|cung) {_WHOM})\b"),
)
# What a message asks of a sheet: the part that it is shown from.
_PARTS = (
    ("next", re.compile(r"\b(lam (gi|the nao)|xu ly|buoc tiep|phai lam|ai lam)\b")),
    ("leaves", re.compile(r"\b(ra|dua ra|thoat|het) (khoi )?(dien|danh sach|so)\b")),
    ("checks", re.compile(r"\b(thoi )?han (nao|gi|may|bao)\b|\bmay ngay\b|\bbao lau\b")),
)
_WISHES = tuple((subject, re.compile(form)) for subject, form in _FORMS)


@dataclass(frozen=True, slots=True)
class OfficerWish:
    """What is wanted: a subject, the words that name a sheet of it, the page; `whole` when without a name all its sheets are meant."""

    subject: Subject
    words: str
    page: int = 1
    whole: bool = False


def command(text: str) -> OfficerWish | None:
    """What a command asks for; None for another message."""
    found = _COMMAND.match(text.strip())
    subject = COMMANDS.get(found["name"].replace("_", "").lower()) if found else None
    if found is None or subject is None:
        return None
    page = _PAGE.search(found["words"])
    words = found["words"][: page.start()] if page else found["words"]
    return OfficerWish(subject, words.strip(), int(page[1]) if page else 1)


def write(sheet: Sheet, page: int = 1) -> str:
    """The command that shows a page of a sheet."""
    name = next(name for name, subject in COMMANDS.items() if subject == sheet.subject)
    return f"{name} {sheet.title}" + (f" phần {page}" if page > 1 else "")


def wishes(plain: str) -> list[OfficerWish]:
    """What a message in its own words may ask for; none for a question of law, or for a person's own case."""
    folded = _bare(plain)
    if _OF_LAW.search(folded) or _TOLD_FIRST.search(plain.strip()) or find_citations(plain) or find_documents(plain):
        return []
    own = stories.tells_a_story(plain)
    found = [(subject, form.search(folded)) for subject, form in _WISHES if not (own and subject == "lists")]
    return [_wish(subject, match, folded) for subject, match in found if match]


def _wish(subject: Subject, match: re.Match[str], folded: str) -> OfficerWish:
    parts = match.groupdict()
    return OfficerWish(subject, parts.get("name") or folded, whole=bool(parts.get("whole")))


def part(text: str) -> str:
    """The part of a sheet that a message asks for, empty for its beginning."""
    folded = _bare(text)
    return next((name for name, asks in _PARTS if asks.search(folded)), "")


def goes_on(text: str) -> bool:
    """Whether a message only wants the next page."""
    return bool(_ON.fullmatch(folded_words(text)))


def called(words: str, sheets: Iterable[Sheet]) -> list[Sheet]:
    """The sheets that the words name: by the longest of the names that stand in them, the whole title before any."""
    said, best = _bare(words), 0
    found: list[Sheet] = []
    for sheet in sheets:
        names = [_bare(name) for name in (sheet.title, *sheet.called)]
        if said == names[0]:
            return [sheet]
        longest = max((len(name.split()) for name in names if f" {name} " in f" {said} "), default=0)
        if longest > best:
            best, found = longest, []
        if longest and longest == best:
            found.append(sheet)
    return found


def near(words: str, sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with which a command's words share most, when they name none."""
    said = set(_bare(words).split())
    shared = [max(len(said & set(_bare(name).split())) for name in (sheet.title, *sheet.called)) for sheet in sheets]
    most = max(shared, default=0)
    return [sheet for sheet, count in zip(sheets, shared, strict=True) if count == most] if most * 2 > len(said) else []


def _bare(text: str) -> str:
    """Folded words; `03 năm` is `3 năm`."""
    return re.sub(r"\b0+(?=\d)", "", folded_words(text))
