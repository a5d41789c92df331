"""Whether coercion may be carried out on a day, at an hour, with forces called in or without, asked for in chat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from bot import coercion_texts
from bot.amounts import Figures
from bot.sums.asked import Missing, Sum, Worked
from bot.sums.day_told import DayTold, day_told
from bot.sums.hour_told import HoursTold, hours_told
from bot.sums.told import says_only
from knowledge.practice.book import Practice
from knowledge.practice.calendar import Calendar
from knowledge.practice.coercion_days import NIGHT_FROM, CoercionDay, at_night, coercion_day, day_of_tet
from knowledge.practice.step import law_on

_ABOUT = re.compile(r"\bcuong che\b|\bke bien\b")
_WHETHER = re.compile(
    r"\b(?:duoc|dung|sai|trai|vi pham|phep|hop phap)\b|\bco (?:bi |to chuc |di |den )?(?:cuong che|ke bien)\b.*\bkhong\b"
)
_ASKS_THE_RULE = re.compile(
    r"\b(?:khi nao|luc nao|bao (?:gio|lau|nhieu)|may (?:ngay|gio|lan|nguoi)|ngay nao|gio nao|the nao|nhu nao|ai|sao|gi|can cu|dieu)\b"
)
_ANOTHER_DAY = re.compile(  # the day of a paper, or one before or after which something holds
    r"\b(?:quyet dinh|giay|van ban|bien ban)\b|\b(?:thong bao|bao|hen)\b(?!.*\b(?:se|vao)\b)|\b(?:tu|truoc|sau|den|het|qua) §"
)
_NO_FORCE = re.compile(r"\bkhong (?:co |can |dung |phai |he )?(?:huy dong|luc luong|cong an)\b|– khong$")
_FORCE = re.compile(r"\b(?:huy dong|luc luong|cong an|canh sat)\b|– co$")
_FREE = re.compile(r"\b(?:ngay |nghi )?le\b|\bngay nghi\b")  # who says so may be wrong
_TET = re.compile(r"\b(?:(?:truoc|sau|gan|giap|can|dip) )?tet(?: nguyen dan| duong lich)?\b")  # the calendar knows how near it is
_WORDS_KNOWN = """
    cuong che ke bien giao tra tai san nha dat can to chuc co quan thi hanh an dan su chap vien bo doan doi le nghi dip se dinh du
    kien lich hen bao thong thuc hien tien vao luc buoi ban dem khuya sang trua chieu nua giua rang hom som toi luat phap quy trai
    sai vi pham phep hop huy dong luong cong canh sat ve ho tro phuong xa di xuong gia mua trung thao do pha bat dau keo dai minh
    vua da hoi den tu duoc trong bi nguoi em anh chi ong ba ben la giup cho xin biet voi a nhe ha va ngay nay vay hay lieu khong o
    oi dung roi lam ta chung
"""
_WORDS = frozenset(_WORDS_KNOWN.split())


@dataclass(frozen=True, slots=True)
class _Asked:
    """The day and the hour of a coercion; `force`: whether forces are called in, None where the question does not say."""

    told: DayTold
    hours: HoursTold
    force: bool | None

    @property
    def at(self) -> time | None:
        """The hour that decides: one at night, if there is one."""
        hours = self.hours.hours
        if len(hours) == 2 and hours[1] == NIGHT_FROM:  # «đến 22 giờ»
            hours = hours[:1]
        over_night = len(hours) == 2 and hours[1] < hours[0]
        if self.hours.night or over_night:
            return NIGHT_FROM
        return next(filter(at_night, hours), None)


def coercion_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    words = figures.marked
    if not (_ABOUT.search(words) and _WHETHER.search(words)) or _ASKS_THE_RULE.search(words) or _ANOTHER_DAY.search(words):
        return None
    asked = _asked(figures, on)
    if asked is None or figures.money:
        return None
    why_off = practice.calendar.why_off(asked.told.day)
    if _FREE.search(words) and not why_off:
        return None
    return (None if why_off else _missing(asked, practice.calendar)) or _worked(asked, on, practice.calendar)


def _asked(figures: Figures, on: date) -> _Asked | None:
    """What is asked about; None for a word that is not known."""
    hours = hours_told(figures.marked, figures.typed)
    told = day_told(hours.words, figures, on) if hours else None
    if hours is None or told is None or len(hours.hours) > 2 or not says_only(_TET.sub(" ", told.words), _WORDS):
        return None
    force = False if _NO_FORCE.search(told.words) else True if _FORCE.search(told.words) else None
    return _Asked(told, hours, force)


def _missing(asked: _Asked, calendar: Calendar) -> Missing | None:
    """The fact that decides and was not told, on a day that is none off."""
    if asked.hours.unsure == "early":
        return Missing(coercion_texts.WHICH_PART, (coercion_texts.EARLY, coercion_texts.AFTERNOON))
    if asked.hours.unsure == "evening":
        return Missing(coercion_texts.WHICH_PART, (coercion_texts.MORNING, coercion_texts.EVENING))
    without, with_force = (_result(asked, calendar, force=force) for force in (False, True))
    if asked.force is None and without.allowed is not with_force.allowed:
        return Missing(coercion_texts.WITH_FORCE, (coercion_texts.FORCE, coercion_texts.NO_FORCE))
    return None


def _result(asked: _Asked, calendar: Calendar, *, force: bool) -> CoercionDay:
    return coercion_day(asked.told.day, calendar, with_force=force, at=asked.at)


def _worked(asked: _Asked, on: date, calendar: Calendar) -> Sum:
    day, force = asked.told.day, asked.force is not False
    found = _result(asked, calendar, force=force)
    warnings = [coercion_texts.year_assumed(day)] if asked.told.assumed else []
    if asked.hours.night and found.against == "night":
        warnings.append(coercion_texts.NIGHT_MEANT)
    law_day = min(day, on) if law_on(day) == law_on(on) else day
    return Sum(_said(asked, found, calendar), found.steps, (*warnings, *found.warnings), law_day, how=coercion_texts.WHY)


def _said(asked: _Asked, found: CoercionDay, calendar: Calendar) -> str:
    """The answer in one sentence."""
    day, at, sure = asked.told.day, asked.at, asked.told.day not in calendar.doubtful
    if found.against == "day off":
        return coercion_texts.on_a_day_off(day, calendar.why_off(day) or "", sure=sure)
    if found.against == "night" and at is not None:
        return coercion_texts.in_the_night(day) if at not in asked.hours.hours else coercion_texts.at_night(day, at)
    if found.against == "Tết":
        tet = coercion_texts.perhaps_around_tet if found.allowed is None else coercion_texts.around_tet
        return tet(day, day_of_tet(day.year))
    return coercion_texts.allowed(day, force=asked.force is not False, sure=sure)
