"""A small library with a document for staff, and an assistant over it: real parts, indexed in a second."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.assistant import Assistant
from bot.config import Settings
from bot.database import Database
from bot.serve import LiveKnowledge
from knowledge.embedding import Embedder
from knowledge.refresh import Refresher
from tests.conftest import ROOT, TODAY

SECRET = "Sao Mai"  # stands in the staff document alone
STAFF_KEY, PUBLIC_KEY = "77-2026-tt-bqp", "5-2026-nd-cp"
_DOCUMENTS = (
    ("5/2026/NĐ-CP", "Nghị định", "Về kê biên", "public", "Kê biên nhà ở theo luật thi hành án dân sự."),
    ("77/2026/TT-BQP", "Thông tư", "Quy trình nội bộ", "staff", f"Kê biên nhà ở: mật khẩu nội bộ là {SECRET}."),
)


@contextmanager
def closed_assistant(folder: Path, settings: Settings, embedder: Embedder) -> Iterator[Assistant]:
    library = folder / "library"
    shutil.copytree(ROOT / "knowledge/library/words", library / "words")
    (library / "documents").mkdir()
    for number, kind, title, audience, text in _DOCUMENTS:
        keys = f"number: {number}\nkind: {kind}\ntitle: {title}\nissuer: Cục\nissued: 2026-01-05\neffective_from: 2026-01-05\n"
        front = f"---\n{keys}audience: {audience}\ntext: digest\n---\n"
        (library / "documents" / f"{audience}.md").write_text(f"{front}## Điều 1. Kê biên\n{text}\n", encoding="utf-8")
    Refresher(library, folder / "index", embedder).run()
    database = Database(f"sqlite:///{folder}/x.sqlite")
    try:
        yield Assistant(settings, LiveKnowledge(folder / "index", embedder), database, today=lambda: TODAY)
    finally:
        database.close()
