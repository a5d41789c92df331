"""Reads config.yaml and the environment: every setting checked, a wrong one named with what is allowed.

Secrets come from the environment only.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from bot.config_faults import explained
from bot.errors import ConfigError

TELEGRAM_TOKEN = "THADS_TELEGRAM_TOKEN"
MODEL_KEY = "THADS_MODEL_KEY"
MODEL_FALLBACK_KEY = "THADS_MODEL_FALLBACK_KEY"
DATABASE_URL = "THADS_DATABASE_URL"
SPEECH_KEY = "THADS_SPEECH_KEY"
WEB_STAFF_TOKEN = "THADS_WEB_STAFF_TOKEN"
ZALO_TOKEN = "THADS_ZALO_TOKEN"
ZALO_OA_APP_SECRET = "THADS_ZALO_OA_APP_SECRET"
ZALO_OA_SECRET = "THADS_ZALO_OA_SECRET"
ZALO_OA_REFRESH_TOKEN = "THADS_ZALO_OA_REFRESH_TOKEN"


Origin = Annotated[str, Field(pattern=r"^https?://[a-z0-9.-]+(:[0-9]{1,5})?$")]  # goes into a header as it stands


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LibrarySettings(_Section):
    """Where the law is, where official texts go, and which law "the law" means when a question names only an article."""

    path: Path = Path("knowledge/library")
    official: Path = Path("var/library")
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
    max_golden_losses: int = Field(3, ge=0)


class AnswerSettings(_Section):
    """How long questions and answers may be, and how sure the search must be."""

    question_limit: int = Field(2_000, ge=100, le=20_000)
    answer_limit: int = Field(1_400, ge=300, le=4_000)
    min_likelihood: float = Field(0.065, ge=0, le=1)
    citations: int = Field(4, ge=1, le=10)


class ChatModelSettings(_Section):
    """A LangChain chat model; an empty name is none."""

    name: str = ""
    provider: str = "openai"
    base_url: str | None = None
    timeout: float = Field(30, gt=0)


class ModelSettings(ChatModelSettings):
    """The model that rewords answers, and the one that is asked when it fails; without them answers are composed from the library alone."""

    fallback: ChatModelSettings = ChatModelSettings()


class SpeechSettings(_Section):
    """An OpenAI-compatible server that writes down spoken messages; an empty address is none."""

    base_url: str = ""
    model: str = "whisper-1"
    timeout: float = Field(60, gt=0)
    longest_seconds: int = Field(120, ge=1, le=600)


class ConversationSettings(_Section):
    """How much of a conversation is kept."""

    turns: int = Field(10, ge=0, le=100)
    forget_after_days: int = Field(30, ge=1)


class FormsSettings(_Section):
    """Papers that were filled in with people."""

    keep_hours: int = Field(24, ge=1, le=720)


class DatabaseSettings(_Section):
    """Run-time data; the environment variable THADS_DATABASE_URL goes before this."""

    url: str = Field("sqlite:///var/thads.sqlite", repr=False)  # may hold a password


class WebSettings(_Section):
    """The web page and its API; `allowed_origins` are the sites that may show the chat in a window of theirs."""

    enabled: bool = True
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=0, le=65535)
    public_url: str = ""
    allowed_origins: list[Origin] = []


class TelegramSettings(_Section):
    """Runs when its token is in the environment."""

    enabled: bool = True
    base_url: str = "https://api.telegram.org/bot"
    mode: Literal["polling", "webhook"] = "polling"


class ZaloSettings(_Section):
    """A bot of the Zalo Bot Platform; runs when its token is in the environment."""

    enabled: bool = True
    base_url: str = "https://bot-api.zaloplatforms.com/bot"
    mode: Literal["polling", "webhook"] = "polling"


class ZaloOaSettings(_Section):
    """A Zalo Official Account; runs when its application and its secrets are given."""

    enabled: bool = True
    base_url: str = "https://openapi.zalo.me"
    oauth_url: str = "https://oauth.zaloapp.com/v4/oa/access_token"
    app_id: str = ""
    tokens: Path = Path("var/zalo_oa_tokens.json")


class ChannelSettings(_Section):
    """One section a channel."""

    web: WebSettings = WebSettings()
    telegram: TelegramSettings = TelegramSettings()
    zalo: ZaloSettings = ZaloSettings()
    zalo_oa: ZaloOaSettings = ZaloOaSettings()


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
    speech: SpeechSettings = SpeechSettings()
    conversation: ConversationSettings = ConversationSettings()
    forms: FormsSettings = FormsSettings()
    database: DatabaseSettings = DatabaseSettings()
    channels: ChannelSettings = ChannelSettings()
    people: PeopleSettings = PeopleSettings()
    root: Path = Field(Path(), exclude=True)
    telegram_token: SecretStr = Field(SecretStr(""), exclude=True)
    model_key: SecretStr = Field(SecretStr(""), exclude=True)
    model_fallback_key: SecretStr = Field(SecretStr(""), exclude=True)
    speech_key: SecretStr = Field(SecretStr(""), exclude=True)
    web_staff_token: SecretStr = Field(SecretStr(""), exclude=True)
    zalo_token: SecretStr = Field(SecretStr(""), exclude=True)
    zalo_oa_app_secret: SecretStr = Field(SecretStr(""), exclude=True)
    zalo_oa_secret: SecretStr = Field(SecretStr(""), exclude=True)
    zalo_oa_refresh_token: SecretStr = Field(SecretStr(""), exclude=True)

    def path(self, value: Path | str) -> Path:
        """A configured path, absolute."""
        return (self.root / value).resolve()


# field of the settings -> variable of the environment, the only place that a secret comes from
SECRETS = {
    "telegram_token": TELEGRAM_TOKEN,
    "model_key": MODEL_KEY,
    "model_fallback_key": MODEL_FALLBACK_KEY,
    "speech_key": SPEECH_KEY,
    "web_staff_token": WEB_STAFF_TOKEN,
    "zalo_token": ZALO_TOKEN,
    "zalo_oa_app_secret": ZALO_OA_APP_SECRET,
    "zalo_oa_secret": ZALO_OA_SECRET,
    "zalo_oa_refresh_token": ZALO_OA_REFRESH_TOKEN,
}


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
    for key in ("root", *SECRETS):
        if key in rows:
            raise ConfigError(f"{file}: unknown section {key!r}; secrets come from the environment, e.g. {TELEGRAM_TOKEN}")
    try:
        settings = Settings(
            **rows,
            root=file.resolve().parent,
            **{field: SecretStr(environment.get(name, "")) for field, name in SECRETS.items()},
        )
    except ValidationError as fault:
        raise ConfigError(explained(file, fault, Settings)) from None
    if url := environment.get(DATABASE_URL):
        settings = settings.model_copy(update={"database": DatabaseSettings(url=url)})
    return settings
