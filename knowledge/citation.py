"""Finds and writes legal addresses: Điều, khoản, điểm and the number of the document they stand in.

Reads what lawyers print ("điểm a, b và đ khoản 2 Điều 46", "các Điều 10 đến 13 Nghị định 152/2026/NĐ-CP") and what people type
("dieu 36 khoan 1", "Đ36 k1 đ.a"). All matching happens on the folded text, labels are read from the original at the same place,
since folding would make one letter of điểm d and điểm đ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.text import fold, nfc


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """An address in the law; labels are written as the law writes them ("44a", "đ"), None where the address does not go so deep."""

    number: str | None
    article: str | None = None
    clause: str | None = None
    point: str | None = None

    def covers(self, other: Citation) -> bool:
        """Whether `other` is this place or lies inside it."""
        mine = (self.number, self.article, self.clause, self.point)
        theirs = (other.number, other.article, other.clause, other.point)
        return all(a is None or a == b for a, b in zip(mine, theirs, strict=True))


@dataclass(frozen=True, slots=True)
class DocumentMention:
    """A document named in a text: its full number, or the kind and as much of the number as was written."""

    kind: str | None
    number: str
    start: int
    end: int
    full: bool


_UNIT = (  # «Điều 78 nằm ở đâu», «Luật 26/2008 giờ …», «nghị định 62 năm 2015» count no years and no hours
    r"(?!\s*(?:ngay|thang|nam(?!\s+(?:o|trong|tai|\d{4})\b)|gio(?!\s+(?:la|nam|o|thi)\b)|tuan|lan|nguoi|dong|trieu|ty|tuoi|%|phan tram|m2|met)\b)"
)
_LABELS = {
    "dieu": rf"\d{{1,3}}[a-z]?(?!\w|/|-[a-z]|\.\d){_UNIT}",
    "khoan": rf"\d{{1,2}}[a-z]?(?!\w|/|-[a-z]|\.\d){_UNIT}",
    "diem": r"(?:[a-z]\d?|aa|bb|cc|dd|ee)(?!\w)",
}
_JOIN = r"\s*(?:,|;|\bva\b|\bhoac\b|\bcung\b)\s*(?:\bva\b\s*)?"
_RANGE = r"\s*(?:-|–|\bden\b|\btoi\b)\s*"
_SHORT = {"dieu": r"\bd(?:\.\s?)?(?=\d)", "khoan": r"\bk(?:\.\s?)?(?=\d)", "diem": r"\bd\.\s?(?=[a-z]\d?(?!\w))"}


def _group_pattern(level: str) -> str:
    label, name = _LABELS[level], rf"(?:cac\s+)?(?<!thoi )(?<!dia )\b{level}\b\s*(?:so\s+)?"
    more = rf"(?:(?:{_JOIN}|{_RANGE})(?:{level}\s+)?(?:{label}))*"
    return rf"(?P<{level}>(?:{name}|{_SHORT[level]})(?:{label}){more})"


_GROUP = re.compile("|".join(_group_pattern(level) for level in ("dieu", "khoan", "diem")))
_LABEL_IN_GROUP = {
    level: re.compile(rf"(?P<range>{_RANGE})?(?:\b{level}\b\s*(?:so\s+)?|{_SHORT[level]}|(?<!\w))(?P<label>{label})")
    for level, label in _LABELS.items()
}
_LINK = re.compile(r"^\s*(?:,|\bcua\b|\btai\b|\bthuoc\b|\bo\b)?\s*$")
_LIST_LINK = re.compile(rf"^{_JOIN}$")

_KIND_NAMES = {
    "luat": "Luật",
    "bo luat": "Luật",
    "nghi dinh": "Nghị định",
    "nd": "Nghị định",
    "thong tu lien tich": "Thông tư liên tịch",
    "ttlt": "Thông tư liên tịch",
    "thong tu": "Thông tư",
    "tt": "Thông tư",
    "chi thi": "Chỉ thị",
    "ct": "Chỉ thị",
    "quy dinh": "Quy định",
    "ket luan": "Kết luận",
    "nghi quyet": "Nghị quyết",
    "nq": "Nghị quyết",
    "quyet dinh": "Quyết định",
}
_KIND = r"(?:(?P<kind>" + "|".join(sorted(_KIND_NAMES, key=len, reverse=True)) + r")\s*(?:[a-z ]{0,40}?\bso\b\s*)?:?\s*)?"
_FULL_NUMBER = re.compile(
    r"\b" + _KIND + r"(?P<number>\d{1,4}/\d{4}/(?:qh\d{1,2}|(?:ttlt/)?[a-z]{2,5}(?:-[a-z]{2,8}){1,8})"
    r"|\d{1,4}-(?:qdi?|ct|kl|nq|hd)/tw|\d{1,4}/(?:ct|qd|nq|cd)-[a-z]{2,8}|tin-thads(?:-[a-z0-9]+)+)(?!\w)"
)
_SHORT_NUMBER = re.compile(
    r"\b(?P<kind>" + "|".join(sorted(_KIND_NAMES, key=len, reverse=True)) + r")\s*(?:so\s*)?"
    r"(?P<number>\d{2,4}(?:/\d{4})?)(?![\w/]|\.\d)" + _UNIT
)
_NUMBER_LINK = re.compile(
    r"^[\s,:(]*(?:cua\b|tai\b|thuoc\b|theo\b|trong\b)?\s*(?:luat|bo luat|nghi dinh|thong tu|van ban)?[^.;\d]{0,60}$"
)


def find_documents(text: str) -> list[DocumentMention]:
    """Documents named in the text, full numbers first by place; a short form ("NĐ 152") is reported with `full=False`."""
    folded, original = fold(text), nfc(text)
    found = [_mention(match, original, full=True) for match in _FULL_NUMBER.finditer(folded)]
    for match in _SHORT_NUMBER.finditer(folded):
        if not any(m.start < match.end() and match.start() < m.end for m in found):
            found.append(_mention(match, original, full=False))
    return sorted(found, key=lambda mention: mention.start)


def _mention(match: re.Match[str], original: str, *, full: bool) -> DocumentMention:
    start, end = match.span("number")
    kind = _KIND_NAMES.get(match["kind"]) if match["kind"] else None
    return DocumentMention(kind, original[start:end], match.start(), match.end(), full)


@dataclass(frozen=True, slots=True)
class _Group:
    level: str
    labels: tuple[str, ...]
    start: int
    end: int


def find_citations(text: str) -> list[Citation]:
    """Addresses in the order of the text, each once; `number` is None where the text does not name the document."""
    folded, original = fold(text), nfc(text)
    documents = find_documents(text)
    found: list[Citation] = []
    following: tuple[int, str | None] = (len(folded), None)
    for start, end, citations in reversed(_chains(_groups(folded, original), folded)):
        number = _number_near(start, end, documents, folded)
        if number is None and _LIST_LINK.match(folded[end : following[0]]):  # "khoản 1 Điều 5, khoản 2 Điều 6 Luật …"
            number = following[1]
        found[:0] = [replace(citation, number=number) for citation in citations]
        following = (start, number)
    return list(dict.fromkeys(found))


def _groups(folded: str, original: str) -> list[_Group]:
    groups = []
    for match in _GROUP.finditer(folded):
        level = str(match.lastgroup)
        labels: list[str] = []
        for label in _LABEL_IN_GROUP[level].finditer(folded, match.start(), match.end()):
            written = original[label.start("label") : label.end("label")].lower()
            labels.extend(_between(labels[-1], written) if label["range"] and labels else [written])
        groups.append(_Group(level, tuple(labels), match.start(), match.end()))
    return groups


def _between(first: str, last: str) -> list[str]:
    """The labels after `first` up to `last`: numbers count, letters follow the Vietnamese alphabet of points."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= 60:
        return [str(n) for n in range(int(first) + 1, int(last) + 1)]
    points = "abcdđeghiklmnopqrstuvxy"
    if len(first) == len(last) == 1 and first in points and last in points and points.index(first) < points.index(last):
        return list(points[points.index(first) + 1 : points.index(last) + 1])
    return [last]


