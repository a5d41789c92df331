"""Numbers answers, so that one can be shown again and proven: the same question on the same build and date has the same number."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.conversation import Past
from bot.database import Database
from bot.message import Answer, AnswerCitation

LOOK_BACK = 5  # turns in which an answer with citations is looked for: thanks and refusals may stand after it


def number_of(answer: Answer) -> str:
    """The receipt of an answer: eleven letters and digits made from all it says."""
    content = answer.as_json()
    for passing in ("elapsed_ms", "receipt", "files"):  # what is another each time
        content.pop(passing, None)
    digest = hashlib.blake2b(json.dumps(content, sort_keys=True, ensure_ascii=False).encode("utf-8"), digest_size=6).hexdigest()
    return f"{digest[:4]}-{digest[4:8]}-{digest[8:]}".upper()


def keep(database: Database, answer: Answer, asked: Mapping[str, Any] | None = None) -> None:
    """Keep an answer under its receipt, with what was asked (so that it can be rebuilt) and how a chat model's words were judged."""
    more = {"asked": asked, "proof": answer.proof}
    row = {**answer.as_json(), **{key: value for key, value in more.items() if value is not None}}
    database.add_receipt(answer.receipt, answer.build, json.dumps(row, ensure_ascii=False))


def last_cited(database: Database, conversation: str, since: datetime) -> tuple[AnswerCitation, ...]:
    """What the newest answer of a conversation that cites anything stands on."""
    for turn in reversed(database.last_turns(conversation, LOOK_BACK, since)):
        if kept := database.receipt(turn["receipt"]):
            return tuple(AnswerCitation(**citation) for citation in json.loads(kept["answer"])["citations"])
    return ()


def past(database: Database, conversation: str, count: int, since: datetime) -> Past:
    """What a conversation said in its last turns: the questions that were answered from the law, and the place of the last answer.

    An article that was opened counts by its heading: it is the subject of what follows.
    """
    questions: list[str] = []
    cited: AnswerCitation | None = None
    for turn in database.last_turns(conversation, count, since):
        kept = database.receipt(turn["receipt"])
        answer = json.loads(kept["answer"]) if kept else {"citations": []}
        if answer["citations"]:
            cited = AnswerCitation(**answer["citations"][0])
            questions.append(cited.title if answer["kind"] == "article" and cited.article else turn["standalone"])
    return Past(tuple(questions), cited.citation if cited else None)


def asked_under(database: Database, receipt: str) -> dict[str, Any] | None:
    """What was answered under a receipt, as it can be asked again; None for one that is not kept."""
    kept = database.receipt(receipt.strip().upper())
    found: dict[str, Any] | None = json.loads(kept["answer"]).get("asked") if kept else None
    return found


def last_asked(database: Database, conversation: str, since: datetime) -> dict[str, Any] | None:
    """What the newest answer of a conversation that cites anything answered."""
    for turn in reversed(database.last_turns(conversation, LOOK_BACK, since)):
        if found := asked_under(database, turn["receipt"]):
            return found
    return None
