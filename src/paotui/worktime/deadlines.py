"""When something is due: rule, event, calendar and pauses in; a deadline that remembers them all out."""

from __future__ import annotations

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never

from .calendar import Calendar
from .pauses import Span, in_order, merged
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
from .wording import WorktimeError
from .zone import at, local


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment due (None while the clock is paused) and what it was computed from, to explain and recompute it."""

    due: datetime | None
    rule: Rule
    start: datetime
    calendar_name: str
    calendar_version: str
    pauses: tuple[Pause, ...] = ()
    extension: Extension | None = None


def deadline(
    rule: Rule,
    start: datetime,
    calendar: Calendar,
    *,
    pauses: Iterable[Pause] = (),
    extension: Extension | None = None,
) -> Deadline:
    """Return the deadline `rule` sets for an event at `start`; `due` is None as long as a pause stands open.

    A pause that begins after the deadline has run out changes nothing. Named dates (BeforeClock, EndOfMonth, EndOfYear)
    are not moved by pauses. Raises UnknownYear, and WorktimeError for an extension, pause or moment that cannot be.
    """
    begin, stops = local(start), in_order(pauses)
    if extension is not None:
        check_extension(rule, begin, calendar, stops, extension)
    return computed(rule, begin, calendar, stops, extension)


def computed(
    rule: Rule, start: datetime, calendar: Calendar, pauses: tuple[Pause, ...], extension: Extension | None
) -> Deadline:
    """Return the deadline of values already checked: once granted, an extension stays when the calendar changes."""
    due = _due(rule, start, calendar, merged(pauses, start), extension)
    if due is not None and due < start:
        raise WorktimeError(
            zh=f"期限 {due:%Y-%m-%d %H:%M} 早于起算时间 {start:%Y-%m-%d %H:%M}：请推后时刻或增加天数。",
            en=f"The deadline {due:%Y-%m-%d %H:%M} lies before its event {start:%Y-%m-%d %H:%M}: "
            "allow a later clock or more days.",
        )
    return Deadline(due, rule, start, calendar.name, calendar.version, pauses, extension)


def check_extension(
    rule: Rule, start: datetime, calendar: Calendar, pauses: tuple[Pause, ...], extension: Extension
) -> None:
    """Raise WorktimeError unless the extension is lawful: statutory, approved with a reason, short enough, in time."""
    if not isinstance(rule, Statutory):
        raise WorktimeError(zh="只有法定期限可以延长。", en="Only a statutory limit can be extended.")
    if not extension.approver.strip() or not extension.reason.strip():
        raise WorktimeError(
            zh="延长期限须经负责人批准并告知理由：请写明批准人和理由。",
            en="An extension takes an approver and a reason told to the applicant: name both.",
        )
    if not 1 <= extension.days <= rule.extension:
        raise WorktimeError(
            zh=f"期限最多延长 {rule.extension} 个工作日，不能延长 {extension.days} 个。",
            en=f"The limit can be extended by 1 to {rule.extension} working days, not by {extension.days}.",
        )
    granted = local(extension.granted_at)
    due = _due(rule, start, calendar, merged(pauses, start), None)
    if granted < start or (due is not None and granted > due):
        raise WorktimeError(
            zh=f"延长须在期限内批准：{granted:%Y-%m-%d %H:%M} 不在起算与届满之间。",
            en=f"An extension is granted while the limit runs: {granted:%Y-%m-%d %H:%M} lies outside it.",
        )


def _due(
    rule: Rule, start: datetime, calendar: Calendar, spans: list[Span], extension: Extension | None
) -> datetime | None:
    match rule:
        case WorkingDays():
            return _working(rule, start, calendar, spans)
        case Statutory():
            total = rule.days + (extension.days if extension else 0)
            return _working(WorkingDays(total), start, calendar, spans)
        case CalendarDays():
            return _calendar_days(rule, start, calendar, spans)
        case Hours():
            return _hours(rule, start, spans)
        case BeforeClock():
            return _before_clock(rule, start)
        case EndOfMonth():
            last = months.monthrange(start.year, start.month)[1]
            return at(start.date().replace(day=last))
        case EndOfYear():
            return at(date(start.year, 12, 31))
        case _:
            assert_never(rule)


def first_day(rule: WorkingDays | CalendarDays | Statutory, start: datetime) -> date:
    """Return the first day that can count: the day after the event (art. 201), the day itself only for "0 days"."""
    same_day = not isinstance(rule, Statutory) and rule.n == 0
    return start.date() if same_day else start.date() + timedelta(1)


def _working(rule: WorkingDays, start: datetime, calendar: Calendar, spans: list[Span]) -> datetime | None:
    first = first_day(rule, start)
    index = calendar.working_before(first) + max(rule.n, 1) - 1
    for begin, end in spans:
        if begin >= at(calendar.working_day(index), rule.at_clock):
            break
        if end is None:
            return None
        stopped = max(begin.date(), first)
        if end.date() > stopped:
            index += calendar.working_before(end.date()) - calendar.working_before(stopped)
    return at(calendar.working_day(index), rule.at_clock)


def _calendar_days(rule: CalendarDays, start: datetime, calendar: Calendar, spans: list[Span]) -> datetime | None:
    first, last = first_day(rule, start), start.date() + timedelta(rule.n)
    for begin, end in spans:
        if begin >= at(_rolled(rule, last, calendar), rule.at_clock):
            break
        if end is None:
            return None
        if begin.date() <= last:
            last += max(end.date() - max(begin.date(), first), timedelta(0))
        else:  # the days are up and only the rest days before the moved last day are left
            last = max(last, end.date())
    return at(_rolled(rule, last, calendar), rule.at_clock)


def _rolled(rule: CalendarDays, last: date, calendar: Calendar) -> date:
    return calendar.next_working(last) if rule.roll else last


def _hours(rule: Hours, start: datetime, spans: list[Span]) -> datetime | None:
    due = start + timedelta(seconds=float(rule.n * 3600))
    for begin, end in spans:
        if begin >= due:
            break
        if end is None:
            return None
        due += end - begin
    return due


def _before_clock(rule: BeforeClock, start: datetime) -> datetime:
    for day in sorted(rule.days):
        if (moment := at(day, rule.time)) >= start:
            return moment
    raise WorktimeError(
        zh=f"列出的日期在 {start:%Y-%m-%d %H:%M} 之前都已过 {rule.time:%H:%M}：请给出更晚的日期。",
        en=f"On every day given, {rule.time:%H:%M} has passed before {start:%Y-%m-%d %H:%M}: give a later day.",
    )
