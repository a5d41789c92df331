"""Reads YAML maps that people edit: keys as they are written, each once, and every fault with its line.

Plain YAML keeps the second of two equal keys without a word, makes `1.10` the number 1.1 and `no` a truth value: here a lawyer's
key stays what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml

from knowledge.errors import LibraryError
from knowledge.text import nfc

_BASE: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language; ten times as fast where libyaml is there
_DEEPEST = 20  # levels; the library needs four, and far deeper nesting would exhaust the reader


@dataclass(frozen=True, slots=True)
class YamlMap:
    """The entries of one map, with the line each key stands on."""

    path: str
    rows: dict[str, Any]
    lines: dict[str, int]

    def fault(self, key: str, problem: str, remedy: str) -> LibraryError:
        return LibraryError(self.path, self.lines.get(key, 1), problem, remedy)


class _Refused(Exception):
    """A node that is YAML but not ours; `line` counts from 0."""

    def __init__(self, line: int, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.line, self.problem, self.remedy = line, problem, remedy


def _refused(node: yaml.Node | yaml.Event, problem: str, remedy: str) -> _Refused:
    return _Refused(node.start_mark.line if node.start_mark else 0, problem, remedy)


class _Loader(_BASE):  # type: ignore[misc]
    """The safe language, in which a key stands once and a value that cannot exist is named with its line."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except (ValueError, TypeError, AttributeError, OverflowError) as fault:
            raise _refused(node, f"{node.value!r} cannot be read: {fault}", "Write dates as YYYY-MM-DD") from None

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _refused(key, "a key is no text", "Write 'key: value' lines")
            if key.value in seen:
                raise _refused(key, f"key {key.value!r} stands twice", "Keep one of the two")
            seen.add(key.value)
            key.tag = "tag:yaml.org,2002:str"
        return super().construct_mapping(node, deep=deep)


def read_map(text: str, path: str, what: str, *, lines_above: int = 0) -> YamlMap:
    """The map written in `text`, which begins after `lines_above` lines of its file; an empty text is an empty map.

    Raises LibraryError, with the line, for what is not YAML or not a map, a key that stands twice and a date that does not exist;
    `what` names the text in its sentence ("front matter").
    """
    try:
        root, rows = _composed(nfc(text).removeprefix("\ufeff"))
    except _Refused as fault:
        raise LibraryError(path, fault.line + 1 + lines_above, f"{what}: {fault.problem}", fault.remedy) from None
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line = (mark.line if mark else 0) + 1 + lines_above
        problem = f"{what} is not YAML ({getattr(fault, 'problem', None) or getattr(fault, 'reason', fault)})"
        raise LibraryError(path, line, problem, "Put texts with ':' between quotes, indent with spaces") from None
    if rows is None:
        return YamlMap(path, {}, {})
    if not isinstance(rows, dict) or not isinstance(root, yaml.MappingNode):
        raise LibraryError(path, 1, f"{what} is not a list of keys", "Write 'key: value' lines")
    return YamlMap(path, rows, {key.value: key.start_mark.line + 1 + lines_above for key, _ in root.value})


@lru_cache(maxsize=512)  # a refresh reads the library and its copies in two builds; what is read is never changed
def _composed(text: str) -> tuple[yaml.Node | None, Any]:
    """The root of the text's tree, and what it says."""
    _check_shape(text)
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def _check_shape(text: str) -> None:
    """Refuses nesting that no person writes, which brings the reader down, and references, which can make a small file endless."""
    depth = 0
    for event in yaml.parse(text, Loader=_BASE):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST or isinstance(event, yaml.AliasEvent):
            raise _refused(event, "nested too deep, or refers to another place", "Write plain lists and 'key: value' lines")
