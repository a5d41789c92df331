"""The lists that say what a chat model may change: read as they stand, a broken file named."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.errors import ConfigError
from bot.leeway import PROMPTS, one_of, read_leeway
from bot.model import read_prompt
from bot.rewording import read_complaints


def test_lists_are_comparable() -> None:
    """Lower case, spaces single, nothing twice: an entry in capitals would never be found."""
    leeway = read_leeway()
    for name in ("lead_ins", "empty", "moving", "whole_lists", "authorities", "procedures", "modality"):
        entries = getattr(leeway, name)
        assert entries
        assert len(set(entries)) == len(entries), name
        assert [e for e in entries if e != " ".join(e.lower().split())] == [], name
    assert all(word != other for word, other in leeway.same)


def test_what_decides_is_never_empty_nor_the_same() -> None:
    """No list may let a word through that another list says decides."""
    leeway = read_leeway()
    decides = {*leeway.modality, *leeway.authorities, *leeway.procedures}
    assert decides.isdisjoint(leeway.empty)
    shortened = ("cần phải", "bắt buộc phải")  # say "phải" with more force
    for word, other in leeway.same:
        found = one_of(tuple(decides)).findall(word)
        assert word in shortened or found in ([], one_of(tuple(decides)).findall(other)), (word, other)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param({"empty": None}, "empty is not a list", id="no list"),
        pytest.param({"same": ["a"]}, "same is not a map", id="a list where a map must be"),
        pytest.param({"modality": [1]}, "modality is not a list", id="a number"),
        pytest.param({"lead_ins": [" "]}, "lead_ins is not a list", id="an empty word"),
        pytest.param({"other": []}, "exactly these lists", id="a list that is unknown"),
    ],
)
def test_broken_lists(tmp_path: Path, change: dict[str, object], says: str) -> None:
    rows = yaml.safe_load((PROMPTS / "leeway.yaml").read_text(encoding="utf-8"))
    file = tmp_path / "leeway.yaml"
    file.write_text(yaml.safe_dump({**rows, **change}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ConfigError, match=says) as caught:
        read_leeway(file)
    assert str(file) in str(caught.value)


@pytest.mark.parametrize("read", [read_leeway, read_prompt, read_complaints])
def test_missing_file_is_named(tmp_path: Path, read: object) -> None:
    with pytest.raises(ConfigError, match="không-có"):
        read(tmp_path / "không-có")  # type: ignore[operator]


@pytest.mark.parametrize("text", ["opening: x", "opening: x\nfaults: {uncited: y}", "[1]", "faults: {"])
def test_broken_complaints(tmp_path: Path, text: str) -> None:
    file = tmp_path / "rewrite.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"rewrite\.yaml"):
        read_complaints(file)


def test_empty_prompt(tmp_path: Path) -> None:
    file = tmp_path / "answer.md"
    file.write_text(" \n", encoding="utf-8")
    with pytest.raises(ConfigError, match="is empty"):
        read_prompt(file)
