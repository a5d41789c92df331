"""Index builds: a directory each, never changed once made, and one pointer file that says which is live.

knowledge/index/
  current                     the name of the live build
  20261123-083011-1f3a9c2e/
    manifest.json             what it was made from and by which model
    library/                  the documents as they were (what the running bot quotes from)
    passages.jsonl  asked.jsonl  outside.jsonl  vectors.npy
    chroma/                   the vectors of passages
    words/<view>/             BM25
    clauses.npz               the articles' syllables, clause by clause
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.build import Build, Question
from knowledge.citation import Citation
from knowledge.clauses import Clauses
from knowledge.embedding import Embedder, Vectors
from knowledge.errors import BuildError
from knowledge.lexical import View, WordIndex
from knowledge.passages import Passage
from knowledge.store import Asked

FORMAT = 6
POINTER = "current"
MANIFEST = "manifest.json"
_RUN_INGEST = "Run: python ingest.py"


def embedded_text(passage: Passage) -> str:
    """What is embedded and searched of a passage: its headings, then its text."""
    return f"{'. '.join(passage.heading_path)}. {passage.text}"


def targets_of(asked: Asked, passages: Sequence[Passage], rows: dict[str, list[int]]) -> tuple[int, ...]:
    """The rows of the passages that lie at the asked place, or, of a point in a clause that is one passage, around it."""
    if not asked.place:
        return tuple(n for n, passage in enumerate(passages) if passage.document == asked.document)
    place = asked.place
    while place and f"{asked.document}#{place}" not in rows:
        place = place.rpartition(".")[0]
    return tuple(rows.get(f"{asked.document}#{place}", ()))


def rows_by_place(passages: Sequence[Passage]) -> dict[str, list[int]]:
    """Rows by every address that covers them: "106-2025-qh15#36", "…#36.1" and so on."""
    rows: dict[str, list[int]] = {}
    for n, passage in enumerate(passages):
        document, _, place = passage.id.partition("#")
        labels = place.split(".")
        for depth in range(1, len(labels) + 1):
            rows.setdefault(f"{document}#{'.'.join(labels[:depth])}", []).append(n)
    return rows


def write_index(
    folder: Path,
    passages: Sequence[Passage],
    asked: Sequence[Asked],
    embedder: Embedder,
    kept: dict[str, Any] | None = None,
    outside: Sequence[str] = (),
    earlier: Path | None = None,
) -> int:
    """Write passages, questions, vectors and word views into a build folder.

    `kept` maps texts to vectors that need no embedding; `outside` are questions from outside the field, kept to tell them apart;
    `earlier` is the folder of a build whose word views are taken over where their texts are the same.

    Returns how many texts were embedded anew.
    """
    rows = rows_by_place(passages)
    questions = [Question(a.question, targets) for a in asked if (targets := targets_of(a, passages, rows))]
    texts = [embedded_text(p) for p in passages]
    articles = _by_article(passages)
    _write_rows(folder / "passages.jsonl", [_passage_row(p) for p in passages])
    _write_rows(folder / "asked.jsonl", [asdict(q) for q in questions])
    _write_rows(folder / "outside.jsonl", [{"text": text} for text in outside])
    vectors, fresh = _embed([*texts, *(q.text for q in questions), *outside], embedder, kept or {})
    np.save(folder / "vectors.npy", vectors)
    _write_chroma(folder / "chroma", vectors[: len(passages)])
    for view, view_texts in (
        ("accented", texts),
        ("folded", texts),
        ("headings", [". ".join(p.heading_path[-2:]) for p in passages]),
        ("asked", [q.text for q in questions]),
        ("outside", outside),
        ("articles", [". ".join([each[0].heading, *(p.text for p in each)]) for each in articles]),
        ("titles", [each[0].heading for each in articles]),
    ):
        before = earlier / "words" / view if earlier else None
        made = WordIndex.build(view, view_texts, folder / "words" / view, before)  # type: ignore[arg-type]
        if view == "articles":
            Clauses.of([[line for p in each for line in p.text.splitlines() if line] for each in articles], made).save(folder)
    return fresh


def index_passages(
    root: Path, passages: Sequence[Passage], embedder: Embedder, asked: Sequence[Asked] = (), outside: Sequence[str] = ()
) -> Build:
    """A build of passages and questions outside any library, as a corpus to measure on or to train with."""
    folder = root / "build"
    folder.mkdir()
    write_index(folder, passages, asked, embedder, outside=outside)
    (folder / MANIFEST).write_text(json.dumps({"format": FORMAT, "model": embedder.fingerprint}), encoding="utf-8")
    return open_build(root, embedder, folder.name)


def _by_article(passages: Sequence[Passage]) -> list[list[Passage]]:
    """The passages of each article, the articles in the order in which they first appear."""
    found: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.article_key, []).append(passage)
    return list(found.values())


def text_key(text: str) -> str:
    """The name under which a text's vector is kept from one build to the next."""
    return hashlib.blake2b(text.encode("utf-8"), digest_size=12).hexdigest()


