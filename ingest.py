#!/usr/bin/env python3
"""Refreshes what the assistant knows: the only program that changes the index.

python ingest.py                 plan, check, build, review, switch
python ingest.py --dry-run       what would change in the law and in the answers; nothing goes live
python ingest.py add FILE…       official texts: what they change, then go live with them
python ingest.py remove KEY      take an added official text away again; the digest of it comes back
python ingest.py status          what is live, and how it stands with the library
python ingest.py diff [A B]      what the law says otherwise in build B than in build A; the last two when left out
python ingest.py builds          builds that can be gone back to
python ingest.py rollback        back to the build before (or to a named one)
python ingest.py evaluate FILE   judge the answers to the questions of a file
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.config import Settings, load_settings
from bot.errors import BotError
from bot.ingest_options import Bar, command_line
from knowledge.errors import BuildError, KnowledgeError, RefreshRefused
from knowledge.index import build_names, live_build
from knowledge.intake import Candidate, Given, Refusal, take_in
from knowledge.law_diff import diff_json, diff_lines, law_diff
from knowledge.plan import Plan
from knowledge.refresh import Refresher
from knowledge.review import Review
from knowledge.shelf import Shelf, open_shelf, without_twins
from knowledge.store import open_library
from knowledge.telling import candidate_lines, evaluation_lines, plan_lines, refreshed_lines, review_lines, state, state_lines

HERE = Path(__file__).parent
MOST_ARTICLES = 12  # of a document whose changes a refresh prints; `diff` prints all


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = refused or failed with a sentence on standard error."""
    options = command_line(__doc__ or "", HERE / "config.yaml", RUNS).parse_args(arguments)
    gc.set_threshold(200_000, 50, 50)  # much is read and kept: looking for garbage as often as usual takes a fifth of the time
    try:
        return int(options.run(options, load_settings(options.config)))
    except (KnowledgeError, BotError) as fault:
        print(fault, file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        print("Stopped; the live build is as it was.", file=sys.stderr)
        return 1
    except OSError as fault:
        print(f"{fault.filename or 'A file'} cannot be used: {fault.strerror}; check its place and its rights", file=sys.stderr)
        return 1


def _today() -> date:
    from bot.today import today

    return today()


def _refresher(settings: Settings, **changed: Any) -> Refresher:
    from bot.serve import open_embedder
    from bot.watching import answer_opener

    embedder = open_embedder(settings)
    refresher = Refresher(
        library=settings.path(settings.library.path),
        index=settings.path(settings.index.path),
        embedder=embedder,
        keep=settings.index.keep,
        max_missing=settings.ingest.max_missing,
        official=settings.path(settings.library.official),
        max_golden_losses=settings.ingest.max_golden_losses,
        ask=answer_opener(settings, embedder, _today()),
    )
    return replace(refresher, **changed)


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _refresh(options: argparse.Namespace, settings: Settings) -> int:
    allowed = {} if options.allow_missing is None else {"max_missing": options.allow_missing}
    if options.dry_run:
        return _preview(_refresher(settings, **allowed))
    with Bar() as bar:
        done = _refresher(settings, progress=bar.advance, **allowed).run(rebuild=options.rebuild, accept=options.accept)
    _show(review_lines(done.review, MOST_ARTICLES))
    _show(refreshed_lines(done))
    return 1 if done.faults else 0


def _preview(refresher: Refresher, *, told: bool = False) -> int:
    plan, reading, review = refresher.preview()
    _show(plan_lines(plan))
    _show(review_lines(replace(review, law=()) if told else review, MOST_ARTICLES))
    _show(f"BROKEN {fault}" for fault in reading.faults)
    return 1 if reading.faults else 0


def _add(options: argparse.Namespace, settings: Settings) -> int:
    refresher = _refresher(settings)
    _, reading = refresher.plan()
    given = Given(**{name: getattr(options, name) for name in Given.__dataclass_fields__})
    brought: list[Candidate] = []
    refused: list[str] = []
    for file in options.files:
        known = (*reading.library.documents, *(candidate.document for candidate in brought))
        for each in take_in(file, given, known, _today()):
            if isinstance(each, Refusal):
                refused.append(str(each))
            else:
                brought.append(each)
    candidates, twins = without_twins(brought)
    for candidate in candidates:
        _show(candidate_lines(candidate, reading.library.by_key.get(candidate.document.key)))
    for twin, taken in twins:
        print(f"left      {twin.origin}: {twin.document.number} comes in from {taken.origin}")
    for sentence in refused:
        print(f"refused   {sentence}", file=sys.stderr)
    if not candidates:
        return 1
    code = _change(options, refresher, lambda shelf: shelf.put(candidates, reading), told=True)
    return 1 if refused else code


def _remove(options: argparse.Namespace, settings: Settings) -> int:
    refresher = _refresher(settings)
    _, reading = refresher.plan()
    return _change(
        options,
        replace(refresher, max_missing=refresher.max_missing + 1),  # it is meant to go, with or without a digest behind it
        lambda shelf: print(f"goes away {shelf.take(options.key, reading)}"),
    )


def _change(options: argparse.Namespace, refresher: Refresher, change: Callable[[Shelf], None], *, told: bool = False) -> int:
    """Make a change to the official texts in a copy, show what it does, and let it go live when that is wanted.

    `told` says that the changes of the law were shown already.
    """
    assert refresher.official is not None
    with open_shelf(refresher.official) as shelf, Bar() as bar:
        change(shelf)
        tried = replace(refresher, official=shelf.folder, progress=bar.advance)
        if options.dry_run:
            return _preview(tried, told=told)
        if not options.yes and not sys.stdin.isatty():
            raise RefreshRefused("Nothing changed: there is no terminal to ask on. Look at it with --dry-run, then add --yes")

        def approve(plan: Plan, review: Review) -> None:
            bar.hide()
            _show(review_lines(replace(review, law=()) if told else review))
            if not options.yes and input("Go live with this? [y/N] ").strip().lower() not in ("y", "yes"):
                raise RefreshRefused("Nothing changed: not confirmed")
            shelf.settle()

        done = tried.run(accept=options.accept, approve=approve)
        if not done.counts:
            shelf.settle()
    _show(refreshed_lines(done))
    return 1 if done.faults else 0


def _status(options: argparse.Namespace, settings: Settings) -> int:
    plan, reading = _refresher(settings).plan()
    standing = state(reading, plan, live_build(settings.path(settings.index.path)), _today())
    if options.json:
        print(json.dumps(standing, ensure_ascii=False, indent=1))
    else:
        _show(state_lines(standing, plan))
    return 1 if reading.faults else 0


def _diff(options: argparse.Namespace, settings: Settings) -> int:
    root = settings.path(settings.index.path)
    before, after = _two_builds(root, options.builds)
    differences = law_diff(*(open_library(root / name / "library").documents for name in (before, after)))
    if options.json:
        print(json.dumps({"before": before, "after": after, "documents": diff_json(differences)}, ensure_ascii=False, indent=1))
        return 0
    print(f"{before} -> {after}: {len(differences)} documents differ")
    _show(diff_lines(differences))
    return 0


def _two_builds(root: Path, named: Sequence[str]) -> tuple[str, str]:
    """The two builds to compare. Raises BuildError when they are not there."""
    names, live = build_names(root), live_build(root)
    if len(named) not in (0, 2):
        raise BuildError("Name two builds, or none for the last two; see: python ingest.py builds")
    if missing := [name for name in named if name not in names]:
        raise BuildError(f"No build {missing[0]} in {root}; see: python ingest.py builds")
    if named:
        return named[0], named[1]
    earlier = [name for name in names if live and name < live]
    if not live or not earlier:
        raise BuildError(f"There is no build before the live one in {root}; see: python ingest.py builds")
    return earlier[-1], live


def _builds(options: argparse.Namespace, settings: Settings) -> int:
    root = settings.path(settings.index.path)
    for name in build_names(root):
        print(f"{name}{'  (live)' if name == live_build(root) else ''}")
    if not build_names(root):
        print("no build yet; run: python ingest.py")
    return 0


def _rollback(options: argparse.Namespace, settings: Settings) -> int:
    print(f"live: {_refresher(settings).rollback(options.build)}; the next refresh builds what the library says again")
    return 0


def _evaluate(options: argparse.Namespace, settings: Settings) -> int:
    from bot.evaluation import NOWHERE, evaluate, read_questions
    from bot.serve import open_assistant

    rows = read_questions(options.questions)
    report = evaluate(open_assistant(settings.model_copy(update={"database": NOWHERE})), rows)
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    else:
        _show(evaluation_lines(report))
    return 0


RUNS = {
    "refresh": _refresh,
    "add": _add,
    "remove": _remove,
    "status": _status,
    "diff": _diff,
    "builds": _builds,
    "rollback": _rollback,
    "evaluate": _evaluate,
}


if __name__ == "__main__":
    sys.exit(main())
