"""The keys of a library file: read into values, and each kind of broken key refused with its file and line."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.document import Amendment, LegalDocument, PartialEffect, Source
from knowledge.errors import LibraryError
from knowledge.parse import parse_document

KEYS = """number: 9/2026/NĐ-CP
kind: Nghị định
title: "Thử nghiệm: các khóa"
issuer: Chính phủ
issued: 2026-01-05
effective_from: 2026-03-01
audience: public
text: digest
"""  # lines 2 to 9 of the file
BODY = "## Điều 1. Một\nLời.\n"


def parse(keys: str) -> LegalDocument:
    return parse_document(f"---\n{keys}---\n{BODY}", "luat/thu.md")


def with_line(line: str, instead_of: str = "") -> str:
    """The keys with a line added, or put in the place of the one that begins with `instead_of`."""
    if not instead_of:
        return KEYS + line + "\n"
    return "".join(f"{line}\n" if row.startswith(instead_of) else row for row in KEYS.splitlines(keepends=True))


def test_required_keys_alone() -> None:
    document = parse(KEYS)
    assert (document.number, document.kind, document.title, document.issuer) == (
        "9/2026/NĐ-CP",
        "Nghị định",
        "Thử nghiệm: các khóa",
        "Chính phủ",
    )
    assert (document.issued, document.effective_from, document.effective_to) == (date(2026, 1, 5), date(2026, 3, 1), None)
    assert (document.status, document.audience, document.text, document.notes) == ("in_force", "public", "digest", "")
    assert (document.replaces, document.amended_by, document.sources, document.partial_effect) == ((), (), (), ())


def test_all_keys() -> None:
    document = parse(
        KEYS
        + "effective_to: 2027-01-01\nstatus: replaced\nnotes: ghi chú\nreplaces: [62/2015/NĐ-CP, 33/2020/NĐ-CP]\n"
        + "amended_by: [{number: 1/2027/NĐ-CP, from: 2026-09-01}, {number: 2/2027/NĐ-CP, from: null}]\n"
        + 'sources: [{title: "Công báo", url: "https://congbao.example", checked: 2026-11-23}, {title: "Báo", url: ""}]\n'
        + 'partial_effect: [{articles: ["Điều 1"], from: 2026-02-01, to: 2026-12-31}]\n'
    )
    assert (document.effective_to, document.status, document.notes) == (date(2027, 1, 1), "replaced", "ghi chú")
    assert document.replaces == ("62/2015/NĐ-CP", "33/2020/NĐ-CP")
    assert document.amended_by == (Amendment("1/2027/NĐ-CP", date(2026, 9, 1)), Amendment("2/2027/NĐ-CP", None))
    assert document.sources == (Source("Công báo", "https://congbao.example", date(2026, 11, 23)), Source("Báo", "", None))
    assert document.partial_effect == (PartialEffect(("Điều 1",), date(2026, 2, 1), date(2026, 12, 31)),)


@pytest.mark.parametrize(
    ("number", "kind", "key", "name"),
    [
        pytest.param("9/2026/NĐ-CP", "Nghị định", "9-2026-nd-cp", "Nghị định 9/2026/NĐ-CP", id="a number with its year"),
        pytest.param("04-NQ/TW", "Nghị quyết", "04-nq-tw-2026", "Nghị quyết 04-NQ/TW", id="a number that repeats gets its year"),
        pytest.param("08-QĐi/TW", "Quy định", "08-qdi-tw-2026", "Quy định 08-QĐi/TW", id="small letters and Đ"),
        pytest.param("tin-thads-2026-q1", "Tin", "tin-thads-2026-q1", "Thử nghiệm: các khóa", id="news is called by its title"),
    ],
)
def test_key_and_name(number: str, kind: str, key: str, name: str) -> None:
    document = parse(KEYS.replace("9/2026/NĐ-CP", number).replace("kind: Nghị định", f"kind: {kind}"))
    assert (document.key, document.name) == (key, name)


def test_news_may_tell_of_an_earlier_day() -> None:
    assert parse(with_line("kind: Tin", "kind").replace("2026-01-05", "2026-04-01")).issued == date(2026, 4, 1)


@pytest.mark.parametrize("key", ["number", "kind", "title", "issuer", "issued", "effective_from", "audience", "text"])
@pytest.mark.parametrize("left", ["", "{key}:", '{key}: ""'])
def test_refuses_a_missing_key(key: str, left: str) -> None:
    rows = [left.format(key=key) if row.startswith(f"{key}:") else row for row in KEYS.splitlines()]
    with pytest.raises(LibraryError, match=f"key '{key}' is missing"):
        parse("\n".join(row for row in rows if row) + "\n")


@pytest.mark.parametrize(
    ("keys", "line", "problem"),
    [
        pytest.param(with_line("effective_form: 2026-03-01"), 10, "unknown key 'effective_form'", id="misspelt key"),
        pytest.param(with_line("audience: all", "audience"), 8, "audience is 'all'", id="unknown audience"),
        pytest.param(with_line("text: full", "text"), 9, "text is 'full'", id="unknown kind of text"),
        pytest.param(with_line("status: gone"), 10, "status is 'gone'", id="unknown status"),
        pytest.param(with_line("issued: 5/1/2026", "issued"), 6, "issued is '5/1/2026'", id="date as written by hand"),
        pytest.param(with_line("issued: 2026", "issued"), 6, "issued is 2026", id="a year is no date"),
        pytest.param(with_line("issued: 2026-02-30", "issued"), 6, "", id="a day that does not exist"),
        pytest.param(with_line("effective_from: 2026-13-01", "effective_from"), 7, "", id="a month that does not exist"),
        pytest.param(with_line("issued: 2026-01-05 10:00:00", "issued"), 6, "issued", id="a time of day"),
        pytest.param(with_line("effective_to: 2026-03-01"), 10, "not after effective_from", id="ends on the day it begins"),
        pytest.param(with_line("effective_to: không"), 10, "not a date", id="an end that is no date"),
        pytest.param(with_line("issued: 2026-03-02", "issued"), 6, "after effective_from", id="holds before it was issued"),
        pytest.param(with_line("replaces: 62/2015/NĐ-CP"), 10, "not a list", id="replaces without brackets"),
        pytest.param(with_line("amended_by: [1/2027/NĐ-CP]"), 10, "cannot be read", id="an amendment without keys"),
        pytest.param(with_line("amended_by: [{from: 2026-05-01}]"), 10, "cannot be read", id="an amendment without number"),
        pytest.param(with_line("sources: [{url: https://a.example}]"), 10, "cannot be read", id="a source without title"),
        pytest.param(with_line('sources: [{title: x, checked: "1/2/2026"}]'), 10, "cannot be read", id="checked on no date"),
        pytest.param(with_line("partial_effect: [{from: 2026-05-01}]"), 10, "cannot be read", id="dates without places"),
        pytest.param(with_line("partial_effect: [Điều 1]"), 10, "cannot be read", id="places without dates"),
        pytest.param(with_line('partial_effect: [{articles: ["Điều 1"], from: 1/5/2026}]'), 10, "cannot be read", id="part date"),
        pytest.param(
            with_line('partial_effect: [{articles: ["Điều 1"], from: 2026-05-01, to: 2026-04-01}]'),
            10,
            "",
            id="a part ends first",
        ),
        pytest.param(with_line("title: Thử nghiệm: các khóa", "title"), 4, "not YAML", id="a colon without quotes"),
        pytest.param(with_line('title: "Thử nghiệm', "title"), None, "not YAML", id="a quote that is not closed"),
        pytest.param(with_line("\tkind: Nghị định", "kind"), 3, "not YAML", id="a tab"),
        pytest.param(with_line("kind: Luật"), 10, "", id="a key twice: which of the two holds"),
        pytest.param(
            with_line("partial_effect: [{articles: [Điều 1], to: 2026-03-01}]"), 10, "not after", id="a part never holds"
        ),
        pytest.param(
            with_line("partial_effect: [{articles: [Điều 1], form: 2026-02-01}]"), 10, "'form'", id="a part's key misspelt"
        ),
        pytest.param(with_line("partial_effect: [{articles: [Điều 1], to: null}]"), 10, "no date", id="a part without dates"),
        pytest.param(
            with_line("partial_effect: [{articles: Điều 1, to: 2027-01-01}]"), 10, "list of places", id="a part's place alone"
        ),
        pytest.param(
            with_line("partial_effect: [{articles: [1], to: 2027-01-01}]"), 10, "1 is not a text", id="a place as a number"
        ),
        pytest.param(
            with_line("amended_by: [{number: 1/2027/NĐ-CP, from: 2026-05-01 10:00:00}]"),
            10,
            "not a date",
            id="amended at an hour",
        ),
        pytest.param(
            with_line("amended_by: [{number: 152, from: null}]"), 10, "152 is not a text", id="amended by half a number"
        ),
        pytest.param(with_line("replaces: [62/2015/NĐ-CP, null]"), 10, "None is not a text", id="replaces nothing"),
        pytest.param(
            with_line('sources: [{title: x, url: "javascript:alert(1)"}]'), 10, "web address", id="a source that is code"
        ),
        pytest.param(with_line("number: 012", "number"), 2, "not a text", id="a number that YAML counts in eights"),
        pytest.param(with_line('number: "…"', "number"), 2, "number is '…'", id="a number without letters or digits"),
        pytest.param(with_line("title: 2026", "title"), 4, "title is 2026", id="a year for a title"),
        pytest.param(with_line("title: [a, b]", "title"), 4, "not a text", id="a list for a title"),
        pytest.param(with_line("notes: &a x").replace("title: ", "title: *a #"), 4, "refers to", id="a reference"),
        pytest.param(with_line(f"notes: {'[' * 5000}"), 10, "nested too deep", id="brackets that would bring the reader down"),
        pytest.param(with_line("notes: !!python/object:os.system x"), 10, "not YAML", id="code"),
        pytest.param(with_line("? [a]\n: b"), 10, "a key is no text", id="a list for a key"),
        pytest.param(with_line("notes: a\x00b"), 10, "U+0000", id="a NUL byte"),
        pytest.param(with_line("notes: a\ufffdb"), 10, "U+FFFD", id="a letter lost by another program"),
        pytest.param("- number\n- kind\n", 1, "not a list of keys", id="a list"),
        pytest.param("", None, "missing", id="an empty block"),
    ],
)
def test_refuses(keys: str, line: int | None, problem: str) -> None:
    with pytest.raises(LibraryError) as caught:
        parse(keys)
    assert problem in caught.value.problem
    assert str(caught.value).startswith("luat/thu.md:")
    assert line in (None, caught.value.line)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty file"),
        pytest.param(BODY, id="no block"),
        pytest.param(f"---\n{KEYS}{BODY}", id="a block that is not closed"),
        pytest.param(f"Luật\n---\n{KEYS}---\n{BODY}", id="a line before the block"),
    ],
)
def test_refuses_a_file_without_front_matter(text: str) -> None:
    with pytest.raises(LibraryError, match=r"luat/thu\.md:1: no front matter\. Begin the file"):
        parse_document(text, "luat/thu.md")


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        pytest.param(with_line("number: 9/2026/\u200cNĐ-CP\ufeff", "number"), "9/2026/NĐ-CP", id="marks that nobody sees"),
        pytest.param(with_line("number : 9/2026/NĐ-CP", "number"), "9/2026/NĐ-CP", id="a space before the colon"),
        pytest.param(with_line('"number": "9/2026/NĐ-CP"', "number"), "9/2026/NĐ-CP", id="a key between quotes"),
        pytest.param(with_line("number: 9/2026/NĐ-CP # số", "number"), "9/2026/NĐ-CP", id="a comment"),
        pytest.param(with_line('issued: "2026-01-05"', "issued"), "9/2026/NĐ-CP", id="a date between quotes"),
    ],
)
def test_reads_what_people_type(keys: str, number: str) -> None:
    assert (parse(keys).number, parse(keys).issued) == (number, date(2026, 1, 5))


def test_an_unknown_key_is_told_which_there_are() -> None:
    with pytest.raises(LibraryError) as caught:
        parse(with_line("titel: x"))
    for key in ("number", "title", "effective_to", "status", "replaces", "amended_by", "sources", "partial_effect", "notes"):
        assert key in caught.value.remedy
