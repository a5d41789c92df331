"""Words that name a checklist, a list of cases, who is told or who works with whom are for the officers' sheets; all others are not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import officer_wishes
from bot.officer_wishes import OfficerWish
from knowledge.practice.officer_files import read_officer_files
from knowledge.spelling import WordLists, read_word_lists, wording
from tests.conftest import ROOT

LIBRARY = ROOT / "knowledge" / "library"
SHEETS = read_officer_files(LIBRARY / "officers")
ROWS = yaml.safe_load((Path(__file__).parent / "cases" / "officers.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lists() -> WordLists:
    return read_word_lists(LIBRARY / "words")


def wanted(text: str, lists: WordLists) -> list[str] | None:
    """The subject and the one sheet that a message is for, `menu` for all sheets of a subject, None for none."""
    wishes = officer_wishes.wishes(wording(text, lists).plain)
    for wish in wishes:
        if found := officer_wishes.called(wish.words, SHEETS[wish.subject]):
            return [wish.subject, " ".join(sheet.id for sheet in found)]
    return next(([wish.subject, "menu"] for wish in wishes if wish.whole), None)


@pytest.mark.parametrize("row", ROWS, ids=[row["says"] for row in ROWS])
def test_what_a_message_is_for(row: dict[str, Any], lists: WordLists) -> None:
    assert wanted(row["says"], lists) == row["for"]


def test_no_watched_question_is_taken_from_the_law(lists: WordLists) -> None:
    """The golden questions, and what people ask for single places of the law and for procedures."""
    golden = [
        json.loads(line)["question"] for path in (LIBRARY / "golden").glob("*.jsonl") for line in path.open(encoding="utf-8")
    ]
    assert len(golden) > 50
    assert [question for question in golden if wanted(question, lists)] == []


def asked() -> Iterator[str]:
    for path in sorted((LIBRARY / "asked").glob("*.yaml")):
        for questions in yaml.safe_load(path.read_text(encoding="utf-8")).values():
            yield from questions
    for path in sorted((LIBRARY / "procedures").glob("*.yaml")):
        yield from yaml.safe_load(path.read_text(encoding="utf-8"))["asks"]


def test_hardly_any_question_asked_of_the_law_is_taken(lists: WordLists) -> None:
    questions = list(asked())
    taken = [question for question in questions if wanted(question, lists)]
    assert len(questions) > 10_000
    assert len(taken) <= 3, taken


@pytest.mark.parametrize(
    "text",
    [
        "Thi hành án quân khu bác khiếu nại của hợp tác xã chúng tôi về việc giao kho. Khiếu nại tiếp gửi cho ai, bao giờ có hiệu lực?",
        "Văn phòng em vừa thỏa thuận với khách kết thúc vụ, thư ký tưởng ký biên bản là xong. Còn phải gửi thông báo cho ai, bao lâu?",
        "Văn thư em gửi quyết định thi hành án cho bị cáo đang ở trại tạm giam! Gửi cho ai, bằng hình thức nào?",
    ],
)
def test_a_case_that_is_told_first_is_no_wish_for_a_sheet(lists: WordLists, text: str) -> None:
    assert not wanted(text, lists)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        pytest.param("/danhsach", OfficerWish("lists", ""), id="all lists"),
        pytest.param("/hoso kê biên", OfficerWish("files", "kê biên"), id="words"),
        pytest.param("/hoso Kê biên tài sản phần 2", OfficerWish("files", "Kê biên tài sản", 2), id="a page"),
        pytest.param("/hoso ke bien trang 03", OfficerWish("files", "ke bien", 3), id="a page without accents"),
        pytest.param("/thong_bao@tro_ly cưỡng chế", OfficerWish("notices", "cưỡng chế"), id="underscore, the bot's name"),
        pytest.param("/PHOIHOP công an", OfficerWish("cooperation", "công an"), id="capitals"),
        pytest.param("/thutuc kê biên", None, id="a command of another desk"),
        pytest.param("hoso kê biên", None, id="no command"),
    ],
)
def test_commands(text: str, wish: OfficerWish | None) -> None:
    assert officer_wishes.command(text) == wish


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("án quá 3 năm chưa thi hành xong thì làm gì", "next"),
        ("ra khỏi diện chưa có điều kiện khi nào", "leaves"),
        ("checklist kê biên, hạn nào phải giữ", "checks"),
        ("checklist kê biên", ""),
    ],
)
def test_the_part_asked_for(text: str, part: str) -> None:
    assert officer_wishes.part(text) == part


def test_every_sheet_is_named_by_its_own_words() -> None:
    for sheets in SHEETS.values():
        for sheet in sheets:
            for name in (sheet.title, *sheet.called):
                assert officer_wishes.called(name, sheets) == [sheet], name
            assert officer_wishes.command(officer_wishes.write(sheet, 2)) == OfficerWish(sheet.subject, sheet.title, 2)
