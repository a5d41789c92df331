"""Inside the field or outside it: questions of ours, questions of elsewhere, and the weights that tell them apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import Settings
from bot.serve import LiveKnowledge
from knowledge.build import Build
from knowledge.embedding import Embedder
from knowledge.field import PLAIN, Field, FieldWeights, read_weights
from knowledge.index import open_build
from knowledge.refresh import Refresher
from knowledge.spelling import wording
from knowledge.text import fold
from tests.conftest import ROOT

INSIDE = [
    "Tòa xử tôi thắng, giờ nộp đơn yêu cầu thi hành án ở đâu?",
    "Chồng cũ không đưa tiền cấp dưỡng nuôi con thì phải làm gì?",
    "Người ta sang tên nhà cho em trai để trốn thi hành án",
    "Xe máy bị chấp hành viên tạm giữ thì bao giờ được trả?",
    "Đất đang thế chấp ngân hàng có bị kê biên nữa không?",
    "Có được trả dần tiền thi hành án không?",
    "Con nợ không có tài sản gì thì cơ quan thi hành án làm gì?",
    "Phí thi hành án tính trên số tiền thực nhận phải không?",
    "Tố cáo chấp hành viên nhận hối lộ gửi cho ai?",
    "Chấp hành viên mời mà không đến có bị phạt không?",
    "Bao lâu không yêu cầu thi hành án thì hết quyền?",
    "Bị phong tỏa tài khoản nhầm thì khiếu nại thế nào?",
    "Văn phòng thi hành án dân sự có được cưỡng chế không?",
    "Thừa phát lại cũ có phải thi lại để thành Thừa hành viên không?",
    "Vi bằng có thay được công chứng không?",
    "Giá khởi điểm nhà bán đấu giá do ai định?",
    "Không ai mua đấu giá thì tài sản xử lý sao?",
    "Vợ tôi có được ưu tiên mua nửa căn nhà bị kê biên không?",
    "Ở tù có phải bồi thường theo bản án không?",
    "Án phí chưa nộp có được xuất cảnh không?",
    "Cưỡng chế phá nhà trên đất phải giao báo trước mấy ngày?",
    "Viện kiểm sát kiểm sát thi hành án những việc gì?",
    "Ngân sách nhà nước chịu chi phí thi hành án khi nào?",
    "Ủy thác thi hành án sang tỉnh khác mất bao lâu?",
    "Tiền tạm ứng án phí trả lại cho ai?",
    "Tiêu chuẩn để được bổ nhiệm chấp hành viên trung cấp",
    "Đình chỉ thi hành án khi người được thi hành án từ bỏ quyền",
    "Tổng cục Thi hành án dân sự nay đổi tên là gì?",
    "Quy định về những điều đảng viên không được làm có gì mới?",
    "Tàu cá đóng theo nghị định 67 không trả được nợ thì thi hành án thế nào?",
    "Kết quả thi hành án dân sự quý I năm 2024 ở Thanh Hóa",
    "Chấp hành viên phải có chuẩn mực đạo đức gì?",
    "Lãi chậm thi hành án tính từ ngày nào?",
    "Giao con cho mẹ mà ông bà giữ cháu lại thì cưỡng chế được không?",
    "Tiêu hủy vật chứng ma túy cần hội đồng gồm ai?",
    "Xác nhận kết quả thi hành án xin ở đâu?",
    "Miễn giảm tiền phạt thi hành án cho người già yếu",
    "Người thứ ba đang giữ tiền của con nợ thì thu được không?",
    "Thông báo thi hành án gửi qua VNeID có giá trị không?",
    "Công an bảo vệ cưỡng chế theo kế hoạch nào?",
]

SHORT = [
    "phí thi hành án",
    "tạm ứng chi phí cưỡng chế",
    "khóa tài khoản ngân hàng của con nợ",
    "hoãn thi hành án",
    "kê biên",
    "chấp hành viên",
]


@pytest.fixture(scope="module")
def build(settings: Settings, refresher: Refresher, embedder: Embedder) -> Build:
    return open_build(settings.path(settings.index.path), embedder)  # left open: the assistant reads the same one


@pytest.fixture(scope="module")
def likelihood(live: LiveKnowledge) -> Callable[[str], float]:
    knowledge = live()
    return lambda text: knowledge.field.likelihood(wording(text, knowledge.lists))


def test_the_field_keeps_others_out(likelihood: Callable[[str], float], settings: Settings) -> None:
    lines = (ROOT / "benchmarks" / "questions" / "out_of_field.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    assert len(questions) == 80
    taken_in = [text for text in questions if likelihood(text) >= settings.answers.min_likelihood]
    assert len(taken_in) <= 0.05 * len(questions), taken_in


@pytest.mark.parametrize("typed", [pytest.param(str, id="accented"), pytest.param(fold, id="unaccented")])
def test_the_field_takes_its_own_in(likelihood: Callable[[str], float], settings: Settings, typed: Callable[[str], str]) -> None:
    assert len(set(INSIDE)) == 40
    kept_out = [text for text in INSIDE if likelihood(typed(text)) < settings.answers.min_likelihood]
    assert len(kept_out) <= 0.03 * len(INSIDE), kept_out


@pytest.mark.parametrize("typed", [str, fold], ids=["accented", "unaccented"])
@pytest.mark.parametrize("text", SHORT)
def test_a_few_words_are_enough(
    likelihood: Callable[[str], float], settings: Settings, text: str, typed: Callable[[str], str]
) -> None:
    """As people type into a search box."""
    assert likelihood(typed(text)) >= settings.answers.min_likelihood


@pytest.mark.parametrize("text", ["", "???", "🙂", "asdf qwer zxcv", "12345"])
def test_nonsense_is_outside(likelihood: Callable[[str], float], settings: Settings, text: str) -> None:
    assert 0 <= likelihood(text) < settings.answers.min_likelihood


@pytest.mark.parametrize("text", INSIDE[:6])
def test_measures(live: LiveKnowledge, build: Build, embedder: Embedder, text: str) -> None:
    question = wording(text, live().lists)
    measures = Field(build, embedder, PLAIN).measures(question)
    assert measures.shape == (10,)
    assert all(-0.001 <= value <= 1.001 for value in measures[[0, 1, 2, 5, 8]])
    assert measures[9] in (0, 1, 2)
    assert (measures == Field(build, embedder, PLAIN).measures(question)).all()


def test_a_question_of_the_build_is_left_out_of_its_own_measure(live: LiveKnowledge, build: Build, embedder: Embedder) -> None:
    """Training must not see a question as its own nearest neighbour."""
    field = Field(build, embedder, PLAIN)
    for row in (0, 100, 1000):
        question = wording(build.questions[row].text, live().lists)
        with_it, without_it = field.measures(question), field.measures(question, without=row)
        assert with_it[1] >= without_it[1]
        assert with_it[3] > without_it[3]
        assert with_it[6] > without_it[6]


def test_weights_decide(live: LiveKnowledge, build: Build, embedder: Embedder) -> None:
    question = wording(INSIDE[0], live().lists)
    nothing = (0.0,) * 10
    assert Field(build, embedder, FieldWeights(nothing, 0.0)).likelihood(question) == pytest.approx(0.5)
    assert Field(build, embedder, FieldWeights(nothing, -20.0)).likelihood(question) < 0.001
    assert Field(build, embedder, FieldWeights(nothing, 20.0)).likelihood(question) > 0.999
    assert Field(build, embedder, PLAIN).likelihood(question) > 0.5


def test_weights_are_read_from_beside_the_model(tmp_path: Path) -> None:
    assert read_weights(tmp_path) == PLAIN
    (tmp_path / "field.json").write_text(json.dumps({"measures": [1, 2], "constant": 3}), encoding="utf-8")
    assert read_weights(tmp_path) == FieldWeights((1, 2), 3.0)


def test_the_shipped_weights_fit_the_measures(settings: Settings) -> None:
    shipped = read_weights(settings.path(settings.embedding.model))
    assert shipped != PLAIN
    assert len(shipped.measures) == 10


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Trừ thu nhập tối đa bao nhiêu?", id="the question itself"),
        pytest.param("Ngày 10/5/2024 trừ thu nhập tối đa bao nhiêu?", id="with a day"),
        pytest.param("Ngày 1/7/2026 trừ thu nhập tối đa bao nhiêu?", id="with the day of the change"),
        pytest.param("Luật mới trừ thu nhập tối đa bao nhiêu?", id="with its law"),
        pytest.param("So sánh mức trừ thu nhập giữa luật cũ và luật mới", id="old beside new"),
        pytest.param("Luật hiện hành khác luật trước đây chỗ nào về ưu tiên mua?", id="what differs"),
        pytest.param("Thời hạn khiếu nại đang chạy dở qua 1/7/2026 tính theo luật nào?", id="which law"),
    ],
)
def test_words_of_time_do_not_push_a_question_out(likelihood: Callable[[str], float], settings: Settings, text: str) -> None:
    assert likelihood(text) >= settings.answers.min_likelihood
