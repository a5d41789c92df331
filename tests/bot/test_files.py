"""Papers in a real SQLite file: fetched by their key alone, gone after their hours, with their conversation and on request."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from bot import serve
from bot.database import FILES, Database, now
from bot.files import Files
from knowledge.practice.form_files import read_forms
from tests.conftest import ROOT

FORMS = read_forms(ROOT / "knowledge" / "library" / "forms")
PAPER = bytes(range(256)) * 400


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database("sqlite:///thads.sqlite", tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def files(database: Database) -> Files:
    return Files(database, 24, "https://thads.example.vn/", lambda: FORMS)


def age(database: Database, hours: float) -> None:
    """Make all papers so much older."""
    with database.transaction() as connection:
        connection.execute(update(FILES).values(at=now() - timedelta(hours=hours)))


def count(database: Database) -> int:
    with database.transaction() as connection:
        return int(connection.execute(select(func.count()).select_from(FILES)).scalar_one())


def test_kept_as_it_was_made(files: Files) -> None:
    file = files.keep("telegram:1", "Đơn khiếu nại", "don.docx", PAPER)
    assert files.find(file.key) == ("don.docx", PAPER)
    assert (file.name, file.title) == ("don.docx", "Đơn khiếu nại")
    assert file.url == f"https://thads.example.vn/tep/{file.key}/don.docx"


def test_without_a_public_address_the_place_on_the_site_is_named(database: Database) -> None:
    file = Files(database, 24, "", lambda: FORMS).keep("a", "Đơn", "don.docx", PAPER)
    assert file.url == f"/tep/{file.key}/don.docx"


def test_keys_cannot_be_guessed(files: Files) -> None:
    keys = {files.keep("a", "Đơn", "don.docx", b"x").key for _ in range(50)}
    assert len(keys) == 50
    assert all(len(key) >= 43 for key in keys), "256 bits"
    assert len({key[:6] for key in keys}) == 50


@pytest.mark.parametrize("key", ["", "x", "%", "' or 1=1 --", "mau-", "mau-nothing", "mau-../complaint", "\x00", "đ" * 500])
def test_no_such_file(key: str, files: Files) -> None:
    files.keep("a", "Đơn", "don.docx", PAPER)
    assert files.find(key) is None


def test_gone_after_its_hours(files: Files, database: Database) -> None:
    file = files.keep("a", "Đơn", "don.docx", PAPER)
    age(database, 23.9)
    assert files.find(file.key)
    age(database, 24.1)
    assert files.find(file.key) is None
    files.forget()
    assert count(database) == 0


def test_a_new_paper_takes_the_old_ones_away(files: Files, database: Database) -> None:
    files.keep("a", "Đơn", "don.docx", PAPER)
    age(database, 25)
    files.keep("b", "Đơn", "don.docx", PAPER)
    assert count(database) == 1


def test_gone_with_its_conversation(files: Files, database: Database) -> None:
    mine, yours = files.keep("mine", "Đơn", "don.docx", PAPER), files.keep("yours", "Đơn", "don.docx", PAPER)
    database.erase(["mine"])
    assert files.find(mine.key) is None
    assert files.find(yours.key)


def test_gone_from_the_disk_too(tmp_path: Path) -> None:
    """What was typed and what was made of it is overwritten, not only unlinked."""
    database = Database("sqlite:///own.sqlite", tmp_path)
    secrets = [f"Nguyễn Thị Bí Mật {n}" for n in range(200)]
    for n, secret in enumerate(secrets):
        database.set_state("a", "forms", secret * 20)
        Files(database, 24, "", lambda: FORMS).keep("a", "Đơn", f"{n}.docx", secret.encode() * 50)
    database.erase(["a"])
    database.close()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not [secret for secret in secrets if secret.encode() in left]


def test_gone_with_all_that_is_old(files: Files, database: Database) -> None:
    files.keep("a", "Đơn", "don.docx", PAPER)
    database.forget_before(-1)
    assert count(database) == 0


def test_a_blank_template_is_nobodys(files: Files, database: Database) -> None:
    file = files.blank(FORMS["complaint"], "Mẫu trống")
    assert file.key == "mau-complaint"
    found = files.find(file.key)
    assert found
    assert found[0] == FORMS["complaint"].file_name
    assert found[1][:2] == b"PK"
    assert count(database) == 0


async def test_taken_away_while_nobody_asks(files: Files, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The running program tidies by itself, also after a look that failed."""

    class Keeper:
        looks = 0

        def forget_files(self) -> None:
            self.looks += 1
            if self.looks == 1:
                raise OSError("the disk is away")
            files.forget()

    monkeypatch.setattr(serve, "TIDY_EVERY", 0.01)
    files.keep("a", "Đơn", "don.docx", PAPER)
    age(database, 25)
    stop = asyncio.Event()
    tidying = asyncio.create_task(serve._tidy(Keeper(), stop))  # type: ignore[arg-type]
    async with asyncio.timeout(20):
        while count(database):  # noqa: ASYNC110 - what is waited for happens in a thread
            await asyncio.sleep(0.01)
    stop.set()
    await tidying
