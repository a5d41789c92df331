"""Forms: each stands on places in force, asks for what the law asks for, and makes a Word file that holds any answer as it is."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest

from knowledge.citation import find_citations
from knowledge.errors import LibraryError
from knowledge.practice.form_files import check_forms, read_forms
from knowledge.practice.form_paper import LONGEST, fill
from knowledge.practice.forms import Field, Form, Values, fields_for, next_field, on_paper, written
from knowledge.practice.procedure_files import read_procedures
from knowledge.practice.procedures import Option
from knowledge.store import Library, open_library
from knowledge.text import fold
from tests.conftest import ROOT
from tests.knowledge.practice.basis import missing, place

LIBRARY = ROOT / "knowledge" / "library"
FORMS = read_forms(LIBRARY / "forms")
EACH = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
ORDERED = {
    "request-enforcement", "complaint", "denunciation", "postponement", "budget-relief", "fee-relief", "authorisation", "agreement",
    "confirmation", "verification", "preservation",
}  # fmt: skip
SAMPLES = {
    "text": "Nguyễn Thị Hoà & con <b>",
    "lines": "Dòng một «trích»\nDòng hai {{ debtor_name }}",
    "date": "1985-02-03",
    "money": "350000000",
    "identity": "001085012345",
    "phone": "0912345678",
}


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(LIBRARY)


def told(form: Form, **choices: str) -> dict[str, str]:
    """An answer for every field that applies; a choice is the first option unless said otherwise."""
    values: dict[str, str] = {}
    while asked := next_field(form, values):
        values[asked.id] = choices.get(asked.id) or (asked.options[0].value if asked.options else SAMPLES[asked.kind])
    return values


def branches(form: Form) -> list[dict[str, str]]:
    """The answers of a form in each of its choices, one choice changed at a time."""
    return [told(form)] + [told(form, **{each.id: o.value}) for each in form.fields for o in each.options[1:]]


def words_of(made: bytes) -> str:
    paper = docx.Document(BytesIO(made))
    cells = [p for table in paper.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    return "\n".join(p.text for p in [*paper.paragraphs, *cells])


# --- the law


def test_there_are_the_forms_that_people_need() -> None:
    assert FORMS.keys() >= ORDERED
    assert len({fold(form.title) for form in FORMS.values()}) == len(FORMS), "two forms have one title"
    for form in FORMS.values():
        assert 6 <= len(form.asks) <= 12, form.id
        assert any(line == fold(line) for line in form.asks), f"{form.id}: nobody types with all accents"


@EACH
def test_every_basis_is_in_the_library_and_in_force(form: Form, library: Library) -> None:
    assert list(missing(form.basis, library, form.in_force_from)) == []


@EACH
def test_every_article_that_a_paper_names_exists(form: Form, library: Library) -> None:
    named = [each for each in find_citations(words_of(fill(form, told(form)))) if each.number and each.article]
    for citation in named:
        assert place(citation, library), f"{form.id}: {citation}"
    assert named or form.id == "fee-relief", "only that paper does not name its law: a circular written for the law before"


@EACH
def test_what_could_not_be_confirmed_is_said(form: Form, library: Library) -> None:
    doubtful = {found[0].number for each in form.basis if (found := place(each, library)) and found[0].status == "unconfirmed"}
    assert all(any(number in note for note in form.notes) for number in doubtful)


# Điều 9 khoản 2 Nghị định 152/2026/NĐ-CP, point by point, and the fields that carry it.
CONTENTS = {
    "a, người yêu cầu": ("requester_name", "requester_birth", "requester_id", "requester_address", "requester_phone"),
    "a, người được thi hành án": ("creditor_name", "creditor_birth", "creditor_id", "creditor_address", "creditor_phone"),
    "a, người phải thi hành án": ("debtor_name", "debtor_birth", "debtor_id", "debtor_address", "debtor_phone"),
    "b, ngày yêu cầu": ("signed_on",),
    "c, cơ quan": ("agency",),
    "d, bản án": ("judgment_number", "judgment_date", "judgment_court"),
    "đ, các khoản": ("claims",),
    "e, điều kiện thi hành án": ("means",),
    "g, tài khoản": ("bank_account",),
    "h, ký": ("representative",),
    "i, tài liệu": ("attachments",),
    "quá hạn (Điều 10 khoản 2)": ("late_reason",),
}


@pytest.mark.parametrize("fields", CONTENTS.values(), ids=CONTENTS.keys())
def test_the_request_has_what_the_decree_asks_for(fields: tuple[str, ...]) -> None:
    form = FORMS["request-enforcement"]
    everywhere = {field.id for way in branches(form) for field in fields_for(form, way)}
    assert set(fields) <= everywhere


def test_the_complaint_has_what_the_law_asks_for() -> None:
    """Điều 103 khoản 1: day, who complains (name, address, number), against whom (name, address), of what, why, what is demanded."""
    wanted = {
        "signed_on",
        "requester_name",
        "requester_address",
        "requester_id",
        "against",
        "against_address",
        "object",
        "reasons",
        "demand",
    }
    assert wanted <= {field.id for field in FORMS["complaint"].fields}


def test_the_agreement_has_what_the_law_asks_for() -> None:
    """Điều 36 khoản 2: who, when, where, what, by when, costs, what follows when it is not kept."""
    wanted = {"creditor_name", "debtor_name", "others", "signed_on", "place", "content", "deadline", "costs", "breach"}
    assert wanted <= {field.id for field in FORMS["agreement"].fields}


def test_procedures_lead_to_forms() -> None:
    named = {step.form for each in read_procedures(LIBRARY / "procedures").values() for step in each.steps if step.form}
    assert named == FORMS.keys() - {"coercion"}, "coercion is ordered without being asked for, so no step names its form"


# --- the paper


@EACH
def test_every_answer_stands_on_the_paper_as_it_was_given(form: Form) -> None:
    for values in branches(form):
        words = words_of(fill(form, values))
        steering = {id for field in form.fields for id in field.when}
        for field in fields_for(form, values):
            for line in written(field, values[field.id]).split("\n"):
                assert line in words or field.id in steering, f"{form.id}: {field.id}"
        assert "…" * 5 not in words, "nothing was left to be written by hand"


@EACH
def test_blank_template(form: Form) -> None:
    words = words_of(fill(form, {}))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc" in words
    assert "Kính gửi: …" in words or form.id in ("authorisation", "agreement")
    assert "(Ký hoặc điểm chỉ, ghi rõ họ tên" in words
    assert "ngày …… tháng …… năm ………" in words
    assert not any(mark in words for mark in ("{{", "}}", "{%", "%}"))
    for option in (
        option for field in form.fields for option in field.options if field.id not in {i for f in form.fields for i in f.when}
    ):
        assert f"☐ {option.says}" in words, "what is to be chosen by hand stands with boxes"


def test_what_does_not_apply_is_not_on_the_paper() -> None:
    form = FORMS["request-enforcement"]
    creditor, debtor = (words_of(fill(form, told(form, requester_role=role))) for role in ("creditor", "debtor"))
    assert "Người được thi hành án\n" not in creditor
    assert "Người được thi hành án\n" in debtor
    assert "Tài khoản ngân hàng" in creditor
    assert "Tài khoản ngân hàng" not in debtor


def test_dates_and_money_are_written_as_letters_have_them() -> None:
    assert written(Field("d", "", "", "date", True), "2026-02-03") == "ngày 03 tháng 02 năm 2026"
    assert written(Field("d", "", "", "date", True), "2026-11-23") == "ngày 23 tháng 11 năm 2026"
    assert written(Field("m", "", "", "money", True), "350000000") == "350.000.000 đồng"
    assert written(Field("c", "", "", "choice", True, options=(Option("a", "Một"), Option("b", "Hai"))), "b") == "Hai"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        pytest.param("{{ 7 * 7 }} {% for x in range(9) %}", "{{ 7 * 7 }} {% for x in range(9) %}", id="jinja"),
        pytest.param("{{ self.__init__.__globals__ }}", "{{ self.__init__.__globals__ }}", id="jinja, out of the sandbox"),
        pytest.param("{%p if x %}", "{%p if x %}", id="a paragraph tag"),
        pytest.param("{{r x }} {#- x -#}", "{{r x }} {#- x -#}", id="a run tag and a comment"),
        pytest.param("</w:t></w:r></w:p><w:p>", "</w:t></w:r></w:p><w:p>", id="xml of Word"),
        pytest.param("&lt;b&gt; & <b> \" '", "&lt;b&gt; & <b> \" '", id="entities and quotes"),
        pytest.param("]]><!--<?xml", "]]><!--<?xml", id="other marks of xml"),
        pytest.param("a\x00b\x07c\x0bd\x1be\x7ff", "a b c d e f", id="control characters"),
        pytest.param("một\thai", "một hai", id="a tab"),
        pytest.param("a\u202eb\u2066c", "a b c", id="reading direction turned"),
        pytest.param("a\ufffeb\uffffc\ud800d", "a b c d", id="no characters at all"),
        pytest.param("Vui 😀👩‍👩‍👧‍👦 quá", "Vui 😀👩‍👩‍👧‍👦 quá", id="emoji"),
        pytest.param("Hoà", "Hoà", id="decomposed letters are composed"),
        pytest.param("một\r\nhai\nba", "một\nhai\nba", id="lines are paragraphs"),
        pytest.param("x" * 10_000, "x" * LONGEST, id="10,000 characters"),
    ],
)
def test_nasty_answers_are_only_words(typed: str, shown: str) -> None:
    form = FORMS["complaint"]
    values = {**told(form), "reasons": typed, "requester_name": typed.split("\n")[0][:80] or "x"}
    made = fill(form, values)
    paragraphs = [p.text for p in docx.Document(BytesIO(made)).paragraphs]
    start = paragraphs.index("2. Nội dung, lý do khiếu nại") + 1
    assert paragraphs[start : start + len(shown.split("\n"))] == shown.split("\n")
    assert paragraphs[start + len(shown.split("\n"))] == "3. Yêu cầu giải quyết"


def test_a_paper_knows_nothing_of_the_one_before() -> None:
    form = FORMS["complaint"]
    first = words_of(fill(form, {**told(form), "requester_name": "Trần Thị Đầu Tiên"}))
    assert "Trần Thị Đầu Tiên" in first
    assert "Trần Thị Đầu Tiên" not in words_of(fill(form, told(form)))


OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: apt-get install --no-install-recommends libreoffice-writer-nogui")
def test_libreoffice_opens_every_paper(tmp_path: Path) -> None:
    papers = []
    for id, form in FORMS.items():
        (tmp_path / f"{id}.docx").write_bytes(fill(form, told(form)))
        (tmp_path / f"{id}-blank.docx").write_bytes(fill(form, {}))
        papers += [f"{id}.docx", f"{id}-blank.docx"]
    command = [
        str(OFFICE),
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        *papers,
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    for paper in papers:
        read = (tmp_path / paper).with_suffix(".txt").read_text(encoding="utf-8-sig")
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in read, paper
        assert ("Nguyễn Thị Hoà & con <b>" in read) == ("blank" not in paper), paper


# --- the way through the fields


def test_fields_come_in_order_and_as_they_apply() -> None:
    form = FORMS["request-enforcement"]
    asked, values = [], {}
    while field := next_field(form, values):
        asked.append(field.id)
        values[field.id] = {"requester_role": "creditor", "requester_is": "organisation"}.get(
            field.id, "" if not field.required else "x"
        )
    assert asked[:3] == ["agency", "requester_role", "requester_is"]
    assert "representative" in asked
    assert not {"creditor_name", "requester_birth"} & set(asked)


def test_what_hangs_on_a_choice_that_was_passed_over_is_left_for_the_hand() -> None:
    field = Field("late", "", "", "text", True, when={"kind": ("b",)})
    choice = Field("kind", "", "", "choice", False, options=(Option("a", "A"), Option("b", "B")))
    form = Form("f", "F", (), "", "", (), (), (choice, field), "", (), date(2026, 7, 1), None, b"")

    def paper(values: Values) -> str:
        return on_paper(form, values)["late"]

    assert next_field(form, {"kind": ""}) is None
    assert (bool(paper({})), bool(paper({"kind": ""})), paper({"kind": "a"}), bool(paper({"kind": "b"}))) == (
        True,
        True,
        "",
        True,
    )


# --- a broken form is named


GOOD = """id: one
title: "Đơn một"
asks: ["đơn một"]
who: "ai"
before: "nơi"
basis: ["106/2025/QH15 34.1"]
official: "mẫu chính thức dùng trước"
in_force_from: 2026-07-01
fields:
  - {id: shared}
  - {id: own, label: "Riêng", question: "Gì?", kind: choice, required: true, options: {a: "A", b: "B"}}
  - {id: last, label: "Cuối", question: "Gì?", kind: text, required: false, when: {own: a}}