def _chains(groups: list[_Group], folded: str) -> list[tuple[int, int, list[Citation]]]:
    """Groups that belong together, with their span and the addresses they make."""
    chains: list[tuple[int, int, list[Citation]]] = []
    at = 0
    while at < len(groups):
        size = _chain_size(groups, at, folded)
        chain = groups[at : at + size]
        chains.append((chain[0].start, chain[-1].end, _addresses(chain)))
        at += size
    return chains


def _chain_size(groups: list[_Group], at: int, folded: str) -> int:
    """How many groups from `at` make one address or one list that waits for its Điều."""
    if groups[at].level == "dieu":  # downwards: Điều 36 khoản 1 điểm a
        return 1 + _descent(groups, at, folded)
    size = 1  # upwards: điểm a khoản 1, khoản 2 Điều 36
    while at + size < len(groups):
        previous, following = groups[at + size - 1], groups[at + size]
        gap = folded[previous.end : following.start]
        if not (_LINK.match(gap) or _LIST_LINK.match(gap)):
            break
        size += 1
        if following.level == "dieu":
            break
    return size


def _descent(groups: list[_Group], at: int, folded: str) -> int:
    """How many groups after the Điều at `at` refine it; a khoản that a Điều of its own follows does not."""
    size = 0
    for level in ("khoan", "diem"):
        place = at + size + 1
        if place >= len(groups) or groups[place].level != level:
            break
        if not _LINK.match(folded[groups[place - 1].end : groups[place].start]):
            break
        after = place + 1
        if after < len(groups) and groups[after].level == "dieu" and _LINK.match(folded[groups[place].end : groups[after].start]):
            break
        size += 1
    return size


