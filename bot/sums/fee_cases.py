"""Reads what decides the fee beside the sum: what the money is for, who receives it, how far enforcement had come."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot import fee_texts
from bot.sums.asked import Missing
from bot.sums.told import without
from knowledge.practice.fees import Stage

# By the ids of `knowledge/library/practice/fees.yaml`.
_HARM = r"(?:tinh mang|suc khoe|danh du|nhan pham)"
_DISMISSED = r"(?:sa thai|cham dut hop dong lao dong|cho nghi viec)"
_NO_FEE = (
    (
        "support",
        rf"(?:tien |khoan )*(?:cap duong(?: nuoi con| cho con)?|(?<!luc )(?<!so )(?<!chat )luong(?: cong nhan)?"
        rf"|cong lao dong|tro cap (?:mat|thoi) viec(?: lam)?"
        rf"|bao hiem xa hoi|(?:boi thuong|den bu)(?: thiet hai)?(?: ¤\d+)?(?: tien)?(?: ve| do)?(?: {_HARM},?(?: va)?)+"
        rf"|boi thuong(?: thiet hai)?(?: ¤\d+)?(?: do| vi| khi)?(?: bi)? {_DISMISSED}(?:, {_DISMISSED})*)|tien cong",
    ),
    ("social", r"kinh phi (?:chuong trinh chinh sach xa hoi|xoa doi,? giam ngheo)"),
    ("policy_bank", r"ngan hang chinh sach(?: xa hoi)?"),
    ("no_value", r"(?:theo )?(?:ban an )?khong co gia ngach"),
)
_POOR_LOANS = r"(?:cho )?(?:ho|nguoi) ngheo vay|(?:tien |no )*vay (?:cua )?(?:ho|nguoi) ngheo|thu(?: hoi)?(?: duoc| lai)? no"
_RELIEFS = (
    (
        "merit",
        r"(?:la |huong che do )*(?:uu dai )?(?:nguoi |gia dinh )?co cong(?: voi)?(?: cach mang)?"
        r"|(?:la )?(?:thuong|benh) binh(?: hang)?(?: \d/4)?|(?:la )?(?:than nhan|con) liet si|(?:la )?me viet nam anh hung",
    ),
    (
        "hardship",
        r"(?:la )?(?:nguoi )?(?:neo don|tan tat|khuyet tat)|om dau(?: keo dai)?|(?:bi )?(?:benh|om)(?: nang)? (?:keo dai|lau nam)",
    ),
    ("poor", r"(?:la |co |so |thuoc |dien |chuan |gia dinh )*(?:ho|chuan) ngheo(?: co so| co giay| co xac nhan)?"),
)
_VERIFIED = (
    r"(?:(?:tu|da|co) )*(?:xac minh|chi ra|cung cap)(?: (?:dung|chinh xac|duoc|thong tin|ve))* tai san"
    r"(?: (?:cua )?(?:ben kia|ben phai thi hanh an|nguoi phai thi hanh an|ho|ong ay|con no))?"
)
_NO_MEANS = r"(?:sau )?(?:khi )?(?:(?:co |ra )?quyet dinh )?(?:ve viec )?chua co dieu kien(?: thi hanh(?: an)?)?"
_WITHOUT_FORCE = r"khong (?:(?:phai|can) )*(?:cuong che )?(?:co )?huy dong luc luong|khong (?:phai|can) cuong che"
_WITH_FORCE = r"(?:(?:phai|co) )*cuong che (?:co )?(?:huy dong )?luc luong|(?:phai )?huy dong luc luong"
_OTHER_DAMAGES = r"(?:tien )?boi thuong(?: thiet hai)?(?: ve)? (?:tai san(?:, hop dong, khoan khac)?|(?:vi pham )?hop dong)"
_DAMAGES = r"(?:tien )?boi thuong(?: thiet hai)?"
_DENIED = re.compile(
    r"\b(?:khong|chua)(?: phai| thuoc| co)?(?: la| dien)* (?:ho ngheo|nguoi co cong|co cong|neo don|tan tat|thuong binh)\b|\bcan ngheo\b"
    r"|\b(?:con|vo|chong) (?:cua )?(?:thuong|benh) binh\b"
)


@dataclass(frozen=True, slots=True)
class FeeCase:
    """Ids of the schedule (None: no such case), the stage, the words without what was read, and the fact that is missing."""

    no_fee: str | None
    relief: str | None
    stage: Stage
    rest: str
    missing: Missing | None = None


def fee_case(words: str) -> FeeCase | None:
    """The case that the words (folded) tell; None for facts that do not go together."""
    if _DENIED.search(words):
        return None
    stage = _stage(words)
    no_fee, words = _named(_NO_FEE, words)
    words = without(words, [_POOR_LOANS]) if no_fee == "policy_bank" else words
    relief, words = _named(_RELIEFS, words)
    if not no_fee and _says(_VERIFIED, words):
        return None if relief else _verified(words, stage)
    missing = None
    if not no_fee and _says(_DAMAGES, words) and not _says(_OTHER_DAMAGES, words):
        missing = Missing(fee_texts.DAMAGES_FOR_WHAT, fee_texts.DAMAGES)
    return FeeCase(no_fee, relief, stage, without(words, [_OTHER_DAMAGES, _DAMAGES]), missing)


def _verified(words: str, stage: Stage) -> FeeCase:
    """Who found the assets himself: the later the office could use it, and the less force it needed, the more is taken off."""
    relief = "verified_later" if _says(_NO_MEANS, words) else _by_force(words)
    missing = None if relief else Missing(fee_texts.WITH_FORCE_OR_NOT, fee_texts.FORCE)
    return FeeCase(None, relief, stage, without(words, [_VERIFIED, _NO_MEANS, _WITHOUT_FORCE, _WITH_FORCE]), missing)


def _by_force(words: str) -> str | None:
    if _says(_WITHOUT_FORCE, words):
        return "verified"
    return "verified_with_force" if _says(_WITH_FORCE, words) else None


def _says(pattern: str, words: str) -> bool:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", words) is not None


def _named(cases: tuple[tuple[str, str], ...], words: str) -> tuple[str | None, str]:
    """The first case that the words name, and the words without any of them."""
    found = next((id for id, pattern in cases if _says(pattern, words)), None)
    return found, without(words, [pattern for _, pattern in cases]) if found else words


def _stage(words: str) -> Stage:
    if re.search(r"\b(tu )?thoa thuan\b|\btu giao\b", words):
        return "settled"
    late = re.search(r"\b(het|qua|sau|ngoai)( thoi)?( han)?( thoi han)? tu nguyen\b|\b(khong|chua) tu nguyen\b", words)
    return "voluntary" if "tu nguyen" in words and not late else "enforced"
