"""The kernel and its slow reference in plain Python come to the same plan, draw for draw."""

from __future__ import annotations

import pytest

from paotui.planning.routes import classic, kernel
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations
from tests.planning.routes.classic import reference
from tests.planning.routes.classic.cast import town, with_stop

CASES = {
    "loads": town(25, 1),
    "short routes": town(30, 2, capacity=25),
    "one long route": town(35, 3, capacity=1000),
    "windows": town(25, 4, windows=True),
    "windows, short shifts": town(30, 5, windows=True, shift={"earliest": 100, "latest": 2000}),
    "too few vans": town(24, 6, windows=True, count=3),
    "too few vans for the loads": town(24, 7, count=3),
    "a prize": with_stop(town(20, 8, windows=True), 0, unserved_price=100),
    "one stop": town(1, 9),
}


@pytest.mark.parametrize("problem", CASES.values(), ids=CASES)
def test_the_kernel_comes_to_the_plan_of_its_reference(problem: Problem) -> None:
    seed = len(problem.stops)
    arrays = classic.lower(problem).arrays
    found = kernel.solve(arrays, after_iterations(250), seed, kernel.Params(threads=1))
    routes, cost = reference.solve(arrays, 250, seed)
    assert [clients for _, clients in found.routes] == routes
    assert found.cost == cost
