"""Reads config.yaml and the environment: every setting checked, a wrong one named with what is allowed.

Secrets come from the environment only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.errors import ConfigError

TELEGRAM_TOKEN = "THADS_TELEGRAM_TOKEN"
MODEL_KEY = "THADS_MODEL_KEY"
DATABASE_URL = "THADS_DATABASE_URL"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LibrarySettings(_Section):
    """Where the law is, and which law "the law" means when a question names only an article."""

    path: Path = Path("knowledge/library")
    main: list[str] = ["106/2025/QH15", "26/2008/QH12"]


class IndexSettings(_Section):
    """Where builds are kept, and how many."""

    path: Path = Path("knowledge/index")
    keep: int = Field(5, ge=1, le=100)


class EmbeddingSettings(_Section):
    """A folder, or the name of a SentenceTransformer; a name is fetched from the network only with `download`."""

    model: str = "knowledge/model"
    download: bool = False


class IngestSettings(_Section):
    """Guards of a refresh."""

    max_missing: int = Field(2, ge=0)


class AnswerSettings(_Section):
    """How long questions and answers may be, and how sure the search must be."""

    question_limit: int = Field(2_000, ge=100, le=20_000)
    answer_limit: int = Field(1_100, ge=300, le=4_000)
    min_likelihood: float = Field(0.15, ge=0, le=1)
    citations: int = Field(4, ge=1, le=10)


class ModelSettings(_Section):
    """A LangChain chat model; without one, answers are composed from the library alone."""

    name: str = ""
    provider: str = "openai"
    base_url: str | None = None
    timeout: float = Field(30, gt=0)


class ConversationSettings(_Section):
    """How much of a conversation is kept."""

    turns: int = Field(10, ge=0, le=100)
    forget_after_days: int = Field(30, ge=1)


class DatabaseSettings(_Section):
    """Run-time data; the environment variable THADS_DATABASE_URL goes before this."""

    url: str = "sqlite:///var/thads.sqlite"


class WebSettings(_Section):
    """The web page and its API."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    public_url: str = ""


class TelegramSettings(_Section):
    """Runs when its token is in the environment."""

    enabled: bool = True
    base_url: str = "https://api.telegram.org/bot"
    mode: Literal["polling"] = "polling"


class ChannelSettings(_Section):
    """One section a channel."""

    web: WebSettings = WebSettings()
    telegram: TelegramSettings = TelegramSettings()


class PeopleSettings(_Section):
    """Who is staff, by channel, and how many questions a person may ask in a minute."""

    staff: dict[str, list[str]] = {}
    questions_a_minute: int = Field(20, ge=1)


class Settings(_Section):
    """All settings; paths are resolved against the folder of config.yaml."""

    library: LibrarySettings = LibrarySettings()
    index: IndexSettings = IndexSettings()
    embedding: EmbeddingSettings = EmbeddingSettings()
    ingest: IngestSettings = IngestSettings()
    answers: AnswerSettings = AnswerSettings()
    model: ModelSettings = ModelSettings()
    conversation: ConversationSettings = ConversationSettings()
    database: DatabaseSettings = DatabaseSettings()
    channels: ChannelSettings = ChannelSettings()
    people: PeopleSettings = PeopleSettings()
    root: Path = Field(Path(), exclude=True)
    telegram_token: SecretStr = Field(SecretStr(""), exclude=True)
    model_key: SecretStr = Field(SecretStr(""), exclude=True)

    def path(self, value: Path | str) -> Path:
        """A configured path, absolute."""
        return (self.root / value).resolve()


def load_settings(file: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a file and of the environment.

    Raises ConfigError that names the key, its value and what is allowed.
    """
    environment = os.environ if environment is None else environment
    try:
        rows = yaml.safe_load(file.read_text(encoding="utf-8")) or {}
    except FileNotFoundError:
        raise ConfigError(f"{file} does not exist; copy config.yaml from the project, or name a file with --config") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as fault:
        raise ConfigError(f"{file} cannot be read: {fault}") from None
    if not isinstance(rows, dict):
        raise ConfigError(f"{file} is not a map of sections; see config.yaml of the project")
    rows = {str(key): value for key, value in rows.items()}
    for key in ("root", "telegram_token", "model_key"):
        if key in rows:
            raise ConfigError(f"{file}: unknown section {key!r}; secrets come from the environment, e.g. {TELEGRAM_TOKEN}")
    try:
        settings = Settings(
            **rows,
            root=file.resolve().parent,
            telegram_token=SecretStr(environment.get(TELEGRAM_TOKEN, "")),
            model_key=SecretStr(environment.get(MODEL_KEY, "")),
        )
    except ValidationError as fault:
        raise ConfigError(_explained(file, fault)) from None
    if url := environment.get(DATABASE_URL):
        settings = settings.model_copy(update={"database": DatabaseSettings(url=url)})
    return settings


def _explained(file: Path, fault: ValidationError) -> str:
    lines = []
    for error in fault.errors():
        place = ".".join(str(part) for part in error["loc"])
        if error["type"] == "extra_forbidden":
            lines.append(f"{file}: unknown key {place!r}; allowed here: {', '.join(_keys_at(error['loc'][:-1]))}")
        else:
            lines.append(f"{file}: {place} is {error['input']!r}: {error['msg']}")
    return "\n".join(lines)


def _keys_at(place: tuple[Any, ...]) -> list[str]:
    section: type[BaseModel] = Settings
    for part in place:
        kind = section.model_fields[str(part)].annotation
        if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
            return []
        section = kind
    return [name for name, field in section.model_fields.items() if not field.exclude]
