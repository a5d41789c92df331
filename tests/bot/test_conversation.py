"""Follow-ups: which questions stand alone, and what one that does not takes from the question before."""

from __future__ import annotations

import pytest

from bot.conversation import standalone, stands_alone

FIRST = "Kê biên nhà ở của người phải thi hành án khi nào?"


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Thời hạn tự nguyện thi hành án là bao lâu?", id="ends in bao lâu but names its thing"),
        pytest.param("thoi han tu nguyen thi hanh an la bao lau", id="the same without accents"),
        pytest.param("Ai phải nộp phí thi hành án?", id="who"),
        pytest.param("Kê biên nhà ở duy nhất được không?", id="yes or no"),
        pytest.param("Điều 36", id="an article"),
        pytest.param("còn khoản 2 Điều 36 thì sao?", id="names an article though it begins like a follow-up"),
        pytest.param("thế điều 46 nói gì", id="the same with thế"),
        pytest.param("Vậy Điều 9 Nghị định 152/2026/NĐ-CP quy định gì?", id="names article and document"),
        pytest.param("Con nợ bỏ trốn thì làm thế nào?", id="con nợ is not còn"),
        pytest.param("Phí thi hành án là bao nhiêu tiền?", id="ends in bao nhiêu"),
        pytest.param("Nếu người phải thi hành án chết thì nghĩa vụ chuyển cho ai?", id="begins with nếu"),
        pytest.param("Tài sản nào không được kê biên?", id="which"),
        pytest.param(
            "Mất bao lâu thì cơ quan thi hành án trả tiền cho người được thi hành án?", id="mất bao lâu, and a whole story"
        ),
        pytest.param("Thế chấp nhà rồi có bị kê biên không?", id="thế chấp is not thế"),
        pytest.param("the chap nha roi co bi ke bien khong", id="the chap without accents"),
        pytest.param("Con chưa thành niên được giao cho ai nuôi?", id="a child"),
        pytest.param("Trong thời hạn bao lâu phải ra quyết định thi hành án?", id="trong … bao lâu"),
        pytest.param("", id="nothing"),
    ],
)
def test_stands_alone(question: str) -> None:
    assert stands_alone(question)
    assert standalone(question, FIRST) == question


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("thế còn nhà đang thế chấp?", id="thế còn"),
        pytest.param("the con nha dang the chap", id="thế còn, no accents"),
        pytest.param("Còn xe máy thì sao?", id="còn"),
        pytest.param("vậy còn đất nông nghiệp?", id="vậy còn"),
        pytest.param("Thế thì ai trả?", id="thế thì"),
        pytest.param("vậy thì nộp ở đâu", id="vậy thì"),
        pytest.param("mất bao lâu?", id="mất bao lâu"),
        pytest.param("mat bao lau", id="mất bao lâu, no accents"),
        pytest.param("bao lâu", id="bao lâu"),
        pytest.param("hết bao nhiêu tiền vậy?", id="hết bao nhiêu tiền vậy"),
        pytest.param("Bao nhiêu?", id="one question word"),
        pytest.param("Ai trả?", id="who pays"),
        pytest.param("nộp ở đâu?", id="where"),
        pytest.param("Tại sao?", id="why"),
        pytest.param("căn cứ nào", id="on what ground"),
        pytest.param("Trường hợp này thời hạn là mấy ngày?", id="this case"),
        pytest.param("Thời hạn đó tính từ ngày nào?", id="that time limit"),
        pytest.param("Việc này do ai quyết định?", id="this work"),
        pytest.param("Nếu vậy thì tôi phải làm gì?", id="if so"),
        pytest.param("Khi đó chi phí ai chịu?", id="then"),
        pytest.param("Nhưng nếu họ không nhận?", id="but if"),
        pytest.param("MẤT BAO LÂU???", id="capitals and marks"),
    ],
)
def test_follows(question: str) -> None:
    assert not stands_alone(question)
    assert standalone(question, FIRST) == f"{FIRST.rstrip('?')} – {question}"


@pytest.mark.parametrize("question", ["mất bao lâu?", "Điều 36"])
def test_without_a_question_before(question: str) -> None:
    assert standalone(question, None) == question
