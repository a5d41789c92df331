"""Settings: the defaults, the project's own file, faults that name key, value and what is allowed, and secrets that never show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import BaseModel, SecretStr

from bot.config import DATABASE_URL, SECRETS, Settings, load_settings
from bot.errors import ConfigError
from tests.conftest import ROOT

OWN = ROOT / "config.yaml"
SECRET = "987654:kín-như-bưng"


def keys_of(section: type[BaseModel], above: str = "") -> set[str]:
    """Every key of the settings, with the sections above it."""
    found: set[str] = set()
    for name, field in section.model_fields.items():
        kind = field.annotation
        if field.exclude:
            continue
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= keys_of(kind, f"{above}{name}.")
        else:
            found.add(f"{above}{name}")
    return found


def keys_in(rows: dict[str, Any], known: set[str], above: str = "") -> set[str]:
    """Every key written in a file, down to those that hold a value."""
    found: set[str] = set()
    for name, value in rows.items():
        whole = f"{above}{name}"
        found |= keys_in(value, known, f"{whole}.") if isinstance(value, dict) and whole not in known else {whole}
    return found


def settings_of(tmp_path: Path, text: str | bytes, environment: dict[str, str] | None = None) -> Settings:
    file = tmp_path / "config.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return load_settings(file, environment or {})


def fault_of(tmp_path: Path, text: str | bytes, environment: dict[str, str] | None = None) -> str:
    with pytest.raises(ConfigError) as caught:
        settings_of(tmp_path, text, environment)
    return str(caught.value)


@pytest.mark.parametrize("text", [pytest.param("", id="an empty file"), pytest.param("# chỉ có lời\n", id="only a comment")])
def test_defaults(tmp_path: Path, text: str) -> None:
    settings = settings_of(tmp_path, text)
    assert settings.library.main == ["106/2025/QH15", "26/2008/QH12"]
    assert settings.model.name == ""
    assert not settings.embedding.download
    assert settings.database.url.startswith("sqlite:///")
    assert settings.channels.web.host == "127.0.0.1"
    assert settings.people.staff == {}


def test_own_file_names_every_key() -> None:
    known = keys_of(Settings)
    assert keys_in(yaml.safe_load(OWN.read_text(encoding="utf-8")), known) == known


@pytest.mark.parametrize("key", sorted(keys_of(Settings)))
def test_own_file_shows_the_default(key: str, tmp_path: Path) -> None:
    """The first line of config.yaml promises: what is left out has the value shown here."""
    shown: Any = load_settings(OWN, {})
    left_out: Any = settings_of(tmp_path, "")
    for part in key.split("."):
        shown, left_out = getattr(shown, part), getattr(left_out, part)
    assert shown == left_out


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "index: {path: builds}")
    assert settings.path(settings.index.path) == tmp_path / "builds"
    assert settings.path("/srv/index") == Path("/srv/index")


@pytest.mark.parametrize(
    ("text", "key", "allowed"),
    [
        pytest.param("mode: {name: x}", "mode", "model", id="a section"),
        pytest.param("answers: {limit: 5}", "answers.limit", "answer_limit", id="a key of a section"),
        pytest.param("channels: {viber: {}}", "channels.viber", "telegram", id="a channel"),
        pytest.param("channels: {web: {prot: 80}}", "channels.web.prot", "port", id="a key of a channel"),
        pytest.param("channels: {telegram: {token: x}}", "channels.telegram.token", "mode", id="a secret where none belongs"),
        pytest.param("people: {Staff: {}}", "people.Staff", "staff", id="a capital letter"),
        pytest.param("library: {đường: x}", "library.đường", "path", id="with accents"),
    ],
)
def test_unknown_key(tmp_path: Path, text: str, key: str, allowed: str) -> None:
    message = fault_of(tmp_path, text)
    assert f"unknown key {key!r}" in message
    assert allowed in message.partition("allowed here:")[2]
    assert "config.yaml" in message


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    message = fault_of(tmp_path, "index: {keep: 0}\nanswers: {limit: 5}\ndatabase: {url: 3}")
    assert [key for key in ("index.keep", "answers.limit", "database.url") if key not in message] == []


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        pytest.param("answers: {question_limit: nhiều}", "answers.question_limit", "nhiều", id="a word for a number"),
        pytest.param("answers: {answer_limit: 12}", "answers.answer_limit", "12", id="too small"),
        pytest.param("index: {keep: 101}", "index.keep", "101", id="too large"),
        pytest.param("answers: {citations: 0}", "answers.citations", "0", id="no citations"),
        pytest.param("index: {keep: -1}", "index.keep", "-1", id="negative"),
        pytest.param("model: {timeout: 0}", "model.timeout", "0", id="no time at all"),
        pytest.param("channels: {web: {port: 99999}}", "channels.web.port", "99999", id="no such port"),
        pytest.param("channels: {web: {enabled: có}}", "channels.web.enabled", "có", id="a word for yes or no"),
        pytest.param("channels: {telegram: {mode: push}}", "channels.telegram.mode", "push", id="not a choice"),
        pytest.param("library: {main: 106/2025/QH15}", "library.main", "106/2025/QH15", id="one for a list"),
        pytest.param("people: {staff: [an]}", "people.staff", "an", id="a list for a map"),
        pytest.param("people: {staff: {web: an}}", "people.staff.web", "an", id="one person without a list"),
        pytest.param("answers:", "answers", "None", id="a section left empty"),
        pytest.param("answers: 5", "answers", "5", id="a value for a section"),
    ],
)
def test_wrong_value(tmp_path: Path, text: str, key: str, value: str) -> None:
    message = fault_of(tmp_path, text)
    assert key in message
    assert value in message


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("answers: {question_limit: 5", "line", id="a bracket left open"),
        pytest.param("a: b: c", "line 1", id="two colons"),
        pytest.param("\tanswers: 1", "cannot be read", id="a tab"),
        pytest.param(b"answers: \xff\xfe", "cannot be read", id="not UTF-8"),
        pytest.param("- answers", "not a map", id="a list"),
        pytest.param("chỉ là lời", "not a map", id="a sentence"),
        pytest.param("!!python/object/apply:os.getcwd []", "cannot be read", id="a tag that would run code"),
        pytest.param("1: x", "1", id="a number for a section"),
        pytest.param("answers: {1: x}", "answers.1", id="a number for a key"),
    ],
)
def test_yaml_fault(tmp_path: Path, text: str | bytes, says: str) -> None:
    message = fault_of(tmp_path, text)
    assert "config.yaml" in message
    assert says in message


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"không-có\.yaml does not exist; .*--config"):
        load_settings(tmp_path / "không-có.yaml", {})
    with pytest.raises(ConfigError, match="cannot be read"):
        load_settings(tmp_path, {})


@pytest.mark.parametrize("key", [*SECRETS, "root"])
def test_secret_in_the_file_is_refused(tmp_path: Path, key: str) -> None:
    message = fault_of(tmp_path, f"{key}: '{SECRET}'")
    assert f"unknown section {key!r}" in message
    assert SECRET not in message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"channels: {{telegram: {{token: '{SECRET}'}}}}", id="beside the channel"),
        pytest.param(f"model: {{key: '{SECRET}'}}", id="beside the model"),
    ],
)
def test_secret_in_the_wrong_place_is_not_repeated(tmp_path: Path, text: str) -> None:
    assert SECRET not in fault_of(tmp_path, text)


@pytest.mark.parametrize(
    ("name", "field"),
    [pytest.param(name, field, id=field) for field, name in SECRETS.items()],
)
def test_secret_from_the_environment(tmp_path: Path, name: str, field: str) -> None:
    settings = settings_of(tmp_path, "", {name: SECRET})
    secret: SecretStr = getattr(settings, field)
    assert secret.get_secret_value() == SECRET
    assert SECRET not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"


def test_no_secret_is_no_fault(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "").telegram_token.get_secret_value() == ""


@pytest.mark.parametrize(
    ("environment", "url"),
    [
        pytest.param({DATABASE_URL: "sqlite:///khác.sqlite"}, "sqlite:///khác.sqlite", id="goes before the file"),
        pytest.param({DATABASE_URL: ""}, "sqlite:///tệp.sqlite", id="an empty one does not count"),
        pytest.param({}, "sqlite:///tệp.sqlite", id="from the file"),
    ],
)
def test_database_url(tmp_path: Path, environment: dict[str, str], url: str) -> None:
    assert settings_of(tmp_path, "database: {url: 'sqlite:///tệp.sqlite'}", environment).database.url == url


def test_database_password_is_not_shown(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, "", {DATABASE_URL: f"postgresql://an:{SECRET}@db/thads"})
    assert SECRET not in f"{settings!r} {settings}"
