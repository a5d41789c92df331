"""Questions with figures are worked out, those that lack a fact ask for it, and all others are left to the law."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
import yaml

from bot.sums import Missing, Sum
from bot.sums.asked import Worked
from tests.bot.sums.conftest import LIBRARY

WORKED = [
    ("500 triệu thì phí bao nhiêu", "15.000.000 đồng"),
    ("500tr phí bn", "15.000.000 đồng"),
    ("tôi nhận 350 triệu sau cưỡng chế bị trừ phí bao nhiêu", "10.500.000 đồng"),
    ("toi nhan 350 trieu sau cuong che bi tru phi bao nhieu", "10.500.000 đồng"),
    ("Tôi được trả 350 triệu sau khi thi hành án cưỡng chế thì bị trừ phí bao nhiêu?", "10.500.000 đồng"),
    ("thắng kiện lấy về 80 triệu có mất phí không, bao nhiêu", "2.400.000 đồng"),
    ("cưỡng chế xong tôi lĩnh 350 triệu thì nhà nước thu phí mấy đồng", "10.500.000 đồng"),
    ("nhận 350.000.000đ thì đóng phí THA bao nhiêu?", "10.500.000 đồng"),
    ("nhận được 1 tỷ 2 thì phải nộp phí THA bao nhiêu?", "36.000.000 đồng"),
    ("nhan 6 ty dong thi phi thi hanh an la bao nhieu", "170.000.000 đồng"),
    ("nhận 5.060.000 đồng có phải nộp phí thi hành án không", "Không phải nộp phí"),
    ("ngày 10/5/2024 nhận 3.600.000 đồng phải nộp phí bao nhiêu", "Không phải nộp phí"),
    ("ngày 10/5/2024 nhận 4.700.000 đồng phải nộp phí bao nhiêu", "141.000 đồng"),
    ("được thi hành án 2 tỷ trong thời hạn tự nguyện thì nộp phí bao nhiêu", "Không phải nộp phí"),
    ("hết thời hạn tự nguyện mới nhận 500 triệu thì phí bao nhiêu", "15.000.000 đồng"),
    ("hai bên tự thỏa thuận giao 500 triệu thì nộp phí bao nhiêu", "5.000.000 đồng"),
    ("nhận quyết định ngày 3/8/2026 thì hạn tự nguyện đến ngày nào", "13/8/2026"),
    ("nhan qd thi hanh an ngay 3/8/2026 thi han tu nguyen den ngay nao", "13/8/2026"),
    ("nhận QĐ THA hôm qua, tự nguyện đến hết ngày nào", "02/12/2026"),
    ("nhận quyết định thi hành án ngày 5/8/2026, thời hạn tự nguyện đến khi nào", "17/8/2026"),
    ("bản án có hiệu lực 15/3/2022, đến khi nào hết thời hiệu yêu cầu thi hành án", "15/3/2027"),
    ("ban an co hieu luc 15/3/2022 den khi nao het thoi hieu yeu cau tha", "15/3/2027"),
    ("bản án có hiệu lực từ 15/3/2021 giờ còn yêu cầu thi hành án được không", "đã hết thứ hai 16/3/2026"),
    ("lương 12 triệu vùng 1 không nuôi ai bị trừ tối đa bao nhiêu", "6.690.000 đồng"),
    ("lương 12 triệu vùng I nuôi 2 con bị trừ tối đa bao nhiêu", "Không trừ được"),
    ("luong 20tr vung II nuoi 1 con bi tru toi da bn", "10.540.000 đồng"),
    ("lương hưu 9 triệu bị trừ nhiều nhất bao nhiêu, vùng 3, 1 người", "720.000 đồng"),
    ("ngày 5/5/2025 lương 12 triệu bị trừ tối đa bao nhiêu", "3.600.000 đồng"),
    ("thời hạn khiếu nại quyết định cưỡng chế nhận ngày 3/8/2026", "03/9/2026"),
    ("thoi han khieu nai quyet dinh thi hanh an nhan ngay 3/8/2026 den khi nao", "18/8/2026"),
    ("nhận quyết định giải quyết khiếu nại lần đầu ngày 3/8/2026, khiếu nại lần hai đến ngày nào", "18/8/2026"),
    ("nộp đơn yêu cầu thi hành án ngày 2/11/2026 thì đến ngày nào ra quyết định", "09/11/2026"),
    ("trúng đấu giá ngày 2/11/2026 thì phải nộp đủ tiền đến ngày nào", "02/12/2026"),
]


@pytest.mark.parametrize(("question", "says"), WORKED, ids=[question for question, _ in WORKED])
def test_worked_out(question: str, says: str, worked: Callable[[str], Worked]) -> None:
    result = worked(question)
    assert isinstance(result, Sum)
    assert says in result.result
    assert any(step.basis for step in result.steps)


RULES = [
    "mức phí thi hành án dân sự là bao nhiêu",
    "ai phải nộp phí thi hành án",
    "thời hạn tự nguyện thi hành án là bao lâu",
    "thời hiệu yêu cầu thi hành án là mấy năm",
    "lương bị trừ tối đa bao nhiêu phần trăm",
    "thời hạn khiếu nại là bao lâu",
    "500 triệu thì án phí bao nhiêu",
    "tôi phải trả 500 triệu thì phí bao nhiêu",
    "500 triệu thì chi phí cưỡng chế bao nhiêu",
    "nhận 200 triệu trong 500 triệu thì phí bao nhiêu",
    "nhận từ 5 đến 7 tỷ thì phí bao nhiêu",
    "năm 2023 nhận 500 triệu thì phí bao nhiêu",
    "người phải thi hành án yêu cầu 500 triệu thì nộp phí bao nhiêu",
    "bản án có hiệu lực ngày 15/3/2018 nhưng tôi nằm viện thì còn yêu cầu thi hành án được không",
    "bản án ngày 15/3/2022 còn yêu cầu thi hành án được không",
    "bản án có hiệu lực tháng 3/2022, đến khi nào hết thời hiệu yêu cầu thi hành án",
    "bản án có hiệu lực 31/2/2022, đến khi nào hết thời hiệu yêu cầu thi hành án",
    "lương 12 triệu đang trả nợ ngân hàng bị trừ tối đa bao nhiêu",
    "thu nhập kinh doanh 12 triệu bị trừ bao nhiêu",
    "tòa tuyên trả tôi 500 triệu, họ không trả thì sao",
    "quyết định ngày 3/8/2026 thì hạn tự nguyện đến ngày nào",
    "thời hạn giải quyết khiếu nại nhận ngày 3/8/2026",
]


@pytest.mark.parametrize("question", RULES)
def test_left_to_the_law(question: str, worked: Callable[[str], Worked]) -> None:
    assert worked(question) is None


@pytest.mark.parametrize(
    ("question", "options"),
    [
        pytest.param("tính giúp tôi phí thi hành án", 0, id="the amount"),
        pytest.param("lương 12 triệu bị trừ tối đa bao nhiêu", 0, id="region and dependants"),
        pytest.param("lương 12 triệu bị trừ tối đa bao nhiêu – vùng 2", 0, id="dependants"),
        pytest.param("lương 12 triệu nuôi 1 con bị trừ tối đa bao nhiêu", 0, id="region"),
        pytest.param("thời hạn khiếu nại quyết định nhận ngày 3/8/2026", 5, id="what is complained about"),
    ],
)
def test_asks_what_is_missing(question: str, options: int, worked: Callable[[str], Worked]) -> None:
    missing = worked(question)
    assert isinstance(missing, Missing)
    assert len(missing.options) == options
    for option in missing.options:  # each reply leads to a result
        assert isinstance(worked(f"{question} – {option}"), Sum)


def asked_for_rules() -> Iterator[str]:
    """What people ask for single places of the law, and the questions whose answers are watched."""
    for path in sorted((LIBRARY / "asked").glob("*.yaml")):
        for questions in yaml.safe_load(path.read_text(encoding="utf-8")).values():
            yield from questions
    for path in sorted((LIBRARY / "golden").glob("*.jsonl")):
        yield from (json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines() if line)


def test_questions_for_rules_are_no_sums(worked: Callable[[str], Worked]) -> None:
    """Of more than ten thousand questions only those are worked out that give an amount and ask for its fee."""
    found = [q for q in asked_for_rules() if worked(q) is not None]
    assert 0 < len(found) <= 10
    assert all("phí" in question and "bao nhiêu" in question and ("triệu" in question or "tỷ" in question) for question in found)
