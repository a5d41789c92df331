"""The reserve price after auctions that failed, asked for in chat, and when the creditor may take the asset instead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot import auction_texts
from bot.amounts import Figures
from bot.sums.asked import COMMON, Missing, Sum, Worked
from bot.sums.cuts_told import FAILED, Cuts, cuts_told, without_counts
from bot.sums.told import meant, says_only
from knowledge.practice.auction import MOST_OFF, TAKES_FROM, Reductions, reductions
from knowledge.practice.book import Practice

MOST = 20  # more failed auctions than this are a slip of the finger
_ABOUT = re.compile(r"\b(?:dau gia|khoi diem|giam gia|ha gia|dinh gia)\b|" + FAILED.pattern)
_GOES_DOWN = re.compile(r"\b(?:giam|ha)\b|" + FAILED.pattern)
_ANOTHER = re.compile(r"\bdat (?:truoc|coc)\b|\bcoc\b|(?<!\bchi )\bphi\b|\bdinh gia lai\b")  # sums of another kind
_WANTS = re.compile(r"\b(bao nhieu|may (tien|dong|ty|trieu)|tinh|giam|ha|dung|sai|con lai)\b")
_TAKES = re.compile(r"\bnhan\b")
_PRIOR = re.compile(  # the price of the auction before, which is what a reduction is counted on
    r"\b(?:giam|ha)(?: gia)?(?: lan(?: thu)? \w+)?(?: la| toi da| them)* (?:cua|tu|tren)(?: gia| muc)*(?: truoc)? ¤"
    r"|\b(?:lan|phien)(?: dau gia)? (?:truoc|lien ke|lien truoc|ngay truoc)(?: do)?(?: la| co| gia| khoi diem)* ¤"
)
_PERCENT = re.compile(
    r"(?:moi lan )?(?P<cut>giam )?(?:moi lan )?(?P<percent>\d{1,3}(?:[.,]\d+)?) ?(?:%|phan tram)(?: moi lan| mot lan|/ ?lan)?"
)
_MEANINGS = {
    "costs": r"chi phi(?: cuong che| thi hanh an| dau gia)*",
    "secured": r"the chap|cam co|ngan hang|(?:nghia vu )?duoc bao dam",
    "checked": r"(?:giam|ha|gia|ban|xuong)(?: xuong)? con|xuong",
    "start": r"gia(?: tri)?|khoi diem|nha|dat|xe|tai san",
}
_WORDS_KNOWN = """
    ty trieu bien gia dau khoi diem tham giam xuong thanh that bai e ai mua dang ky tra lan thu phien vong truoc tiep tuc ke lien nua
    them thap thieu cao hon tri luat sai le dua chang ma nen van ten can dat thua lo xe oto to tai san bat manh vuon
    chung cu phi cuong che chap cam ngan hang dam nghia nhan no tru xong qua chien vien khach lai luon ca deu kho cai
    chiec cuoi di chot ngoi duong kien
