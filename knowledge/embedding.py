"""Turns texts into vectors: the static model that ships with the project, or any SentenceTransformer by name or path.

The static folder is read with `tokenizers` and `numpy` alone (0.1 s, 74 MB); loading the same folder through sentence-transformers gives
the same vectors (a test holds it) but imports torch (3.6 s, 416 MB), which an answer on two cores should not have to wait for.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from knowledge.errors import ModelError

Vectors = npt.NDArray[np.float32]
MAKE_NO_VECTORS = ("field.json", "ranker.json", "fusion.json")  # trained beside a model: with another one the same index serves


class Embedder(Protocol):
    """Makes unit vectors; two embedders with the same fingerprint make the same ones."""

    fingerprint: str
    dimension: int

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, float32, of length 1 (zero for a text without known pieces)."""


class StaticEmbedder:
    """A SentenceTransformer folder of `[StaticEmbedding, Normalize]`, read without torch."""

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        tensors = load_file(folder / "model.safetensors")
        table = tensors.get("embeddings", tensors.get("embedding.weight"))
        if table is None:
            raise ModelError(
                f"{folder / 'model.safetensors'} holds no table 'embeddings'; train it again with python -m training"
            )
        self._table = table.astype(np.float32)
        if "weights" in tensors:
            self._table *= tensors["weights"].astype(np.float32)[:, None]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.dimension = int(self._table.shape[1])
        self.fingerprint = _fingerprint(folder)

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, pieces in zip(rows, self._pieces(texts), strict=True):
            if pieces:
                row[:] = self._table[pieces].mean(axis=0)
        return _normalised(rows)

    def _pieces(self, texts: Sequence[str]) -> list[list[int]]:
        """The pieces of each text; a single one, a question, is not worth the threads that a batch is divided among."""
        if len(texts) == 1:
            return [self._tokenizer.encode(texts[0], add_special_tokens=False).ids]
        return [found.ids for found in self._tokenizer.encode_batch(list(texts), add_special_tokens=False)]


class SentenceTransformerEmbedder:
    """Any SentenceTransformer, for those who have a GPU or a large model."""

    def __init__(self, name: str, *, download: bool) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        if not download:
            os.environ["HF_HUB_OFFLINE"] = "1"  # read at import; without it even a local folder is looked up on the network
        from sentence_transformers import SentenceTransformer

        self._model: Any = SentenceTransformer(name, local_files_only=not download)
        self.dimension = int(self._model.get_embedding_dimension() or 0)
        self.fingerprint = _fingerprint(Path(name)) if Path(name).exists() else f"name:{name}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        return _normalised(np.asarray(self._model.encode(list(texts), show_progress_bar=False), dtype=np.float32))


def load_embedder(name: str, *, download: bool = False) -> Embedder:
    """The embedder of a folder or a model name; only with `download` may a name be fetched from the network.

    Raises ModelError when it is missing or cannot be loaded.
    """
    folder = Path(name)
    try:
        if _is_static(folder):
            return StaticEmbedder(folder)
        return SentenceTransformerEmbedder(name, download=download)
    except ModelError:
        raise
    except Exception as fault:  # tokenizers and safetensors raise classes of their own for a damaged file
        raise ModelError(
            f"embedding.model {name!r} is neither a model folder nor a model on this machine ({str(fault).splitlines()[0]}). "
            "Keep 'knowledge/model', or set embedding.download: true to fetch a model by name"
        ) from fault


def _is_static(folder: Path) -> bool:
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    kinds = [str(module["type"]).rsplit(".", 1)[-1] for module in modules]
    return kinds in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _normalised(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in (".safetensors", ".json", ".bin") and path.name not in MAKE_NO_VECTORS:
            digest.update(path.name.encode() + path.read_bytes())
    return f"sha256:{digest.hexdigest()[:16]}"
