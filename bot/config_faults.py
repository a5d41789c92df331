"""Says what is wrong in config.yaml: the key, its value, and what is allowed there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError


def explained(file: Path, fault: ValidationError, whole: type[BaseModel]) -> str:
    """A line for each fault; `whole` is the model that was to be filled."""
    lines = []
    for error in fault.errors():
        place = ".".join(str(part) for part in error["loc"])
        if error["type"] == "extra_forbidden":
            lines.append(f"{file}: unknown key {place!r}; allowed here: {', '.join(_keys_at(error['loc'][:-1], whole))}")
        else:
            lines.append(f"{file}: {place} is {error['input']!r}: {error['msg']}")
    return "\n".join(lines)


def _keys_at(place: tuple[Any, ...], section: type[BaseModel]) -> list[str]:
    for part in place:
        kind = section.model_fields[str(part)].annotation
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            return []
        section = kind
    return [name for name, field in section.model_fields.items() if not field.exclude]
