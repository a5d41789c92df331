"""Builds in their folders: written with Chroma, opened again, and refused with the remedy when something is missing or damaged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from knowledge.build import Build
from knowledge.citation import Citation
from knowledge.embedding import Embedder, Vectors
from knowledge.errors import BuildError
from knowledge.index import build_names, kept_vectors, live_build, open_build, rows_by_place, switch, targets_of, text_key
from knowledge.passages import Passage
from knowledge.refresh import Refresher
from knowledge.store import Asked

DOCUMENT = """---
number: 9/2026/NĐ-CP
kind: Nghị định
title: Thử nghiệm
issuer: Chính phủ
issued: 2026-01-05
effective_from: 2026-03-01
effective_to: 2030-01-01
audience: staff
text: official
partial_effect: [{articles: ["Điều 2"], from: 2026-02-01}]
---
## Điều 1. Kê biên nhà ở
1. Kê biên nhà ở và quyền sử dụng đất.
2. Giao bảo quản tài sản.
## Điều 2. Tiền
Khấu trừ tiền trong tài khoản.
"""
ASKED = '"1": ["Nhà tôi có bị lấy không?"]\n"1.2": ["Ai giữ đồ?"]\n"": ["Nghị định 9 nói gì?"]\n'

OUTSIDE = "# Ngoài lĩnh vực\nthời tiết hôm nay\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """An index folder with one live build of a tiny library."""
    folder = tmp_path_factory.mktemp("tiny")
    for name, text in (("documents/9.md", DOCUMENT), ("asked/9-2026-nd-cp.yaml", ASKED), ("words/out_of_field.txt", OUTSIDE)):
        (folder / "library" / name).parent.mkdir(parents=True)
        (folder / "library" / name).write_text(text, encoding="utf-8")
    assert not Refresher(folder / "library", folder / "index", embedder).run().faults
    return folder / "index"


@pytest.fixture(scope="module")
def build(root: Path, embedder: Embedder) -> Build:
    return open_build(root, embedder)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The live build's own folder, in a copy of the index that a test may damage."""
    shutil.copytree(root, tmp_path / "index")
    return tmp_path / "index" / str(live_build(root))


def test_opened_as_it_was_written(build: Build) -> None:
    assert [passage.id for passage in build.passages] == ["9-2026-nd-cp#1.1", "9-2026-nd-cp#1.2", "9-2026-nd-cp#2"]
    assert build.passages[2] == Passage(
        id="9-2026-nd-cp#2",
        document="9-2026-nd-cp",
        place="2",
        citation=Citation("9/2026/NĐ-CP", "2"),
        heading_path=("Thử nghiệm", "Tiền"),
        text="Khấu trừ tiền trong tài khoản.",
        in_force_from=date(2026, 2, 1),
        in_force_to=date(2030, 1, 1),
        audience="staff",
        digest=False,
        rank=1,
    )
    assert [(question.text, question.targets) for question in build.questions] == [
        ("Nhà tôi có bị lấy không?", (0, 1)),
        ("Ai giữ đồ?", (1,)),
        ("Nghị định 9 nói gì?", (0, 1, 2)),
    ]
    assert set(build.views) == {"accented", "folded", "headings", "asked", "outside", "articles", "titles"}


def test_vectors_are_those_of_the_texts(build: Build, embedder: Embedder) -> None:
    first = "Thử nghiệm. Tiền. Khấu trừ tiền trong tài khoản."
    np.testing.assert_allclose(build.vectors[2], embedder.encode([first])[0], atol=1e-6)
    np.testing.assert_array_equal(kept_vectors(build.folder)[text_key(first)], build.vectors[2])
    assert len(kept_vectors(build.folder)) == len(build.vectors) == 7, (
        "passages, asked questions, questions from outside the field"
    )


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("khấu trừ tiền trong tài khoản", "2"),
        ("ke bien nha o", "0"),
    ],
)
def test_nearest_in_chroma(build: Build, embedder: Embedder, question: str, nearest: str) -> None:
    found = build.chroma.query(query_embeddings=embedder.encode([question]), n_results=1, include=[])
    assert found["ids"] == [[nearest]]


def test_closed_and_opened_again(root: Path, embedder: Embedder) -> None:
    for _ in range(3):
        opened = open_build(root, embedder)
        assert opened.chroma.count() == 3
        opened.close()


