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
    """A rule for what there was before 01/7/2026: Thừa phát lại and their offices, exhibits, money, fees; with its deadline if it has one."""

    sentence: str
    basis: tuple[Citation, ...]
    deadline: date | None


_OF_BAILIFFS = (Citation(NEW, "116", "5"),)
BAILIFF_RULES: tuple[BailiffRule, ...] = (
    BailiffRule(
        "Thừa phát lại bổ nhiệm trước 01/7/2026 được hành nghề tiếp, không phải bổ nhiệm lại, nhưng phải đổi thẻ Thừa hành viên trước 01/7/2027.",
        (*_OF_BAILIFFS, Citation(OFFICES, "58")),
        date(2027, 7, 1),
    ),
    BailiffRule(
        "Văn phòng thừa phát lại thành lập trước 01/7/2026 hoạt động tiếp, nhưng phải đổi tên thành văn phòng thi hành án dân sự trước 01/7/2027.",
        (*_OF_BAILIFFS, Citation(OFFICES, "58")),
        date(2027, 7, 1),
    ),
)
BAILIFF_RESULTS = BailiffRule(
    "Kết quả tổ chức thi hành án mà văn phòng thừa phát lại, Thừa phát lại đã làm đúng pháp luật trước 01/7/2026 được công nhận, "
    "không phải làm lại.",
    _OF_BAILIFFS,
    None,
)
BAILIFF_WORK = BailiffRule(
    "Các công việc của văn phòng thừa phát lại, Thừa phát lại do văn phòng thi hành án dân sự, Thừa hành viên tiếp tục thực hiện "
    "theo quy định của pháp luật.",
    _OF_BAILIFFS,
    None,
)
BAILIFF_CARD = BailiffRule(
    "Thẻ Thừa phát lại đổi cùng lúc với việc đổi tên văn phòng, hoặc sau khi đã đổi tên.", (Citation(OFFICES, "58", "1"),), None
)
BAILIFF_AGE = BailiffRule(
    "Thừa phát lại đã đủ 69 tuổi trở lên vào ngày 01/7/2026 được hành nghề tiếp đến 01/7/2027, sau ngày đó đương nhiên miễn nhiệm.",
    (Citation(OFFICES, "58", "7"),),
    date(2027, 7, 1),
)
BAILIFF_TRAINING = BailiffRule(
    "Chứng chỉ tốt nghiệp đào tạo nghề, giấy chứng nhận bồi dưỡng nghề Thừa phát lại vẫn dùng được để đăng ký tập sự, dự kiểm tra kết quả "
    "tập sự và xem xét bổ nhiệm Thừa hành viên; người đang học được học tiếp, người đang tập sự được tập sự tiếp.",
    (Citation(OFFICES, "58", "2"), Citation(OFFICES, "58", "3")),
    None,
)
BAILIFF_TEST = BailiffRule(
    "Giấy chứng nhận kết quả kiểm tra tập sự hành nghề Thừa phát lại vẫn có hiệu lực; hết 05 năm kể từ 01/7/2026 mà không đề nghị "
    "bổ nhiệm Thừa hành viên thì giấy hết hiệu lực.",
    (Citation(OFFICES, "58", "4"),),
    date(2031, 7, 1),
)
BAILIFF_FILES = BailiffRule(
    "Hồ sơ, thủ tục hành chính đang giải quyết theo Nghị định 08/2020/NĐ-CP tại ngày 01/7/2026 thì giải quyết tiếp theo Nghị định đó, "
    "trừ hồ sơ về thành lập, đăng ký hoạt động, thay đổi nội dung đăng ký, tổ chức lại văn phòng.",
    (Citation(OFFICES, "58", "6"),),
    None,
)
EXHIBIT_STORES = BailiffRule(
    "Kho vật chứng ngoài trụ sở mà cơ quan thi hành án dân sự đang giữ được chuyển về Bộ Công an trước 01/7/2028.",
    (Citation(NEW, "116", "6"),),
    date(2028, 7, 1),
)
EXHIBITS_KEPT = BailiffRule(
    "Vật chứng mà cơ quan thi hành án dân sự đã tiếp nhận trước 01/7/2026 thì cơ quan đó tiếp tục bảo quản, xử lý.",
    (Citation(NEW, "116", "6"),),
    None,
)
TEMPORARY_MONEY = BailiffRule(
    "Khoản tiền tạm thu trước khi có bản án mà đến 01/7/2026 cơ quan thi hành án dân sự vẫn chưa nhận được bản án, quyết định thì xử lý theo "
    "khoản 4 Điều 57 của luật mới: quá 05 năm kể từ ngày tạm thu thì sung công; nhận được bản án sau đó thì thoái thu để thi hành.",
    (Citation(NEW, "57", "4"),),
    None,
)
DEBTOR_SPARED = BailiffRule(
    "Cơ quan thi hành án dân sự đã ra quyết định thi hành án theo yêu cầu của người phải thi hành án trước 01/7/2026 thì người đó không phải "
    "chịu phí thi hành án đối với khoản phải thi hành.",
    (Citation(NEW, "53", "1"),),
    None,
)
DEBTOR_PAYS = BailiffRule(
    "Quyết định thi hành án theo yêu cầu của người phải thi hành án ra từ 01/7/2026: đương sự nào yêu cầu thì người đó nộp phí, trừ khoản đã "
    "thi hành trước khi có quyết định hoặc trong thời hạn tự nguyện.",
    (Citation(NEW, "53", "1"),),
    None,
)
# What the law leaves open beside the table above.
COMPLAINT_IN_HAND = Ruling(
    None,
    "Luật không có câu riêng về khiếu nại đã thụ lý, đang giải quyết dở trước 01/7/2026 trong việc chưa kết thúc; tôi không suy đoán.",
    (Citation(NEW, "116", "3"),),
)
RETURNED_REQUEST = Ruling(
    None,
    "Luật không nói về việc đã bị trả đơn yêu cầu thi hành án theo luật trước năm 2015; Điều 116 không nhắc, khoản 2 Điều 34 chỉ nói "
    "trường hợp gửi lại yêu cầu theo khoản 4 Điều 38. Tôi không suy đoán, hãy hỏi cơ quan thi hành án dân sự.",
    (Citation(NEW, "34", "2"),),
)
BAILIFF_RECORDS = Ruling(
    None,
    "Khoản 5 Điều 116 chỉ nói công nhận kết quả tổ chức thi hành án; luật không nói riêng về vi bằng, việc tống đạt mà Thừa phát lại đã làm "
    "trước 01/7/2026, tôi không suy đoán.",
    (Citation(NEW, "116", "5"),),
)


def pays_fee_as_debtor(decided: date) -> bool:
    """Whether a debtor who asked for enforcement pays the fee: not when the decision was made before 01/7/2026 (Điều 53 khoản 1)."""
    return decided >= CHANGED


def fee_as_debtor(decided: date) -> BailiffRule:
    """The rule on the fee of a debtor who asked for enforcement, for a decision of that day."""
    return DEBTOR_PAYS if pays_fee_as_debtor(decided) else DEBTOR_SPARED
