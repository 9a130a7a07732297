"""Due rules, as plain values: what a deadline is counted in, and to when.

Periods in days follow 民法典 art. 200-204 (before 2021: 民法总则, same articles): the day of the event is not counted,
the period ends at 24:00 of its last day or, where there is a closing hour (`at_clock`), then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from .wording import WorktimeError


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Due on the n-th working day after the event; 0 means the day itself, or the next working day."""

    n: int
    at_clock: time | None = None

    def __post_init__(self) -> None:
        _refuse_below(0, self.n, "工作日", "working days")


@dataclass(frozen=True, slots=True)
class CalendarDays:
    """Due on the n-th day after the event; with `roll`, a last day of rest moves to the next working day (art. 203)."""

    n: int
    at_clock: time | None = None
    roll: bool = True

    def __post_init__(self) -> None:
        _refuse_below(0, self.n, "日", "calendar days")


@dataclass(frozen=True, slots=True)
class Hours:
    """Due n hours after the event, nights and rest days included (art. 201: hours run from the event itself)."""

    n: int | Decimal

    def __post_init__(self) -> None:
        if self.n <= 0:
            _refuse_below(1, int(self.n), "小时", "hours")


@dataclass(frozen=True, slots=True)
class BeforeClock:
    """Due at `time` of the first of the given `days` still ahead of the event."""

    time: time
    days: tuple[date, ...]

    def __post_init__(self) -> None:
        if not self.days:
            raise WorktimeError(
                zh="“在某时刻前完成”的期限必须列出日期。", en="A deadline before a clock time needs at least one day."
            )


@dataclass(frozen=True, slots=True)
class EndOfMonth:
    """Due at the end of the event's month. The date is named, not counted: rest days and pauses do not move it."""


@dataclass(frozen=True, slots=True)
class EndOfYear:
    """Due at the end of the event's year. The date is named, not counted: rest days and pauses do not move it."""


@dataclass(frozen=True, slots=True)
class Statutory:
    """The limit of a licensing decision in working days (行政许可法 art. 42, 82): 20 + 10; several departments 45 + 15.

    The extension does not come by itself: it takes an Extension with its approver, once.
    """

    days: int = 20
    extension: int = 10

    def __post_init__(self) -> None:
        _refuse_below(1, self.days, "工作日", "working days")
        _refuse_below(0, self.extension, "工作日", "working days of extension")


Rule = WorkingDays | CalendarDays | Hours | BeforeClock | EndOfMonth | EndOfYear | Statutory


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still from `start` to `end` (None: it still does), for `reason` (行政许可法 art. 45)."""

    start: datetime
    end: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Extension:
    """`days` more, granted by `approver` at `granted_at`, for `reason`, which the applicant is told (art. 42)."""

    days: int
    approver: str
    granted_at: datetime
    reason: str


def _refuse_below(least: int, n: int, zh: str, en: str) -> None:
    if n < least:
        raise WorktimeError(
            zh=f"期限不能是 {n} {zh}：至少 {least}。", en=f"A deadline of {n} {en} cannot be: use {least} or more."
        )
