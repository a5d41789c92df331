"""What all tests share: the real library, indexed once into a temporary folder, and an assistant over it. Nothing reaches the network."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.config import DatabaseSettings, IndexSettings, Settings, load_settings
from bot.database import Database
from bot.serve import LiveKnowledge, open_embedder
from knowledge.embedding import Embedder
from knowledge.refresh import Refresher
from knowledge.trained import read_trained

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)

for name in [name for name in os.environ if name.startswith(("THADS_", "LANGSMITH_", "LANGCHAIN_", "OPENAI_"))]:
    del os.environ[name]
os.environ["HF_HUB_OFFLINE"] = "1"


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Any connection to another machine fails the test that makes it."""
    connect = socket.socket.connect

    def loopback_only(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    socket.socket.connect = loopback_only  # type: ignore[method-assign,assignment]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The project's own settings, with index and database in a temporary folder."""
    folder = tmp_path_factory.mktemp("run")
    own = load_settings(ROOT / "config.yaml", {})
    return own.model_copy(
        update={
            "index": IndexSettings(path=folder / "index"),
            "database": DatabaseSettings(url=f"sqlite:///{folder}/test.sqlite"),
        }
    )


@pytest.fixture(scope="session")
def embedder(settings: Settings) -> Embedder:
    return open_embedder(settings)


@pytest.fixture(scope="session")
def refresher(settings: Settings, embedder: Embedder) -> Refresher:
    """The real library, already indexed."""
    made = Refresher(settings.path(settings.library.path), settings.path(settings.index.path), embedder)
    done = made.run()
    assert not done.faults, done.faults
    return made


@pytest.fixture(scope="session")
def live(settings: Settings, refresher: Refresher, embedder: Embedder) -> LiveKnowledge:
    return LiveKnowledge(settings.path(settings.index.path), embedder, read_trained(settings.path(settings.embedding.model)))


@pytest.fixture(scope="session")
def database(settings: Settings) -> Iterator[Database]:
    opened = Database(settings.database.url, settings.root)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def assistant(settings: Settings, live: LiveKnowledge, database: Database) -> Assistant:
    """The whole assistant over the real library, on a fixed day."""
    return Assistant(settings, live, database, today=lambda: TODAY)
