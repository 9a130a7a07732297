"""Due rules: from what a playbook says to a rule of working time, and to the moment work is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from paotui.authored.base import in_zone
from paotui.playbooks.plan import Launch
from paotui.playbooks.schema import Due, Measure, Occurrence, Playbook
from paotui.playbooks.windows import Window, by_day, end_of, midnight, occurrences, repeated_event
from paotui.worktime import (
    ZONE,
    BeforeClock,
    Calendar,
    CalendarDays,
    Deadline,
    EndOfMonth,
    EndOfYear,
    Extension,
    Hours,
    Pause,
    Rule,
    Statutory,
    WorkingDays,
    deadline,
)

Times = Mapping[str, dt.datetime]


class Situation(NamedTuple):
    """All a due rule may look at."""

    playbook: Playbook
    measure: Measure
    launch: Launch
    window: Window
    ready_at: dt.datetime | None
    done_at: Times
    facts: Mapping[str, Any]


def due_at(
    playbook: Playbook,
    measure: Measure,
    *,
    launch: Launch,
    occurrence: Occurrence | None = None,
    ready_at: dt.datetime | None = None,
    done_at: Times | None = None,
    facts: Mapping[str, Any],
    calendar: Calendar,
) -> dt.datetime | None:
    """Return when work is due; None without a due rule, or while what it counts from has not happened.

    `occurrence` is the happening of a repeating event the work belongs to; `done_at` maps finished measures to moments.
    """
    found = deadline_of(
        playbook, measure, launch=launch, occurrence=occurrence, ready_at=ready_at, done_at=done_at, facts=facts,
        calendar=calendar,
    )  # fmt: skip
    if found is not None:
        return found.due
    return occurrence.ends if occurrence is not None and measure.due is None else None


def deadline_of(
    playbook: Playbook,
    measure: Measure,
    *,
    launch: Launch,
    occurrence: Occurrence | None = None,
    ready_at: dt.datetime | None = None,
    done_at: Times | None = None,
    facts: Mapping[str, Any],
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
    extension: Extension | None = None,
) -> Deadline | None:
    """Return the deadline, ready to be explained; None when there is no rule or nothing to count from."""
    window = Window(occurrence.starts, occurrence.ends, occurrence) if occurrence else Window(None, None)
    situation = Situation(playbook, measure, launch, window, ready_at, done_at or {}, facts)
    return computed(situation, calendar, pauses=pauses, extension=extension)


def computed(
    situation: Situation, calendar: Calendar, *, pauses: Iterable[Pause] = (), extension: Extension | None = None
) -> Deadline | None:
    """Return the deadline in a situation; see `deadline_of`."""
    due = situation.measure.due
    if due is None:
        return None
    if due.before is not None or due.at_end_of is not None or due.end_of == "period":
        named = _named_day(due, situation)
        return None if named is None else _on(named, calendar)
    start = starts_at(due, situation)
    if start is None:
        return None
    return deadline(rule(due), start, calendar, pauses=pauses, extension=extension)


def _on(moment: dt.datetime, calendar: Calendar) -> Deadline:
    return deadline(BeforeClock(moment.time(), (moment.date(),)), midnight(moment.date()), calendar)


def rule(due: Due) -> Rule:
    """Return the rule of working time for a due rule that counts from a start."""
    if due.working_days is not None:
        return WorkingDays(due.working_days)
    if due.calendar_days is not None:
        return CalendarDays(due.calendar_days)
    if due.hours is not None:
        return Hours(due.hours)
    if due.statutory is not None:
        return Statutory(due.statutory.days, due.statutory.extension)
    return EndOfYear() if due.end_of == "year" else EndOfMonth()


def starts_at(due: Due, situation: Situation) -> dt.datetime | None:
    """Return the moment a due rule counts from: launch, ready, a measure done, an event's end, a fact of the target."""
    name = due.after
    if name == "launch":
        return situation.launch.at
    if name == "ready":
        return situation.ready_at or situation.window.opens_at
    if any(measure.id == name for measure in situation.playbook.measures):
        return situation.done_at.get(name)
    if any(event.name == name for event in situation.playbook.events):
        return _end_of_event(name, situation)
    value = situation.facts.get(name)
    if isinstance(value, dt.datetime):
        return in_zone(value)
    return midnight(value) if isinstance(value, dt.date) else None


def _named_day(due: Due, situation: Situation) -> dt.datetime | None:
    """Return the moment of a rule that names it: before a clock, at an event's end, end of the period."""
    if due.end_of == "period":
        return end_of(situation.launch.period_end)
    if due.at_end_of is not None:
        return _end_of_round(due.at_end_of, situation)
    if due.before is None or due.on is None:
        return None
    moments = [dt.datetime.combine(day, due.before, ZONE) for day in _days(due.on, situation)]
    begun = situation.ready_at or situation.launch.at
    # When every day has passed the last one stands: work that comes too late is overdue, not without a deadline.
    return next((moment for moment in moments if moment >= begun), moments[-1] if moments else None)


def _days(on: str | tuple[dt.date, ...], situation: Situation) -> list[dt.date]:
    if not isinstance(on, str):
        return sorted(on)
    return [in_zone(one.starts).date() for one in by_day(_happenings(on, situation))]


def _happenings(event: str, situation: Situation) -> tuple[Occurrence, ...]:
    """Return the occurrence the work belongs to when it repeats with this event, else all of them."""
    if situation.window.occurrence is not None and repeated_event(situation.measure) == event:
        return (situation.window.occurrence,)
    return occurrences(situation.playbook, event, situation.launch, situation.facts)


def _end_of_event(event: str, situation: Situation) -> dt.datetime | None:
    return max((in_zone(one.ends) for one in _happenings(event, situation)), default=None)


def _end_of_round(event: str, situation: Situation) -> dt.datetime | None:
    if situation.window.ends_at is not None and repeated_event(situation.measure) == event:
        return in_zone(situation.window.ends_at)
    return _end_of_event(event, situation)