def _addresses(chain: list[_Group]) -> list[Citation]:
    if chain[0].level == "dieu":
        return _downwards(chain)
    waiting: list[Citation] = []
    open_points: list[Citation] = []
    for group in chain:
        if group.level == "diem":
            open_points = [Citation(None, point=label) for label in group.labels]
        elif group.level == "khoan":
            if open_points:
                waiting += [replace(point, clause=group.labels[0]) for point in open_points]
                open_points, rest = [], group.labels[1:]
            else:
                rest = group.labels
            waiting += [Citation(None, clause=label) for label in rest]
        else:
            last, others = group.labels[0], group.labels[1:]
            waiting = [replace(citation, article=last) for citation in waiting + open_points]
            return waiting + [Citation(None, article=label) for label in others]
    return waiting + open_points


def _downwards(chain: list[_Group]) -> list[Citation]:
    found = [Citation(None, article=label) for label in chain[0].labels]
    for group in chain[1:]:
        deepest = found.pop()
        field = "clause" if group.level == "khoan" else "point"
        found += [replace(deepest, **{field: label}) for label in group.labels]
    return found


def _number_near(start: int, end: int, documents: list[DocumentMention], folded: str) -> str | None:
    """The document named right after the address, else right before it."""
    for mention in documents:
        if mention.start >= end and _NUMBER_LINK.match(folded[end : mention.start]):
            return mention.number
    for mention in reversed(documents):
        if mention.end <= start and re.match(r"^[\s,:;(-]*(?:tai|o|thi|co)?\s*$", folded[mention.end : start]):
            return mention.number
    return None


def write_place(citation: Citation) -> str:
    """The address without its document, as lawyers write it: `điểm a khoản 1 Điều 36`."""
    parts = [f"điểm {citation.point}" if citation.point else "", f"khoản {citation.clause}" if citation.clause else ""]
    parts.append(f"Điều {citation.article}" if citation.article else "")
    return " ".join(part for part in parts if part)


def write_citation(citation: Citation) -> str:
    """The whole address: `điểm a khoản 1 Điều 36, 106/2025/QH15`; a document alone is its number."""
    return ", ".join(part for part in (write_place(citation), citation.number or "") if part)
