"""Conversations about reminders: offered behind a last day, agreed to once, listed, called off with a word; what cannot be is said."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest

from bot import guidance_texts, reminder_texts, sum_texts, texts
from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.message import Answer, Question
from bot.proofs import prove_again
from bot.reminder_desk import MOST
from bot.reminder_rows import SENT
from bot.reminders import USUAL, DueDay, in_utc, moment_on
from bot.serve import LiveKnowledge
from tests.conftest import TODAY

ASKED = "nhận quyết định hôm qua thì hạn tự nguyện đến ngày nào"  # its last day is 02/12/2026
LAST = date(2026, 12, 2)
PLACE = "khoản 1 Điều 36 Luật 106/2025/QH15"
DIRECT = "nhắc tôi trước 3 ngày hạn nộp đơn 25/12/2026"
NUMBERS = itertools.count(1)
Say = Callable[..., Answer]


class Now:
    """The assistant's day and time of day, which tests set."""

    def __init__(self) -> None:
        self.day, self.time = TODAY, time(10)


@pytest.fixture
def moment() -> Now:
    return Now()


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Database]:
    opened = Database("sqlite:///own.sqlite", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def bot(settings: Settings, live: LiveKnowledge, own: Database, moment: Now) -> Assistant:
    return Assistant(settings, live, own, today=lambda: moment.day, clock=lambda: moment.time)


@pytest.fixture
def say(bot: Assistant) -> Say:
    name = f"telegram:{next(NUMBERS)}"
    return lambda text, conversation=name: bot.answer(Question(text, conversation=conversation))


def kept(bot: Assistant, answer_of: Say) -> list[tuple[date, DueDay]]:
    """What the conversation of `answer_of` has."""
    name = answer_of.__defaults__[0]  # type: ignore[attr-defined]
    return [(row.on, row.about) for row in bot.reminders.rows.of(name)]


def test_offered_agreed_kept(bot: Assistant, say: Say) -> None:
    answer = say(ASKED)
    assert (answer.kind, answer.text.endswith("Nhắn «nhắc tôi trước 3 ngày».")) == ("calculation", True)
    asked = say("nhắc tôi trước 1 ngày")
    assert (asked.kind, asked.options) == ("clarification", (reminder_texts.AGREE, reminder_texts.REFUSE))
    for part in ("hạn tự nguyện thi hành án", "02/12/2026", PLACE, "8 giờ thứ ba 01/12/2026", "Đồng ý?", "1. Đồng ý", "2. Không"):
        assert part in asked.text
    assert kept(bot, say) == [], "nothing is kept before it was agreed to"
    done = say("1")
    assert "8 giờ thứ ba 01/12/2026" in done.text
    assert kept(bot, say) == [(date(2026, 12, 1), DueDay(LAST, "hạn tự nguyện thi hành án", PLACE))]


@pytest.mark.parametrize("word", ["1", "Đồng ý", "đồng ý", "dong y nhe", "ok", "có", "vâng", "được"])
def test_yes(bot: Assistant, say: Say, word: str) -> None:
    say(DIRECT)
    say(word)
    assert kept(bot, say) == [(date(2026, 12, 22), DueDay(date(2026, 12, 25), "hạn nộp đơn"))]


@pytest.mark.parametrize("word", ["2", "Không", "khong", "thôi", "hủy", "hủy nhắc", "không cần"])
def test_no(bot: Assistant, say: Say, word: str) -> None:
    say(DIRECT)
    assert say(word).text == reminder_texts.NOT_KEPT
    assert kept(bot, say) == []
    assert say("ok").text == texts.THANKS, "nothing is asked any more"


def test_another_question_leaves_what_was_asked(bot: Assistant, say: Say) -> None:
    say(DIRECT)
    assert say("Thời hạn tự nguyện thi hành án là bao lâu?").citations[0].article == "36"
    say("đồng ý")
    assert kept(bot, say) == []


def test_last_day_stays_known_behind_other_questions(say: Say) -> None:
    say(ASKED)
    say("Ai phải nộp phí thi hành án?")
    assert "02/12/2026" in say("nhắc tôi trước 3 ngày").text


def test_the_newest_last_day_counts(say: Say) -> None:
    say(ASKED)
    say("thời hạn khiếu nại quyết định cưỡng chế nhận ngày 20/11/2026")
    asked = say("nhắc tôi trước 1 tuần")
    assert "hạn khiếu nại lần đầu: biện pháp cưỡng chế" in asked.text
    assert "21/12/2026" in asked.text


def test_sum_that_lacked_a_fact_is_remembered_too(say: Say) -> None:
    say("thời hạn khiếu nại quyết định nhận ngày 20/11/2026")
    assert reminder_texts.offer(USUAL) in say("4").text
    assert "21/12/2026" in say("nhắc tôi trước 3 ngày").text


def test_last_day_of_a_procedure(say: Say) -> None:
    """The day from which a step's limit runs was told: the steps come with its last day, of which one may be reminded."""
    answer = say("/thutuc khiếu nại lần đầu")
    while answer.kind == "clarification":
        answer = say("20/11/2026" if answer.options == (guidance_texts.NO_DAY,) else "1")
    assert "Muốn tôi nhắc" in answer.text
    asked = say("nhắc tôi trước 3 ngày")
    assert "07/12/2026" in asked.text, "fifteen days, the last one a Saturday"
    assert "Khiếu nại" in asked.text


@pytest.mark.parametrize(
    ("text", "about", "on"),
    [
        (DIRECT, DueDay(date(2026, 12, 25), "hạn nộp đơn"), date(2026, 12, 22)),
        ("nhac toi truoc 3 ngay han nop don 25/12/2026", DueDay(date(2026, 12, 25), "han nop don"), date(2026, 12, 22)),
        ("nhắc tôi ngày 18/12/2026 nộp đơn khiếu nại", DueDay(date(2026, 12, 18), "nộp đơn khiếu nại"), date(2026, 12, 18)),
        ("nhắc tôi ngày 27/12/2026 nộp tiền", DueDay(date(2026, 12, 27), "nộp tiền"), date(2026, 12, 25)),
        ("nhắc tôi trước ngày 25/12/2026", DueDay(date(2026, 12, 25), reminder_texts.OWN_DAY), date(2026, 12, 22)),
    ],
)
def test_day_of_ones_own(bot: Assistant, say: Say, text: str, about: DueDay, on: date) -> None:
    say(text)
    say("đồng ý")
    assert kept(bot, say) == [(on, about)]


@pytest.mark.parametrize(
    "text",
    [
        "nhắc tôi trước 1 ngày hạn tự nguyện, nhận quyết định ngày 22/11/2026",
        "nhận quyết định ngày 22/11/2026 thì hạn tự nguyện đến ngày nào? nhắc tôi trước 1 ngày nhé",
    ],
)
def test_sum_and_wish_in_one_message(
    bot: Assistant, say: Say, own: Database, settings: Settings, live: LiveKnowledge, text: str
) -> None:
    """The day of the event is no last day: the sum is worked out and shown, its last day is what the wish is about."""
    answer = say(text)
    assert (answer.kind, sum_texts.HOW in answer.text, "Đồng ý?" in answer.text) == ("calculation", True, True)
    assert answer.options == (reminder_texts.AGREE, reminder_texts.REFUSE)
    assert prove_again(answer.receipt, own, settings, live(), lambda name: live(), TODAY).rebuilt == "same"
    say("1")
    assert kept(bot, say) == [(date(2026, 12, 1), DueDay(LAST, "hạn tự nguyện thi hành án", PLACE))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("nhắc tôi trước 3 ngày", "chưa biết phải nhắc về ngày nào", id="no last day is known"),
        pytest.param(
            "khi nào hết hạn khiếu nại? nhắc tôi trước 3 ngày", "chưa biết phải nhắc về ngày nào", id="a question first"
        ),
        pytest.param("nhắc tôi ngày 20/12/2026", "nhắc việc gì vào ngày 20/12/2026", id="a day without a task"),
        pytest.param("nhắc tôi hạn nộp tiền 3/11/2026", "Ngày 03/11/2026 đã qua", id="a day that is past"),
        pytest.param("nhắc tôi hạn nộp tiền 23/11/2026", "đã là ngày cuối", id="today"),
        pytest.param("nhắc tôi ngày 31/2/2027", "không phải một ngày có thật", id="no such day"),
        pytest.param("nhắc tôi hạn nộp tiền 25/12/2066", "còn quá xa", id="in forty years"),
    ],
)
def test_what_cannot_be_is_said(bot: Assistant, say: Say, text: str, said: str) -> None:
    answer = say(text)
    assert said in answer.text
    assert answer.options == ()
    say("đồng ý")
    assert kept(bot, say) == []


