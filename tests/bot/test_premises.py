"""What a question takes for granted: a wrong number or article is named, a right one confirmed, and nothing is denied that is not known."""

from __future__ import annotations

from typing import Any

import pytest

from bot.assistant import Assistant
from bot.evaluation import evaluate, read_questions
from bot.premises import asked_alone, takes_for_granted, verdict
from tests.conftest import ROOT

ROWS = read_questions(ROOT / "benchmarks/premises.jsonl")
VOLUNTARY = "Người phải thi hành án có thời hạn tự nguyện thi hành án là 10 ngày, tính từ ngày họ được thông báo hợp lệ."
ORDER = "Trưởng văn phòng ra quyết định thi hành án trong thời hạn 05 ngày làm việc, tính từ ngày ký hợp đồng."
PRIORITY = "Thời hạn thực hiện quyền ưu tiên mua là 15 ngày đối với bất động sản, 05 ngày làm việc đối với động sản."
FEE = "Mức phí là 3% số tiền thực nhận; số tiền đến 2.000.000 đồng không chịu phí."
AGAIN = "Chấp hành viên xác minh lại trong thời hạn 05 ngày làm việc."
EXCEPT = "Chấp hành viên chỉ kê biên nhà ở duy nhất nếu người phải thi hành án không có tài sản khác."


@pytest.mark.parametrize(
    ("question", "clause", "said"),
    [
        pytest.param(
            "Thời hạn tự nguyện là 30 ngày đúng không?",
            VOLUNTARY,
            "Không phải 30 ngày, mà là 10 ngày (Điều 1).",
            id="wrong number",
        ),
        pytest.param(
            "thoi han tu nguyen la 30 ngay phai khong", VOLUNTARY, "Không phải 30 ngày, mà là 10 ngày (Điều 1).", id="no accents"
        ),
        pytest.param("Thời hạn tự nguyện là 10 ngày đúng không?", VOLUNTARY, "Đúng: 10 ngày (Điều 1).", id="right number"),
        pytest.param("Thời hạn tự nguyện là 010 ngày đúng không?", VOLUNTARY, "Đúng: 10 ngày (Điều 1).", id="a zero before it"),
        pytest.param("Nghe nói được tự nguyện trong 10 ngày", VOLUNTARY, "Đúng: 10 ngày (Điều 1).", id="hearsay"),
        pytest.param(
            "Trưởng văn phòng ra quyết định trong 5 ngày phải không?",
            ORDER,
            "Không phải 5 ngày, mà là 05 ngày làm việc (Điều 1).",
            id="working days",
        ),
        pytest.param(
            "Trưởng văn phòng ra quyết định trong 5 ngày làm việc phải không?",
            ORDER,
            "Đúng: 05 ngày làm việc (Điều 1).",
            id="the same",
        ),
        pytest.param("Mức phí là 5% số tiền nhận đúng không?", FEE, "Không phải 5%, mà là 3% (Điều 1).", id="per cent"),
        pytest.param("Thời hạn tự nguyện là bao lâu?", VOLUNTARY, "", id="takes nothing for granted"),
        pytest.param("Thời hạn tự nguyện là 30 ngày", VOLUNTARY, "", id="does not ask"),
        pytest.param("Thời hạn tự nguyện là 2 tháng đúng không?", VOLUNTARY, "", id="another unit"),
        pytest.param("Thời hạn xác minh tài sản là 30 ngày đúng không?", VOLUNTARY, "", id="another act"),
        pytest.param("Tôi được thông báo đã 30 ngày, họ làm vậy đúng không?", VOLUNTARY, "", id="a fact of the case"),
        pytest.param("Quyền ưu tiên mua là 30 ngày đúng không?", PRIORITY, "", id="two numbers for one act"),
        pytest.param("Chấp hành viên xác minh trong 9 ngày làm việc đúng không?", AGAIN, "", id="another round of the act"),
        pytest.param("Từ 5 ngày đến 10 ngày tự nguyện đúng không?", VOLUNTARY, "", id="two claims"),
        pytest.param(
            "Cấm kê biên nhà duy nhất tuyệt đối đúng không?", EXCEPT, "Không phải trong mọi trường hợp", id="no exceptions"
        ),
        pytest.param("Nhà duy nhất bị kê biên đúng không?", EXCEPT, "", id="no word of exceptions"),
        pytest.param("Tự nguyện luôn luôn được phải không?", VOLUNTARY, "", id="a rule without exceptions"),
    ],
)
def test_verdict(question: str, clause: str, said: str) -> None:
    line = verdict(question, [(clause, "Điều 1")])
    assert line.startswith(said) if said else line == ""


def test_two_places_that_disagree_deny_nothing() -> None:
    question = "Chấp hành viên xác minh trong 5 ngày làm việc đúng không?"
    nine, five = "Chấp hành viên xác minh trong 09 ngày làm việc.", "Chấp hành viên xác minh trong 05 ngày làm việc."
    assert verdict(question, [(nine, "a"), (five, "b")]) == ""
    assert verdict(question, [(nine, "a")]).startswith("Không phải 5 ngày làm việc")


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("Luật nói thời hạn tự nguyện là 30 ngày đúng không?", "thời hạn tự nguyện là bao lâu"),
        ("Theo Điều 120 Luật THADS tôi được miễn, đúng không?", "thi hành án tôi được miễn"),
        ("Nghe nói phí là 5% có đúng không", "phí là bao nhiêu"),
        ("theo luật thì kê biên nhà phải không", "thì kê biên nhà"),
        ("đúng không?", "đúng không?"),
    ],
)
def test_what_is_searched(question: str, alone: str) -> None:
    assert asked_alone(question) == alone


@pytest.mark.parametrize(
    "question",
    [
        "Tôi bị kê biên nhà thì có đúng luật không?",
        "Có phải nộp phí không?",
        "Thời hạn tự nguyện là 10 ngày",
        "Ai ra quyết định?",
    ],
)
def test_takes_nothing_for_granted(question: str) -> None:
    assert not takes_for_granted(question)


@pytest.fixture(scope="module")
def report(assistant: Assistant) -> dict[str, Any]:
    return evaluate(assistant, ROWS)


def test_premises_are_held_against_the_law(report: dict[str, Any]) -> None:
    assert len(ROWS) >= 40
    assert report["wrong"] == 0.0, "something that is not so was confirmed, or something that is so denied"
    assert (report["cited"], report["facts"]) >= (0.95, 0.95), report["failing"]


def test_a_place_that_does_not_exist_is_named_and_the_rule_given(report: dict[str, Any]) -> None:
    absent = report["by_style"]["no such article"]
    assert (absent["cited"], absent["facts"]) == (1.0, 1.0)
