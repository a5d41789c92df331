"""Fills a form with a person, one field after another, and hands over the paper.

What was typed is kept only here, with the conversation, until the paper is made or given up; then only the paper is left, for a while.
Any question in between is answered and leaves the form as it is; «tiếp tục» goes back.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace

from bot import form_showing, form_texts, wishes
from bot.choosing import number_in
from bot.desk import Notes, Reply, Visit
from bot.files import Files
from bot.form_values import Misfit, read_value
from bot.form_wishes import Steer, asks, commanded, form_wish, nearest, steer
from bot.message import Answer
from knowledge.practice.form_paper import fill
from knowledge.practice.forms import Field, Form, next_field
from knowledge.text import fold

COMMAND = "/bieumau"


@dataclass(frozen=True, slots=True)
class Filling:
    """What a conversation is in the middle of: a choice among forms, or one form with what was told for it, in the order of asking."""

    choice: tuple[str, ...] = ()
    form: str = ""
    values: dict[str, str] = field(default_factory=dict)
    left: bool = False  # for another question


class FormDesk:
    """One conversation, or none: then nothing is kept, and a form is shown with its blank template."""

    def __init__(self, visit: Visit, notes: Notes, files: Files) -> None:
        self._visit = visit
        self._notes = notes
        self._files = files
        self._state = Filling(**json.loads(notes.kept)) if notes.kept else Filling()

    @property
    def awaits(self) -> bool:
        """Whether the next message may be the number of an option; while a form is filled every message is an answer."""
        return not self._state.left and bool(self._state.choice or self._state.form)

    def reply(self, answer: Answer, text: str) -> Reply | None:
        """The reply to a message that asks for a form, fills one, or goes back to one; None for any other."""
        form = self._held(answer)
        if commanded(text) or form is None or self._state.left:
            wish = form_wish(text)
            if wish is not None and (begun := self._wished(answer, text, wish)):
                return begun
        if form is None:
            return self._chosen(answer, text)
        if self._state.left:
            return self._asked(answer, form) if wishes.goes_on(text) else None
        return self._told(answer, form, text)

    def leave(self) -> None:
        """Put a form aside for another question; a mere choice among forms is forgotten."""
        if self._state != Filling():
            self._keep(replace(self._state, left=True) if self._state.form else None)

    def after(self, answer: Answer) -> str:
        """What to say behind an answer to another question: how to go back to the form."""
        form = self._held(answer)
        return form_texts.RESUME.format(title=form.title) if form else ""

    def _wished(self, answer: Answer, text: str, wish: str) -> Reply | None:
        """The form that a message names, the list, or a choice; None for words that name none and are no command."""
        forms = self._visit.knowledge.forms
        near = nearest(wish, forms, self._visit.knowledge.lists, answer.as_of) if wish else []
        if len(near) == 1 or (near and self._visit.conversation is None):
            return self._begun(answer, near[0])
        if near:
            self._keep(Filling(choice=tuple(form.id for form in near)))
            return Reply(form_showing.which(answer, near), COMMAND, near[0].title)
        if wish and not commanded(text):
            return None
        held = sorted((form for form in forms.values() if form.in_force(answer.as_of)), key=lambda form: fold(form.title))
        if not held:
            return None
        self._keep(Filling(choice=tuple(form.id for form in held)))
        return Reply(form_showing.listing(answer, held, form_texts.NO_FORM if wish else ""), COMMAND, COMMAND)

    def _chosen(self, answer: Answer, text: str) -> Reply | None:
        """The form whose number was said."""
        place = number_in(text, len(self._state.choice)) if self._state.choice else None
        form = self._visit.knowledge.forms.get(self._state.choice[place]) if place is not None else None
        return self._begun(answer, form) if form and form.in_force(answer.as_of) else None

    def _begun(self, answer: Answer, form: Form) -> Reply:
        if self._visit.conversation is None:
            return Reply(self._needs(answer, form), _again(form), form.title)
        self._keep(Filling(form=form.id))
        return self._asked(answer, form)

    def _told(self, answer: Answer, form: Form, text: str) -> Reply | None:
        """The reply to a message while a form is filled; None for one that asks something else."""
        asked = next_field(form, self._state.values)
        if asked is None:  # the form has changed since, and lacks nothing any more
            return self._finished(answer, form)
        if where := steer(text, asked):
            return self._steered(answer, form, asked, where)
        value = read_value(asked, answer.question, self._visit.today)
        if asks(answer.question, asked) and (isinstance(value, Misfit) or asked.kind in ("text", "lines")):
            return None
        if isinstance(value, Misfit):
            return self._asked(answer, form, value.reason)
        return self._went_on(answer, form, {**self._state.values, asked.id: value})

    def _steered(self, answer: Answer, form: Form, asked: Field, where: Steer) -> Reply:
        values = self._state.values
        if where == "stop":
            self._keep(None)
            return self._private(replace(answer, kind="answer", text=form_texts.STOPPED.format(title=form.title)), form)
        if where == "finish":
            return self._finished(answer, form)
        if where == "skip":
            if asked.required:
                return self._asked(answer, form, form_texts.MUST_TELL)
            return self._went_on(answer, form, {**values, asked.id: ""})
        if not values:
            return self._asked(answer, form, form_texts.NOTHING_BEFORE)
        return self._went_on(answer, form, dict([*values.items()][:-1]))

    def _went_on(self, answer: Answer, form: Form, values: dict[str, str]) -> Reply:
        self._keep(Filling(form=form.id, values=values))
        return self._asked(answer, form) if next_field(form, values) else self._finished(answer, form)

    def _asked(self, answer: Answer, form: Form, remark: str = "") -> Reply:
        """The question for the next field."""
        self._keep(replace(self._state, left=False))
        asked = next_field(form, self._state.values)
        if asked is None:
            return self._finished(answer, form)
        return self._private(form_showing.question(answer, form, asked, self._state.values, remark), form)

    def _finished(self, answer: Answer, form: Form) -> Reply:
        """The paper; what was typed for it is forgotten."""
        values = {each.id: told for each in form.fields if (told := self._state.values.get(each.id))}
        file = self._files.keep(self._visit.conversation or "", form.title, form.file_name, fill(form, values))
        self._keep(None)
        shown = form_showing.finished(answer, form, values, file, self._files.hours, self._visit.evidence)
        return self._private(shown, form)

    def _private(self, shown: Answer, form: Form) -> Reply:
        """A reply of which nothing personal is kept: not what was typed, and under its receipt what the form asks of anybody."""
        anybody = replace(shown, question=_again(form))
        return Reply(shown, _again(form), form.title, kept=self._needs(anybody, form) if shown.files else anybody)

    def _needs(self, answer: Answer, form: Form) -> Answer:
        blank = self._files.blank(form, form_texts.BLANK_TITLE.format(title=form.title))
        return form_showing.needs(answer, form, blank, self._visit.evidence)

    def _held(self, answer: Answer) -> Form | None:
        """The form that is being filled, when it is still there and holds on the day."""
        found = self._visit.knowledge.forms.get(self._state.form)
        return found if found and found.in_force(answer.as_of) else None

    def _keep(self, state: Filling | None) -> None:
        self._state = state or Filling()
        self._notes.keep(json.dumps(asdict(state), ensure_ascii=False) if state else None)


def _again(form: Form) -> str:
    """The command that shows the same form again."""
    return f"{COMMAND} {form.id}"
