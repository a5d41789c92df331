"""Says in lines what an administrator reads of a refresh: its plan, what it did, what comes in, what changes, how the library stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from knowledge.document import LegalDocument
from knowledge.intake import Candidate
from knowledge.law_diff import diff_lines, document_diff
from knowledge.plan import Plan
from knowledge.refresh import Refreshed
from knowledge.review import Review, change_lines
from knowledge.store import Reading

UNCHECKED_AFTER = timedelta(days=365)
_MOST_DOUBTS = 10


def plan_lines(plan: Plan) -> Iterator[str]:
    """What differs from the live build, a document a line."""
    for name, keys in (("added", plan.added), ("changed", plan.changed), ("missing", plan.missing)):
        yield from (f"{name:9} {key}" for key in keys)
    companions = ", word lists, asked questions or maps changed" if plan.companions_changed else ""
    yield f"unchanged {len(plan.unchanged)} documents{companions}"


def refreshed_lines(done: Refreshed) -> Iterator[str]:
    """What a refresh did."""
    yield from plan_lines(done.plan)
    yield from (f"remark    {remark}" for remark in done.remarks)
    yield from (f"BROKEN    {fault}" for fault in done.faults)
    yield from (f"kept      {key}: its previous text still serves" for key in done.kept_previous)
    if done.counts:
        counts = done.counts
        yield (
            f"live      {done.build}: {counts['documents']} documents, {counts['passages']} passages, "
            f"{counts['asked']} asked questions, {counts['embedded']} texts embedded"
        )
    else:
        yield f"live      {done.build}: nothing to do"


def review_lines(review: Review, most: int = 0) -> Iterator[str]:
    """What changes in the law and in the answers to the golden questions; `most` bounds the articles of each document, 0 shows all."""
    yield from diff_lines(review.law, most)
    if review.remark:
        yield f"answers   {review.remark}"
    if review.watched:
        won, lost = sum(change.won for change in review.changes), len(review.lost)
        yield f"answers   {review.watched} golden questions: {len(review.changes)} answered otherwise, {lost} lost, {won} won"
        yield from (f"  {line}" for line in change_lines(review.changes))


def candidate_lines(candidate: Candidate, earlier: LegalDocument | None) -> Iterator[str]:
    """What comes in with a document, what to look at in it, and how it differs from what the library has of it."""
    document = candidate.document
    yield (
        f"comes in  {document.key}  {document.name}, issued {document.issued}, in force from {document.effective_from}, "
        f"{document.status}, {document.audience}: {candidate.articles} articles, from {candidate.origin}"
    )
    if candidate.repairs or candidate.left_out:
        yield f"    {candidate.repairs} misprints repaired, {candidate.left_out} articles of other documents left out"
    yield from (f"    doubt: {doubt}" for doubt in candidate.doubts[:_MOST_DOUBTS])
    if len(candidate.doubts) > _MOST_DOUBTS:
        yield f"    … and {len(candidate.doubts) - _MOST_DOUBTS} more doubts"
    if earlier is None:
        yield "    the library does not have it yet"
    elif difference := document_diff(earlier, document):
        yield from (f"    {line}" for line in diff_lines([difference]))
    else:
        yield f"    the library has the same text ({earlier.text})"


def state(reading: Reading, plan: Plan, live: str | None, today: date) -> dict[str, Any]:
    """How the library stands on the day: its documents, which of them nobody has checked for a year, and what waits for a refresh."""
    documents = [_row(document, today) for document in reading.library.documents]
    return {
        "live": live,
        "pending": {
            "added": plan.added,
            "changed": plan.changed,
            "missing": plan.missing,
            "companions": plan.companions_changed,
        },
        "counts": {
            "documents": len(documents),
            "digest": sum(row["text"] == "digest" for row in documents),
            "official": sum(row["text"] == "official" for row in documents),
            "unconfirmed": sum(row["status"] == "unconfirmed" for row in documents),
            "unchecked": sum(row["unchecked"] for row in documents),
        },
        "documents": documents,
        "faults": [str(fault) for fault in reading.faults],
    }


def _row(document: LegalDocument, today: date) -> dict[str, Any]:
    checked = max((source.checked for source in document.sources if source.checked), default=None)
    return {
        "key": document.key,
        "number": document.number,
        "issued": document.issued.isoformat(),
        "text": document.text,
        "status": document.status,
        "effective_from": document.effective_from.isoformat(),
        "effective_to": document.effective_to.isoformat() if document.effective_to else None,
        "articles": sum(article.level == "article" for _, article in document.articles()),
        "checked": checked.isoformat() if checked else None,
        "unchecked": checked is None or today - checked > UNCHECKED_AFTER,
    }


def state_lines(standing: dict[str, Any], plan: Plan) -> Iterator[str]:
    """The state for a terminal."""
    for row in standing["documents"]:
        late = "  CHECK AGAIN" if row["unchecked"] else ""
        yield f"{row['number']:28} {row['status']:12} {row['text']:9} {row['articles']:4} articles, checked {row['checked']}{late}"
    counts = standing["counts"]
    yield (
        f"{counts['documents']} documents: {counts['digest']} digests, {counts['official']} official texts; {counts['unconfirmed']} of "
        f"unconfirmed status, {counts['unchecked']} not checked against their source for a year"
    )
    yield from plan_lines(plan)
    yield from (f"BROKEN {fault}" for fault in standing["faults"])
    live = standing["live"]
    if live is None:
        yield "live: no build yet; run: python ingest.py"
    else:
        yield f"live: {live}{'' if plan.empty else '; the changes above wait for: python ingest.py'}"


def evaluation_lines(report: dict[str, Any]) -> Iterator[str]:
    """The result of an evaluation for a terminal."""
    rows: Sequence[tuple[str, dict[str, Any]]] = [("all", report), *report["by_style"].items()]
    for name, row in rows if len(rows) > 2 else rows[:1]:
        shares = ", ".join(
            f"{key} {row[key]:.1%}" for key in ("passed", "first", "cited", "facts", "refused") if row[key] is not None
        )
        yield f"{name:12} {row['n']} questions: {shares}"
    yield f"time         half within {report['ms_p50']} ms, 95 % within {report['ms_p95']} ms"
    yield f"failing      {', '.join(map(str, report['failing'])) or 'none'}"
