"""Metres and seconds between locations, in plain Python floats and integers; shares nothing with any solver."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cached_property

from paotui.planning.routes.problem import Location, Matrix, Planar, Problem, StraightLine

EARTH = 6_371_008.8
"""Mean radius of the earth in metres (IUGG)."""
ROUND: dict[str, Callable[[float], int]] = {
    "round": lambda value: math.floor(value + 0.5),
    "dimacs": lambda value: math.floor(value * 10),
    "exact": lambda value: math.floor(value * 1000 + 0.5),
    "ceil": lambda value: math.ceil(value * 1000),
}


def straight(one: Location, other: Location) -> float:
    """Metres in a straight line (haversine for degrees); 0 where either has no coordinates of the kind."""
    if one.x is not None and one.y is not None and other.x is not None and other.y is not None:
        east, north = one.x - other.x, one.y - other.y
        return math.sqrt(east * east + north * north)
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return 0.0
    return haversine(one.lat, one.lon, other.lat, other.lon)


def haversine(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    north, east = math.radians(other_lat - lat), math.radians(other_lon - lon)
    half = math.sin(north / 2) ** 2
    half += math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * math.sin(east / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


class Travel:
    """How far and how long it is from one location to another; None where there is no way."""

    def __init__(self, problem: Problem) -> None:
        self.how = problem.travel
        self.places = {location.id: location for location in problem.locations}
        self._straight: dict[tuple[str, str], float] = {}
        self._seconds: dict[tuple[str, str, str], int | None] = {}

    @cached_property
    def _index(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.places)}

    def metres(self, start: str, end: str, profile: str) -> int | None:
        match self.how:
            case Matrix():
                return self._cell(self.how.distances[profile], start, end)
            case Planar():
                return ROUND[self.how.rounding](self.straight(start, end))
            case StraightLine():
                return math.floor(self.straight(start, end) * self.how.detour + 0.5)

    def straight(self, start: str, end: str) -> float:
        """Metres in a straight line from one location to another; each pair is computed once."""
        found = self._straight.get((start, end))
        if found is None:
            found = self._straight[start, end] = straight(self.places[start], self.places[end])
        return found

    def seconds(self, start: str, end: str, profile: str) -> int | None:
        key = (start, end, profile)
        try:
            return self._seconds[key]
        except KeyError:
            found = self._seconds[key] = self._worked_out(start, end, profile)
            return found

    def _worked_out(self, start: str, end: str, profile: str) -> int | None:
        match self.how:
            case Matrix():
                return self._cell(self.how.durations[profile], start, end)
            case Planar():
                return self.metres(start, end, profile)
            case StraightLine():
                metres = self.metres(start, end, profile) or 0
                return math.ceil(metres * 3.6 / self.how.speed_kmh[profile] - 1e-9)

    def territory_metres(self, heart: str, location: str) -> int:
        """In a straight line, without detour, rounded to a metre."""
        return math.floor(self.straight(heart, location) + 0.5)

    def _cell(self, table: Sequence[Sequence[int]], start: str, end: str) -> int | None:
        if start == end:
            return 0
        value = table[self._index[start]][self._index[end]]
        return None if value < 0 else value
