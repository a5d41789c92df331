"""Run-time data in one place: turns of conversations, what they are in the middle of, answers given, in SQL (SQLite by default)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    event,
    insert,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, IntegrityError, SQLAlchemyError

from bot.errors import ConfigError

_META = MetaData()

TURNS = Table(
    "turns",
    _META,
    Column("id", Integer, primary_key=True),
    Column("conversation", String(200), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("question", Text, nullable=False),
    Column("standalone", Text, nullable=False),
    Column("receipt", String(40), nullable=False),
    Index("turns_by_conversation", "conversation", "id"),
)

RECEIPTS = Table(
    "receipts",
    _META,
    Column("receipt", String(40), primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("build", String(80), nullable=False),
    Column("answer", Text, nullable=False),
)

FEEDBACK = Table(
    "feedback",
    _META,
    Column("receipt", String(40), primary_key=True),
    Column("conversation", String(200), primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("good", Boolean, nullable=False),
    Column("reason", Text, nullable=False, default=""),
)

STATES = Table(
    "states",
    _META,
    Column("conversation", String(200), primary_key=True),
    Column("desk", String(40), primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("state", Text, nullable=False),
)

OPEN_REMINDERS = ("waiting", "held")  # what their people still wait for: to be sent, to be shown when they come again
FILES = Table(
    "files",
    _META,
    Column("key", String(60), primary_key=True),
    Column("conversation", String(200), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("name", String(200), nullable=False),
    Column("data", LargeBinary(2**24 - 1), nullable=False),
    Index("files_by_conversation", "conversation"),
)

REMINDERS = Table(
    "reminders",
    _META,
    Column("id", Integer, primary_key=True),
    Column("channel", String(40), nullable=False),
    Column("conversation", String(200), nullable=False),
    Column("due", DateTime, nullable=False),
    Column("day", Date, nullable=False),
    Column("what", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("next_try", DateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("sent_at", DateTime),
    Index("reminders_by_conversation", "conversation"),
    Index("reminders_to_send", "state", "next_try"),
)


class Database:
    """The tables behind short methods; every call is one transaction."""

    def __init__(self, url: str, root: Path = Path()) -> None:
        self._engine = _engine(url, root)
        try:
            _META.create_all(self._engine)
        except SQLAlchemyError as fault:  # its text may hold the address with its password
            self._engine.dispose()
            raise ConfigError(_unusable(fault)) from None

    def last_turns(self, conversation: str, count: int, since: datetime) -> list[dict[str, Any]]:
        """The newest turns of a conversation, oldest first."""
        query = (
            select(TURNS)
            .where(TURNS.c.conversation == conversation, TURNS.c.at >= since)
            .order_by(TURNS.c.id.desc())
            .limit(count)
        )
        with self._engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)][::-1]

    def add_turn(self, conversation: str, question: str, standalone: str, receipt: str) -> None:
        row = {"conversation": conversation, "at": now(), "question": question, "standalone": standalone, "receipt": receipt}
        with self._engine.begin() as connection:
            connection.execute(insert(TURNS), row)

    def add_receipt(self, receipt: str, build: str, answer: str) -> None:
        """Keep an answer under its number; the same answer given again keeps its first entry."""
        with suppress(IntegrityError), self._engine.begin() as connection:  # another thread kept the same answer first
            if connection.execute(select(RECEIPTS.c.receipt).where(RECEIPTS.c.receipt == receipt)).first() is None:
                connection.execute(insert(RECEIPTS), {"receipt": receipt, "at": now(), "build": build, "answer": answer})

    def receipt(self, receipt: str) -> dict[str, Any] | None:
        with self._engine.connect() as connection:
            row = connection.execute(select(RECEIPTS).where(RECEIPTS.c.receipt == receipt)).first()
        return dict(row._mapping) if row else None

    def add_feedback(self, receipt: str, conversation: str, good: bool, reason: str = "") -> bool:
        """Keep whether an answer helped and why, the last word of each conversation; an empty number is its newest answer.

        Returns False when the conversation got no such answer.
        """
        given = select(TURNS.c.receipt).where(TURNS.c.conversation == conversation)
        if receipt:
            given = given.where(TURNS.c.receipt == receipt)
        with self._engine.begin() as connection:
            newest = connection.execute(given.order_by(TURNS.c.id.desc())).first()
            if newest is None:
                return False
            one = (FEEDBACK.c.receipt == newest.receipt, FEEDBACK.c.conversation == conversation)
            connection.execute(delete(FEEDBACK).where(*one))
            row = {"receipt": newest.receipt, "conversation": conversation, "at": now(), "good": good, "reason": reason}
            connection.execute(insert(FEEDBACK), row)
        return True

    def feedback(self, conversation: str) -> list[dict[str, Any]]:
        """What a conversation said of its answers, oldest first."""
        query = select(FEEDBACK).where(FEEDBACK.c.conversation == conversation).order_by(FEEDBACK.c.at)
        with self._engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def states(self, conversation: str, since: datetime) -> dict[str, str]:
        """What a conversation is in the middle of, by the desk that it is at; empty when it is not in the middle of anything."""
        with self._engine.connect() as connection:
            kept = select(STATES.c.desk, STATES.c.state).where(STATES.c.conversation == conversation, STATES.c.at >= since)
            return {row.desk: str(row.state) for row in connection.execute(kept)}

    def set_state(self, conversation: str, desk: str, state: str | None) -> None:
        """Keep what a conversation is in the middle of at a desk; None: nothing any more."""
        with suppress(IntegrityError), self._engine.begin() as connection:  # of two messages at once the first one counts
            connection.execute(delete(STATES).where(STATES.c.conversation == conversation, STATES.c.desk == desk))
            if state is not None:
                row = {"conversation": conversation, "desk": desk, "at": now(), "state": state}
                connection.execute(insert(STATES), row)

    def erase(self, conversations: Sequence[str]) -> int:
        """Forget conversations, the answers given in them and their reminders; returns how many turns went."""
        with self._engine.begin() as connection:
            chosen = TURNS.c.conversation.in_(conversations)
            receipts = [row.receipt for row in connection.execute(select(TURNS.c.receipt).where(chosen))]
            connection.execute(delete(RECEIPTS).where(RECEIPTS.c.receipt.in_(receipts)))
            for table in (FEEDBACK, STATES, FILES, REMINDERS):
                connection.execute(delete(table).where(table.c.conversation.in_(conversations)))
            return int(connection.execute(delete(TURNS).where(chosen)).rowcount)

    def forget_before(self, days: int) -> None:
        """Forget all turns and answers older than so many days, and reminders whose day lies as far back or is past and done with."""
        today = now().date()
        with self._engine.begin() as connection:
            for table in (TURNS, RECEIPTS, FEEDBACK, STATES, FILES):
                connection.execute(delete(table).where(table.c.at < now() - timedelta(days=days)))
            done = (REMINDERS.c.state.not_in(OPEN_REMINDERS)) & (REMINDERS.c.day < today)
            connection.execute(delete(REMINDERS).where(done | (REMINDERS.c.day < today - timedelta(days=days))))

    def transaction(self) -> AbstractContextManager[Connection]:
        """One transaction for a module that keeps a table of its own."""
        return self._engine.begin()

    def close(self) -> None:
        self._engine.dispose()


def now() -> datetime:
    """The moment in UTC, without zone: databases differ in how they keep zones."""
    return datetime.now(UTC).replace(tzinfo=None)


def _engine(url: str, root: Path) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            file = root / parsed.database
            file.parent.mkdir(parents=True, exist_ok=True)
            parsed = parsed.set(database=str(file))
        engine = create_engine(parsed)
    except (ArgumentError, SQLAlchemyError, ImportError, OSError) as fault:
        raise ConfigError(_unusable(fault)) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _wait_for_writers)
    return engine


def _unusable(fault: Exception) -> str:
    return f"database.url cannot be used: {type(fault).__name__}; write e.g. sqlite:///var/thads.sqlite"


def _wait_for_writers(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA busy_timeout=5000")
    connection.execute("PRAGMA secure_delete=ON")  # what is forgotten is not left in free pages of the file
