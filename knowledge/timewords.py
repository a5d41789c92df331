"""The words by which people speak of law in time: the old law, the new one, what differs; and a question without them."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.text import fold, has_accents, nfc, words

Pair = tuple[re.Pattern[str], re.Pattern[str]]


def both(pattern: str) -> Pair:
    """The pattern for text with accents, and for text typed without: «cũ» is not «cư», «này» is not «nay»."""
    return re.compile(pattern), re.compile(fold(pattern))


def search(pair: Pair, text: str) -> re.Match[str] | None:
    """The first match in the text, by its accents when it has any; its span is a span of the NFC text."""
    accented, folded = pair
    seen, with_accents = _seen(text)
    return (accented if with_accents else folded).search(seen)


def replace_all(text: str, *changes: tuple[Pair, str]) -> str:
    """The text with every match of each pair replaced by its words."""
    plain = nfc(text)
    seen, with_accents = _seen(plain)
    spans = [
        (*match.span(), by)
        for (accented, folded), by in changes
        for match in (accented if with_accents else folded).finditer(seen)
    ]
    for start, end, by in sorted(spans, reverse=True):
        plain = f"{plain[:start]}{by}{plain[end:]}"
    return plain


@lru_cache(maxsize=128)
def _seen(text: str) -> tuple[str, bool]:
    """The text as the patterns see it, and whether that has accents; a question is looked at by two dozen of them."""
    return (_small(text), True) if has_accents(text) else (fold(text), False)


def _small(text: str) -> str:
    """The NFC text in small letters, one for one: a letter whose small form is longer stays as it is."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in nfc(text))


NAME = r"(?:thads |thi hành án dân sự |thi hành án |tha )?"
OLD = both(
    rf"\btrước (?:khi|ngày) (?:có )?luật {NAME}(?:mới|106(?:/2025)?(?:/qh15)?|năm 2025|2025)\b"
    rf"|\bluật {NAME}cũ\b|\bluật {NAME}(?:năm )?2008\b|\bquy định cũ\b|\bluật trước đây\b"
)
NEW = both(rf"\bluật {NAME}mới\b|\bluật {NAME}(?:năm )?2025\b|\bluật {NAME}hiện hành\b|\bquy định mới\b|\bquy định hiện hành\b")
# The same laws as names only, where a number could stand in their place.
OLD_NAME = both(rf"(?<!khi )(?<!khi có )\bluật {NAME}(?:cũ|(?:năm )?2008)\b")
NEW_NAME = both(rf"(?<!khi )(?<!khi có )(?<!ngày )\bluật {NAME}(?:mới(?! nhất)|(?:năm )?2025|hiện hành)\b")
# The law of then and of now in fewer words, as people compare: enough beside a word that asks what differs.
_THEN = both(
    r"\btrước đây\b|\btrước kia\b|\bngày trước\b|\bhồi trước\b|\b(?:khác|so với|như) (?:hồi )?trước\b|\bluật cũ\b|\bquy định cũ\b"
    r"|\bnghị định (?:cũ|mới)\b|\bhai (?:luật|nghị định)\b"
    r"|\btrước (?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d[/.-]\d{4}\b.*\d[/.-]\d{4}\b"
)
_SINCE = both(r"\b(?:từ|kể từ|sau) (?:ngày )?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\b")
_DIFFERS = both(
    r"\bkhác (?:gì|nhau|biệt|chỗ|ở|thế nào|như thế nào|ra sao|trước|hồi trước|luật)\b|\b(?:gì|điểm|chỗ) khác\b|\b(?:so sánh|đối chiếu)\b|\bso với\b"
    r"|\b(?:điểm|gì) mới\b|\bthay đổi (?:gì|nào|thế nào|như thế nào|ra sao|những gì|không)\b|\b(?:gì|có) thay đổi\b|\bgiống (?:nhau|và khác)\b"
)
_BESIDE = both(r"\bso sánh\b|\bđối chiếu\b|\bkhác\b|\bthay đổi\b|\bgiống\b|\bđiểm mới\b|\bvà\b|\bvới\b")
_BOTH_SHORT = both(r"\b(?:luật|quy định) cũ\b.*\bmới\b|\b(?:luật|quy định) mới\b.*\bcũ\b")

