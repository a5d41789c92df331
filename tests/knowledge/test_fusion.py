"""The fusion: what it is told, what it changes, and that it stays out where it knows nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.config import Settings
from bot.serve import LiveKnowledge
from knowledge import features
from knowledge.build import Build
from knowledge.embedding import Embedder
from knowledge.errors import BuildError
from knowledge.fusion import FILE, NAMES, Evidence, best_two, numbers
from knowledge.index import index_passages, open_build
from knowledge.passages import passages_of
from knowledge.ranker import Ranker, read_ranker
from knowledge.refresh import Refresher
from knowledge.search import Search, Weights
from knowledge.signals import MOST_ASKED, OF_PLACES
from knowledge.spelling import Wording, wording
from tests.conftest import TODAY

QUESTIONS = [
    "Hết thời hạn tự nguyện thì Chấp hành viên phải xác minh trong mấy ngày?",
    "nha o duy nhat co bi ke bien khong",
    "Tôi trúng đấu giá căn nhà, nộp đủ tiền ba tháng rồi mà chủ cũ không dọn. Bao lâu tôi được giao nhà, ai lo việc đó?",
    "Chồng cũ nợ cấp dưỡng, lương anh ấy chỉ năm triệu. Trừ lương được không, phải để lại cho anh ấy bao nhiêu?",
    "Viện kiểm sát kháng nghị quyết định thi hành án trong thời hạn nào?",
]
# Asked of the decrees on offices and on fishing boats, in the words of the decrees as people would have them who read the news.
OF_NEW_LAW = [
    ("151/2026/NĐ-CP", "30", "Vi bằng phải được lập như thế nào, có cần Thừa hành viên trực tiếp chứng kiến không?"),
    ("151/2026/NĐ-CP", "4", "Muốn được bổ nhiệm Thừa hành viên cần tiêu chuẩn gì về bằng cấp và tập sự?"),
    (
        "151/2026/NĐ-CP",
        "18",
        "Văn phòng thi hành án dân sự phải mua bảo hiểm trách nhiệm nghề nghiệp cho Thừa hành viên khi nào?",
    ),
    ("67/2014/NĐ-CP", "5", "Ngân sách hỗ trợ bao nhiêu phần trăm phí bảo hiểm thân tàu và bảo hiểm thuyền viên?"),
    ("67/2014/NĐ-CP", "6", "Tàu cá được miễn thuế tài nguyên và lệ phí trước bạ những khoản nào?"),
]


def evidence(count: int) -> Evidence:
    ramp = np.linspace(0, 1, count, dtype=np.float32)
    table = np.tile(ramp[:, None], (1, MOST_ASKED))
    told = np.zeros((count, len(features.NAMES)), dtype=np.float32)
    return Evidence(
        [(ramp, ramp / 2)] * len(OF_PLACES), ramp, ramp, table, 10 * table, 3 * ramp, 5 * ramp, ramp, np.arange(count), told
    )


@pytest.fixture(scope="module")
def trained(settings: Settings) -> tuple[Ranker, Ranker]:
    model = settings.path(settings.embedding.model)
    ranker, fusion = read_ranker(model), read_ranker(model, FILE, NAMES)
    assert ranker
    assert fusion
    return ranker, fusion


@pytest.fixture(scope="module")
def build(settings: Settings, refresher: Refresher, embedder: Embedder) -> Build:
    return open_build(settings.path(settings.index.path), embedder)  # left open: the assistant reads the same one


@pytest.fixture(scope="module")
def unasked(live: LiveKnowledge, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """The library as if two decrees had come in yesterday, and nobody had asked about them."""
    library = live().library
    passages = [passage for document in library.documents for passage in passages_of(document)]
    new = {key for key, document in library.by_key.items() if document.number in {number for number, _, _ in OF_NEW_LAW}}
    made = index_passages(
        tmp_path_factory.mktemp("unasked"), passages, embedder, [asked for asked in library.asked if asked.document not in new]
    )
    yield made
    made.close()


@pytest.fixture(scope="module")
def word(live: LiveKnowledge) -> Callable[[str], Wording]:
    lists = live().lists
    return lambda text: wording(text, lists)


@pytest.mark.parametrize(
    ("share", "back", "expected"),
    [
        pytest.param([0.5, 0.9, 0.1], [0, 0, 1], ([0.9, 0.1], [0.5, 0]), id="two places and one"),
        pytest.param([0.3], [0], ([0.3], [0]), id="one"),
        pytest.param([0.2, 0.7, 0.2, 0.4], [1, 0, 0, 1], ([0.7, 0.4], [0.2, 0.2]), id="in any order"),
        pytest.param([0, 0], [0, 0], ([0], [0]), id="nothing"),
    ],
)
def test_the_best_two_places(share: list[float], back: list[int], expected: tuple[list[float], list[float]]) -> None:
    found = best_two(np.array(share, dtype=np.float32), np.array(back, dtype=np.int64))
    assert tuple(column.tolist() for column in found) == tuple(pytest.approx(column) for column in expected)


@pytest.mark.parametrize("count", [1, 2, 64])
def test_what_it_is_told(count: int) -> None:
    table = numbers(evidence(count), length=12, accented=True)
    assert table.shape == (count, len(NAMES))
    assert np.isfinite(table).all()
    best = dict(zip(NAMES, table[-1].tolist(), strict=True))
    assert (best["ranker"], best["sum"], best["question_length"], best["question_accented"]) == (0, 0, 12, 1)
    if count > 1:
        first = dict(zip(NAMES, table[0].tolist(), strict=True))
        assert (first["ranker"], first["sum"], first["asked_words_1"]) == (-3, -5, 0)
        assert (best["asked_words_1"], best["asked_itself_1"], best["questions"]) == (1, 1, count - 1)


def test_the_shipped_one_tells_articles_apart(trained: tuple[Ranker, Ranker]) -> None:
    scores = trained[1].scores(numbers(evidence(20), length=12, accented=True))
    assert np.isfinite(scores).all()
    assert scores[-1] > scores[0]


@pytest.mark.parametrize("text", QUESTIONS)
def test_it_decides_and_says_so(
    build: Build, embedder: Embedder, trained: tuple[Ranker, Ranker], word: Callable[[str], Wording], text: str
) -> None:
    ranker, fusion = trained
    plain = {
        a.best.passage.article_key: a for a in Search(build, embedder, ranker=ranker).find(word(text), TODAY, "citizen", 400)
    }
    found = Search(build, embedder, ranker=ranker, fusion=fusion).find(word(text), TODAY, "citizen", 10)
    fused = [dict(article.best.why).get("fused", 0.0) for article in found]
    sums = [plain[article.best.passage.article_key].score for article in found]
    together = [share + total for share, total in zip(fused, sums, strict=True)]
    assert 0 < max(fused) <= Weights().fused
    assert together == pytest.approx(sorted(together, reverse=True), abs=0.001)
    assert [article.score for article in found] == pytest.approx(np.minimum.accumulate(sums).tolist())


@pytest.mark.parametrize("text", QUESTIONS)
def test_without_a_ranker_or_questions_it_stays_out(
    build: Build, embedder: Embedder, trained: tuple[Ranker, Ranker], word: Callable[[str], Wording], text: str
) -> None:
    alone = Search(build, embedder, fusion=trained[1]).find(word(text), TODAY, "citizen")
    assert alone == Search(build, embedder).find(word(text), TODAY, "citizen")
    assert all("fused" not in dict(article.best.why) for article in alone)


@pytest.mark.parametrize(("document", "article", "text"), OF_NEW_LAW)
def test_new_law_is_found_before_anybody_asked_about_it(
    unasked: Build,
    embedder: Embedder,
    trained: tuple[Ranker, Ranker],
    word: Callable[[str], Wording],
    document: str,
    article: str,
    text: str,
) -> None:
    ranker, fusion = trained
    found = Search(unasked, embedder, ranker=ranker, fusion=fusion).find(word(text), TODAY, "citizen", 3)
    assert (document, article) in [(hit.best.passage.citation.number, hit.best.passage.citation.article) for hit in found]


def test_a_file_of_other_numbers_is_refused(settings: Settings, tmp_path: Path) -> None:
    shipped = settings.path(settings.embedding.model) / FILE
    (tmp_path / FILE).write_text(shipped.read_text(encoding="utf-8").replace('"standing"', '"standings"'), encoding="utf-8")
    with pytest.raises(
        BuildError, match=r"fusion.json cannot be used: trained on other features.*python -m training --only fusion"
    ):
        read_ranker(tmp_path, FILE, NAMES)
