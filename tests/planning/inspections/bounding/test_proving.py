"""Where the bound ends at days that are cheaper than the plan's, the plan they make is taken."""

from __future__ import annotations

import pytest

from paotui.planning.inspections import Params, bound, check, solve
from paotui.planning.inspections.bounding import proof
from paotui.planning.stop import after_iterations

from ..cast import read
from .apart import spread


@pytest.mark.parametrize("seed", [0, 4, 7, 10, 12, 15])
def test_a_plan_hardly_searched_for_becomes_the_best_there_is_on_the_days_of_its_bound(seed: int) -> None:
    problem = read(spread(seed, sites=7, days=3))
    hardly = solve(problem, after_iterations(1), seed=seed, params=Params(threads=1))
    proven = Params(threads=1, bound=True, bound_seconds=1000)
    plan = solve(problem, after_iterations(1), seed=seed, params=proven)
    assert check(problem, plan) == []
    assert plan.costs.total < hardly.costs.total
    assert plan.bound
    assert (plan.bound.value, plan.bound.gap, plan.bound.proven) == (plan.costs.total, 0.0, True)


def test_whoever_cancels_keeps_the_plan_there_is() -> None:
    problem, stop = read(spread(0, sites=7, days=3)), after_iterations(1)
    stop.cancel.set()
    plan = solve(problem, stop, params=Params(threads=1, bound=True, bound_seconds=1000))
    assert check(problem, plan) == []
    assert plan.bound is None or plan.bound.value <= plan.costs.total


@pytest.mark.parametrize(("name", "value"), [("LINEAR", -1.0), ("MANY", 0)])
def test_a_bound_by_sets_that_is_given_up_leaves_the_rest_to_tours(
    name: str, value: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = read(spread(7, sites=7, days=3))
    plan = solve(problem, after_iterations(1), seed=7, params=Params(threads=1))
    by_sets = bound(problem, plan, seconds=1000)
    monkeypatch.setattr(proof, name, value)
    monkeypatch.setattr(proof, "WIDE", 0.0)
    by_tours = bound(problem, plan, seconds=1000)
    assert by_sets
    assert by_tours
    assert "sets of sites" in by_sets.method
    assert 0 < by_tours.value <= by_sets.value <= plan.costs.total
    assert by_tours.method != by_sets.method
