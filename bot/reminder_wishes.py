"""Reads what a message says of reminders: «nhắc tôi trước 3 ngày», «hủy nhắc», «xem nhắc», yes and no; with accents or without."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.reminders import Lead, Unit
from knowledge.practice.calendar import add_months
from knowledge.text import fold, folded_words, nfc, shorten

LONGEST = 160  # characters of what a person wants to be reminded of
_NUMBERS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)}|nua)"
_UNIT = r"(?:ngay lam viec|ngay|hom|ng|tuan(?: le)?|thang)\b"
_UNITS: dict[str, tuple[int, Unit]] = {
    "ngay": (1, "day"),
    "hom": (1, "day"),
    "ng": (1, "day"),
    "tuan": (7, "day"),
    "thang": (1, "month"),
    "ngay lam viec": (1, "working_day"),
}
_POLITE = r"(?:(?:xin|hay|nho|lam on|vui long|ban|bot|co the|giup|gium|ho|cho|toi|em|minh|anh|chi|muon|can|hen|dat|dat lich|len lich|tao|duoc)\s+)*"
_WHO = (
    r"(?:\s+(?:nho|viec|hen|giup|gium|ho|cho))*"
    r"\s+(?:toi|minh|em|anh|chi|tui|tao|to|chau|con(?! no\b)|chung toi|bon em|t|m)\b"
)
# At the beginning, as a clause of its own, or behind a day.
_HEAD = re.compile(
    rf"(?:^|[,.;:?!]\s*|\s(?:va|roi|thi)\s+|(?<=nua)\s+|(?<=mai)\s+|(?<=\d)\s+){_POLITE}nhac\b(?! lai\b)(?P<who>{_WHO})?"
)
_DATE = re.compile(
    r"(?<![\w/.-])(?:(?:ngay|hom|mung)\s+)?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?:\s?[/.-]\s?(?P<year>\d{4}|\d{2}))?(?![\w/-])"
    r"|\b(?:ngay|hom|mung)\s+(?P<day2>\d{1,2})\s+thang\s+(?P<month2>\d{1,2})(?:\s+nam\s+(?P<year2>\d{4}))?\b"
)
_BEFORE = r"\b(?:truoc|trc|tr|som)\b"
_OF_IT = r"(?:\s+(?:do|cho toi|cho minh|cho em|han|ngay|ngay do|ngay cuoi|khi|het han|den han|toi han|khoang|tam|it nhat|hon))*"
_LEAD = re.compile(
    rf"{_BEFORE}{_OF_IT}\s+(?P<count>{_COUNT})\s*(?P<unit>{_UNIT})|\b(?P<count2>{_COUNT})\s*(?P<unit2>{_UNIT})\s+{_BEFORE}{_OF_IT}"
)
_BEFORE_IT = re.compile(rf"{_BEFORE}\s*(?:ngay)?\s*$")
_AFTER = re.compile(
    rf"\b(?:sau\s+)?(?P<count>{_COUNT})\s*(?P<unit>{_UNIT})\s+nua\b|\bsau\s+(?P<count2>{_COUNT})\s*(?P<unit2>{_UNIT})"
)
_NEAR = re.compile(
    r"\b(?:(?:vao|luc|sang|trua|chieu|toi)\s+)*(?P<near>hom nay|ngay mai|mai|ngay kia|ngay mot|tuan sau|tuan toi|thang sau|thang toi)\b"
)
_DISTANCE = {"hom nay": 0, "ngay mai": 1, "mai": 1, "ngay kia": 2, "ngay mot": 2, "tuan sau": 7, "tuan toi": 7}  # days
_SAME = re.compile(
    r"(?<!truoc )(?<!trc )\b(?:vao\s+)?(?:dung (?:ngay|han|hom)(?: do| ay)?|(?:ngay|hom) (?:do|ay|cuoi cung|cuoi|het han))\b"
)
_USUAL = re.compile(
    rf"{_BEFORE}(?:\s+(?:do|han|ngay do|khi|ngay|het|den|toi|ngay cuoi))*(?=\s*$|\s*[,.;])"
    r"|\b(?:khi )?(?:gan|sap)(?: den| toi| het)?(?: han| ngay)\b"
)
_CLOCK = re.compile(r"\b(?:vao |luc )?\d{1,2} ?(?:h|gio)(?: ?\d{2})?(?: sang| trua| chieu| toi)?\b")
_ASKS = re.compile(r"\b(gi|nao|sao|bao nhieu|bao lau|may|ai|dau|the nao|la)\b")
# Words at the ends that say nothing of what it is about.
_EDGE_WORDS = """
    nhe nha nhen voi a ah duoc khong ko vao ngay hom luc cho de ve viec la thi khi ban bot oi giup gium toi minh em truoc do nay cai khoi
    quen va roi dum ha hen
