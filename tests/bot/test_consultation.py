"""Conversations: a person's words reach the procedure, its office and its own steps in a few turns; a sum asks for what it lacks."""

from __future__ import annotations

import re

import pytest

from bot import guidance_texts, sum_texts
from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.message import Answer, Question
from bot.proofs import prove_again
from bot.serve import LiveKnowledge
from knowledge.practice.procedures import steps_for
from knowledge.search import Reader
from tests.conftest import TODAY

MOST_TURNS = 5  # after the first words


def say(assistant: Assistant, name: str, text: str) -> Answer:
    return assistant.answer(Question(text, "test", conversation=name))


# What a person says first, the procedure, the choices (by number) that follow, a word of a step that only these choices bring.
SCRIPTS = [
    ("tôi thắng kiện mà họ không trả", "request-enforcement", "131", "dấu bưu chính"),
    ("tôi thắng kiện mà họ không trả, tôi phải làm gì?", "request-enforcement", "143", "VNeID"),
    ("chồng cũ em không chịu gửi tiền nuôi con theo án ly hôn, em phải làm sao", "maintenance", "", ""),
    ("tòa cho tôi nuôi bé mà vợ cũ giữ lì không giao, tôi phải làm gì", "child-custody", "", ""),
    ("làm sao để khiếu nại quyết định cưỡng chế của chấp hành viên", "first-complaint", "", ""),
    ("thủ tục khiếu nại lần hai", "second-complaint", "", ""),
    ("thủ tục xin giảm phí thi hành án cho hộ nghèo", "fee-relief", "4", "80%"),
    ("thu tuc xin mien phi thi hanh an", "fee-relief", "2", "neo đơn"),
    ("lam sao de xin hoan thi hanh an vi dang benh nang", "postponement", "", ""),
    ("thủ tục tạm hoãn xuất cảnh người phải thi hành án", "exit-ban", "", ""),
    ("ba tôi mất trước khi nhận tiền thi hành án, anh em tôi phải làm gì", "heirs", "", ""),
    ("chấp hành viên là cháu ruột bên kia, tôi cần làm gì để đổi người", "change-officer", "", ""),
    ("tôi trả xong nợ rồi mà nhà vẫn bị ngăn chặn giao dịch, phải làm sao", "release-of-measures", "", ""),
    ("tôi mua nhà đấu giá của thi hành án mà chủ cũ không đi, tôi phải làm gì", "auction-buyer", "", ""),
    ("vợ tôi nợ mà họ kê biên nhà chung của hai vợ chồng, tôi phải làm gì", "joint-property", "", ""),
    ("họ kê biên nhầm cái xe của tôi, tôi phải làm gì", "property-dispute", "", ""),
    ("thủ tục nộp tiền bồi thường thay cho người đang ở tù", "prisoner", "", ""),
    ("huong dan toi nho van phong thi hanh an tu nhan doi tien", "bailiff-office", "", ""),
    ("tôi nộp đủ tiền rồi, làm sao để có giấy xác nhận kết quả thi hành án", "confirmation", "", ""),
    ("án đã 6 năm, làm sao để yêu cầu thi hành án quá hạn vì tôi bị bệnh nặng", "late-request", "", ""),
    ("thủ tục yêu cầu thi hành án trở lại khi họ có tài sản", "request-again", "", ""),
    ("cán bộ thi hành án vòi tiền tôi, tôi phải làm gì để tố cáo", "denunciation", "", ""),
    ("nhà tôi bị thẩm định giá quá rẻ, tôi phải làm gì để định giá lại", "revaluation", "", ""),
    ("thủ tục xin miễn tiền phạt, án phí vì quá nghèo", "state-budget-relief", "", ""),
    ("làm sao để trừ lương người nợ tôi trả dần theo án", "wage-deduction", "", ""),
    ("họ thua kiện mà không chịu trả nhà cho tôi, tôi phải làm sao", "eviction", "", ""),
]


