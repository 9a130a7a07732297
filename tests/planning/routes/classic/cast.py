"""A fixed cast: a depot in the middle, stops on a ring or drawn from a seed, one kind of van."""

from __future__ import annotations

import random
from typing import Any

from paotui.planning import reading
from paotui.planning.routes.problem import Problem

PLENTY = 2 * 2500
"""Iterations a stop from which two threads search few stops each on its own (`Legs::PLENTY` in the kernel)."""


def town(size: int, seed: int = 1, *, windows: bool = False, capacity: int = 60, **vans: Any) -> Problem:
    """`size` stops in a square of 1000, loads 1 to 20; windows of 400 within a day of 3000."""
    r = random.Random(seed)
    names = [f"s{number}" for number in range(size)]
    places = [{"id": name, "x": r.randint(0, 1000), "y": r.randint(0, 1000)} for name in names]
    stops: list[dict[str, Any]] = []
    for name in names:
        stop: dict[str, Any] = {"id": name, "location": name, "duration": 10, "delivery": {"kg": r.randint(1, 20)}}
        if windows:
            first = r.randint(0, 2200)
            stop["windows"] = [(first, first + 400)]
        stops.append(stop)
    van = {"id": "van", "count": None, "start": "depot", "capacities": {"kg": capacity}, "per_km": 1000} | vans
    return reading.validate(Problem, {
        "kind": "routes", "travel": {"type": "planar", "rounding": "round"}, "vehicles": [van], "stops": stops,
        "locations": [{"id": "depot", "x": 500, "y": 500}, *places],
    })  # fmt: skip


def without(problem: Problem, *, stops: bool = False, vehicles: bool = False) -> Problem:
    """The problem with nothing to serve, or nobody to serve it."""
    gone = ({"stops": []} if stops else {}) | ({"vehicles": []} if vehicles else {})
    return problem.model_copy(update=gone)


def with_stop(problem: Problem, number: int, **more: Any) -> Problem:
    """The problem with one stop changed."""
    stops = list(problem.stops)
    stops[number] = stops[number].model_copy(update=more)
    return problem.model_copy(update={"stops": stops})
