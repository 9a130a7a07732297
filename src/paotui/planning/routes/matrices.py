"""Distances and durations between the locations of a problem, by profile."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from paotui.planning.routes.problem import Location, Matrix, Planar, Problem, StraightLine

EARTH_RADIUS = 6_371_008.8
NO_WAY = 1_060_000_000
"""Longer than any day: what a matrix says as -1."""
BLOCK = 512
SCALES = {"round": 1, "dimacs": 10, "exact": 1000, "ceil": 1000}
"""Units of a way to one of the coordinates, by `Planar.rounding`."""

Whole = NDArray[np.int32]
Radians = NDArray[np.float64]
Pair = tuple[Whole, Whole]


def matrices(problem: Problem) -> dict[str, Pair]:
    """By profile (distance, duration), int32 n × n in the order of `problem.locations`, metres and seconds.

    Only profiles some vehicle uses. Where distance and duration are the same numbers they are the same array.
    """
    profiles = sorted({vehicle.profile for vehicle in problem.vehicles})
    match problem.travel:
        case Matrix() as travel:
            return {name: (_given(travel.distances[name]), _given(travel.durations[name])) for name in profiles}
        case StraightLine() as travel:
            metres = _scaled(problem.locations, travel.detour)
            return {name: (metres, _seconds(metres, travel.speed_kmh[name])) for name in profiles}
        case Planar() as travel:
            way = _planar(problem.locations, travel.rounding)
            return dict.fromkeys(profiles, (way, way))


def straight(origins: Iterable[Location], locations: Iterable[Location]) -> NDArray[np.float64]:
    """Straight-line metres, origins × locations: great circle (haversine) for degrees, else on the plane."""
    here, there = list(origins), list(locations)
    if (here or there)[0].lat is not None:
        return _great_circle(points(here), points(there))
    return _plane(points(here), points(there))


def points(locations: list[Location]) -> NDArray[np.float64]:
    """float64 (locations, 2): latitude and longitude in radians, or x and y on the plane."""
    if locations and locations[0].lat is None:
        return np.array([(one.x, one.y) for one in locations], np.float64).reshape(-1, 2)
    return np.radians(np.array([(one.lat, one.lon) for one in locations], np.float64).reshape(-1, 2))


def _great_circle(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    lat, lon = here[:, :1], here[:, 1:]
    return arc(lat, lon, there[:, 0], there[:, 1])


def arc(lat: Radians, lon: Radians, to_lat: Radians, to_lon: Radians) -> NDArray[np.float64]:
    """Metres over the earth, from each to each (haversine)."""
    half = np.sin((to_lat - lat) / 2) ** 2
    half += np.cos(lat) * np.cos(to_lat) * np.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1)))


def _plane(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.sqrt((there[:, 0] - here[:, :1]) ** 2 + (there[:, 1] - here[:, 1:]) ** 2)


def _given(rows: list[list[int]]) -> Whole:
    table = np.array(rows, np.int64)
    return np.where(table < 0, NO_WAY, np.minimum(table, NO_WAY)).astype(np.int32)


def _scaled(locations: list[Location], detour: float) -> Whole:
    metres = np.empty((len(locations), len(locations)), np.int32)
    for at in range(0, len(locations), BLOCK):
        metres[at : at + BLOCK] = np.floor(straight(locations[at : at + BLOCK], locations) * detour + 0.5)
    return metres


def _seconds(metres: Whole, speed_kmh: float) -> Whole:
    seconds = np.empty_like(metres)
    for at in range(0, len(metres), BLOCK):
        seconds[at : at + BLOCK] = np.ceil(metres[at : at + BLOCK] * 3.6 / speed_kmh - 1e-9)
    return seconds


def _planar(locations: list[Location], rounding: str) -> Whole:
    way = np.empty((len(locations), len(locations)), np.int32)
    for at in range(0, len(locations), BLOCK):
        way[at : at + BLOCK] = rounded(straight(locations[at : at + BLOCK], locations), rounding)
    return way


def rounded(line: NDArray[np.float64], rounding: str) -> NDArray[np.float64]:
    """Straight lines on a plane as `Planar.rounding` prescribes."""
    match rounding:
        case "round":
            return np.floor(line + 0.5)
        case "dimacs":
            return np.floor(10 * line)
        case "exact":
            return np.floor(1000 * line + 0.5)
        case _:
            return np.ceil(1000 * line)
