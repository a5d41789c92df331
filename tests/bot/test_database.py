"""Turns and receipts in a real SQLite file: kept in order, forgotten on request and by age, safe from several threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.database import Database, now
from bot.errors import ConfigError

LONG_AGO = now() - timedelta(days=3650)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database("sqlite:///var/sâu/thads.sqlite", tmp_path)
    yield opened
    opened.close()


def questions(database: Database, conversation: str, count: int = 10) -> list[str]:
    return [turn["question"] for turn in database.last_turns(conversation, count, LONG_AGO)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        pytest.param(10, ["một", "hai", "ba"], id="all, oldest first"),
        pytest.param(2, ["hai", "ba"], id="the newest two"),
        pytest.param(1, ["ba"], id="the last"),
        pytest.param(0, [], id="none"),
    ],
)
def test_turns(database: Database, count: int, expected: list[str]) -> None:
    for question in ("một", "hai", "ba"):
        database.add_turn("a", question, f"{question} đứng riêng", "R")
    database.add_turn("b", "khác", "khác", "R")
    assert questions(database, "a", count) == expected


def test_turn_is_kept_whole(database: Database) -> None:
    database.add_turn("a", "thế còn nhà?", "kê biên – thế còn nhà? 🏠", "AB12")
    (turn,) = database.last_turns("a", 1, LONG_AGO)
    assert (turn["question"], turn["standalone"], turn["receipt"]) == ("thế còn nhà?", "kê biên – thế còn nhà? 🏠", "AB12")


def test_old_turns_do_not_count(database: Database) -> None:
    database.add_turn("a", "một", "một", "R")
    assert database.last_turns("a", 5, now() + timedelta(minutes=1)) == []


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("'; DROP TABLE turns; --", id="SQL"),
        pytest.param("%", id="a wildcard"),
        pytest.param("nhóm 🇻🇳 số 1", id="emoji and spaces"),
    ],
)
def test_names_are_only_names(database: Database, name: str) -> None:
    database.add_turn("a", "giữ", "giữ", "R")
    database.add_turn(name, "của tên này", "x", "R")
    assert questions(database, name) == ["của tên này"]
    assert database.erase([name]) == 1
    assert questions(database, "a") == ["giữ"]


def test_receipt_keeps_its_first_entry(database: Database) -> None:
    database.add_receipt("R1", "build-1", "đáp")
    database.add_receipt("R1", "build-2", "khác")
    kept = database.receipt("R1")
    assert kept is not None
    assert (kept["build"], kept["answer"]) == ("build-1", "đáp")
    assert database.receipt("R2") is None


def test_erase_forgets_turns_and_their_receipts(database: Database) -> None:
    for conversation, receipt in (("a", "R1"), ("a", "R2"), ("b", "R3")):
        database.add_turn(conversation, "hỏi", "hỏi", receipt)
        database.add_receipt(receipt, "build", "đáp")
    assert database.erase(["a", "không có"]) == 2
    assert [database.receipt(receipt) is None for receipt in ("R1", "R2", "R3")] == [True, True, False]
    assert (questions(database, "a"), questions(database, "b")) == ([], ["hỏi"])
    assert database.erase(["a"]) == 0
    assert database.erase([]) == 0


@pytest.mark.parametrize(("days", "left"), [pytest.param(1, ["hỏi"], id="younger stays"), pytest.param(-1, [], id="older goes")])
def test_forget_before(database: Database, days: int, left: list[str]) -> None:
    database.add_turn("a", "hỏi", "hỏi", "R")
    database.add_receipt("R", "build", "đáp")
    database.forget_before(days)
    assert questions(database, "a") == left
    assert (database.receipt("R") is not None) == bool(left)


def test_opened_again(tmp_path: Path) -> None:
    for question in ("một", "hai"):
        opened = Database("sqlite:///thads.sqlite", tmp_path)
        opened.add_turn("a", question, question, "R")
        opened.close()
    opened = Database(f"sqlite:///{tmp_path}/thads.sqlite")
    assert questions(opened, "a") == ["một", "hai"]
    opened.close()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("thads.sqlite", id="not a URL"),
        pytest.param("", id="empty"),
        pytest.param("oracledb9://máy/kho", id="no such dialect"),
        pytest.param("postgresql+asyncpg9://an:matkhau@máy/kho", id="no such driver"),
        pytest.param("sqlite:///tệp/thads.sqlite", id="a file where a folder must be"),
        pytest.param("sqlite:///thư-mục", id="a folder"),
        pytest.param("sqlite:///tệp", id="a file that is no database"),
    ],
)
def test_unusable_url(tmp_path: Path, url: str) -> None:
    (tmp_path / "tệp").write_text("không phải cơ sở dữ liệu" * 100, encoding="utf-8")
    (tmp_path / "thư-mục").mkdir()
    with pytest.raises(ConfigError, match=r"database\.url") as caught:
        Database(url, tmp_path).close()
    assert "matkhau" not in str(caught.value)


def test_several_threads_at_once(database: Database) -> None:
    """The same popular question from many people gives one receipt, and no turn is lost."""
    faults: list[BaseException] = []
    start = threading.Barrier(8)

    def one(name: int) -> None:
        try:
            for n in range(20):
                if n % 5 == 0:
                    start.wait(30)
                database.add_receipt(f"R{n}", "build", "đáp")
                database.add_turn(f"c{name}", f"câu {n}", "x", f"R{n}")
        except BaseException as fault:
            faults.append(fault)
            start.abort()

    threads = [threading.Thread(target=one, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    broken = [fault for fault in faults if not isinstance(fault, threading.BrokenBarrierError)]
    assert not broken, repr(broken[0])[:300]
    assert all(len(questions(database, f"c{name}", 100)) == 20 for name in range(8))


def test_states(database: Database) -> None:
    """What a conversation is in the middle of is kept by desk, replaced, forgotten on request, by age and with the conversation."""
    database.set_state("a", "sums", "một")
    database.set_state("b", "sums", "khác")
    database.set_state("a", "sums", "hai")
    database.set_state("a", "forms", "đơn")
    assert (database.states("a", LONG_AGO), database.states("b", LONG_AGO)) == ({"sums": "hai", "forms": "đơn"}, {"sums": "khác"})
    assert database.states("a", now() + timedelta(minutes=1)) == {}
    database.set_state("a", "sums", None)
    assert database.states("a", LONG_AGO) == {"forms": "đơn"}
    database.erase(["b"])
    assert database.states("b", LONG_AGO) == {}
    database.forget_before(-1)
    assert database.states("a", LONG_AGO) == {}