@pytest.mark.parametrize(("words", "id", "choices", "says"), SCRIPTS, ids=[f"{n}-{row[1]}" for n, row in enumerate(SCRIPTS, 1)])
def test_reaches_the_steps(words: str, id: str, choices: str, says: str, assistant: Assistant, live: LiveKnowledge) -> None:
    """The first choice stands for every question that the script leaves open."""
    procedure, name = live().situations.procedures[id], f"script {words}"
    answer, turns, left = say(assistant, name, words), 0, list(choices)
    if guidance_texts.WHICH_PROCEDURE in answer.text:
        number = re.search(rf"^(\d)\. {re.escape(procedure.title)}$", answer.text, re.MULTILINE)
        assert number, answer.text
        answer, turns = say(assistant, name, number[1]), 1
    assert procedure.title in answer.text
    assert procedure.before in answer.text
    while answer.kind == "clarification":
        assert assistant.awaits_number(name)
        answer, turns = say(assistant, name, left.pop(0) if left else "1"), turns + 1
    assert turns <= MOST_TURNS
    assert (answer.kind, left) == ("procedure", [])
    assert procedure.before in answer.text
    assert says in answer.text
    assert answer.citations
    assert guidance_texts.UNDECIDED[:5] not in answer.text.split("\n")[0]
    assert not assistant.awaits_number(name)


def test_steps_are_the_persons_own(assistant: Assistant, live: LiveKnowledge) -> None:
    procedure = live().situations.procedures["request-enforcement"]
    for said in ("/thutuc request-enforcement", "1", "chưa rõ", "1"):
        say(assistant, "own", said)
    answer = say(assistant, "own", "10/2/2023")
    for step in procedure.steps:
        certain = step in steps_for(procedure, {"time": "in_time", "decision": "court"})
        assert (step.does.rstrip(".") in answer.text) == (certain or "way" in step.when), step.id
    assert "tính từ 10/02/2023: đến hết thứ năm 10/02/2028" in answer.text, "the person's own last day"
    assert "Nếu «Gửi qua bưu điện»" in answer.text, "what hangs on an answer that is not known stands with its condition"


def test_left_and_resumed(assistant: Assistant) -> None:
    first = say(assistant, "left", "/thutuc hoãn thi hành án")
    between = say(assistant, "left", "Thời hạn tự nguyện thi hành án là bao lâu?")
    assert (between.kind, between.citations[0].article) == ("answer", "36")
    assert between.text.endswith(guidance_texts.RESUME.format(title="Hoãn thi hành án"))
    assert not assistant.awaits_number("left"), "a number now opens an article of the answer"
    assert say(assistant, "left", "tiếp tục").text == first.text
    assert say(assistant, "left", "1").text != first.text


DAYS = [
    ("/thutuc voluntary-performance", ("1", "20/11/2026"), "tính từ 20/11/2026: đến hết thứ hai 30/11/2026"),
    ("/thutuc first-complaint", ("3", "1", "1", "2/11/2026"), "tính từ 02/11/2026: đến hết thứ tư 02/12/2026"),
    ("/thutuc second-complaint", ("3", "10/11/2026"), "tính từ 10/11/2026: đến hết thứ tư 25/11/2026"),
    ("/thutuc revaluation", ("1", "hôm qua"), "tính từ 22/11/2026: đến hết thứ sáu 27/11/2026"),
    ("tôi nhận quyết định thi hành án ngày 20/11/2026, giờ muốn tự trả cho xong", ("1",), "đến hết thứ hai 30/11/2026"),
]


@pytest.mark.parametrize(("opening", "said", "last"), DAYS, ids=[row[0] for row in DAYS])
def test_a_day_that_is_told_gives_the_last_day(opening: str, said: tuple[str, ...], last: str, assistant: Assistant) -> None:
    answer = say(assistant, f"days {opening}", opening)
    if answer.text.startswith(guidance_texts.WHICH_PROCEDURE):
        answer = say(assistant, f"days {opening}", str(1 + answer.options.index("Tự nguyện thi hành án")))
    for text in said:
        assert last not in answer.text
        answer = say(assistant, f"days {opening}", text)
    assert (answer.kind, last in answer.text) == ("procedure", True), answer.text


def test_a_day_not_known_gives_the_length_alone(assistant: Assistant) -> None:
    for said in ("/thutuc voluntary-performance", "1"):
        say(assistant, "no day", said)
    answer = say(assistant, "no day", "không nhớ")
    assert (answer.kind, "tính từ" in answer.text, "10 ngày kể từ ngày" in answer.text) == ("procedure", False, True)


