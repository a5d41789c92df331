"""Shows the rule of today beside the one it took over from: picks the pair of articles that both answer, with their dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import texts
from bot.compose import whole_clause
from bot.evidence import Evidence
from bot.message import Answer
from bot.state import Knowledge
from knowledge.citation import Citation, write_place
from knowledge.document import Provision
from knowledge.passages import Passage
from knowledge.search import ArticleHit
from knowledge.succession import Succession
from knowledge.text import shorten

KINSHIP = 0.15  # a pair of a document and the one that it replaced goes before a pair across
FIRST_NAMED = 0.08  # likewise the successor that a map names first
SAME_CLAUSE = 0.12  # and the one whose clause answers
NEAR = 0.4  # clauses and points of an article are shown that answer this share as well as its best
CLOSE = 0.85  # another pair is named when it is worth this share of the best
ALONE = 0.35  # what an article without counterpart loses against a pair
SECOND = 0.7  # a second old article is shown when it answers this share as well as the first


@dataclass(frozen=True, slots=True)
class Pair:
    """An article of today, an article of before, how the second became the first; one of them may be missing."""

    worth: float
    new: ArticleHit | None
    old: ArticleHit | None
    link: Succession | None

    @property
    def addresses(self) -> set[tuple[str, str]]:
        """The articles of the pair: document and article."""
        origin = {(str(self.link.origin.number), str(self.link.origin.article))} if self.link else set()
        return origin | {_address(hit) for hit in (self.new, self.old) if hit}


def pairs(new: Sequence[ArticleHit], old: Sequence[ArticleHit], knowledge: Knowledge) -> list[Pair]:
    """Every pair that the maps know among the articles found in both laws, the best first; articles without counterpart too."""
    top = max((hit.score for hit in (*new, *old)), default=1.0)
    old_hits = {_address(hit): hit for hit in old}
    found = []
    for hit in new:
        origins = knowledge.successions.origins(*_address(hit))
        for link in origins:
            before = old_hits.get((str(link.origin.number), str(link.origin.article)))
            worth = (hit.score + (before.score if before else 0)) / top * (1 + _kinship(link, hit, knowledge))
            found.append(Pair(worth, hit, before, link))
        if not origins:
            found.append(Pair(2 * hit.score / top - ALONE, hit, None, None))
    for hit in old:
        gone = knowledge.successions.of(*_address(hit))
        if gone and not gone.successors:
            found.append(Pair(2 * hit.score / top - ALONE, None, hit, gone))
    return sorted(found, key=lambda pair: -pair.worth)


def _address(hit: ArticleHit) -> tuple[str, str]:
    cited = hit.best.passage.citation
    return str(cited.number), str(cited.article)


def _kinship(link: Succession, hit: ArticleHit, knowledge: Knowledge) -> float:
    """How near an old article is to a new one: its document replaced, the place named first, the very clause that answers."""
    number, article = _address(hit)
    replaced = [n for d in knowledge.library.numbered(number) for n in d.replaces]
    first = link.successors[0]
    worth = KINSHIP if link.origin.number in replaced else 0.0
    worth += FIRST_NAMED if (first.number, first.article) == (number, article) else 0
    return worth + (SAME_CLAUSE if any(place.covers(hit.best.passage.citation) for place in link.successors) else 0)


def side_by_side(answer: Answer, found: Sequence[Pair], knowledge: Knowledge, evidence: Evidence, room: int) -> Answer:
    """The best pair as text; a second old article when it answers nearly as well."""
    best = found[0]
    shown = [best] + [
        p for p in found[1:] if p.new is best.new and p.old and best.old and p.old.score >= SECOND * best.old.score
    ][:1]
    each = room // (1 + len(shown))
    blocks: list[str] = []
    differences: list[str] = []
    said: list[tuple[Passage, str]] = []
    if best.new:
        said.append(_shown(best.new, knowledge, each))
        blocks.append(f"Luật mới – {_headed(*said[-1], knowledge, each)}")
    for pair in shown:
        # an old article that search did not find is shown as a whole
        place = _shown(pair.old, knowledge, each) if pair.old else evidence.place(pair.link.origin) if pair.link else None
        if place:
            said.append(place)
            blocks.append(f"Luật cũ – {_headed(*place, knowledge, each)}")
        if pair.link:
            differences.append(texts.differs(pair.link.change, evidence.name(pair.link.origin)))
    if best.link is None:
        blocks.append(texts.NO_OLD_COUNTERPART)
    elif not best.link.successors:
        differences.insert(0, texts.NO_NEW_COUNTERPART)
    other = _close(found, shown) if best.new and best.old else None
    if other and other.new and other.link:
        new, old = Citation(*_address(other.new)), other.link.origin
        blocks.append(texts.related_pair(evidence.name(new), evidence.name(old), other.link.change))
        said += [place for citation in (new, old) if (place := evidence.place(citation))]
    blocks.append(texts.as_of(answer.as_of))
    return replace(
        answer,
        kind="answer",
        text="\n\n".join([*differences, *blocks]),
        citations=tuple(evidence.citation(passage, text) for passage, text in said),
        warnings=evidence.warnings([passage for passage, _ in said], answer.as_of),
    )


def _close(found: Sequence[Pair], shown: Sequence[Pair]) -> Pair | None:
    """Another pair of other articles that is worth nearly as much: the subject may have two rules."""
    taken = set[tuple[str, str]]().union(*(pair.addresses for pair in shown))
    others = (p for p in found if p.new and p.old and p.worth >= CLOSE * found[0].worth and not taken & p.addresses)
    return next(others, None)


def _shown(hit: ArticleHit, knowledge: Knowledge, room: int) -> tuple[Passage, str]:
    """The article when there is room for it, else those of its clauses that answer best, in their order."""
    passage = hit.best.passage
    cited = passage.citation
    entry = knowledge.library.articles.get(passage.article_key)
    whole = entry[1].whole_text() if entry else passage.text
    if entry is None or len(whole) <= room:
        return replace(passage, citation=Citation(cited.number, cited.article)), whole
    near = [found.passage.citation for found in hit.hits if found.score >= NEAR * hit.best.score]
    kept: list[str] = []
    for label in dict.fromkeys(place.clause for place in near):
        clause = entry[1].child(label)
        if clause and (not kept or len(_clauses(entry[1], [*kept, clause.label])) <= room):
            kept.append(clause.label)
    if len(kept) > 1:
        return replace(passage, citation=Citation(cited.number, cited.article)), _clauses(entry[1], kept)
    text = whole_clause(passage, knowledge.library)
    if len(text) > room and (clause := entry[1].child(cited.clause)):
        text = _points(clause, [place.point for place in near if place.point and place.clause == cited.clause], room) or text
    return replace(passage, citation=Citation(cited.number, cited.article, cited.clause)), text


def _points(clause: Provision, wanted: Sequence[str], room: int) -> str:
    """The opening words of a clause with as many of the wanted points as there is room for; the first of them in any case."""
    text = ""
    for count in range(1, len(wanted) + 1):
        lines = [f"{point.label}) {point.whole_text()}" for point in clause.children if point.label in wanted[:count]]
        longer = "\n".join([clause.text, *lines])
        text = longer if not text or len(longer) <= room else text
    return text


def _clauses(article: Provision, labels: Sequence[str]) -> str:
    return "\n".join(f"{child.label}. {child.whole_text()}" for child in article.children if child.label in labels)


def _headed(passage: Passage, text: str, knowledge: Knowledge, room: int) -> str:
    document = knowledge.library.by_key[passage.document]
    place = write_place(passage.citation)
    return f"{place} {document.name} ({texts.span(document.effective_from, document.effective_to)}):\n{shorten(text, room)}"


def without_subject(answer: Answer, new: str, old: str) -> Answer:
    """What to ask back when the question says only that it wants a comparison."""
    return replace(answer, kind="clarification", text=texts.compare_what(new, old))
