"""Working time: official calendars as they stood, deadlines, pauses, and why a deadline falls when it does.

Pure: no clock is read and nothing is stored. Every moment is an argument with a time zone;
results are in Asia/Shanghai.
"""

from paotui.local_text import LocalText

from .calendar import Calendar, Day, amended
from .changes import Moved, extended, paused, recompute, resumed
from .deadlines import Deadline, deadline
from .explaining import ExplainedDay, explain
from .notices import Notice, disagreements, notices, official, official_version
from .rules import (
    BeforeClock,
    CalendarDays,
    EndOfMonth,
    EndOfYear,
    Extension,
    Hours,
    Pause,
    Rule,
    Statutory,
    WorkingDays,
)
from .wording import UnknownYear, WorktimeError
from .zone import END_OF_DAY, ZONE

__all__ = [
    "END_OF_DAY",
    "ZONE",
    "BeforeClock",
    "Calendar",
    "CalendarDays",
    "Day",
    "Deadline",
    "EndOfMonth",
    "EndOfYear",
    "ExplainedDay",
    "Extension",
    "Hours",
    "LocalText",
    "Moved",
    "Notice",
    "Pause",
    "Rule",
    "Statutory",
    "UnknownYear",
    "WorkingDays",
    "WorktimeError",
    "amended",
    "deadline",
    "disagreements",
    "explain",
    "extended",
    "notices",
    "official",
    "official_version",
    "paused",
    "recompute",
    "resumed",
]
