"""Where the bound ends at days that are cheaper than the plan's, the plan they make is taken."""

from __future__ import annotations

import pytest

from paotui.planning.inspections import Params, check, solve
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
