"""Going on from a plan: never dearer than it, and everybody keeps most of a route."""

from __future__ import annotations

import pytest

from paotui.planning.routes import Params, check, cost, solve
from paotui.planning.routes.changing import names
from paotui.planning.routes.keeping import cheaper
from paotui.planning.routes.plan import Plan, Route
from paotui.planning.stop import after_iterations
from tests.planning.routes.again.towns import district

ONE = Params(threads=1)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("hours", [0, 30])
def test_a_plan_gone_on_from_is_never_dearer(seed: int, hours: int) -> None:
    problem = district(seed, stops=15, per_hour=hours)
    first = solve(problem, after_iterations(400), seed=seed, params=ONE)
    again = solve(problem, after_iterations(3), seed=seed + 1, params=ONE, start=first)
    assert check(problem, again) == []
    assert first.cost
    assert again.cost
    assert again.cost.total <= first.cost.total


def test_the_beginning_is_kept_where_the_search_ends_dearer() -> None:
    problem = district(1, stops=6, per_hour=30)
    first = solve(problem, after_iterations(400), params=ONE)
    one_by_one = Plan(routes=[Route(vehicle=f"van#{k}", trips=[[f"s{k}"]]) for k in range(1, 7)])
    dear = one_by_one.model_copy(update={"cost": cost(problem, one_by_one)})
    kept = cheaper(problem, dear, first)
    assert (kept.routes, kept.cost) == (first.routes, first.cost)
    assert cheaper(problem, first, dear) is first


def test_a_beginning_that_does_not_hold_is_given_up() -> None:
    problem = district(1, stops=6, per_hour=30)
    plan = solve(problem, after_iterations(400), params=ONE)
    wrong = Plan(routes=[Route(vehicle="van#1", trips=[[f"s{k}" for k in range(6, 0, -1)]])])
    assert check(problem, wrong)
    assert cheaper(problem, plan, wrong) is plan


def test_who_drives_most_of_a_route_drives_it() -> None:
    before = Plan(routes=[Route(vehicle="van#2", trips=[["a", "b", "c"]]), Route(vehicle="van#1", trips=[["d"]])])
    routes = [(0, ["d", "a", "b"]), (0, ["c", "e"]), (0, ["f"])]
    assert names(routes, [["van#1", "van#2", "van#3"]], before) == ["van#2", "van#1", "van#3"]