def kept_vectors(folder: Path) -> dict[str, Any]:
    """The vectors of a build by the texts they were made from; none when its files cannot be read."""
    try:
        texts = [embedded_text(_passage_of(row)) for row in _read_rows(folder / "passages.jsonl")]
        texts += [row["text"] for name in ("asked", "outside") for row in _read_rows(folder / f"{name}.jsonl")]
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        return {text_key(text): row for text, row in zip(texts, vectors, strict=True)}
    except (OSError, ValueError, KeyError, TypeError):  # it is only a saving: what is missing is embedded anew
        return {}


def _embed(texts: Sequence[str], embedder: Embedder, kept: dict[str, Any]) -> tuple[Vectors, int]:
    vectors = np.zeros((len(texts), embedder.dimension), dtype=np.float32)
    fresh = [n for n, text in enumerate(texts) if text_key(text) not in kept]
    for n, text in enumerate(texts):
        if (row := kept.get(text_key(text))) is not None:
            vectors[n] = row
    if fresh:
        vectors[fresh] = embedder.encode([texts[n] for n in fresh])
    return vectors, len(fresh)


def _write_chroma(folder: Path, vectors: Vectors) -> None:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
    step = client.get_max_batch_size()
    collection = client.create_collection(
        "passages", embedding_function=None, configuration={"hnsw": {"space": "cosine", "ef_search": 200}}
    )
    for at in range(0, len(vectors), step):
        stop = min(at + step, len(vectors))
        collection.add(ids=[str(n) for n in range(at, stop)], embeddings=vectors[at:stop])


def open_build(root: Path, embedder: Embedder, name: str | None = None) -> Build:
    """The live build, or the named one. Raises BuildError when it is missing, damaged or made by another model."""
    name = name or live_build(root)
    if name is None:
        raise BuildError(f"There is no index in {root}. {_RUN_INGEST}")
    folder = root / name
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise BuildError(f"Index {folder} has format {manifest['format']}, this program reads {FORMAT}. {_RUN_INGEST}")
        if manifest["model"] != embedder.fingerprint:
            raise BuildError(
                f"Index {folder} was made by model {manifest['model']}, embedding.model is {embedder.fingerprint}. {_RUN_INGEST}"
            )
        return _open(folder, manifest)
    except BuildError:
        raise
    except Exception as fault:  # a damaged file can fail in any library; the remedy is the same
        raise BuildError(f"Index {folder} is damaged ({type(fault).__name__}: {fault}). {_RUN_INGEST} --rebuild") from fault


def _open(folder: Path, manifest: dict[str, Any]) -> Build:
    import chromadb
    from chromadb.config import Settings

    passages = tuple(_passage_of(row) for row in _read_rows(folder / "passages.jsonl"))
    questions = tuple(Question(row["text"], tuple(row["targets"])) for row in _read_rows(folder / "asked.jsonl"))
    vectors = np.load(folder / "vectors.npy", mmap_mode="r")
    if len(vectors) != len(passages) + len(questions) + len(_read_rows(folder / "outside.jsonl")):
        raise BuildError(
            f"Index {folder} is damaged: {len(vectors)} vectors for {len(passages)} passages. {_RUN_INGEST} --rebuild"
        )
    client = chromadb.PersistentClient(path=str(folder / "chroma"), settings=Settings(anonymized_telemetry=False))
    collection = client.get_collection("passages", embedding_function=None)
    names: tuple[View, ...] = ("accented", "folded", "headings", "asked", "outside", "articles", "titles")
    views = {view: WordIndex.open(folder / "words" / view) for view in names}
    return Build(folder.name, folder, manifest, passages, questions, vectors, views, Clauses.open(folder), collection)


def live_build(root: Path) -> str | None:
    """The name in the pointer file, None when nothing was ever built."""
    try:
        return (root / POINTER).read_text(encoding="utf-8").strip() or None
    except OSError:
        return None


def switch(root: Path, name: str) -> None:
    """Make a build live by replacing the pointer in one step; a process killed before it leaves the old build live."""
    fresh = root / f".{POINTER}.new"
    with fresh.open("w", encoding="utf-8") as pointer:
        pointer.write(name + "\n")
        pointer.flush()
        os.fsync(pointer.fileno())
    fresh.replace(root / POINTER)


def build_names(root: Path) -> list[str]:
    """Names of finished builds, oldest first; one without a manifest was never finished."""
    return sorted(path.parent.name for path in root.glob(f"*/{MANIFEST}") if not path.parent.name.startswith("."))


def _write_rows(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows), encoding="utf-8")


def _read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _passage_row(passage: Passage) -> dict[str, Any]:
    return asdict(passage)


def _passage_of(row: dict[str, Any]) -> Passage:
    ends = row["in_force_to"]
    return Passage(
        id=row["id"],
        document=row["document"],
        place=row["place"],
        citation=Citation(**row["citation"]),
        heading_path=tuple(row["heading_path"]),
        text=row["text"],
        in_force_from=date.fromisoformat(row["in_force_from"]),
        in_force_to=date.fromisoformat(ends) if ends else None,
        audience=row["audience"],
        digest=row["digest"],
        confirmed=row["confirmed"],
        rank=row["rank"],
    )
