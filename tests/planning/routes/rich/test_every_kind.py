"""Random problems of every kind: whatever the solver plans, the independent checker finds nothing wrong with it."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from paotui.planning.routes import check, rich
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations
from tests.planning.routes.problems import problems

ONE = rich.Params(threads=1)
LOCKED = ("started", "loads", "trips", "empty_at_end", "classes", "windows", "breaks", "published", "shipments")
gently = settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@gently
@given(problems(), st.integers(0, 9))
def test_every_plan_passes_the_checker(problem: Problem, seed: int) -> None:
    plan = rich.solve(problem, after_iterations(60), seed=seed, params=ONE)
    assert check(problem, plan) == []


@gently
@given(problems(), st.integers(0, 9))
def test_a_plan_gone_on_from_another_passes_the_checker(problem: Problem, seed: int) -> None:
    first = rich.solve(problem, after_iterations(20), seed=seed, params=ONE)
    again = rich.solve(problem, after_iterations(20), seed=seed + 1, params=ONE, start=first)
    assert check(problem, again) == []


@gently
@given(problems(LOCKED, 12), st.integers(0, 9))
def test_routes_that_have_begun_are_kept_with_their_loads(problem: Problem, seed: int) -> None:
    first = rich.solve(problem, after_iterations(40), seed=seed, params=ONE)
    assert check(problem, first) == []
    again = rich.solve(problem, after_iterations(20), seed=seed + 1, params=ONE, start=first)
    assert check(problem, again) == []


@settings(gently, max_examples=15)
@given(problems(), st.integers(0, 9))
def test_the_same_seed_gives_the_same_plan_with_two_threads(problem: Problem, seed: int) -> None:
    two = rich.Params(threads=2)
    plans = [rich.solve(problem, after_iterations(80), seed=seed, params=two) for _ in range(2)]
    first, second = (plan.model_copy(update={"seconds": 0}) for plan in plans)
    assert first == second