def test_moment_that_is_past_gives_way_to_what_is_left(say: Say) -> None:
    say(ASKED)
    asked = say("nhắc tôi trước 2 tuần")
    assert "Lúc bạn muốn được nhắc đã qua" in asked.text
    assert "8 giờ thứ ba 24/11/2026" in asked.text


def test_day_behind_the_last_one(say: Say) -> None:
    say(ASKED)
    asked = say("nhắc tôi ngày 20/12/2026")
    assert "ở sau ngày cuối" in asked.text
    assert "8 giờ thứ sáu 27/11/2026" in asked.text


def test_consent_that_comes_too_late_is_asked_for_again(bot: Assistant, say: Say, moment: Now) -> None:
    say(DIRECT)
    moment.day = date(2026, 12, 22)
    assert "8 giờ thứ tư 23/12/2026" in say("đồng ý").text
    assert kept(bot, say) == []
    say("đồng ý")
    assert kept(bot, say)[0][0] == date(2026, 12, 23)


@pytest.mark.parametrize(
    ("day", "offer"),
    [
        pytest.param("2026-11-23", "nhắc tôi trước 3 ngày", id="far"),
        pytest.param("2026-11-30", "nhắc tôi trước 1 ngày", id="near"),
        pytest.param("2026-12-01", "nhắc tôi đúng ngày", id="tomorrow"),
        pytest.param("2026-12-02", "", id="today"),
        pytest.param("2026-12-20", "", id="past"),
    ],
)
def test_offer_is_what_can_be_done(say: Say, moment: Now, day: str, offer: str) -> None:
    moment.day = date.fromisoformat(day)
    answer = say("nhận quyết định ngày 22/11/2026 thì hạn tự nguyện đến ngày nào")
    assert answer.kind == "calculation"
    assert ("Muốn tôi nhắc" in answer.text) == bool(offer)
    assert offer in answer.text


