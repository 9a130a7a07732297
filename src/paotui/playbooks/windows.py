"""When work of a measure happens: once, a quota per period, rounds around an event, or once per occurrence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from paotui.authored.base import in_zone
from paotui.playbooks.errors import PlaybookError, Problem, problem
from paotui.playbooks.plan import Launch
from paotui.playbooks.schema import Each, Event, Measure, Occurrence, Playbook, Quota, Rounds
from paotui.worktime import END_OF_DAY, ZONE, LocalText


class Window(NamedTuple):
    """One time at which a measure is done; both ends None: once, from when it is ready."""

    opens_at: dt.datetime | None
    ends_at: dt.datetime | None
    occurrence: Occurrence | None = None


ONCE = (Window(None, None),)


def windows(playbook: Playbook, measure: Measure, launch: Launch, facts: Mapping[str, Any]) -> tuple[Window, ...]:
    """Return the windows of `measure` in the order they begin; raises PlaybookError when an event has no known time."""
    match measure.repeat:
        case None:
            return ONCE
        case Quota() as quota:
            return tuple(_quota(quota, launch.period_start, launch.period_end))
        case Rounds() as rounds:
            found = _needed(playbook, rounds.around, launch, facts)
            return tuple(window for one in found for window in _rounds(rounds, one))
        case Each() as each:
            found = _needed(playbook, each.each, launch, facts)
            return tuple(Window(one.starts, one.ends, one) for one in (by_day(found) if each.by == "day" else found))


def occurrences(playbook: Playbook, name: str, launch: Launch, facts: Mapping[str, Any]) -> tuple[Occurrence, ...]:
    """Return an event's happenings in order of time: those of the launch, the target's fact, or the playbook.

    A date fact is the whole day; a blank one gives none.
    """
    event = event_of(playbook, name)
    found = launch.occurrences.get(name) or event.occurrences
    if event.fact is not None and name not in launch.occurrences:
        value = facts.get(event.fact)
        return (_of_fact(value),) if isinstance(value, dt.date) else ()
    return tuple(sorted(found, key=lambda one: one.starts))


def depends_on_facts(playbook: Playbook, name: str, launch: Launch) -> bool:
    """Tell whether an event happens at another time for every target."""
    return event_of(playbook, name).fact is not None and name not in launch.occurrences


def _needed(playbook: Playbook, name: str, launch: Launch, facts: Mapping[str, Any]) -> tuple[Occurrence, ...]:
    found = occurrences(playbook, name, launch, facts)
    if not found:
        event = event_of(playbook, name)
        raise PlaybookError(
            [_unknown_fact(event) if depends_on_facts(playbook, name, launch) else _no_occurrence(event)]
        )
    return found


def event_of(playbook: Playbook, name: str) -> Event:
    """Return the event called `name`; KeyError when there is none (the linter finds it first)."""
    for event in playbook.events:
        if event.name == name:
            return event
    raise KeyError(name)


def repeated_event(measure: Measure) -> str | None:
    """Return the name of the event `measure` repeats around, None when it does not."""
    match measure.repeat:
        case Rounds(around=name) | Each(each=name):
            return name
    return None


def by_day(found: tuple[Occurrence, ...]) -> list[Occurrence]:
    """Return one occurrence per day on which an occurrence starts, from the first start to the last end."""
    days: dict[dt.date, Occurrence] = {}
    for one in found:
        day = in_zone(one.starts).date()
        before = days.get(day)
        days[day] = Occurrence(starts=before.starts, ends=max(before.ends, one.ends)) if before else one
    return list(days.values())


def midnight(day: dt.date) -> dt.datetime:
    """Return the beginning of a day in Asia/Shanghai."""
    return dt.datetime.combine(day, dt.time.min, ZONE)


def end_of(day: dt.date) -> dt.datetime:
    """Return the end of a day in Asia/Shanghai, kept on that day."""
    return dt.datetime.combine(day, END_OF_DAY, ZONE)


def _of_fact(value: dt.date) -> Occurrence:
    if isinstance(value, dt.datetime):
        return Occurrence(starts=value, ends=value)
    return Occurrence(starts=midnight(value), ends=end_of(value))


def _rounds(rounds: Rounds, one: Occurrence) -> Iterator[Window]:
    step = dt.timedelta(minutes=rounds.every_minutes)
    begin = one.starts - dt.timedelta(minutes=rounds.before_minutes)
    finish = one.ends + dt.timedelta(minutes=rounds.after_minutes)
    spans = [(begin, finish)] if rounds.during else [(begin, one.starts), (one.ends, finish)]
    for start, end in spans:
        while start < end:
            yield Window(start, min(start + step, end), one)
            start += step


def _quota(quota: Quota, start: dt.date, end: dt.date) -> Iterator[Window]:
    for first, last in periods(quota.per, start, end):
        yield from (Window(midnight(first), end_of(last)) for _ in range(quota.at_least))


def periods(per: str, start: dt.date, end: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield (first day, last day) of each week (from Monday), month, quarter or year in [start, end], clipped to it."""
    first = start
    while first <= end:
        following = _next_period(per, first)
        yield first, min(following - dt.timedelta(1), end)
        first = following


def _next_period(per: str, day: dt.date) -> dt.date:
    if per == "week":
        return day + dt.timedelta(7 - day.weekday())
    months = {"month": 1, "quarter": 3, "year": 12}[per]
    month = (day.month - 1) // months * months + months
    return dt.date(day.year + month // 12, month % 12 + 1, 1)


def _unknown_fact(event: Event) -> Problem:
    return problem(
        LocalText(
            f"“{event.label.zh}”的时间未知：名册里 {event.fact} 一栏是空的",
            f"the time of {event.name} is not known: {event.fact} is blank in the roster",
        ),
        LocalText(
            "请在名册中补上，或给该措施加条件 known: true。",
            "Fill it in, or give the measure the condition `known: true`.",
        ),
        path=f"events.{event.name}", code="unknown-time",
    )  # fmt: skip


def _no_occurrence(event: Event) -> Problem:
    return problem(
        LocalText(f"“{event.label.zh}”还没有时间", f"the event {event.name} has no time yet"),
        LocalText("请在启动时填写，或写进方案的 occurrences。", "Give its occurrences at launch, or in the playbook."),
        path=f"events.{event.name}", code="unknown-time",
    )  # fmt: skip
