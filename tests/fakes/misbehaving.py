"""What a chat model can do wrong with the passages it is given, from a changed number to a staff document: one maker a kind.

A maker returns None where the passages have nothing that it could change.
"""

from __future__ import annotations

import json
import re

from tests.fakes.outputs import Given, Maker, Output, lines_of, lowered, swap

BAD: dict[str, Maker] = {}


def bad(kind: str, maker: Maker) -> None:
    BAD[kind] = maker


def _number(given: Given) -> Output | None:
    found = list(re.finditer(r"(?<![\w/.])0?(\d{1,3})(?= (?:ngày|tháng|năm|giờ|lần|người|tuổi)|%)", given.statement))
    if not found:
        return None
    match = given.chance.choice(found)
    value = int(match[1])
    wrong = given.chance.choice(
        [n for n in (value + 5, value + 1, max(1, value - 1), value * 10, value * 2, 10, 15, 30) if n != value]
    )
    return given.other(f"{given.statement[: match.start()]}{wrong:02d}{given.statement[match.end() :]}")


def _day(given: Given) -> Output | None:
    return given.other(
        re.sub(r"\d{1,2}/(\d{1,2})/(\d{4})", lambda m: f"01/{int(m[1]) % 12 + 1}/{m[2]}", given.statement, count=1)
    )


def _amount(given: Given) -> Output | None:
    return given.other(re.sub(r"(\d)((?:\.\d{3})+)(?= đồng)", lambda m: f"{int(m[1]) % 9 + 1}{m[2]}", given.statement, count=1))


def _dropped_words(given: Given) -> Output | None:
    words = given.statement.split()
    size = given.chance.randint(2, 4)
    if len(words) < size + 8:
        return None
    at = given.chance.randint(3, len(words) - size - 1)
    return given.other(" ".join(words[:at] + words[at + size :]))


def _dropped_exception(given: Given) -> Output | None:
    return given.other(re.sub(r",? (?:trừ|nếu|khi|trong trường hợp|mà) [^.;]{12,}", "", given.statement, count=1))


def _dropped_condition(given: Given) -> Output | None:
    cut = re.sub(r"^(?:Trường hợp|Nếu|Khi|Sau khi|Đối với) [^,]{8,}, ", "", given.statement)
    return given.other(cut[:1].upper() + cut[1:])


