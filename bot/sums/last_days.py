"""The last day of a time limit, asked for in chat: limitation, complaints, and the limits that run from one event."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from bot import reminder_texts, sum_texts
from bot.amounts import Figures
from bot.sums.asked import Missing, Sum, Worked, asked_by
from knowledge.practice.book import Practice
from knowledge.practice.complaints import TARGET_NAMES, Target, window
from knowledge.practice.deadlines import deadline
from knowledge.practice.limitation import limitation
from knowledge.practice.step import write_weekday


@asked_by(
    r"\bthoi hieu\b|\b(con|kip|duoc).*\byeu cau thi hanh an\b|\byeu cau thi hanh an\b.*\b(con|kip|duoc)\b",
    "hieu luc phap luat yeu cau nghia vu kip nop don muon doi tinh ke",
)
def limitation_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    if len(figures.days) != 1 or figures.money or re.search(r"\d", figures.rest):
        return None
    if not re.search(r"\bco hieu luc\b|\bden han\b", figures.rest) or figures.days[0] > on:
        return None
    worked = limitation(figures.days[0], on, practice.calendar)
    if worked.last is None:
        return None
    said = sum_texts.limitation_is(write_weekday(worked.last), in_time=worked.in_time)
    return Sum(said, worked.steps, worked.warnings, last=worked.last, limit=reminder_texts.LIMITATION)


_TARGETS: tuple[tuple[str, Target | None], ...] = (
    (r"\blan (hai|2|thu hai)\b", None),
    (r"\btruoc khi ap dung\b|\bquyet dinh thi hanh an\b", "before_measures"),
    (r"\bsau (khi )?cuong che\b", "after_coercion"),
    (r"\bphong toa\b", "freezing"),
    (r"\bbien phap bao dam\b|\btam giu\b|\btam hoan xuat canh\b", "preservation"),
    (r"\bcuong che\b|\bke bien\b", "coercion"),
)


@asked_by(
    r"^(?!.*\b(giai quyet|thu ly)\b(?!.*\blan (hai|2)\b)).*\bkhieu nai\b",
    "khieu nai lan hai 2 dau 1 thu hanh vi nhan thong bao hop le ke bien cuong che phong toa tai khoan bien phap bao dam ap dung tam giu "
    "hoan xuat canh truoc giai thoi hieu khac chap vien kip",
)
def complaint_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    if (
        len(figures.days) != 1
        or figures.money
        or figures.days[0] > on
        or not re.search(r"\b(nhan|biet|thong bao)\b", figures.rest)
    ):
        return None
    named = next((row for row in _TARGETS if re.search(row[0], figures.rest)), None)
    if named is None:
        return Missing(sum_texts.COMPLAINT_ABOUT, tuple(TARGET_NAMES.values()))
    target: Target | Literal["second"] = named[1] or "second"
    worked = window(target, figures.days[0], practice.limits, practice.calendar)
    limit = practice.limits[f"complaint_{target}"].name
    return Sum(
        sum_texts.complaint_until(write_weekday(worked.last)), worked.steps, worked.warnings, last=worked.last, limit=limit
    )


# A time limit by what people call it and the event that it runs from.
_LIMITS = (
    ("voluntary", r"\btu nguyen\b", r"\b(nhan|thong bao|giao|tong dat)\b"),
    ("decision_on_request", r"\bra quyet dinh\b", r"\b(nop|gui|nhan)( duoc)? (don|yeu cau)\b"),
    ("confirmation", r"\bgiay xac nhan\b|\bxac nhan ket qua\b", r"\b(nop|gui|nhan)( duoc)? (don|yeu cau)\b"),
    ("auction_payment", r"\b(nop|dong)( du)?( tien)?\b", r"\btrung dau gia\b|\bdau gia thanh\b"),
    ("revaluation_request", r"\bgia lai\b", r"\b(nhan|duoc|co)( duoc)? (thong bao|ket qua)\b"),
    ("payment", r"\b(thanh toan|chi tra)\b", r"\bthu (duoc )?tien\b"),
)


@asked_by(
    "|".join(f"(?:{about})" for _, about, _ in _LIMITS),
    "tu nguyen nhan thong bao giao tong dat hop le nop gui don yeu cau giay xac ket qua dau gia trung thanh du tham dinh lai thanh toan chi tra "
    "thu bao gio dong tai san ke",
)
def limit_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    if len(figures.days) != 1 or figures.money or re.search(r"\d", figures.rest):
        return None
    found = [id for id, about, event in _LIMITS if re.search(about, figures.rest) and re.search(event, figures.rest)]
    if len(found) != 1:
        return None
    worked = deadline(practice.limits[found[0]], figures.days[0], practice.calendar)
    if worked.last is None:
        return None
    said = sum_texts.limit_until(worked.name, write_weekday(worked.last))
    return Sum(said, worked.steps, worked.warnings, last=worked.last, limit=worked.name)
