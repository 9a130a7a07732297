"""Tiny problems solved by trying everything: the planner finds the same cost, and the bound lies below it."""

from __future__ import annotations

import pytest

from paotui.planning.inspections import bound

from . import brute_force, cast


def tiny(seed: int) -> dict:
    data = cast.rough_and_ready(seed, sites=3, limits=False)
    data["weights"] |= {"later_day": 0, "balance": 0}
    data["departments"] = data["departments"][:2]
    kept = {one["id"] for one in data["departments"]}
    data["inspectors"] = [one for one in data["inspectors"] if one["department"] in kept and one["id"][-1] in "012"]
    for one in data["sites"]:
        one["needs"] = [need for need in one["needs"] if need["department"] in kept]
    data["sites"] = [one for one in data["sites"] if one["needs"]]
    return data


@pytest.mark.parametrize("seed", range(24))
def test_a_tiny_problem_costs_what_trying_everything_says(seed):
    data = tiny(seed)
    problem = cast.read(data)
    plan = cast.planned(problem, 20_000)
    left = sum(one.priority for one in problem.sites if one.id in {out.site for out in plan.left_out})
    assert (left, plan.costs.total) == brute_force.best(data)


@pytest.mark.parametrize("seed", range(24))
def test_the_bound_of_a_tiny_problem_lies_between_nothing_and_its_best_cost(seed):
    data = tiny(seed)
    problem = cast.read(data)
    plan = cast.planned(problem, 20_000)
    proof = bound(problem, plan, seconds=60.0, nodes=20)
    if plan.left_out:
        assert proof is None
    elif problem.sites:
        assert proof is not None
        assert 0 < proof.value <= plan.costs.total
        assert proof.proven == (proof.value == plan.costs.total)
