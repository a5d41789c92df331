"""What day and what time of day it is in Việt Nam."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def today() -> date:
    """The date in Việt Nam."""
    return datetime.now(VIETNAM).date()


def clock() -> time:
    """The time of day in Việt Nam."""
    return datetime.now(VIETNAM).time()
