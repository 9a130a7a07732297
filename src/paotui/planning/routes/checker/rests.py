"""Breaks: each one owed is taken once within its window, never on the way."""

from __future__ import annotations

from collections.abc import Iterator

from paotui.planning.routes.checker import words
from paotui.planning.routes.checker.driving import Activity, Drive, Leg
from paotui.planning.routes.checker.faults import Fault, fault
from paotui.planning.routes.problem import Break


def check(drive: Drive) -> Iterator[Fault]:
    taken = [one for one in drive.activities if one.visit.kind == "break"]
    yield from _known(drive, taken)
    names = [one.visit.id for one in taken]
    for number, rest in enumerate(drive.vehicle.breaks, 1):
        if owed(drive, rest) and str(number) not in names:
            told = words.windows(drive.case.problem, [(rest.earliest, rest.latest)])
            yield fault(
                drive.path,
                zh=f"{drive.name} 在 {told.zh} 之间应休息一次（第 {number} 项），计划中没有。请补上。",
                en=f"{drive.name} is owed a rest that begins within {told.en} (its number {number}). Put it in.",
            )
    for leg in drive.legs:
        yield from _on_the_way(drive, leg)


def owed(drive: Drive, rest: Break) -> bool:
    """On the road during the whole window."""
    return drive.start < rest.earliest and drive.end > rest.latest


def _known(drive: Drive, taken: list[Activity]) -> Iterator[Fault]:
    seen: set[str] = set()
    for one in taken:
        name = one.visit.id
        if not name.isdecimal() or not 0 < int(name) <= len(drive.vehicle.breaks) or name in seen:
            yield fault(
                f"{one.path}.id",
                zh=f"{drive.name} 没有第“{name}”项休息，或已休过。请改为其序号（从 1 起）。",
                en=f"{drive.name} has no rest '{name}', or has taken it. Give its number in the list, from 1.",
            )
            continue
        seen.add(name)
        rest = drive.vehicle.breaks[int(name) - 1]
        if not rest.earliest <= one.visit.start <= rest.latest:
            told = words.windows(drive.case.problem, [(rest.earliest, rest.latest)])
            yield fault(
                f"{one.path}.start",
                zh=f"第 {name} 项休息应在 {told.zh} 之间开始。请移入。",
                en=f"rest {name} begins within {told.en}. Move it there.",
            )


def _on_the_way(drive: Drive, leg: Leg) -> Iterator[Fault]:
    """Before the way, or after the arrival."""
    if leg.seconds is None:
        return
    arrival = leg.after.visit.arrival if leg.after else drive.end
    departure = arrival - leg.seconds
    for one in leg.breaks:
        late = one.visit.start >= arrival if leg.after else _after_arriving(drive, leg, one)
        if one.visit.end > departure and not late:
            yield fault(
                f"{one.path}.start",
                zh=f"休息落在从 {leg.origin} 到 {leg.target} 的途中。请移到出发前或到达后。",
                en=f"the rest falls on the way from {leg.origin} to {leg.target}. Take it before or after.",
            )


def _after_arriving(drive: Drive, leg: Leg, one: Activity) -> bool:
    """A rest at the end of the route: its way was driven straight after the last activity."""
    free = leg.before.visit.end if leg.before else drive.start
    return one.visit.start >= free + (leg.seconds or 0) and one.visit.end <= drive.end
