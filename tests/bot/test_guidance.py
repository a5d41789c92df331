"""What stands above the steps of a procedure: who acts, where, with which papers, and the page where it can be done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import guidance, guidance_texts
from bot.evidence import Evidence
from bot.message import Answer
from bot.serve import LiveKnowledge
from tests.conftest import TODAY

PORTAL = "https://dichvucong.example/thi-hanh-an"


@pytest.mark.parametrize(
    ("portal", "said"), [pytest.param(PORTAL, True, id="a page that a lawyer named"), pytest.param("", False, id="none known")]
)
def test_the_page_of_the_portal(live: LiveKnowledge, portal: str, said: bool) -> None:
    knowledge = live()
    procedure = replace(knowledge.situations.procedures["request-enforcement"], portal=portal)
    shown = guidance.steps(Answer("", TODAY, "citizen", "procedure", ""), procedure, {}, Evidence(knowledge.library, ""))
    assert (guidance_texts.ONLINE.format(portal=PORTAL) in shown.text) is said
    assert guidance_texts.ONLINE.split("{")[0] in shown.text or not said
    assert guidance_texts.OFFICE.format(office=procedure.before) in shown.text
