"""Whatever the problem, the plan passes the checker, and the same seed gives the same plan."""

from __future__ import annotations

import itertools

import pytest

from paotui.planning.inspections import Params, check, solve
from paotui.planning.stop import Stop, after_iterations

from . import cast


@pytest.mark.parametrize("seed", range(40))
def test_every_plan_of_a_random_problem_passes_the_checker(seed):
    problem = cast.read(cast.rough_and_ready(seed, sites=4 + seed % 15))
    plan = cast.planned(problem, 150)
    assert [str(one) for one in check(problem, plan)] == []


@pytest.mark.parametrize("seed", range(12))
def test_every_plan_over_five_days_and_two_threads_passes_the_checker(seed):
    problem = cast.read(cast.rough_and_ready(1_000 + seed, sites=40, days=5))
    plan = solve(problem, after_iterations(200), seed=seed, params=Params(threads=2, exchanges=5))
    assert [str(one) for one in check(problem, plan)] == []
    assert plan.visits


def test_the_same_seed_gives_the_same_plan_with_two_threads():
    problem = cast.read(cast.rough_and_ready(7, sites=25, days=5))
    plans = [solve(problem, after_iterations(400), seed=3, params=Params(threads=2, exchanges=8)) for _ in range(2)]
    assert plans[0].to_json() == plans[1].to_json()


def test_a_cancelled_search_still_returns_a_plan_that_holds():
    problem = cast.read(cast.rough_and_ready(8, sites=25, days=5))
    stop = Stop(iterations=10**9)
    stop.cancel.set()
    plan = solve(problem, stop, params=Params(threads=1))
    assert plan.iterations < 10**9
    assert check(problem, plan) == []


@pytest.mark.parametrize("seed", range(12))
def test_plans_hold_when_people_leave_visits_that_stay(seed):
    problem = cast.read(cast.rough_and_ready(5_000 + seed, sites=20, days=5))
    plan = solve(problem, after_iterations(600), params=Params(threads=2, exchanges=5, partial=0.8))
    assert check(problem, plan) == []
    assert plan == solve(problem, after_iterations(600), params=Params(threads=2, exchanges=5, partial=0.8))


def test_progress_tells_iterations_and_a_cost_that_never_rises():
    told = []
    problem = cast.read(cast.rough_and_ready(9, sites=20, days=5))
    solve(problem, after_iterations(1_000), params=Params(threads=1, exchanges=10), on_progress=told.append)
    assert [one.iterations for one in told] == [100 * step for step in range(1, 11)]
    assert all((b.unserved, b.cost) <= (a.unserved, a.cost) for a, b in itertools.pairwise(told))


def test_more_search_finds_a_cheaper_plan():
    problem = cast.read(cast.rough_and_ready(1_003, sites=40, days=5))
    short, long = (cast.planned(problem, iterations) for iterations in (1, 2_000))
    assert (len(long.left_out), long.costs.total) < (len(short.left_out), short.costs.total)


def test_a_problem_without_sites_has_an_empty_plan():
    plan = cast.planned(cast.read(cast.small(sites=[])))
    assert plan.visits == plan.tours == plan.left_out == ()


def test_a_problem_without_inspectors_leaves_everything_out_with_the_reason():
    problem = cast.read(cast.small(inspectors=[]))
    plan = cast.planned(problem)
    assert {one.code for one in plan.left_out} == {"qualification"}
    assert check(problem, plan) == []
