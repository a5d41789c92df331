"""Shows a form: the question for its next field, the paper when it is filled, what it needs where no questions can be asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot import form_texts, guidance_texts, texts
from bot.calculation import places, proven
from bot.evidence import Evidence
from bot.guidance import numbered
from bot.message import Answer, AnswerFile
from knowledge.practice.forms import Field, Form, Values, fields_for, written
from knowledge.text import shorten

_SHOWN = 120  # characters of an answer in the summary; the paper has all of it


def listing(answer: Answer, forms: Sequence[Form], before: str = "") -> Answer:
    """All forms, numbered."""
    titles = tuple(form.title for form in forms)
    said = numbered(form_texts.FORMS, titles)
    return replace(answer, kind="answer", text=f"{before}\n\n{said}" if before else said, options=titles)


def which(answer: Answer, forms: Sequence[Form]) -> Answer:
    """A choice among the forms that may be meant."""
    titles = tuple(form.title for form in forms)
    return replace(answer, kind="clarification", text=numbered(form_texts.WHICH_FORM, titles), options=titles)


def question(answer: Answer, form: Form, field: Field, values: Values, remark: str = "") -> Answer:
    """The question for a field; before the first one, what this is about, and before any, what was wrong with the last answer."""
    known = fields_for(form, values)
    asked = form_texts.ASKED.format(place=known.index(field) + 1, count=len(known), question=field.question)
    lines = [asked, *([form_texts.HINT.format(hint=field.hint)] if field.hint else [])]
    lines += [] if field.required else [form_texts.MAY_SKIP]
    options = tuple(option.says for option in field.options)
    body = numbered("\n".join(lines), options) if options else "\n".join(lines)
    head = [form.title, form_texts.WHO.format(who=form.who), form_texts.HOW_IT_GOES] if not values and not remark else []
    blocks = [*(["\n".join(head)] if head else []), *([remark] if remark else []), body]
    return replace(answer, kind="clarification", text="\n\n".join(blocks), options=options)


def finished(answer: Answer, form: Form, values: Values, file: AnswerFile, hours: int, evidence: Evidence) -> Answer:
    """The paper with a summary of what stands on it, where to hand it in and what it stands on."""
    fields = fields_for(form, values)
    told = [_line(field, values[field.id]) for field in fields if values.get(field.id)]
    left = [field.label for field in fields if not values.get(field.id)]
    blocks = [
        form_texts.DONE.format(title=form.title),
        *(["\n".join([form_texts.FILLED, *told])] if told else []),
        *([form_texts.LEFT_BLANK.format(labels="; ".join(left))] if left else []),
        *_around(form, evidence),
        form_texts.KEPT.format(hours=hours),
        texts.as_of(answer.as_of),
    ]
    return _proven(replace(answer, kind="procedure", text="\n\n".join(blocks), files=(file,)), form, evidence)


def needs(answer: Answer, form: Form, blank: AnswerFile, evidence: Evidence) -> Answer:
    """What the form asks for, with its template: for who asks without a conversation, in which nothing could be filled in."""
    lines = [f"• {field.label}{_condition(field, form)}" for field in form.fields]
    blocks = [
        "\n".join([form_texts.NEEDS.format(title=form.title), *lines]),
        form_texts.BLANK_FILE.format(id=form.id),
        *_around(form, evidence),
        texts.as_of(answer.as_of),
    ]
    return _proven(replace(answer, kind="procedure", text="\n\n".join(blocks), files=(blank,)), form, evidence)


def _around(form: Form, evidence: Evidence) -> Iterator[str]:
    """Who writes it, where it goes, with which papers, on which places of the law."""
    yield "\n".join([form_texts.WHO.format(who=form.who), form_texts.SEND_TO.format(office=form.before)])
    if form.papers:
        yield "\n".join([form_texts.ATTACH, *(f"• {paper}" for paper in form.papers)])
    yield guidance_texts.BASIS.format(places=places(form.basis, evidence))


def _proven(answer: Answer, form: Form, evidence: Evidence) -> Answer:
    return proven(answer, form.basis, (form.official, *form.notes), evidence)


def _line(field: Field, value: str) -> str:
    return form_texts.LINE.format(label=field.label, value=shorten(" / ".join(written(field, value).split("\n")), _SHOWN))


def _condition(field: Field, form: Form) -> str:
    says = {(each.id, option.value): option.says for each in form.fields for option in each.options}
    named = "; ".join(" / ".join(says[id, answer] for answer in answers) for id, answers in field.when.items())
    parts = [form_texts.ONLY_WHEN.format(answer=named)] if named else [] if field.required else [form_texts.OPTIONAL]
    return "".join(f" {part}" for part in parts)