@pytest.mark.parametrize("conversation", [None, "test", "batch:x:1"], ids=["none", "of no channel", "of a batch"])
def test_where_nobody_can_be_reached_nothing_is_offered(say: Say, conversation: str | None) -> None:
    assert "nhắc" not in say(ASKED, conversation).text.lower()
    refused = say("nhắc tôi trước 3 ngày", conversation)
    assert (refused.kind, refused.text) == ("refusal", reminder_texts.NOWHERE)


def test_money_is_no_last_day(say: Say) -> None:
    assert "Muốn tôi nhắc" not in say("500 triệu thì phí thi hành án bao nhiêu").text


@pytest.mark.parametrize(
    ("conversation", "said"),
    [
        ("telegram:x", "nhắn cho bạn ở đây lúc 8 giờ"),
        ("zalo:x", "không bảo đảm"),
        ("zalo_oa:x", "trong 48 giờ sau tin gần nhất"),
        ("web:x", "không tự nhắn cho bạn được"),
        ("terminal", "khi bạn mở lại cuộc trò chuyện"),
    ],
)
def test_each_channel_says_what_it_can(say: Say, conversation: str, said: str) -> None:
    assert said in say(DIRECT, conversation).text


def test_an_account_tells_a_moment_in_its_hours_from_a_later_one(say: Say) -> None:
    near, far = say("nhắc tôi đúng ngày 24/11/2026 nộp đơn", "zalo_oa:n"), say(DIRECT, "zalo_oa:f")
    assert "nằm trong đó" in near.text
    assert "có thể không nhắn được" in far.text
    assert "nếu khi đó Zalo cho phép" in say("đồng ý", "zalo_oa:f").text


# ---- listed and called off ----


