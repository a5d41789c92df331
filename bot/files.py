"""Keeps the papers that were made for people: under a key that nobody can guess, for as long as the settings say, then not at all.

The blank template of a form is nobody's: its key is its name, and it is made anew whenever it is fetched.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from bot.database import FILES, Database, now
from bot.message import AnswerFile
from knowledge.practice.form_paper import fill
from knowledge.practice.forms import Form

_BLANK = "mau-"  # begins the key of a template; a made key is longer than any of these


@dataclass(frozen=True, slots=True)
class Files:
    """The papers of all conversations; `base` is the site's address where there is one, `forms` gives the forms of now."""

    database: Database
    hours: int
    base: str
    forms: Callable[[], Mapping[str, Form]]

    def keep(self, conversation: str, title: str, name: str, data: bytes) -> AnswerFile:
        """Keep a paper of a conversation; what is past its time goes at the same moment."""
        self.forget()
        key = secrets.token_urlsafe(32)
        row = {"key": key, "conversation": conversation, "at": now(), "name": name, "data": data}
        with self.database.transaction() as connection:
            connection.execute(insert(FILES), row)
        return AnswerFile(name, title, key, self._url(key, name))

    def blank(self, form: Form, title: str) -> AnswerFile:
        """The template of a form, to be filled in by hand."""
        key = f"{_BLANK}{form.id}"
        return AnswerFile(form.file_name, title, key, self._url(key, form.file_name))

    def find(self, key: str) -> tuple[str, bytes] | None:
        """Name and content of a file; None for one that is past its time, erased, or never was."""
        if key.startswith(_BLANK):
            form = self.forms().get(key.removeprefix(_BLANK))
            return (form.file_name, fill(form, {})) if form else None
        with self.database.transaction() as connection:
            row = connection.execute(select(FILES).where(FILES.c.key == key, FILES.c.at >= self._since)).first()
        return (str(row.name), bytes(row.data)) if row else None

    def forget(self) -> None:
        """Take away what is past its time."""
        with self.database.transaction() as connection:
            connection.execute(delete(FILES).where(FILES.c.at < self._since))

    @property
    def _since(self) -> datetime:
        return now() - timedelta(hours=self.hours)

    def _url(self, key: str, name: str) -> str:
        return f"{self.base.rstrip('/')}/tep/{key}/{name}"