def test_named_and_live(root: Path, embedder: Embedder, build: Build) -> None:
    assert build_names(root) == [build.name] == [live_build(root)]
    assert open_build(root, embedder, build.name).manifest == build.manifest


def rewritten(key: str, value: object) -> Callable[[bytes], bytes]:
    return lambda old: json.dumps({**json.loads(old), key: value}).encode()


Content = bytes | Callable[[bytes], bytes] | None  # what a file is made to hold; None = gone
DAMAGE = [
    pytest.param("manifest.json", None, id="manifest gone"),
    pytest.param("manifest.json", b'{"format": 1', id="manifest cut short"),
    pytest.param("manifest.json", b"[]", id="manifest of another shape"),
    pytest.param("manifest.json", b"{}", id="manifest empty"),
    pytest.param("manifest.json", rewritten("format", 99), id="wrong format"),
    pytest.param("manifest.json", rewritten("model", "sha256:another"), id="wrong model"),
    pytest.param("vectors.npy", None, id="vectors gone"),
    pytest.param("vectors.npy", b"\x93NUMPY", id="vectors cut short"),
    pytest.param("vectors.npy", b"", id="vectors empty"),
    pytest.param("passages.jsonl", None, id="passages gone"),
    pytest.param("passages.jsonl", b'{"id": "x"', id="passages cut short"),
    pytest.param("passages.jsonl", b"", id="passages empty: fewer than vectors"),
    pytest.param("asked.jsonl", None, id="questions gone"),
    pytest.param("outside.jsonl", None, id="questions from outside gone"),
    pytest.param("chroma", None, id="chroma gone"),
    pytest.param("chroma/chroma.sqlite3", b"this is no database, it only pretends to be one", id="chroma overwritten"),
    pytest.param("words/folded", None, id="a word view gone"),
    pytest.param("words/asked/view.json", b"{}", id="a word view damaged"),
]


@pytest.mark.parametrize(("file", "content"), DAMAGE)
def test_damage_says_what_to_do(copy: Path, embedder: Embedder, file: str, content: Content) -> None:
    path = copy / file
    if content is None:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    else:
        path.write_bytes(content(path.read_bytes()) if callable(content) else content)
    with pytest.raises(BuildError, match="Run: python ingest.py") as caught:
        open_build(copy.parent, embedder)
    assert str(copy) in str(caught.value)


@dataclass
class OtherEmbedder:
    """Another model, as an operator who changed embedding.model would have."""

    fingerprint: str = "sha256:0123456789abcdef"
    dimension: int = 8

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), self.dimension), dtype=np.float32)


def test_another_model_is_named(root: Path) -> None:
    with pytest.raises(BuildError, match=r"was made by model sha256:\w+, embedding.model is sha256:0123456789abcdef"):
        open_build(root, OtherEmbedder())


def test_no_build(tmp_path: Path, embedder: Embedder) -> None:
    assert live_build(tmp_path) is None
    assert build_names(tmp_path) == []
    with pytest.raises(BuildError, match="There is no index in .* Run: python ingest.py"):
        open_build(tmp_path, embedder)


def test_the_pointer_names_a_build_that_is_gone(tmp_path: Path, embedder: Embedder) -> None:
    switch(tmp_path, "20260101-000000-deadbeef")
    with pytest.raises(BuildError, match="Run: python ingest.py"):
        open_build(tmp_path, embedder)


def test_switch_replaces_the_pointer(tmp_path: Path) -> None:
    switch(tmp_path, "a")
    switch(tmp_path, "b")
    assert live_build(tmp_path) == "b"
    assert [path.name for path in tmp_path.iterdir()] == ["current"]


@pytest.mark.parametrize(
    ("place", "rows"),
    [
        ("1", (0, 1, 2)),
        ("1.2", (1, 2)),
        ("1.2.đ", (2,)),
        ("10", (3,)),
        ("", (0, 1, 2, 3)),
        ("7", ()),
        ("1.1.a", (0,)),
        ("10.3.b", (3,)),
        ("7.1", ()),
    ],
)
def test_targets(place: str, rows: tuple[int, ...]) -> None:
    days = (date(2026, 1, 1), None)
    passages = [
        Passage(f"d#{name}", "d", name.partition(".")[0], Citation("D"), (), "", *days, "public", True)
        for name in ("1.1", "1.2", "1.2.đ", "10")
    ]
    assert targets_of(Asked("d", place, "?"), passages, rows_by_place(passages)) == rows
