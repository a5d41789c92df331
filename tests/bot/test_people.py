"""Roles from the configuration, and the allowance a minute by a clock that the test turns."""

from __future__ import annotations

import pytest

from bot.people import People


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(clock: Clock) -> People:
    return People({"telegram": ["7", "8"], "web": ["an"]}, 3, clock)


@pytest.mark.parametrize(
    ("channel", "person", "role"),
    [
        pytest.param("telegram", "7", "staff", id="named"),
        pytest.param("telegram", "9", "citizen", id="not named"),
        pytest.param("web", "7", "citizen", id="named on another channel"),
        pytest.param("web", "an", "staff", id="of the second channel"),
        pytest.param("web", "", "citizen", id="nobody"),
        pytest.param("zalo", "an", "citizen", id="a channel without staff"),
    ],
)
def test_role(people: People, channel: str, person: str, role: str) -> None:
    assert people.role(channel, person) == role


@pytest.mark.parametrize(
    ("moments", "allowed"),
    [
        pytest.param([0, 0, 0], [True, True, True], id="all three at once"),
        pytest.param([0, 1, 2, 3], [True, True, True, False], id="a fourth"),
        pytest.param([0, 1, 2, 59], [True, True, True, False], id="still within the minute"),
        pytest.param([0, 1, 2, 61], [True, True, True, True], id="the first is a minute old"),
        pytest.param([0, 30, 30, 61, 62], [True, True, True, True, False], id="the window slides"),
        pytest.param([0, 1, 2, 3, 4, 61], [True, True, True, False, False, True], id="a refused one does not count"),
        pytest.param([0, 1, 2, 200, 201, 202, 203], [True] * 6 + [False], id="a pause gives all back"),
    ],
)
def test_allowance(people: People, clock: Clock, moments: list[float], allowed: list[bool]) -> None:
    given = []
    for moment in moments:
        clock.now = 1000 + moment
        given.append(people.may_ask("web", "bình"))
    assert given == allowed


def test_each_has_their_own(people: People) -> None:
    for _ in range(3):
        people.may_ask("web", "bình")
    assert not people.may_ask("web", "bình")
    assert people.may_ask("web", "chi")
    assert people.may_ask("telegram", "bình")


def test_a_crowd_gives_nobody_more(people: People, clock: Clock) -> None:
    """When old entries are cleared away, those of this minute stay."""
    for _ in range(3):
        people.may_ask("web", "bình")
    for n in range(10_050):
        assert people.may_ask("web", f"người {n}")
    assert not people.may_ask("web", "bình")
    clock.now += 61
    assert people.may_ask("web", "bình")
