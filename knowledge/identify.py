"""Finds in the text of an official file which document it is; `check_authenticity` says what speaks against it.

What the text does not say is "" or None: an operator gives it. The printed head is believed before the remarks at the top of a file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from knowledge.authenticity import check_authenticity, doubts_about
from knowledge.extract.extracted import PAGE
from knowledge.identity import Basis, Identity
from knowledge.issuers import KINDS, NUMBER, issuers_in, said_by, tidy
from knowledge.marks import find_article, find_division, is_capitals
from knowledge.source_note import SourceNote, read_source_note
from knowledge.text import fold

__all__ = ["Basis", "Identity", "check_authenticity", "doubts_about", "identify"]

_HEAD_LINES = 80
_DATE = r"ngày\s*(\d{1,2})\s*(?:tháng|[/.-])\s*(\d{1,2})\s*(?:năm|[/.-])\s*(\d{4})"
_SHORT_DATE = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_REMARK = re.compile(r"^#+\s*([^:#]{3,60}?)\s*:\s*(.+)$")
_NUMBER_LINE = re.compile(rf"(?:^|\|)\s*(?:(?:Bộ luật|Luật|Nghị quyết|Pháp lệnh)\s+)?[Ss]ố\s*[:.]?\s*({NUMBER})", re.IGNORECASE)
_SIGNED_ON = re.compile(rf"(?:^|[|\s])[^\d\s,|][^\d,|]{{0,40}},\s*{_DATE}", re.IGNORECASE)
_PASSED_ON = re.compile(rf"thông qua\s+{_DATE}", re.IGNORECASE)
_EFFECT = re.compile(
    r"(?P<kind>Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư(?: liên tịch)?|Quyết định|Chỉ thị|Quy định) này (?:bắt đầu )?có hiệu lực"
    rf"(?: thi hành)?,?\s*(?:kể\s+)?(?:từ\s+{_DATE}|từ (?P<signing>ngày ký)|sau\s+(?P<days>\d{{1,3}})\s+(?:\([^)]*\)\s*)?ngày)",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"(?P<title>(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết)\s+(?!số\b)(?:sửa đổi, bổ sung một số điều của\s+)?"
    r"(?:(?!\s(?:số|Căn cứ)\b)[^;,])*?)\s+số\s+"
    r"(?P<number>\d{1,4}/\d{4}/[\wĐ]+(?:-[\wĐ]+)*)"
)
_AFTER_TITLE = re.compile(
    r"^(?:Căn cứ|Theo đề nghị|Xét đề nghị|Thực hiện|.{3,60} ban hành (?:Luật|Bộ luật|Nghị|Thông|Quyết|Chỉ))", re.IGNORECASE
)


def identify(lines: Sequence[str]) -> Identity:
    """What the document is, from the remarks at its head, its printed head, its last articles and the codification's source lines."""
    text = [tidy(line).strip() for line in lines if line.strip() and not line.startswith(PAGE)]
    remarks = {fold(match[1]): match[2] for line in text[:_HEAD_LINES] if (match := _REMARK.match(line))}
    head = _printed_head(text)
    notes = [note for line in text if (note := read_source_note(line))]
    printed = next((match[1] for line in head if (match := _NUMBER_LINE.search(line))), "")
    remarked = _first(NUMBER, _remark(remarks, "so hieu"))
    number = printed or remarked or (Counter(note.number for note in notes).most_common(1)[0][0] if notes else "")
    own = next((note for note in notes if note.title and note.number.split("/")[:2] == number.split("/")[:2]), None)
    kind = _kind(head) or (own.kind if own else "") or next(iter(said_by(number).kinds), "")
    signed = _dated(_SIGNED_ON, head[:40]) or _dated(_PASSED_ON, text[-60:])
    issued = signed or _short_date(_remark(remarks, "ngay ban hanh")) or (own.issued if own else None)
    effect = _effect(text, kind, issued) or next((note.effective_from for note in notes if note.number == number), None)
    noted = _short_date(_remark(remarks, "ngay hieu luc"))
    return Identity(
        number=number,
        kind=kind,
        title=_title(head, text, own),
        issuer=_issuer(head, remarks, own, number),
        issued=issued,
        effective_from=effect or noted,
        bases=tuple(Basis(" ".join(m["title"].split()), m["number"]) for m in _BASIS.finditer(_bases_in(head))),
        doubts=tuple(_doubts(remarks, (printed, remarked), (signed, issued), (effect, noted))),
    )


