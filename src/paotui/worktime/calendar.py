"""A calendar of working days: immutable, versioned, with the reason and the source of every day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from paotui.local_text import LocalText

from .wording import UnknownYear, WorktimeError

# 国务院关于职工工作时间的规定 (State Council Order 174, 1995), art. 7: Saturday and Sunday are the weekly rest days.
WEEKLY_REST = "国务院令第174号第七条"
_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a calendar: whether it is a working day, why, and by which notice."""

    date: date
    working: bool
    reason: LocalText
    source: str


def weekday(day: date) -> LocalText:
    return LocalText(_ZH[day.weekday()], _EN[day.weekday()])


def ordinary(day: date) -> Day:
    """Return `day` as the week alone decides it, before any notice."""
    name = weekday(day)
    if day.weekday() < 5:
        return Day(day, True, LocalText(f"工作日（{name.zh}）", f"Working day ({name.en})"), WEEKLY_REST)
    return Day(day, False, LocalText(f"周末休息（{name.zh}）", f"Weekend ({name.en})"), WEEKLY_REST)


@dataclass(frozen=True)
class Calendar:
    """One version of a calendar, known from 1 January of `first` to 31 December of `last`.

    `marked` holds the days a notice decides; all others follow the week. `as_of` is the day this version became known.
    Counting is by index into tables made once, so a deadline costs the same for 1 day and for 500.
    """

    name: str
    version: str
    as_of: date
    first: int
    last: int
    marked: Mapping[date, Day] = field(repr=False, hash=False)
    _working: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _before: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        working: list[int] = []
        before: list[int] = []
        for ordinal in range(date(self.first, 1, 1).toordinal(), date(self.last, 12, 31).toordinal() + 1):
            before.append(len(working))
            day = date.fromordinal(ordinal)
            mark = self.marked.get(day)
            if mark.working if mark else day.weekday() < 5:
                working.append(ordinal)
        object.__setattr__(self, "marked", MappingProxyType(dict(self.marked)))
        object.__setattr__(self, "_working", tuple(working))
        object.__setattr__(self, "_before", tuple(before))

    def is_working(self, day: date) -> bool:
        """Tell whether `day` is a working day; raises UnknownYear."""
        self._check(day.year)
        mark = self.marked.get(day)
        return mark.working if mark else day.weekday() < 5

    def day(self, day: date) -> Day:
        """Return `day` with the reason and source of its being a working day or not; raises UnknownYear."""
        self._check(day.year)
        return self.marked.get(day) or ordinary(day)

    def working_before(self, day: date) -> int:
        """Return how many working days of the calendar lie before `day`; raises UnknownYear."""
        self._check(day.year)
        return self._before[day.toordinal() - date(self.first, 1, 1).toordinal()]

    def working_day(self, index: int) -> date:
        """Return the working day that has `index` working days of the calendar before it; raises UnknownYear."""
        if index >= len(self._working):
            raise self._unknown(self.last + 1)
        return date.fromordinal(self._working[index])

    def next_working(self, day: date) -> date:
        """Return `day` if it is a working day, else the first one after it; raises UnknownYear."""
        return self.working_day(self.working_before(day))

    def _check(self, year: int) -> None:
        if not self.first <= year <= self.last:
            raise self._unknown(year)

    def _unknown(self, year: int) -> UnknownYear:
        known = f"{self.first}–{self.last}"
        return UnknownYear(
            zh=f"日历 {self.name}（{self.version}）只有 {known} 年，没有 {year} 年的节假日安排："
            "请补充该年的国务院办公厅通知。",
            en=f"Calendar {self.name} ({self.version}) knows {known} but not {year}: "
            f"add the State Council notice for {year} to the calendar library.",
        )


def amended(calendar: Calendar, days: Mapping[date, bool], version: str, source: str) -> Calendar:
    """Return `calendar` with the `days` of a district notice (True: working day) laid over it, as a new version.

    `version` is appended to the calendar's own; `source` names the notice. Raises UnknownYear for a day outside it.
    """
    if not version or not source:
        raise WorktimeError(
            zh="修改日历必须写明版本和依据的通知。",
            en="Name the version and the notice an amendment of a calendar rests on.",
        )
    marks = {day: _by_district(calendar.day(day), working, source) for day, working in days.items()}
    return replace(calendar, version=f"{calendar.version}+{version}", marked={**calendar.marked, **marks})


def _by_district(before: Day, working: bool, source: str) -> Day:
    name = weekday(before.date)
    if working:
        return Day(before.date, True, LocalText(f"通知上班（{name.zh}）", f"Working by notice ({name.en})"), source)
    return Day(before.date, False, LocalText(f"通知休息（{name.zh}）", f"Rest by notice ({name.en})"), source)
