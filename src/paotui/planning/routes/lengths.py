"""Ways along a chain of places, rounded as the problem prescribes; the same numbers as the fast kernel's."""

from __future__ import annotations

from typing import Any

import numpy as np

from paotui.planning.routes.kernel import ROUNDINGS, Arrays
from paotui.planning.routes.matrices import rounded


def seconds(arrays: Arrays, places: list[int]) -> np.ndarray[Any, Any]:
    """Times from place to place."""
    return lengths(arrays, places) if arrays.time is None else arrays.time[places[:-1], places[1:]]


def lengths(arrays: Arrays, places: list[int]) -> np.ndarray[Any, Any]:
    """Distances from place to place, rounded as the problem prescribes; money where tables say it."""
    if arrays.distance is not None:
        return arrays.distance[places[:-1], places[1:]]
    assert arrays.xy is not None
    points = arrays.xy[places]
    line = np.sqrt(((points[1:] - points[:-1]) ** 2).sum(axis=1))
    return rounded(line, ROUNDINGS[arrays.rounding])
