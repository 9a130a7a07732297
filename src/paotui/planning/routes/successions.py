"""Who comes after whom in a published plan, and what it costs to change that."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

import numpy as np

from paotui.planning.routes.problem import Problem

ALONE, GONE = -1, -2
"""As followers: nobody, and somebody who is not here."""


def followers(problem: Problem) -> dict[int, int]:
    """By number of a stop, the stop that comes after it as published and as both are still there."""
    number = {stop.id: place for place, stop in enumerate(problem.stops)}
    lists = ([number[name] for name in stops if name in number] for stops in published(problem).values())
    return {stop: after for stops in lists for stop, after in pairwise(stops)}


def numbered(problem: Problem) -> np.ndarray[Any, Any]:
    """int32 (stops): the number of the stop that comes after each, or `ALONE`."""
    found = np.full(len(problem.stops), ALONE, np.int32)
    for stop, after in followers(problem).items():
        found[stop] = after
    return found


def within(follower: np.ndarray[Any, Any], chosen: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The followers among some of the stops, in their new numbers; `GONE` where one is not among them."""
    number = np.full(len(follower), GONE, np.int32)
    number[chosen] = np.arange(len(chosen))
    after = follower[chosen]
    return np.where(after < 0, after, number[after]).astype(np.int32)


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
    return price(problem) * broken


def price(problem: Problem) -> Decimal:
    """Of one succession broken."""
    return problem.published.per_succession_change if problem.published else Decimal(0)
