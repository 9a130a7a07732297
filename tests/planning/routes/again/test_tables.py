"""Roads, lines on the earth and prices of changed successions in the fast engine: every plan holds, costs agree."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import numpy as np
import pytest

from paotui.planning.routes import Params, check, classic, cost, kernel, solve
from paotui.planning.routes.plan import Plan
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations
from tests.planning.routes.again.towns import district

SOON = after_iterations(3000)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("roads", [False, True])
@pytest.mark.parametrize("published", [False, True])
def test_plans_hold_and_cost_what_the_checker_says(seed: int, roads: bool, published: bool) -> None:
    problem = district(seed, roads=roads, published=published, fixed_cost=10 * (seed % 2))
    assert classic.takes(problem)
    plan = solve(problem, SOON, seed=seed)
    assert check(problem, plan) == []
    assert plan.cost == cost(problem, plan)
    assert all(route.visits for route in plan.routes)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("roads", [False, True])
def test_vehicles_may_cost_differently_a_kilometre(seed: int, roads: bool) -> None:
    problem = district(seed, roads=roads, fixed_cost=5)
    [van] = problem.vehicles
    truck = van.model_copy(update={"id": "truck", "count": 3, "capacities": {"kg": 90}, "per_km": Decimal("4.25")})
    problem = problem.model_copy(update={"vehicles": [van, truck]})
    assert classic.takes(problem)
    plan = solve(problem, SOON, seed=seed)
    assert check(problem, plan) == []
    assert plan.cost == cost(problem, plan)


@pytest.mark.parametrize("seed", range(3))
def test_what_a_way_costs_is_not_how_long_it_takes(seed: int) -> None:
    lowered = classic.lower(district(seed, per_km="2500", fixed_cost=0))
    found = kernel.solve(lowered.arrays, SOON, seed, kernel.Params())
    served = {client for _, clients in found.routes for client in clients}
    assert served >= set(np.flatnonzero(lowered.arrays.price < 0).tolist())


def test_a_published_order_is_kept_where_changing_it_costs_more_than_it_saves() -> None:
    problem = district(3, published=True, stops=12)
    dear, cheap = (solve(changed(problem, price), SOON) for price in (1000, 0))
    assert problem.published
    known = {pair for stops in problem.published.routes.values() for pair in pairwise(stops)}
    assert len(known & follows(dear)) > len(known & follows(cheap))
    assert dear.cost
    assert dear.cost.change == 1000 * len(
        {pair for way in list(problem.published.routes.values())[:2] for pair in pairwise(way)} - follows(dear)
    )


def test_routes_go_to_whom_they_were_published_for() -> None:
    problem = district(5, published=True, stops=12)
    plan = solve(changed(problem, 1000), SOON)
    first = next(route for route in plan.routes if route.vehicle == "van#1")
    assert set(first.trips[0]) & set(problem.published.routes["van#1"])  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "problem",
    [
        district(1, per_km=0),
        district(1, per_hour=30),
        district(1, locked=["s1"], count=1),
        district(1, breaks=[{"earliest": 0, "latest": 9, "duration": 60}]),
    ],
    ids=["nothing by distance", "by hour", "locked", "breaks"],
)
def test_what_tables_cannot_say_goes_to_the_rich_engine(problem: Problem) -> None:
    assert not classic.takes(problem)


def test_a_road_that_is_missing_goes_to_the_rich_engine() -> None:
    problem = district(2, roads=True)
    problem.travel.distances["van"][1][2] = problem.travel.durations["van"][1][2] = -1  # type: ignore[union-attr]
    assert not classic.takes(problem)
    assert check(problem, solve(problem, after_iterations(100), params=Params(threads=1))) == []


def follows(plan: Plan) -> set[tuple[str, str]]:
    ways = [[str(stop) for trip in route.trips for stop in trip] for route in plan.routes]
    return {pair for way in ways for pair in pairwise(way)}


def changed(problem: Problem, price: int) -> Problem:
    assert problem.published
    return problem.model_copy(
        update={"published": problem.published.model_copy(update={"per_succession_change": price})}
    )