def _doubts(
    remarks: dict[str, str],
    number: tuple[str, str],
    issued: tuple[date | None, date | None],
    effect: tuple[date | None, date | None],
) -> Iterable[str]:
    if all(number) and fold(number[0]) != fold(number[1]):
        yield f"the number is printed as {number[0]!r}, the remarks say {number[1]!r}"
    remarked = _short_date(_remark(remarks, "ngay ban hanh"))
    if issued[0] and remarked and issued[0] != remarked:
        yield f"the text was signed on {issued[0]}, the remarks say {remarked}"
    if all(effect) and effect[0] != effect[1]:
        yield f"the text takes effect on {effect[0]}, the remarks say {effect[1]}"
    for key, value in remarks.items():
        if key.startswith("ngay") and re.match(r"[\d/.-]+\s*\?", value):
            yield f"the remarks are not sure of {key!r}: {value!r}"


def _printed_head(text: Sequence[str]) -> list[str]:
    end = next((n for n, line in enumerate(text) if find_article(line) or find_division(line)), _HEAD_LINES)
    return [line for line in text[: min(end, 4 * _HEAD_LINES)] if not line.startswith("#") and not read_source_note(line)]


def _kind(head: Sequence[str]) -> str:
    """The kind, printed in capitals at the beginning of a line of its own or of the title's."""
    for line in head:
        for cell in line.split(" | "):
            found = next(
                (
                    name
                    for words, name in KINDS.items()
                    if re.match(rf"{words}\b", fold(cell)) and is_capitals(cell[: len(words)])
                ),
                "",
            )
            if found and not re.match(r"\s*SỐ\b", cell[len(found) :], re.IGNORECASE):
                return found
    return ""


def _title(head: Sequence[str], text: Sequence[str], own: SourceNote | None) -> str:
    title = _printed_title(head)
    if title:
        return title
    if own:
        return own.title
    remark = next((line.lstrip("# ") for line in text[:3] if line.startswith("#") and not _REMARK.match(line)), "")
    remark = re.sub(r"\s*\([^()]*\)\s*$", "", remark)
    kind = next((words for words in KINDS if fold(remark).startswith(f"{words} ")), "")
    rest = remark[len(kind) :].strip()
    return rest[:1].upper() + rest[1:]


def _printed_title(head: Sequence[str]) -> str:
    for at, line in enumerate(head):
        words = next((words for words in KINDS if re.match(rf"{words}\b", fold(line)) and is_capitals(line[: len(words)])), "")
        if not words or re.match(r"\s*SỐ\b", line[len(words) :], re.IGNORECASE):
            continue
        parts = [line[len(words) :].strip()]
        for following in head[at + 1 : at + 7]:
            if _AFTER_TITLE.match(following) or _NUMBER_LINE.search(following) or not re.search(r"\w", following):
                break
            parts.append(following)
        title = " ".join(" ".join(parts).split()).strip(" -–_*.")
        title = (
            title.capitalize()
            if is_capitals(title) and sum(map(str.isupper, title)) > sum(map(str.islower, title)) * 4
            else title
        )
        title = title[:1].upper() + title[1:] if fold(title).startswith("ve ") else title
        if title and title[0].isupper() and not issuers_in(title[:25]):
            return title
    return ""


def _issuer(head: Sequence[str], remarks: dict[str, str], own: SourceNote | None, number: str) -> str:
    remark = re.split(r"[,;(]| khóa ", _remark(remarks, "co quan ban hanh"))[0].strip()
    cells = [cell for line in head[:12] for cell in line.split(" | ")]
    printed = next((found for cell in cells if is_capitals(cell[:14]) and (found := issuers_in(cell))), ())
    return ", ".join(printed) or remark or (own.issuer if own else "") or ", ".join(said_by(number).issuers)


def _bases_in(head: Sequence[str]) -> str:
    start = next((n for n, line in enumerate(head) if fold(line).startswith("can cu")), len(head))
    return " ".join(head[start:])


def _effect(text: Sequence[str], kind: str, issued: date | None) -> date | None:
    """The day that the text names for itself: "Nghị định này có hiệu lực …"; an amending text may quote others."""
    for line in text:
        for match in _EFFECT.finditer(line):
            if kind and fold(match["kind"]) not in fold(kind):
                continue
            if match[2]:
                return _day(match[2], match[3], match[4])
            if issued:
                return issued + timedelta(days=int(match["days"] or 0))
    return None


def _first(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[0] if match else ""


def _remark(remarks: dict[str, str], key: str) -> str:
    return next((value for name, value in remarks.items() if name.startswith(key)), "")


def _dated(pattern: re.Pattern[str], lines: Iterable[str]) -> date | None:
    match = next((match for line in lines if (match := pattern.search(line))), None)
    return _day(match[1], match[2], match[3]) if match else None


def _short_date(text: str) -> date | None:
    match = _SHORT_DATE.search(text)
    return _day(match[1], match[2], match[3]) if match else None


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
