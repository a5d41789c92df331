"""Texts turned into vectors: the shipped model read with and without torch, and a model that is not there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import Embedder, SentenceTransformerEmbedder, StaticEmbedder, load_embedder
from knowledge.errors import ModelError

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "knowledge" / "model"
TEXTS = [
    "Cưỡng chế giao nhà, giao quyền sử dụng đất",
    "cuong che giao nha, giao quyen su dung dat",
    "Điều 36 khoản 1 Luật 106/2025/QH15",
    "KÊ BIÊN",
    "đ",
    "a b c 500.000.000 đồng; 05 ngày – 10%",
    "kê biên tài sản " * 300,
    "",
    "   ",
]


@pytest.fixture(scope="module")
def ours() -> StaticEmbedder:
    return StaticEmbedder(MODEL)


@pytest.fixture(scope="module")
def theirs() -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(str(MODEL), download=False)


@pytest.mark.parametrize("text", TEXTS)
def test_same_vectors_as_sentence_transformers(ours: Embedder, theirs: Embedder, text: str) -> None:
    mine, other = ours.encode([text])[0], theirs.encode([text])[0]
    if text.strip():
        assert float(mine @ other) > 0.9999
    else:
        assert not mine.any()
        assert not other.any()


def test_same_name_and_size(ours: Embedder, theirs: Embedder) -> None:
    assert ours.fingerprint == theirs.fingerprint
    assert ours.fingerprint.startswith("sha256:")
    assert ours.dimension == theirs.dimension == ours.encode(["a"]).shape[1]


def test_unit_length(ours: Embedder) -> None:
    lengths = np.linalg.norm(ours.encode(TEXTS), axis=1)
    expected = [1.0 if text.strip() else 0.0 for text in TEXTS]
    np.testing.assert_allclose(lengths, expected, atol=1e-5)
    assert ours.encode(TEXTS).dtype == np.float32
    assert ours.encode([]).shape == (0, ours.dimension)


def test_one_by_one_is_the_same_as_together(ours: Embedder) -> None:
    together = ours.encode(TEXTS)
    np.testing.assert_array_equal(together, np.concatenate([ours.encode([text]) for text in TEXTS]))


@pytest.mark.parametrize(
    ("accented", "plain"),
    [
        ("Kê biên nhà ở", "ke bien nha o"),
        ("đồng sở hữu", "dong so huu"),
        ("Người được thi hành án", "nguoi duoc thi hanh an"),
        ("hoà giải, uỷ thác", "hòa giải, ủy thác"),
    ],
)
def test_same_vector_with_and_without_accents(ours: Embedder, accented: str, plain: str) -> None:
    first, second = ours.encode([accented, plain])
    assert float(first @ second) > 0.9999


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("kê biên nhà của người phải thi hành án", "kê biên nhà ở", "khen thưởng cán bộ"),
        ("thời hạn tự nguyện thi hành án", "thời hạn tự nguyện", "đóng tàu cá vỏ thép"),
    ],
)
def test_nearer_in_meaning_is_nearer(ours: Embedder, question: str, near: str, far: str) -> None:
    asked, close, distant = ours.encode([question, near, far])
    assert float(asked @ close) > float(asked @ distant)


def test_a_static_folder_is_read_without_torch() -> None:
    code = f"import sys; from knowledge.embedding import load_embedder; load_embedder({str(MODEL)!r}).encode(['x']); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_another_model_has_another_fingerprint(ours: Embedder, tmp_path: Path) -> None:
    shutil.copytree(MODEL, tmp_path / "model")
    assert load_embedder(str(tmp_path / "model")).fingerprint == ours.fingerprint
    tokenizer = tmp_path / "model" / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert load_embedder(str(tmp_path / "model")).fingerprint != ours.fingerprint


WATCHED = """
import sys
reached = []
sys.addaudithook(lambda name, args: reached.append((name, args)) if name in ("socket.getaddrinfo", "socket.connect") else None)
from knowledge.embedding import load_embedder
from knowledge.errors import ModelError
for name in sys.argv[1:]:
    try:
        load_embedder(name)
    except ModelError as fault:
        print(fault)
print("reached:", reached)
"""
MISSING = ["khong/co-thu-muc-nay", "/tmp/khong-co-thu-muc-nay", "sentence-transformers/all-MiniLM-L6-v2"]


def test_a_missing_model_is_not_looked_for_on_the_network(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *MISSING],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "HF_HOME": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    *said, reached = done.stdout.strip().splitlines()
    for name, sentence in zip(MISSING, said, strict=True):
        assert sentence.startswith(f"embedding.model {name!r} is neither a model folder nor a model on this machine")
        assert "embedding.download: true" in sentence
    assert reached == "reached: []"


@pytest.mark.parametrize(
    ("file", "content"),
    [
        pytest.param("modules.json", None, id="no modules.json"),
        pytest.param("modules.json", b"{", id="modules.json cut short"),
        pytest.param("model.safetensors", None, id="no table"),
        pytest.param("model.safetensors", b"\x08", id="table cut short"),
        pytest.param("tokenizer.json", None, id="no tokenizer"),
        pytest.param("tokenizer.json", b"{}", id="tokenizer emptied"),
    ],
)
def test_a_damaged_folder_is_a_model_error(tmp_path: Path, file: str, content: bytes | None) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODEL, folder)
    (folder / file).unlink()
    if content is not None:
        (folder / file).write_bytes(content)
    with pytest.raises(ModelError, match="embedding.model"):
        load_embedder(str(folder))