def test_an_answer_not_understood_is_asked_again(assistant: Assistant) -> None:
    first = say(assistant, "again", "/thutuc hoãn thi hành án")
    again = say(assistant, "again", "ờ thì vậy đó")
    assert (again.kind, again.options) == ("clarification", first.options)
    assert again.text.startswith(guidance_texts.NOT_UNDERSTOOD)


@pytest.mark.parametrize("said", ["Điều 36", "khoản 2 Điều 46", "Nghị định 152/2026/NĐ-CP"])
def test_a_place_of_law_in_the_middle_is_shown(said: str, assistant: Assistant) -> None:
    """It was taken for an answer that is not understood."""
    say(assistant, f"place {said}", "/thutuc hoãn thi hành án")
    answer = say(assistant, f"place {said}", said)
    assert answer.kind != "clarification", answer.text
    assert answer.citations
    assert say(assistant, f"place {said}", "tiếp tục").options


@pytest.mark.parametrize("said", ["tự nguyện", "2", "cái tự nguyện thi hành án"])
def test_a_procedure_is_chosen_by_number_or_words(said: str, assistant: Assistant, live: LiveKnowledge) -> None:
    name, title = f"chosen {said}", live().situations.procedures["voluntary-performance"].title
    asked = say(assistant, name, "hết hạn tự nguyện, đương sự có nhà đất, em cần làm các bước kê biên thế nào")
    assert asked.text.startswith(guidance_texts.WHICH_PROCEDURE)
    choice = str(1 + asked.options.index(title)) if said.isdigit() else said
    assert say(assistant, name, choice).text.startswith(title)


def test_first_words_are_not_asked_for_again(assistant: Assistant) -> None:
    """What the opening tells is taken, shown, and can be chosen anew."""
    answer = say(assistant, "heard", "/thutuc seizure-house-land nhà duy nhất đã có sổ, sắp bị kê biên")
    assert "Là nơi ở duy nhất" in answer.text
    assert "/thutuc seizure-house-land" in answer.text
    assert answer.options == ("Có", "Không")


def test_nothing_to_resume(assistant: Assistant) -> None:
    assert say(assistant, "new", "tiếp tục").text == guidance_texts.NOTHING_TO_RESUME


def test_erased(assistant: Assistant) -> None:
    say(assistant, "erased", "/thutuc hoãn thi hành án")
    assert assistant.awaits_number("erased")
    assistant.erase("erased")
    assert not assistant.awaits_number("erased")
    assert say(assistant, "erased", "tiếp tục").text == guidance_texts.NOTHING_TO_RESUME


def test_one_conversation_knows_nothing_of_another(assistant: Assistant) -> None:
    say(assistant, "mine", "/thutuc hoãn thi hành án")
    assert say(assistant, "yours", "tiếp tục").text == guidance_texts.NOTHING_TO_RESUME


def test_rule_with_an_offer(assistant: Assistant) -> None:
    """Who asks for a rule in a case of their own gets the rule; the procedure is offered behind it and begins when taken up."""
    answer = say(assistant, "offer", "chấp hành viên là em rể của bên kia, tôi có được yêu cầu thay đổi chấp hành viên không?")
    assert (answer.kind, answer.citations[0].article) == ("answer", "13")
    assert answer.text.endswith(guidance_texts.GUIDED.format(title="Yêu cầu thay đổi Chấp hành viên"))
    assert "Yêu cầu thay đổi Chấp hành viên" in say(assistant, "offer", "bắt đầu").text


def test_list_by_group(assistant: Assistant, live: LiveKnowledge) -> None:
    answer = say(assistant, "list", "/thutuc")
    procedures = live().situations.procedures.values()
    assert all(procedure.title in answer.text for procedure in procedures)
    number = re.search(r"^(\d+)\. Hoãn thi hành án$", answer.text, re.MULTILINE)
    assert number
    assert say(assistant, "list", number[1]).text.startswith("Hoãn thi hành án")


def test_without_a_conversation_steps_stand_with_their_conditions(assistant: Assistant) -> None:
    answer = assistant.answer(Question("/thutuc miễn giảm phí thi hành án"))
    assert answer.kind == "procedure"
    assert "Nếu «Neo đơn»" in answer.text
    plain = assistant.answer(Question("tôi thắng kiện mà họ không trả, tôi phải làm gì?"))
    assert plain.kind != "clarification", "nobody could reply to a question"


