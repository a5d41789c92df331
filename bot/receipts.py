"""Numbers answers, so that one can be shown again and proven: the same question on the same build and date has the same number."""

from __future__ import annotations

import hashlib
import json

from bot.database import Database
from bot.message import Answer


def number_of(answer: Answer) -> str:
    """The receipt of an answer: eleven letters and digits made from all it says."""
    content = answer.as_json()
    del content["elapsed_ms"], content["receipt"]
    digest = hashlib.blake2b(json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8"), digest_size=6).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:]}".upper()


def keep(database: Database, answer: Answer) -> None:
    """Keep an answer under its receipt."""
    database.add_receipt(answer.receipt, answer.build, json.dumps(answer.as_json(), ensure_ascii=False))