_DATE = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2}|\d{1,2} tháng \d{1,2} năm \d{4})"
_BEFORE_DATE = r"(?:(?:trước|sau|kể từ|từ|đến|tới|qua|vào|tại|ở|trong|hồi|của|theo|giữa|so với|với|và|hay|hoặc) )"
_LAW = rf"(?:luật|quy định) {NAME}(?:cũ|mới|hiện hành|trước đây|trước kia|(?:năm )?20(?:08|25))"
_TIME_WORDS = both(
    rf"{_BEFORE_DATE}?{_BEFORE_DATE}?(?:ngày |thời điểm )?{_DATE}(?!\w)|{_BEFORE_DATE}?tháng \d{{1,2}}(?:/| năm )\d{{4}}\b"
    rf"|{_BEFORE_DATE}?(?:năm|hồi) (?:19|20)\d{{2}}\b"
    rf"|\btrước (?:khi|ngày) (?:có )?luật {NAME}mới(?: có hiệu lực)?"
    rf"|{_BEFORE_DATE}?\b{_LAW}\b(?: (?:và|với|hay|hoặc) (?:luật )?(?:mới|cũ)\b)?(?: (?:có )?quy định\b)?"
    r"|\bso sánh\b|\bđối chiếu\b|\bnghị định (?:cũ|mới)\b|\bhai (?:luật|nghị định)\b|\bgiữa\b|\bcó gì (?:khác|mới)\b|\bđiểm (?:mới|khác)\b"
    r"|\bso với(?: hồi)?(?: trước đây| trước kia| trước)?\b|\b(?:gì|chỗ) khác\b|\bgiống và khác nhau\b"
    r"|\bkhác (?:nhau )?(?:ở )?(?:như thế nào|thế nào|ra sao|chỗ nào|điểm nào|điểm gì|gì nhau|gì)\b|\bkhác (?:nhau|biệt|trước)\b"
    r"|\bthay đổi (?:như thế nào|thế nào|ra sao|những gì|gì|nào|không)\b|\bcó (?:gì )?thay đổi\b"
    r"|\btrước đây\b|\btrước kia\b|\b(?:hồi|ngày|khi) trước\b|\bhiện nay\b|\bhiện hành\b|\bbây giờ\b"
    r"|\b(?:tính |áp dụng |giải quyết )?(?:theo |áp dụng )?luật nào(?: áp dụng)?\b|\b(?:đang )?chạy dở\b|\bchuyển tiếp\b"
)
_DANGLING = both(
    r"^(?:và|với|về|thì|của|là|nhau|ở|trong|theo|hay|qua|,|\?|\.|:)\s+|\s+(?:và|với|về|thì|của|là|nhau|ở|trong|theo|hay|qua|,)$"
)


def compares(text: str, *, documents: int = 0) -> bool:
    """Whether the question asks what differs between old law and new; `documents` says how many it names by number."""
    old, new = search(OLD, text), search(NEW, text)
    if (old and new) or search(_BOTH_SHORT, text) or documents > 1:
        return bool(search(_BESIDE, text))
    return bool((new or search(_THEN, text) or old or search(_SINCE, text)) and search(_DIFFERS, text))


def timeless(text: str) -> str:
    """What the question is about: the text without words of time and comparison; empty when there is nothing else in it."""
    rest = nfc(text)
    while found := search(_TIME_WORDS, rest) or search(
        _DANGLING, rest
    ):  # what is left may only now stand together: «khác … chỗ nào»
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
        rest = re.sub(r"\s+", " ", rest).strip(" ,.;:?!–-")
    return rest if words(rest) else ""