"""
_WORDS = COMMON | frozenset(_WORDS_KNOWN.split())


@dataclass(frozen=True, slots=True)
class _Told:
    """The reductions, how much each takes off, the prices by their meaning; `prior`: the price is that of the auction before."""

    cuts: Cuts
    percent: int
    prices: dict[str, int]
    prior: bool


def price_cut_sum(figures: Figures, on: date, _practice: Practice) -> Worked:
    words = figures.marked
    if not _ABOUT.search(words) or not _WANTS.search(words) or _ANOTHER.search(words) or len(figures.days) > 1:
        return None
    told = _told(figures)
    if told is None:
        return None
    if not figures.money:
        return Missing(auction_texts.ON_WHAT) if told.cuts.asked is not None and re.search(r"\btinh\b", words) else None
    if "start" not in told.prices:
        return None
    if told.cuts.asked is None:
        return Missing(auction_texts.HOW_MANY_FAILED, auction_texts.FAILED_TIMES) if _GOES_DOWN.search(words) else None
    day = figures.days[0] if figures.days else on
    if _TAKES.search(words) and told.cuts.behind is not None:
        return _taken(told, told.cuts.behind, day)
    return _lowest(told, told.cuts.asked, day)


def _told(figures: Figures) -> _Told | None:
    """What a question tells; None for what cannot be told for certain, and for a word more."""
    percents = {match["percent"] for match in _PERCENT.finditer(figures.marked)}
    words = " ".join(_PERCENT.sub(lambda match: f" {match['cut'] or ''} ", figures.marked).split()).replace("phat mai", "ban")
    prices, cuts = _prices(figures, words), cuts_told(words)
    if prices is None or cuts is None or not says_only(without_counts(words), _WORDS):
        return None
    if len(percents) > 1 or not percents <= {str(each) for each in range(1, MOST_OFF + 1)}:
        return None
    return _Told(cuts, int(next(iter(percents), MOST_OFF)), prices, bool(_PRIOR.search(words)))


def _prices(figures: Figures, words: str) -> dict[str, int] | None:
    """Each price by what it stands for; None where two stand for the same, or costs or a pledge are named without their amount."""
    found: dict[str, int] = {}
    for place, meaning in meant(words, _MEANINGS):
        name = "start" if not meaning or (meaning == "checked" and "start" not in found) else meaning
        if name in found:
            return None
        found[name] = figures.money[place]
    named = {name for name in ("costs", "secured") if re.search(rf"\b(?:{_MEANINGS[name]})\b", words)}
    return found if named <= found.keys() else None


def _lowest(told: _Told, cuts: int, day: date) -> Sum | None:
    """The lowest price after so many reductions."""
    before = cuts - 1 if told.prior else told.cuts.before
    if not before < cuts <= MOST:
        return None
    worked = _worked(told, cuts, before, day)
    last = worked.rounds[-1]
    if last.reductions == before:  # the price that is given has reached the end already
        return None
    off = told.prices["start"] - last.price
    said = [auction_texts.lowest_is(last.price, last.reductions, off), _then(told, worked)]
    if last.reductions < cuts:
        said.insert(0, auction_texts.stops_at(last.reductions))
    return Sum(" ".join(filter(None, said)), worked.steps, _warnings(told, worked), day)


def _then(told: _Told, worked: Reductions) -> str:
    """What the price means: for a price that is to be checked, or for the parties."""
    before, last = worked.rounds[-2:]
    if "checked" in told.prices:
        return auction_texts.checked(told.prices["checked"], last.price)
    if last.pledge_ends:
        return auction_texts.PLEDGE_ENDS
    if last.returns:
        return auction_texts.RETURNS
    if before.creditor_may_take:
        return auction_texts.may_take_first(before.price)
    return auction_texts.MAY_TAKE_THEN if last.creditor_may_take else ""


def _taken(told: _Told, behind: int, day: date) -> Sum | None:
    """The price at which the creditor takes the asset after so many reductions, or that the time for it has not come."""
    before = behind if told.prior else told.cuts.before
    if not before <= behind <= MOST or "checked" in told.prices:
        return None
    worked = _worked(told, behind, before, day)
    last = worked.rounds[-1]
    if last.reductions < behind or last.pledge_ends:
        return None
    said = auction_texts.taken_at(last.price, behind) if behind >= TAKES_FROM else auction_texts.not_yet_taken(behind)
    return Sum(said, worked.steps, _warnings(told, worked), day)


def _worked(told: _Told, cuts: int, before: int, day: date) -> Reductions:
    prices = told.prices
    return reductions(
        prices["start"],
        cuts - before,
        day,
        costs=prices.get("costs", 0),
        percent=told.percent,
        secured=prices.get("secured"),
        before=before,
    )


def _warnings(told: _Told, worked: Reductions) -> tuple[str, ...]:
    found = [auction_texts.PRIOR_ASSUMED] if told.prior else []
    if "secured" in told.prices and "costs" not in told.prices:
        found.append(auction_texts.COSTS_UNKNOWN)
    return (*found, *worked.warnings)
