"""Ways as tables for the fast kernel: real roads, straight lines on the earth, and what changing a plan costs.

A published succession a → b that is broken costs its price. Every stop is left once, so the price goes on all ways that
leave a and do not lead to b: the kernel then counts exactly what the problem says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from paotui.planning.routes.matrices import matrices
from paotui.planning.routes.problem import Matrix, Planar, Problem, StraightLine

MOST = 2600
"""Places in a table; with more the tables would take hundreds of megabytes."""
FARTHEST = 60_000_000
"""Cost of a way in whole units, price of a change included; more might overflow in the sum of a route."""
DEGREE = 111_320.0
"""Metres, of a great circle."""


@dataclass(frozen=True, slots=True)
class Tables:
    """int32, places × places: `cost` in whole units of money, `seconds`, and `metres` as plans tell them."""

    cost: np.ndarray[Any, Any]
    seconds: np.ndarray[Any, Any]
    metres: np.ndarray[Any, Any]


def needed(problem: Problem) -> bool:
    """Whether coordinates on a plane do not say all that a way costs."""
    return not isinstance(problem.travel, Planar) or problem.published is not None


def suit(problem: Problem, factor: Decimal) -> bool:
    """Whether tables can say it: one price a kilometre, ways everywhere, nothing else about a published plan."""
    places = len(problem.stops) + 2 * len(problem.vehicles)
    rates = {vehicle.per_km for vehicle in problem.vehicles}
    changes = problem.published
    return (
        places <= MOST
        and len(rates) == 1
        and all(rates)
        and (changes is None or not changes.per_vehicle_change)
        and _ways_everywhere(problem)
        and _modest(problem, factor)
    )


def _modest(problem: Problem, factor: Decimal) -> bool:
    """Whether no sum of ways overflows 32 bits: the longest way there may be, its cost and its time."""
    metres = _farthest(problem)
    rate = float(problem.vehicles[0].per_km / 1000 * factor)
    slow = min(problem.travel.speed_kmh.values()) if isinstance(problem.travel, StraightLine) else 3.6
    return max(metres * rate + float(_price(problem) * factor), metres * 3.6 / slow) < FARTHEST


def _farthest(problem: Problem) -> float:
    """Metres (or seconds) no way is longer than."""
    if isinstance(problem.travel, Matrix):
        both = (problem.travel.distances.values(), problem.travel.durations.values())
        return float(max((max(row, default=0) for tables in both for table in tables for row in table), default=0))
    spans = []
    for axis, metre in (("x", 1.0), ("y", 1.0), ("lat", DEGREE), ("lon", DEGREE)):
        values = [value for place in problem.locations if (value := getattr(place, axis)) is not None]
        spans.append((max(values, default=0.0) - min(values, default=0.0)) * metre)
    return sum(spans) * (problem.travel.detour if isinstance(problem.travel, StraightLine) else 1000.0)


def _ways_everywhere(problem: Problem) -> bool:
    if not isinstance(problem.travel, Matrix):
        return True
    profile = problem.vehicles[0].profile
    both = (problem.travel.distances[profile], problem.travel.durations[profile])
    return all(min(row, default=0) >= 0 for table in both for row in table)


def tables(problem: Problem, places: Sequence[str], factor: Decimal) -> Tables:
    """Ways between the locations named, which begin with those of the stops; `factor`: whole units a yuan."""
    number = {location.id: place for place, location in enumerate(problem.locations)}
    chosen = np.array([number[name] for name in places], np.intp)
    ways, times = matrices(problem)[problem.vehicles[0].profile]
    metres = _among(ways, chosen)
    seconds = metres if times is ways else _among(times, chosen)
    unit = int(problem.vehicles[0].per_km / 1000 * factor)
    cost = metres.astype(np.int64) * unit
    for stop, after in followers(problem).items():
        price = int(_price(problem) * factor)
        cost[stop] += price
        cost[stop, after] -= price
    np.minimum(cost, 2**31 - 1, out=cost)
    return Tables(cost.astype(np.int32), seconds, metres)


def _among(table: np.ndarray[Any, Any], chosen: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    part = table[np.ix_(chosen, chosen)]
    part[chosen[:, None] == chosen[None, :]] = 0  # staying where one is
    return part


def followers(problem: Problem) -> dict[int, int]:
    """By number of a stop, the stop that comes after it as published and as both are still there."""
    number = {stop.id: place for place, stop in enumerate(problem.stops)}
    lists = ([number[name] for name in stops if name in number] for stops in published(problem).values())
    return {stop: after for stops in lists for stop, after in pairwise(stops)}


def published(problem: Problem) -> dict[str, list[str]]:
    """The published routes of vehicles that are still there."""
    if problem.published is None:
        return {}
    counts = {vehicle.id: vehicle.count for vehicle in problem.vehicles}
    return {name: stops for name, stops in problem.published.routes.items() if _there(counts, name, len(problem.stops))}


def _there(counts: dict[str, int | None], name: str, stops: int) -> bool:
    if name in counts:
        return counts[name] == 1
    kind, _, number = name.rpartition("#")
    if kind not in counts or counts[kind] == 1 or not number.isdecimal() or number != str(int(number)):
        return False
    count = counts[kind]
    return 1 <= int(number) <= (max(1, stops) if count is None else count)


def changed(problem: Problem, ways: Sequence[Sequence[str]]) -> Decimal:
    """What the successions cost that these routes of stops break."""
    if problem.published is None:
        return Decimal(0)
    number = {stop.id: place for place, stop in enumerate(problem.stops)}
    follows = {number[a]: number[b] for way in ways for a, b in pairwise(way)}
    broken = sum(follows.get(stop) != after for stop, after in followers(problem).items())
    return _price(problem) * broken


def _price(problem: Problem) -> Decimal:
    return problem.published.per_succession_change if problem.published else Decimal(0)
