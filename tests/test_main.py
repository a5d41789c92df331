"""The command line as a person runs it: answers, files of questions, chat, and sentences instead of tracebacks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot import texts
from bot.config import Settings
from knowledge.refresh import Refresher
from tests.conftest import ROOT

QUESTION = "Thời hạn tự nguyện thi hành án là bao lâu?"
KEYS = ["question", "as_of", "role", "kind", "answer", "citations", "warnings", "receipt", "build", "elapsed_ms"]
Run = Callable[..., subprocess.CompletedProcess[str]]


def config(folder: Path, settings: Settings, **changed: Any) -> Path:
    """A config file in the folder, over the session's index and a database of its own."""
    rows = {
        "library": {"path": str(settings.path(settings.library.path))},
        "index": {"path": str(settings.path(settings.index.path))},
        "embedding": {"model": str(settings.path(settings.embedding.model))},
        "database": {"url": f"sqlite:///{folder}/main.sqlite"},
    }
    file = folder / "config.yaml"
    file.write_text(yaml.safe_dump({**rows, **changed}, allow_unicode=True), encoding="utf-8")
    return file


def program(*arguments: str, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "HF_HUB_OFFLINE": "1"}
    given = stdin if isinstance(stdin, bytes) else stdin.encode("utf-8")
    done = subprocess.run(
        [sys.executable, *arguments], input=given, capture_output=True, cwd=ROOT, env=environment, timeout=300, check=False
    )
    out, err = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    assert "Traceback" not in out + err, err[-1500:]
    return subprocess.CompletedProcess(done.args, done.returncode, out, err)


@pytest.fixture(scope="module")
def run(settings: Settings, refresher: Refresher, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """`python -m bot COMMAND …` with a config file of its own."""
    file = config(tmp_path_factory.mktemp("main"), settings)

    def bot(command: str, *arguments: str, stdin: str | bytes = "", config_file: Path = file) -> subprocess.CompletedProcess[str]:
        return program("-m", "bot", command, "--config", str(config_file), *arguments, stdin=stdin)

    return bot


def refused(done: subprocess.CompletedProcess[str], *says: str) -> None:
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert [part for part in says if part not in done.stderr] == []


def test_ask(run: Run) -> None:
    done = run("ask", QUESTION)
    assert (done.returncode, done.stderr) == (0, "")
    assert "10 ngày" in done.stdout
    assert "(khoản 1 Điều 36 Luật 106/2025/QH15" in done.stdout
    assert "Mã trả lời:" in done.stdout


def test_ask_json(run: Run) -> None:
    done = run("ask", QUESTION, "--json", "--role", "staff", "--as-of", "2024-05-10")
    answer = json.loads(done.stdout)
    assert list(answer) == KEYS
    assert (answer["role"], answer["as_of"], answer["question"]) == ("staff", "2024-05-10", QUESTION)
    assert {cited["document"] for cited in answer["citations"]}.isdisjoint({"106/2025/QH15"})
    assert answer["citations"][0]["document"] == "26/2008/QH12"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        pytest.param(["x", "--as-of", "10/5/2024"], "'10/5/2024' is not a day; write it as", id="a day the wrong way round"),
        pytest.param(["x", "--as-of", "2024-02-30"], "'2024-02-30' is not a day", id="a day that never was"),
        pytest.param([], "Write the question", id="no question"),
        pytest.param(["--batch", "in.jsonl"], "--output", id="a batch without a place for its answers"),
        pytest.param(
            ["--batch", "/không/có.jsonl", "--output", "/tmp/out.jsonl"], "/không/có.jsonl cannot be read", id="no batch file"
        ),
    ],
)
def test_wrong_command(run: Run, arguments: list[str], says: str) -> None:
    refused(run("ask", *arguments), says)


def test_empty_question(run: Run) -> None:
    assert texts.EMPTY in run("ask", "").stdout


