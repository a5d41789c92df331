"""Conversations that fill a form: asked field by field, corrected, left and resumed, given up; the paper at the end, and nothing else kept."""

from __future__ import annotations

import json
from io import BytesIO

import docx
import pytest
from sqlalchemy import text

from bot import form_texts, guidance_texts, texts
from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.message import Answer, Question
from bot.proofs import prove_again
from bot.serve import LiveKnowledge
from tests.conftest import TODAY

TYPED = [
    "Cơ quan thi hành án dân sự tỉnh Bắc Ninh",
    "Nguyễn Thị Hoà Đặc Biệt",
    "001 085 012 345",
    "Thôn 1, xã A, tỉnh Bắc Ninh",
    "0912345678",
    "2",
    "Bản án số 15/2026/DS-ST",
    "12/5/2026",
    "Tòa án nhân dân khu vực 1 – Bắc Ninh",
    "bỏ qua",
    "bỏ qua",
    "1",
    "Bên được thi hành án đồng ý.\nCó giấy kèm theo {{ 7*7 }}.",
    "toàn bộ, đến hết ngày 31/12/2026",
    "bỏ qua",
    "Bắc Ninh",
    "hôm nay",
]
PRIVATE = ("001085012345", "001 085 012 345", "Hoà Đặc Biệt", "0912345678", "Có giấy kèm theo")


def say(assistant: Assistant, name: str, text: str) -> Answer:
    return assistant.answer(Question(text, "test", conversation=name))


def filled(assistant: Assistant, name: str) -> Answer:
    answer = say(assistant, name, "viết giúp tôi đơn xin hoãn thi hành án")
    for said in TYPED:
        assert answer.kind == "clarification", answer.text
        answer = say(assistant, name, said)
    return answer


def words(assistant: Assistant, answer: Answer) -> str:
    found = assistant.file(answer.files[0].key)
    assert found
    return "\n".join(p.text for p in docx.Document(BytesIO(found[1])).paragraphs)


def test_filled_from_a_wish_to_the_paper(assistant: Assistant) -> None:
    answer = filled(assistant, "whole")
    assert (answer.kind, [file.name for file in answer.files]) == ("procedure", ["don-de-nghi-hoan-thi-hanh-an.docx"])
    paper = words(assistant, answer)
    for stands in (
        "Kính gửi: Cơ quan thi hành án dân sự tỉnh Bắc Ninh",
        "Người làm đơn: Nguyễn Thị Hoà Đặc Biệt",  # the tone where she writes it
        "Số định danh: 001085012345",
        "Tư cách: người phải thi hành án",
        "Bản án số 15/2026/DS-ST, ngày 12 tháng 5 năm 2026, của Tòa án nhân dân khu vực 1 – Bắc Ninh",
        "số ………………",
        "Bên được thi hành án đồng ý.\nCó giấy kèm theo {{ 7*7 }}.",
        "Bắc Ninh, ngày 23 tháng 11 năm 2026",
    ):
        assert stands in paper
    assert "• Tư cách: người phải thi hành án" in answer.text
    assert "Để trống, ghi tay sau: Quyết định thi hành án số; Ngày quyết định thi hành án; Tài liệu kèm theo." in answer.text
    assert "Nộp ở đâu: Thủ trưởng cơ quan thi hành án dân sự đang thi hành" in answer.text
    assert {(c.document, c.article, c.clause) for c in answer.citations} == {
        ("106/2025/QH15", "46", "1"),
        ("106/2025/QH15", "46", "3"),
    }
    assert any("mẫu đó được dùng trước" in warning for warning in answer.warnings)
    assert form_texts.KEPT.format(hours=24) in answer.text
    assert not assistant.awaits_number("whole")


def test_nothing_typed_is_kept_beside_the_paper(assistant: Assistant, database: Database) -> None:
    """Not in the turns, not under the receipt, not in the state, once the paper is made; only in the paper itself."""
    answer = filled(assistant, "private")
    with database.transaction() as connection:
        rows = [
            repr(tuple(row))
            for table in ("turns", "receipts", "states", "feedback")
            for row in connection.execute(text(f"select * from {table}"))
        ]
    assert answer.receipt in "".join(rows)
    for secret in PRIVATE:
        assert not [row for row in rows if secret in row], secret
    assert PRIVATE[0] in words(assistant, answer)


def test_the_receipt_proves_the_form_without_the_person(
    assistant: Assistant, database: Database, settings: Settings, live: LiveKnowledge
) -> None:
    answer = filled(assistant, "proof")
    proof = prove_again(answer.receipt, database, settings, live(), lambda name: live(), TODAY)
    assert proof.rebuilt == "same"
    assert not any(secret in json.dumps(proof.as_json(), ensure_ascii=False) for secret in PRIVATE)


