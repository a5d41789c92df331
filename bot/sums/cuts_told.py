"""Reads how often the price of an asset was reduced, from how a question counts its auctions and reductions."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CARDINALS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_ORDINALS = {**_CARDINALS, "dau": 1, "dau tien": 1, "nhat": 1, "nhi": 2, "tu": 4}  # «sáu» written «sau» is «sau», next
_CARDINAL = rf"(?:\d{{1,2}}|{'|'.join(_CARDINALS)})"
_ORDINAL = rf"(?:\d{{1,2}}|dau(?: tien)?(?! gia)|{'|'.join(name for name in _ORDINALS if not name.startswith('dau'))})"
_CUT = r"(?:giam|ha)(?: gia)?"
_COUNT = re.compile(
    rf"(?:\b(?P<cut>{_CUT}(?: tai san| xuong| tiep| toi da| them)?(?: (?:cua|tu|tren)(?: gia)? ¤\d)?) ?"
    r"|\b(?P<price>(?<!dau )gia(?: khoi diem)?(?: thap nhat| toi thieu)?(?: cua| o| cho| tai)?(?: ban)?(?: dau gia)?) )?"
    rf"(?:\b(?:lan|phien|vong)(?: (?P<of>{_CUT}|(?:ban )?dau gia))? ?(?:thu )?(?P<nth>{_ORDINAL})\b"
    rf"|\b(?P<many>{_CARDINAL}) ?(?:lan|phien|vong)\b(?P<cut_after> (?:bi |da |duoc )?{_CUT}\b)?)"
)
FAILED = re.compile(
    r"\b(?:khong thanh|that bai|(?:khong|chua) ban duoc"
    r"|(?:khong|chua|chang)(?: co)? (?:ai|nguoi)(?: nao)?(?: them)? (?:mua|tham gia|dang ky|tra gia|dau gia)"
    r"|(?:bi|dau gia|ban|phien) e|e (?:(?:\d|mot|hai|ba|bon) )?lan|e khach)\b"
)
_FAILED_BEFORE = re.compile(rf"{FAILED.pattern}(?: o| tai| den| trong)* $")
_PRICE_BEHIND = re.compile(
    r"(?: (?:thi|co|la|voi|duoc|dua ra|phai))*(?: gia(?: khoi diem)?\b| khoi diem\b| thap nhat\b| toi thieu\b| giam\b| con\b| ¤)"
)
_GIVEN = re.compile(r"(?: (?:thi|co|la|bang|chi|con|voi|o|muc|gia|khoi|diem|dua|ra|duoc))* ¤")
_NEXT = re.compile(r"\b(?:lan|phien|vong|dot)(?: dau gia)? (?:sau|toi|tiep|ke)\b")
_CUT_AGAIN = re.compile(rf"\b{_CUT} (?:tiep|nua|them)\b|\btiep tuc {_CUT}\b")
_DONE = re.compile(r"\b(da|van|qua|xong|roi)\b")
_REPLY = re.compile(r"– (\d{1,2})$")


@dataclass(frozen=True, slots=True)
class Cuts:
    """Reductions: how many are asked about, how many lay behind the auction that failed, how many before the price that is given."""

    asked: int | None
    behind: int | None
    before: int


def without_counts(words: str) -> str:
    """The words without what counts auctions and reductions."""
    return _REPLY.sub(" ", _COUNT.sub(lambda match: f" {match['cut'] or match['price'] or ''} ", words))


def cuts_told(words: str) -> Cuts | None:
    """What the words (folded, with marks for the figures) say of the reductions; None where two counts clash."""
    cuts, failed, coming, before = set[int](), set[int](), set[int](), 0
    failing = bool(FAILED.search(words))
    for match in _COUNT.finditer(words):
        number = _number(match)
        if match["cut"] or match["cut_after"] or (match["of"] or "").startswith(("giam", "ha")):
            cuts.add(number)
        elif _names_a_price(match, words) and _GIVEN.match(words, match.end()):
            before = number - 1
        elif _names_a_price(match, words) or not (failing or match["many"]):
            coming.add(number - 1)
        else:
            failed.add(number)
    if reply := _REPLY.search(words):
        failed.add(int(reply[1]))
    if failing and before and not (cuts or failed or coming):
        failed.add(before + 1)
    if failed == set(range(1, len(failed) + 1)):  # «lần 1, lần 2 đều không thành»
        failed = set(sorted(failed)[-1:])
    more = _CUT_AGAIN.search(words) or (failing and _NEXT.search(words))
    return _agreed(cuts, failed, coming, before, more=bool(more and _DONE.search(words)))


def _agreed(cuts: set[int], failed: set[int], coming: set[int], before: int, *, more: bool) -> Cuts | None:
    """One number of reductions; `more`: those that are told of are made, and the question asks for the one after them."""
    asked = failed | coming
    if len(cuts) > 1 or len(asked) > 1:
        return None
    cut, number = next(iter(cuts), None), next(iter(asked), None)
    if cut is not None and number is None:
        number = cut + 1 if more else cut
    if cut is not None and cut not in (number, (number or 0) - 1):
        return None
    behind = cut if cut is not None else next((each - 1 for each in failed), None)
    return Cuts(number, behind, before)


def _names_a_price(match: re.Match[str], words: str) -> bool:
    """Whether the price of one auction is spoken of, and not that it failed: «giá lần 2», «lần 3 giá khởi điểm»."""
    spoken_of = match["nth"] and (match["price"] or _PRICE_BEHIND.match(words, match.end()))
    return bool(spoken_of) and not _FAILED_BEFORE.search(words[: match.start()])


def _number(match: re.Match[str]) -> int:
    word, names = (match["nth"], _ORDINALS) if match["nth"] else (match["many"], _CARDINALS)
    return int(word) if word.isdigit() else names[word]
