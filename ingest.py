#!/usr/bin/env python3
"""Refreshes what the assistant knows: the only program that changes the index.

python ingest.py                 plan, check, build, switch
python ingest.py --dry-run       the plan alone
python ingest.py status          what is live, and how it stands with the library
python ingest.py builds          builds that can be gone back to
python ingest.py rollback        back to the build before (or to a named one)
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.config import Settings, load_settings
from bot.errors import BotError
from knowledge.errors import KnowledgeError
from knowledge.index import build_names, live_build
from knowledge.refresh import Plan, Refreshed, Refresher

HERE = Path(__file__).parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = refused or failed with a sentence on standard error."""
    options = _command_line().parse_args(arguments)
    try:
        return int(options.run(options, load_settings(options.config)))
    except (KnowledgeError, BotError) as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped; the live build is as it was.", file=sys.stderr)
        return 1


def _command_line() -> argparse.ArgumentParser:
    cli = argparse.ArgumentParser(prog="ingest.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--config", type=Path, default=HERE / "config.yaml", metavar="FILE")
    cli.add_argument("--dry-run", action="store_true", help="show the plan and stop")
    cli.add_argument("--rebuild", action="store_true", help="build even when nothing changed, embedding everything anew")
    cli.add_argument("--allow-missing", type=int, metavar="N", help="let up to N documents disappear this once")
    cli.set_defaults(run=_refresh)
    commands = cli.add_subparsers(title="commands")
    status = commands.add_parser("status", help="what is live, and how it stands with the library")
    status.add_argument("--json", action="store_true")
    status.set_defaults(run=_status)
    commands.add_parser("builds", help="builds that can be gone back to").set_defaults(run=_builds)
    rollback = commands.add_parser("rollback", help="make an earlier build live again")
    rollback.add_argument("build", nargs="?")
    rollback.set_defaults(run=_rollback)
    return cli


def _refresher(settings: Settings, progress: Any = None) -> Refresher:
    from bot.serve import open_embedder

    refresher = Refresher(
        library=settings.path(settings.library.path),
        index=settings.path(settings.index.path),
        embedder=open_embedder(settings),
        keep=settings.index.keep,
        max_missing=settings.ingest.max_missing,
    )
    return replace(refresher, progress=progress) if progress else refresher


def _refresh(options: argparse.Namespace, settings: Settings) -> int:
    if options.allow_missing is not None:
        settings = settings.model_copy(
            update={"ingest": settings.ingest.model_copy(update={"max_missing": options.allow_missing})}
        )
    if options.dry_run:
        plan, reading = _refresher(settings).plan()
        print(_plan_lines(plan))
        for fault in reading.faults:
            print(f"BROKEN {fault}")
        return 1 if reading.faults else 0
    with _Bar() as bar:
        done = _refresher(settings, bar.advance).run(rebuild=options.rebuild)
    print(_summary(done))
    return 1 if done.faults else 0


def _plan_lines(plan: Plan) -> str:
    rows = [("added", plan.added), ("changed", plan.changed), ("missing", plan.missing)]
    lines = [f"{name:9} {key}" for name, keys in rows for key in keys]
    lines.append(
        f"unchanged {len(plan.unchanged)} documents"
        + (", word lists, asked questions or maps changed" if plan.companions_changed else "")
    )
    return "\n".join(lines)


def _summary(done: Refreshed) -> str:
    lines = [_plan_lines(done.plan)]
    lines += [f"remark    {remark}" for remark in done.remarks]
    lines += [f"BROKEN    {fault}" for fault in done.faults]
    lines += [f"kept      {key}: its previous text still serves" for key in done.kept_previous]
    if done.counts:
        counts = done.counts
        lines.append(
            f"live      {done.build}: {counts['documents']} documents, {counts['passages']} passages, "
            f"{counts['asked']} asked questions, {counts['embedded']} texts embedded"
        )
    else:
        lines.append(f"live      {done.build}: nothing to do")
    return "\n".join(lines)


class _Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __enter__(self) -> _Bar:
        from rich.progress import Progress

        self._progress = Progress(transient=True, disable=not sys.stderr.isatty())
        self._tasks: dict[str, Any] = {}
        self._progress.start()
        return self

    def advance(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)

    def __exit__(self, *fault: object) -> None:
        self._progress.stop()


def _status(options: argparse.Namespace, settings: Settings) -> int:
    plan, reading = _refresher(settings).plan()
    live = live_build(settings.path(settings.index.path))
    documents = [
        {
            "number": d.number, "issued": d.issued.isoformat(), "text": d.text, "status": d.status, "effective_from": d.effective_from.isoformat(),
            "effective_to": d.effective_to.isoformat() if d.effective_to else None, "articles": sum(a.level == "article" for _, a in d.articles()),
            "checked": max((s.checked.isoformat() for s in d.sources if s.checked), default=None),
        }
        for d in reading.library.documents
    ]  # fmt: skip
    if options.json:
        state = {
            "live": live,
            "pending": {
                "added": plan.added,
                "changed": plan.changed,
                "missing": plan.missing,
                "companions": plan.companions_changed,
            },
        }
        print(
            json.dumps(
                {**state, "documents": documents, "faults": [str(f) for f in reading.faults]}, ensure_ascii=False, indent=1
            )
        )
    else:
        for row in documents:
            print(f"{row['number']:28} {row['status']:12} {row['text']:9} {row['articles']:4} articles, checked {row['checked']}")
        print(_plan_lines(plan))
        for fault in reading.faults:
            print(f"BROKEN {fault}")
        print(f"live: {live or 'no build yet; run: python ingest.py'}")
    return 1 if reading.faults else 0


def _builds(options: argparse.Namespace, settings: Settings) -> int:
    root = settings.path(settings.index.path)
    for name in build_names(root):
        print(f"{name}{'  (live)' if name == live_build(root) else ''}")
    return 0


def _rollback(options: argparse.Namespace, settings: Settings) -> int:
    print(f"live: {_refresher(settings).rollback(options.build)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
