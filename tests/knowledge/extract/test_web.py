"""Saved pages: the document without what the portal puts around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import ExtractError
from knowledge.extract import extract

ARTICLES = (
    "<p>Điều 1. Phạm vi</p><p>1. Nội <b>dung</b> một;<br>dòng hai</p><p><strong>Điều 2</strong>. Đối tượng</p><p>Văn bản.</p>"
)
EXPECTED = ("Điều 1. Phạm vi", "1. Nội dung một;", "dòng hai", "Điều 2. Đối tượng", "Văn bản.")


def around(content: str) -> str:
    menu = '<nav><a href="/">Trang chủ</a></nav><div class="left-menu"><ul><li>Văn bản mới</li></ul></div>'
    end = '<div id="lien-quan"><a>Điều 36 Luật khác</a></div><footer>Liên hệ</footer><script>alert("Điều 9. x")</script>'
    return f"<html><head><title>Trang</title><style>p{{}}</style></head><body>{menu}{content}{end}</body></html>"


PAGES = [
    ("one box", around(f'<div class="content1"><div>{ARTICLES}</div></div>'), EXPECTED),
    ("everything in a form", f'<body><form id="aspnetForm"><div id="toanvancontent">{ARTICLES}</div></form></body>', EXPECTED),
    ("a box named header holds the text", around(f'<div class="page-header">{ARTICLES}</div>'), EXPECTED),
    ("text laid out in a table", around(f"<table><tr><td>{ARTICLES}</td></tr></table>"), EXPECTED),
    ("comments and blank text", around(f"<!-- Điều 8. x --><div>{ARTICLES}<p> &nbsp; </p></div>"), EXPECTED),
    (
        "tables are lines",
        around(
            "<div><p>Điều 1. Mức</p><table><tr><th>Việc</th><th>Mức</th></tr><tr><td>Xác  minh</td><td>100</td></tr></table></div>"
        ),
        ("Điều 1. Mức", "Việc | Mức", "Xác minh | 100"),
    ),
    (
        "the head just outside",
        f"<body><div id=vb><div><p>Số: 1/2026/NĐ-CP</p><p>Căn cứ Hiến pháp;</p></div><div>{ARTICLES}</div></div></body>",
        ("Số: 1/2026/NĐ-CP", "Căn cứ Hiến pháp;", *EXPECTED),
    ),
    ("source lines are not lines", "<p>Điều 1. Phạm\n   vi</p><p>và\nđối tượng</p>", ("Điều 1. Phạm vi", "và đối tượng")),
]


@pytest.mark.parametrize(("page", "expected"), [row[1:] for row in PAGES], ids=[row[0] for row in PAGES])
def test_lines(tmp_path: Path, page: str, expected: tuple[str, ...]) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    assert extract(path).lines == expected


def test_declared_encoding(tmp_path: Path) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes('<html><meta charset="utf-16le"><p>Điều 1. Phạm vi</p></html>'.encode("utf-16"))
    assert extract(path).lines == ("Điều 1. Phạm vi",)


def test_page_without_articles_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<p>Đăng nhập để xem nội dung</p>", encoding="utf-8")
    found = extract(path)
    assert found.lines == ("Đăng nhập để xem nội dung",)
    assert "no article" in found.warnings[0]


def test_page_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><body><script>x()</script></body></html>", encoding="utf-8")
    with pytest.raises(ExtractError, match="holds no text"):
        extract(path)
