"""The reading order holds: a module imports only from those before it, as the docstrings of `knowledge` and `bot` list them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("knowledge", "bot")
OURS = (*PACKAGES, "ingest", "tests", "benchmarks", "training")


def entry(name: str) -> str:
    """The name in the reading order of a dotted name: a subpackage counts as one."""
    return name.split(".")[1]


def entries_on_disk(package: str) -> dict[str, list[Path]]:
    """The files of each module and subpackage, by its name in the reading order."""
    found: dict[str, list[Path]] = {}
    for path in sorted((ROOT / package).rglob("*.py")):
        parts = path.relative_to(ROOT / package).with_suffix("").parts
        if parts != ("__init__",):
            found.setdefault(parts[0], []).append(path)
    return found


def docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""


def listed(package: str) -> list[str]:
    """The names in the indented lines of the package's docstring; a cell of several words is a remark, a first one may be a title."""
    lines = [line for line in docstring(ROOT / package / "__init__.py").splitlines() if line.startswith("    ")]
    cells = [cell for line in lines for cell in re.split(r"\s{2,}", line.strip())]
    there = entries_on_disk(package)
    return [name for name in (cell.removesuffix("/") for cell in cells) if name in there]


def imported(code: str, folder: Path) -> set[str]:
    """Dotted names of our modules that the code of a file in the folder imports, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= _imported_from(node, folder)
    return {name for name in found if name.split(".")[0] in OURS}


def _imported_from(node: ast.ImportFrom, folder: Path) -> set[str]:
    """`from bot import texts` imports a module, `from bot.message import Answer` a name of one; a leading dot is the folder."""
    parts = folder.relative_to(ROOT).parts
    source = [*parts[: len(parts) - node.level + 1 if node.level else 0], *(node.module.split(".") if node.module else [])]
    modules = {alias.name for alias in node.names if ROOT.joinpath(*source, f"{alias.name}.py").exists()}
    return {".".join([*source, name]) for name in modules} or {".".join(source)}


def imports_of(path: Path) -> set[str]:
    return imported(path.read_text(encoding="utf-8"), path.parent)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import bot.texts", {"bot.texts"}),
        ("from bot import texts, message", {"bot.texts", "bot.message"}),
        ("from bot.message import Answer", {"bot.message"}),
        ("def f():\n    from knowledge.text import fold", {"knowledge.text"}),
        ("from bot.channels import Channel", {"bot.channels"}),
        ("from . import web_api", {"bot.channels.web_api"}),
        ("from .web_api import Api", {"bot.channels.web_api"}),
        ("from ..texts import X", {"bot.texts"}),
        ("from .. import texts", {"bot.texts"}),
        ("import json, yaml", set()),
    ],
)
def test_imports_are_seen(code: str, names: set[str]) -> None:
    assert imported(code, ROOT / "bot" / "channels") == names


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_is_listed_once(package: str) -> None:
    assert sorted(set(entries_on_disk(package)) - set(listed(package))) == [], f"not in the docstring of {package}/__init__.py"
    assert len(set(listed(package))) == len(listed(package)), "a module stands twice in the reading order"


@pytest.mark.parametrize("package", PACKAGES)
def test_a_module_imports_only_from_those_before_it(package: str) -> None:
    order = {name: place for place, name in enumerate(listed(package))}
    wrong = []
    for name, paths in entries_on_disk(package).items():
        uses = {entry(used) for path in paths for used in imports_of(path) if used.startswith(f"{package}.")} - {name}
        wrong += [
            f"{package}.{name} imports {package}.{used}" for used in sorted(uses) if order.get(used, 10**6) >= order.get(name, -1)
        ]
    assert wrong == []


def test_knowledge_never_imports_bot() -> None:
    wrong = [
        (str(path.relative_to(ROOT)), name)
        for path in sorted((ROOT / "knowledge").rglob("*.py"))
        for name in sorted(imports_of(path))
        if not name.startswith("knowledge.")
    ]
    assert wrong == []


def test_bot_imports_no_program_or_test() -> None:
    wrong = [
        (str(path.relative_to(ROOT)), name)
        for path in sorted((ROOT / "bot").rglob("*.py"))
        for name in sorted(imports_of(path))
        if not name.startswith(("bot.", "knowledge."))
    ]
    assert wrong == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_circle_inside_a_subpackage(package: str) -> None:
    """Between entries the order forbids circles; inside a subpackage nothing else does."""
    uses = {
        f"{package}.{'.'.join(path.relative_to(ROOT / package).with_suffix('').parts).removesuffix('.__init__')}": imports_of(
            path
        )
        for path in sorted((ROOT / package).rglob("*.py"))
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, f"a circle: {' -> '.join([*trail[trail.index(name) :], name])}"
        if name not in done:
            for used in sorted(uses[name] & uses.keys()):
                visit(used, (*trail, name))
            done.add(name)

    for name in uses:
        visit(name, ())


MODULES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))] + [ROOT / "ingest.py"]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_first_line_says_the_one_job(path: Path) -> None:
    first = docstring(path).split("\n\n")[0]
    assert first, "no docstring"
    assert "\n" not in first, "the first sentence stands on one line, with an empty line after it"
    assert first.endswith("."), "a sentence ends with a period"
    assert not re.search(r"\. [A-Z]", first), "one sentence; what more is to say goes below"
