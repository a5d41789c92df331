"""The command line of ingest.py: its commands with their options, and its progress bar."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from bot.config import Settings

Run = Callable[[argparse.Namespace, Settings], int]


def command_line(description: str, config: Path, runs: Mapping[str, Run]) -> argparse.ArgumentParser:
    """The commands and their options; `runs` has the function of each command, "refresh" that of none."""
    cli = argparse.ArgumentParser(prog="ingest.py", description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--config", type=Path, default=config, metavar="FILE")
    cli.add_argument("--dry-run", action="store_true", help="show what would change and stop")
    cli.add_argument("--rebuild", action="store_true", help="build even when nothing changed, embedding everything anew")
    cli.add_argument("--allow-missing", type=int, metavar="N", help="let up to N documents disappear this once")
    cli.add_argument("--accept", action="store_true", help="go live although golden questions lose their article")
    cli.set_defaults(run=runs["refresh"])
    commands = cli.add_subparsers(title="commands")
    changing = argparse.ArgumentParser(add_help=False)
    # SUPPRESS: what stands before the command's name is not undone behind it
    changing.add_argument("--dry-run", action="store_true", default=argparse.SUPPRESS, help="show what would change and stop")
    changing.add_argument("--accept", action="store_true", default=argparse.SUPPRESS, help="although golden questions are lost")
    changing.add_argument("--yes", action="store_true", help="go live without asking")
    add = commands.add_parser("add", parents=[changing], help="add official texts")
    _add_arguments(add)
    add.set_defaults(run=runs["add"])
    remove = commands.add_parser("remove", parents=[changing], help="take an added official text away")
    remove.add_argument("key", metavar="KEY", help="its key or number")
    remove.set_defaults(run=runs["remove"])
    status = commands.add_parser("status", help="what is live, and how it stands with the library")
    status.set_defaults(run=runs["status"])
    diff = commands.add_parser("diff", help="what the law says otherwise in one build than in another")
    diff.add_argument("builds", nargs="*", metavar="BUILD")
    diff.set_defaults(run=runs["diff"])
    commands.add_parser("builds", help="builds that can be gone back to").set_defaults(run=runs["builds"])
    rollback = commands.add_parser("rollback", help="make an earlier build live again")
    rollback.add_argument("build", nargs="?")
    rollback.set_defaults(run=runs["rollback"])
    evaluate = commands.add_parser("evaluate", help="judge the answers to the questions of a file")
    evaluate.add_argument("questions", type=Path, metavar="QUESTIONS.jsonl")
    evaluate.set_defaults(run=runs["evaluate"])
    for command in (status, diff, evaluate):
        command.add_argument("--json", action="store_true")
    return cli


def _add_arguments(add: argparse.ArgumentParser) -> None:
    add.add_argument("files", nargs="+", type=Path, metavar="FILE", help=".txt .md .html .docx .doc .odt .pdf")
    for name in ("number", "kind", "title", "issuer", "source", "url"):
        add.add_argument(f"--{name}", default="", help="what the text does not say of itself")
    for name in ("issued", "effective-from", "effective-to"):
        add.add_argument(f"--{name}", type=day_option, metavar="YYYY-MM-DD")
    add.add_argument("--status", choices=("in_force", "expired", "replaced", "unconfirmed"))
    add.add_argument("--audience", choices=("public", "staff"))


def day_option(text: str) -> date:
    """A day of the command line. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it as 2026-07-01") from None


class Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __enter__(self) -> Bar:
        from rich.progress import Progress

        self._progress = Progress(transient=True, disable=not sys.stderr.isatty())
        self._tasks: dict[str, Any] = {}
        self._progress.start()
        return self

    def advance(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)

    def hide(self) -> None:
        self._progress.stop()

    def __exit__(self, *fault: object) -> None:
        self._progress.stop()
