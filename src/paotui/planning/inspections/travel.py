"""Travel times between all places of a problem: sites first, then the distinct offices."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from paotui.planning.inspections.problem import Location, Problem

EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""


def offices(problem: Problem) -> list[Location]:
    """The distinct offices, in the order in which inspectors name them."""
    return list(dict.fromkeys(inspector.office for inspector in problem.inspectors))


def times(problem: Problem) -> npt.NDArray[np.int32]:
    """Seconds from every place to every other: (sites + offices) squared."""
    places = [site.location for site in problem.sites] + offices(problem)
    travel = problem.travel
    if travel.matrix is not None:
        rows = np.array([one.place for one in places], dtype=np.intp)
        return np.ascontiguousarray(np.array(travel.matrix, dtype=np.int32)[np.ix_(rows, rows)])
    x = np.array([one.x for one in places], dtype=float)
    y = np.array([one.y for one in places], dtype=float)
    metres = _great_circle(x, y) if travel.coordinates == "degrees" else _plane(x, y)
    return np.floor(metres * travel.detour / travel.speed + 0.5).astype(np.int32)


def _plane(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.sqrt((x[:, None] - x) ** 2 + (y[:, None] - y) ** 2)


def _great_circle(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Haversine; x are longitudes and y latitudes in degrees."""
    across, up = np.radians(x), np.radians(y)
    half = np.sin((up[:, None] - up) / 2) ** 2
    half += np.cos(up[:, None]) * np.cos(up) * np.sin((across[:, None] - across) / 2) ** 2
    return 2 * EARTH * np.arcsin(np.minimum(1.0, np.sqrt(half)))
