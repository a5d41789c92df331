"""Golden questions on a build: answered as the assistant would, kept beside a build that is being made, asked again in another state."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.watching import KEPT, answer_opener
from knowledge.embedding import Embedder
from knowledge.refresh import Refresher
from knowledge.review import Golden, Said
from tests.conftest import TODAY

LAW = "106/2025/QH15"
GOLDEN = Golden("g", "Thời hạn tự nguyện thi hành án là bao lâu?", ((LAW, "36"),))


def asked(settings: Settings, embedder: Embedder, index: Path, name: str, today: date = TODAY) -> Said:
    with answer_opener(settings, embedder, today)(index, name) as ask:
        return ask(GOLDEN)


def test_any_build_answers_as_the_assistant_would(settings: Settings, refresher: Refresher, embedder: Embedder) -> None:
    build = str(refresher.run().build)
    said = asked(settings, embedder, refresher.index, build)
    assert (said.places[0].number, said.places[0].article) == (LAW, "36")
    assert "10 ngày" in said.text
    assert not (refresher.index / build / KEPT).exists(), "a finished build is never changed"


@pytest.fixture
def made(refresher: Refresher, tmp_path: Path) -> Path:
    """A folder of builds with one that is still being made."""
    shutil.copytree(refresher.index / str(refresher.run().build), tmp_path / ".made.part")
    return tmp_path


def test_answers_are_kept_beside_a_build_in_the_making(settings: Settings, embedder: Embedder, made: Path) -> None:
    first = asked(settings, embedder, made, ".made.part")
    shutil.rmtree(made / ".made.part" / "words")  # it could not be opened again
    assert asked(settings, embedder, made, ".made.part") == first


def test_another_day_asks_again(settings: Settings, embedder: Embedder, made: Path) -> None:
    first = asked(settings, embedder, made, ".made.part")
    assert asked(settings, embedder, made, ".made.part", TODAY - timedelta(days=1)) != first


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"state": "other", "said": {}})])
def test_what_cannot_be_read_is_asked_again(settings: Settings, embedder: Embedder, made: Path, content: str) -> None:
    (made / ".made.part" / KEPT).write_text(content, encoding="utf-8")
    assert asked(settings, embedder, made, ".made.part").places[0].article == "36"
