"""Whole conversations: nearly every turn cites a place that answers it; a file that cannot be judged is named with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.errors import ConfigError
from bot.message import Answer, AnswerCitation, Kind
from bot.talks import Turn, evaluate_talks, judge_turn, read_talks
from knowledge.citation import Citation
from knowledge.soundness import has_place
from tests.conftest import ROOT, TODAY

FOLDER = ROOT / "tests/bot/conversations"
LAW = "106/2025/QH15"


def answer(*articles: str, kind: Kind = "answer") -> Answer:
    cited = tuple(AnswerCitation(LAW, a, "1", None, "Tên", "Lời", "digest", "2026-07-01", None, "") for a in articles)
    return Answer("Hỏi?", TODAY, "citizen", kind, "Đáp.", cited)


@pytest.fixture(scope="module")
def report(assistant: Assistant) -> dict[str, object]:
    return evaluate_talks(assistant, read_talks(FOLDER))


def test_turns_cite_what_answers_them(report: dict[str, float]) -> None:
    assert (report["cited"], report["first"], report["kind"]) >= (0.95, 0.75, 1.0), report["failing"]


def test_there_are_enough(report: dict[str, float]) -> None:
    assert report["conversations"] >= 12
    assert report["turns"] >= 60
    assert max(len(talk.turns) for talk in read_talks(FOLDER)) >= 12


def test_every_expected_place_exists(assistant: Assistant) -> None:
    wanted = {place for talk in read_talks(FOLDER) for turn in talk.turns for place in turn.cites}
    absent = [
        place
        for place in sorted(wanted)
        if not any(has_place(d, place.article or "", None, None) for d in assistant.library.numbered(place.number or ""))
    ]
    assert absent == []


@pytest.mark.parametrize(
    ("turn", "given", "passed"),
    [
        pytest.param(Turn("?", (Citation(LAW, "36"),), "", None), answer("37", "36"), True, id="cited behind another"),
        pytest.param(Turn("?", (Citation(LAW, "36"),), "", None), answer("37"), False, id="not cited"),
        pytest.param(Turn("?", (Citation(LAW, "36"), Citation(LAW, "37")), "", None), answer("37"), True, id="one of two"),
        pytest.param(Turn("?", (), "refusal", None), answer(kind="refusal"), True, id="refused"),
        pytest.param(Turn("?", (), "refusal", None), answer("36"), False, id="not refused"),
        pytest.param(Turn("?", (Citation(LAW, "36"),), "article", None), answer("36"), False, id="cited by another kind"),
        pytest.param(Turn("?", (Citation(LAW, "36"),), "", date(2020, 1, 1)), answer("36"), False, id="the law of another day"),
    ],
)
def test_judged(turn: Turn, given: Answer, passed: bool) -> None:
    assert judge_turn(turn, given)["passed"] is passed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("turns: []\n", "no turns", id="nothing"),
        pytest.param("role: king\nturns:\n  - {says: a, kind: answer}\n", "a.yaml:1: role is 'king'", id="role"),
        pytest.param("role: staff\nturns:\n  - {says: a}\n", "a.yaml:2: turn 1 cannot be judged", id="nothing expected"),
        pytest.param("turns:\n  - {says: a, cites: ['Điều 36']}\n", "turn 1", id="no document"),
        pytest.param("turns:\n  - {says: a, kind: answer}\n  - {says: b, kind: song}\n", "turn 2", id="kind"),
        pytest.param("turns: [\n", "a.yaml", id="no YAML"),
    ],
)
def test_a_wrong_file_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        read_talks(tmp_path / "a.yaml")


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"has no \.yaml files"):
        read_talks(tmp_path)