"""
_EDGE = frozenset(_EDGE_WORDS.split())
_CANCEL = re.compile(
    r"/?(?:toi |em |minh )?(?:muon )?(?:huy|bo|xoa|tat|thoi|dung|ngung|khong can|khong muon|khoi) ?(?:cac |moi |tat ca |het )?"
    r"(?:loi |viec |lich )?nhac(?: viec| nho| hen| toi| minh| em)*(?: (?:nay|do|nua|di|nhe|het|tat ca|a|giup toi))*"
)
_LIST = re.compile(
    r"/?nhac ?viec|(?:xem|liet ke|cho xem|danh sach|cac|nhung)(?: cac| lai| danh sach| nhung)*(?: loi| viec| lich)? nhac(?: viec| nho| hen)?"
    r"(?: cua toi| da luu| da dat)*|(?:toi |em |minh )?(?:co|dang co) (?:nhung )?(?:loi|lich) nhac (?:nao|gi)"
)
_ALL = re.compile(r"(?:tat ca|het|huy het|huy tat ca|bo het|tat ca (?:loi|viec) nhac)(?: di| nhe| a)*")
_YES = re.compile(
    r"(?:da |vang |uh )?(?:co|dong y|ok|oke|okay|okie|okela|duoc|vang|da|uh|um|u|nhat tri|luu di|nhac di|yes|dung roi)"
    r"(?: dong y| ban| a| nhe| nha| di| luon| roi| em| anh| chi| toi| duoc)*"
)
_NO = re.compile(
    r"(?:thoi |da )?(?:khong|ko|thoi|khoi|huy|bo|no|de sau)(?: can| dong y| nhac| nua| a| nhe| nha| di| dau| ban| cam on| bo)*"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish to be reminded: so long before (`lead`) or on a day (`on`), neither is as usual.

    `day` is a last day told with it, `about` of what; `asked` is the message without the wish, which may itself ask for a last day;
    `unreal` a day that no calendar has; `unanswered`: it hangs on a question before it.
    """

    lead: Lead | None
    on: date | None
    day: date | None
    about: str
    asked: str
    unreal: str = ""
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A day that a message names, None for one that no calendar has; `before`: «trước» stands before it."""

    day: date | None
    written: str
    before: bool


def read_wish(text: str, today: date) -> Wish | None:
    """The wish that a message makes; None for one that makes none, or that only asks of law with the same word."""
    text = " ".join(nfc(text).split())
    head = _HEAD.search(fold(text)) if _speaks_of_reminding(text) else None
    if head is None:
        return None
    _, whole = _take(_CLOCK, _blank(text, head))
    dates, bare = _take_dates(whole, today)
    ahead, bare = _take(_LEAD, bare)
    same, bare = (None, bare) if ahead else _take(_SAME, bare)
    on, bare = _take_near(bare, today)
    usual, bare = _take(_USUAL, bare)
    about = _trimmed(bare)
    timed = ahead or same or dates or on or usual
    if not timed and (about or not head["who"]):
        return None
    if about and not dates and (not head["who"] or _ASKS.search(fold(bare[head.end() :]))):
        return None
    lead = _length(ahead) if ahead else Lead(0) if same else None
    asked = _blank(whole, ahead) if ahead else whole
    return _wish(lead, on, dates, shorten(about, LONGEST), " ".join(asked.split()))


def _wish(lead: Lead | None, on: date | None, dates: list[Named], about: str, asked: str) -> Wish:
    """What the parts mean together: a single day is the day on which, unless something is said of what it is the last day of."""
    if unreal := next((named.written for named in dates if named.day is None), ""):
        return Wish(lead, on, None, about, asked, unreal)
    days = [named.day for named in dates if named.day]
    if not days:
        return Wish(lead, on, None, about, asked, unanswered=bool(_ASKS.search(fold(about))))
    if len(days) > 1 and lead is None and on is None:
        return Wish(None, days[0], days[-1], about, asked)
    ahead = lead or on or dates[0].before  # «trước 25/12/2026» tells the last day
    if not about and not ahead:
        return Wish(None, days[0], None, "", asked)
    task = not ahead and not re.search(r"\bhan\b", fold(about))  # «nhắc tôi ngày 20/12 nộp đơn» is for that day
    return Wish(Lead(0) if task else lead, on, days[-1], about, asked)


def _length(found: re.Match[str]) -> Lead:
    written, unit = found["count"] or found["count2"], (found["unit"] or found["unit2"]).removesuffix(" le")
    if written == "nua":
        return Lead({"tuan": 4, "thang": 15}.get(unit, 1))
    times, counted = _UNITS[unit]
    return Lead((int(written) if written.isdigit() else _NUMBERS[written]) * times, counted)


def _take_dates(text: str, today: date) -> tuple[list[Named], str]:
    """The days that are named, and the text without them."""
    folded, dates = fold(text), []
    for found in _DATE.finditer(folded):
        before = bool(_BEFORE_IT.search(folded[: found.start()]))
        dates.append(Named(_day(found, today), text[slice(*found.span())], before))
        text = _blank(text, found)
    return dates, text


def _day(match: re.Match[str], today: date) -> date | None:
    """The day as written; without a year the next one of that name."""
    day, month = int(match["day"] or match["day2"]), int(match["month"] or match["month2"])
    written = match["year"] or match["year2"]
    years = [int(written) + (2000 if len(written) == 2 else 0)] if written else range(today.year, today.year + 9)
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if written or found >= today:
            return found
    return None


def _take_near(text: str, today: date) -> tuple[date | None, str]:
    """A day told by its distance from today, and the text without it."""
    found, bare = _take(_AFTER, text)
    if found:
        length = _length(found)
        return add_months(today, length.count) if length.unit == "month" else today + timedelta(days=length.count), bare
    found, bare = _take(_NEAR, text)
    if not found:
        return None, text
    near = found["near"]
    return today + timedelta(days=_DISTANCE[near]) if near in _DISTANCE else add_months(today, 1), bare


def _take(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, str]:
    """The first match in the folded text, and the text without it."""
    found = pattern.search(fold(text))
    return found, _blank(text, found) if found else text


def _blank(text: str, found: re.Match[str]) -> str:
    """The text with spaces for a match, so that what is found later is still in its place."""
    start, end = found.span()
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _trimmed(text: str) -> str:
    """What it is about: the words without those at both ends that say nothing of it."""
    said = text.split()
    while said and (not re.search(r"[^\W\d]", said[0]) or fold(said[0]).strip(",.;:?!") in _EDGE):
        said.pop(0)
    while said and (not re.search(r"[^\W\d]", said[-1]) or fold(said[-1]).strip(",.;:?!") in _EDGE):
        said.pop()
    return " ".join(said).strip(" ,.;:?!()«»\"'")


def wants_cancel(text: str) -> bool:
    """Whether a message calls reminders off."""
    return bool(_CANCEL.fullmatch(folded_words(text))) and _speaks_of_reminding(text)


def wants_list(text: str) -> bool:
    """Whether a message asks which reminders there are."""
    return bool(_LIST.fullmatch(folded_words(text))) and _speaks_of_reminding(text)


def says_cancel(text: str) -> bool:
    """Whether a message is the one word that calls off what is there."""
    return folded_words(text) == "huy"


def says_all(text: str) -> bool:
    return bool(_ALL.fullmatch(folded_words(text)))


def says_yes(text: str) -> bool:
    return bool(_YES.fullmatch(folded_words(text)))


def says_no(text: str) -> bool:
    return bool(_NO.fullmatch(folded_words(text)))


def _speaks_of_reminding(text: str) -> bool:
    """Whether the word is «nhắc», or has no mark at all: «nhạc» is music."""
    return bool(re.search(r"nh[ắa]c", nfc(text).lower()))
