"""Whatever the problem, no bound is above the cost of a plan that holds; where it is proven, the plan is the best."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from paotui.planning.routes import Params, bound, check, cost, rich, solve
from paotui.planning.routes.bounding import assignment, money
from paotui.planning.routes.bounding.relaxation import relaxation
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations
from tests.planning.routes.classic.brute_force import best, value
from tests.planning.routes.classic.problems import problems as classic_problems
from tests.planning.routes.problems import problems

ROUNDS = after_iterations(40)
FEN = Decimal("0.02")
quietly = settings(
    max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@quietly
@given(problems(), st.integers(0, 9))
def test_no_plan_of_any_kind_costs_less_than_the_bound(problem: Problem, seed: int) -> None:
    plan = rich.solve(problem, after_iterations(150), seed=seed, params=rich.Params(threads=1))
    found = bound(problem, ROUNDS, plan)
    assert Decimal(0) <= found.value <= cost(problem, plan).total


@quietly
@given(classic_problems(), st.integers(0, 9))
def test_no_plan_of_a_classic_problem_costs_less_than_the_bound(problem: Problem, seed: int) -> None:
    plan = solve(problem, after_iterations(400), seed=seed, params=Params(threads=1))
    found = bound(problem, ROUNDS, plan)
    assert Decimal(0) <= found.value <= cost(problem, plan).total
    assert check(problem, plan) == []  # with the bound it states


@settings(quietly, max_examples=25)
@given(classic_problems(most=5), st.integers(0, 9))
def test_a_tiny_problem_is_proven_where_the_relaxation_knows_all_its_rules(problem: Problem, seed: int) -> None:
    plan = solve(problem, after_iterations(1000), seed=seed, params=Params(threads=1))
    missing, total = value(problem, plan)
    fewest, least = best(problem)
    found = bound(problem, after_iterations(400), plan)
    assert missing == fewest
    assert found.value <= least + problem.objective.default_unserved_price * missing + FEN
    if known(problem) and abs(total - least) <= FEN:
        assert found.proven
        assert found.value == found.cost


def known(problem: Problem) -> bool:
    """Whole costs, no longest duration, and loads that may order routes where times do not."""
    loaded = all(any(load.values()) for stop in problem.stops for load in [stop.delivery | stop.pickup])
    endless = all(vehicle.max_duration is None for vehicle in problem.vehicles)
    return money.grain(problem) is not None and loaded and endless


@quietly
@given(problems(), st.integers(0, 9))
def test_the_cheap_bound_holds_for_plans_of_any_kind(problem: Problem, seed: int) -> None:
    plan = rich.solve(problem, after_iterations(60), seed=seed, params=rich.Params(threads=1))
    relaxed = relaxation(problem, [str(one.stop) for one in plan.unserved])
    found = assignment.bound(relaxed)
    assert found is not None
    assert money.told(problem, found) <= cost(problem, plan).total
    if relaxed.n:
        assert assignment.shares(relaxed, *assignment.cheapest(relaxed)) <= float(cost(problem, plan).total) + 0.1
