"""Short hands for moments and days in the tests of working time."""

from __future__ import annotations

from datetime import date, datetime

from paotui.worktime import ZONE


def moment(text: str) -> datetime:
    """Return "2020-01-21 09:00" as a moment in the zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def end_of(text: str) -> datetime:
    """Return the end of the day, when a period ends by law."""
    return moment(f"{text} 23:59:59")


def day(text: str) -> date:
    return date.fromisoformat(text)
