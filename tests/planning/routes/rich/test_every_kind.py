"""Random problems of every kind: whatever the solver plans, the independent checker finds nothing wrong with it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paotui.planning.routes import check, rich
from paotui.planning.routes.problem import Problem
from paotui.planning.stop import after_iterations
from tests.planning.routes.problems import problems

ONE = rich.Params(threads=1)
gently = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@gently
@given(problems(), st.integers(0, 9))
def test_every_plan_passes_the_checker(problem: Problem, seed: int) -> None:
    plan = rich.solve(problem, after_iterations(60), seed=seed, params=ONE)
    assert check(problem, plan) == []


@gently
@given(problems(), st.integers(0, 9))
def test_going_on_from_a_plan_keeps_it_sound_and_never_makes_it_dearer(problem: Problem, seed: int) -> None:
    first = rich.solve(problem, after_iterations(20), seed=seed, params=ONE)
    again = rich.solve(problem, after_iterations(20), seed=seed + 1, params=ONE, start=first)
    assert check(problem, again) == []
