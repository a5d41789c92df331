"""Answers which law a case falls under that crosses 01/7/2026: reads its stage and matter from the words, states the rules that decide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot import texts
from bot.evidence import Evidence
from bot.message import Answer
from knowledge.moments import Moment
from knowledge.text import fold
from knowledge.transition import (
    BAILIFF_AGE,
    BAILIFF_CARD,
    BAILIFF_FILES,
    BAILIFF_RECORDS,
    BAILIFF_RESULTS,
    BAILIFF_RULES,
    BAILIFF_TEST,
    BAILIFF_TRAINING,
    BAILIFF_WORK,
    CHANGED,
    COMPLAINT_IN_HAND,
    EXHIBIT_STORES,
    EXHIBITS_KEPT,
    RETURNED_REQUEST,
    TEMPORARY_MONEY,
    BailiffRule,
    Matter,
    Ruling,
    Stage,
    fee_as_debtor,
    ruling,
)

_ANOTHER_LAW = re.compile(r"\b(?:bo )?luat (?!(?:thads|thi hanh an|tha|cu|moi|nao|hay|khac|nay|do|thi|co|ra|\d+|106|26)\b)\w+")

Rules = Sequence[Ruling | BailiffRule]

_CHANGE_DAY = r"(?:ngay )?0?1[/.-]0?7[/.-]2026"
_ASKED = re.compile(
    r"\b(theo luat nao|luat nao (duoc )?ap dung|ap dung (theo )?luat (nao|cu|moi)|luat cu hay (theo )?luat moi|luat moi hay (theo )?luat cu"
    r"|luat cu hay moi|luat moi hay cu|chuyen tiep|theo luat cu hay|(van|con) theo luat cu|co phai lam lai|co can lam lai)\b"
)
_FINISHED = re.compile(r"\b(da (thi hanh )?xong|thi hanh xong|da ket thuc|ket thuc roi|xong roi)\b")
_UNFINISHED = re.compile(
    r"\b(chua xong|chua thi hanh|dang thi hanh|chua ket thuc|con do|do dang|dang giai quyet|dang lam do|da ke bien"
    r"|da (tham )?dinh gia)\b"
)
_BEGUN_AFTER = re.compile(rf"\b(tu|sau|ke tu) {_CHANGE_DAY}|\b(phat sinh|thu ly|bat dau) (tu |sau )?(khi )?(co )?luat moi\b")
_MATTERS: tuple[tuple[Matter, re.Pattern[str]], ...] = (
    ("running_time_limit", re.compile(r"\b(dang chay|chay do|con dang tinh|tinh do)\b")),
    ("protest_time_limit", re.compile(r"\bthoi han khang nghi\b")),
    ("protest", re.compile(r"\b(khang nghi|kien nghi)\b")),
    ("complaint", re.compile(r"\b(khieu nai|to cao)\b")),
    ("digital", re.compile(r"\b(moi truong so|truc tuyen|ban dien tu|vneid)\b")),
    ("done_step", re.compile(r"\b(lam lai|da ke bien|da (tham )?dinh gia|thu tuc da|buoc da)\b")),
)
# Rules on what is no case: each with the words that must all stand in a question.
_BAILIFF = r"thua phat lai"
_TOPICS: tuple[tuple[tuple[str, ...], Rules], ...] = (
    ((r"thua phat lai|thua hanh vien", r"(69|[78]\d) tuoi|cao tuoi"), (BAILIFF_AGE,)),
    (
        (_BAILIFF, r"vi bang|tong dat", rf"con gia tri|cong nhan|(lam|lap) lai|chuyen tiep|truoc {_CHANGE_DAY}"),
        (BAILIFF_RECORDS, BAILIFF_RESULTS, BAILIFF_WORK),
    ),
    ((_BAILIFF, r"kiem tra (ket qua )?tap su"), (BAILIFF_TEST,)),
    (
        (
            _BAILIFF,
            r"chung chi|giay chung nhan|tap su|boi duong|dao tao",
            rf"con (dung|gia tri|hieu luc|duoc)|dung duoc|cu|tiep tuc|(tap su|hoc) tiep|(hoc|thi) lai|truoc {_CHANGE_DAY}|chuyen tiep",
        ),
        (BAILIFF_TRAINING, BAILIFF_TEST),
    ),
    ((_BAILIFF, r"ho so", r"dang giai quyet|do dang|da nop|dang lam"), (BAILIFF_FILES,)),
    ((_BAILIFF, r"cong nhan|lam lai|ket qua"), (BAILIFF_RESULTS, BAILIFF_WORK)),
    ((r"thua phat lai|thua hanh vien", r"doi the"), (BAILIFF_RULES[0], BAILIFF_CARD)),
    (
        (r"van phong thua phat lai", r"doi ten|hoat dong tiep|tiep tuc hoat dong|con hoat dong|con ton tai"),
        (BAILIFF_RULES[1], BAILIFF_WORK),
    ),
    (
        (_BAILIFF, r"bo nhiem lai|hanh nghe tiep|tiep tuc hanh nghe|con (duoc )?hanh nghe|thi lai|han doi"),
        BAILIFF_RULES,
    ),
    ((_BAILIFF, r"chuyen tiep|luat nao"), (*BAILIFF_RULES, BAILIFF_RESULTS, BAILIFF_WORK)),
    (
        (r"vat chung", r"kho", r"chuyen tiep|bo cong an|ngoai (khuon vien )?tru so|truoc ngay nao|2028|han chuyen"),
        (EXHIBIT_STORES, EXHIBITS_KEPT),
    ),
    (
        (r"vat chung", rf"(da (tiep )?nhan|dang giu|dang bao quan)[^?]*\btruoc|truoc[^?]*nhan|chuyen tiep|truoc {_CHANGE_DAY}"),
        (EXHIBITS_KEPT, EXHIBIT_STORES),
    ),
    ((r"tam thu", rf"(chua|khong) nhan[^?]*ban an|chuyen tiep|truoc {_CHANGE_DAY}"), (TEMPORARY_MONEY,)),
    ((r"tra (lai )?don", r"luat nao|chuyen tiep|truoc (nam )?2015"), (RETURNED_REQUEST,)),
)
_DEBTOR_FEE = re.compile(r"\bphi\b.*\bnguoi phai thi hanh an\b|\bnguoi phai thi hanh an\b.*\bphi\b")
_DEBTOR_ASKED = re.compile(r"\b(tu |chu dong |cua nguoi phai thi hanh an |nguoi phai thi hanh an )?(yeu cau|nop don)\b")


def rules_for(question: str, moment: Moment | None) -> Rules:
    """The rules that answer which law applies, the most particular first; none when the question asks something else."""
    folded = fold(question)
    law_of_then = moment is not None and moment.basis in ("month", "year", "old_law") and moment.on is not None
    for needed, rules in () if law_of_then else _TOPICS:
        if all(re.search(rf"\b(?:{part})\b", folded) for part in needed):
            return rules
    if decided := _debtors_decision(folded, moment):
        return (fee_as_debtor(decided),)
    return _of_a_case(folded, moment) if _ASKED.search(folded) else ()


def speaks_of_laws(question: str) -> bool:
    """Whether the question asks between old law and new in so many words."""
    return bool(re.search(r"\bluat (?:cu|moi|nao)\b", fold(question)))


def of_another_law(question: str) -> bool:
    """Whether the question is between the old and the new law of another field («luật đất đai cũ hay luật mới»)."""
    return speaks_of_laws(question) and bool(_ANOTHER_LAW.search(fold(question)))


def _debtors_decision(folded: str, moment: Moment | None) -> date | None:
    """The day of a decision that a debtor asked for, when the question is whether that debtor pays the fee."""
    if not (_DEBTOR_FEE.search(folded) and _DEBTOR_ASKED.search(folded)):
        return None
    if re.search(rf"\btruoc {_CHANGE_DAY}", folded):
        return CHANGED - timedelta(days=1)
    return moment.happened if moment and moment.basis in ("date", "month", "year") else None


def _of_a_case(folded: str, moment: Moment | None) -> Rules:
    matter: Matter = next((name for name, pattern in _MATTERS if pattern.search(folded)), "enforcement")
    rules: list[Ruling | BailiffRule] = list(dict.fromkeys(ruling(stage, matter) for stage in _stages(folded, moment)))
    if matter == "protest" and not _BEGUN_AFTER.search(folded):
        rules.append(ruling("finished", "protest_time_limit"))
    if matter == "complaint" and re.search(r"\b(da thu ly|dang giai quyet|do dang|giai quyet do)\b", folded):
        rules.insert(0, COMPLAINT_IN_HAND)
    return rules


def _stages(folded: str, moment: Moment | None) -> tuple[Stage, ...]:
    if _FINISHED.search(folded):
        return ("finished",)
    if _UNFINISHED.search(folded):
        return ("unfinished",)
    if _BEGUN_AFTER.search(folded) or (moment and moment.happened and moment.happened > CHANGED):
        return ("begun_after",)
    return ("unfinished", "finished")


def stated(answer: Answer, rules: Rules, evidence: Evidence) -> Answer:
    """The rules as sentences, each with where it stands."""
    found = [place for rule in rules for basis in rule.basis if (place := evidence.place(basis))]
    passages = list(dict.fromkeys(passage for passage, _ in found))
    lines = [f"{rule.sentence}\n({'; '.join(evidence.name(b) for b in rule.basis)})" for rule in rules]
    return replace(
        answer,
        kind="answer",
        text="\n\n".join([*lines, *evidence.not_yet(passages, answer.as_of), texts.as_of(answer.as_of)]),
        citations=tuple(dict.fromkeys(evidence.citation(passage, quote) for passage, quote in found)),
        warnings=evidence.warnings(passages, answer.as_of),
    )
