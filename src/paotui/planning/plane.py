"""Straight distances between places in degrees, in whole metres, alike for the planners, their checkers and words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from paotui.planning import reading

METRES_PER_DEGREE = 111_195  # of a great circle on a sphere of 6,371 km
PARTS = 10_000_000  # of a degree, a centimetre or so
TENTH = PARTS // 10


class Point(reading.Model):
    """A place in degrees; distances are straight lines in a plane through the middle of the problem."""

    lon: float = Field(ge=-180, le=180)
    lat: float = Field(ge=-90, le=90)


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane through a place in tenths of a degree; so it seldom moves when single places come and go."""

    lon: int
    lat: int

    def spot(self, point: Point) -> tuple[int, int]:
        """Return whole metres east and north of the middle."""
        east = (point.lon - self.lon / 10) * math.cos(math.radians(self.lat / 10)) * METRES_PER_DEGREE
        return round(east), round((point.lat - self.lat / 10) * METRES_PER_DEGREE)

    def spots(self, degrees: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the same for many points, rows of longitude and latitude."""
        east = (degrees[:, 0] - self.lon / 10) * math.cos(math.radians(self.lat / 10)) * METRES_PER_DEGREE
        return np.rint(east), np.rint((degrees[:, 1] - self.lat / 10) * METRES_PER_DEGREE)

    def metres(self, here: Point | None, there: Point | None) -> int:
        """Return the straight distance in whole metres, rounded down; 0 where a place is not known."""
        if not here or not there:
            return 0
        (x, y), (to_x, to_y) = self.spot(here), self.spot(there)
        return math.isqrt((x - to_x) ** 2 + (y - to_y) ** 2)


class Middle:
    """The middle of places that come and go; `plane` goes through it."""

    def __init__(self, points: Iterable[Point | None] = ()) -> None:
        known = [point for point in points if point]
        self._count = len(known)
        self._lon, self._lat = (
            int(np.rint(np.array(degrees) * PARTS).astype(np.int64).sum())
            for degrees in ([point.lon for point in known], [point.lat for point in known])
        )

    def add(self, point: Point | None, times: int = 1) -> None:
        """Count a place in, or out again (times −1); what has no place does not count."""
        if point:
            self._count += times
            self._lon += times * round(point.lon * PARTS)
            self._lat += times * round(point.lat * PARTS)

    @property
    def plane(self) -> Plane:
        count = self._count or 1
        return Plane(round(self._lon / count / TENTH), round(self._lat / count / TENTH))


def spread(flat: list[tuple[int, int]], width: int, height: int, edge: int) -> list[tuple[float, float]]:
    """Return where spots lie in the middle of a picture of this size, north up, one scale both ways."""
    if not flat:
        return []
    west, south = min(x for x, _ in flat), min(y for _, y in flat)
    wide, high = max(x for x, _ in flat) - west, max(y for _, y in flat) - south
    scale = min((width - 2 * edge) / max(wide, 1), (height - 2 * edge) / max(high, 1))
    left, low = (width - wide * scale) / 2, (height + high * scale) / 2
    return [(left + (x - west) * scale, low - (y - south) * scale) for x, y in flat]