def batch(
    run: Run, folder: Path, lines: list[str | dict[str, Any]], output: Path | None = None
) -> subprocess.CompletedProcess[str]:
    file = folder / "in.jsonl"
    rows = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return run("ask", "--batch", str(file), "--output", str(output or folder / "out.jsonl"))


def test_batch(run: Run, tmp_path: Path) -> None:
    follow = {"question": "thế còn chi phí thì ai chịu?"}
    done = batch(
        run,
        tmp_path,
        [
            {"id": "z", "question": QUESTION},
            {"id": 7, "question": QUESTION, "as_of": "2024-05-10", "role": "staff"},
            "",
            {"id": "a1", "question": "Hủy kết quả đấu giá tài sản khi nào?", "conversation": "a"},
            {"id": "b1", **follow, "conversation": "b"},
            {"id": "a2", **follow, "conversation": "a"},
            {"id": "two lines", "question": "Điều 36\u2028khoản 1"},
        ],
    )
    assert (done.returncode, done.stderr) == (0, "")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert [row["id"] for row in rows] == ["z", 7, "a1", "b1", "a2", "two lines"]
    assert all(list(row) == ["id", *KEYS] for row in rows)
    assert (rows[1]["as_of"], rows[1]["role"], rows[1]["citations"][0]["document"]) == ("2024-05-10", "staff", "26/2008/QH12")
    cited = {row["id"]: [place["article"] for place in row["citations"]] for row in rows}
    assert "85" in cited["a2"]
    assert "85" not in cited["b1"]
    assert batch(run, tmp_path, [{"id": "a1", **follow, "conversation": "a"}]).returncode == 0
    (again,) = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert "85" not in [place["article"] for place in again["citations"]], "a batch must not remember the batch before"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("{", "not a question line", id="not JSON"),
        pytest.param("[1]", "it needs 'id' and 'question'", id="a list"),
        pytest.param({"question": "x"}, "it needs 'id' and 'question'", id="no id"),
        pytest.param({"id": 1, "question": None}, "question", id="a question that is no text"),
        pytest.param({"id": 1, "question": "x", "role": "judge"}, "role is 'judge'; use citizen or staff", id="no such role"),
        pytest.param({"id": 1, "question": "x", "as_of": "10/5/2024"}, "10/5/2024", id="no day"),
        pytest.param({"id": 1, "question": "x", "as_of": 2024}, "not a question line", id="a day that is no text"),
    ],
)
def test_broken_line(run: Run, tmp_path: Path, line: str | dict[str, Any], says: str) -> None:
    refused(batch(run, tmp_path, [{"id": 0, "question": "x"}, "", line]), f"{tmp_path / 'in.jsonl'}:3: ", says)


