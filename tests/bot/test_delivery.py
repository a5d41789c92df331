"""Due reminders reach their people once: in time, again after a fault, by one process of several, and not past a refusal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database, now
from bot.delivery import LEASE, PAUSES, Delivery
from bot.errors import PlatformBusy, PlatformRefused
from bot.people import People
from bot.reminder_rows import ReminderRows
from bot.reminders import DueDay, in_utc, moment_on
from bot.serve import run_channels
from bot.state import Knowledge
from tests.fakes.server import until

DAY = datetime.fromisoformat("2026-12-10T00:00").date()
DUE = in_utc(moment_on(DAY - timedelta(days=3)))
ABOUT = DueDay(DAY, "hạn tự nguyện thi hành án", "khoản 1 Điều 36 Luật 106/2025/QH15")
BUSY, GONE = PlatformBusy("busy"), PlatformRefused(403, "blocked")


class Line:
    """A channel that notes what is announced; the faults come first, one a call."""

    def __init__(self, name: str, *faults: Exception) -> None:
        self.name = name
        self.faults = list(faults)
        self.calls = 0
        self.said: list[tuple[str, str]] = []

    async def announce(self, chat: str, text: str) -> None:
        self.calls += 1
        await asyncio.sleep(0)
        if self.faults:
            raise self.faults.pop(0)
        self.said.append((chat, text))


class Clock:
    def __init__(self) -> None:
        self.moment = DUE

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database("sqlite:///thads.sqlite", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def rows(database: Database) -> ReminderRows:
    return ReminderRows(database)


def keep(rows: ReminderRows, conversation: str, made: datetime = DUE - timedelta(days=9)) -> None:
    rows.add(conversation, ABOUT, DUE, made)


async def looks(delivery: Delivery, clock: Clock, count: int, pause: timedelta = timedelta(minutes=1)) -> None:
    for _ in range(count):
        await delivery.look()
        clock.moment += pause


@pytest.mark.parametrize(
    ("late", "when"),
    [
        (timedelta(0), "còn 3 ngày"),
        (timedelta(days=3), "hôm nay là ngày cuối"),
        (timedelta(days=5), "ngày này đã qua; lời nhắc đến muộn"),
    ],
    ids=["in time", "after an outage, on the last day", "after a longer one"],
)
async def test_said_once_with_all_it_needs(rows: ReminderRows, late: timedelta, when: str) -> None:
    keep(rows, "telegram:5001:7")
    line, clock = Line("telegram"), Clock()
    clock.moment += late
    await looks(Delivery(rows, [line], clock), clock, 3)
    ((chat, text),) = line.said
    assert chat == "5001:7"
    assert all(part in text for part in (ABOUT.what, "10/12/2026", when, ABOUT.place, "«hủy nhắc»"))


async def test_not_before_its_moment(rows: ReminderRows) -> None:
    keep(rows, "telegram:1")
    line, clock = Line("telegram"), Clock()
    clock.moment -= timedelta(seconds=1)
    await Delivery(rows, [line], clock).look()
    assert line.calls == 0
    clock.moment += timedelta(seconds=1)
    await Delivery(rows, [line], clock).look()
    assert line.calls == 1


async def test_each_over_its_own_channel(rows: ReminderRows) -> None:
    for conversation in ("telegram:1", "zalo:2", "web:3", "terminal"):
        keep(rows, conversation)
    lines, clock = [Line("telegram"), Line("zalo")], Clock()
    await Delivery(rows, [*lines, object()], clock).look()
    assert [[chat for chat, _ in line.said] for line in lines] == [["1"], ["2"]]
    assert len(rows.of("web:3")) == len(rows.of("terminal")) == 1


async def test_two_processes_say_it_once(rows: ReminderRows, tmp_path: Path) -> None:
    """Two deliverers with connections of their own look at the same moment, again and again."""
    other = Database("sqlite:///thads.sqlite", tmp_path)
    for number in range(40):
        keep(rows, f"telegram:{number}")
    line, clock = Line("telegram"), Clock()
    deliveries = [Delivery(rows, [line], clock), Delivery(ReminderRows(other), [line], clock)]
    for _ in range(3):
        await asyncio.gather(*(delivery.look() for delivery in deliveries))
    assert sorted(int(chat) for chat, _ in line.said) == list(range(40))
    other.close()


@pytest.mark.parametrize("fault", [BUSY, OSError("no route"), TimeoutError()], ids=["busy", "network", "time out"])
async def test_again_after_a_fault(rows: ReminderRows, fault: Exception) -> None:
    keep(rows, "telegram:1")
    line, clock = Line("telegram", fault, fault), Clock()
    delivery = Delivery(rows, [line], clock)
    await looks(delivery, clock, 8)
    assert (line.calls, len(line.said)) == (3, 1), "after one minute and after five more"


async def test_waits_as_long_as_the_platform_asks(rows: ReminderRows) -> None:
    keep(rows, "telegram:1")
    line, clock = Line("telegram", PlatformBusy("pause", 600)), Clock()
    await looks(Delivery(rows, [line], clock), clock, 10)
    assert line.calls == 1
    await Delivery(rows, [line], clock).look()
    assert len(line.said) == 1


async def test_given_up_in_the_end(rows: ReminderRows, caplog: pytest.LogCaptureFixture) -> None:
    keep(rows, "telegram:1")
    line, clock = Line("telegram", *[BUSY] * 99), Clock()
    await looks(Delivery(rows, [line], clock), clock, 20, max(PAUSES))
    assert line.calls == len(PAUSES) + 1
    assert "given up" in caplog.text
    assert rows.of("telegram:1") == []


async def test_a_refusal_ends_it(rows: ReminderRows) -> None:
    keep(rows, "telegram:1")
    line, clock = Line("telegram", GONE), Clock()
    await looks(Delivery(rows, [line], clock), clock, 5, timedelta(days=1))
    assert (line.calls, rows.of("telegram:1")) == (1, [])


async def test_a_fault_of_one_stops_no_other(rows: ReminderRows) -> None:
    for number in range(5):
        keep(rows, f"telegram:{number}")
    line, clock = Line("telegram", GONE, BUSY), Clock()
    await Delivery(rows, [line], clock).look()
    assert len(line.said) == 3


async def test_who_dies_with_it_in_hand_loses_it(rows: ReminderRows) -> None:
    keep(rows, "telegram:1")
    (kept,) = rows.to_send(["telegram"], DUE, 1)
    assert rows.claim(kept, DUE + LEASE), "and then the process ends"
    line, clock = Line("telegram"), Clock()
    await looks(Delivery(rows, [line], clock), clock, 2, LEASE / 3)
    assert line.calls == 0
    await looks(Delivery(rows, [line], clock), clock, 2, LEASE / 3)
    assert len(line.said) == 1


@pytest.mark.parametrize(
    ("heard", "calls"), [(timedelta(hours=47), 1), (timedelta(hours=49), 0)], ids=["within the hours", "after them"]
)
async def test_an_account_writes_within_its_hours(rows: ReminderRows, heard: timedelta, calls: int) -> None:
    """An Official Account may reply for 48 hours; later the reminder waits for the person."""
    keep(rows, "zalo_oa:a", made=DUE - heard)
    line, clock = Line("zalo_oa"), Clock()
    await looks(Delivery(rows, [line], clock), clock, 3)
    assert line.calls == calls
    assert len(rows.to_show("zalo_oa:a", clock())) == 1 - calls


async def test_an_account_that_is_refused_waits_for_the_person(rows: ReminderRows) -> None:
    keep(rows, "zalo_oa:a", made=DUE - timedelta(hours=1))
    line, clock = Line("zalo_oa", PlatformRefused(-230, "out of the window")), Clock()
    await looks(Delivery(rows, [line], clock), clock, 3)
    assert (line.calls, len(rows.to_show("zalo_oa:a", clock()))) == (1, 1)


async def test_runs_until_stopped_whatever_happens(
    rows: ReminderRows, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    keep(rows, "telegram:1")
    line, clock, stop = Line("telegram"), Clock(), asyncio.Event()
    delivery = Delivery(rows, [line], clock, look_every=0.01)
    working = rows.to_send
    broken = {"left": 2}

    def shaky(*arguments: object) -> object:
        if broken["left"]:
            broken["left"] -= 1
            raise OSError("the disk is full")
        return working(*arguments)  # type: ignore[arg-type]

    rows.to_send = shaky  # type: ignore[method-assign,assignment]
    running = asyncio.create_task(delivery.run(stop))
    await until(lambda: line.said)
    stop.set()
    await asyncio.wait_for(running, 10)
    assert "could not be looked at" in caplog.text


async def test_without_channels_nothing_is_taken(rows: ReminderRows) -> None:
    keep(rows, "telegram:1")
    await Delivery(rows, [], Clock()).look()
    assert rows.of("telegram:1")[0].tries == 0


class Running(Line):
    """A channel that ends once it has announced something."""

    trouble = ""

    async def run(self, assistant: Assistant, people: People, stop: asyncio.Event) -> None:
        await until(lambda: self.said)


def test_the_program_delivers_beside_its_channels(settings: Settings, database: Database, rows: ReminderRows) -> None:
    moment = now()
    rows.add("telegram:5", DueDay(moment.date(), "hạn nộp đơn"), moment - timedelta(minutes=1), moment)

    def no_knowledge() -> Knowledge:
        raise AssertionError("nothing is asked of the law")

    line = Running("telegram")
    assert run_channels([line], Assistant(settings, no_knowledge, database), settings) == 0
    assert [chat for chat, _ in line.said] == ["5"]
