"""The question that comes in and the answer that goes out, the same on every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Literal

from knowledge.citation import Citation, write_place
from knowledge.search import Reader

Kind = Literal["answer", "article", "procedure", "calculation", "clarification", "refusal"]


@dataclass(frozen=True, slots=True)
class Question:
    """What a person sent. `person` and `conversation` are the channel's own names; `as_of` None means today."""

    text: str
    channel: str = "terminal"
    person: str = ""
    role: Reader = "citizen"
    as_of: date | None = None
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerCitation:
    """A place that the answer stands on, with what it says; `text` tells a digest from the official wording."""

    document: str
    article: str | None
    clause: str | None
    point: str | None
    title: str
    quote: str
    text: Literal["digest", "official"]
    in_force_from: str
    in_force_to: str | None
    url: str

    @property
    def citation(self) -> Citation:
        return Citation(self.document, self.article, self.clause, self.point)

    @property
    def place(self) -> str:
        """`khoản 1 Điều 36`, or the title where the document has no articles."""
        return write_place(self.citation) or self.title


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A document made for the person, to be fetched by its key while it is kept; `name` is that of the file."""

    name: str
    title: str
    key: str
    url: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back; its JSON form is a fixed contract (`as_json`)."""

    question: str
    as_of: date
    role: Reader
    kind: Kind
    text: str
    citations: tuple[AnswerCitation, ...] = ()
    warnings: tuple[str, ...] = ()
    receipt: str = ""
    build: str = ""
    elapsed_ms: float = 0.0
    proof: Mapping[str, Any] | None = None  # how a chat model's words were judged; kept with the receipt, never sent
    options: tuple[str, ...] = ()  # what may be replied, in the order of the numbers that choose them
    files: tuple[AnswerFile, ...] = ()
    more: bool = False  # there is more to say when asked («nói rõ hơn»); never sent

    def as_json(self) -> dict[str, Any]:
        """The answer object of the command line, the batch and the web."""
        return {
            "question": self.question,
            "as_of": self.as_of.isoformat(),
            "role": self.role,
            "kind": self.kind,
            "answer": self.text,
            "citations": [asdict(citation) for citation in self.citations],
            "warnings": list(self.warnings),
            "receipt": self.receipt,
            "build": self.build,
            "elapsed_ms": self.elapsed_ms,
            **({"options": list(self.options)} if self.options else {}),
            **({"files": [asdict(file) for file in self.files]} if self.files else {}),
        }

    def timed(self, elapsed_ms: float) -> Answer:
        return replace(self, elapsed_ms=round(elapsed_ms, 1))