@pytest.mark.parametrize(
    "text",
    [
        "tôi muốn ly hôn thì phải làm gì",
        "làm sao để xin giấy phép xây dựng",
        "thu tuc dang ky ket hon",
        "tôi muốn mở công ty thì làm thế nào",
    ],
)
def test_the_way_in_another_field_is_not_ours(text: str, assistant: Assistant) -> None:
    answer = assistant.answer(Question(text, conversation=f"elsewhere:{text}"))
    assert (answer.kind, answer.citations) == ("refusal", ())


def test_no_such_procedure(assistant: Assistant) -> None:
    assert assistant.answer(Question("/thutuc zzz qqq")).text == guidance_texts.NO_PROCEDURE


SUMS = [
    (("lương 12 triệu bị trừ tối đa bao nhiêu", "vùng 1, không nuôi ai"), "6.690.000 đồng"),
    (("luong 12tr bi tru toi da bn", "vung 2", "1 con"), "2.540.000 đồng"),
    (("thời hạn khiếu nại quyết định nhận ngày 3/8/2026", "4"), "03/9/2026"),
    (("thời hạn khiếu nại quyết định nhận ngày 3/8/2026", "1"), "18/8/2026"),
    (("tính giúp tôi phí thi hành án", "350 triệu"), "10.500.000 đồng"),
    (("/phi 350 triệu",), "10.500.000 đồng"),
]


@pytest.mark.parametrize(("said", "result"), SUMS, ids=[" · ".join(said) for said, _ in SUMS])
def test_sum_in_a_conversation(said: tuple[str, ...], result: str, assistant: Assistant) -> None:
    *asked, last = [say(assistant, f"sum {said}", text) for text in said]
    assert [answer.kind for answer in asked] == ["clarification"] * len(asked)
    assert (last.kind, result in last.text.split("\n")[0]) == ("calculation", True)
    assert last.citations
    assert sum_texts.HOW in last.text
    assert last.warnings


def test_sum_left_for_another_question(assistant: Assistant) -> None:
    say(assistant, "sum left", "lương 12 triệu bị trừ tối đa bao nhiêu")
    assert say(assistant, "sum left", "Thời hạn tự nguyện thi hành án là bao lâu?").kind == "answer"
    assert say(assistant, "sum left", "vùng 1, không nuôi ai").kind != "calculation"


@pytest.mark.parametrize(
    "said", [("500 triệu thì phí thi hành án bao nhiêu",), ("/thutuc fee-relief", "2")], ids=["a sum", "a procedure"]
)
def test_can_be_proven_again(
    said: tuple[str, ...], assistant: Assistant, database: Database, settings: Settings, live: LiveKnowledge
) -> None:
    last = [say(assistant, f"proof {said}", text) for text in said][-1]
    proof = prove_again(last.receipt, database, settings, live(), lambda name: live(), TODAY)
    assert proof.rebuilt == "same"


@pytest.mark.parametrize(
    ("text", "role", "procedure"),
    [
        ("Khi nào được hoãn thi hành án?", "citizen", "Hoãn thi hành án"),
        ("khi nao duoc yeu cau thay doi chap hanh vien", "citizen", "Yêu cầu thay đổi Chấp hành viên"),
        ("Khi nào được hoãn thi hành án?", "staff", ""),
        ("Ai phải nộp phí thi hành án?", "citizen", ""),  # «Thi hành tiền cấp dưỡng» stood here, the nearest but one
        ("Điều 46", "citizen", ""),
    ],
)
@pytest.mark.parametrize("conversation", [None, "next step"])
def test_a_citizen_is_told_the_next_step(
    text: str, role: Reader, procedure: str, conversation: str | None, assistant: Assistant
) -> None:
    """The procedure nearest to the question, when it stands on the article of the answer; an officer has the clause."""
    answer = assistant.answer(Question(text, role=role, conversation=conversation))
    said = [line for line in answer.text.splitlines() if "để được hướng dẫn từng bước" in line]
    assert said == ([guidance_texts.NEXT_STEP.format(title=procedure)] if procedure else [])
