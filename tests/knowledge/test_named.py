"""Documents named in questions: found, taken out of what is searched, left in where nothing else would remain."""

from __future__ import annotations

import pytest

from knowledge.named import Named, NamedDocuments

NAMES = ["30/2020/NĐ-CP", "30/2020/TT-BTP", "Luật Tiếp cận thông tin", "Luật Cư trú", "Tin", ""]
REST = "thì thời hạn trả lời công dân là bao lâu"


@pytest.mark.parametrize(
    ("question", "left", "named"),
    [
        pytest.param(f"Theo Luật Tiếp cận thông tin {REST}", f"Theo   {REST}", {2}, id="a title"),
        pytest.param(f"theo luat tiep can thong tin {REST}", f"theo   {REST}", {2}, id="without accents"),
        pytest.param(f"theo Nghị định 30/2020/NĐ-CP {REST}", f"theo Nghị định   {REST}", {0}, id="a number"),
        pytest.param(
            f"theo nghị định 30/2020 {REST}", f"theo nghị định   {REST}", {0, 1}, id="number and year, of whatever kind"
        ),
        pytest.param(f"luật cư trú và luật tiếp cận thông tin {REST}", f"  và   {REST}", {2, 3}, id="two"),
        pytest.param(f"theo luật tiếp cận {REST}", f"theo luật tiếp cận {REST}", set(), id="half a title"),
        pytest.param(f"ngày 30/2021 {REST}", f"ngày 30/2021 {REST}", set(), id="another year"),
        pytest.param("Luật Cư trú áp dụng cho ai?", "Luật Cư trú áp dụng cho ai?", {3}, id="the name is what it asks about"),
        pytest.param(f"tin {REST}", f"tin {REST}", set(), id="a single word is no name"),
        pytest.param("", "", set(), id="nothing"),
    ],
)
def test_taken_out(question: str, left: str, named: set[int]) -> None:
    assert NamedDocuments(NAMES).taken_out(question) == (left, Named(frozenset(named)))


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        pytest.param(f"Điều 6 Luật Cư trú {REST}", {"6"}, id="one"),
        pytest.param(f"theo khoản 2 điều 6, điều 12a luật cư trú {REST}", {"6", "12a"}, id="two, one by a clause"),
        pytest.param(f"luat cu tru, dieu 6, {REST}", {"6"}, id="without accents, behind its document"),
        pytest.param(f"điều kiện 6 tháng theo luật cư trú {REST}", set(), id="a word that begins alike"),
        pytest.param(f"theo Điều 6 {REST}", set(), id="of no document that is known"),
    ],
)
def test_articles_named(question: str, articles: set[str]) -> None:
    assert NamedDocuments(NAMES).taken_out(question)[1].articles == articles
