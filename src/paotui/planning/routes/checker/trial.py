"""One vehicle's route tried out: driven as early as possible, other routes staying as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paotui.planning.faults import Fault
from paotui.planning.routes.checker import hours, loads, rests, service, ties, timetable
from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.driving import Activity, Drive, Fleet

Elsewhere = Mapping[str, timetable.Timed]
"""Times of stops on other routes, which ties are kept with."""


def drive(case: Case, name: str, trips: Sequence[Sequence[str]], elsewhere: Elsewhere | None = None) -> Drive:
    """The route of the vehicle with these trips; paths are the names of the stops."""
    wanted = [list(trip) for trip in trips]
    line = timetable.made(case, {name: wanted}, dict(elsewhere or {}))[name]
    activities = [
        Activity(visit, visit.id, "" if visit.kind == "break" else case.place(visit.kind, visit.id) or "",
                 case.stops.get(visit.id) if visit.kind == "stop" else None,
                 case.stations.get(visit.id) if visit.kind == "station" else None)
        for visit in timetable.visits(line)
    ]  # fmt: skip
    return Drive(case, name, line.vehicle, name, line.start, line.end, activities, stated=True, place=-1)


def faults(tried: Drive) -> list[Fault]:
    """What the rules of a single route find in it."""
    return [one for rules in (service, loads, hours, rests) for one in rules.check(tried)]


def alone(case: Case, name: str, stop: str) -> list[Fault]:
    """What keeps this vehicle, with nothing else to do, from serving the stop."""
    return faults(drive(case, name, [[stop]]))


def tie_faults(fleet: Fleet, tried: Drive) -> list[Fault]:
    """Ties broken when this route replaces the vehicle's own, and its stops leave the others; not those broken
    before."""
    case = fleet.case
    if not case.ties and not case.problem.together:
        return []
    others = [one for one in fleet.drives if one.name != tried.name]
    found = [*ties.check(Fleet(case, (tried, *others)))]
    if not found:
        return []
    before = {fault.path for fault in ties.check(fleet)}
    return [fault for fault in found if fault.path not in before]
