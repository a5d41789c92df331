"""Takes a wish to be reminded of a last day: asks once for consent, keeps it, lists and calls off what is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot import calculation, guidance, reminder_texts, reminder_wishes, sums
from bot.choosing import number_in
from bot.desk import Notes, Reply, Visit
from bot.message import Answer
from bot.reminder_rows import Reminder, ReminderRows
from bot.reminder_wishes import Wish
from bot.reminders import REACH, USUAL, DueDay, Lead, Plan, channel_of, in_utc, plan
from knowledge.practice.calendar import Calendar
from knowledge.practice.step import write_day
from knowledge.spelling import wording

MOST = 20  # reminders of one conversation
YEARS = 6  # that a day may lie ahead; the longest limit has five
_WEEKENDS = Calendar({}, {}, {}, frozenset())  # for a library without rules as code


@dataclass(frozen=True, slots=True)
class Kept:
    """What a conversation stands at: the last day that was worked out, what it is asked to agree to, what it may call off."""

    due: DueDay | None = None
    asked: DueDay | None = None
    on: date | None = None  # the day of reminding that was asked about
    cancel: tuple[int, ...] = ()


class ReminderDesk:
    """The reminders of one conversation; `now` is by the clocks of Việt Nam."""

    def __init__(self, visit: Visit, notes: Notes, rows: ReminderRows, now: datetime) -> None:
        self._visit = visit
        self._notes = notes
        self._rows = rows
        self._now = now
        self._kept = _read(notes.kept) if notes.kept else Kept()
        self._aside: Answer | None = None  # a question that goes behind the answer
        self._reach = channel_of(visit.conversation or "")
        practice = visit.knowledge.practice
        self._calendar = practice.calendar if practice else _WEEKENDS

    @property
    def awaits(self) -> bool:
        """Whether the next message may be the number of an option."""
        return bool(self._kept.asked or self._kept.cancel)

    def decides(self, text: str) -> bool:
        """Whether a message is the yes or no that was asked for, though elsewhere it would be thanks."""
        return self._kept.asked is not None and (reminder_wishes.says_yes(text) or reminder_wishes.says_no(text))

    def reply(self, answer: Answer, text: str) -> Reply | None:
        """The reply to a wish, to what answers the desk's question, or to a word on what is kept; None for any other message."""
        if found := self._called(answer, text) or self._decided(answer, text):
            return Reply(found, text, self._kept.due.what if self._kept.due else text)
        wish = reminder_wishes.read_wish(text, self._now.date())
        if wish is None:
            return None
        if self._reach in REACH and (worked := self._worked_out(answer, wish)):
            shown, due = worked
            self._aside = self._proposed(answer, due, self._planned(due, wish))
            return Reply(shown, wish.asked, wish.asked)
        return Reply(self._wished(answer, wish), text, self._kept.due.what if self._kept.due else text)

    def leave(self) -> None:
        """The message was for somebody else: what was asked is off, the last day stays known."""
        self._keep(replace(self._kept, asked=None, on=None, cancel=()))

    def aside(self, reply: Reply) -> tuple[str, tuple[str, ...]]:
        """What to say behind a reply, with the options of a question in it: consent, or the offer to remind of a last day in it."""
        if self._aside:
            return self._aside.text, self._aside.options
        return (self._offer(reply.due) if reply.due and self._reach in REACH else ""), ()

    def _offer(self, due: DueDay) -> str:
        """Remember a last day that was worked out; the line that offers to remind of it, empty when no moment is left."""
        self._keep(Kept(due=due))
        for lead in (USUAL, Lead(1), Lead(0)):
            found = plan(due.day, self._now, self._calendar, lead=lead)
            if found and "gone" not in found.remarks:
                return reminder_texts.offer(lead)
        return ""

    # ---- what is kept ----

    def _called(self, answer: Answer, text: str) -> Answer | None:
        """The reply to «xem nhắc» and «hủy nhắc»; to «hủy» alone only where there is something to call off."""
        if reminder_wishes.wants_list(text):
            rows = self._mine()
            said = reminder_texts.listing([(row.on, row.about) for row in rows]) if rows else reminder_texts.NONE
            return self._done(answer, said)
        if self._kept.asked is None and (reminder_wishes.wants_cancel(text) or reminder_wishes.says_cancel(text)):
            rows = self._mine()
            if not rows:
                return self._done(answer, reminder_texts.NOTHING_TO_CANCEL) if reminder_wishes.wants_cancel(text) else None
            return self._cancelled(answer, rows) if len(rows) == 1 else self._choice(answer, rows)
        return None

    def _choice(self, answer: Answer, rows: Sequence[Reminder]) -> Answer:
        self._keep(replace(self._kept, cancel=tuple(row.id for row in rows)))
        options = (*(reminder_texts.short_row(row.on, row.about) for row in rows), reminder_texts.ALL)
        return _asking(answer, reminder_texts.CANCEL_WHICH, options)

    def _cancelled(self, answer: Answer, rows: Sequence[Reminder]) -> Answer:
        if not rows:  # it was sent since it was asked about
            return self._done(answer, reminder_texts.NOTHING_TO_CANCEL)
        self._rows.cancel(self._visit.conversation or "", [row.id for row in rows])
        return self._done(answer, reminder_texts.cancelled([(row.on, row.about) for row in rows]))

    def _decided(self, answer: Answer, text: str) -> Answer | None:
        """The reply to an answer to what was asked last: consent, or which one to call off."""
        kept = self._kept
        if kept.asked and kept.on:
            number = number_in(text, 2)
            if number == 0 or (number is None and reminder_wishes.says_yes(text)):
                return self._agreed(answer, kept.asked, kept.on)
            if number == 1 or reminder_wishes.says_no(text) or reminder_wishes.wants_cancel(text):
                return self._done(answer, reminder_texts.NOT_KEPT)
        if kept.cancel:
            rows = [row for row in self._mine() if row.id in kept.cancel]
            number = number_in(text, len(kept.cancel) + 1)
            if reminder_wishes.says_all(text) or number == len(kept.cancel):
                return self._cancelled(answer, rows)
            if number is not None:
                return self._cancelled(answer, [row for row in rows if row.id == kept.cancel[number]])
        return None

    def _agreed(self, answer: Answer, due: DueDay, on: date) -> Answer:
        """Keep what was agreed to; should its moment have passed meanwhile, ask about the next."""
        found = plan(due.day, self._now, self._calendar, on=on)
        if found is None or found.on != on:
            return self._proposed(answer, due, found)
        conversation = self._visit.conversation or ""
        if len(self._mine()) >= MOST:
            return self._done(answer, reminder_texts.TOO_MANY.format(count=MOST))
        self._rows.add(conversation, due, in_utc(found.moment), in_utc(self._now))
        return self._done(answer, reminder_texts.made(due, found, self._reach))

    # ---- a wish ----

    def _wished(self, answer: Answer, wish: Wish) -> Answer:
        """The question for consent to what a wish comes to, or why there is nothing to agree to."""
        if self._reach not in REACH:
            return replace(answer, kind="refusal", text=reminder_texts.NOWHERE)
        if wish.unreal:
            return self._done(answer, reminder_texts.UNREAL.format(written=wish.unreal), "clarification")
        due = DueDay(wish.day, wish.about or reminder_texts.OWN_DAY) if wish.day else None if wish.unanswered else self._kept.due
        if due is None:
            return self._done(answer, self._lacking(wish), "clarification")
        if due.day > self._now.date() + timedelta(days=366 * YEARS):
            return self._done(answer, reminder_texts.TOO_FAR.format(day=write_day(due.day), years=YEARS))
        return self._proposed(answer, due, self._planned(due, wish))

    def _worked_out(self, answer: Answer, wish: Wish) -> tuple[Answer, DueDay] | None:
        """The last day that the message itself asks for («…, nhận quyết định ngày …»), with its sum."""
        knowledge = self._visit.knowledge
        if not wish.asked or not knowledge.practice:
            return None
        worked = sums.work_out(wording(wish.asked, knowledge.lists).plain, answer.as_of, knowledge.practice)
        if not isinstance(worked, sums.Sum) or (due := calculation.due_day(worked, self._visit.evidence)) is None:
            return None
        return calculation.shown(answer, worked, self._visit.evidence), due

    def _planned(self, due: DueDay, wish: Wish) -> Plan | None:
        return plan(due.day, self._now, self._calendar, lead=wish.lead, on=wish.on)

    def _proposed(self, answer: Answer, due: DueDay, found: Plan | None) -> Answer:
        if found is None:
            today = due.day == self._now.date()
            return self._done(answer, reminder_texts.too_late(due) if today else reminder_texts.past(due), "clarification")
        self._keep(replace(self._kept, due=due, asked=due, on=found.on, cancel=()))
        asked = reminder_texts.consent(due, found, self._reach)
        if hours := REACH[self._reach].hours:
            inside = found.moment <= self._now + timedelta(hours=hours)
            asked = f"{reminder_texts.window_kept(hours) if inside else reminder_texts.window_left(hours)}\n{asked}"
        return _asking(answer, asked, (reminder_texts.AGREE, reminder_texts.REFUSE))

    def _lacking(self, wish: Wish) -> str:
        """What to say where it is not known of which day, or of what on that day."""
        if wish.on:
            short = f"{wish.on.day}/{wish.on.month}/{wish.on.year}"
            return reminder_texts.NO_TASK.format(day=write_day(wish.on), short=short)
        return reminder_texts.NO_DAY

    # ---- state ----

    def _mine(self) -> list[Reminder]:
        return self._rows.of(self._visit.conversation) if self._visit.conversation else []

    def _done(self, answer: Answer, said: str, kind: Any = "answer") -> Answer:
        """What ends whatever was asked."""
        self.leave()
        return replace(answer, kind=kind, text=said)

    def _keep(self, kept: Kept) -> None:
        if kept != self._kept:
            self._kept = kept
            self._notes.keep(json.dumps(asdict(kept), default=date.isoformat, ensure_ascii=False) if kept != Kept() else None)


def _asking(answer: Answer, question: str, options: tuple[str, ...]) -> Answer:
    return replace(answer, kind="clarification", text=guidance.numbered(question, options), options=options)


def _read(kept: str) -> Kept:
    values = json.loads(kept)
    due, asked = (_due(values[name]) for name in ("due", "asked"))
    return Kept(due, asked, date.fromisoformat(values["on"]) if values["on"] else None, tuple(values["cancel"]))


def _due(values: dict[str, str] | None) -> DueDay | None:
    return DueDay(date.fromisoformat(values["day"]), values["what"], values["place"]) if values else None
