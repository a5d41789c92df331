"""Says what the number of a Vietnamese document tells of its kind, its issuer and its year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.text import fold, nfc

KINDS = {
    "thong tu lien tich": "Thông tư liên tịch",
    "van ban hop nhat": "Văn bản hợp nhất",
    "bo luat": "Bộ luật",
    "luat": "Luật",
    "phap lenh": "Pháp lệnh",
    "nghi quyet": "Nghị quyết",
    "nghi dinh": "Nghị định",
    "thong tu": "Thông tư",
    "quyet dinh": "Quyết định",
    "chi thi": "Chỉ thị",
    "quy dinh": "Quy định",
    "ket luan": "Kết luận",
    "huong dan": "Hướng dẫn",
}
ISSUERS = {
    "cp": "Chính phủ",
    "ttg": "Thủ tướng Chính phủ",
    "qh": "Quốc hội",
    "ubtvqh": "Ủy ban Thường vụ Quốc hội",
    "btp": "Bộ Tư pháp",
    "btc": "Bộ Tài chính",
    "bca": "Bộ Công an",
    "bqp": "Bộ Quốc phòng",
    "bnv": "Bộ Nội vụ",
    "bxd": "Bộ Xây dựng",
    "btnmt": "Bộ Tài nguyên và Môi trường",
    "bnnptnt": "Bộ Nông nghiệp và Phát triển nông thôn",
    "bldtbxh": "Bộ Lao động - Thương binh và Xã hội",
    "bkhdt": "Bộ Kế hoạch và Đầu tư",
    "nhnn": "Ngân hàng Nhà nước Việt Nam",
    "nhnnvn": "Ngân hàng Nhà nước Việt Nam",
    "tandtc": "Tòa án nhân dân tối cao",
    "vksndtc": "Viện kiểm sát nhân dân tối cao",
    "hdtp": "Hội đồng Thẩm phán Tòa án nhân dân tối cao",
    "ttcp": "Thanh tra Chính phủ",
}
_CODES = {
    "nd": ("Nghị định",),
    "tt": ("Thông tư",),
    "ttlt": ("Thông tư liên tịch",),
    "nq": ("Nghị quyết",),
    "ct": ("Chỉ thị",),
    "kl": ("Kết luận",),
    "hd": ("Hướng dẫn",),
    "qd": ("Quyết định", "Quy định"),
    "qdi": ("Quy định",),
    "vbhn": ("Văn bản hợp nhất",),
    "qh": ("Luật", "Bộ luật", "Nghị quyết"),
    "ubtvqh": ("Pháp lệnh", "Nghị quyết"),
}
# Party documents leave the organ open: "TW" is the Political Bureau, the Secretariat or the Central Committee.
_PARTY = ("Bộ Chính trị", "Ban Bí thư", "Ban Chấp hành Trung ương", "Trung ương Đảng Cộng sản Việt Nam")
_TERMS = {
    10: (1997, 2002),
    11: (2002, 2007),
    12: (2007, 2011),
    13: (2011, 2016),
    14: (2016, 2021),
    15: (2021, 2026),
    16: (2026, 2031),
}

NUMBER = r"\d{1,4}(?:/\d{4})?[/-][A-ZĐ][\wĐ]*(?:[/-][A-ZĐ][\wĐ]*)*"


@dataclass(frozen=True, slots=True)
class Said:
    """Kinds and issuers that go with a number, empty where it does not say; the year in it, and the years of its National Assembly."""

    kinds: tuple[str, ...]
    issuers: tuple[str, ...]
    year: int | None
    term: tuple[int, int] | None


def said_by(number: str) -> Said:
    """What the number says: "62/2015/NĐ-CP" a Nghị định of Chính phủ, of 2015."""
    codes = re.split(r"[-/]", fold(tidy(number)))
    year = next((int(code) for code in codes[1:] if re.fullmatch(r"\d{4}", code)), None)
    words = [code for code in codes if not code.isdigit()]
    names = [re.sub(r"\d+$", "", word) for word in words]
    term = next((int(match[1]) for word in words if (match := re.fullmatch(r"(?:ubtv)?qh(\d+)", word))), 0)
    kinds = _CODES.get(names[0], ()) if names else ()
    issuers = tuple(dict.fromkeys(ISSUERS[name] for name in names if name in ISSUERS))
    return Said(kinds, _PARTY if "tw" in names else issuers, year, _TERMS.get(term))


def tidy(text: str) -> str:
    """The text with the Icelandic letter that some fonts print for Đ put right."""
    return nfc(text).replace("Ð", "Đ")


def issuers_in(text: str) -> tuple[str, ...]:
    """Issuers named in a printed head, in its order."""
    folded = fold(text)
    names = dict.fromkeys((*ISSUERS.values(), *_PARTY))
    found = {name: place for name in names if (place := folded.find(fold(name))) >= 0}
    return tuple(
        name
        for name in sorted(found, key=lambda each: found[each])
        if not any(name != o and fold(name) in fold(o) for o in found)
    )