def test_one_question_after_another(assistant: Assistant) -> None:
    first = say(assistant, "steps", "/bieumau complaint")
    assert first.text.startswith("Đơn khiếu nại về thi hành án dân sự\n")
    assert form_texts.HOW_IT_GOES in first.text
    assert "(1/16) Khiếu nại lần thứ mấy?" in first.text
    assert (first.options, first.receipt != "") == (("lần đầu", "lần hai"), True)
    assert first.text.endswith(f"1. lần đầu\n2. lần hai\n{texts.CHOOSE_NUMBER}")
    second = say(assistant, "steps", "2")
    assert "(2/16) Đơn gửi ai giải quyết?" in second.text
    assert form_texts.HOW_IT_GOES not in second.text
    assert second.receipt != first.receipt, "a button of a question that has passed is known by its number"
    assert assistant.awaits_number("steps")


def test_what_does_not_fit_is_asked_again_with_the_reason(assistant: Assistant) -> None:
    for said in ("/bieumau change-officer", "Cơ quan A", "Lan"):
        say(assistant, "again", said)
    answer = say(assistant, "again", "12345")
    assert answer.text.startswith(form_texts.NO_IDENTITY)
    assert "(3/14)" in answer.text
    assert "(4/14)" in say(assistant, "again", "001085012345").text


def test_what_must_be_told_is_not_passed_over(assistant: Assistant) -> None:
    say(assistant, "must", "/bieumau complaint")
    answer = say(assistant, "must", "bỏ qua")
    assert answer.text.startswith(form_texts.MUST_TELL)
    assert "(1/16)" in answer.text


def test_back_and_corrected(assistant: Assistant) -> None:
    say(assistant, "back", "/bieumau verification")
    assert form_texts.NOTHING_BEFORE in say(assistant, "back", "quay lại").text
    say(assistant, "back", "Cơ quan A")
    say(assistant, "back", "Trần Thị Nhầm")
    assert "(2/" in say(assistant, "back", "quay lại").text
    say(assistant, "back", "Trần Thị Đúng")
    paper = words(assistant, say(assistant, "back", "xong"))
    assert "Trần Thị Đúng" in paper
    assert "Nhầm" not in paper


def test_taken_early_the_rest_is_left_for_the_hand(assistant: Assistant) -> None:
    say(assistant, "early", "/bieumau denunciation")
    say(assistant, "early", "Thủ trưởng cơ quan thi hành án dân sự tỉnh A")
    answer = say(assistant, "early", "xong")
    assert answer.kind == "procedure"
    paper = words(assistant, answer)
    assert "Kính gửi: Thủ trưởng cơ quan thi hành án dân sự tỉnh A" in paper
    assert "Người tố cáo: …" in paper


def test_a_question_in_between(assistant: Assistant) -> None:
    say(assistant, "between", "/bieumau verification")
    before = say(assistant, "between", "Cơ quan A")
    between = say(assistant, "between", "Thời hạn tự nguyện thi hành án là bao lâu?")
    assert (between.kind, between.citations[0].article) == ("answer", "36")
    assert between.text.endswith(form_texts.RESUME.format(title="Đơn đề nghị xác minh điều kiện thi hành án"))
    assert not assistant.awaits_number("between"), "a number now opens an article of the answer"
    assert say(assistant, "between", "tiếp tục").text == before.text
    assert "(3/" in say(assistant, "between", "Lê Văn Ba").text


def test_a_sum_in_between(assistant: Assistant) -> None:
    say(assistant, "sum", "/bieumau verification")
    assert say(assistant, "sum", "/phi 350 triệu").kind == "calculation"
    assert "(1/" in say(assistant, "sum", "tiếp tục").text


def test_an_answer_is_no_sum_and_no_procedure(assistant: Assistant) -> None:
    """While a form is filled, words that would begin something else stand in the field."""
    for said in (
        "/bieumau budget-relief",
        "Cơ quan A",
        "Lan",
        "bỏ qua",
        "001085012345",
        "Xã A",
        "bỏ qua",
        "Bản án số 1",
        "1/2/2020",
        "TAND A",
    ):
        say(assistant, "field", said)
    for said in ("bỏ qua", "bỏ qua", "án phí 20 triệu, phí thi hành án", "0 đồng", "20 triệu"):
        answer = say(assistant, "field", said)
    assert "Đề nghị xét miễn hay giảm?" in answer.text
    say(assistant, "field", "1")
    told = "Tôi bị bệnh nặng, vợ chồng tôi không có việc làm, tôi phải nuôi hai con nhỏ"
    assert "Gửi kèm đơn những giấy tờ nào?" in say(assistant, "field", told).text
    assert told in words(assistant, say(assistant, "field", "xong"))


