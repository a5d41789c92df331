"""The costs that the law fixes, asked for in chat: allowances by persons and days, serving papers, the report of an expert."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from bot import cost_texts
from bot.amounts import Figures
from bot.sums.asked import COMMON, Missing, Sum, Worked
from bot.sums.attendance import NUMBER, Activity, Attendance, Group, Role, attendance, number
from bot.sums.told import ASKS_THE_RULE, says_only
from knowledge.practice.book import Practice
from knowledge.practice.costs import Work, advance, costs
from knowledge.practice.step import Step

_RATES: dict[Activity, dict[Role, str]] = {
    "coercion": {"chair": "coercion_chair"},
    "meeting": {"chair": "meeting_chair"},
    "notice": {"officer": "notice_officer", "local": "notice_local_authority"},
    "handover": {},
    "destruction": {"chair": "destruction_chair"},
}
_OTHERS: dict[Activity, str] = {
    "coercion": "coercion_other",
    "meeting": "meeting_member",
    "notice": "notice_militia",
    "handover": "handover_member",
    "destruction": "destruction_member",
}
_ALLOWANCE = re.compile(
    r"\b(?:boi duong|chi phi|muc chi|chi bao nhieu|phai chi|tra bao nhieu|het bao nhieu|tam ung|ung truoc|du tru)\b"
)
_EACH = re.compile(
    r"\bbao nhieu (?:tien )?(?:mot|1|moi) |\bmoi (?:nguoi|ngay|lan|viec)(?: \w+){0,3} bao nhieu\b"
)  # asks for the rate
_ADVANCE = re.compile(r"\b(?:tam ung|ung truoc|du tru)\b")
_SERVING = re.compile(
    rf"(?<!\w)(?P<count>{NUMBER}|\d{{4}}) (?P<unit>giay to|giay|van ban|lan|viec|ho so|thong bao|quyet dinh)(?!\w)"
)
_REPORTS = re.compile(rf"(?<!\w)(?P<count>{NUMBER}) (?:ban )?bao cao(?: tu van)?(?!\w)")
_WORDS_KNOWN = """
    boi duong chi phi muc tien cuong che thi hanh an tong dat giay to van ban lan viec ho so het tra can du tru tam ung truoc phai tinh dinh luat
    quy dinh theo huy dong luc luong gom co cung them va tham gia truc tiep moi nguoi cho thue chuyen gia tu van bao cao van phong
    hop le toa vien kiem sat nha dat ke bien giao tai san pha do chung nhan minh nop nha nuoc
"""
_WORDS = COMMON | frozenset(_WORDS_KNOWN.split())


def costs_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    if figures.money or len(figures.days) > 1 or ASKS_THE_RULE.search(figures.rest) or _EACH.search(figures.rest):
        return None
    day, named = (figures.days[0], True) if figures.days else (on, False)
    words = re.sub(r"§\d+", " ", figures.marked)
    for work in (_serving, _report, _allowances):
        if (worked := work(words, day, practice, named=named)) is not None:
            return worked
    return None


def _serving(words: str, on: date, practice: Practice, *, named: bool) -> Worked:
    """Papers served: a frame, within which the parties to the contract agree."""
    found = list(_SERVING.finditer(words))
    if not re.search(r"\btong dat\b", words) or len(found) != 1 or not says_only(_SERVING.sub(" ", words), _WORDS):
        return None
    worked = costs([Work("serving", number(found[0]["count"]))], on, practice.rates)
    if not worked.most:
        return None
    once = [] if found[0]["unit"] in ("lan", "viec") else [cost_texts.EACH_PAPER_ONCE]
    return Sum(
        cost_texts.serving_costs(worked.least, worked.most),
        worked.steps,
        (*once, cost_texts.BY_CONTRACT),
        on if named else None,
    )


def _report(words: str, on: date, practice: Practice, *, named: bool) -> Worked:
    found = list(_REPORTS.finditer(words))
    if not re.search(r"\bchuyen gia\b", words) or len(found) != 1 or not says_only(_REPORTS.sub(" ", words), _WORDS):
        return None
    worked = costs([Work("expert_report", number(found[0]["count"]))], on, practice.rates)
    return (
        Sum(cost_texts.report_costs(worked.most), worked.steps, worked.warnings, on if named else None) if worked.most else None
    )


def _allowances(words: str, on: date, practice: Practice, *, named: bool) -> Worked:
    """What those get who take part; for coercion, who advances it where that is asked."""
    told = attendance(words)
    if not _ALLOWANCE.search(words) or not told.clear or len(told.activities) > 1 or not says_only(told.rest, _WORDS - {"moi"}):
        return None
    if missing := _missing(told, words):
        return missing
    if not told.activities or not told.groups or _unclear(told):
        return None
    return _paid(told.activities[0], told.groups, on, practice, named=named, asks_advance=bool(_ADVANCE.search(words)))


def _unclear(told: Attendance) -> bool:
    """Whether somebody's rate hangs on who he is: for notices and inquiries an officer gets less than a guide."""
    return told.activities == ("notice",) and any(group.name == "người" for group in told.groups)


def _missing(told: Attendance, words: str) -> Missing | None:
    if not told.groups:
        return Missing(cost_texts.HOW_MANY) if told.activities and re.search(r"\btinh\b", words) else None
    if not told.activities:
        return Missing(cost_texts.WHAT_FOR, tuple(cost_texts.ACTIVITIES.values())) if "boi duong" in words else None
    if any(group.days is None for group in told.groups):
        return Missing(cost_texts.HOW_MANY_DAYS, cost_texts.DAYS)
    return None


def _paid(
    activity: Activity, groups: tuple[Group, ...], on: date, practice: Practice, *, named: bool, asks_advance: bool
) -> Sum | None:
    units: Counter[str] = Counter()
    for group in groups:
        units[_RATES[activity].get(group.role, _OTHERS[activity])] += group.count * (group.days or 0)
    worked = costs([Work(rate, count) for rate, count in units.items()], on, practice.rates)
    if len(worked.steps) < len(units) or not worked.most:
        return None
    persons = Step(cost_texts.persons_are([(group.count, group.name, group.days or 0) for group in groups]))
    needs_chair = "chair" in _RATES[activity] and not any(group.role == "chair" for group in groups)
    warnings = (*([cost_texts.WITHOUT_CHAIR] if needs_chair else []), *worked.warnings)
    steps = (persons, *worked.steps, *(advance(on) if asks_advance and activity == "coercion" else ()))
    return Sum(cost_texts.allowances_are(worked.most), steps, warnings, on if named else None)
