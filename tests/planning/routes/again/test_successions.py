"""A published plan on a plane: the fast engine counts what leaving it costs without a table, at any size."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from paotui.planning import reading
from paotui.planning.routes import check, classic, cost, lengths, solve, successions, tables
from paotui.planning.routes.plan import Plan, Route
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rounding", ["round", "dimacs", "exact", "ceil"])
def test_plans_hold_and_cost_what_the_checker_says(seed: int, rounding: str) -> None:
    problem = town(seed, rounding=rounding, windows=bool(seed % 2), fixed_cost=seed // 2, per_km=700)
    assert classic.takes(problem)
    plan = solve(problem, after_iterations(2000), seed=seed)
    assert plan.engine == "classic"
    assert check(problem, plan) == []
    assert plan.cost == cost(problem, plan)


def test_with_tables_and_without_the_engine_finds_the_same_plans_worth() -> None:
    """Rounded up there is a table; a plane of whole lengths, where rounding changes nothing, has none."""
    line = town(1, rounding="ceil", along=True), town(1, rounding="exact", along=True)
    assert [tables.needed(one) for one in line] == [True, False]
    worth = [solve(one, after_iterations(4000)).cost for one in line]
    assert worth[0] == worth[1]


def test_a_large_plan_loses_a_route_and_keeps_the_others() -> None:
    problem = town(2, stops=tables.MOST + 200, count=None)
    before = solve(problem.model_copy(update={"published": None}), after_iterations(2000))
    left = before.model_copy(update={"routes": before.routes[1:]})
    known = {route.vehicle: [str(stop) for trip in route.trips for stop in trip] for route in left.routes}
    assert problem.published
    again = problem.model_copy(update={"published": problem.published.model_copy(update={"routes": known})})
    plan = solve(again, after_iterations(500), start=left)
    assert plan.engine == "classic"
    assert check(again, plan) == []
    kept = follows(left) & follows(plan)
    assert len(kept) > 0.99 * len(follows(left))


def test_a_succession_out_of_a_cluster_is_broken_in_it() -> None:
    follower = np.array([1, 2, -1, 0], np.int32)
    assert successions.within(follower, np.array([2, 1, 3])).tolist() == [-1, 0, successions.GONE]


def test_costs_along_a_route_are_ways_and_broken_successions() -> None:
    problem = town(3, stops=5)
    lowered = classic.lower(problem)
    plan = Plan(routes=[Route(vehicle="van#1", trips=[[4, 2, 3, 1, 5]])])
    told = cost(problem, plan)
    kind, depot = 0, len(problem.stops)
    along = lengths.costs(lowered.arrays, [depot, 3, 1, 2, 0, 4, depot])
    fixed = int(lowered.arrays.vehicle_cost[kind, 0])
    assert told.total * lowered.factor == fixed + int(along.sum())


def town(seed: int, *, stops: int = 24, rounding: str = "round", windows: bool = False, along: bool = False,
         count: int | None = 12, **vehicle: Any) -> Problem:  # fmt: skip
    """Stops named 1, 2 … around a depot on a plane (`along`: on one line), two routes of them published."""
    dice = random.Random(seed)
    places = [{"id": str(n), "x": dice.randint(0, 100), "y": 0 if along else dice.randint(0, 100)} for n in
              range(stops + 1)]  # fmt: skip
    served = [{"id": str(n), "location": str(n), "delivery": {"kg": dice.randint(1, 9)}} for n in range(1, stops + 1)]
    if windows:
        for one in served:
            first = dice.randint(0, 2000)
            one["windows"] = [[first, first + dice.randint(500, 90_000)]]
    known = [str(n) for n in range(1, stops + 1)]
    dice.shuffle(known)
    return reading.validate(Problem, {
        "locations": places, "stops": served, "travel": {"type": "planar", "rounding": rounding},
        "vehicles": [{"id": "van", "count": count, "start": "0", "capacities": {"kg": 40}, "per_km": 1000, **vehicle}],
        "published": {"routes": {"van#1": known[:6], "van#2": known[6:12]}, "per_succession_change": 20},
    })  # fmt: skip


def follows(plan: Plan) -> set[tuple[str, str]]:
    ways = [[str(stop) for trip in route.trips for stop in trip] for route in plan.routes]
    return {pair for way in ways for pair in pairwise(way)}
