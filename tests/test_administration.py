"""What the guide for administrators says can be done: every command is one, every refusal it explains is one that the programs give."""

from __future__ import annotations

import re
import shlex

import pytest

import ingest
from bot.ingest_options import command_line
from tests.conftest import ROOT

GUIDE = (ROOT / "docs" / "administration.md").read_text(encoding="utf-8")
COMMANDS = [
    line.strip() for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines() if line.strip()
]
SOURCES = "\n".join(
    path.read_text(encoding="utf-8") for folder in ("knowledge", "bot") for path in (ROOT / folder).rglob("*.py")
) + (ROOT / "ingest.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [command for command in COMMANDS if "ingest.py" in command])
def test_command(command: str) -> None:
    words = shlex.split(command)
    assert words[:2] == ["python", "ingest.py"]
    options = command_line("", ROOT / "config.yaml", ingest.RUNS).parse_args(words[2:])
    assert options.run in ingest.RUNS.values()


def test_every_command_is_explained() -> None:
    assert [
        name for name in ingest.RUNS if name != "refresh" and f"`{name}" not in GUIDE and f"ingest.py {name}" not in GUIDE
    ] == []


def said(cell: str) -> list[str]:
    """The words of a refusal in the guide, where an ellipsis stands for what differs."""
    return [part.strip() for quoted in re.findall(r"`([^`]+)`", cell) for part in quoted.split("…") if len(part.strip()) > 4]


REFUSALS = [row.split("|")[1].strip() for row in GUIDE.split("| câu báo |")[1].split("\n\n")[0].splitlines()[2:]]


@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusal(refusal: str) -> None:
    assert said(refusal)
    assert [words for words in said(refusal) if words.strip(" ,:") not in SOURCES] == []
