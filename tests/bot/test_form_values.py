"""What a person says for a field: kept as a form needs it, or turned down with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from bot import form_texts
from bot.form_values import LONGEST_STORY, LONGEST_TEXT, Misfit, read_value
from knowledge.practice.forms import Field, FieldKind
from knowledge.practice.procedures import Option

TODAY = date(2026, 11, 23)
OPTIONS = (Option("creditor", "người được thi hành án"), Option("debtor", "người phải thi hành án"))


def read(kind: FieldKind, said: str, *, past: bool = False) -> str | Misfit:
    options = OPTIONS if kind == "choice" else ()
    return read_value(Field("f", "F", "F?", kind, True, options=options, past=past), said, TODAY)


FITS: list[tuple[FieldKind, str, str]] = [
    ("text", "Nguyễn Thị Hoà", "Nguyễn Thị Hoà"),
    ("text", "  Nguyễn\n Thị   Thuý ", "Nguyễn Thị Thuý"),
    ("text", "Nguyê\u0303n", "Nguyễn"),
    ("text", "a\x00b\u200bc\u202ed", "a b c d"),
    ("text", "Cty {{ 7*7 }} <b>&", "Cty {{ 7*7 }} <b>&"),
    ("text", "x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
    ("lines", "một\r\n\r\n  hai  ba \nbốn", "một\nhai ba\nbốn"),
    ("lines", "Vui 😀 quá", "Vui 😀 quá"),
    ("date", "03/8/1985", "1985-08-03"),
    ("date", "ngày 3 tháng 8 năm 1985", "1985-08-03"),
    ("date", "1985-08-03", "1985-08-03"),
    ("date", "hôm nay", "2026-11-23"),
    ("date", "hom qua", "2026-11-22"),
    ("date", "31/12/2030", "2030-12-31"),
    ("money", "350 triệu", "350000000"),
    ("money", "khoảng 1 tỷ 2", "1200000000"),
    ("money", "350.000.000 đồng", "350000000"),
    ("money", "350000000", "350000000"),
    ("money", "0 đồng", "0"),
    ("money", "0", "0"),
    ("choice", "2", "debtor"),
    ("choice", "người được thi hành án", "creditor"),
    ("choice", "nguoi phai thi hanh an", "debtor"),
    ("identity", "001085012345", "001085012345"),
    ("identity", "001 085 012 345", "001085012345"),
    ("identity", "012345678", "012345678"),
    ("identity", "0101234567-001", "0101234567-001"),
    ("identity", "b1234567", "B1234567"),
    ("phone", "0912 345 678", "0912345678"),
    ("phone", "+84 912.345.678", "+84912345678"),
]


@pytest.mark.parametrize(("kind", "said", "kept"), FITS, ids=[f"{kind}: {said[:30]!r}" for kind, said, _ in FITS])
def test_fits(kind: FieldKind, said: str, kept: str) -> None:
    assert read(kind, said) == kept


MISFITS: list[tuple[FieldKind, str, str]] = [
    ("text", "???", form_texts.NOTHING_SAID),
    ("text", "\u200b \x00", form_texts.NOTHING_SAID),
    ("text", "x" * (LONGEST_TEXT + 1), form_texts.TOO_LONG.format(limit=LONGEST_TEXT)),
    ("lines", "x" * 10_000, form_texts.TOO_LONG.format(limit=LONGEST_STORY)),
    ("date", "30/2/2026", form_texts.NO_DATE),
    ("date", "3/8", form_texts.NO_DATE),
    ("date", "3/8/85", form_texts.NO_DATE),
    ("date", "năm 1985", form_texts.NO_DATE),
    ("date", "3/8/2026 hoặc 4/8/2026", form_texts.NO_DATE),
    ("date", "lâu rồi", form_texts.NO_DATE),
    ("date", "3/8/0185", form_texts.DATE_LONG_AGO),
    ("money", "nhiều lắm", form_texts.NO_MONEY),
    ("money", "350", form_texts.NO_MONEY),
    ("money", "100 triệu và 200 triệu", form_texts.NO_MONEY),
    ("money", "9" * 40, form_texts.NO_MONEY),
    ("choice", "3", form_texts.NO_CHOICE),
    ("choice", "thi hành án", form_texts.NO_CHOICE),
    ("choice", "không biết", form_texts.NO_CHOICE),
    ("identity", "12345", form_texts.NO_IDENTITY),
    ("identity", "00108501234", form_texts.NO_IDENTITY),
    ("identity", "001085O12345", form_texts.NO_IDENTITY),
    ("phone", "12345", form_texts.NO_PHONE),
    ("phone", "số nhà tôi", form_texts.NO_PHONE),
]


@pytest.mark.parametrize(("kind", "said", "reason"), MISFITS, ids=[f"{kind}: {said[:30]!r}" for kind, said, _ in MISFITS])
def test_does_not_fit(kind: FieldKind, said: str, reason: str) -> None:
    assert read(kind, said) == Misfit(reason)


def test_a_day_that_has_to_be_past() -> None:
    assert read("date", "24/11/2026", past=True) == Misfit(form_texts.DATE_AHEAD)
    assert read("date", "23/11/2026", past=True) == "2026-11-23"
    assert read("date", "24/11/2026") == "2026-11-24"
