"""Reminders in a real SQLite file: kept over a restart, claimed by one, erased on request, never dropped while somebody waits for them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.database import REMINDERS, Database, now
from bot.reminder_book import ReminderBook
from bot.reminder_rows import FAILED, HELD, REFUSED, SENT, Reminder, ReminderRows
from bot.reminders import DueDay, in_utc, in_vietnam, moment_on

TODAY = now().date()
ABOUT = DueDay(TODAY + timedelta(days=40), "hạn tự nguyện thi hành án", "khoản 1 Điều 36 Luật 106/2025/QH15")
ME = "telegram:5001"
NOW = datetime.fromisoformat("2026-11-23T05:00")
DUE = NOW + timedelta(days=3)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database("sqlite:///thads.sqlite", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def rows(database: Database) -> ReminderRows:
    return ReminderRows(database)


def keep(rows: ReminderRows, conversation: str = ME, due: datetime = DUE, about: DueDay = ABOUT) -> Reminder:
    rows.add(conversation, about, due, NOW)
    return rows.of(conversation)[-1]


def test_kept_whole_over_a_restart(tmp_path: Path) -> None:
    opened = Database("sqlite:///thads.sqlite", tmp_path)
    keep(ReminderRows(opened))
    opened.close()
    opened = Database("sqlite:///thads.sqlite", tmp_path)
    (kept,) = ReminderRows(opened).of(ME)
    assert (kept.about, kept.due, kept.channel, kept.chat, kept.on) == (ABOUT, DUE, "telegram", "5001", in_vietnam(DUE).date())
    opened.close()


def test_the_same_is_kept_once(rows: ReminderRows) -> None:
    keep(rows)
    keep(rows)
    assert len(rows.of(ME)) == 1
    keep(rows, due=DUE + timedelta(days=1))
    assert [kept.due for kept in rows.of(ME)] == [DUE, DUE + timedelta(days=1)]


@pytest.mark.parametrize(
    ("after", "channels", "found"),
    [
        pytest.param(timedelta(), ["telegram"], 1, id="at its moment"),
        pytest.param(timedelta(days=30), ["zalo", "telegram"], 1, id="late"),
        pytest.param(-timedelta(seconds=1), ["telegram"], 0, id="too early"),
        pytest.param(timedelta(), ["zalo"], 0, id="of another channel"),
        pytest.param(timedelta(), [], 0, id="of no channel"),
    ],
)
def test_to_send(rows: ReminderRows, after: timedelta, channels: list[str], found: int) -> None:
    keep(rows)
    assert len(rows.to_send(channels, DUE + after, 10)) == found


def test_no_more_than_asked_for_the_oldest_first(rows: ReminderRows) -> None:
    for days in (2, 0, 1):
        keep(rows, due=DUE + timedelta(days=days))
    assert [kept.due - DUE for kept in rows.to_send(["telegram"], DUE + timedelta(days=9), 2)] == [
        timedelta(0),
        timedelta(days=1),
    ]


def test_claimed_by_one_until_the_lease_ends(rows: ReminderRows) -> None:
    kept, until = keep(rows), DUE + timedelta(minutes=15)
    assert rows.claim(kept, until)
    assert not rows.claim(kept, until)
    assert rows.to_send(["telegram"], until - timedelta(seconds=1), 10) == []
    (again,) = rows.to_send(["telegram"], until, 10)
    assert again.tries == 1
    assert rows.claim(again, until + timedelta(minutes=15)), "whoever claimed it has died"


def test_many_at_once_and_one_has_it(rows: ReminderRows) -> None:
    kept = keep(rows)
    start, had = threading.Barrier(8), []

    def one() -> None:
        start.wait(30)
        had.append(rows.claim(kept, DUE + timedelta(minutes=15)))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(had) == [False] * 7 + [True]


@pytest.mark.parametrize("state", [SENT, REFUSED, FAILED])
def test_what_is_done_is_not_shown_or_sent(rows: ReminderRows, state: str) -> None:
    rows.end([keep(rows).id], state, DUE)
    assert rows.of(ME) == rows.to_show(ME, DUE) == rows.to_send(["telegram"], DUE, 10) == []


def test_held_is_shown_not_sent(rows: ReminderRows) -> None:
    kept = keep(rows)
    assert rows.claim(kept, DUE + timedelta(minutes=15))
    assert rows.to_show(ME, DUE) == [], "it is being sent"
    rows.end([kept.id], HELD, DUE)
    assert [each.id for each in rows.to_show(ME, DUE)] == [kept.id]
    assert rows.to_send(["telegram"], DUE + timedelta(days=1), 10) == []
    assert [each.id for each in rows.of(ME)] == [kept.id]


def test_cancel_deletes_ones_own(rows: ReminderRows) -> None:
    mine, other = keep(rows), keep(rows, "telegram:6")
    rows.cancel("telegram:6", [mine.id])
    assert rows.of(ME)
    rows.cancel(ME, [mine.id, other.id])
    assert (rows.of(ME), len(rows.of("telegram:6"))) == ([], 1)


def test_erased_with_the_conversation(database: Database, rows: ReminderRows) -> None:
    keep(rows)
    keep(rows, "telegram:6")
    assert database.erase([ME]) == 0, "turns are counted, there were none"
    assert (rows.of(ME), len(rows.of("telegram:6"))) == ([], 1)


@pytest.mark.parametrize(
    ("day", "state", "stays"),
    [
        pytest.param(90, "", True, id="somebody waits for it"),
        pytest.param(90, SENT, True, id="sent, its day is to come"),
        pytest.param(-1, SENT, False, id="sent and past"),
        pytest.param(-1, REFUSED, False, id="refused and past"),
        pytest.param(-1, HELD, True, id="to be shown when they come"),
        pytest.param(-29, "", True, id="to be shown, within the days"),
        pytest.param(-31, "", False, id="nobody came for so long"),
    ],
)
def test_forgetting_keeps_what_is_waited_for(database: Database, rows: ReminderRows, day: int, state: str, stays: bool) -> None:
    """Turns go by when they were said; a reminder by its day, however long ago it was made."""
    about = DueDay(TODAY + timedelta(days=day), "hạn nộp đơn")
    rows.add(ME, about, DUE - timedelta(days=400), NOW - timedelta(days=400))
    if state:
        rows.end([rows.of(ME)[0].id], state, NOW)
    database.forget_before(30)
    assert bool(_all(database)) == stays


def _all(database: Database) -> list[object]:
    with database.transaction() as connection:
        return list(connection.execute(select(REMINDERS)))


@pytest.mark.parametrize(
    ("state", "day", "left"), [(SENT, -1, 0), (SENT, 0, 1), ("", -1, 1)], ids=["done and past", "its day", "waited for"]
)
def test_done_is_deleted_when_its_day_is_past(database: Database, rows: ReminderRows, state: str, day: int, left: int) -> None:
    kept = keep(rows, about=DueDay(TODAY + timedelta(days=day), "hạn nộp đơn"))
    if state:
        rows.end([kept.id], state, NOW)
    rows.forget_done(TODAY)
    assert len(_all(database)) == left


def test_moved_to_a_new_number(rows: ReminderRows) -> None:
    keep(rows)
    rows.move(ME, "telegram:-100")
    assert ([row.chat for row in rows.of("telegram:-100")], rows.of(ME)) == (["-100"], [])


def test_last_heard(database: Database, rows: ReminderRows) -> None:
    kept = keep(rows)
    assert rows.last_heard(kept) == NOW, "nothing was said since it was made"
    database.add_turn(ME, "hỏi", "hỏi", "R")
    assert rows.last_heard(kept) >= now() - timedelta(minutes=5)


def test_book_shows_until_told(rows: ReminderRows) -> None:
    """A channel that cannot write first shows what is due until it says that it was seen; numbers of others count for nothing."""
    about = DueDay(ABOUT.day, "hạn khiếu nại", "Điều 140")
    due = in_utc(moment_on(about.day - timedelta(days=3)))
    web, other = keep(rows, "web:a", due, about), keep(rows, "web:b", due, about)
    early, book = ReminderBook(rows, in_vietnam(due) - timedelta(seconds=1)), ReminderBook(rows, in_vietnam(due))
    assert early.due("web:a") == {}
    (text,) = book.due("web:a").values()
    assert all(part in text for part in ("hạn khiếu nại", "còn 3 ngày", "Điều 140", "hủy nhắc"))
    book.told("web:a", [other.id])
    assert list(book.due("web:a")) == [web.id]
    book.told("web:a", [web.id])
    assert (book.due("web:a"), len(book.due("web:b"))) == ({}, 1)
    assert len(book.take("web:b")) == 1
    assert book.take("web:b") == []
