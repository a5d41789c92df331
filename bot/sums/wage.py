"""What may be withheld from a wage, asked for in chat."""

from __future__ import annotations

import re
from datetime import date

from bot import sum_texts
from bot.amounts import Figures
from bot.sums.asked import Missing, Sum, Worked, asked_by
from knowledge.practice.amounts import REGIONS
from knowledge.practice.book import Practice
from knowledge.practice.wages import withholding
from knowledge.transition import CHANGED


@asked_by(
    r"\b(luong|thu nhap)\b(?=.*\b(tru|khau)\b)|\b(tru|khau)\b.*\b(luong|thu nhap)\b",
    "luong thu nhap huu tru khau vung iv iii ii i 1 2 3 4 5 6 7 8 9 0 mot hai ba bon nuoi duong dua chau be nho doc than ai bi",
)
def wage_sum(figures: Figures, on: date, practice: Practice) -> Worked:
    if len(figures.money) != 1 or len(figures.days) > 1:
        return None
    on = figures.days[0] if figures.days else on
    region, dependants, rest = home_of(figures.rest)
    if re.search(r"\d", rest):
        return None
    if on >= CHANGED and region is None:
        return Missing(sum_texts.WAGE_WHERE if dependants is not None else sum_texts.WAGE_WHERE_AND_WHOM)
    if on >= CHANGED and dependants is None:
        return Missing(sum_texts.WAGE_WHOM)
    worked = withholding(figures.money[0], on, practice.amounts, region=region or "I", dependants=dependants or 0)
    if worked.most is None:
        return None
    return Sum(sum_texts.wage_is(worked.most, figures.money[0] - worked.most), worked.steps, worked.warnings, on)


def home_of(rest: str) -> tuple[str | None, int | None, str]:
    """The wage region and the number of dependants that a text names, and what is left of it."""
    region, dependants = None, None
    if found := re.search(r"\bvung (iv|iii|ii|i|[1-4])\b", rest):
        region = REGIONS[int(found[1]) - 1] if found[1].isdigit() else found[1].upper()
        rest = rest.replace(found[0], " ")
    numbers = {"mot": 1, "hai": 2, "ba": 3, "bon": 4}
    if re.search(r"\bkhong( phai)?( co)? (nuoi|con|ai)\b|\bdoc than\b", rest):
        dependants = 0
    elif found := re.search(r"\b(\d|mot|hai|ba|bon)( dua)?( con| nguoi| chau| be)( nho)?\b", rest):
        dependants = int(numbers.get(found[1], found[1]))
        rest = rest.replace(found[0], " ")
    return region, dependants, rest