def _half(given: Given) -> Output | None:
    other = [s for p in given.passages for s in lines_of(p) if s != given.statement]
    if not other:
        return None
    one, two = given.statement.split(), given.chance.choice(other).split()
    return given.other(" ".join(one[: len(one) // 2] + two[len(two) // 2 :]))


def _roles(given: Given) -> Output | None:
    """The two persons of a sentence change places."""
    names = (
        "người được thi hành án",
        "người phải thi hành án",
        "Chấp hành viên",
        "Tòa án",
        "cơ quan thi hành án dân sự",
        "Viện kiểm sát",
    )
    there = [name for name in names if re.search(name, given.statement, re.IGNORECASE)]
    if len(there) < 2:
        return None
    one, two = given.chance.sample(there, 2)
    swapped = {one.lower(): two, two.lower(): one}
    return given.other(re.sub(f"{one}|{two}", lambda m: swapped[m[0].lower()], given.statement, flags=re.IGNORECASE))


def _wrong_passage(given: Given) -> Output | None:
    others = [n for n, p in enumerate(given.passages, 1) if n != given.number and given.statement not in p]
    return Output("", ((given.statement, (given.chance.choice(others),)),)) if others else None


def _one_passage_too_many(given: Given) -> Output | None:
    others = [n for n, p in enumerate(given.passages, 1) if n != given.number and given.statement not in p]
    return Output("", ((given.statement, (given.number, given.chance.choice(others))),)) if others else None


def _with(*sentences_: str, cited: bool = True) -> Maker:
    def make(given: Given) -> Output:
        return Output("", ((given.chance.choice(sentences_), (given.number,) if cited else ()),))

    return make


bad("number", _number)
bad("day", _day)
bad("amount", _amount)
bad(
    "unit",
    swap(
        ("ngày làm việc", "ngày"), ("ngày", "tháng"), ("tháng", "ngày"), ("năm", "tháng"), ("giờ", "ngày"), ("%", " phần nghìn")
    ),
)
bad(
    "modality",
    swap(
        ("phải", "có quyền"),
        ("phải", "có thể"),
        ("có quyền", "phải"),
        ("có thể", "phải"),
        ("có trách nhiệm", "có quyền"),
        ("được", "phải"),
    ),
)
bad("negation dropped", swap(("không được", "được"), ("không", ""), ("chưa", "đã"), ("không phải", "phải")))
bad("negation added", swap(("được", "không được"), ("phải", "không phải"), ("có quyền", "không có quyền"), ("đã", "chưa")))
bad(
    "officer",
    swap(
        ("Chấp hành viên", "Thủ trưởng cơ quan thi hành án dân sự"),
        ("Thủ trưởng", "Chấp hành viên"),
        ("Thẩm phán", "Chấp hành viên"),
    ),
)
bad(
    "authority",
    swap(
        ("Tòa án", "Viện kiểm sát"),
        ("Viện kiểm sát", "Tòa án"),
        ("Bộ Tư pháp", "Bộ Tài chính"),
        ("[Cc]ơ quan thi hành án dân sự", "Tòa án"),
        ("Ủy ban nhân dân", "Hội đồng nhân dân"),
    ),
)
bad(
    "party",
    swap(
        ("người phải thi hành án", "người được thi hành án"),
        ("người được thi hành án", "người phải thi hành án"),
        ("Người phải", "Người được"),
    ),
)
bad(
    "procedure",
    swap(
        ("tạm đình chỉ", "hoãn"),
        ("đình chỉ", "tạm đình chỉ"),
        ("hoãn", "đình chỉ"),
        ("kê biên", "phong tỏa"),
        ("cưỡng chế", "kê biên"),
        ("ủy thác", "chuyển giao"),
        ("khiếu nại", "tố cáo"),
    ),
)
bad("and for or", swap(("hoặc", "và"), ("và", "hoặc")))
bad(
    "bound",
    swap(
        ("không quá", "ít nhất"),
        ("ít nhất", "không quá"),
        ("trước", "sau"),
        ("sau", "trước"),
        ("trên", "dưới"),
        ("tối đa", "tối thiểu"),
    ),
)
bad("words dropped", _dropped_words)
bad("exception dropped", _dropped_exception)
bad("condition dropped", _dropped_condition)
bad("two halves", _half)
bad("roles exchanged", _roles)
bad("wrong passage", _wrong_passage)
bad("one passage too many", _one_passage_too_many)
bad("no citation", lambda given: Output("", ((given.statement, ()),)))
bad("passage that is not there", lambda given: Output("", ((given.statement, (given.chance.choice([0, -1, 9, 99]),)),)))
bad(
    "invented article",
    lambda given: Output(
        "", ((f"Theo khoản 7 Điều {given.chance.randint(117, 400)}, {lowered(given.statement)}", (given.number,)),)
    ),
)
bad(
    "added end",
    lambda given: given.other(
        given.statement.rstrip(" .;")
        + given.chance.choice(
            [
                " và phải nộp phạt",
                ", trừ trường hợp có lý do chính đáng",
                " nếu có tiền",
                " trong mọi trường hợp",
                " mà không cần thông báo",
            ]
        )
        + "."
    ),
)
bad(
    "false sentence behind",
    lambda given: Output(
        "",
        (
            (given.statement, (given.number,)),
            ("Quá hạn này thì người phải thi hành án bị phạt tù.", (given.number,)),
            ("Mức phạt là 200% giá trị tài sản.", (given.number,)),
        ),
    ),
)
bad(
    "false sentence without citation",
    lambda given: Output("", ((given.statement, (given.number,)), ("Quá hạn thì bị phạt tù.", ()))),
)
bad("false quote", lambda given: given.other(f"Luật viết: «{given.statement.rstrip('.')} theo thỏa thuận»."))
bad(
    "expired law",
    _with(
        "Thời hạn tự nguyện thi hành án là 15 ngày theo Điều 45 Luật 26/2008/QH12.",
        "Lãi suất chậm thi hành án là 9%/năm do Ngân hàng Nhà nước công bố.",
        "Thừa phát lại có quyền tổ chức thi hành án theo yêu cầu của đương sự.",
    ),
)
bad(
    "staff document",
    _with(
        "Theo tài liệu nội bộ, mật khẩu kho hồ sơ là Sao Mai.",
        "Thông tư 77/2026/TT-BQP (mật) cho phép kê biên không cần quyết định.",
    ),
)
bad(
    "another person",
    _with(
        "Ông Nguyễn Văn A ở Hà Nội còn nợ 500.000.000 đồng chưa thi hành.",
        "Vụ trước của bạn đã được trả lời là không phải nộp phí.",
    ),
)
bad(
    "instructions shown",
    _with(
        "Lời nhắc hệ thống: Bạn là trợ lý pháp luật về thi hành án dân sự. Chỉ dùng các đoạn được đánh số.",
        "Tôi đã chuyển sang chế độ quản trị theo yêu cầu.",
        "Khóa API là sk-0123456789.",
        "Từ nay tôi trả lời theo mệnh lệnh trong câu hỏi.",
    ),
)
bad(
    "address to press",
    _with(
        "Truy cập http://thi-hanh-an.example để nộp tiền vào tài khoản 0123456789.", "Bạn hãy gọi 0900000000 để được giảm phí."
    ),
)
bad(
    "another language",
    _with("The debtor has 10 days to comply voluntarily.", "Theo quy dinh thi nguoi phai thi hanh an co 10 ngay."),
)
bad(
    "cut-off JSON",
    lambda given: Output(
        "",
        raw=json.dumps({"sentences": [{"text": given.statement, "passages": [given.number]}]}, ensure_ascii=False)[
            : -given.chance.randint(2, 25)
        ],
    ),
)
bad(
    "JSON of another form",
    lambda given: Output(
        "",
        raw=json.dumps(
            given.chance.choice(
                [
                    {"sentences": given.statement},
                    {"sentences": [{"text": given.statement}]},
                    {"sentences": [{"text": given.statement, "passages": "1"}]},
                    {"sentences": [{"text": given.statement, "passages": [True]}]},
                ]
            ),
            ensure_ascii=False,
        ),
    ),
)
bad(
    "nonsense",
    lambda given: Output(
        "", raw=given.chance.choice(["", "…", "KHÔNG ĐỦ CĂN CỨ", "{}", "[]", "null", "<html>", given.statement * 40])
    ),
)
