"""Random problems with several trips a vehicle, and what driving them best costs, by trying everything."""

from __future__ import annotations

import math
import random
from itertools import permutations
from typing import Any

from paotui.planning import reading
from paotui.planning.routes.problem import Problem

FAR = 10**9


def town(seed: int, stops: int, **more: Any) -> Problem:
    """Up to two kinds of vehicles that reload at home; windows, releases and loads are drawn."""
    draw = random.Random(seed)
    places = [{"id": "home", "x": 20, "y": 20}]
    places += [{"id": f"s{k}", "x": draw.randrange(40), "y": draw.randrange(40)} for k in range(stops)]
    return reading.validate(Problem, {
        "kind": "routes", "name": f"town {seed}", "locations": places,
        "travel": {"type": "planar", "rounding": "round"},
        "stops": [_stop(draw, k) for k in range(stops)],
        "stations": [{"id": "gate", "location": "home"}],
        "vehicles": [_vehicle(draw, k) for k in range(draw.randint(1, 2))], **more,
    })  # fmt: skip


def _stop(draw: random.Random, number: int) -> dict[str, Any]:
    first = draw.randrange(0, 150)
    return {
        "id": f"s{number}", "location": f"s{number}", "duration": draw.randrange(0, 10),
        "windows": [[first, first + draw.randrange(60, 200)]], "release": draw.choice([0, 0, draw.randrange(120)]),
        "delivery": {"kg": draw.randrange(1, 6)},
        "unserved_price": draw.choice([None, draw.randrange(20, 90)]),
    }  # fmt: skip


def _vehicle(draw: random.Random, number: int) -> dict[str, Any]:
    return {
        "id": f"v{number}", "start": "home", "stations": ["gate"], "capacities": {"kg": draw.randrange(6, 12)},
        "count": draw.randint(1, 2), "per_km": 1000 * draw.randint(1, 2), "fixed_cost": draw.choice([0, 30]),
        "shift": {"earliest": draw.randrange(20), "latest": draw.randrange(200, 500)},
    }  # fmt: skip


def least(problem: Problem) -> float:
    """The least total: every subset, order and cut into trips for one vehicle, shared out over all of them."""
    n = len(problem.stops)
    best = [0.0] + [math.inf] * (2**n - 1)
    for vehicle in problem.vehicles:
        alone = _alone(problem, vehicle)
        for _ in range(vehicle.count or 0):
            best = [min(best[whole ^ part] + alone[part] for part in _parts(whole)) for whole in range(2**n)]
    prices = [FAR if stop.unserved_price is None else float(stop.unserved_price) for stop in problem.stops]
    return min(best[whole] + sum(price for k, price in enumerate(prices) if not whole >> k & 1)
               for whole in range(2**n))  # fmt: skip


def _parts(whole: int) -> list[int]:
    parts, part = [0], whole
    while part:
        parts.append(part)
        part = (part - 1) & whole
    return parts


def _alone(problem: Problem, vehicle: Any) -> list[float]:
    """For each set of stops what one vehicle takes for it."""
    n = len(problem.stops)
    cost = [0.0] + [math.inf] * (2**n - 1)
    rate, fixed = float(vehicle.per_km) / 1000, float(vehicle.fixed_cost)
    for size in range(1, n + 1):
        for order in permutations(range(n), size):
            mask = sum(1 << k for k in order)
            for cuts in range(2 ** (size - 1)):
                length = _drive(problem, vehicle, order, cuts)
                cost[mask] = min(cost[mask], fixed + rate * length)
    return cost


def _drive(problem: Problem, vehicle: Any, order: tuple[int, ...], cuts: int) -> float:
    """Metres driven when a trip ends after place k wherever bit k of `cuts` is set; infinite when that cannot be."""
    time, length, trips = vehicle.shift.earliest, 0, [[order[0]]]
    for k, number in enumerate(order[1:]):
        trips.append([number]) if cuts >> k & 1 else trips[-1].append(number)
    for trip in trips:
        stops = [problem.stops[number] for number in trip]
        if sum(stop.delivery["kg"] for stop in stops) > vehicle.capacities["kg"]:
            return math.inf
        time, at = max([time, *(stop.release for stop in stops)]), "home"
        for stop in stops:
            way = _way(problem, at, stop.location)
            time, length, at = max(time + way, stop.windows[0][0]), length + way, stop.location
            if time > stop.windows[0][1]:
                return math.inf
            time += stop.duration
        way = _way(problem, at, "home")
        time, length = time + way, length + way
    return length if time <= vehicle.shift.latest else math.inf


def _way(problem: Problem, a: str, b: str) -> int:
    place = {location.id: location for location in problem.locations}
    return int(math.hypot((place[a].x or 0) - (place[b].x or 0), (place[a].y or 0) - (place[b].y or 0)) + 0.5)
