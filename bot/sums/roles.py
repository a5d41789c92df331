"""What an amount is in an enforcement, read from the words beside it; None where they do not say it for certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.sums.names import NAME, SELF, named

Part = Literal[
    "proceeds",
    "net",  # what is left of the proceeds when the costs are off
    "costs",
    "rent",
    "taxes",
    "tax",  # of the transfer, or a debt
    "support",
    "damages",  # for life and health, or for things
    "own_court_fee",  # of the judgment that secured a claim
    "court_fee",
    "fine",
    "insurance",
    "secured",
    "unsecured",
    "bank",  # with a pledge or without
    "other",
]


@dataclass(frozen=True, slots=True)
class Role:
    """What an amount is; `who` has to get it, `""` for somebody without a name; `debtor` owes it, where he is named."""

    part: Part
    who: str = ""
    debtor: str = ""
    said: str = ""


# Each role by the pattern that its words have and all the words that they may be (folded); the first that fits.
_ROLES: tuple[tuple[Part, str, str], ...] = (
    (
        "net",
        r"\btru\b.*\bcon( lai| duoc)?$|^con( lai)?$",
        "so tien sau khi da tru het xong di cac moi khoan chi phi thi hanh an cuong che con lai duoc la ban nha",
    ),
    (
        "proceeds",
        r"\bthu( ve)?( duoc| co)?\b(?! lao)|\b(phat mai|dau gia|khau tru|xu ly)\b"
        r"|\bban (duoc|nha|dat|xe|dau gia|tai san|can|o to|thua|lo|may|vuon|ruong|rung)\b"
        r"|^(tong )?(so )?tien thi hanh an( la)?$|^(chi )?co$|^chi con$|^thi hanh( an)? duoc$",
        "thu duoc ve ban phat mai nha o dat xe may to tai san the chap cam co ke bien dau gia thanh cuong che tien so thi hanh an tong cong chi "
        "co la khau tru tu tai khoan can ho chung cu thua manh lo cua nguoi phai gia moi xu ly ra giao voi duy nhat doc khoan lan cong tac hien "
        "da vuon ruong rung chap hanh vien quan dan su @",
    ),
    (
        "costs",
        r"\bchi phi\b|\bphi (dau gia|ban dau gia|cuong che|ke bien|tham dinh|dinh gia)\b|\bthu lao dau gia\b",
        "chi phi thu lao cuong che thi hanh an ke bien tham dinh gia ban dau to chuc tai san tru truoc het mat ton tong cac khoan la tien phai va "
        "bao ve nha xu ly do dac",
    ),
    (
        "rent",
        r"\bthue nha\b",
        "tien thue muon nha trich lai de cho nguoi phai thi hanh an mot 1 01 12 nam thang tru truoc khoan o duy nhat la giu trong",
    ),
    (
        "taxes",
        r"\bthue (thu nhap|chuyen nhuong|tncn|tndn)\b|\btruoc ba\b|\bphi (chuyen nhuong|sang ten)\b",
        "thue phi le truoc ba thu nhap ca nhan doanh nghiep tncn tndn chuyen nhuong sang ten tai san nha dat tien cac khoan va nop tru phai het la",
    ),
    ("tax", r"^(tien |phai |nop |tru |khoan |cac )*thue( la| phi)?$", "tien phai nop tru khoan cac thue la phi"),
    (
        "support",
        r"\bcap duong\b|\bnuoi con\b|\bluong\b|\btien cong\b|\btro cap\b|\bboi thuong\b.*\b(tinh mang|suc khoe|tinh than|thuong tich)\b",
        "cap duong nuoi con cho luong tien cong lao dong tro mat viec thoi suc boi thuong thiet hai ve ton that tinh mang khoe than thuong tich "
        "no phai tra khoan cua cac nguoi nhan vien la gom va con thieu duoc nghia vu @",
    ),
    (
        "damages",
        r"^(?!.*\b(tai san|hop dong)\b).*\bboi thuong\b",
        "boi thuong thiet hai no phai tra tien cho khoan tai nan giao thong la duoc con cua nguoi bi @",
    ),
    (
        "own_court_fee",
        r"\ban phi cua (b[aả]n an|vu|quyet dinh)\b.*\b(the chap|cam co|do|nay)\b",
        "an phi cua ban bản vu quyet dinh co the chap cam do nay tai san tien",
    ),
    (
        "court_fee",
        r"\ban phi\b|\ble phi toa( an)?\b",
        "an phi le toa tien dan su hinh so tham phuc nop phai tra no khoan cho nha nuoc ngan sach la con va nghia vu",
    ),
    (
        "fine",
        r"\b(tien )?phat\b|\btruy thu\b|\bsung (quy|cong)\b",
        "phat tien hinh su truy thu thue sung quy nha nuoc cong ngan sach nop khoan phai tra no loi bat chinh bo la con va",
    ),
    (
        "insurance",
        r"\bbao hiem (xa hoi|y te|that nghiep)\b",
        "bao hiem xa hoi y te that nghiep no tien phai tra khoan co quan cho nop dong la con va",
    ),
    (
        "unsecured",
        r"\bkhong( co)?( nhan)? (the chap|cam co|tai san bao dam|bao dam)\b",
        "khong co nhan the chap cam tai san bao dam no vay phai tra cho tien khoan duoc la con @",
    ),
    (
        "secured",
        r"\b(the chap|cam co|bao dam)\b",
        "co nhan the chap cam tai san bao dam no vay phai tra cho tien khoan duoc la con chinh nha dat do nay giu ben cua chu nguoi @",
    ),
    (
        "other",
        rf"^(?!.*{NAME} (?:nhan|tra|vay|muon|hoan|co|them)\b)"
        rf".*(?:{NAME}|\bno\b|\bphai (tra|thi hanh an)\b|\bnghia vu\b|\bchu no\b|\bmot nguoi\b|^nguoi$|\bboi thuong\b)",
        "no phai tra cho tien vay muon khoan nguoi doi duoc nhan thi hanh an con la so chu mot boi thuong thiet hai hop dong tai san phat coc vi "
        "pham hoan lai yeu cau cua ben co cung toi tong cong va nghia vu them @",
    ),
)
_TABLE = tuple((part, re.compile(about), frozenset(words.split())) for part, about, words in _ROLES)
_KNOWN = frozenset(word for _, _, words in _TABLE for word in words)
_OWES = re.compile(rf"^{NAME} (?=(?:con |dang |van )*(?:no|vay|muon|phai tra|phai thi hanh an|phai nop)\b)")
_DEBTOR = re.compile(r"^nguoi phai thi hanh an (?=(?:con )?(?:no|phai tra)\b)")
_BANK = re.compile(r"^(ngân hàng|ngan hang|quỹ tín dụng|quy tin dung|\S+bank|bidv|acb|mb)\b", re.IGNORECASE)


def role_of(label: str) -> Role | None:
    """The role of an amount with the words beside it."""
    words, names = named(label, _KNOWN)
    words, debtor = _DEBTOR.sub("", words), ""
    if names and _OWES.match(words):
        debtor, names, words = names[0], names[1:], _OWES.sub("", words)
    spoken = set(re.findall(rf"\w+|{NAME}", words))
    part = next((part for part, about, known in _TABLE if about.search(words) and spoken <= known), None)
    if part is None or len(names) > 1:
        return None
    if part == "proceeds":
        return Role(part, said=words)
    if part == "other" and not names and debtor not in ("", SELF):  # «A nợ 300 triệu, B nợ 200 triệu»: whose claims?
        return None
    who = next(iter(names), "")
    if part == "other" and _BANK.match(who):
        part = "bank"
    return Role(part, who, "" if debtor == SELF else debtor, words)
