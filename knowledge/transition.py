"""Which law a case falls under that crosses 01/7/2026: Luật 106/2025/QH15 Điều 115, 116, NĐ 152/2026 Điều 115, NĐ 151/2026 Điều 58.

Pure rules as a table. What the law does not say is a ruling too: it says so, and nothing is inferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.citation import Citation

CHANGED = date(2026, 7, 1)  # Điều 115 khoản 1
EARLY = date(2026, 1, 20)  # Điều 115 khoản 2: data and digital provisions
OLD, NEW, DECREE, OFFICES = "26/2008/QH12", "106/2025/QH15", "152/2026/NĐ-CP", "151/2026/NĐ-CP"

Stage = Literal["finished", "unfinished", "begun_after"]
Matter = Literal["enforcement", "complaint", "protest", "protest_time_limit", "done_step", "running_time_limit", "digital"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The law that applies (None: the law does not say), the sentence for people, and where it stands."""

    law: str | None
    sentence: str
    basis: tuple[Citation, ...]


_NEW_CASE = Ruling(NEW, "Việc phát sinh từ 01/7/2026 áp dụng Luật 106/2025/QH15.", (Citation(NEW, "115", "1"),))
_DONE = Ruling(
    NEW,
    "Trình tự, thủ tục đã làm xong theo luật cũ trước 01/7/2026 được giữ, không phải làm lại; bước tiếp theo làm theo luật mới.",
    (Citation(NEW, "116", "4"), Citation(DECREE, "115", "1")),
)
_UNFINISHED = Ruling(
    NEW,
    "Việc chưa thi hành hoặc chưa kết thúc trước 01/7/2026 thì thi hành tiếp theo Luật 106/2025/QH15; "
    "thủ tục đã làm theo luật cũ không phải làm lại.",
    (Citation(NEW, "116", "3"), Citation(NEW, "116", "4")),
)
_FINISHED = Ruling(
    OLD,
    "Việc đã kết thúc trước 01/7/2026 mà còn khiếu nại, tố cáo, kháng nghị, kiến nghị thì giải quyết theo Luật 26/2008/QH12 (luật cũ).",
    (Citation(NEW, "116", "1"),),
)
_PROTEST_TIME = Ruling(
    NEW,
    "Riêng thời hạn kháng nghị của Viện kiểm sát đối với việc đã kết thúc tính theo Luật 106/2025/QH15.",
    (Citation(NEW, "116", "2"), Citation(NEW, "112", "2")),
)
_SILENT = Ruling(
    None,
    "Luật không nói rõ thời hạn đang chạy dở qua ngày 01/7/2026 tính theo luật nào; tôi không suy đoán, hãy hỏi cơ quan thi hành án dân sự.",
    (Citation(NEW, "116", "4"),),
)
_DIGITAL = Ruling(
    NEW,
    "Thủ tục trên môi trường số làm ngay khi đủ điều kiện và được Bộ Tư pháp công bố.",
    (Citation(DECREE, "115", "2"),),
)

_TABLE: dict[tuple[Stage, Matter], Ruling] = {
    ("finished", "enforcement"): _FINISHED,
    ("finished", "complaint"): _FINISHED,
    ("finished", "protest"): _FINISHED,
    ("finished", "protest_time_limit"): _PROTEST_TIME,
    ("finished", "done_step"): _FINISHED,
    ("finished", "running_time_limit"): _SILENT,
    ("unfinished", "enforcement"): _UNFINISHED,
    ("unfinished", "complaint"): _UNFINISHED,
    ("unfinished", "protest"): _UNFINISHED,
    ("unfinished", "protest_time_limit"): _UNFINISHED,
    ("unfinished", "done_step"): _DONE,
    ("unfinished", "running_time_limit"): _SILENT,
}


def ruling(stage: Stage, matter: Matter) -> Ruling:
    """The law for a matter of a case at this stage on 01/7/2026."""
    if matter == "digital":
        return _DIGITAL
    return _NEW_CASE if stage == "begun_after" else _TABLE[stage, matter]


@dataclass(frozen=True, slots=True)
class BailiffRule:
    """A rule for those who were Thừa phát lại before 01/7/2026."""

    sentence: str
    basis: tuple[Citation, ...]
    deadline: date | None


BAILIFF_RULES: tuple[BailiffRule, ...] = (
    BailiffRule(
        "Thừa phát lại bổ nhiệm trước 01/7/2026 được hành nghề tiếp, không phải bổ nhiệm lại, nhưng phải đổi thẻ Thừa hành viên trước 01/7/2027.",
        (Citation(NEW, "116", "5"), Citation(OFFICES, "58")),
        date(2027, 7, 1),
    ),
    BailiffRule(
        "Văn phòng thừa phát lại thành lập trước 01/7/2026 hoạt động tiếp, nhưng phải đổi tên thành văn phòng thi hành án dân sự trước 01/7/2027.",
        (Citation(NEW, "116", "5"), Citation(OFFICES, "58")),
        date(2027, 7, 1),
    ),
)
EXHIBIT_STORES = BailiffRule(
    "Kho vật chứng ngoài trụ sở mà cơ quan thi hành án dân sự đang giữ được chuyển về Bộ Công an trước 01/7/2028.",
    (Citation(NEW, "116", "6"),),
    date(2028, 7, 1),
)


def pays_fee_as_debtor(decided: date) -> bool:
    """Whether a debtor who asked for enforcement pays the fee: not when the decision was made before 01/7/2026 (Điều 53 khoản 1)."""
    return decided >= CHANGED
