"""The officers' desk: a sheet is read page by page on a phone, by numbers or by commands; what is for staff only is shown to staff only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot import officer_texts
from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.desk import Notes, Visit
from bot.evidence import Evidence
from bot.message import Answer, Question
from bot.officer_desk import OfficerDesk
from bot.officer_pages import pages
from bot.officer_wishes import write
from bot.proofs import prove_again
from bot.serve import LiveKnowledge
from tests.conftest import TODAY

DECREE = "152/2026/NĐ-CP"


def say(assistant: Assistant, name: str | None, text: str, on: date | None = None) -> Answer:
    return assistant.answer(Question(text, "test", conversation=name, as_of=on))


def test_every_page_of_every_sheet_fits_and_is_proven(assistant: Assistant, live: LiveKnowledge, settings: Settings) -> None:
    room = settings.answers.answer_limit
    count = 0
    for sheets in live().sheets.values():
        for sheet in sheets:
            first = say(assistant, None, write(sheet))
            assert first.text.startswith(sheet.title)
            shown = pages(sheet, Evidence(live().library, ""), room)
            for page in range(1, len(shown) + 1):
                answer = say(assistant, "all pages", write(sheet, page))
                assert answer.kind == "procedure"
                assert len(answer.text) <= room, (sheet.id, page)
                assert answer.citations, sheet.id
                assert len(answer.options) == len(shown) - 1
                count += 1
            assert tuple(line for page in shown for line in page.lines) == sheet.lines
    assert count > 100


def test_a_list_is_chosen_and_turned_over(assistant: Assistant) -> None:
    menu = say(assistant, "turn", "/danhsach")
    assert menu.kind == "answer"
    assert menu.options[1] == "Việc chưa có điều kiện thi hành"
    assert assistant.awaits_number("turn")
    first = say(assistant, "turn", "2")
    assert first.text.startswith("Việc chưa có điều kiện thi hành (Phần 1/")
    assert "Vào khi nào" in first.text
    assert ("106/2025/QH15", "38", "1", "a") in [(c.document, c.article, c.clause, c.point) for c in first.citations]
    assert first.options
    second = say(assistant, "turn", "xem tiếp")
    assert "(Phần 2/" in second.text
    back = say(assistant, "turn", str(len(second.options)))
    assert back.text == first.text


def test_a_number_after_another_question_is_no_page(assistant: Assistant) -> None:
    say(assistant, "left", "/hoso kê biên")
    say(assistant, "left", "Thời hạn tự nguyện thi hành án là bao lâu?")
    assert not assistant.awaits_number("left")


def test_without_a_conversation_the_next_page_is_named_by_its_command(assistant: Assistant) -> None:
    answer = say(assistant, None, "/hoso kê biên")
    assert answer.text.endswith(officer_texts.choose("/hoso Kê biên tài sản phần 2"))
    assert "(Phần 2/" in say(assistant, None, "/hoso Kê biên tài sản phần 2").text


@pytest.mark.parametrize(
    ("text", "title", "says"),
    [
        pytest.param("án quá 3 năm chưa thi hành xong thì làm gì", "Việc quá 03 năm", "Làm gì tiếp", id="what to do next"),
        pytest.param(
            "phải thông báo quyết định kê biên cho ai, khi nào", "Quyết định kê biên", "03 ngày làm việc trước kê biên", id="told"
        ),
        pytest.param("phối hợp với công an khi cưỡng chế thế nào", "Công an", "công an cấp xã", id="partner"),
        pytest.param("checklist ho so ke bien", "Kê biên tài sản", "Biên bản kê biên", id="check of a file, unaccented"),
        pytest.param("/phoihop với ngân hàng", "Ngân hàng Nhà nước", "24 giờ kể từ khi", id="a limit of hours"),
    ],
)
def test_everyday_words_reach_the_sheet(assistant: Assistant, text: str, title: str, says: str) -> None:
    answer = say(assistant, None, text)
    assert answer.kind == "procedure"
    assert answer.text.startswith(title)
    assert says in answer.text


def test_what_the_law_does_not_say_is_said(assistant: Assistant) -> None:
    answer = say(assistant, None, "/danhsach quá 3 năm")
    assert any("mốc 03 năm không có trong Luật" in warning for warning in answer.warnings)


def test_words_that_no_sheet_has_bring_the_menu(assistant: Assistant) -> None:
    answer = say(assistant, "unknown", "/thongbao abcxyz")
    assert answer.kind == "clarification"
    assert answer.text.startswith(officer_texts.NO_SHEET.format(words="abcxyz"))
    assert len(answer.options) > 15


def test_words_of_two_sheets_are_asked_back(assistant: Assistant) -> None:
    answer = say(assistant, "two", "/hoso kê biên và đấu giá")
    assert (answer.kind, answer.options) == ("clarification", ("Kê biên tài sản", "Bán tài sản, đấu giá"))
    assert say(assistant, "two", "2").text.startswith("Bán tài sản, đấu giá")


def test_a_page_that_is_not_there(assistant: Assistant) -> None:
    answer = say(assistant, None, "/hoso kê biên phần 99")
    assert answer.kind == "clarification"
    assert "chỉ có" in answer.text


def test_not_for_a_day_of_the_old_law(assistant: Assistant) -> None:
    day = date(2024, 5, 10)
    assert say(assistant, None, "/hoso kê biên", day).text == officer_texts.NOT_THEN.format(on="10/5/2024")
    assert say(assistant, None, "checklist hồ sơ kê biên", day).kind != "procedure"


def test_a_page_can_be_proven_again(assistant: Assistant, database: Database, settings: Settings, live: LiveKnowledge) -> None:
    answer = say(assistant, "proof", "phải thông báo quyết định kê biên cho ai, khi nào")
    assert prove_again(answer.receipt, database, settings, live(), lambda name: live(), TODAY).rebuilt == "same"
    turned = say(assistant, "proof", "tiếp")
    assert prove_again(turned.receipt, database, settings, live(), lambda name: live(), TODAY).rebuilt == "same"


@pytest.mark.parametrize("staff", [True, False])
def test_lines_that_stand_on_staff_documents_are_for_staff(live: LiveKnowledge, database: Database, staff: bool) -> None:
    """The decree is made a staff document: whoever is no staff sees no line of it, and no sheet that has no other."""
    held = live()
    documents = tuple(replace(d, audience="staff") if d.number == DECREE else d for d in held.library.documents)
    library = replace(held.library, documents=documents).open_to(staff=staff)
    visit = Visit(None, replace(held, library=library), Evidence(library, ""), TODAY, 0.0)
    desk = OfficerDesk(visit, Notes(database, None, "officers", None))
    answer = Answer("", TODAY, "staff" if staff else "citizen", "refusal", "")
    told = desk.reply(answer, "/phoihop công an")
    assert told is not None
    assert (DECREE in {c.document for c in told.answer.citations}) == staff
    assert told.answer.text.startswith("Công an") == staff
    menu = desk.reply(answer, "/thongbao")
    assert menu is not None
    assert ("Thông báo gửi lại yêu cầu thi hành án" in menu.answer.options) == staff
