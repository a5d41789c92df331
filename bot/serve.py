"""Puts the parts together: settings, model, builds that follow the pointer, the assistant, the channels."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from bot.assistant import Assistant
from bot.channels import Channel
from bot.config import Settings
from bot.database import Database
from bot.delivery import Delivery
from bot.model import open_model
from bot.people import People
from bot.state import Knowledge
from bot.upkeep import Upkeep
from knowledge.build import Build
from knowledge.embedding import Embedder, load_embedder
from knowledge.errors import BuildError, KnowledgeError, LibraryError
from knowledge.field import Field
from knowledge.index import live_build, open_build
from knowledge.practice.book import read_practice
from knowledge.practice.deciding import read_deciding
from knowledge.practice.form_files import read_forms
from knowledge.practice.officer_files import read_officer_files
from knowledge.practice.procedure_files import read_procedures
from knowledge.search import Search
from knowledge.situations import Situations
from knowledge.spelling import read_word_lists
from knowledge.store import open_library
from knowledge.succession import read_successions
from knowledge.trained import UNTRAINED, Trained, read_trained

log = logging.getLogger(__name__)
TIDY_EVERY = 300.0  # seconds
WAITING = 32  # threads where an answer may wait for a chat model, or for what a spoken question says
LAST_WORDS = 10.0  # seconds that work beside the channels is given when the program ends
LOOK_EVERY = 2.0  # seconds between looks at the pointer file


class LiveKnowledge:
    """The live build, opened anew when the pointer changes; questions in flight keep the build they began with."""

    def __init__(self, index: Path, embedder: Embedder, trained: Trained = UNTRAINED) -> None:
        self._index = index
        self._embedder = embedder
        self._trained = trained
        self._lock = threading.Lock()
        self._looked = 0.0
        self._current = open_knowledge(index, embedder, trained=trained)

    def __call__(self) -> Knowledge:
        if time.monotonic() - self._looked > LOOK_EVERY and self._lock.acquire(blocking=False):
            try:
                self._looked = time.monotonic()
                self._follow_pointer()
            finally:
                self._lock.release()
        return self._current

    def _follow_pointer(self) -> None:
        name = live_build(self._index)
        if name is None or name == self._current.name:
            return
        try:
            self._current = open_knowledge(self._index, self._embedder, trained=self._trained)
            log.info("now serving build %s", name)
        except KnowledgeError as fault:
            log.error("build %s cannot be opened, %s goes on serving: %s", name, self._current.name, fault)


def open_knowledge(index: Path, embedder: Embedder, name: str | None = None, trained: Trained = UNTRAINED) -> Knowledge:
    """Everything of one build. Raises BuildError."""
    return knowledge_of(open_build(index, embedder, name), embedder, trained)


def knowledge_of(build: Build, embedder: Embedder, trained: Trained = UNTRAINED) -> Knowledge:
    """Everything of a build that is open. Raises BuildError when the library in it cannot be read."""
    kept = build.folder / "library"
    try:
        library, lists = open_library(kept), read_word_lists(kept / "words")
        return Knowledge(
            name=build.name,
            library=library,
            lists=lists,
            search=Search(build, embedder, ranker=trained.ranker, fusion=trained.fusion),
            field=Field(build, embedder, trained.field),
            successions=read_successions(kept / "articles"),
            practice=read_practice(rules) if (rules := kept / "practice").exists() else None,
            situations=Situations(read_procedures(kept / "procedures"), build, library, lists, embedder),
            sheets=read_officer_files(kept / "officers"),
            deciding=read_deciding(kept / "deciding"),
            forms=read_forms(kept / "forms"),
        )
    except LibraryError as fault:  # a build keeps its own copy of the library: what is wrong there is put right by a new build
        raise BuildError(f"Index {build.folder} is damaged ({fault}). Run: python ingest.py --rebuild") from fault


def open_embedder(settings: Settings) -> Embedder:
    """The configured embedder; a relative folder is relative to config.yaml."""
    local = settings.path(settings.embedding.model)
    return load_embedder(str(local) if local.exists() else settings.embedding.model, download=settings.embedding.download)


def open_assistant(settings: Settings) -> Assistant:
    """An assistant over the live build. Raises KnowledgeError or ConfigError with what to do."""
    knowledge = LiveKnowledge(
        settings.path(settings.index.path), open_embedder(settings), read_trained(settings.path(settings.embedding.model))
    )
    database = Database(settings.database.url, settings.root)
    database.forget_before(settings.conversation.forget_after_days)
    model = open_model(settings.model, settings.model_key.get_secret_value())
    fallback = open_model(settings.model.fallback, settings.model_fallback_key.get_secret_value())
    return Assistant(settings, knowledge, database, model, fallback=fallback)


def run_channels(channels: Sequence[Channel], assistant: Assistant, settings: Settings) -> int:
    """Run channels side by side until interrupted or all have ended; one that fails is named and started again, the others go on.

    Returns 0, or 1 when no channel could run.
    """
    people = People(settings.people.staff, settings.people.questions_a_minute)
    return asyncio.run(_run(channels, assistant, people, workers(settings)))


def workers(settings: Settings) -> int:
    """How many threads answer: one a core, since more would only wait for one another; many where they wait for other servers."""
    return WAITING if settings.model.name or settings.speech.base_url else max(2, os.cpu_count() or 1)


async def _run(channels: Sequence[Channel], assistant: Assistant, people: People, threads: int) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(threads, "answer"))
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    delivering = asyncio.create_task(Delivery(assistant.reminders.rows, channels).run(stop))
    tidying = asyncio.create_task(_tidy(assistant, stop))
    ran = await Upkeep(assistant, people).run(channels, stop)
    stop.set()
    with suppress(TimeoutError):  # a reminder that is cut off is sent again at the next start
        await asyncio.wait_for(asyncio.gather(delivering, tidying), LAST_WORDS)
    return 0 if ran else 1


async def _tidy(assistant: Assistant, stop: asyncio.Event) -> None:
    """Take away papers whose time is over, again and again until stopped: none outlives it because nobody asks."""
    while not stop.is_set():
        try:
            await asyncio.to_thread(assistant.forget_files)
        except Exception:
            log.exception("files past their time could not be taken away")
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TIDY_EVERY)