"""
SHARED = """fields:
  - {id: shared, label: "Chung", question: "Ai?", kind: text, required: true}
"""


def library_with(folder: Path, form: str = GOOD, shared: str = SHARED, paper: str = "{{ shared }} {{ own }} {{ last }}") -> Path:
    forms = folder / "forms"
    forms.mkdir()
    (forms / "fields.yaml").write_text(shared, encoding="utf-8")
    (forms / "one.yaml").write_text(form, encoding="utf-8")
    if paper:
        made = docx.Document()
        made.add_paragraph(paper)
        made.save(str(forms / "one.docx"))
    return folder


def test_a_good_form_is_read(tmp_path: Path) -> None:
    check_forms(library_with(tmp_path))
    form = read_forms(tmp_path / "forms")["one"]
    assert [field.label for field in form.fields] == ["Chung", "Riêng", "Cuối"]
    assert form.file_name == "don-mot.docx"
    assert "Nguyễn" in words_of(fill(form, {"shared": "Nguyễn"}))


def test_no_forms_are_no_fault(tmp_path: Path) -> None:
    check_forms(tmp_path)
    assert read_forms(tmp_path / "forms") == {}


FAULTS = [
    ("title: \"Đơn một\"\n", "", "one.yaml:1: id: field 'title' is missing"),
    ("id: one", "id: two", "one.yaml:1: id: the file is called 'one'"),
    ("official: ", "offical: ", "one.yaml:1: id: unknown field 'offical'"),
    ("kind: choice", "kind: picture", "one.yaml:11: own: 'kind' is 'picture'"),
    ('options: {a: "A", b: "B"}', 'options: {a: "A"}', "one.yaml:11: own: a choice has two options or more"),
    ("kind: text, required: false", 'kind: text, options: {a: "A", b: "B"}, required: false', "one.yaml:12: last: a choice has two"),
    ("when: {own: a}", "when: {own: c}", "one.yaml:12: last: no field before it has the answer own: c"),
    ("when: {own: a}", "when: {later: a}", "one.yaml:12: last: no field before it has the answer later: a"),
    ("{id: shared}", "{id: unknown}", "one.yaml:10: unknown: field 'kind' is missing"),
    ("{id: last,", "{id: own,", "one.yaml:11: own: the id stands twice"),
    ("kind: text, required: false", "kind: text, past: true, required: false", "one.yaml:12: last: only a date can be past"),
    ("required: true, options", "required: yes please, options", "one.yaml:11: own: 'required' is neither true nor false"),
    ("2026-07-01", "soon", "one.yaml:1: id: 'in_force_from' is no date"),
    ('["106/2025/QH15 34.1"]', "[]", "one.yaml:1: id: it stands on no place of the law"),
    ("fields:\n", "fields:\n  - oops\n", "one.yaml:1: id: 'fields' is no list of entries"),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "says"), FAULTS, ids=[says.split(": ", 1)[1] for _, _, says in FAULTS])
def test_broken_form(good: str, bad: str, says: str, tmp_path: Path) -> None:
    assert good in GOOD
    with pytest.raises(LibraryError) as fault:
        check_forms(library_with(tmp_path, GOOD.replace(good, bad)))
    assert says in str(fault.value)


PAPERS = [
    ("{{ shared }} {{ own }}", "one.docx:1: field 'last' stands nowhere"),
    ("{{ shared }} {{ own }} {{ last }} {{ lost }}", "one.docx:1: {{ lost }} is no field of the form"),
    ("{{ shared }} {{ own }} {{ last", "one.docx:1: a placeholder is broken"),
    ("{{ shared }} {{ own }} {{ last }} {% if own %}", "one.docx:1: a placeholder is broken"),
    ("", "one.yaml:1: id: its Word template one.docx is not there"),
]


@pytest.mark.parametrize(("paper", "says"), PAPERS, ids=[says for _, says in PAPERS])
def test_broken_template(paper: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as fault:
        check_forms(library_with(tmp_path, paper=paper))
    assert says in str(fault.value)


@pytest.mark.parametrize("content", [b"", b"no Word file", b"PK\x03\x04 cut short"], ids=["empty", "text", "half a zip"])
def test_template_that_is_no_word_file(content: bytes, tmp_path: Path) -> None:
    folder = library_with(tmp_path)
    (folder / "forms" / "one.docx").write_bytes(content)
    with pytest.raises(LibraryError, match=r"one\.docx:1: no Word file"):
        check_forms(folder)


def test_procedure_that_names_no_form(tmp_path: Path) -> None:
    (library_with(tmp_path) / "procedures").mkdir()
    (tmp_path / "procedures" / "p.yaml").write_text("id: p\nsteps:\n  - id: a\n    form: lost # một đơn\n", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"p\.yaml:4: there is no form 'lost'"):
        check_forms(tmp_path)
