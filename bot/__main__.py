"""The command line: ask, chat, serve, check, receipt, file.

python -m bot ask "câu hỏi" [--json] [--role citizen|staff] [--as-of YYYY-MM-DD]
python -m bot ask --batch in.jsonl --output out.jsonl
python -m bot chat
python -m bot serve [--channels web,telegram,zalo,zalo_oa]
python -m bot check
python -m bot receipt NUMBER [--json]
python -m bot file KEY [--output FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.config import Settings, load_settings
from bot.errors import BotError, ConfigError
from bot.ingest_options import day_option
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from bot.assistant import Assistant

HERE = Path(__file__).parent.parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 = done, 1 = refused or failed with a sentence on standard error."""
    # numpy reads it when it is imported; one question's sums divided among threads cost twice the time
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    options = _command_line().parse_args(arguments)
    logging.basicConfig(
        level=logging.INFO if options.run is _serve else logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s"
    )
    for noisy in (
        "httpx",
        "httpcore",
        "telegram",
        "chromadb",
        "bm25s",
        "apscheduler",
    ):  # httpx would log addresses with tokens in them
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        return int(options.run(options, load_settings(options.config)))
    except (KnowledgeError, BotError) as fault:
        print(fault, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    except BrokenPipeError:
        return 0
    except OSError as fault:
        print(f"{fault.filename or 'A file'} cannot be used: {fault.strerror}; check its place and its rights", file=sys.stderr)
        return 1


def _command_line() -> argparse.ArgumentParser:
    cli = argparse.ArgumentParser(prog="python -m bot", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--config", type=Path, default=HERE / "config.yaml", metavar="FILE")
    commands = cli.add_subparsers(title="commands", required=True)
    ask = commands.add_parser("ask", parents=[shared], help="answer one question, or a file of them")
    ask.add_argument("question", nargs="?")
    ask.add_argument("--json", action="store_true", help="print the answer object")
    ask.add_argument("--role", choices=("citizen", "staff"), default="citizen")
    ask.add_argument("--as-of", type=day_option, metavar="YYYY-MM-DD", help="answer with the law of this day")
    ask.add_argument("--batch", type=Path, metavar="IN.jsonl")
    ask.add_argument("--output", type=Path, metavar="OUT.jsonl")
    ask.set_defaults(run=_ask)
    commands.add_parser("chat", parents=[shared], help="talk in the terminal").set_defaults(run=_chat)
    serve = commands.add_parser("serve", parents=[shared], help="run the channels")
    serve.add_argument("--channels", default="", help="e.g. web,zalo; all that can run when left out")
    serve.set_defaults(run=_serve)
    commands.add_parser("check", parents=[shared], help="is the configuration usable").set_defaults(run=_check)
    receipt = commands.add_parser("receipt", parents=[shared], help="show a given answer again, and whether its law has changed")
    receipt.add_argument("number", help="as it stands under the answer, e.g. CF03-1D43-840C")
    receipt.add_argument("--json", action="store_true", help="print it as an object")
    receipt.set_defaults(run=_receipt)
    file = commands.add_parser("file", parents=[shared], help="save a paper that was made in a conversation")
    file.add_argument("key", help="as it stands in the answer")
    file.add_argument("--output", type=Path, metavar="FILE", help="its own name in this folder when left out")
    file.set_defaults(run=_file)
    return cli


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from bot.message import Question
    from bot.render import plain
    from bot.serve import open_assistant

    if options.batch:
        if not options.output:
            raise ConfigError("--batch needs --output FILE for the answers")
        return _batch(options, settings)
    if options.question is None:
        raise ConfigError('Write the question: python -m bot ask "câu hỏi"')
    assistant = open_assistant(settings)
    answer = assistant.answer(Question(options.question, "terminal", role=options.role, as_of=options.as_of))
    print(json.dumps(answer.as_json(), ensure_ascii=False, indent=1) if options.json else plain(answer))
    return 0


def _batch(options: argparse.Namespace, settings: Settings) -> int:
    from bot.message import Question
    from bot.serve import open_assistant

    rows = list(_batch_rows(options.batch))
    assistant = open_assistant(settings)
    begun: set[str] = set()
    with options.output.open("w", encoding="utf-8") as out:
        for row in rows:
            question = Question(
                str(row["question"]),
                "batch",
                role=row.get("role", options.role),
                as_of=date.fromisoformat(row["as_of"]) if row.get("as_of") else options.as_of,
                conversation=_begun(assistant, f"batch:{options.batch.resolve()}:{row['conversation']}", begun)
                if row.get("conversation")
                else None,
            )
            out.write(json.dumps({"id": row["id"], **assistant.answer(question).as_json()}, ensure_ascii=False) + "\n")
    return 0


def _begun(assistant: Assistant, conversation: str, begun: set[str]) -> str:
    """The conversation, emptied of what an earlier batch said in it when this batch meets it first."""
    if conversation not in begun:
        begun.add(conversation)
        assistant.erase(conversation)
    return conversation


def _batch_rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # JSON may hold other ends of line inside its texts
    except (OSError, UnicodeDecodeError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _batch_row(json.loads(line))
        except (ValueError, TypeError) as fault:
            raise ConfigError(f"{path}:{number}: not a question line: {fault}") from None


def _batch_row(row: Any) -> dict[str, Any]:
    """A line of a batch, checked. Raises ValueError or TypeError that says what is wrong in it."""
    if not isinstance(row, dict) or "id" not in row or "question" not in row:
        raise ValueError("it needs 'id' and 'question'")
    if not isinstance(row["question"], str):
        raise ValueError(f"question is {row['question']!r}; write it as text")
    if row.get("role", "citizen") not in ("citizen", "staff"):
        raise ValueError(f"role is {row['role']!r}; use citizen or staff")
    if row.get("as_of"):
        date.fromisoformat(row["as_of"])
    return row


def _chat(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channels.terminal import TerminalChannel
    from bot.serve import open_assistant, run_channels

    return run_channels([TerminalChannel()], open_assistant(settings), settings)


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channels import channels_for
    from bot.serve import open_assistant, run_channels

    wanted = [name for name in options.channels.split(",") if name]
    channels = channels_for(settings, wanted)
    return run_channels(channels, open_assistant(settings), settings)


def _check(options: argparse.Namespace, settings: Settings) -> int:
    from bot.channels import report
    from bot.serve import open_assistant

    open_assistant(settings)
    print(f"{options.config}: usable; the index opens and its model fits")
    lines, sound = asyncio.run(report(settings))
    for line in lines:
        print(line)
    return 0 if sound else 1


def _receipt(options: argparse.Namespace, settings: Settings) -> int:
    from bot.database import Database
    from bot.proofs import prove_again
    from bot.serve import open_embedder, open_knowledge
    from bot.today import today
    from knowledge.trained import read_trained

    database = Database(settings.database.url, settings.root)
    index, embedder = settings.path(settings.index.path), open_embedder(settings)
    trained = read_trained(settings.path(settings.embedding.model))
    live = open_knowledge(index, embedder, trained=trained)
    proof = prove_again(
        options.number, database, settings, live, lambda name: open_knowledge(index, embedder, name, trained), today()
    )
    print(json.dumps(proof.as_json(), ensure_ascii=False, indent=1) if options.json else proof.as_text())
    return 0


def _file(options: argparse.Namespace, settings: Settings) -> int:
    from bot.serve import open_assistant

    found = open_assistant(settings).file(options.key)
    if found is None:
        raise ConfigError(f"no file is kept under {options.key!r}: past forms.keep_hours, erased, or never made")
    target = options.output or Path(found[0])
    target.write_bytes(found[1])
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
