"""What a chat model writes, made from the passages it was given: the pieces that wrong and faithful texts are made with."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.replies import whole_sentences


@dataclass(frozen=True, slots=True)
class Output:
    """What the model writes: sentences with passage numbers; `raw` where it writes something else."""

    kind: str
    sentences: tuple[tuple[str, tuple[int, ...]], ...] = ()
    raw: str | None = None

    def as_json(self) -> str:
        rows = [{"text": text, "passages": list(numbers)} for text, numbers in self.sentences]
        return self.raw if self.raw is not None else json.dumps({"sentences": rows}, ensure_ascii=False)

    def as_text(self) -> str:
        if self.raw is not None:
            return self.raw
        return "\n".join(f"{text.rstrip(' .;:,')} {''.join(f'[{n}]' for n in numbers)}." for text, numbers in self.sentences)


@dataclass(frozen=True, slots=True)
class Given:
    """What the maker works on: the passages as the model got them, one of their statements, and chance."""

    passages: Sequence[str]
    statement: str
    number: int
    chance: random.Random

    def other(self, text: str | None) -> Output | None:
        """The text in the place of the statement, when it is another."""
        if text is None or " ".join(text.split()) == " ".join(self.statement.split()):
            return None
        return Output("", ((text, (self.number,)),))


LISTED = "points of a list"  # made of a passage's list, not of a statement
Maker = Callable[[Given], Output | None]


def lines_of(passage: str) -> list[str]:
    """Statements that stand alone: sentences of lines which announce no list and are no point of one."""
    found = []
    rows = passage.splitlines()
    for n, row in enumerate(rows):
        announces = n + 1 < len(rows) and re.match(r"[a-zđ]\d?\) ", rows[n + 1])
        if not re.match(r"[a-zđ]\d?\) ", row) and not announces and not row[:1].islower():
            parts = whole_sentences(re.sub(r"^\d{1,3}[a-zđ]?\. ", "", row))
            found += [part for part in parts if len(part.split()) > 6 and part[0].isupper() and part.rstrip()[-1] != ":"]
    return found


def swap(*pairs: tuple[str, str]) -> Maker:
    """Puts one word of the law in the place of another, one of the places where it stands."""

    def make(given: Given) -> Output | None:
        for one, other in given.chance.sample(pairs, len(pairs)):
            places = [m.span() for m in re.finditer(rf"(?<!\w){one}(?!\w)", given.statement)]
            if places:
                start, end = given.chance.choice(places)
                return given.other(given.statement[:start] + other + given.statement[end:])
        return None

    return make


def lowered(text: str) -> str:
    """The text as it stands behind a comma."""
    return text[:1].lower() + text[1:]


def make(kinds: Mapping[str, Maker], passages: Sequence[str], chance: random.Random, kind: str) -> Output | None:
    """One output of a kind, from a statement of the passages that lets it be made."""
    choices = [(n, text) for n, passage in enumerate(passages, 1) for text in lines_of(passage)]
    if kind == LISTED:  # made of a passage's list, not of a statement
        choices = [(n, "") for n in range(1, len(passages) + 1)]
    chance.shuffle(choices)
    for number, statement in choices:
        made = kinds[kind](Given(passages, statement, number, chance))
        if made is not None:
            return Output(kind, made.sentences, made.raw)
    return None