def test_batch_output_that_cannot_be_written(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "không có" / "out.jsonl"
    refused(batch(run, tmp_path, [{"id": 1, "question": QUESTION}], output), str(output))


def test_batch_half_a_letter(run: Run, tmp_path: Path) -> None:
    done = batch(run, tmp_path, ['{"id": 1, "question": "kê biên nhà ở \\ud83d"}', {"id": 2, "question": QUESTION}])
    assert done.returncode == 0
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2


@pytest.mark.parametrize("end", [pytest.param("/thoat\nđiều 36\n", id="told to end"), pytest.param("", id="the pipe ends")])
def test_chat(run: Run, end: str) -> None:
    done = run("chat", stdin=f"xin chào\n\nHủy kết quả đấu giá tài sản khi nào?\n/xoa\n{end}")
    assert done.returncode == 0
    assert done.stdout.startswith(texts.GREETING)
    assert "Điều 85 Luật 106/2025/QH15" in done.stdout
    assert texts.ERASED in done.stdout
    assert "Điều 36 Luật" not in done.stdout


def test_chat_takes_bytes_that_are_no_text(run: Run) -> None:
    done = run("chat", stdin=b"\xff\xfe\x80\n" + QUESTION.encode("utf-8") + b"\n")
    assert "10 ngày" in done.stdout


def test_receipt(run: Run) -> None:
    answer = json.loads(run("ask", QUESTION, "--json").stdout)
    done = run("receipt", answer["receipt"])
    assert (done.returncode, done.stderr) == (0, "")
    assert "the same, word for word" in done.stdout
    assert answer["answer"] in done.stdout
    assert "unchanged" in done.stdout
    shown = json.loads(run("receipt", answer["receipt"].lower(), "--json").stdout)
    assert (shown["rebuilt"], shown["law_changed"], shown["build"]) == ("same", False, answer["build"])
    assert [place["since"] for place in shown["places"]] == ["unchanged"] * len(answer["citations"])


def test_receipt_of_an_answer_about_a_day(run: Run) -> None:
    answer = json.loads(run("ask", QUESTION, "--json", "--role", "staff", "--as-of", "2024-05-10").stdout)
    shown = json.loads(run("receipt", answer["receipt"], "--json").stdout)
    assert (shown["rebuilt"], shown["law_changed"]) == ("same", False)


def test_unknown_receipt(run: Run) -> None:
    refused(run("receipt", "0000-0000-0000"), "No answer has the receipt '0000-0000-0000'", "30 days")


def test_check(run: Run) -> None:
    done = run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "usable" in done.stdout
    assert "THADS_TELEGRAM_TOKEN" in done.stdout


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        pytest.param({"index": {"path": "không-có"}}, ["python ingest.py"], id="no index"),
        pytest.param({"answers": {"limit": 5}}, ["unknown key 'answers.limit'", "answer_limit"], id="a wrong key"),
        pytest.param({"embedding": {"model": "không-có"}}, ["không-có"], id="no such model"),
        pytest.param({"database": {"url": "khong://co"}}, ["database.url"], id="no such database"),
        pytest.param({"model": {"name": "x", "provider": "khongco"}}, ["model.provider", "khongco"], id="no such provider"),
    ],
)
def test_unusable_configuration(run: Run, settings: Settings, tmp_path: Path, changed: dict[str, Any], says: list[str]) -> None:
    refused(run("check", config_file=config(tmp_path, settings, **changed)), *says)


def test_ask_without_index(run: Run, settings: Settings, tmp_path: Path) -> None:
    refused(
        run("ask", QUESTION, config_file=config(tmp_path, settings, index={"path": "x"})), "There is no index", "python ingest.py"
    )


def test_missing_configuration(run: Run, tmp_path: Path) -> None:
    refused(run("check", config_file=tmp_path / "x.yaml"), "x.yaml does not exist", "--config")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda build: cut(build / "manifest.json"), id="half a manifest"),
        pytest.param(lambda build: cut(build / "passages.jsonl"), id="half the passages"),
        pytest.param(lambda build: cut(build / "vectors.npy"), id="half the vectors"),
        pytest.param(lambda build: shutil.rmtree(build / "chroma"), id="no vector store"),
        pytest.param(lambda build: shutil.rmtree(build / "library"), id="no library"),
        pytest.param(lambda build: shutil.rmtree(build), id="the pointer names nothing"),
    ],
)
def test_damaged_index(run: Run, settings: Settings, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    index = settings.path(settings.index.path)
    live = (index / "current").read_text(encoding="utf-8").strip()
    shutil.copytree(index / live, tmp_path / "index" / live)
    shutil.copy(index / "current", tmp_path / "index" / "current")
    damage(tmp_path / "index" / live)
    refused(run("check", config_file=config(tmp_path, settings, index={"path": str(tmp_path / "index")})), "python ingest.py")


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["serve", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = f"import sys\nfrom bot.__main__ import main\ntry:\n    main({arguments!r})\nfinally:\n    print(sorted(sys.modules), file=sys.stderr)"
    done = program("-c", code)
    assert done.returncode == 0
    assert "usage: python -m bot" in done.stdout
    heavy = ("torch", "chromadb", "langchain", "sentence_transformers", "telegram", "starlette", "sqlalchemy", "numpy")
    assert [name for name in heavy if f"'{name}'" in done.stderr] == []


def test_unknown_command() -> None:
    refused(program("-m", "bot", "sing"), "sing")
