"""Word search: BM25 over several views of the same passages, accented and folded, singles and neighbouring pairs.

Views, since people type differently from what the law prints:
`accented` (text with its headings as printed), `folded` (the same without accents), `headings` (folded headings only),
`asked` (folded questions that people ask, one row a question), `outside` (folded questions from outside the field), `articles` and `titles`
(folded, one row an article: all its passages, and its heading).
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from knowledge.text import fold, terms, words

View = Literal["accented", "folded", "headings", "asked", "outside", "articles", "titles"]
Scores = npt.NDArray[np.float32]
Rows = npt.NDArray[np.int64]

_VIEWS: dict[View, Callable[[str], list[str]]] = {
    "accented": lambda text: terms(words(text)),
    "folded": lambda text: terms(words(fold(text))),
    "headings": lambda text: terms(words(fold(text))),
    "asked": lambda text: terms(words(fold(text))),
    "outside": lambda text: terms(words(fold(text))),
    "articles": lambda text: terms(words(fold(text))),
    "titles": lambda text: terms(words(fold(text))),
}


def view_terms(view: View, text: str) -> list[str]:
    """The search terms of a text in a view."""
    return _VIEWS[view](text)


class WordIndex:
    """BM25 scores of every row of one view."""

    def __init__(self, view: View, ranker: Any, rows: int) -> None:
        self.view = view
        self._ranker = ranker
        self._rows = rows

    @classmethod
    def of(cls, view: View, texts: Sequence[str]) -> WordIndex:
        """An index of the texts, row by row, in memory."""
        ranker = _bm25s().BM25(method="lucene", k1=1.2, b=0.6)
        if texts:
            # Each term once: a corpus repeats them by the million, and each would be a string of its own.
            said: dict[str, str] = {}
            cut = ([said.setdefault(term, term) for term in view_terms(view, text)] or ["\u2205"] for text in texts)
            ranker.index(list(cut), show_progress=False)
        return cls(view, ranker, len(texts))

    @classmethod
    def build(cls, view: View, texts: Sequence[str], folder: Path, earlier: Path | None = None) -> WordIndex:
        """Index the texts and keep the index in the folder; an `earlier` index of the very same texts is copied."""
        kept = {"view": view, "rows": len(texts), "texts": _digest(texts)}
        if earlier and (earlier / "view.json").exists() and _kept(earlier) == kept:
            shutil.copytree(earlier, folder)
            return cls.open(folder)
        folder.mkdir(parents=True, exist_ok=True)
        made = cls.of(view, texts)
        if texts:
            made._ranker.save(str(folder))
        (folder / "view.json").write_text(json.dumps(kept), encoding="utf-8")
        return made

    @classmethod
    def open(cls, folder: Path) -> WordIndex:
        """The index kept in the folder. Raises OSError or ValueError when it is damaged."""
        kept = _kept(folder)
        ranker = _bm25s().BM25.load(str(folder), mmap=True) if kept["rows"] else None
        if ranker:  # plain arrays over the same file: each slice of a memory map costs an object of its own
            ranker.scores |= {name: np.asarray(ranker.scores[name]) for name in ("data", "indices", "indptr")}
        return cls(kept["view"], ranker, kept["rows"])

    def scores(self, text: str) -> Scores:
        """The score of every row for a question; zeros when none of its terms is known."""
        if not self._rows:
            return np.zeros(0, dtype=np.float32)
        known = [term for term in dict.fromkeys(view_terms(self.view, text)) if term in self._ranker.vocab_dict]
        if not known:
            return np.zeros(self._rows, dtype=np.float32)
        return np.asarray(self._ranker.get_scores(known), dtype=np.float32)

    def __contains__(self, term: str) -> bool:
        return bool(self._rows) and term in self._ranker.vocab_dict

    def places(self, known: Sequence[str]) -> npt.NDArray[np.uint32]:
        """The places of terms in the vocabulary. Raises KeyError for one that no row has."""
        return np.array([self._ranker.vocab_dict[term] for term in known], dtype=np.uint32)

    def postings(self, term: str) -> tuple[Rows, Scores]:
        """The rows in which a term stands, in order, and its score in each."""
        if term not in self:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        starts, place = self._ranker.scores["indptr"], self._ranker.vocab_dict[term]
        held = slice(int(starts[place]), int(starts[place + 1]))
        return self._ranker.scores["indices"][held], self._ranker.scores["data"][held]

    def rarity(self, term: str) -> float:
        """How rare a term is: the logarithm that BM25 weighs it with."""
        starts, place = self._ranker.scores["indptr"], self._ranker.vocab_dict.get(term)
        found = 0 if place is None else int(starts[place + 1] - starts[place])
        return float(np.log1p((self._rows - found + 0.5) / (found + 0.5)))

    def rarity_of_rows(self, pairs: bool) -> Scores:
        """How much rarity each row holds, of its pairs or of its single syllables."""
        if not self._rows:
            return np.zeros(0, dtype=np.float32)
        starts = np.asarray(self._ranker.scores["indptr"])
        counts = np.diff(starts)
        rare = np.log1p((self._rows - counts + 0.5) / (counts + 0.5))
        chosen = np.zeros(len(counts), dtype=bool)
        chosen[[place for term, place in self._ranker.vocab_dict.items() if ("_" in term) == pairs and place < len(counts)]] = (
            True
        )
        weights = np.repeat(np.where(chosen, rare, 0), counts)
        return np.asarray(np.bincount(self._ranker.scores["indices"], weights=weights, minlength=self._rows), dtype=np.float32)

    def known_pairs(self, text: str) -> float:
        """The share of the question's neighbouring pairs that stand in more than one row, 0 to 1: the field's own turns of phrase."""
        pairs = [term for term in dict.fromkeys(view_terms(self.view, text)) if "_" in term]
        if not pairs or not self._rows:
            return 0.0
        starts = self._ranker.scores["indptr"]  # a term's rows lie between two of these
        places = [self._ranker.vocab_dict[pair] for pair in pairs if pair in self._ranker.vocab_dict]
        return sum(int(starts[n + 1] - starts[n]) > 1 for n in places) / len(pairs)


def _bm25s() -> Any:
    """The library, quiet: it sets its own logger to tell everything."""
    import bm25s

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s


def _kept(folder: Path) -> dict[str, Any]:
    """What an index says of itself. Raises OSError or ValueError when it cannot be read."""
    return dict(json.loads((folder / "view.json").read_text(encoding="utf-8")))


def _digest(texts: Sequence[str]) -> str:
    """A name for the texts in their order; of the way they are cut into terms too, since that is code that may change."""
    digest = hashlib.blake2b(Path(__file__).read_bytes(), digest_size=12)
    for text in texts:
        digest.update(text.encode("utf-8") + b"\0")
    return digest.hexdigest()
