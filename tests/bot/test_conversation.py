"""Follow-ups: which questions stand alone, and what one that does not takes from the question before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from bot.conversation import Past, hangs_on, standalone, stands_alone
from knowledge.citation import Citation

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
    assert standalone(question, Past((FIRST,))) == question


ABOUT = "Kê biên nhà ở của người phải thi hành án"  # what the first question is about
PLACE = Citation("106/2025/QH15", "36", "1")


@dataclass(frozen=True)
class Standing:
    """What a message says by itself, without a library to measure it."""

    likelihood: float
    nearer: float
    known: float
    terms: int


def strange(text: str) -> Standing:
    """Words that say nothing of any field by themselves, and lean to ours."""
    return Standing(likelihood=0.01, nearer=0.3, known=1.0, terms=0)


def ours(text: str) -> Standing:
    return Standing(likelihood=0.97, nearer=0.5, known=1.0, terms=1)


def foreign(text: str) -> Standing:
    return Standing(likelihood=0.0, nearer=-0.4, known=0.5, terms=0)


@pytest.mark.parametrize(
    ("question", "new"),
    [
        pytest.param("thế còn nhà đang thế chấp?", "nhà đang thế chấp?", id="thế còn"),
        pytest.param("Còn xe máy thì sao?", "xe máy thì sao?", id="còn"),
        pytest.param("vậy còn đất nông nghiệp?", "đất nông nghiệp?", id="vậy còn"),
        pytest.param("Thế thì ai trả?", "ai trả?", id="thế thì"),
        pytest.param("vậy thì nộp ở đâu", "nộp ở đâu", id="vậy thì"),
        pytest.param("mất bao lâu?", "mất bao lâu?", id="mất bao lâu"),
        pytest.param("bao lâu", "bao lâu", id="bao lâu"),
        pytest.param("hết bao nhiêu tiền vậy?", "hết bao nhiêu tiền vậy?", id="hết bao nhiêu tiền vậy"),
        pytest.param("Ai trả?", "Ai trả?", id="who pays"),
        pytest.param("nộp ở đâu?", "nộp ở đâu?", id="where"),
        pytest.param("Tại sao?", "Tại sao?", id="why"),
        pytest.param("trong mấy ngày?", "trong mấy ngày?", id="within how many days"),
        pytest.param("tính từ ngày nào", "tính từ ngày nào", id="from what day"),
        pytest.param("phải làm thành văn bản à?", "phải làm thành văn bản à?", id="in writing"),
        pytest.param("với doanh nghiệp thì sao?", "với doanh nghiệp thì sao?", id="with whom"),
        pytest.param("Trường hợp này thời hạn là mấy ngày?", "Trường hợp này thời hạn là mấy ngày?", id="this case"),
        pytest.param("Việc này do ai quyết định?", "Việc này do ai quyết định?", id="this work"),
        pytest.param("Nhưng nếu họ không nhận?", "nếu họ không nhận?", id="but if"),
        pytest.param("MẤT BAO LÂU???", "MẤT BAO LÂU???", id="capitals and marks"),
    ],
)
def test_follows(question: str, new: str) -> None:
    assert not stands_alone(question)
    assert standalone(question, Past((FIRST,))) == f"{new} – {ABOUT}"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("the con nha dang the chap", "nha dang the chap – ke bien nha o cua nguoi phai thi hanh an", id="thế còn"),
        pytest.param("mat bao lau", "mat bao lau – ke bien nha o cua nguoi phai thi hanh an", id="mất bao lâu"),
    ],
)
def test_typed_without_accents_all_is_without(question: str, said: str) -> None:
    """Half of a question with accents would make the other half count for nothing."""
    assert standalone(question, Past((FIRST,))) == said


@pytest.mark.parametrize(
    "question", ["mất bao lâu?", "Điều 36", "quay lại câu đầu", "khoản 2 nói gì?", "ý tôi là nhà", "còn theo luật cũ?"]
)
def test_without_a_question_before(question: str) -> None:
    assert standalone(question, Past()) == question


def test_a_talk_keeps_its_subject_and_what_was_added_last() -> None:
    said = [FIRST]
    for question in ("thế còn nhà đang thế chấp?", "mất bao lâu?", "còn nhà cho thuê?", "ai trả?"):
        said.append(standalone(question, Past(tuple(said))))
    assert said[2] == f"mất bao lâu? – nhà đang thế chấp – {ABOUT}"
    assert said[4] == f"ai trả? – nhà cho thuê – {ABOUT}", "«mất bao lâu» adds nothing to the subject"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("khoản 2 nói gì?", "khoản 2 Điều 36 106/2025/QH15 nói gì?", id="a clause"),
        pytest.param("điểm a khoản 1", "điểm a khoản 1 Điều 36 106/2025/QH15", id="a point of a clause"),
        pytest.param(
            "điểm b thì sao?", "điểm b khoản 1 Điều 36 106/2025/QH15 thì sao?", id="a point of the clause that was cited"
        ),
        pytest.param("thế khoản 2 áp dụng cho ai", "khoản 2 Điều 36 106/2025/QH15 áp dụng cho ai", id="a question on a clause"),
        pytest.param("khoan 2 quy dinh gi", "khoản 2 Điều 36 106/2025/QH15 quy dinh gi", id="no accents"),
        pytest.param("điều đó ghi ở đâu?", "khoản 1 Điều 36 106/2025/QH15", id="where that stands"),
        pytest.param("điều nào?", "khoản 1 Điều 36 106/2025/QH15", id="which article"),
        pytest.param("căn cứ vào đâu vậy", "khoản 1 Điều 36 106/2025/QH15", id="on what ground"),
        pytest.param("quy dinh o dau", "khoản 1 Điều 36 106/2025/QH15", id="where, no accents"),
        pytest.param("luật cũ là điều nào?", "Điều 36 106/2025/QH15 là điều nào của luật cũ", id="its place in the old law"),
    ],
)
def test_of_the_article_just_cited(question: str, said: str) -> None:
    assert standalone(question, Past((FIRST,), PLACE)) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("quay lại câu đầu", "Một?", id="the first"),
        pytest.param("câu hỏi đầu tiên thì sao", "Một?", id="the first in other words"),
        pytest.param("câu trước nói lại giúp tôi", "Phí thi hành án do ai nộp?", id="the last"),
        pytest.param("cho tôi xem lại câu trước", "Phí thi hành án do ai nộp?", id="the last, seen again"),
        pytest.param("cau truoc nua", "Hoãn thi hành án thế nào?", id="the one before it"),
        pytest.param("quay lại câu thứ hai", "Hoãn thi hành án thế nào?", id="by its number"),
        pytest.param("quay lại chuyện hoãn, ai ký?", "ai ký – Hoãn thi hành án", id="by its subject, with a question"),
        pytest.param("câu đầu: mất bao lâu?", "mất bao lâu – Một", id="the first, with a question"),
    ],
)
def test_goes_back(question: str, said: str) -> None:
    past = Past(("Một?", "Hoãn thi hành án thế nào?", "Phí thi hành án do ai nộp?"))
    assert standalone(question, past, ours) == said


@pytest.mark.parametrize(
    "question",
    ["Trước khi kê biên phải làm gì?", "Đầu tiên tôi phải nộp gì cho cơ quan thi hành án?", "Câu lưu là gì trong thi hành án?"],
)
def test_goes_back_to_nothing(question: str) -> None:
    assert standalone(question, Past((FIRST,)), ours) == question


@pytest.mark.parametrize(
    ("question", "standing", "said"),
    [
        pytest.param("ý tôi là đất nông nghiệp", strange, f"đất nông nghiệp – {ABOUT}", id="a part is put right"),
        pytest.param("không, ý tôi là thời hạn khiếu nại", ours, "thời hạn khiếu nại", id="another whole question"),
        pytest.param("tôi muốn hỏi về phí thi hành án", ours, "phí thi hành án", id="what was meant"),
    ],
)
def test_corrects(question: str, standing: Callable[[str], Standing], said: str) -> None:
    assert standalone(question, Past((FIRST,)), standing, 0.065) == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("còn theo luật cũ?", f"{ABOUT} – theo luật cũ?"),
        ("trước ngày 01/7/2026 thì sao?", f"{ABOUT} – trước ngày 01/7/2026 thì sao?"),
        ("so với luật cũ thì sao?", f"{ABOUT} – so với luật cũ thì sao?"),
    ],
)
def test_under_another_law(question: str, said: str) -> None:
    assert standalone(question, Past((FIRST,)), ours) == said


@pytest.mark.parametrize(
    ("question", "standing", "hangs"),
    [
        pytest.param("viện kiểm sát không đồng ý thì làm gì?", strange, True, id="part of a question of the field"),
        pytest.param("giá vàng hôm nay bao nhiêu một lượng", foreign, False, id="of another field"),
        pytest.param("Án phí tòa tuyên thì ai ra quyết định?", ours, False, id="a whole question"),
        pytest.param("thế ai trả chi phí cưỡng chế?", ours, False, id="a whole question that opens with thế"),
        pytest.param("thế còn nhà?", strange, True, id="opens with thế còn"),
    ],
)
def test_what_words_say_by_themselves(question: str, standing: Callable[[str], Standing], hangs: bool) -> None:
    assert hangs_on(question, standing, 0.065) is hangs
    assert (standalone(question, Past((FIRST,)), standing, 0.065) != question) is hangs