def test_stopped(assistant: Assistant, database: Database) -> None:
    say(assistant, "stopped", "/bieumau change-officer")
    say(assistant, "stopped", "Cơ quan Bí Mật")
    assert say(assistant, "stopped", "dừng").text == form_texts.STOPPED.format(title="Đơn yêu cầu thay đổi Chấp hành viên")
    assert say(assistant, "stopped", "tiếp tục").text == guidance_texts.NOTHING_TO_RESUME
    with database.transaction() as connection:
        assert not list(connection.execute(text("select * from states where conversation = 'stopped'")))


def test_erased(assistant: Assistant) -> None:
    answer = filled(assistant, "erased")
    say(assistant, "erased", "/bieumau complaint")
    assistant.erase("erased")
    assert assistant.file(answer.files[0].key) is None
    assert not assistant.awaits_number("erased")
    assert say(assistant, "erased", "tiếp tục").text == guidance_texts.NOTHING_TO_RESUME


def test_one_conversation_knows_nothing_of_another(assistant: Assistant) -> None:
    say(assistant, "mine", "/bieumau complaint")
    assert say(assistant, "yours", "tiếp tục").text == guidance_texts.NOTHING_TO_RESUME
    assert "Đơn khiếu nại" not in say(assistant, "yours", "1").text


def test_list_and_number(assistant: Assistant, live: LiveKnowledge) -> None:
    answer = say(assistant, "list", "/bieumau")
    assert all(form.title in answer.text for form in live().forms.values())
    place = answer.options.index("Đơn tố cáo trong thi hành án dân sự") + 1
    assert say(assistant, "list", str(place)).text.startswith("Đơn tố cáo trong thi hành án dân sự\n")


def test_several_may_be_meant(assistant: Assistant) -> None:
    answer = say(assistant, "several", "/bieumau cưỡng chế")
    assert answer.text.startswith(form_texts.WHICH_FORM)
    assert say(assistant, "several", "1").text.startswith("Đơn yêu cầu cưỡng chế thi hành án\n")


def test_no_such_form(assistant: Assistant) -> None:
    answer = say(assistant, "none", "/bieumau zzz qqq")
    assert answer.text.startswith(f"{form_texts.NO_FORM}\n\n{form_texts.FORMS}")
    assert say(assistant, "foreign", "viết giúp tôi đơn ly hôn").kind == "refusal"


def test_without_a_conversation_its_needs_and_the_blank_template(assistant: Assistant) -> None:
    answer = assistant.answer(Question("mẫu đơn yêu cầu thi hành án"))
    assert (answer.kind, answer.files[0].key) == ("procedure", "mau-request-enforcement")
    assert "• Người viết đơn\n" in answer.text
    assert "• Tài khoản nhận tiền (nếu là người được thi hành án)" in answer.text
    assert "Kính gửi: ……" in words(assistant, answer)
    assert answer.citations
    assert answer.as_json()["files"][0]["url"] == "/tep/mau-request-enforcement/don-yeu-cau-thi-hanh-an.docx"


def test_a_procedure_leads_to_its_form(assistant: Assistant) -> None:
    steps = assistant.answer(Question("/thutuc first-complaint"))
    assert "Nhắn «/bieumau complaint» để làm đơn này" in steps.text


def test_before_the_new_law_there_is_no_form(assistant: Assistant) -> None:
    """The forms stand on the law of 01/7/2026: who asks for an earlier day gets none."""
    answer = assistant.answer(Question("/bieumau complaint", as_of=TODAY.replace(year=2025), conversation="early law"))
    assert answer.files == ()
    assert "(1/" not in answer.text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("{{ 7*7 }}{% raw %}", "{{ 7*7 }}{% raw %}"),
        ("<w:p>&amp;</w:p>", "<w:p>&amp;</w:p>"),
        ("bệnh\x00 nặng\x07\u202e", "bệnh nặng"),
        ("Khổ quá 😀", "Khổ quá 😀"),
        ("một\n\n\nhai", "một\nhai"),
    ],
    ids=["jinja", "xml", "control characters", "emoji", "lines"],
)
def test_nasty_words_stand_on_the_paper(typed: str, shown: str, assistant: Assistant) -> None:
    name = f"nasty {shown}"
    for said in (
        "/bieumau verification",
        "Cơ quan A",
        "Lan",
        "001085012345",
        "Xã A",
        "bỏ qua",
        "Minh",
        "bỏ qua",
        "Xã B",
        "Bản án số 1",
        "1/2/2020",
        "TAND A",
        "bỏ qua",
        "bỏ qua",
    ):
        say(assistant, name, said)
    say(assistant, name, typed)
    assert shown in words(assistant, say(assistant, name, "xong"))


def test_ten_thousand_characters_are_too_many(assistant: Assistant) -> None:
    say(assistant, "long", "/bieumau verification")
    assert say(assistant, "long", "x" * 10_000).text == texts.too_long(10_000, 2_000)
    assert form_texts.TOO_LONG.format(limit=300) in say(assistant, "long", "x" * 1_999).text
    assert "(2/" in say(assistant, "long", "Cơ quan A").text
