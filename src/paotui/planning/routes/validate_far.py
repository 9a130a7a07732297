"""Nothing at sea: whether the places of a problem lie near its depots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paotui.planning.faults import Fault, fault
from paotui.planning.routes.checker.travel import haversine, straight
from paotui.planning.routes.problem import Location, Problem

FAR = 300_000
"""Metres; no crew of a district drives that far from its depot."""


def faults(problem: Problem) -> Iterator[Fault]:
    """Places no depot is near: at sea, or with their degrees swapped."""
    index = {location.id: place for place, location in enumerate(problem.locations)}
    located = [one for one in problem.locations if _has_place(one)]
    starts = {vehicle.start for vehicle in problem.vehicles}
    depots = [one for one in located if one.id in starts]
    visited = _visited(problem) - starts
    others = [one for one in located if one.id in visited]
    if not depots or not others:
        return
    strays = [one for one in others if min(straight(one, depot) for depot in depots) > FAR]
    if len(strays) == len(others) > 1:  # then it is the depots that are elsewhere
        strays, depots = depots, others
    for one in strays:
        yield _stray(f"locations[{index[one.id]}]", one, depots)


def _visited(problem: Problem) -> set[str]:
    found = {stop.location for stop in problem.stops} | {station.location for station in problem.stations}
    return found | {zone.location for zone in problem.quiet_zones}


def _has_place(one: Location) -> bool:
    return None not in (one.lat, one.lon) or None not in (one.x, one.y)


def _stray(path: str, one: Location, depots: Sequence[Location]) -> Fault:
    away = round(min(straight(one, depot) for depot in depots) / 1000)
    if _swapped(one, depots):
        return fault(
            path,
            zh=f"“{one.id}”距最近的车场 {away} 公里，lat 与 lon 似乎写反了。请对调。",
            en=f"'{one.id}' is {away} km from everything it belongs to; lat and lon look swapped. Swap them.",
        )
    return fault(
        path,
        zh=f"“{one.id}”距最近的车场或任务点 {away} 公里，可能落在海里或别的城市。请改正坐标。",
        en=f"'{one.id}' is {away} km from everything it belongs to: at sea, or in another city. Correct its "
        "coordinates.",
    )


def _swapped(one: Location, depots: Sequence[Location]) -> bool:
    if one.lat is None or one.lon is None or abs(one.lon) > 90:
        return False
    return any(
        haversine(one.lon, one.lat, depot.lat, depot.lon) <= FAR
        for depot in depots
        if depot.lat is not None and depot.lon is not None
    )
