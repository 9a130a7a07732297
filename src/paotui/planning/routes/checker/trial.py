"""One vehicle's route tried out: driven as early as possible, other routes staying as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from paotui.planning.faults import Fault
from paotui.planning.routes.checker import hours, loads, rests, service, timetable
from paotui.planning.routes.checker.case import Case
from paotui.planning.routes.checker.driving import Activity, Drive

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