def test_listed(say: Say) -> None:
    assert say("xem nhắc").text == reminder_texts.NONE
    for text in (DIRECT, "đồng ý", "nhắc tôi ngày 18/12/2026 nộp tiền", "đồng ý"):
        say(text)
    listed = say("/nhacviec").text
    assert listed.index("nộp tiền, ngày 18/12/2026") < listed.index("hạn nộp đơn, ngày 25/12/2026")


@pytest.mark.parametrize("word", ["hủy nhắc", "huy nhac", "hủy", "huy", "thôi nhắc"])
def test_the_only_one_goes_with_one_word(bot: Assistant, say: Say, word: str) -> None:
    say(DIRECT)
    say("đồng ý")
    answer = say(word)
    assert "hạn nộp đơn" in answer.text
    assert kept(bot, say) == []
    assert say("hủy nhắc").text == reminder_texts.NOTHING_TO_CANCEL


@pytest.mark.parametrize(
    ("reply", "left"),
    [
        ("1", ["hạn nộp đơn"]),
        ("2", ["nộp tiền"]),
        ("3", []),
        ("tất cả", []),
        ("Thời hạn tự nguyện là bao lâu?", ["nộp tiền", "hạn nộp đơn"]),
    ],
)
def test_of_several_one_is_chosen(bot: Assistant, say: Say, reply: str, left: list[str]) -> None:
    for text in (DIRECT, "1", "nhắc tôi ngày 18/12/2026 nộp tiền", "1"):
        say(text)
    asked = say("hủy nhắc")
    assert len(asked.options) == 3
    assert bot.awaits_number(say.__defaults__[0])  # type: ignore[attr-defined]
    say(reply)
    assert [about.what for _, about in kept(bot, say)] == left


def test_chosen_when_it_is_gone(bot: Assistant, say: Say) -> None:
    for text in (DIRECT, "1", "nhắc tôi ngày 18/12/2026 nộp tiền", "1", "hủy nhắc"):
        say(text)
    name = say.__defaults__[0]  # type: ignore[attr-defined]
    first, _ = bot.reminders.rows.of(name)
    bot.reminders.rows.end([first.id], SENT, first.due)
    assert say("1").text == reminder_texts.NOTHING_TO_CANCEL
    assert [about.what for _, about in kept(bot, say)] == ["hạn nộp đơn"]


def test_the_word_alone_is_for_others_where_there_is_nothing(say: Say) -> None:
    assert say("hủy").text != reminder_texts.NOTHING_TO_CANCEL


def test_no_more_than_so_many(bot: Assistant, say: Say) -> None:
    name = say.__defaults__[0]  # type: ignore[attr-defined]
    for number in range(MOST):
        day = TODAY + timedelta(days=10 + number)
        bot.reminders.rows.add(name, DueDay(day, "việc"), in_utc(moment_on(day)), in_utc(moment_on(TODAY)))
    say(DIRECT)
    assert say("đồng ý").text == reminder_texts.TOO_MANY.format(count=MOST)
    assert len(kept(bot, say)) == MOST


def test_erased_with_the_conversation(bot: Assistant, say: Say) -> None:
    say(DIRECT)
    say("đồng ý")
    bot.erase(say.__defaults__[0])  # type: ignore[attr-defined]
    assert kept(bot, say) == []
    assert "lời nhắc" in texts.ERASED


def test_outlives_a_restart(settings: Settings, live: LiveKnowledge, tmp_path: Path) -> None:
    """Each message meets a new process: the last day, the question and what is kept are in the database."""
    for text in (ASKED, "nhắc tôi trước 1 ngày", "ok"):
        database = Database("sqlite:///restart.sqlite", tmp_path)
        Assistant(settings, live, database, today=lambda: TODAY, clock=lambda: time(10)).answer(
            Question(text, conversation="telegram:9")
        )
        database.close()
    database = Database("sqlite:///restart.sqlite", tmp_path)
    again = Assistant(settings, live, database, today=lambda: TODAY, clock=lambda: time(10))
    assert [row.about.day for row in again.reminders.rows.of("telegram:9")] == [LAST]
    database.close()


def test_a_procedure_is_left_and_resumed_around_a_reminder(bot: Assistant, say: Say) -> None:
    first = say("/thutuc hoãn thi hành án")
    say(DIRECT)
    say("đồng ý")
    assert len(kept(bot, say)) == 1
    assert say("tiếp tục").text == first.text
