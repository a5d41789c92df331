"""Shows officers what they work by: lists of cases, the check of a file, who is told of a decision, who works with whom, page by page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import guidance, officer_pages, officer_texts, officer_wishes, texts
from bot.choosing import number_in
from bot.desk import Notes, Reply, Visit
from bot.message import Answer
from bot.officer_wishes import OfficerWish
from knowledge.practice.officers import Line, Sheet, Subject
from knowledge.spelling import wording


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be seen next: a label, and the command that shows it."""

    label: str
    command: str


class OfficerDesk:
    """One conversation, or none: then nothing is kept, and a page is seen by its command. What is said is the same, so that it can be rebuilt."""

    def __init__(self, visit: Visit, notes: Notes) -> None:
        self._visit = visit
        self._notes = notes
        self._commands: list[str] = json.loads(notes.kept) if notes.kept else []

    @property
    def awaits(self) -> bool:
        """Whether the next message may be the number of an option."""
        return bool(self._commands)

    def reply(self, answer: Answer, text: str) -> Reply | None:
        """The reply to a command, to words that name a sheet, or to the number of what may be seen next; None for any other message."""
        if self._commands and officer_wishes.goes_on(text):
            text = self._commands[0]
        elif (place := number_in(text, len(self._commands))) is not None:
            text = self._commands[place]
        if wish := officer_wishes.command(text):
            return self._commanded(answer, wish)
        return self._wished(answer, text)

    def leave(self) -> None:
        """The message was for somebody else: no number chooses here any more."""
        self._keep(())

    def _commanded(self, answer: Answer, wish: OfficerWish) -> Reply:
        """The sheet that a command names, the nearest ones to choose from, or all of its subject."""
        sheets = self._sheets(wish.subject, answer)
        if not sheets:
            said = officer_texts.NOT_THEN.format(on=texts.day(answer.as_of))
            return Reply(replace(answer, text=said), said, said)
        plain = self._plain(wish.words)
        found = (
            officer_wishes.called(wish.words, sheets)
            or officer_wishes.called(plain, sheets)
            or officer_wishes.near(plain, sheets)
        )
        if len(found) == 1:
            return self._page(answer, found[0], wish.page)
        unknown = officer_texts.NO_SHEET.format(words=wish.words) if wish.words and not found else ""
        return self._menu(answer, wish.subject, found or sheets, unknown)

    def _wished(self, answer: Answer, text: str) -> Reply | None:
        """The sheet that words in everyday form name; of several wishes the first that names one."""
        wishes = officer_wishes.wishes(self._plain(text))
        for wish in wishes:
            found = officer_wishes.called(wish.words, self._sheets(wish.subject, answer))
            if len(found) == 1:
                return self._page(answer, found[0], part=officer_wishes.part(text))
            if found:
                return self._menu(answer, wish.subject, found)
        whole = next((wish for wish in wishes if wish.whole), None)
        sheets = self._sheets(whole.subject, answer) if whole else ()
        return self._menu(answer, whole.subject, sheets) if whole and sheets else None

    def _page(self, answer: Answer, sheet: Sheet, page: int = 1, part: str = "") -> Reply:
        """A page of a sheet; with a part, the page on which it begins."""
        shown = officer_pages.pages(sheet, self._visit.evidence, self._visit.room)
        count = len(shown)
        page = next((n for n, each in enumerate(shown, 1) if part in each.begins), page)
        if not 1 <= page <= count:
            said = officer_texts.NO_SUCH_PAGE.format(title=sheet.title, count=count)
            return Reply(replace(answer, kind="clarification", text=said), officer_wishes.write(sheet), sheet.title)
        others = [*range(page + 1, count + 1), *range(1, page)]
        labels = [officer_texts.page_option(n, count, shown[n - 1].heading) for n in others]
        choices = [Choice(label, officer_wishes.write(sheet, n)) for label, n in zip(labels, others, strict=True)]
        self._keep(choices)
        foot = [f"{n}. {choice.label}" for n, choice in enumerate(choices, 1)]
        foot += [officer_texts.choose(choices[0].command)] if choices else []
        told = officer_pages.page_answer(answer, sheet, shown, page, self._visit.evidence, "\n".join(foot))
        return Reply(
            replace(told, options=tuple(choice.label for choice in choices)), officer_wishes.write(sheet, page), sheet.title
        )

    def _menu(self, answer: Answer, subject: Subject, sheets: Sequence[Sheet], unknown: str = "") -> Reply:
        """Sheets to choose from: all of a subject, or those that the words may mean."""
        whole = len(sheets) == len(self._sheets(subject, answer))
        self._keep([Choice(sheet.title, officer_wishes.write(sheet)) for sheet in sheets])
        titles = tuple(sheet.title for sheet in sheets)
        asked = officer_texts.MENUS[subject] if whole else officer_texts.WHICH[subject]
        said = guidance.numbered("\n".join(part for part in (unknown, asked) if part), titles)
        command = next(name for name, each in officer_wishes.COMMANDS.items() if each == subject)
        shown = replace(answer, kind="answer" if whole and not unknown else "clarification", text=said, options=titles)
        return Reply(shown, command, officer_texts.MENUS[subject].rstrip(":"))

    def _sheets(self, subject: Subject, answer: Answer) -> tuple[Sheet, ...]:
        """The sheets of a subject that hold on the day and have a line that the reader may see."""
        sheets = self._visit.knowledge.sheets.get(subject, ())
        return tuple(each for each in sheets if each.in_force(answer.as_of) and any(map(self._is_open, each.lines)))

    def _is_open(self, line: Line) -> bool:
        """Whether the reader may see every document that a line stands on."""
        return all(self._visit.knowledge.library.numbered(str(citation.number)) for citation in line.basis)

    def _plain(self, text: str) -> str:
        return wording(text, self._visit.knowledge.lists).plain

    def _keep(self, choices: Sequence[Choice]) -> None:
        self._commands = [choice.command for choice in choices]
        self._notes.keep(json.dumps(self._commands, ensure_ascii=False) if choices else None)
