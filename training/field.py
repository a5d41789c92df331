"""Choose the weights that tell questions of the field from others: `python training/field.py --questions OTHER.jsonl --out knowledge/model`.

Inside are the library's asked questions, each judged without itself, and the headings of its articles, as people type them into a search
box; outside are the lines of `out_of_field.txt`, likewise, and questions
on other law (`{"question"}` lines; those that speak of enforcement are left out). Needs a build of the same library: run ingest.py first.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from pathlib import Path

import numpy as np
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.config import load_settings
from bot.serve import open_embedder
from knowledge.field import PLAIN, Field
from knowledge.index import open_build
from knowledge.spelling import read_word_lists, wording
from knowledge.store import Library, read_library

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


def main() -> None:
    root = Path(__file__).parent.parent
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--questions", type=Path, nargs="*", default=[])
    cli.add_argument("--config", type=Path, default=root / "config.yaml")
    cli.add_argument("--out", type=Path, default=root / "knowledge" / "model")
    options = cli.parse_args()
    settings = load_settings(options.config)
    embedder = open_embedder(settings)
    build = open_build(settings.path(settings.index.path), embedder)
    lists = read_word_lists(settings.path(settings.library.path) / "words")
    library = read_library(settings.path(settings.library.path)).library
    outside = library.outside
    field = Field(build, embedder, PLAIN)
    draw = random.Random(SEED)
    chosen = draw.sample(range(len(build.questions)), min(INSIDE, len(build.questions)))
    inside_rows = [field.measures(wording(build.questions[n].text, lists), without=n) for n in chosen]
    inside_rows += [field.measures(wording(text, lists)) for text in sorted(telling(library))]
    outside_rows = [field.measures(wording(text, lists), without_outside=n) for n, text in enumerate(outside)]
    other = [json.loads(line)["question"] for path in options.questions for line in path.read_text(encoding="utf-8").splitlines()]
    other_rows = [field.measures(wording(text, lists)) for text in other if not OURS.search(text)]
    rows = np.array([*inside_rows, *outside_rows, *other_rows])
    labels = np.array([1.0] * len(inside_rows) + [0.0] * (len(outside_rows) + len(other_rows)))
    importance = np.array([1.0] * len(inside_rows) + [1.5] * len(outside_rows) + [1.0] * len(other_rows))
    measures, constant = fit(rows, labels, importance)
    kept = {"measures": [round(float(m), 4) for m in measures], "constant": round(constant, 4)}
    (options.out / "field.json").write_text(json.dumps(kept) + "\n", encoding="utf-8")
    print(json.dumps({"inside": len(inside_rows), "outside": len(outside_rows), "other law": len(other_rows), **kept}))


if __name__ == "__main__":
    main()
