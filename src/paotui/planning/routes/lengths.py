"""Ways along a chain of places, as the problem prescribes; the same numbers as the fast kernel's."""

from __future__ import annotations

from typing import Any

import numpy as np

from paotui.planning.routes.kernel import ROUNDINGS, Arrays
from paotui.planning.routes.matrices import rounded
from paotui.planning.routes.successions import ALONE


def seconds(arrays: Arrays, places: list[int]) -> np.ndarray[Any, Any]:
    """Times from place to place."""
    if arrays.lines is not None:
        return arrays.lines.seconds(places)
    return lengths(arrays, places) if arrays.time is None else arrays.time[places[:-1], places[1:]]


def costs(arrays: Arrays, places: list[int]) -> np.ndarray[Any, Any]:
    """From place to place in the unit of the vehicles: ways, or money with the price of changes."""
    ways = arrays.rate * lengths(arrays, places)
    if arrays.follower is None:
        return ways
    after = np.concatenate([arrays.follower, np.full(arrays.depots, ALONE)])[places[:-1]]
    return ways + arrays.broken * ((after != ALONE) & (after != places[1:]))


def lengths(arrays: Arrays, places: list[int]) -> np.ndarray[Any, Any]:
    """Distances from place to place; money where tables say it."""
    if arrays.lines is not None:
        return arrays.lines.metres(places)
    if arrays.distance is not None:
        return arrays.distance[places[:-1], places[1:]]
    assert arrays.xy is not None
    points = arrays.xy[places]
    line = np.sqrt(((points[1:] - points[:-1]) ** 2).sum(axis=1))
    return rounded(line, ROUNDINGS[arrays.rounding])
