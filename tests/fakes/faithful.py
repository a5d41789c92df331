"""What a chat model may write of the passages it is given: restatements within what bot/prompts/answer.md allows, one maker a kind."""

from __future__ import annotations

import re

from bot.replies import whole_sentences
from tests.fakes.outputs import LISTED, Given, Maker, Output, lines_of, lowered, swap

GOOD: dict[str, Maker] = {}


def good(kind: str, maker: Maker) -> None:
    GOOD[kind] = maker


def _said(given: Given, text: str | None) -> Output | None:
    return None if text is None else Output("", ((text, (given.number,)),))


def _moved(given: Given) -> Output | None:
    head = re.match(r"(Trong thời hạn|Khi|Nếu|Trường hợp|Sau khi|Đối với)( [^,.;]+), ([^,]+?)[.;]?$", given.statement)
    if not head or re.search(r"\bthì\b", head[2]):
        return None
    return _said(given, f"{head[3][:1].upper()}{head[3][1:]} {head[1].lower()}{head[2]}.")


def _two(given: Given) -> Output | None:
    rest = [(s, n) for n, p in enumerate(given.passages, 1) for s in lines_of(p) if s != given.statement]
    if not rest:
        return None
    other, number = given.chance.choice(rest)
    return Output("", ((given.statement, (given.number,)), (other, (number,))))


def _listed(given: Given) -> Output | None:
    """The opening words of a list and two of its points."""
    rows = given.passages[given.number - 1].splitlines()
    starts = [
        n
        for n, row in enumerate(rows[:-2])
        if row.endswith(":") and all(re.match(r"[a-zđ]\d?\) ", r) for r in rows[n + 1 : n + 3])
    ]
    if not starts:
        return None
    stem = whole_sentences(re.sub(r"^\d+[a-zđ]?\. ", "", rows[starts[0]]))[-1]
    points = [row for row in rows[starts[0] + 1 :] if re.match(r"[a-zđ]\d?\) ", row)]
    if (
        not stem
        or any(not re.match(r"[a-zđ]\d?\) ", row) for row in rows[starts[0] + 1 :])
        or any(". " in point for point in points)
    ):
        return None
    whole = re.search(r"gồm|đủ|đồng thời|tất cả|lần lượt|thứ tự|cả hai", stem)
    chosen = points if whole else sorted(given.chance.sample(points, 2), key=points.index)
    return _said(given, f"{stem} {' '.join(chosen)}")


good("verbatim", lambda given: _said(given, given.statement))
good(
    "led into",
    lambda given: _said(
        given,
        f"{given.chance.choice(['Theo quy định', 'Như vậy', 'Cụ thể', 'Theo quy định của pháp luật'])}, {lowered(given.statement)}",
    ),
)
good("phrase moved", _moved)
good("numbers rewritten", lambda given: given.other(re.sub(r"(?<![\w/.])0(\d)(?= \w)", r"\1", given.statement)))
good(
    "numbers in words",
    lambda given: given.other(
        re.sub(
            r"(?<![\w/.])(05|10|15|30)(?= (?:ngày|tháng|năm))",
            lambda m: {"05": "năm", "10": "mười", "15": "mười lăm", "30": "ba mươi"}[m[1]],
            given.statement,
        )
    ),
)
good(
    "same words",
    lambda given: (
        (
            made := swap(
                ("kể từ", "tính từ"),
                ("tính từ", "kể từ"),
                ("[Tt]rong thời hạn", "trong vòng"),
                ("gồm", "bao gồm"),
                ("cơ quan thi hành án dân sự", "cơ quan thi hành án"),
            )(given)
        )
        and made
    ),
)
good("empty words", lambda given: given.other(re.sub(r" (?:các|những|thì)(?= )", "", given.statement, count=1)))
good("two sentences", _two)
good(LISTED, _listed)
