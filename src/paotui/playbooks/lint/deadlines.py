"""Deadlines: each can be met, and each has something to count from."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from paotui.playbooks.lint.finder import Finder
from paotui.playbooks.schema import Due, Each, Measure, Quota, Rounds
from paotui.playbooks.windows import by_day, repeated_event
from paotui.worktime import ZONE

COUNTED = ("working_days", "calendar_days", "hours", "statutory")


def check(finder: Finder) -> None:
    for path, measure in finder.each_measure():
        _repeat(finder, path, measure)
        if measure.due is not None:
            _quota(finder, path, measure)
            _start(finder, f"{path}.due", measure, measure.due)
            _clock(finder, f"{path}.due", measure, measure.due)
            _after_predecessors(finder, f"{path}.due", measure)


def _quota(finder: Finder, path: str, measure: Measure) -> None:
    if isinstance(measure.repeat, Quota):
        finder.add(
            f"{path}.due",
            "quota-due",
            ("按期计次的措施到期末为止，不能另写期限", "a quota is due at the end of its period and takes no due rule"),
            ("去掉 due。", "Leave out `due`."),
        )


def _repeat(finder: Finder, path: str, measure: Measure) -> None:
    rounds = measure.repeat
    if isinstance(rounds, Rounds) and not rounds.during and not rounds.before_minutes and not rounds.after_minutes:
        finder.add(
            f"{path}.repeat",
            "no-rounds",
            ("不在期间，也不在前后，就没有轮次", "not during, not before, not after: there is no round"),
            ("写上 before_minutes 或 after_minutes。", "Say `before_minutes` or `after_minutes`."),
        )
    _overlap(finder, path, measure)
    name = repeated_event(measure)
    event = finder.events.get(name) if name else None
    fact = finder.facts.get(event.fact) if event and event.fact else None
    if fact is not None and not fact.required and not _asks_for(measure, fact.name):
        finder.warn(
            f"{path}.repeat",
            "maybe-no-time",
            (f"“{fact.name}”可以不填，不填就无法启动", f"{fact.name} may be blank, and then there is no time for this"),
            (f"加条件 fact: {fact.name}, known: true。", f"Add the condition `fact: {fact.name}, known: true`."),
        )


def _overlap(finder: Finder, path: str, measure: Measure) -> None:
    """Rounds after one occurrence that run into those before the next would ask for the same work twice."""
    rounds = measure.repeat
    if not isinstance(rounds, Rounds) or rounds.around not in finder.events:
        return
    gap = dt.timedelta(minutes=rounds.before_minutes + rounds.after_minutes)
    happens = sorted(finder.events[rounds.around].occurrences, key=lambda one: one.starts)
    for one, following in pairwise(happens):
        if following.starts - one.ends < gap:
            finder.warn(
                f"{path}.repeat",
                "rounds-overlap",
                (
                    f"{one.ends:%m-%d %H:%M} 之后与 {following.starts:%m-%d %H:%M} 之前的轮次重叠",
                    f"rounds after {one.ends:%m-%d %H:%M} overlap those before {following.starts:%m-%d %H:%M}",
                ),
                ("减少 before_minutes 或 after_minutes。", "Lower `before_minutes` or `after_minutes`."),
            )


def _asks_for(measure: Measure, fact: str) -> bool:
    return any(one.fact == fact and one.comparison != ("known", False) for one in measure.when)


def _start(finder: Finder, path: str, measure: Measure, due: Due) -> None:
    """What a rule counts from must happen before the work, or the work would have no deadline when it starts."""
    counted = any(getattr(due, name) is not None for name in COUNTED)
    if counted and due.after == "launch" and measure.on is not None:
        finder.warn(
            path,
            "arises-from-launch",
            ("由记录引出，期限却从启动起算", "it arises from a record but is due counting from launch"),
            ("写 after: ready。", "Say `after: ready`."),
        )
    if due.after in finder.measures and due.after not in finder.predecessors(measure.id):
        finder.add(
            f"{path}.after",
            "not-a-predecessor",
            (f"从“{due.after}”起算，但本措施不等它", f"it counts from {due.after}, which it does not wait for"),
            (
                f"把 {due.after} 写进 after，或从别处起算。",
                f"Add {due.after} to `after` of the measure, or count from something else.",
            ),
        )
    fact = finder.facts.get(due.after)
    if fact is not None and not fact.required and not _asks_for(measure, fact.name):
        finder.warn(
            f"{path}.after",
            "maybe-no-deadline",
            (f"“{fact.name}”可以不填，不填就没有期限", f"{fact.name} may be blank, and then there is no deadline"),
            ("把该信息设为必填，或加条件 known: true。", "Make the fact required, or add the condition `known: true`."),
        )


def _clock(finder: Finder, path: str, measure: Measure, due: Due) -> None:
    """A clock time on days the repeating work does not happen on would give all its windows one wrong deadline."""
    if due.on is None or not isinstance(measure.repeat, Each):
        return
    name = measure.repeat.each
    happens, asked = _days(finder, name), _days(finder, due.on)
    if due.on == name or not happens or not asked:
        return
    outside = [day.isoformat() for day in happens if day not in asked] or [
        day.isoformat() for day in asked if day not in happens
    ]
    if outside or len(happens) > 1:
        shown = ", ".join(outside or [day.isoformat() for day in happens])
        finder.add(
            f"{path}.on",
            "before-elsewhere",
            (f"期限日与“{name}”的日子不一致（{shown}）", f"the days of the deadline are not those of {name} ({shown})"),
            (f"写 on: {name}。", f"Say `on: {name}`."),
        )


def _days(finder: Finder, on: str | tuple[dt.date, ...]) -> list[dt.date]:
    if not isinstance(on, str):
        return sorted(on)
    event = finder.events.get(on)
    return [one.starts.date() for one in by_day(event.occurrences)] if event else []


def _after_predecessors(finder: Finder, path: str, measure: Measure) -> None:
    """Report work due before what it waits for is due: met only by luck, and overdue by design."""
    for name in sorted(finder.predecessors(measure.id) - {measure.id}):
        before = finder.measures.get(name)
        if before is None or before.due is None or measure.due is None or before.repeat or measure.repeat:
            continue
        if _surely_earlier(finder, measure.due, before.due):
            finder.add(
                path,
                "due-too-early",
                (f"到期早于它等待的“{name}”", f"it is due before {name}, which it waits for"),
                (f"放宽期限，或从 {name} 起算。", f"Allow more time, or count from {name}: `after: {name}`."),
            )


def _surely_earlier(finder: Finder, due: Due, before: Due) -> bool:
    one, other = _last_day(finder, due), _last_day(finder, before)
    if one is not None and other is not None:
        return one < other
    if due.after != before.after or due.after == "ready":
        return False
    least, most = _hours(before, at_least=True), _hours(due, at_least=False)
    if due.working_days is not None and before.working_days is not None:
        return due.working_days < before.working_days
    return least is not None and most is not None and most < least


def _last_day(finder: Finder, due: Due) -> dt.datetime | None:
    """Return the moment of a rule that names its day."""
    if due.at_end_of is not None:
        event = finder.events.get(due.at_end_of)
        return max((one.ends for one in event.occurrences), default=None) if event else None
    if due.before is None or due.on is None:
        return None
    days = _days(finder, due.on)
    return dt.datetime.combine(max(days), due.before, tzinfo=ZONE) if days else None


def _hours(due: Due, *, at_least: bool) -> float | None:
    """Return the fewest, or the most, hours a counting rule gives; working days can stretch without limit."""
    if due.hours is not None:
        return float(due.hours)
    if due.calendar_days is not None:
        return due.calendar_days * 24 + (0 if at_least else 24)
    days = due.working_days if due.working_days is not None else due.statutory.days if due.statutory else None
    return days * 24 if days is not None and at_least else None
