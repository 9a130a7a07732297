"""The bound from sets of sites a day: below what trying everything finds, equal to it where it says proven."""

from __future__ import annotations

import pytest

from paotui.planning.inspections import bound, check
from paotui.planning.inspections.arrays import arrays
from paotui.planning.inspections.bounding import prove
from paotui.planning.inspections.bounding.days import days
from paotui.planning.inspections.bounding.table import Table, cover

from .. import brute_force, cast
from ..test_brute_force import tiny
from .small import drawn

HOURS = 3_600.0


@pytest.mark.parametrize("seed", range(16))
def test_no_bound_lies_above_the_cost_found_by_trying_everything(seed):
    data = drawn(seed, sites=3)
    left, best = brute_force.best(data)
    problem = cast.read(data)
    proof = prove(arrays(problem), best + 5_000, HOURS, rounds=500)
    assert left or 0 < proof.value <= best


@pytest.mark.parametrize("seed", range(24))
def test_wishes_limits_and_qualifications_never_lift_the_bound_above_the_best_cost(seed):
    data = tiny(seed)
    left, best = brute_force.best(data)
    proof = prove(arrays(cast.read(data)), best + 3_000, HOURS, rounds=500)
    assert left or proof is None or proof.value <= best


@pytest.mark.parametrize("seed", range(12))
def test_a_plan_said_to_be_proven_costs_what_trying_everything_says(seed):
    data = drawn(seed, sites=3)
    problem = cast.read(data)
    plan = cast.planned(problem, 5_000)
    proof = bound(problem, plan, HOURS, nodes=500)
    if plan.left_out:
        assert proof is None
        return
    assert "sets of sites" in proof.method
    assert not check(problem, plan.model_copy(update={"bound": proof}))
    assert not proof.proven or plan.costs.total == brute_force.best(data)[1]


def test_most_small_plans_are_proven():
    proven = 0
    for seed in range(12):
        problem = cast.read(drawn(seed, sites=5))
        plan = cast.planned(problem, 5_000)
        proof = None if plan.left_out else bound(problem, plan, HOURS, nodes=500)
        proven += proof is not None and proof.proven
    assert proven >= 6


@pytest.mark.parametrize("seed", range(6))
def test_the_same_rounds_give_the_same_bound_and_more_rounds_no_lower_one(seed):
    problem = cast.read(drawn(seed, sites=6))
    made, total = arrays(problem), 60_000
    values = [prove(made, total, HOURS, rounds=rounds).value for rounds in (3, 3, 40, 500)]
    assert values[0] == values[1]
    assert values == sorted(values)


@pytest.mark.parametrize("seed", range(6))
def test_costs_only_rise_with_the_grade(seed):
    for day in days(arrays(cast.read(drawn(seed, sites=6)))):
        with Table(day) as table:
            table.build()
            sets = list(range(1, 1 << len(day.sites)))
            grades = [table.costs(sets, grade) for grade in (0, 1, 2)]
        assert all(a <= b <= c for a, b, c in zip(*grades, strict=True))


def test_the_cheapest_cover_takes_every_site_once_and_one_set_a_day():
    import numpy as np

    sites, day_of, cost = [0b011, 0b100, 0b110, 0b001, 0b111], [0, 1, 1, 0, 0], [5.0, 4.0, 3.0, 2.0, 9.5]
    free = np.zeros(2)
    assert cover(sites, day_of, cost, free, 0b111, 100.0, 10_000) == ([3, 2], 5.0)
    assert cover(sites, day_of, cost, free, 0b111, 5.0, 10_000) == ([], 5.0)
    assert cover(sites, day_of, cost, free, 0b111, 100.0, 1) is None


def test_a_day_with_more_sites_than_sets_can_be_made_of_is_left_to_the_tours():
    data = drawn(1, sites=26)
    assert prove(arrays(cast.read(data)), 10**6, HOURS, rounds=1) is None
