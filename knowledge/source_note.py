"""Reads the lines in which the national codification says where an article comes from, since when it holds, and what it relates to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledge.text import fold, nfc

_NUMBER = r"(?P<number>\d{1,4}/\d{4}/[\wĐÐ]+(?:[-/][\wĐÐ]+)*)"
_KIND = r"(?P<kind>Bộ luật|Luật|Pháp lệnh|Nghị quyết liên tịch|Nghị quyết|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Chỉ thị|Lệnh)"
_HEAD = re.compile(
    rf"^\(\s*Điều\s+(?P<article>\d+[a-zđ]?)[.,]?\s+(?:của\s+)?{_KIND}\s+(?:số\s+)?{_NUMBER}(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(
    r"^\s*(?P<title>\S.*?)\s+ngày\s+(?P<issued>\d{1,2}/\d{1,2}/\d{4})(?:\s+của\s+(?P<issuer>[^()]*?))?\s*$", re.DOTALL
)
_EFFECT = re.compile(r"có hiệu lực thi hành kể từ ngày\s+(\d{1,2}/\d{1,2}/\d{4})", re.IGNORECASE)
_CHANGED = re.compile(r",\s*(?=có nội dung|bị (?:bãi bỏ|thay thế)|được (?:sửa đổi|bổ sung|thay thế|đính chính))", re.IGNORECASE)
_CHANGE = re.compile(
    rf"Điều\s+(?P<article>\d+[a-zđ]?)\s+(?:của\s+)?{_KIND}\s+số\s+{_NUMBER}(?:[^;()]*?có hiệu lực thi hành kể từ ngày\s+(?P<date>[\d/]+))?",
    re.IGNORECASE,
)
_ACTIONS = (
    ("bị bãi bỏ", "repealed"),
    ("bị thay thế", "replaced"),
    ("bổ sung", "supplemented"),
    ("sửa đổi", "amended"),
    ("đính chính", "corrected"),
)
_RELATED = re.compile(r"^\(\s*(?:Điều|Khoản|Chương|Mục) này có nội dung liên quan đến", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Change:
    """What another document did to the article: `actions` of amended, supplemented, replaced, repealed, corrected."""

    actions: tuple[str, ...]
    article: str
    number: str
    effective_from: date | None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """The article's place in its source, the source, and since when the article holds; title, issue and issuer stand in the first one only."""

    article: str
    kind: str
    number: str
    effective_from: date | None
    title: str = ""
    issued: date | None = None
    issuer: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def repeal(self) -> Change | None:
        """The change that took the whole article away, if one did; "có nội dung bị bãi bỏ" took only a part."""
        return next((change for change in self.changes if "repealed" in change.actions), None)


def read_source_note(line: str) -> SourceNote | None:
    """The note of this line, None when it is another kind of line."""
    head = _HEAD.match(" ".join(nfc(line).split()))
    if not head:
        return None
    own, later = _divide(head["rest"].strip().rstrip(")"))
    effect = _EFFECT.search(own)
    described = _TITLE.match(_EFFECT.split(own)[0].rstrip(" ,"))
    return SourceNote(
        article=head["article"].lower(),
        kind=head["kind"][0].upper() + head["kind"][1:].lower(),
        number=head["number"].replace("Ð", "Đ"),
        effective_from=read_date(effect[1]) if effect else None,
        title=described["title"].strip(" .,") if described else "",
        issued=read_date(described["issued"]) if described else None,
        issuer=(described["issuer"] or "").strip() if described else "",
        changes=tuple(_changes(later)),
    )


def _divide(rest: str) -> tuple[str, str]:
    """What the note says of the source itself, and what it says of changes."""
    begun = _CHANGED.search(rest)
    return (rest[: begun.start()], rest[begun.end() :]) if begun else (rest, "")


def _changes(text: str) -> Iterable[Change]:
    actions: tuple[str, ...] = ()
    last = 0
    for match in _CHANGE.finditer(text):
        said = fold(text[last : match.start()])
        named = tuple(name for words, name in _ACTIONS if fold(words) in said)
        if "co noi dung bi" in said:  # a part was taken away: the article itself goes on
            named = tuple("amended" if name in ("repealed", "replaced") else name for name in named)
        actions = tuple(dict.fromkeys(named)) or actions
        yield Change(actions, match["article"].lower(), match["number"].replace("Ð", "Đ"), read_date(match["date"]))
        last = match.end()


def read_date(written: str | None) -> date | None:
    """The date of `01/07/2015` or `1-7-2015`, None when it is none."""
    match = re.fullmatch(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*", written or "")
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else None
    except ValueError:
        return None


def is_related_list(line: str) -> bool:
    """Whether the line begins the list of related places that the codification puts under an article."""
    return bool(_RELATED.match(nfc(line).strip()))


def same_number(one: str, other: str) -> bool:
    """Whether two written numbers mean one document: the codification cuts some short ("…-VKSNDT" for "…-VKSNDTC")."""
    a, b = (fold(number).replace("ð", "d").split("/", 2) for number in (one, other))
    return a[:2] == b[:2] and (len(a) < 3 or len(b) < 3 or _form(a[2]) == _form(b[2]))


def _form(tail: str) -> str:
    return re.split(r"[-/\d]", tail)[0]
