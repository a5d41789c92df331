"""Reads who took part in what, and for how many days: «cưỡng chế 3 ngày, 10 công an, 5 dân quân»."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.sums.told import without

Activity = Literal["coercion", "meeting", "notice", "handover", "destruction"]
Role = Literal["chair", "officer", "militia", "local", "other"]

NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
NUMBER = rf"\d{{1,3}}|{'|'.join(NUMBERS)}"

# In this order, since «họp bàn cưỡng chế», «thông báo cưỡng chế» name a coercion and are none.
_ACTIVITIES: tuple[tuple[Activity, str], ...] = (
    (
        "meeting",
        r"(?:du |buoi |cuoc )*(?:hop|phien hop)(?: ban)?(?: ke hoach| to chuc| thuc hien)*(?: cuong che| (?:xac )?dinh gia(?: lai)?"
        r"| ban chi dao)?(?: tai san)?(?: thi hanh an)?",
    ),
    (
        "notice",
        r"(?:di )?(?:thong bao(?: ve)?(?: viec)?(?: cuong che)?|xac minh(?: dieu kien)?|tam giu|thu giu)(?: thi hanh an)?"
        r"(?: tai san| giay to)*",
    ),
    ("destruction", r"(?:hoi dong )?tieu huy(?: vat chung| tai san| tang vat)*"),
    (
        "handover",
        r"(?:di )?giao (?:tai san|nha|dat)(?: trung| ban)?(?: sau)?(?: khi)?(?: ban)? dau gia(?: thanh)?|xet mien,? giam(?: nghia vu)?",
    ),
    (
        "coercion",
        r"(?:(?:truc tiep|tham gia|huy dong|di|buoi|cuoc|to chuc|thuc hien) )*cuong che(?: thi hanh an)?"
        r"(?: (?:giao|ke bien|pha do|thao do) ?(?:nha dat|nha|dat|tai san)?)?",
    ),
)
_KINDS: tuple[tuple[Role, str, str], ...] = (
    ("chair", r"(?:nguoi |chap hanh vien |dong chi |lanh dao )?chu tri", "người chủ trì"),
    ("officer", r"(?:chien si |can bo |dong chi )?(?:cong an|canh sat)(?: xa| phuong| giao thong| co dong)?", "công an"),
    ("militia", r"dan quan(?: tu ve)?", "dân quân"),
    ("officer", r"chap hanh vien", "Chấp hành viên"),
    ("officer", r"(?:dai dien )?(?:kiem sat vien|vien kiem sat)", "Kiểm sát viên"),
    ("officer", r"thu ky(?: thi hanh an)?|tham tra vien|cong chuc(?: khac| thi hanh an)?|can bo thi hanh an", "công chức"),
    (
        "local",
        r"(?:(?:nguoi|can bo) )?(?:dai dien )?(?:(?:cua )?(?:chinh quyen(?: dia phuong)?|uy ban nhan dan|ubnd))(?: xa| phuong)?"
        r"|(?:can bo|dai dien|cong chuc) (?:xa|phuong)",
        "đại diện chính quyền địa phương",
    ),
    (
        "other",
        r"(?:(?:ong|ba) )?(?:truong (?:thon|ban|ap|khu pho)|to truong to dan pho)|(?:nguoi )?dan duong|dan phong|bao ve dan pho",
        "người khác",
    ),
    ("other", r"thanh vien(?: khac)?(?: hoi dong)?(?: du hop)?", "thành viên"),
    ("other", r"nguoi(?: khac)?(?: truc tiep)?(?: tham gia| du hop| du)?", "người"),
)
_ANY = "|".join(kind for _, kind, _ in _KINDS)
_DAYS = rf"(?:(?:trong|suot|moi nguoi|deu|x|mat|het|lam) )*(?P<days>{NUMBER}) ngay"
_GROUP = re.compile(
    rf"(?<![\w/])(?P<count>{NUMBER})(?: (?:nguoi|dong chi|anh|ong))?(?: la)? (?P<kind>{_ANY})(?!\w)(?:,? {_DAYS}(?!\w))?"
)
_LONE_DAYS = re.compile(rf"(?<![\w/]){_DAYS}(?!\w)")


@dataclass(frozen=True, slots=True)
class Group:
    """So many persons of one kind; `days` is None until it is known."""

    count: int
    role: Role
    name: str
    days: int | None


@dataclass(frozen=True, slots=True)
class Attendance:
    """The activities that are named, who took part, and the words that are left; `days_told` tells whether the days go together."""

    activities: tuple[Activity, ...]
    groups: tuple[Group, ...]
    clear: bool
    rest: str


def attendance(words: str) -> Attendance:
    """What the words (folded) tell. One length in days holds for all, or each group has its own."""
    found: list[Activity] = []
    for activity, pattern in _ACTIVITIES:
        if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words):
            found.append(activity)
            words = without(words, [pattern])
    groups = [_group(match) for match in _GROUP.finditer(words)]
    words = _GROUP.sub(" ", words)
    lone = [number(match["days"]) for match in _LONE_DAYS.finditer(words)]
    told = [*lone, *(group.days for group in groups if group.days is not None)]
    own = not lone and len(told) == len(groups)
    if len(told) == 1:
        groups = [Group(group.count, group.role, group.name, told[0]) for group in groups]
    return Attendance(tuple(found), tuple(groups), own or len(told) <= 1, _LONE_DAYS.sub(" ", words))


def number(written: str) -> int:
    return NUMBERS[written] if written in NUMBERS else int(written)


def _group(match: re.Match[str]) -> Group:
    role, name = next((role, name) for role, kind, name in _KINDS if re.fullmatch(kind, match["kind"]))
    return Group(number(match["count"]), role, name, number(match["days"]) if match["days"] else None)
