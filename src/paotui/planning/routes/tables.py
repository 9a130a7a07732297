"""Ways as tables for the fast kernel: real roads, straight lines on the earth, and what changing a plan costs on them.

A published succession a → b that is broken costs its price. Every stop is left once, so the price goes on all ways that
leave a and do not lead to b: the kernel then counts exactly what the problem says. A plane needs no table for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from paotui.planning.routes import successions
from paotui.planning.routes.matrices import SCALES, matrices
from paotui.planning.routes.problem import Matrix, Planar, Problem, StraightLine

MOST = 2600
"""Places in a table; with more the tables would take hundreds of megabytes."""
FARTHEST = 60_000_000
"""Cost of a way in whole units, price of a change included; more might overflow in the sum of a route."""
DEGREE = 111_320.0
"""Metres, of a great circle."""


@dataclass(frozen=True, slots=True)
class Tables:
    """int32, places × places: `cost` in units of the vehicles' cost, `seconds`, and `metres` as plans tell them."""

    cost: np.ndarray[Any, Any]
    seconds: np.ndarray[Any, Any]
    metres: np.ndarray[Any, Any]


def needed(problem: Problem) -> bool:
    """Whether the kernel cannot compute the ways, or there are so few that it should not.

    It can on a plane, unless they are rounded up and have a price on changes, and along straight lines.
    """
    match problem.travel:
        case Planar() as travel:
            return travel.rounding == "ceil" and problem.published is not None
        case StraightLine():
            return few(problem)
        case Matrix():
            return True


def few(problem: Problem) -> bool:
    """Whether tables can hold the places."""
    return len(problem.stops) + 2 * len(problem.vehicles) <= MOST


def as_money(problem: Problem) -> bool:
    """Whether a way costs the same whoever drives it."""
    return len({vehicle.per_km for vehicle in problem.vehicles}) == 1


def sayable(problem: Problem, factor: Decimal) -> bool:
    """Whether ways cost something, are there everywhere, and can hold all that is said about a published plan."""
    changes = problem.published
    return (
        bool(problem.vehicles)
        and all(vehicle.per_km for vehicle in problem.vehicles)
        and (changes is None or (as_money(problem) and not changes.per_vehicle_change))
        and _ways_everywhere(problem)
        and _modest(problem, factor)
    )


def _modest(problem: Problem, factor: Decimal) -> bool:
    """Whether no sum of ways overflows 32 bits: the longest way there may be, its cost and its time."""
    metres = _farthest(problem)
    rate = float(max(vehicle.per_km for vehicle in problem.vehicles) / 1000 * factor)
    slow = min(problem.travel.speed_kmh.values()) if isinstance(problem.travel, StraightLine) else 3.6
    return max(metres * rate + float(successions.price(problem) * factor), metres * 3.6 / slow) < FARTHEST


def _farthest(problem: Problem) -> float:
    """Metres (or seconds) no way is longer than."""
    if isinstance(problem.travel, Matrix):
        both = (problem.travel.distances.values(), problem.travel.durations.values())
        return float(max((max(row, default=0) for tables in both for table in tables for row in table), default=0))
    spans = []
    for axis, metre in (("x", 1.0), ("y", 1.0), ("lat", DEGREE), ("lon", DEGREE)):
        values = [value for place in problem.locations if (value := getattr(place, axis)) is not None]
        spans.append((max(values, default=0.0) - min(values, default=0.0)) * metre)
    longer = problem.travel.detour if isinstance(problem.travel, StraightLine) else SCALES[problem.travel.rounding]
    return sum(spans) * longer


def _ways_everywhere(problem: Problem) -> bool:
    if not isinstance(problem.travel, Matrix):
        return True
    profile = problem.vehicles[0].profile
    both = (problem.travel.distances[profile], problem.travel.durations[profile])
    return all(min(row, default=0) >= 0 for table in both for row in table)


def tables(problem: Problem, places: Sequence[str], factor: Decimal) -> Tables:
    """Ways between the locations named, which begin with those of the stops; `factor`: whole units a yuan.

    They cost money where it is the same for everybody (`as_money`), and else are metres.
    """
    number = {location.id: place for place, location in enumerate(problem.locations)}
    chosen = np.array([number[name] for name in places], np.intp)
    ways, times = matrices(problem)[problem.vehicles[0].profile]
    metres = _among(ways, chosen)
    seconds = metres if times is ways else _among(times, chosen)
    unit = int(problem.vehicles[0].per_km / 1000 * factor) if as_money(problem) else 1
    cost = metres.astype(np.int64) * unit
    price = int(successions.price(problem) * factor)
    for stop, after in successions.followers(problem).items():
        cost[stop] += price
        cost[stop, after] -= price
    np.minimum(cost, 2**31 - 1, out=cost)
    return Tables(cost.astype(np.int32), seconds, metres)


def _among(table: np.ndarray[Any, Any], chosen: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    part = table[np.ix_(chosen, chosen)]
    part[chosen[:, None] == chosen[None, :]] = 0  # staying where one is
    return part
