"""Chooses the weights that tell questions of the field from others.

Inside are the library's asked questions, each judged without itself, and the headings of its articles, as people type them into a search
box; outside are the lines of `out_of_field.txt`, likewise, and questions on other law (those that speak of enforcement are left out).
"""

from __future__ import annotations

import json
import random
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from knowledge.embedding import Embedder
from knowledge.field import PLAIN, Field
from knowledge.index import index_passages
from knowledge.passages import passages_of
from knowledge.spelling import WordLists, wording
from knowledge.store import Library

SEED = 20261123
INSIDE = 3_000
OURS = re.compile(r"thi hành án|chấp hành viên|kê biên|thừa phát lại|tàu cá|đấu giá|đảng viên", re.IGNORECASE)
COMMON = re.compile(
    r"hiệu lực|phạm vi|đối tượng|giải thích|tổ chức thực hiện|trách nhiệm thi hành|nguyên tắc|điều khoản|biểu mẫu", re.IGNORECASE
)


def fit(rows: np.ndarray, labels: np.ndarray, importance: np.ndarray) -> tuple[np.ndarray, float]:
    """Logistic regression with a little decay, by full-batch L-BFGS."""
    x, y, w = (torch.tensor(a, dtype=torch.float64) for a in (rows, labels, importance))
    weights = torch.zeros(x.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=500, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        score = x @ weights[:-1] + weights[-1]
        loss = (torch.nn.functional.binary_cross_entropy_with_logits(score, y, reduction="none") * w).mean()
        loss = loss + 1e-5 * (weights[:-1] ** 2).sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    found = weights.detach().numpy()
    return found[:-1], float(found[-1])


def telling(library: Library) -> set[str]:
    """Headings that say by themselves what field they are of: not «Hiệu lực thi hành», which every law has."""
    return {
        article.heading
        for document in library.documents
        for _, article in document.articles()
        if 2 <= len(article.heading.split()) <= 14 and not COMMON.search(article.heading)
    }


def make(library: Library, others: Sequence[str], embedder: Embedder, lists: WordLists, out: Path) -> None:
    """Write the weights; `others` are questions on other law."""
    passages = [passage for document in library.documents for passage in passages_of(document)]
    with tempfile.TemporaryDirectory() as folder:
        build = index_passages(Path(folder), passages, embedder, library.asked, library.outside)
        field = Field(build, embedder, PLAIN)
        chosen = random.Random(SEED).sample(range(len(build.questions)), min(INSIDE, len(build.questions)))
        inside = [field.measures(wording(build.questions[n].text, lists), without=n) for n in chosen]
        inside += [field.measures(wording(text, lists)) for text in sorted(telling(library))]
        outside = [field.measures(wording(text, lists), without_outside=n) for n, text in enumerate(library.outside)]
        elsewhere = [field.measures(wording(text, lists)) for text in others if not OURS.search(text)]
    rows = np.array([*inside, *outside, *elsewhere])
    labels = np.array([1.0] * len(inside) + [0.0] * (len(outside) + len(elsewhere)))
    importance = np.array([1.0] * len(inside) + [1.5] * len(outside) + [1.0] * len(elsewhere))
    measures, constant = fit(rows, labels, importance)
    kept = {"measures": [round(float(m), 4) for m in measures], "constant": round(constant, 4)}
    out.write_text(json.dumps(kept) + "\n", encoding="utf-8")
    print(json.dumps({"inside": len(inside), "outside": len(outside), "other law": len(elsewhere), **kept}), flush=True)
