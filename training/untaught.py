"""Which questions of the library the embedding model never sees, so that others can learn from how it does on questions it has not seen."""

from __future__ import annotations

from hashlib import blake2b


def untaught(question: str) -> bool:
    """One question in four, by its text alone: it stays what it is whatever else is asked."""
    return blake2b(question.encode("utf-8"), digest_size=1).digest()[0] < 64
