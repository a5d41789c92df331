"""Reads what a chat model may change of the law's words and still say the same: `bot/prompts/leeway.yaml`, which a lawyer edits."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import yaml

from bot.errors import ConfigError

PROMPTS = Path(__file__).parent / "prompts"


@dataclass(frozen=True, slots=True)
class Leeway:
    """Word lists, in lower case with accents; `same` has pairs of a word and the word that it is read as."""

    lead_ins: tuple[str, ...] = ()
    same: tuple[tuple[str, str], ...] = ()
    empty: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    whole_lists: tuple[str, ...] = ()
    authorities: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()


def read_leeway(path: Path = PROMPTS / "leeway.yaml") -> Leeway:
    """The lists of the file. Raises ConfigError that names what is wrong in it."""
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}") from None
    names = [field.name for field in fields(Leeway)]
    if not isinstance(rows, dict) or sorted(rows) != sorted(names):
        raise ConfigError(f"{path}: it needs exactly these lists: {', '.join(names)}")
    for name, entries in rows.items():
        wanted = dict if name == "same" else list
        if not isinstance(entries, wanted) or not all(isinstance(entry, str) and entry.strip() for entry in entries):
            raise ConfigError(f"{path}: {name} is not a {'map' if name == 'same' else 'list'} of words")
    lists = {name: tuple(entries.items() if name == "same" else entries) for name, entries in rows.items()}
    return Leeway(**lists)


@lru_cache(maxsize=64)
def one_of(entries: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the entries as whole words, the longest first."""
    alternatives = "|".join(re.escape(entry) for entry in sorted(entries, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)" if alternatives else r"(?!)")
