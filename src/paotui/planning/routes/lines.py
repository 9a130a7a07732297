"""Lines on the earth, or on a plane in metres, times a detour: ways of problems with more places than a table holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from paotui.planning.routes.matrices import EARTH_RADIUS, arc, points
from paotui.planning.routes.problem import Location, StraightLine

Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """`places`: float64 (n + depots, 2), latitude and longitude in radians, or metres on a plane where `flat`."""

    places: Numbers
    flat: bool
    detour: float
    kmh: float

    def xyz(self) -> Numbers:
        """float64 (n + depots, 3): metres from the centre of the earth, or on the plane."""
        if self.flat:
            return np.column_stack([self.places, np.zeros(len(self.places))])
        lat, lon = self.places.T
        return EARTH_RADIUS * np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])

    def curve(self) -> float:
        """1 ÷ (2 × radius)²; nothing on a plane."""
        return 0.0 if self.flat else 1 / (2 * EARTH_RADIUS) ** 2

    def plane(self) -> Numbers:
        """float64 (n + depots, 2): about where the places lie, in metres, east and north."""
        if self.flat:
            return self.places
        lat, lon = self.places.T
        return EARTH_RADIUS * np.column_stack([lon * np.cos(lat.mean()), lat])

    def metres(self, along: Sequence[int]) -> Numbers:
        """int64: from place to place, as `StraightLine` says."""
        here, there = self.places[along[:-1]], self.places[along[1:]]
        line = np.sqrt(((there - here) ** 2).sum(axis=1)) if self.flat else arc(*here.T, *there.T)
        return np.floor(line * self.detour + 0.5).astype(np.int64)

    def seconds(self, along: Sequence[int]) -> Numbers:
        """int64: from place to place, as `StraightLine` says."""
        return np.ceil(self.metres(along) * 3.6 / self.kmh - 1e-9).astype(np.int64)

    def among(self, chosen: Numbers) -> Lines:
        """Those between some of the places, in their new order."""
        return Lines(self.places[chosen], self.flat, self.detour, self.kmh)


def lines(travel: StraightLine, profile: str, places: list[Location]) -> Lines:
    """Between the places named, for vehicles of one profile."""
    return Lines(points(places), places[0].lat is None, travel.detour, travel.speed_kmh[profile])
