"""Trains the embedding model: a table of word-piece vectors, averaged.

The text is folded (no accents, lower case) inside the tokenizer, so that a question typed without accents has exactly the vector of the
same question typed with them. Multi-syllable pieces ("ban an so tham") keep most of what folding loses.

The result is a SentenceTransformer folder `[StaticEmbedding, Normalize]`; the table is kept as int8 with one scale a row.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

from knowledge.index import rows_by_place, targets_of
from knowledge.passages import passages_of
from knowledge.store import Library
from training.untaught import untaught

SEED = 20261123
STEPS = 2_000
PIECES = 32_000
PIECE_LENGTH = 22
DIMENSION = 384
SCALE = 20.0  # inverse temperature of the contrast
BATCH = 1_024
QUESTION_BATCH = 256
TOKENIZER_ARTICLES = 8_000
BODY_PIECES = 256
PEAK_RATE = 0.006


@dataclass(frozen=True, slots=True)
class Pair:
    """A short text and the long text that answers it, both as piece ids."""

    short: list[int]
    long: list[int]


def library_rows(library: Library) -> tuple[list[dict], list[dict]]:
    """The passages of our library as corpus lines, and as question lines those asked questions that the model may see."""
    passages = [passage for document in library.documents for passage in passages_of(document)]
    rows = [{"id": p.id, "title": p.heading, "text": p.text} for p in passages]
    places = rows_by_place(passages)
    asked = [
        {
            "question": a.question,
            "gold": [passages[n].id for n in targets_of(a, passages, places)[:1]],
            "place": f"{a.document}#{a.place}",
        }
        for a in library.asked
        if a.place and not untaught(a.question)
    ]
    return rows, asked


def new_tokenizer() -> Tokenizer:
    """An empty Unigram tokenizer that folds Vietnamese text and lets pieces span several syllables."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace("đ", "d"),
            normalizers.Replace(Regex(r"[^\w%/]+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(split=False)
    tokenizer.decoder = decoders.Metaspace(split=False)
    return tokenizer


def train_tokenizer(texts: Sequence[str]) -> Tokenizer:
    """Learn the word pieces; a text is cut into sentences first, since Metaspace does not split it."""
    tokenizer = new_tokenizer()
    trainer = trainers.UnigramTrainer(
        vocab_size=PIECES,
        max_piece_length=PIECE_LENGTH,
        special_tokens=["<unk>"],
        unk_token="<unk>",
        show_progress=False,
    )
    sentences = (part for text in texts for part in text.replace(";", ".").split(".") if part.strip())
    tokenizer.train_from_iterator(sentences, trainer)
    return tokenizer


def encode(tokenizer: Tokenizer, texts: list[str]) -> list[list[int]]:
    return [found.ids for found in tokenizer.encode_batch(texts, add_special_tokens=False)]


class Bags(torch.nn.Module):
    """Mean of piece vectors, normalised."""

    def __init__(self, pieces: int, dimension: int) -> None:
        super().__init__()
        self.table = torch.nn.EmbeddingBag(pieces, dimension, mode="mean")
        torch.nn.init.normal_(self.table.weight, std=0.1)

    def forward(self, bags: list[list[int]]) -> torch.Tensor:
        offsets = np.cumsum([0] + [len(bag) for bag in bags[:-1]])
        flat = np.fromiter((piece for bag in bags for piece in bag), dtype=np.int64)
        means = self.table(torch.from_numpy(flat), torch.from_numpy(offsets))
        return torch.nn.functional.normalize(means, dim=1)


def span_pair(body: list[int], draw: random.Random) -> Pair:
    """A random run of the body against the rest of it."""
    size = draw.randint(4, min(24, max(5, len(body) // 2)))
    start = draw.randrange(0, len(body) - size)
    rest = body[:start] + body[start + size :]
    return Pair(body[start : start + size], window(rest, draw))


def window(body: list[int], draw: random.Random) -> list[int]:
    """The body, or a random stretch of it when it is long; half of the time its beginning."""
    if len(body) <= BODY_PIECES:
        return body
    start = 0 if draw.random() < 0.5 else draw.randrange(0, len(body) - BODY_PIECES)
    return body[start : start + BODY_PIECES]


def draw_batch(titles: list[list[int]], bodies: list[list[int]], draw: random.Random) -> list[Pair]:
    batch = []
    for row in draw.sample(range(len(bodies)), min(BATCH, len(bodies))):
        body, title = bodies[row], titles[row]
        if len(body) >= 12 and (not title or draw.random() < 0.5):
            batch.append(span_pair(body, draw))
        else:
            batch.append(Pair(title or body[:8], window(body, draw)))
    return batch


def draw_likes(asked: list[list[list[int]]], draw: random.Random) -> list[Pair]:
    """Two questions for the same place, of as many different places: what search compares a person's question with."""
    places = draw.sample(asked, min(QUESTION_BATCH, len(asked)))
    return [Pair(*draw.sample(questions, 2)) for questions in places]


def contrast(model: Bags, batch: list[Pair]) -> torch.Tensor:
    """Symmetric in-batch loss: each short text must find its long text among all, and the other way round."""
    scores = SCALE * model([p.short for p in batch]) @ model([p.long for p in batch]).T
    target = torch.arange(len(batch))
    return (torch.nn.functional.cross_entropy(scores, target) + torch.nn.functional.cross_entropy(scores.T, target)) / 2


def train(
    model: Bags, titles: list[list[int]], bodies: list[list[int]], questions: list[Pair], likes: list[list[list[int]]]
) -> None:
    draw = random.Random(SEED)
    optimiser = torch.optim.Adam(model.parameters(), lr=PEAK_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=PEAK_RATE, total_steps=STEPS, pct_start=0.1)
    started = time.monotonic()
    for step in range(STEPS):
        batch = draw_batch(titles, bodies, draw)
        if questions:
            batch += [Pair(q.short, window(q.long, draw)) for q in draw.sample(questions, min(QUESTION_BATCH, len(questions)))]
        if likes:
            batch += draw_likes(likes, draw)
        loss = contrast(model, batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            print(
                json.dumps({"step": step, "loss": round(loss.item(), 4), "seconds": round(time.monotonic() - started)}),
                flush=True,
            )


def save(model: Bags, tokenizer: Tokenizer, out: Path) -> None:
    """Write the SentenceTransformer folder; int8 rows times `weights` give the vectors back."""
    table = model.table.weight.detach().numpy()
    scale = np.abs(table).max(axis=1, keepdims=True) / 127
    scale[scale == 0] = 1
    out.mkdir(parents=True, exist_ok=True)
    save_file(
        {"embeddings": np.round(table / scale).astype(np.int8), "weights": scale[:, 0].astype(np.float32)},
        out / "model.safetensors",
    )
    tokenizer.save(str(out / "tokenizer.json"))
    (out / "1_Normalize").mkdir(exist_ok=True)
    (out / "1_Normalize" / "config.json").write_text("{}\n", encoding="utf-8")
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
    ]
    (out / "modules.json").write_text(json.dumps(modules, indent=2) + "\n", encoding="utf-8")
    settings = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine"}
    (out / "config_sentence_transformers.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def make(rows: Sequence[dict], asked: Sequence[dict], out: Path, tokenizer: Tokenizer | None = None) -> None:
    """Write the model's folder, trained on corpus lines and question lines; without a tokenizer one is learnt first."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    tokenizer = tokenizer or train_tokenizer(tokenizer_sample(rows))
    titles = encode(tokenizer, [row["title"].partition(". ")[2] or row["title"] for row in rows])
    bodies = encode(tokenizer, [f"{row['title']} {row['text']}"[:6000] for row in rows])
    kept = [n for n, body in enumerate(bodies) if len(body) >= 6]
    place = {row["id"]: n for n, row in enumerate(rows)}
    shorts = encode(tokenizer, [row["question"] for row in asked])
    questions = [
        Pair(s, bodies[place[g]]) for s, row in zip(shorts, asked, strict=True) for g in row["gold"][:1] if g in place and s
    ]
    by_place: dict[str, list[list[int]]] = {}
    for short, row in zip(shorts, asked, strict=True):
        if short and "place" in row:
            by_place.setdefault(row["place"], []).append(short)
    likes = [found for found in by_place.values() if len(found) > 1]
    print(json.dumps({"articles": len(kept), "questions": len(questions), "places": len(likes)}), flush=True)
    model = Bags(tokenizer.get_vocab_size(), DIMENSION)
    train(model, [titles[n] for n in kept], [bodies[n] for n in kept], questions, likes)
    save(model, tokenizer, out)


def tokenizer_sample(rows: Sequence[dict]) -> list[str]:
    """Beginnings of articles drawn from all."""
    sample = random.Random(SEED).sample(list(rows), min(TOKENIZER_ARTICLES, len(rows)))
    return [f"{row['title']}. {row['text'][:2000]}" for row in sample]
