"""The sample district's exam day, all kinds of work together: what is owed fits soon after the search begins."""

from __future__ import annotations

from pathlib import Path

import pytest

import paotui.samples
from paotui.planning import routes
from paotui.planning.stop import after_iterations

DAY = Path(paotui.samples.__file__).parent / "erqi" / "problems" / "s6-day.routes.json"


@pytest.mark.parametrize("seed", [1, 2])
def test_everything_owed_is_served_after_two_thousand_iterations(seed):
    problem = routes.read_problem(DAY.read_bytes())
    plan = routes.solve(problem, after_iterations(2_000), seed=seed)
    assert routes.check(problem, plan) == []
    optional = {stop.id for stop in problem.stops if stop.unserved_price is not None}
    assert {str(one.stop) for one in plan.unserved} <= optional
