"""Which messages ask for a paper, which one they mean, and which only speak of papers; what moves a form, what asks in the middle of one."""

from __future__ import annotations

import pytest
import yaml

from bot.form_wishes import Steer, asks, form_wish, nearest, steer
from knowledge.practice.form_files import read_forms
from knowledge.practice.forms import Field, FieldKind
from knowledge.spelling import WordLists, read_word_lists
from tests.conftest import ROOT, TODAY

LIBRARY = ROOT / "knowledge" / "library"
FORMS = read_forms(LIBRARY / "forms")


@pytest.fixture(scope="module")
def lists() -> WordLists:
    return read_word_lists(LIBRARY / "words")


WISHES = [
    ("làm đơn yêu cầu thi hành án", "request-enforcement"),
    ("viết giúp tôi đơn khiếu nại", "complaint"),
    ("mẫu đơn xin hoãn", "postponement"),
    ("viết giúp tôi đơn xin hoãn thi hành án được không?", "postponement"),
    ("mau don yc THA", "request-enforcement"),
    ("mẫu đơn yêu cầu thi hành án lấy ở đâu", "request-enforcement"),
    ("có mẫu giấy ủy quyền không", "authorisation"),
    ("soan giup em don to cao chv", "denunciation"),
    ("tôi muốn làm đơn khiếu nại lần hai", "complaint"),
    ("làm đơn xin miễn giảm phí thi hành án", "fee-relief"),
    ("cho tôi mẫu đơn xin giảm án phí", "budget-relief"),
    ("làm văn bản thỏa thuận trả dần", "agreement"),
    ("viết đơn đề nghị kê biên nhà", "coercion"),
    ("lam don xin doi chap hanh vien", "change-officer"),
    ("nhờ bot viết hộ đơn xin xác nhận đã thi hành án xong", "confirmation"),
    ("viết đơn xin giảm tiền phạt", "budget-relief"),
    ("/bieumau phong tỏa tài khoản", "preservation"),
    ("/bieumau đổi CHV", "change-officer"),
    ("/bieumau complaint", "complaint"),
    ("/BIEUMAU hoãn", "postponement"),
    ("/bieumau@ThadsBot ủy quyền", "authorisation"),
    ("/bieu_mau xác minh", "verification"),
    ("/bieumau giảm chi phí cưỡng chế", "coercion-cost-relief"),
]


@pytest.mark.parametrize(("said", "form"), WISHES, ids=[said for said, _ in WISHES])
def test_a_paper_is_wished_for(said: str, form: str, lists: WordLists) -> None:
    wish = form_wish(said)
    assert wish
    assert [each.id for each in nearest(wish, FORMS, lists, TODAY)] == [form]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_each_way_to_ask_for_a_form_reaches_it(form, lists: WordLists) -> None:
    for line in (form.title, *form.asks):
        assert nearest(line, FORMS, lists, TODAY)[0] is form, line


@pytest.mark.parametrize("said", ["/bieumau", "biểu mẫu", "danh sách biểu mẫu", "có những biểu mẫu nào", "cac mau don"])
def test_the_list_is_wished_for(said: str) -> None:
    assert form_wish(said) == ""


@pytest.mark.parametrize(
    "said", ["viết đơn ly hôn", "soạn đơn khởi kiện đòi nợ", "làm đơn xin nghỉ việc", "mẫu đơn đăng ký kết hôn", "/bieumau zzz"]
)
def test_a_paper_that_is_not_ours(said: str, lists: WordLists) -> None:
    wish = form_wish(said)
    assert wish is not None
    assert nearest(wish, FORMS, lists, TODAY) == []


@pytest.mark.parametrize(
    "said",
    [
        "làm đơn khiếu nại thì gửi ai",
        "tôi làm đơn yêu cầu thi hành án rồi mà chưa thấy trả lời",
        "làm đơn THA bao lâu thì có quyết định",
        "viết đơn khiếu nại có cần số căn cước không",
        "án phí có phải làm đơn thi hành án không",
        "mẫu đơn yêu cầu thi hành án theo thông tư nào",
        "đơn yêu cầu thi hành án gồm những gì",
        "không biết viết đơn, ra cơ quan nói miệng có được không",
        "nộp đơn ở đâu",
        "/thutuc yêu cầu thi hành án",
        "Thời hạn tự nguyện thi hành án là bao lâu?",
    ],
)
def test_a_question_that_only_speaks_of_papers(said: str) -> None:
    assert form_wish(said) is None


def test_questions_that_people_ask_are_no_wishes(lists: WordLists) -> None:
    """Of all the questions of the library at most a handful begin a form, and those name one."""
    asked: list[str] = []
    for path in sorted((LIBRARY / "asked").glob("*.yaml")):
        for lines in yaml.safe_load(path.read_text(encoding="utf-8")).values():
            asked += [line for line in (lines if isinstance(lines, list) else []) if isinstance(line, str)]
    assert len(asked) > 3_000
    taken = [line for line in asked if (wish := form_wish(line)) and nearest(wish, FORMS, lists, TODAY)]
    assert taken == []


STEERS: list[tuple[str, Steer | None]] = [
    ("bỏ qua", "skip"),
    ("bo qua nhe", "skip"),
    ("không có", "skip"),
    ("chưa biết", "skip"),
    ("quay lại", "back"),
    ("sửa lại", "back"),
    ("nhầm rồi", "back"),
    ("dừng", "stop"),
    ("Dừng lại", "stop"),
    ("dung lai", "stop"),
    ("hủy", "stop"),
    ("thôi", "stop"),
    ("xong", "finish"),
    ("lấy tệp luôn", "finish"),
    ("Dũng", None),
    ("Dung", None),
    ("Huy", None),
    ("Thới", None),
    ("xong hết các khoản tiền rồi", None),
    ("không có tài sản gì", None),
    ("tiếp tục", None),
]


@pytest.mark.parametrize(("said", "where"), STEERS, ids=[said for said, _ in STEERS])
def test_steering(said: str, where: Steer | None) -> None:
    assert steer(said, Field("f", "F", "F?", "text", True)) == where


@pytest.mark.parametrize(
    ("kind", "required", "where"),
    [("text", False, "skip"), ("lines", False, "skip"), ("text", True, None), ("choice", False, None)],
)
def test_a_mere_no(kind: FieldKind, required: bool, where: Steer | None) -> None:
    assert [steer(said, Field("f", "F", "F?", kind, required)) for said in ("không", "ko", "Chưa.")] == [where] * 3


INQUIRIES: list[tuple[FieldKind, str, bool]] = [
    ("text", "Thời hạn tự nguyện là bao lâu?", True),
    ("text", "cho hỏi phí thi hành án bao nhiêu", True),
    ("text", "/phi 350 triệu", True),
    ("text", "Nguyễn Thị Mây", False),
    ("text", "Trần Văn Sao", False),
    ("lines", "Chấp hành viên không nói vì sao kê biên nhà tôi", False),
    ("lines", "Vì sao chấp hành viên kê biên nhà tôi?", True),
    ("date", "không nhớ", False),
    ("date", "thời hạn khiếu nại là bao lâu", True),
    ("money", "350 triệu", False),
    ("money", "phí thi hành án bao nhiêu", True),
    ("identity", "căn cước là gì", True),
]


@pytest.mark.parametrize(("kind", "said", "asking"), INQUIRIES, ids=[f"{kind}: {said}" for kind, said, _ in INQUIRIES])
def test_a_question_in_the_middle(kind: FieldKind, said: str, asking: bool) -> None:
    assert asks(said, Field("f", "F", "F?", kind, True)) == asking
