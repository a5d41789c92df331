"""Who asks: staff or citizen, and whether they may ask again already."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from knowledge.search import Reader


class People:
    """Roles from the configuration, an allowance a minute from a sliding window."""

    def __init__(
        self, staff: Mapping[str, Sequence[str]], questions_a_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._staff = {(channel, person) for channel, people in staff.items() for person in people}
        self._allowance = questions_a_minute
        self._clock = clock
        self._asked: dict[tuple[str, str], deque[float]] = {}

    def role(self, channel: str, person: str) -> Reader:
        return "staff" if (channel, person) in self._staff else "citizen"

    def may_ask(self, channel: str, person: str) -> bool:
        """Whether this person has a question left this minute; asking uses one up."""
        now = self._clock()
        asked = self._asked.setdefault((channel, person), deque())
        while asked and now - asked[0] > 60:
            asked.popleft()
        if len(asked) >= self._allowance:
            return False
        asked.append(now)
        if len(self._asked) > 10_000:
            self._asked = {key: times for key, times in self._asked.items() if times and now - times[-1] <= 60}
        return True
