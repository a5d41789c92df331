"""Who may frame the chat, what the script for other sites is, and that no page needs anything from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from starlette.testclient import TestClient

from bot.channels.web import EMBEDDED, STATIC, make_app
from bot.channels.web_pages import TEMPLATES
from bot.config import Settings, load_settings
from bot.errors import ConfigError
from bot.people import People

SITES = ["https://so.example.gov.vn", "https://xa.example.vn:8443"]


def site(settings: Settings, origins: list[str]) -> TestClient:
    web = settings.channels.web.model_copy(update={"allowed_origins": origins})
    there = settings.model_copy(update={"channels": settings.channels.model_copy(update={"web": web})})
    return TestClient(make_app(SimpleNamespace(), People({}, 100), there))  # type: ignore[arg-type]  # these pages ask nothing


def ancestors(policy: str) -> list[str]:
    return next(part.split()[1:] for part in policy.split(";") if part.split()[0] == "frame-ancestors")


@pytest.mark.parametrize(
    ("path", "origins", "framed_by"),
    [
        pytest.param(EMBEDDED, [], ["'self'"], id="no site is allowed"),
        pytest.param(EMBEDDED, SITES, ["'self'", *SITES], id="two sites are allowed"),
        pytest.param("/", SITES, ["'self'"], id="the page itself is for nobody else"),
        pytest.param(f"{EMBEDDED}/x", SITES, ["'self'"], id="an address near it"),
    ],
)
def test_frames(settings: Settings, path: str, origins: list[str], framed_by: list[str]) -> None:
    assert ancestors(site(settings, origins).get(path).headers["content-security-policy"]) == framed_by


@pytest.mark.parametrize(
    "origin",
    [
        pytest.param("*", id="everybody"),
        pytest.param("so.example.gov.vn", id="no scheme"),
        pytest.param("https://so.example.gov.vn/", id="a path"),
        pytest.param("https://so.example.gov.vn; script-src *", id="a second rule"),
        pytest.param("https://a.vn https://b.vn", id="two in one"),
        pytest.param("https://a.vn\n", id="a line end"),
        pytest.param("'none'", id="a word of the policy"),
    ],
)
def test_an_origin_that_is_none_is_refused(tmp_path: Path, origin: str) -> None:
    file = tmp_path / "config.yaml"
    file.write_text(yaml.safe_dump({"channels": {"web": {"allowed_origins": [origin]}}}), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"channels\.web\.allowed_origins\.0 is "):
        load_settings(file, {})


def test_the_embedded_chat_opens_links_beside_the_page_around_it(settings: Settings) -> None:
    web = site(settings, [])
    assert '<base target="_blank">' in web.get(EMBEDDED).text
    assert "<base" not in web.get("/").text


def test_the_script_for_other_sites(settings: Settings) -> None:
    response = site(settings, []).get("/widget.js")
    assert response.headers["content-type"].startswith("text/javascript")
    assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "{{" not in response.text
    assert EMBEDDED in response.text
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", response.text)


FILES = sorted([*TEMPLATES.iterdir(), *STATIC.iterdir()])


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_nothing_is_fetched_from_elsewhere_and_nothing_stands_inline(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"""(src|href|url|import|fetch)\s*[=(]\s*["'`]?(https?:)?//""", text)
    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", text)
