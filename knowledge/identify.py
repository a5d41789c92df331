"""Finds in the text of an official file which document it is: number, kind, title, issuer, dates, and the laws it is based on.

What cannot be found is None or "": an operator gives it. What looks wrong is said by knowledge.authenticity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.citation import find_documents
from knowledge.extract.extracted import PAGE
from knowledge.marks import find_article, is_capitals
from knowledge.source_note import SourceNote, read_source_note
from knowledge.text import fold, nfc

KINDS = (
    ("bo luat", "Bộ luật"), ("luat", "Luật"), ("phap lenh", "Pháp lệnh"), ("nghi quyet", "Nghị quyết"), ("nghi dinh", "Nghị định"),
    ("thong tu lien tich", "Thông tư liên tịch"), ("thong tu", "Thông tư"), ("quyet dinh", "Quyết định"), ("chi thi", "Chỉ thị"),
    ("quy dinh", "Quy định"), ("ket luan", "Kết luận"), ("huong dan", "Hướng dẫn"), ("van ban hop nhat", "Văn bản hợp nhất"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basis:
    """A document that the text names as its basis ("Căn cứ Luật … số …")."""

    title: str
    number: str


@dataclass(frozen=True, slots=True)
class Identity:
    """What the text says of itself; None and "" where it does not."""

    number: str = ""
    kind: str = ""
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    effective_from: date | None = None
    bases: tuple[Basis, ...] = ()
    doubts: tuple[str, ...] = ()


_HEAD_LINES = 80
_REMARK = re.compile(r"^#+\s*(?P<key>[^:#]{3,60}?)\s*:\s*(?P<value>.+)$")
_NUMBER = re.compile(r"(?<![\w/])(\d{1,4}(?:/\d{4})?[/-](?:\d{4}/)?[A-ZĐÐ][\w&ĐÐ]*(?:[-/][A-ZĐÐ][\wĐÐ]*)*)")
_NUMBER_LINE = re.compile(r"(?:Luật\s+số|Bộ luật\s+số|Nghị quyết số|Số|Sô|Số hiệu)\s*[:.]?\s*(?P<rest>\d.{3,60})", re.IGNORECASE)
_DAY = r"(?:ngày\s*)?(?P<d>\d{1,2})\s*(?:tháng|[/.-])\s*(?P<m>\d{1,2})\s*(?:năm|[/.-])\s*(?P<y>\d{4})"
_PLACE_DATE = re.compile(rf"(?:^|[\s|])[^\s\d,|][^\d,|]{{1,40}},\s*{_DAY.replace('(?:ngày', '(?:ngày', 1)}", re.IGNORECASE)
_ANY_DATE = re.compile(_DAY, re.IGNORECASE)
_PASSED = re.compile(rf"thông qua\s+{_DAY}", re.IGNORECASE)
_KIND_WORDS = "|".join(["Bộ luật", "Luật", "Pháp lệnh", "Nghị quyết", "Nghị định", "Thông tư liên tịch", "Thông tư", "Quyết định", "Chỉ thị", "Quy định", "Quy chế"])
_EFFECT = re.compile(
    rf"(?:{_KIND_WORDS}) này (?:bắt đầu )?có hiệu lực(?: thi hành)?(?:,)?\s*(?:kể\s*)?(?P<when>từ\s+{_DAY}|từ ngày ký|sau\s+(?P<days>\d{{1,3}})\s*(?:\([^)]*\)\s*)?ngày)",
    re.IGNORECASE,
)
_BASIS = re.compile(r"Căn cứ\s+(?P<named>[^;]{5,600})", re.IGNORECASE)
_BASIS_TITLE = re.compile(
    r"(?P<title>(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định)\s[^;,]*?)\s*(?:,\s*)?(?:số|Số)\s*(?P<number>\d{1,4}/\d{4}/[\wĐÐ]+(?:-[\wĐÐ]+)*)"
)
_NOT_TITLE = re.compile(r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị|Chính phủ ban hành|Quốc hội ban hành|Bộ trưởng|Thực hiện|Số\s*:|Luật số|Độc lập)", re.IGNORECASE)
_ISSUERS = re.compile(
    r"\b(QUỐC HỘI|ỦY BAN THƯỜNG VỤ QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG CHÍNH PHỦ|BỘ CHÍNH TRỊ|BAN BÍ THƯ|BAN CHẤP HÀNH TRUNG ƯƠNG|NGÂN HÀNG NHÀ NƯỚC(?: VIỆT NAM)?"
    r"|TÒA ÁN NHÂN DÂN TỐI CAO|VIỆN KIỂM SÁT NHÂN DÂN TỐI CAO|BỘ (?:TƯ PHÁP|TÀI CHÍNH|CÔNG AN|QUỐC PHÒNG|NỘI VỤ|[A-ZÀ-Ỹ]+(?: [A-ZÀ-Ỹ]+){0,5}))"
)


def identify(lines: Sequence[str]) -> Identity:
    """What the document is, from the remarks at its head, its printed head, and its last articles."""
    text = [nfc(line).strip() for line in lines if line.strip() and not line.startswith(PAGE)]
    remarks = {fold(match["key"]): match["value"].strip() for line in text[:_HEAD_LINES] if (match := _REMARK.match(line))}
    head = _head(text)
    note = next((note for line in text if (note := read_source_note(line))), None)
    printed = _printed_number(head)
    number = printed or _number_in(remarks.get("so hieu", "")) or (note.number if note else "")
    kind = _kind(head, number, note)
    doubts = _doubts(remarks, printed)
    return Identity(
        number=number,
        kind=kind,
        title=_title(head, kind) or (note.title if note else "") or _remark_title(text),
        issuer=_issuer(head, remarks, note) or issuer_of(number),
        issued=_issued(head, text) or _first_date(_remark(remarks, "ngay ban hanh")) or (note.issued if note else None),
        effective_from=None,
        bases=tuple(_bases(" ".join(head))),
        doubts=doubts,
    )
