"""Shows several articles that a question names, each beside the one it became or came from, with what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import texts
from bot.evidence import Evidence
from bot.message import Answer
from bot.state import Knowledge
from knowledge.citation import Citation, write_place
from knowledge.passages import Passage
from knowledge.succession import Succession
from knowledge.text import shorten

Address = tuple[str, str]  # number of the document, article
LEAST = 350  # characters of one article, however many are named


@dataclass(frozen=True, slots=True)
class NamedPair:
    """An article of today and the one it took over from; one of them is missing where the maps know no counterpart."""

    new: Citation | None
    old: Citation | None
    change: str


def named_pairs(named: Sequence[Address], knowledge: Knowledge) -> list[NamedPair]:
    """The pairs of the named articles in their order, one that is named by both its articles once; none where the maps know none of them."""
    found: dict[tuple[str, str], NamedPair] = {}
    for address in dict.fromkeys(named):
        gone = knowledge.successions.of(*address)
        pair = _became(gone, named) if gone else _came_from(address, named, knowledge)
        if pair and (gone or pair.old):
            found.setdefault((str(pair.new), str(pair.old)), pair)
    return list(found.values())


def _became(gone: Succession, named: Sequence[Address]) -> NamedPair:
    """The old article with the successor that is named too, else the one the map names first."""
    also = [each for each in gone.successors if (str(each.number), str(each.article)) in named]
    heirs = [Citation(each.number, each.article) for each in (*also, *gone.successors)]
    return NamedPair(heirs[0] if heirs else None, gone.origin, gone.change)


def _came_from(address: Address, named: Sequence[Address], knowledge: Knowledge) -> NamedPair:
    """The article of today with the old one that is named too, else one of the document it replaced."""
    origins = knowledge.successions.origins(*address)
    replaced = {number for document in knowledge.library.numbered(address[0]) for number in document.replaces}
    also = [each for each in origins if (str(each.origin.number), str(each.origin.article)) in named]
    kin = [each for each in origins if each.origin.number in replaced]
    link = next(iter([*also, *kin, *origins]), None)
    return NamedPair(Citation(*address), link.origin if link else None, link.change if link else "")


def beside(answer: Answer, found: Sequence[NamedPair], knowledge: Knowledge, evidence: Evidence, room: int) -> Answer:
    """The pairs one behind another: what changed, then the two articles."""
    each = max(LEAST, room // (2 * len(found)))
    blocks: list[str] = []
    said: list[tuple[Passage, str]] = []
    for pair in found:
        if pair.old:
            blocks.append(texts.differs(pair.change, evidence.name(pair.old)) if pair.new else texts.NO_NEW_COUNTERPART)
        for label, citation in (("Luật mới", pair.new), ("Luật cũ", pair.old)):
            if citation and (place := evidence.place(citation)) and place not in said:
                said.append(place)
                blocks.append(f"{label} – {_headed(*place, knowledge, each)}")
    return replace(
        answer,
        kind="answer",
        text="\n\n".join([*blocks, texts.as_of(answer.as_of)]),
        citations=tuple(evidence.citation(passage, text) for passage, text in said),
        warnings=evidence.warnings([passage for passage, _ in said], answer.as_of),
    )


def _headed(passage: Passage, text: str, knowledge: Knowledge, room: int) -> str:
    document = knowledge.library.by_key[passage.document]
    span = texts.span(document.effective_from, document.effective_to)
    return f"{write_place(passage.citation)} {document.name} ({span}):\n{shorten(text, room)}"
