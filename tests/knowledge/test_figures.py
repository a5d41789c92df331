"""Figures of a text in one form, however they are written; addresses and numbers of documents are none."""

from __future__ import annotations

from collections import Counter

import pytest

from knowledge.figures import figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trong 05 ngày làm việc", ["5 ngay lam viec"]),
        ("trong 5 (năm) ngày làm việc", ["5 ngay lam viec"]),
        ("thu 3% và 0,5 phần trăm", ["3%", "0,5 phan tram"]),
        ("1.200.000 đồng", ["1200000 dong"]),
        ("ngày 01 tháng 7 năm 2026; 1/7/2026", ["01/07/2026", "01/07/2026"]),
        ("từ 10 đến 20 ngày", ["10", "20 ngay"]),
        ("theo khoản 1, 2 Điều 36 và điểm a khoản 3 Điều 5", []),
        ("Nghị định số 62/2015/NĐ-CP, Luật 106/2025/QH15", []),
        ("1. Mức chi\n2. Thời hạn\na) 7 ngày", ["7 ngay"]),
        ("", []),
    ],
)
def test_figures(text: str, found: list[str]) -> None:
    assert figures(text) == Counter(found)
